import FanzhaKnowledge
import Foundation
import TestSupport
import Testing

@testable import FanzhaReasoning

@Suite struct ReasonerTests {
  private let base: KnowledgeBase
  private let reasoner: Reasoner

  init() throws {
    base = try SmallBase.load()
    reasoner = Reasoner(base)
  }

  private func finding(
    _ fact: Fact.ID, _ value: Fact.Value.ID, holds: Bool = true, basis: Finding.Basis = .words, turn: Int = 1
  ) throws -> Finding {
    let index = try #require(base.index(of: fact))
    let valueIndex = try #require(base.facts[index].index(of: value))
    return Finding(fact: index, value: valueIndex, holds: holds, basis: basis, turn: turn, quote: "「\(value)」")
  }

  private func assess(_ findings: [Finding], turn: Int = 1, before: (level: Level, since: Int)? = nil) -> Assessment {
    var context = Reasoner.Context(channel: .counter, turn: turn)
    context.before = before
    return reasoner.assess(findings, context)
  }

  // MARK: Belief

  @Test func nothingSaidLeavesThePrior() {
    let assessment = assess([])
    #expect(abs(assessment.belief.scamProbability - 0.1) < 1e-9)
    #expect(assessment.decision.level == .verify)
    #expect(assessment.decision.reasons == [.littleKnown])
    #expect(assessment.question != nil)
  }

  /// Worked out by hand: 25 patterns share 0.1, 23 purposes 0.9, in equal parts; the row of `topic = renovation` is
  /// 0.05 but for the purpose renovation, 0.8; trusted 0.9 with the row's mean as background.
  @Test func oneFactByHand() throws {
    let belief = assess([try finding("topic", "renovation")]).belief
    let mean = (47 * 0.05 + 0.8) / 48
    let other = 0.9 * 0.05 + 0.1 * mean, listed = 0.9 * 0.8 + 0.1 * mean
    let scam = 0.1 * other, honest = 0.9 / 23 * (22 * other + listed)
    #expect(abs(belief.scamProbability - scam / (scam + honest)) < 1e-9)
  }

  @Test func probabilitiesSumToOneAndContributionsToTheBelief() throws {
    let belief = assess([
      try finding("payee.relation", "met-online"), try finding("demand.secrecy", "yes", turn: 2),
      try finding("topic", "renovation", turn: 3), try finding("papers", "match", holds: false, turn: 4),
    ]).belief
    #expect(abs(belief.probabilities.reduce(0, +) - 1) < 1e-9)
    #expect(abs(belief.priorLogOdds + belief.contributions.map(\.weight).reduce(0, +) - belief.logOdds) < 1e-9)
    #expect(abs(belief.logOdds - log(belief.scamProbability / (1 - belief.scamProbability))) < 1e-6)
  }

  @Test func sayingItTwiceCountsOnce() throws {
    let once = assess([try finding("payee.relation", "met-online")])
    let twice = assess([try finding("payee.relation", "met-online"), try finding("payee.relation", "met-online", turn: 2)])
    #expect(once.belief.scamProbability == twice.belief.scamProbability)
  }

  @Test func aSecondFactOfTheGroupCountsLess() throws {
    let relation = try finding("payee.relation", "met-online")
    let both = assess([relation, try finding("payee.met", "no")]).belief
    let apart = assess([relation]).belief
    #expect(both.scamProbability > apart.scamProbability)
    let second = try #require(both.contributions.first { base.facts[$0.fact].id == "payee.met" })
    let alone = try #require(assess([try finding("payee.met", "no")]).belief.contributions.first)
    #expect(second.weight < alone.weight)
  }

  @Test func anArtefactOutweighsWordsWhicheverCameFirst() throws {
    let words = try finding("papers", "missing"), seen = try finding("papers", "match", basis: .artefact, turn: 2)
    #expect(assess([words, seen]).ledger.value(of: "papers") == "match")
    #expect(assess([seen, words]).ledger.value(of: "papers") == "match")
  }

  @Test func persuadedIsNotDisproved() throws {
    let ledger = assess([try finding("payee.relation", "met-online"), try finding("payee.relation", "known", turn: 3)]).ledger
    #expect(ledger.value(of: "payee.relation") == "met-online")
    #expect(ledger.contradictions.map(\.turns) == [[1, 3]])
    #expect(ledger.holds(FactValue("conduct.contradicts", "yes")))
  }

  @Test func aCallThatWasHungUpIsOver() throws {
    let findings = [try finding("control.call", "live"), try finding("control.call", "hung-up", turn: 2)]
    #expect(assess([findings[0]]).situation.counterpartyListening)
    #expect(!assess(findings).situation.counterpartyListening)
  }

  @Test func moneyThatWentDoesNotComeBackByWords() throws {
    let findings = [try finding("money.status", "sent"), try finding("money.status", "not-sent", turn: 2)]
    #expect(assess(findings).situation.money == .sent)
  }

  // MARK: Level

