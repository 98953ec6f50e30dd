import FanzhaKnowledge
import TestSupport
import Testing

@testable import FanzhaDialogue

/// The sentences authors wrote beside their patterns and purposes are tests.
@Suite struct ShippedExamplesTests {
  @Test func everyMatchAndNearMissComesOutAsItsAuthorSays() throws {
    let check = ExampleCheck(Engine(try ShippedBase.loaded.get()))
    #expect(check.diagnostics().map { $0.rendered() } == [])
  }

  @Test func everyHypothesisHasExamples() throws {
    let base = try ShippedBase.loaded.get()
    #expect(base.hypotheses.filter { $0.match.count < 2 || $0.nearMiss.isEmpty }.map(\.id.text) == [])
  }
}
