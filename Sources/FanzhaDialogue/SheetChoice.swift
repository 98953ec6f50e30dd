import FanzhaKnowledge
import FanzhaReasoning

extension Conversation {
  /// From this probability on, the sheet of a pattern's family is the one to give; once the business waits, always.
  private static let enoughForASheet = 0.3

  /// The sheet closest to the case: of the family it looks like, of the group the customer belongs to, else the general
  /// one. A case that is handled discreetly shows no more than the general one.
  public var sheet: Tip? {
    let base = engine.base
    let general = base.tips.first { $0.kind == .riskSheet && $0.audience.isEmpty }
    if advice.procedures.contains("discreet") { return general }
    let belief = assessment.belief.probabilities
    let pattern = assessment.ranking.first {
      base.hypotheses[$0].kind == .pattern
        && (assessment.decision.level >= .pause || belief[$0] >= Self.enoughForASheet)
    }
    let ofFamily = pattern.flatMap { index in
      base.tips.first { $0.kind == .riskSheet && $0.audience.contains(base.hypotheses[index].family) }
    }
    let ofGroup = base.tips.first { tip in
      tip.kind == .groupSheet
        && tip.audience.contains { assessment.ledger.holds(FactValue(.customerGroup, Fact.Value.ID($0))) }
    }
    return ofFamily ?? ofGroup ?? general
  }
}
