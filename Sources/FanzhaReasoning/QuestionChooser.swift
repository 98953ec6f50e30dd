import FanzhaKnowledge
import Foundation

/// Chooses the one question worth asking now.
///
/// In this order: a question the situation makes urgent; else the one with the largest expected drop in
/// decision loss plus what it tells about the family, less the friction it costs an honest customer, less a
/// jump of topic; none when no question is worth its friction.
struct QuestionChooser: Sendable {
  private let model: BeliefModel
  private let base: KnowledgeBase
  private let costs: Policy.Costs
  private let compiled: [Compiled]

  /// A question with its ids looked up.
  private struct Compiled: Sendable {
    let fact: Int
    /// For a fact of kind `many`, the value asked about.
    let about: Int?
    let answers: [Answer]
    /// Positions of the hypotheses one of which must be plausible; nil for always.
    let relevant: [Int]?

    enum Answer: Sendable {
      case value(Int)
      case denied(Int)
    }
  }

  /// How often an answer is dodged under a scam and in honest business: our own estimate.
  private static let dodgedUnderScam = 0.12
  private static let dodgedWhenHonest = 0.03
  /// A question that is about certain families is put only when one of them is this probable.
  private static let plausible = 0.15
  /// From this probability a purpose is worth clearing by its own questions.
  private static let likely = 0.3

  init(_ model: BeliefModel) {
    self.model = model
    base = model.base
    costs = base.policy.costs
    let base = model.base
    compiled = base.questions.map { question in
      // The loader has checked that every id resolves.
      let fact = base.index(of: question.asks) ?? 0
      let about = question.about.flatMap { base.facts[fact].index(of: $0) }
      return Compiled(
        fact: fact, about: about,
        answers: question.options.compactMap { option in
          switch option.answer {
          case .value(let id): (about ?? base.facts[fact].index(of: id)).map(Compiled.Answer.value)
          case .denied: about.map(Compiled.Answer.denied)
          case .evasive: nil
          }
        },
        relevant: question.relevantTo.isEmpty
          ? nil : base.hypotheses.indices.filter { question.relevantTo.contains(base.hypotheses[$0].family) })
    }
  }

  /// What was asked before, and about what.
  struct History {
    /// Positions of questions that were put already.
    let asked: Set<Int>
    let lastTopic: String?
  }

  /// The question that the situation makes urgent, by its position in the base.
  func urgent(_ context: RuleContext, _ history: History) -> Int? {
    for urgent in base.policy.urgentQuestions where context.holds(urgent.when) {
      guard let index = base.questions.firstIndex(where: { $0.id == urgent.question }), !history.asked.contains(index)
      else { continue }
      let question = compiled[index]
      // A live call is known, yet hanging up is still to be asked for.
      let isState = base.facts[question.fact].resolution == .latest && base.facts[question.fact].kind == .one
      if isState || !context.ledger.settles(fact: question.fact, value: question.about) { return index }
    }
    return nil
  }

  /// What a conversation opens with while nothing is known: by business, as policy lists it.
  func opening(_ context: RuleContext, _ history: History) -> Int? {
    base.policy.openingQuestions.lazy.filter { context.holds($0.when) }.compactMap { rule in
      base.questions.firstIndex { $0.id == rule.question }
    }.first { isOpen($0, context, history) }
  }

  /// The question that clears the likeliest honest purpose fastest.
  func clearing(_ belief: Belief, _ context: RuleContext, _ history: History) -> Int? {
    guard let top = belief.probabilities.indices.max(by: { (belief.probabilities[$0], $1) < (belief.probabilities[$1], $0) }),
      base.hypotheses[top].kind == .purpose, belief.probabilities[top] >= Self.likely
    else { return nil }
    return base.hypotheses[top].questions.lazy.compactMap { id in base.questions.firstIndex { $0.id == id } }
      .first { isOpen($0, context, history) }
  }

  private func isOpen(_ index: Int, _ context: RuleContext, _ history: History) -> Bool {
    let question = base.questions[index]
    return !history.asked.contains(index)
      && !context.ledger.settles(fact: compiled[index].fact, value: compiled[index].about)
      && (question.ifAny.isEmpty || question.ifAny.contains(where: context.holds))
      && !question.unless.contains(where: context.holds)
  }

  /// The question that is worth most more than it costs; nil when none is.
  ///
  /// - Parameter waivingCosts: counts what an answer would change, not what asking costs; only questions that
  ///   nobody minds are then considered.
  func best(
    _ belief: Belief, _ context: RuleContext, _ history: History, waivingCosts: Bool = false
  ) -> Int? {
    var best: (question: Int, value: Double)?
    for (index, question) in compiled.enumerated() {
      let relevance = question.relevant.map { $0.reduce(0) { $0 + belief.probabilities[$1] } }
      guard !base.facts[question.fact].weightless, isOpen(index, context, history),
        !waivingCosts || base.questions[index].friction == .low, relevance ?? 1 >= Self.plausible
      else { continue }
      let strangeness = 1 - (relevance ?? belief.scamProbability)
      let value =
        gain(question, belief) + allowance(question, belief, context)
        - (waivingCosts ? 0 : cost(index, strangeness, history))
      if value > 0, value > best?.value ?? 0 { best = (index, value) }
    }
    return best?.question
  }

