import FanzhaKnowledge
import Foundation
import TestSupport
import Testing

@testable import FanzhaDialogue

@Suite struct ConversationTests {
  private let engine: Engine

  init() throws { engine = Engine(try SmallBase.load()) }

  private func conversation(_ lines: String...) -> Conversation {
    var conversation = Conversation(engine: engine, channel: .counter)
    for line in lines { conversation.add(SpokenLine(parsing: line)) }
    return conversation
  }

  @Test func nothingSaidAsksFirst() {
    let advice = conversation().advice
    #expect(advice.level == 1)
    #expect(advice.question != nil)
    #expect(advice.script == "您好。")
    #expect(advice.evidence.isEmpty)
  }

  @Test func turnsAddUp() {
    let advice = conversation("网上认识的", "没见过面").advice
    #expect(advice.levelName == "pause")
    #expect(advice.suspects.first?.family == "romance")
    #expect(advice.evidence.map(\.turn) == [1, 2])
    #expect(advice.evidence.map(\.quote) == ["网上认识", "没见过面"])
    #expect(advice.mandatory == [Advice.Mandatory(id: "payee-known", label: "认识", done: true)])
  }

  @Test func aShortAnswerIsReadAgainstTheQuestionOnScreen() throws {
    var talk = conversation("网上认识的")
    let question = try #require(talk.advice.question)
    #expect(question.id == "met")
    let advice = talk.add(SpokenLine(parsing: "没有"))
    #expect(advice.evidence.contains { $0.fact == "payee.met" && $0.value == "no" })
  }

  @Test func aShortAnswerIsReadAgainstWhatStaffAsked() {
    let advice = conversation("网上认识的", "柜员:有没有不让告诉家人?", "没有啊").advice
    #expect(advice.evidence.contains { $0.fact == "demand.secrecy" && $0.value == "no" })
  }

  @Test func observationsBetweenDoNotHideTheQuestion() {
    let advice = conversation("柜员:有没有不让告诉家人?", "观察:低头", "有").advice
    #expect(advice.evidence.contains { $0.fact == "demand.secrecy" && $0.value == "yes" })
  }

  @Test func anOptionByItsNumber() {
    var talk = conversation("网上认识的")
    #expect(talk.answer(option: 9) == nil)
    let advice = talk.answer(option: 1)
    #expect(advice?.levelName == "pause")
    #expect(talk.lines.last == SpokenLine(speaker: .customer, text: "没见过"))
  }

  @Test func undoTakesBackTheLastTurn() {
    var talk = conversation("网上认识的")
    let before = talk.advice
    talk.add(SpokenLine(parsing: "没见过面"))
    #expect(talk.undo() == .turn(SpokenLine(parsing: "没见过面")))
    #expect(talk.advice == before)
    #expect(talk.undo() != nil)
    #expect(talk.undo() == nil)
  }

  @Test func previewChangesNothing() {
    let talk = conversation("网上认识的")
    let preview = talk.preview(SpokenLine(parsing: "没见过面"))
    #expect(preview.levelName == "pause")
    #expect(talk.turnCount == 1)
    #expect(talk.advice.levelName != "pause")
  }

  @Test func proceduresStayOnceCalled() {
    let advice = conversation("网上认识的,没见过面", "已经转了", "还没转").advice
    #expect(advice.procedures == ["stop-payment"])
    #expect(advice.situation.money == "sent")
    #expect(advice.level == 3)
  }

  @Test func theCallIsDueAtOnceAtTheHighestLevel() {
    let advice = conversation("网上认识的,没见过面", "开着屏幕共享").advice
    #expect(advice.steps.first { $0.contact == "110" }?.due == .now)
    #expect(advice.steps.filter { $0.contact == "110" }.count == 1)
  }

  @Test func stepsTickThemselves() {
    let advice = conversation("网上认识的,没见过面", "观察:主管来了").advice
    #expect(advice.steps.first { $0.id == "supervisor" }?.due == .done)
  }

