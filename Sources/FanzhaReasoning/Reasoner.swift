import FanzhaKnowledge

/// Everything that follows from what is known at one turn. A value: the same findings give the same assessment.
public struct Assessment: Sendable {
  public let ledger: Ledger
  public let belief: Belief
  public let situation: Situation
  public let decision: Decision
  /// Turn in which the level was reached.
  public let levelSince: Int
  /// Called by the situation or the level, most urgent first.
  public let procedures: [Procedure.ID]
  /// Position of the question worth asking now; nil when there is none.
  public let question: Int?
  /// Positions of hypotheses, most probable first.
  public let ranking: [Int]
  /// Whether the case is one whose words are to be kept sealed: shame, or a minor.
  public let sealsWords: Bool
  let context: RuleContext

  /// Whether something that is tied to conditions fits the case as it stands.
  public func allows(ifAny: [Condition], unless: [Condition]) -> Bool {
    (ifAny.isEmpty || ifAny.contains(where: context.holds)) && !unless.contains(where: context.holds)
  }
}

/// Belief, level, procedures and next question from findings: pure and deterministic.
public struct Reasoner: Sendable {
  public let base: KnowledgeBase
  private let model: BeliefModel
  private let chooser: QuestionChooser
  private let levelRule: LevelRule
  private let families: [String]
  /// By hypothesis: the position of its family.
  private let familyOf: [Int]

  public init(_ base: KnowledgeBase) {
    self.base = base
    let families = Array(Set(base.hypotheses.map(\.family))).sorted()
    self.families = families
    familyOf = base.hypotheses.map { hypothesis in families.firstIndex(of: hypothesis.family) ?? 0 }
    model = BeliefModel(base)
    chooser = QuestionChooser(model)
    levelRule = LevelRule(model)
  }

  /// The supervisor's word that the business may go on.
  public struct Clearance: Sendable {
    public let reason: String
    /// The turn after which it was given.
    public let turn: Int

    public init(reason: String, turn: Int) {
      self.reason = reason
      self.turn = turn
    }
  }

  /// What a conversation carries besides its findings.
  public struct Context: Sendable {
    public var channel: Channel
    public var turn: Int
    /// Positions of questions that were put already.
    public var asked: Set<Int>
    public var lastTopic: String?
    /// The level before this turn, and since when.
    public var before: (level: Level, since: Int)?
    public var clearance: Clearance?
    /// How well the words as a whole resemble what is said under each hypothesis: log P(family | words).
    public var resemblance: [Double]?
    /// Whether nothing but words of the other side was said so far.
    public var isOnlyHeard = false

    public init(channel: Channel, turn: Int) {
      self.channel = channel
      self.turn = turn
      asked = []
    }
  }

  /// What it looks like, most probable first, without deciding what to do about it.
  public func ranking(_ findings: [Finding], _ context: Context) -> [(hypothesis: Int, probability: Double)] {
    let belief = Belief(
      Ledger(findings, model: model), model: model, channel: context.channel, isOnlyHeard: context.isOnlyHeard
    ).sharpened(by: context.resemblance)
    return ranking(belief).map { ($0, belief.probabilities[$0]) }
  }

  private func ranking(_ belief: Belief) -> [Int] {
    belief.probabilities.indices.sorted { (belief.probabilities[$1], $0) < (belief.probabilities[$0], $1) }
  }

  public func assess(_ findings: [Finding], _ context: Context) -> Assessment {
    let ledger = Ledger(findings, model: model)
    // What to ask rests on what was understood; what it looks like, on what the words resemble too.
    let understood = Belief(ledger, model: model, channel: context.channel, isOnlyHeard: context.isOnlyHeard)
    let belief = understood.sharpened(by: context.resemblance)
    let suspects = suspectedFamilies(belief)
    let history = QuestionChooser.History(asked: context.asked, lastTopic: context.lastTopic)
    func rules(_ level: Level) -> RuleContext {
      RuleContext(
        ledger: ledger, channel: context.channel, level: level, scamProbability: belief.scamProbability,
        suspectedFamilies: suspects)
    }
    let best = question(understood, rules(.verify), history)
    let decision = cleared(
      levelRule.decide(
        belief, ledger, rules: rules,
        before: context.before.map { LevelRule.Before(level: $0.level, turn: $0.since) },
        hasQuestion: best != nil || chooser.urgent(rules(.verify), history) != nil),
      findings, context)
    let final = rules(decision.level)
    let situation = Situation(ledger)
    return Assessment(
      ledger: ledger, belief: belief, situation: situation, decision: decision,
      levelSince: decision.level == context.before?.level ? context.before?.since ?? context.turn : context.turn,
      procedures: procedures(final),
      question: questionNow(decision.level, situation, urgent: chooser.urgent(final, history), best: best),
      ranking: ranking(belief),
      sealsWords: base.policy.sealsWords.contains(where: final.holds), context: final)
  }

  /// Nobody is questioned while somebody is in danger; and while a screen is shared or the matter is being
  /// reported, only what the situation makes urgent is asked.
  private func questionNow(_ level: Level, _ situation: Situation, urgent: Int?, best: Int?) -> Int? {
    if level == .proceed || situation.danger { return nil }
    return urgent ?? (level == .report || situation.screenShared ? nil : best)
  }

  /// The question worth asking, past what is urgent; nil when none is.
  private func question(_ belief: Belief, _ context: RuleContext, _ history: QuestionChooser.History) -> Int? {
    // A trifle (some savings of one's own) is as good as nothing.
    let isOpening = belief.contributions.allSatisfy { abs($0.weight) < base.policy.signWeight }
    if isOpening, let opening = chooser.opening(context, history) { return opening }
    if let best = chooser.best(belief, context, history) { return best }
    if levelRule.isRecognised(belief, context.ledger) { return nil }
    // What is only claimed is cleared first, whatever that costs, as long as an answer could change anything.
    return chooser.clearing(belief, context, history)
      ?? chooser.best(belief, context, history, waivingCosts: true)
  }

  private func isAlarming(_ finding: Finding) -> Bool {
    finding.holds
      && (model.leaning(fact: finding.fact, value: finding.value) > 0 || base.facts[finding.fact].id == .danger)
  }

  /// The supervisor's word stands until something new speaks for a scam.
  private func cleared(_ decision: Decision, _ findings: [Finding], _ context: Context) -> Decision {
    guard let clearance = context.clearance,
      !findings.contains(where: { $0.turn > clearance.turn && isAlarming($0) })
    else { return decision }
    return Decision(
      level: min(decision.level, .verify), reasons: [.clearedBySupervisor(reason: clearance.reason)],
      ceiling: .cleared)
  }

  private func suspectedFamilies(_ belief: Belief) -> Set<String> {
    var shares = [Double](repeating: 0, count: families.count)
    for (family, probability) in zip(familyOf, belief.probabilities) { shares[family] += probability }
    return Set(zip(families, shares).filter { $1 >= RuleContext.suspicion }.map(\.0))
  }

  private func procedures(_ context: RuleContext) -> [Procedure.ID] {
    let called = Set(
      base.policy.calls.filter { context.holds($0.when, unless: $0.unless) }.map(\.procedure))
    return base.procedures.map(\.id).filter(called.contains)
  }
}
