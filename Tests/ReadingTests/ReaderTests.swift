import FanzhaKnowledge
import TestSupport
import Testing

@testable import FanzhaReading

@Suite struct ReaderTests {
  private let base: KnowledgeBase
  private let reader: Reader

  init() throws {
    base = try SmallBase.load()
    reader = Reader(base)
  }

  /// `fact=value:polarity` in reading order.
  private func cues(_ text: String, _ speaker: Speaker = .customer, after puts: [Reading.Put] = []) -> [String] {
    reader.read(text, by: speaker, after: puts).cues.map {
      "\(base.facts[$0.fact].id)=\(base.facts[$0.fact].values[$0.value].id):\($0.polarity)"
    }
  }

  @Test(arguments: [
    ("网上认识的朋友", ["payee.relation=met-online:affirmed"]),
    ("不是网上认识的", ["payee.relation=met-online:denied"]),
    ("没有不让告诉家人", ["demand.secrecy=yes:denied"]),
    ("没见过面", ["payee.met=no:affirmed"]),
    ("没办法,网友急用", ["payee.relation=met-online:affirmed"]),
    ("如果是网友呢", ["payee.relation=met-online:hypothetical"]),
    ("宣传上说网友骗钱", ["payee.relation=met-online:quoted"]),
    ("開著屏幕共享", ["control.screen=yes:affirmed"]),
    ("没转 网友催", ["payee.relation=met-online:affirmed"]),
    ("屏幕共享", []),
    ("没填没见过面", ["payee.met=no:affirmed"]),
    ("开着屏幕共享没有", ["control.screen=yes:denied"]),
    ("网友。不要告诉别人", ["payee.relation=met-online:affirmed"]),
    ("网友,没转", ["payee.relation=met-online:affirmed"]),
    // What sounds like a supposition and is a demand.
    ("他说要是告诉网友就完了", ["payee.relation=met-online:affirmed"]),
    ("如果不找网友就冻", ["payee.relation=met-online:denied"]),
    ("他说要是有网友就挂电话", ["payee.relation=met-online:hypothetical"]),
    ("要是没见过面我不会转", ["payee.met=no:hypothetical"]),
    ("是网友的话", ["payee.relation=met-online:hypothetical"]),
    // Words that sound like a value and mean none.
    ("去网友聚会", []),
    ("去网友聚会,网友不让告诉家人", ["payee.relation=met-online:affirmed", "demand.secrecy=yes:affirmed"]),
  ])
  func polarity(_ text: String, _ expected: [String]) {
    #expect(cues(text) == expected)
  }

  @Test func staffAskingSaysNothingAboutTheCustomer() {
    let reading = reader.read("有没有不让告诉家人?", by: .staff)
    #expect(reading.cues.isEmpty)
    let fact = base.index(of: Fact.ID("demand.secrecy")) ?? -1
    #expect(reading.puts == [.value(fact: fact, value: 0)])
  }

  @Test func aNotAIsAQuestionAndNoDenial() {
    #expect(reader.read("有没有合同?", by: .staff).puts == [])
    #expect(cues("没有合同") == ["papers=missing:affirmed"])
  }

  @Test func onlyTheBarestReplyAnswersWhatNobodyIsKnownToHaveAsked() {
    #expect(!reader.read("没见过", by: .customer, after: [.question(0)], isOnlySuggested: true).answers.isEmpty)
    #expect(reader.read("跟那个人没见过他说的", by: .customer, after: [.question(0)], isOnlySuggested: true).answers.isEmpty)
  }

  @Test func staffMayReportWhatTheyChecked() {
    #expect(cues("合同一致", .staff) == ["papers=match:affirmed"])
    #expect(cues("网友", .staff) == [])
  }

  @Test func shortAnswersAreReadAgainstStaffsOwnWords() {
    let puts = reader.read("有没有不让告诉家人?", by: .staff).puts
    let fact = base.index(of: Fact.ID("demand.secrecy")) ?? -1
    #expect(reader.read("没有啊", by: .customer, after: puts).answers == [.polar(fact: fact, value: 0, holds: false)])
    #expect(reader.read("有。", by: .customer, after: puts).answers == [.polar(fact: fact, value: 0, holds: true)])
    #expect(reader.read("我要转账", by: .customer, after: puts).answers.isEmpty)
    #expect(reader.read("没有啊", by: .customer).answers.isEmpty)
  }

  @Test func shortAnswersChooseAnOptionOfOurQuestion() {
    let puts = reader.read("您跟他见过面没有?", by: .staff).puts
    #expect(puts.contains(.question(0)))
    #expect(reader.read("没见过", by: .customer, after: [.question(0)]).answers == [.option(question: 0, option: 1)])
    #expect(reader.read("没有", by: .customer, after: [.question(0)]).answers == [.option(question: 0, option: 1)])
    #expect(reader.read("别问了", by: .customer, after: [.question(0)]).answers == [.evasive])
  }

  @Test func stepsTickThemselvesWhenStaffSaySo() {
    #expect(reader.read("主管来了", by: .observation).stepsDone.map(\.step) == ["supervisor"])
    #expect(reader.read("主管来了", by: .customer).stepsDone.isEmpty)
  }

  @Test func aMegabyteIsReadInOnePass() {
    let text = String(repeating: "网上认识的,没见过面 ", count: 40_000)
    #expect(reader.read(text, by: .customer).cues.count == 2)
  }

  @Test func phrasesDoNotReadAcrossSentences() {
    #expect(cues("他网上。认识的人") == [])
  }
}