  @Test func theSupervisorsClearanceIsUndoneWithItsTurn() {
    var talk = conversation("网上认识的,没见过面")
    talk.clear(reason: "女儿到场")
    #expect(talk.advice.level == 1)
    #expect(talk.advice.reasons == ["主管已核过: 女儿到场"])
    talk.add(SpokenLine(parsing: "师傅是老邻居"))
    #expect(talk.advice.level == 1)
    talk.add(SpokenLine(parsing: "不让告诉家人"))
    #expect(talk.advice.level == 2)
  }

  @Test func undoTakesAClearanceBackByItself() {
    var talk = conversation("网上认识的,没见过面")
    talk.clear(reason: "女儿到场")
    #expect(talk.undo() == .clearance(reason: "女儿到场"))
    #expect(talk.turnCount == 1)
    #expect(talk.advice.levelName == "pause")
  }

  @Test func anotherChannelKeepsTheClearance() {
    var talk = conversation("网上认识的,没见过面")
    talk.clear(reason: "女儿到场")
    #expect(talk.moved(to: .hotline).advice.levelName == "verify")
  }

  @Test func whatIsSaidAgainIsNoNews() {
    var talk = conversation("网上认识的,没见过面")
    let once = talk.advice
    for _ in 0..<50 { talk.add(SpokenLine(parsing: "网上认识的,没见过面")) }
    #expect(talk.advice.evidence == once.evidence)
    #expect(talk.turnCount == 51)
  }

  // MARK: What fits the case

  @Test func theBusinessDecidesWhatToAskBeforeAWordIsTyped() throws {
    let engine = Engine(try SmallBase.load(replacing: SmallBase.businesses))
    for (business, question) in [("transfer", "who"), ("cash-withdrawal", "met")] {
      var talk = Conversation(engine: engine, channel: .counter)
      talk.choose(business: Fact.Value.ID(business))
      #expect(talk.turnCount == 0 && talk.advice.question?.id == question)
      #expect(talk.advice.level == 1 && talk.advice.suspects.first?.probability ?? 1 < 0.5)
    }
    var talk = Conversation(engine: engine, channel: .counter)
    talk.choose(business: "gold")
    #expect(talk.events.isEmpty)
  }

  @Test func aSentenceIsSaidOnlyWhereItIsTrue() throws {
    let scripts = """
      scripts:
        - {id: open, when: opening, text: 您好。, sources: [own]}
        - {id: two, when: asking, text: 要双人授权, practice: dual, sources: [own]}
        - {id: cash, when: asking, text: 现金要预约, if_any: [money.status = sending], sources: [own]}
        - {id: any, when: asking, text: 再核一句, sources: [own]}
      """
    func said(_ holds: String, _ lines: String...) throws -> String {
      let policy = SmallBase.policy + "practices:\n  - {id: dual, label: 双人, holds: \(holds)}\n"
      let engine = Engine(try SmallBase.load(replacing: ["scripts/general.yaml": scripts, "policy.yaml": policy]))
      var talk = Conversation(engine: engine, channel: .counter)
      for line in lines { talk.add(SpokenLine(parsing: line)) }
      return talk.advice.script
    }
    #expect(try said("yes", "算是挺熟悉") == "要双人授权")
    #expect(try said("no", "算是挺熟悉") == "再核一句")
    // What was made for the case goes before what fits any.
    #expect(try said("no", "算是挺熟悉,正在转") == "现金要预约")
  }

  @Test func stepsFollowHowThingsStand() throws {
    let procedure = """
      id: ladder
      name: 上报
      urgency: 60
      summary: 上报。
      sources: [own]
      steps:
        - {id: any, text: 请主管, due: now, who: front, within: 3}
        - {id: sent, text: 先止付, due: now, if_any: [money.status = sent], mark: CK}
        - {id: unsent, text: 先别动, due: now, unless: [money.status = sent]}
      """
    let engine = Engine(try SmallBase.load(replacing: ["procedures/ladder.yaml": procedure]))
    func steps(_ line: String) -> [Advice.Step] {
      var talk = Conversation(engine: engine, channel: .counter)
      return talk.add(SpokenLine(parsing: line)).steps
    }
    let unsent = steps("网上认识的,没见过面")
    #expect(unsent.map(\.id).filter { $0 != "call" } == ["any", "unsent"])
    #expect(unsent.first?.within == 3 && unsent.first?.who == .front)
    let sent = steps("网上认识的,没见过面,已经转了")
    #expect(sent.map(\.id).filter { $0 != "call" } == ["any", "sent"])
    #expect(sent.first { $0.id == "sent" }?.mark == .commonKnowledge)
  }

