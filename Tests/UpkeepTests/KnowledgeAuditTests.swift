import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReplay
import Foundation
import TestSupport
import Testing

@testable import FanzhaUpkeep

/// Each finding of lint appears when its fault is there, and only then.
@Suite struct KnowledgeAuditTests {
  private static let romance = "patterns/romance/romance-test.yaml"

  private func audit(
    _ changes: [String: String?] = [:], recordings: [RecordedDialogue] = [], today: String? = nil
  ) throws -> [Problem] {
    let base = KnowledgeLoader.loadAndCheck(SmallBase.files(replacing: changes), including: true).base
    return KnowledgeAudit(Engine(try #require(base)), recordings: recordings, today: today).diagnostics().map(\.problem)
  }

  private func romance(_ change: (String) -> String) -> [String: String?] {
    [Self.romance: change(SmallBase.texts[Self.romance] ?? "")]
  }

  @Test func aDraftIsTriedButNotUsed() throws {
    let changes = romance { $0.replacing("status: test", with: "status: draft") }
    #expect(try audit(changes).contains(.draftUnused("romance-test")))
    #expect(!(try audit().contains(.draftUnused("romance-test"))))
    // Without it its family is empty, which a base in use must not be.
    #expect(SmallBase.diagnostics(replacing: changes).map(\.problem) == [.missingFamily("romance")])
  }

  @Test func anEntryInUseNeedsItsSentences() throws {
    #expect(try audit().contains(.tooFewExamples("romance-test", match: 0, nearMiss: 0)))
    let sentences = [
      "网上认识的人让我汇款", "网友说他病了", "没见过面的对象借钱", "交友软件上的人要路费", "直播间认识的要礼物", "他人在国外说包裹被扣", "对象不让视频",
      "聊了三个月从没见过",
    ]
    let changes = romance {
      $0 + "match: [\(sentences.joined(separator: ", "))]\nnear_miss: [老邻居来借钱, 给儿子学费, 装修付尾款, 合同一致的货款, 换季买衣服]\n"
    }
    #expect(!(try audit(changes).contains { if case .tooFewExamples("romance-test", _, _) = $0 { true } else { false } }))
  }

  @Test func aSentenceThatComesOutOtherwiseIsReported() throws {
    let changes = romance { $0 + "match: [今天天气不错]\nnear_miss: [\"网上认识的,没见过面\"]\n" }
    let found = try audit(changes)
    #expect(found.contains { if case .matchMissed("今天天气不错", wanted: "romance", _) = $0 { true } else { false } })
    #expect(found.contains { if case .nearMissHit("网上认识的,没见过面", _) = $0 { true } else { false } })
  }

  @Test func twoSentencesThatDifferByANameAreOne() throws {
    let changes = romance { $0 + "match: [网上认识的张先生让我汇八万块钱过去, 网上认识的李先生让我汇九万块钱过去, 对象不肯视频只要钱]\n" }
    let alike = try audit(changes).filter { if case .alikeExamples = $0 { true } else { false } }
    #expect(alike.count == 1)
  }

  @Test func stableNeedsReviewSourceAndRecording() throws {
    let changes = romance { $0.replacing("status: test", with: "status: stable") }
    let lacks = try audit(changes).compactMap { problem -> Problem.Evidence? in
      if case .stableUnproven("romance-test", let lacks) = problem { lacks } else { nil }
    }
    #expect(lacks == [.review, .source, .recording])
    let proven = romance {
      $0.replacing("status: test", with: "status: stable").replacing("sources: [own]", with: "sources: [own, \"public:T-04\"]")
        + "reviewed: {by: 合规岗, on: 2026-02-01}\n"
    }.merging(["sources.yaml": "sources:\n  - {id: own, title: 自编}\n  - {id: public, title: 汇编, grade: compiled}\n"]) { $1 }
    let recording = try JSONDecoder().decode(
      RecordedDialogue.self,
      from: Data(#"{"id":"r","truth":{"verdict":"scam","family":"romance","level_min":0,"level_max":3},"turns":[{"speaker":"customer","text":"网友"}]}"#.utf8))
    #expect(!(try audit(proven, recordings: [recording]).contains { if case .stableUnproven = $0 { true } else { false } }))
  }

  @Test func aRecordingOutsideItsBoundsIsReported() throws {
    let recording = try JSONDecoder().decode(
      RecordedDialogue.self,
      from: Data(#"{"id":"r","truth":{"verdict":"scam","family":"romance"},"turns":[{"speaker":"customer","text":"你好"}]}"#.utf8))
    #expect(try audit(recordings: [recording]).contains { if case .recordingOutOfBounds("r", _, 2, 3) = $0 { true } else { false } })
  }

  @Test func ageIsMeasuredAgainstTheGivenDayOnly() throws {
    func old(_ today: String?) throws -> [Problem] {
      try audit(today: today).filter { if case .old("romance-test", _) = $0 { true } else { false } }
    }
    #expect(try old(nil) == [])
    #expect(try old("2027-01-01") == [])
    #expect(try old("2027-01-02") == [.old("romance-test", days: 366)])
  }

  @Test func patternsThatNoQuestionTellsApartAreReported() throws {
    // The stand-ins of the small base all list the same.
    #expect(try audit().contains(.indistinguishable("authority-impersonation-test", "brushing-rebate-test")))
    #expect(!(try audit().contains { if case .indistinguishable(let one, let other) = $0 { one == "romance-test" || other == "romance-test" } else { false } }))
  }

  @Test func lookAlikesNameEachOther() throws {
    let oneSided = romance { $0 + "look_alikes: [renovation]\n" }
    #expect(try audit(oneSided).contains(.oneSided("romance-test", "renovation")))
    let mutual = oneSided.merging(["purposes/renovation.yaml": (SmallBase.texts["purposes/renovation.yaml"] ?? "") + "look_alikes: [romance]\n"]) { $1 }
    #expect(!(try audit(mutual).contains { if case .oneSided = $0 { true } else { false } }))
  }

  @Test func phrasesThatCanDoNothingAreReported() throws {
    let facts = SmallBase.facts.replacing("phrases: [老邻居, 师傅]", with: "phrases: [老邻居, 师傅, 网友, 网友聚会]")
    let found = try audit(["facts/test.yaml": facts])
    #expect(found.contains { if case .phraseRepeated("网友", _) = $0 { true } else { false } })
    #expect(found.contains(.phraseVoid("网友聚会")))
  }

  @Test func aRuleThatNeverHoldsIsReported() throws {
    let policy = SmallBase.policy.replacing(
      "red_flags:", with: "red_flags:\n  - {id: void, when: [payee.relation = known, payee.relation = vague], level: 2, reason: 不会成立}")
    #expect(SmallBase.policy != policy)
    #expect(try audit(["policy.yaml": policy]).contains(.neverHolds("void")))
    #expect(!(try audit().contains { if case .neverHolds = $0 { true } else { false } }))
  }

  @Test func aMythInWhatIsSaidIsReportedAndInWhatIsForbiddenIsNot() throws {
    let myths = """
      myths:
        - {id: reversible, claim: 都能撤销, truth: 只限自助柜员机, forbid: [(都能|都可以)撤销], sources: [own]}
      """
    let said = romance { $0.replacing("persuade: 说一句", with: "persuade: 转了也不怕都能撤销, never: [说都能撤销]") }
    let found = try audit(said.merging(["reference/myths.yaml": myths]) { $1 })
    #expect(found.filter { if case .mythSaid = $0 { true } else { false } }.count == 1)
  }

  @Test func whatRestsOnWeakSourcesSaysSo() throws {
    let sources = "sources:\n  - {id: own, title: 自编, grade: own}\n  - {id: SRC-07, title: 评论, grade: C}\n  - {id: CK, title: 常识, grade: CK}\n"
    let notes = """
      notes:
        - {id: weak, title: 甲, lines: [一句], sources: [SRC-07]}
        - {id: marked, title: 乙, lines: [一句], mark: C, sources: [SRC-07]}
        - {id: common, title: 丙, lines: [一句], sources: [CK, own]}
        - {id: ours, title: 丁, lines: [一句], sources: [own]}
      """
    let found = try audit(["sources.yaml": sources, "reference/notes.yaml": notes])
    let missing = found.filter { if case .caveatMissing = $0 { true } else { false } }
    #expect(missing == [.caveatMissing("weak", "C"), .caveatMissing("common", "CK")])
  }

  @Test func theSeedTableIsWhole() throws {
    #expect(try audit().filter { if case .seedMissing = $0 { true } else { false } }.count == 40)
    let table = "scams:\n  - {id: S-SCAM-01, name: 电话欠费, patterns: [romance-test]}\n  - {id: S-SCAM-41, name: 没有, not_a_pattern: 试}\n  - {id: S-SCAM-02, name: 空}\nministry_2025:\n  - {id: one, name: 一, patterns: [romance-test]}\n"
    let found = try audit(["seed.yaml": table])
    #expect(found.filter { if case .seedMissing = $0 { true } else { false } }.count == 38)
    #expect(found.contains(.seedUnknown("S-SCAM-41")) && found.contains(.seedUnresolved("S-SCAM-02")))
    #expect(found.contains(.ministryIncomplete(1)))
  }
}
