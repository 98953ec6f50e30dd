import FanzhaKnowledge
import FanzhaReplay
import Foundation
import TestSupport
import Testing

@testable import FanzhaUpkeep

@Suite struct KnowledgeComparisonTests {
  private static let path = "patterns/romance/romance-test.yaml"
  private static let recordings = [
    RecordedDialogue(
      id: "r", channel: .counter,
      turns: [RecordedDialogue.Turn(speaker: .customer, text: "网上认识的,没见过面,不让告诉家人")])
  ]

  private func compare(_ changes: [String: String?]) throws -> KnowledgeComparison {
    KnowledgeComparison(try SmallBase.load(), try SmallBase.load(replacing: changes), recordings: Self.recordings)
  }

  private func romance(_ change: (String) -> String) -> [String: String?] {
    [Self.path: change(SmallBase.texts[Self.path] ?? "")]
  }

  @Test func nothingChangedIsNothing() throws {
    let same = try compare([:])
    #expect(same.changes == [] && same.levelChanges == [] && same.step == nil)
  }

  @Test func wordingIsAPatch() throws {
    let found = try compare(romance { $0.replacing("讲一句", with: "讲两句") })
    #expect(found.step == .patch)
    #expect(found.changes.map(\.kind) == [.changed(field: "讲解", from: "讲一句", to: "讲两句")])
  }

  @Test func aNewEntryIsMinorAndAGoneOneMajor() throws {
    let more = (SmallBase.texts[Self.path] ?? "").replacing("id: romance-test", with: "id: romance-other")
    let grown = try compare(["patterns/romance/romance-other.yaml": more])
    #expect(grown.step == .minor && grown.changes.map(\.kind) == [.added] && grown.changes.first?.id == "romance-other")
    let scripts = "scripts:\n  - {id: other, when: opening, text: 您好。, sources: [own]}\n"
    let exchanged = try compare(["scripts/general.yaml": scripts])
    #expect(exchanged.step == .major && exchanged.changes.map(\.kind) == [.removed, .added])
  }

  @Test func aRecordingThatEndsElsewhereIsNamed() throws {
    let found = try compare(["policy.yaml": SmallBase.policy.replacing("payee.met = no], level: 2", with: "payee.met = no], level: 3")])
    #expect(found.levelChanges == [KnowledgeComparison.LevelChange(dialogue: "r", from: 2, to: 3)])
    #expect(found.changes.map(\.kind) == [.changed(field: "级别", from: "2", to: "3")] && found.step == .minor)
  }
}