  @Test func aProcedureOfOneChannelStaysThere() throws {
    let changed = (SmallBase.texts["procedures/ladder.yaml"] ?? "").replacing("urgency: 60", with: "urgency: 60\nchannel: hotline")
    let engine = Engine(try SmallBase.load(replacing: ["procedures/ladder.yaml": changed]))
    for (channel, isThere) in [(Channel.counter, false), (.hotline, true)] {
      var talk = Conversation(engine: engine, channel: channel)
      #expect(talk.add(SpokenLine(parsing: "网上认识的,没见过面")).steps.contains { $0.id == "supervisor" } == isThere)
    }
  }

  @Test func theSheetIsOfTheFamilyElseTheGeneralOne() throws {
    func sheet(_ id: String, _ audience: String) -> String {
      "id: \(id)\nkind: risk-sheet\ntitle: \(id)\nfor: [\(audience)]\nlead: 请看。\npoints: [一]\nsources: [own]\nrevised: 2026-01-01\n"
    }
    let engine = Engine(
      try SmallBase.load(replacing: ["tips/general.yaml": sheet("general", ""), "tips/love.yaml": sheet("love", "romance")]))
    var talk = Conversation(engine: engine, channel: .counter)
    #expect(talk.sheet?.id == "general")
    talk.add(SpokenLine(parsing: "网上认识的,没见过面"))
    #expect(talk.sheet?.id == "love")
    talk.showSheet("love", version: "2026-01-01")
    #expect(talk.turnCount == 1 && talk.events.last == .sheetShown("love", version: "2026-01-01"))
    var again = Conversation(engine: engine, channel: .counter)
    for event in talk.events { again.apply(event) }
    #expect(again.advice == talk.advice)
  }

  @Test func anotherChannelSameWords() {
    let moved = conversation("网上认识的", "没见过面").moved(to: .hotline)
    #expect(moved.turnCount == 2)
    #expect(moved.advice.level >= 2)
  }

  @Test func anyTextIsATurn() {
    var talk = conversation()
    for text in ["", " ", "\u{0}", "😀", String(repeating: "啊", count: 10_000), "\u{1B}[31m", "/help", "12345678901234567890"] {
      talk.add(SpokenLine(parsing: text))
    }
    #expect(talk.turnCount == 8)
    #expect(talk.advice.level == 1)
  }

  @Test func theJSONHasEveryFieldOfTheContract() throws {
    let data = try JSONEncoder().encode(conversation("网上认识的,没见过面").advice)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "level", "levelName", "scamProbability", "reasons", "redFlags", "whyNotHigher", "situation", "procedures", "mandatory",
        "suspects", "evidence", "contradictions", "question", "script", "steps", "knowledgeVersion",
      ])
    let steps = try #require(object["steps"] as? [[String: Any]])
    #expect(steps.first?["contact"] is NSNull)
  }
}

@Suite struct SpokenLineTests {
  @Test(arguments: [
    ("客户:转账", Speaker.customer, "转账"), ("柜员：给谁", .staff, "给谁"), ("热线:您好", .staff, "您好"), ("观察: 戴耳机", .observation, "戴耳机"),
    ("对方:转到安全账户", .counterparty, "转到安全账户"), ("Staff: hello", .staff, "hello"), ("counterparty：x", .counterparty, "x"),
    ("我说:好", .customer, "我说:好"), ("转账", .customer, "转账"), ("", .customer, ""), ("10:40转的", .customer, "10:40转的"),
  ])
  func prefixes(_ line: String, _ speaker: Speaker, _ text: String) {
    #expect(SpokenLine(parsing: line) == SpokenLine(speaker: speaker, text: text))
  }
}
