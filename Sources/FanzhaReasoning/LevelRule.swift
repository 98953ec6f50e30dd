import FanzhaKnowledge

/// Why a level is what it is.
public enum Reason: Sendable, Equatable {
  /// A red flag of the policy, by its position.
  case redFlag(Int)
  /// A fact that speaks for a scam, with the words it rests on.
  case sign(fact: Int, value: Int, quote: String)
  /// The level was reached before and what raised it has not been disproved.
  case held(sinceTurn: Int)
  case clearedBySupervisor(reason: String)
  /// A fact was disproved by an artefact or an independent check.
  case settled(fact: Int, value: Int, quote: String)
  case purposeRecognised(hypothesis: Int)
  /// Too little is known: ask.
  case littleKnown
  case openQuestion
}

/// Why a level is not one higher.
public enum Ceiling: Sendable, Equatable {
  case nothingMissing
  case noRedFlagAndFewSigns
  case nothingPassedOver
  /// Money has gone, but not for certain to somebody who deceives.
  case passedOverUnclear
  case cleared
  case highest
}

/// The level with its reasons.
public struct Decision: Sendable {
  public let level: Level
  public let reasons: [Reason]
  public let ceiling: Ceiling
}

/// Sets the level: expected loss against policy, never below what red flags demand, never by age, amount or
/// occupation, and never back down on words alone.
struct LevelRule: Sendable {
  private let model: BeliefModel
  private var policy: Policy { model.base.policy }

  init(_ model: BeliefModel) { self.model = model }

  /// The level reached before this turn.
  struct Before {
    let level: Level
    /// Turn in which it was reached.
    let turn: Int
  }

  func decide(
    _ belief: Belief, _ ledger: Ledger, rules: (Level) -> RuleContext, before: Before?, hasQuestion: Bool
  ) -> Decision {
    let signs = signs(belief)
    var (level, flags) = raise(weigh(belief, signs), rules)
    if level == .proceed, hasQuestion || belief.contributions.isEmpty { level = .verify }
    if let before, before.level > level, before.level >= .pause {
      if let settling = settling(ledger, since: before.turn) {
        // What was settled is one thing; the rest may still have to be asked.
        return decision(max(level, .verify), flags, signs, belief, ledger, extra: [settling])
      }
      return decision(before.level, flags, signs, belief, ledger, extra: [.held(sinceTurn: before.turn)])
    }
    return decision(level, flags, signs, belief, ledger, extra: [])
  }

  /// Applies the red flags. Some depend on the level that others set, so they are gone through until none
  /// raises it further.
  private func raise(_ start: Level, _ rules: (Level) -> RuleContext) -> (level: Level, flags: [Int]) {
    var level = start
    while true {
      let context = rules(level)
      let flags = policy.redFlags.indices.filter {
        context.holds(policy.redFlags[$0].when, unless: policy.redFlags[$0].unless)
      }
      let raised = flags.reduce(level) { max($0, policy.redFlags[$1].level) }
      if raised == level { return (level, flags) }
      level = raised
    }
  }

  /// What speaks for a scam independently: distinct things, resting on distinct words; strongest first. What is typical
  /// of some honest purpose (paying a supplier) may weigh, but is no sign.
  private func signs(_ belief: Belief) -> [Belief.Contribution] {
    let all = belief.contributions.filter(isSign)
    // One long quote must not stand in the way of two short ones: what shares words with fewest goes first.
    let conflicts = all.map { sign in all.count { Belief.sameWords($0, sign) } }
    let order = all.indices.sorted {
      (conflicts[$0], all[$1].weight, all[$0].turn, all[$0].fact) < (conflicts[$1], all[$0].weight, all[$1].turn, all[$1].fact)
    }
    var things: Set<String> = []
    var signs: [Belief.Contribution] = []
    for sign in order.map({ all[$0] }) where !signs.contains(where: { Belief.sameWords($0, sign) }) {
      // Different things that a scam's story holds are signs of their own; different views of one fact are not.
      let fact = model.base.facts[sign.fact]
      let thing = fact.kind == .many ? "\(fact.id) = \(fact.values[sign.value].id)" : fact.group
      if things.insert(thing).inserted { signs.append(sign) }
    }
    return signs.sorted { ($1.weight, $0.turn, $0.fact) < ($0.weight, $1.turn, $1.fact) }
  }

