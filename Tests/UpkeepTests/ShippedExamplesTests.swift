import FanzhaDialogue
import TestSupport
import Testing

@testable import FanzhaUpkeep

/// The sentences authors wrote beside their patterns and purposes are tests.
@Suite struct ShippedExamplesTests {
  @Test func everyMatchAndNearMissComesOutAsItsAuthorSays() throws {
    let audit = KnowledgeAudit(Engine(try ShippedBase.loaded.get()))
    #expect(audit.examples.map { $0.rendered() } == [])
  }
}
