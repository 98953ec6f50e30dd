import FanzhaDialogue
import Foundation
import TestSupport
import Testing

@testable import FanzhaReplay

/// Every figure against a small case worked out by hand.
@Suite struct EvaluationTests {
  private let replay: Replay

  init() throws { replay = Replay(engine: Engine(try SmallBase.load()), defaultChannel: .counter) }

  private func evaluate(_ lines: String...) -> Evaluation {
    var evaluation = Evaluation()
    let result = DialogueReader.read(Data(lines.joined(separator: "\n").utf8), name: "t", format: .jsonLines)
    #expect(result.problems == [])
    for dialogue in result.dialogues { evaluation.add(dialogue, replay(dialogue)) }
    return evaluation
  }

  private let scam =
    #"{"id":"s","truth":{"verdict":"scam","family":"romance","decisive_turn":3},"turns":[{"speaker":"customer","text":"网上认识的"},{"speaker":"customer","text":"没见过面"},{"speaker":"customer","text":"催"}]}"#
  private let missed =
    #"{"id":"m","truth":{"verdict":"scam","family":"phishing","level_min":3,"level_max":3,"decisive_turn":1,"procedures":["secure-account"]},"turns":[{"speaker":"customer","text":"你好"}]}"#
  private let honest =
    #"{"id":"h","truth":{"verdict":"benign","family":"renovation","level_min":0,"level_max":0},"turns":[{"speaker":"customer","text":"装修,师傅是老邻居"},{"speaker":"observation","text":"合同一致"}]}"#
  private let stopped =
    #"{"id":"x","truth":{"verdict":"benign","family":"renovation"},"turns":[{"speaker":"customer","text":"网上认识的,没见过面"}]}"#

  @Test func countsByHand() {
    let evaluation = evaluate(scam, missed, honest, stopped, #"{"id":"u","turns":[{"speaker":"customer","text":"你好"}]}"#)
    #expect(evaluation.dialogues == 5)
    #expect(evaluation.withoutTruth == 1)
    #expect((evaluation.scam.hits, evaluation.scam.of) == (1, 2))
    #expect((evaluation.alwaysPause.hits, evaluation.alwaysReport.hits) == (1, 2))
    #expect(evaluation.scamReleased.hits == 0)
    #expect((evaluation.honestStopped.hits, evaluation.honestStopped.of) == (1, 2))
    #expect(evaluation.honestEverStopped.hits == 1)
    #expect((evaluation.familyFirst.hits, evaluation.familyFirst.of) == (1, 2))
    #expect((evaluation.proceduresGiven.hits, evaluation.proceduresGiven.of) == (0, 1))
    #expect(evaluation.proceduresUncalled.hits == 0)
    #expect(evaluation.lags.count == 2)
    // Paused in turn 2, one turn before the decisive one; the other never.
    #expect(Set(evaluation.lags) == [-1, nil])
    #expect(evaluation.medianLag == -1)
  }

  @Test func brierIsTheMeanSquaredError() throws {
    let evaluation = evaluate(missed)
    // Nothing was read: the prior of 0.1 against 1.
    #expect(abs(try #require(evaluation.brier.value) - 0.81) < 1e-9)
  }

  @Test func neverPausedIsInfinitelyLate() {
    #expect(evaluate(missed).medianLag == .infinity)
    #expect(evaluate(honest).medianLag == nil)
  }
}

@Suite struct DialogueReaderTests {
  private func read(_ text: String, _ format: DialogueReader.Format? = nil) -> DialogueReader.Result {
    DialogueReader.read(Data(text.utf8), name: "t.jsonl", format: format)
  }

  @Test func aBadLineIsReportedAndTheRestGoesOn() {
    let good = #"{"id":"a","turns":[{"speaker":"customer","text":"x"}]}"#
    let result = read("\(good)\n{oops\n\n\(good)\n{\"id\":\"b\"}\n{\"turns\":[{\"speaker\":\"robot\",\"text\":\"x\"}]}", .jsonLines)
    #expect(result.dialogues.map(\.id) == ["a", "a"])
    #expect(result.problems.map { $0.place?.line } == [2, 5, 6])
    #expect(result.problems.map(\.problem.code) == ["IN003", "IN004", "IN004"])
  }

  @Test func yamlAndPlainText() {
    let yaml = read("id: y\nchannel: hotline\nturns:\n  - {speaker: staff, text: 您好}\n", .yaml)
    #expect(yaml.dialogues.first?.channel == .hotline)
    #expect(yaml.dialogues.first?.turns.map(\.text) == ["您好"])
    let plain = read("柜员:给谁转?\n客户:网友\n\n没见过\n", .text)
    #expect(plain.dialogues.first?.turns.map(\.speaker) == [.staff, .customer, .customer])
  }

  @Test func theFormatIsGuessedFromTheContent() {
    #expect(read(#"{"id":"a","turns":[]}"#).dialogues.map(\.id) == ["a"])
    #expect(read("客户:你好").dialogues.first?.turns.count == 1)
  }

  @Test func encodingsAreToldApart() throws {
    let bytes = Data([0xBF, 0xCD, 0xBB, 0xA7, 0x3A, 0xD7, 0xAA, 0xD5, 0xCB])  // 客户:转账
    #expect(DialogueReader.read(bytes, name: "t", format: .text).problems.map(\.problem) == [.looksLikeGB18030])
    #expect(TextEncoding.gb18030(bytes) == "客户:转账")
    #expect(DialogueReader.read(Data([0xFF, 0xFE, 0x00]), name: "t", format: .text).problems.map(\.problem) == [.notUTF8])
  }

  @Test func emptinessIsSaidSo() {
    #expect(read(" \n").problems.map(\.problem.code) == ["IN006"])
  }

  @Test func truthIsOptionalInEveryField() {
    let result = read(#"{"id":"a","truth":{"verdict":"scam"},"turns":[]}"#)
    #expect(result.dialogues.first?.truth?.levelMin == 2)
    #expect(result.dialogues.first?.truth?.levelMax == 3)
  }
}
