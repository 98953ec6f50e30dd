import FanzhaKnowledge

/// What the conditions of the policy are checked against.
struct RuleContext: Sendable {
  let ledger: Ledger
  let channel: Channel
  let level: Level
  let scamProbability: Double
  /// Families probable enough to act on.
  let suspectedFamilies: Set<String>

  /// A family is acted on from this probability.
  static let suspicion = 0.3

  func holds(_ condition: Condition) -> Bool {
    switch condition {
    case .holds(let pair): ledger.holds(pair)
    case .known(let fact): ledger.knows(fact)
    case .suspect(let family): suspectedFamilies.contains(family)
    case .level(let atLeast): level >= atLeast
    case .scam(let atLeast): scamProbability >= atLeast
    case .channel(let channel): self.channel == channel
    }
  }

  /// All of `when` and none of `unless`.
  func holds(_ when: [Condition], unless: [Condition] = []) -> Bool {
    for condition in when where !holds(condition) { return false }
    return !holdsAny(unless)
  }

  /// A loop, not a closure: this is asked for every question at every turn, and a closure would copy the context.
  func holdsAny(_ conditions: [Condition]) -> Bool {
    for condition in conditions where holds(condition) { return true }
    return false
  }
}
