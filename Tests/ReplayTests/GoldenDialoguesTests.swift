import FanzhaDialogue
import FanzhaKnowledge
import Foundation
import TestSupport
import Testing

@testable import FanzhaReplay

/// The twelve worked dialogues and the three drill scenes, replayed on the shipped knowledge base.
@Suite struct GoldenDialoguesTests {
  private let replay: Replay

  init() throws {
    replay = Replay(engine: Engine(try ShippedBase.loaded.get()), defaultChannel: .counter)
  }

  static func dialogues(_ name: String) -> [RecordedDialogue] {
    let path = ShippedBase.directory + "/dialogues/" + name
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return DialogueReader.read(data, name: name, format: .jsonLines).dialogues
  }

  private func reports(_ id: String) throws -> [TurnReport] {
    let all = Self.dialogues("drills.jsonl") + Self.dialogues("worked.jsonl")
    return replay(try #require(all.first { $0.id == id }))
  }

  @Test func allFifteenAreThere() {
    #expect(Self.dialogues("worked.jsonl").map(\.id) == (1...12).map { "D" + ($0 < 10 ? "0" : "") + "\($0)" })
    #expect(Self.dialogues("drills.jsonl").map(\.id) == ["S-DRL-01", "S-DRL-02", "S-DRL-03"])
  }

  @Test(arguments: dialogues("worked.jsonl") + dialogues("drills.jsonl"))
  func endsInsideItsBounds(_ dialogue: RecordedDialogue) throws {
    let truth = try #require(dialogue.truth)
    let last = try #require(replay(dialogue).last).advice
    #expect((truth.levelMin...truth.levelMax).contains(last.level), "\(dialogue.id): \(last.level)")
    if truth.verdict == .scam {
      #expect(truth.families.contains(last.suspects[0].family), "\(dialogue.id): \(last.suspects.map(\.id))")
      for procedure in truth.procedures { #expect(last.procedures.contains(procedure), "\(dialogue.id)") }
    }
  }

  @Test func madamZhangIsPausedWhenTheNetComesUp() throws {
    let reports = try reports("S-DRL-01")
    let turn = try #require(reports.first { $0.advice.evidence.contains { $0.value == "met-online" } })
    #expect(turn.advice.level >= 2)
    #expect(turn.advice.suspects.prefix(2).contains { $0.family == "romance" })
    // Before that she is asked who is paid, how they met, or what for: not let go.
    let before = reports.filter { $0.turn < turn.turn }
    #expect(before.allSatisfy { $0.advice.level == 1 })
    let asked = before.compactMap(\.advice.question?.id)
    #expect(!Set(asked).isDisjoint(with: ["who-is-payee", "how-met", "met-in-person", "what-for", "papers-at-hand"]))
  }

  @Test func uncleLiIsPausedWhateverTheAmount() throws {
    let reports = try reports("S-DRL-02")
    let turn = try #require(reports.first { $0.advice.evidence.contains { $0.fact == "story.elder" } })
    #expect(turn.advice.level >= 2)
    #expect(turn.advice.suspects.first?.family == "elder-care")
  }

  @Test func misterZhaoIsPausedWhenHeCannotSayWhatTheProjectIs() throws {
    let reports = try reports("S-DRL-03")
    let turn = try #require(reports.first { $0.speaker == .observation && $0.advice.evidence.contains { $0.value == "no" && $0.fact == "payment.detail" } })
    #expect(turn.advice.level >= 2)
    #expect(["illegal-fundraising", "fake-investment"].contains(turn.advice.suspects[0].family))
  }

  @Test func contributionsAddUpToTheBelief() throws {
    for dialogue in Self.dialogues("worked.jsonl") {
      let channel = dialogue.channel ?? .counter
      let prior = replay.engine.base.policy.priorOfScam[channel] ?? 0
      for report in replay(dialogue) where !report.advice.evidence.isEmpty {
        let odds = log(prior / (1 - prior)) + report.advice.evidence.map(\.weight).reduce(0, +)
        let probability = report.advice.scamProbability
        // Weights are rounded to four digits.
        #expect(abs(1 / (1 + exp(-odds)) - probability) < 0.001, "\(dialogue.id) turn \(report.turn)")
      }
    }
  }

  @Test func sameInputSameBytes() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let dialogue = try #require(Self.dialogues("worked.jsonl").first)
    #expect(try encoder.encode(replay(dialogue)) == encoder.encode(replay(dialogue)))
  }
}