  // MARK: Value of a question

  /// Expected drop in decision loss, and what is learnt about the family.
  private func gain(_ question: Compiled, _ belief: Belief) -> Double {
    let scam = belief.scamProbability
    let branches = branches(question, belief)
    let expectedLoss = branches.reduce(0) { $0 + $1.probability * loss(Self.scam($1.posterior, model)) }
    let learnt =
      entropyOfFamilies(belief.probabilities)
      - branches.reduce(0) { $0 + $1.probability * entropyOfFamilies($1.posterior) }
    return (loss(scam) - expectedLoss) + costs.familyKnowledge * scam * learnt
  }

  /// What it is worth that an answer would allow a pause: arithmetic alone does not, it takes a red flag or signs
  /// enough, and until then some are let go though most doubt them.
  private func allowance(_ question: Compiled, _ belief: Belief, _ context: RuleContext) -> Double {
    let scam = belief.scamProbability
    let atStake = scam * costs.releasedScam - (1 - scam) * costs.pausedHonest
    guard atStake > 0 else { return 0 }
    let allowing = question.answers.reduce(0) { sum, answer in
      guard case .value(let value) = answer else { return sum }
      let share = share(allowingPause: question.fact, value, scam, context)
      if share == 0 { return sum }
      return sum + share
        * belief.probabilities.indices.reduce(0) {
          $0 + belief.probabilities[$1] * model.probability(fact: question.fact, value: value, hypothesis: $1)
        }
    }
    return min(1, allowing) * Self.letGoUnpaused * atStake
  }

  /// How often somebody is let go while still being verified: our own estimate.
  private static let letGoUnpaused = 0.1

  /// How much of a pause a value would be: all of it where a red flag waits for nothing else, half of it where it is one
  /// sign more for a belief that is strong enough.
  private func share(allowingPause fact: Int, _ value: Int, _ scam: Double, _ context: RuleContext) -> Double {
    let pair = FactValue(base.facts[fact].id, base.facts[fact].values[value].id)
    let isAwaited = base.policy.redFlags.contains { flag in
      flag.level >= .pause && flag.when.contains(.holds(pair))
        && context.holds(flag.when.filter { $0 != .holds(pair) }, unless: flag.unless)
    }
    if isAwaited { return 1 }
    let isSign = model.leaning(fact: fact, value: value) >= base.policy.signWeight
    return isSign && scam >= base.policy.pauseFrom && !model.isTypicalOfHonest(fact: fact, value: value) ? 0.5 : 0
  }

  /// Friction for whom it is not meant for, and a jump of topic. A question for everybody costs the honest; one about
  /// certain families, everybody else: asked out of the blue, it puzzles a victim of another scam too.
  private func cost(_ index: Int, _ strangeness: Double, _ history: History) -> Double {
    let question = base.questions[index]
    let jump = history.lastTopic.map { $0 == question.topic ? 0 : costs.topicJump } ?? 0
    return (costs.friction[question.friction] ?? 0) * strangeness + jump
  }

  /// The loss of the better of the two final decisions: let it go, or pause it.
  private func loss(_ scam: Double) -> Double {
    min(scam * costs.releasedScam, (1 - scam) * costs.pausedHonest)
  }

  /// What may be answered, how probably, and the belief after it.
  private func branches(_ question: Compiled, _ belief: Belief) -> [(probability: Double, posterior: [Double])] {
    let denial = base.policy.trust.denial
    var result = question.answers.map { answer in
      switch answer {
      case .value(let value):
        branch(belief) { model.probability(fact: question.fact, value: value, hypothesis: $0) }
      case .denied(let value):
        branch(belief) { 1 - denial * model.probability(fact: question.fact, value: value, hypothesis: $0) }
      }
    }
    // Options need not cover every value: what is left counts as no news.
    let covered = result.reduce(0) { $0 + $1.probability }
    if covered < 1 {
      result.append((1 - covered, belief.probabilities))
    } else {
      result = result.map { ($0.probability / covered, $0.posterior) }
    }
    let dodged = branch(belief) { $0 < model.patternCount ? Self.dodgedUnderScam : Self.dodgedWhenHonest }
    return result.map { ($0.probability * (1 - dodged.probability), $0.posterior) } + [dodged]
  }

  private func branch(
    _ belief: Belief, _ likelihood: (Int) -> Double
  ) -> (probability: Double, posterior: [Double]) {
    let joint = belief.probabilities.enumerated().map { $1 * likelihood($0) }
    let total = joint.reduce(0, +)
    return (total, total > 0 ? joint.map { $0 / total } : belief.probabilities)
  }

  private static func scam(_ probabilities: [Double], _ model: BeliefModel) -> Double {
    probabilities[..<model.patternCount].reduce(0, +)
  }

  /// Nats of doubt about the family, given that it is a scam.
  private func entropyOfFamilies(_ probabilities: [Double]) -> Double {
    let scam = Self.scam(probabilities, model)
    guard scam > 0 else { return 0 }
    return probabilities[..<model.patternCount].reduce(0) { sum, probability in
      let share = probability / scam
      return share > 0 ? sum - share * Foundation.log(share) : sum
    }
  }
}