  @Test func aRedFlagRaisesPastTheArithmetic() throws {
    let assessment = assess([try finding("payee.relation", "met-online"), try finding("payee.met", "no")])
    #expect(assessment.decision.level >= .pause)
    #expect(assessment.decision.reasons.contains(.redFlag(1)))
    #expect(assessment.procedures == ["ladder"])
  }

  @Test func aRedFlagMayRestOnTheLevelThatOthersSet() throws {
    let findings = [
      try finding("payee.relation", "met-online"), try finding("payee.met", "no"), try finding("money.status", "sent"),
    ]
    #expect(assess(findings).decision.level == .report)
    #expect(assess(findings).procedures == ["stop-payment", "ladder"])
    #expect(assess([findings[2]]).decision.level == .verify)
  }

  @Test func wordsDoNotLowerAPause() throws {
    let assessment = assess(
      [try finding("papers", "match", turn: 2)], turn: 2, before: (level: .pause, since: 1))
    #expect(assessment.decision.level == .pause)
    #expect(assessment.decision.reasons.first == .held(sinceTurn: 1))
    #expect(assessment.levelSince == 1)
  }

  @Test func whatWasSeenLowersAPause() throws {
    let seen = try finding("papers", "match", basis: .artefact, turn: 2)
    let assessment = assess([seen], turn: 2, before: (level: .pause, since: 1))
    #expect(assessment.decision.level < .pause)
    guard case .settled = assessment.decision.reasons.first else {
      Issue.record("the fall is explained: \(assessment.decision.reasons)")
      return
    }
  }

  @Test func theSupervisorClearsUntilSomethingNewIsFound() throws {
    let findings = [try finding("payee.relation", "met-online"), try finding("payee.met", "no")]
    var context = Reasoner.Context(channel: .counter, turn: 2)
    context.before = (.pause, 1)
    context.clearance = Reasoner.Clearance(reason: "女儿到场确认", turn: 2)
    #expect(reasoner.assess(findings, context).decision.level == .verify)
    context.turn = 3
    #expect(reasoner.assess(findings + [try finding("demand.secrecy", "yes", turn: 3)], context).decision.level == .pause)
  }

  @Test func honestBusinessThatIsRecognisedGoesOn() throws {
    let findings = [
      try finding("papers", "match", basis: .artefact), try finding("payee.relation", "known"), try finding("payee.met", "yes"),
      try finding("topic", "renovation"), try finding("demand.secrecy", "yes", holds: false),
    ]
    let assessment = assess(findings)
    #expect(assessment.decision.level == .proceed)
    #expect(assessment.question == nil)
    #expect(base.hypotheses[assessment.ranking[0]].id == "renovation")
  }

  // MARK: Question

  @Test func theUrgentQuestionGoesFirst() throws {
    let assessment = assess([try finding("payee.relation", "met-online"), try finding("payee.met", "no")])
    #expect(assessment.question.map { base.questions[$0].id } == "sent")
  }

  @Test func whatIsKnownIsNotAsked() throws {
    let assessment = assess([try finding("payee.relation", "vague")])
    #expect(assessment.question.map { base.questions[$0].id } == "met")
  }

  @Test func aQuestionMayWaitUntilItsSubjectComesUp() throws {
    let questions = SmallBase.questions.replacing(
      "    reason: 没见过面的人没人核实过。", with: "    reason: 没见过面的人没人核实过。\n    if_any: [topic = renovation, demand.secrecy known]")
    let reasoner = Reasoner(try SmallBase.load(replacing: ["questions/test.yaml": questions]))
    let vague = try finding("payee.relation", "vague")
    let context = Reasoner.Context(channel: .counter, turn: 1)
    #expect(reasoner.assess([vague], context).question == nil)
    let renovation = try finding("topic", "renovation")
    #expect(reasoner.assess([vague, renovation], context).question.map { base.questions[$0].id } == "met")
  }

  @Test func aPauseFallsOnlyByWhatDisprovesIt() throws {
    let risky = [try finding("payee.relation", "met-online"), try finding("demand.secrecy", "yes")]
    let beside = try finding("topic", "renovation", basis: .artefact, turn: 2)
    #expect(assess(risky + [beside], turn: 2, before: (.pause, 1)).decision.level >= .pause)
    let shown = try finding("papers", "match", basis: .artefact, turn: 2)
    #expect(assess(risky + [shown], turn: 2, before: (.pause, 1)).decision.level == .verify)
  }

  @Test func whatWasAskedIsNotAskedAgain() throws {
    var context = Reasoner.Context(channel: .counter, turn: 1)
    context.asked = Set(base.questions.indices)
    #expect(reasoner.assess([], context).question == nil)
  }

  @Test func sameFindingsSameAssessment() throws {
    let findings = [try finding("payee.relation", "met-online"), try finding("topic", "renovation", turn: 2)]
    let first = assess(findings), second = assess(findings)
    #expect(first.belief.probabilities == second.belief.probabilities)
    #expect(first.ranking == second.ranking)
  }
}