  /// What speaks for a scam by itself, however little it adds to what was known of the same kind before.
  private func isSign(_ contribution: Belief.Contribution) -> Bool {
    guard contribution.weight > 0, !model.isTypicalOfHonest(fact: contribution.fact, value: contribution.value) else {
      return false
    }
    let alone = contribution.holds ? model.leaning(fact: contribution.fact, value: contribution.value) : 0
    return max(contribution.weight, alone) >= policy.signWeight
  }

  private func weigh(_ belief: Belief, _ signs: [Belief.Contribution]) -> Level {
    let scam = belief.scamProbability
    if scam >= policy.pauseFrom, signs.count >= policy.signsForPause { return .pause }
    return scam < policy.proceedBelow ? .proceed : .verify
  }

  /// Whether honest business is recognised, not merely unmatched: something was shown or checked, or the likeliest
  /// purpose is one that policy lets go on the customer's word.
  func isRecognised(_ belief: Belief, _ ledger: Ledger) -> Bool {
    let support = belief.contributions.filter { $0.weight <= -policy.signWeight }
    let isShown = ledger.entries.contains { entry in
      entry.finding.basis == .artefact && support.contains { $0.fact == entry.fact && $0.turn == entry.finding.turn }
    }
    return isShown || (!support.isEmpty && isLikelyOnWord(belief))
  }

  private func isLikelyOnWord(_ belief: Belief) -> Bool {
    zip(model.base.hypotheses, belief.probabilities)
      .reduce(0) { policy.onWord.contains($1.0.family) ? $0 + $1.1 : $0 } >= Self.likely
  }

  private static let likely = 0.5

  /// What, since the level was reached, has been disproved, or settled by an independent check.
  private func settling(_ ledger: Ledger, since turn: Int) -> Reason? {
    ledger.entries.last {
      guard $0.finding.basis == .artefact, $0.finding.turn > turn else { return false }
      let fact = model.base.facts[$0.fact]
      return ledger.disproved.contains($0.fact)
        || ($0.holds && policy.settles.contains(FactValue(fact.id, fact.values[$0.value].id)))
    }.map { .settled(fact: $0.fact, value: $0.value, quote: $0.finding.quote) }
  }

  private func decision(
    _ level: Level, _ flags: [Int], _ signs: [Belief.Contribution], _ belief: Belief, _ ledger: Ledger, extra: [Reason]
  ) -> Decision {
    let situation = Situation(ledger)
    let hasPassedOver = situation.money == .sent || situation.credentialsGiven
    var reasons = extra
    reasons += flags.sorted { (policy.redFlags[$1].level, $0) < (policy.redFlags[$0].level, $1) }.map(Reason.redFlag)
    switch level {
    case .pause, .report:
      reasons += signs.map { .sign(fact: $0.fact, value: $0.value, quote: $0.quote) }
    case .verify:
      reasons += signs.map { .sign(fact: $0.fact, value: $0.value, quote: $0.quote) }
      reasons.append(belief.contributions.isEmpty ? .littleKnown : .openQuestion)
    case .proceed:
      if let top = belief.probabilities.indices.max(by: { belief.probabilities[$0] < belief.probabilities[$1] }) {
        reasons.append(.purposeRecognised(hypothesis: top))
      }
    }
    let ceiling: Ceiling =
      switch level {
      case .proceed: .nothingMissing
      case .verify: .noRedFlagAndFewSigns
      case .pause: hasPassedOver ? .passedOverUnclear : .nothingPassedOver
      case .report: .highest
      }
    return Decision(level: level, reasons: reasons, ceiling: ceiling)
  }
}
