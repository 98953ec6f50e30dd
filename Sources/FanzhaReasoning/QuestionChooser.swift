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

  /// How often an answer is dodged under a scam and in honest business: our own estimate.
  private static let dodgedUnderScam = 0.12
  private static let dodgedWhenHonest = 0.03
  /// A question that is about certain families is put only when one of them is this probable.
  private static let plausible = 0.04

  init(_ model: BeliefModel) {
    self.model = model
    base = model.base
    costs = base.policy.costs
  }

  /// What was asked before, and about what.
  struct History {
    /// Positions of questions that were put already.
    let asked: Set<Int>
    let lastTopic: String?
  }

  /// A question worth asking now, by its position in the base; nil when there is none.
  func choose(_ belief: Belief, _ context: RuleContext, _ history: History) -> Int? {
    if let urgent = urgent(context, history) { return urgent }
    var best: (question: Int, value: Double)?
    for (index, question) in base.questions.enumerated() {
      guard isOpen(index, question, belief, context.ledger, history) else { continue }
      let value = netValue(question, belief, history)
      if value > 0, value > best?.value ?? 0 { best = (index, value) }
    }
    return best?.question
  }

  private func urgent(_ context: RuleContext, _ history: History) -> Int? {
    for urgent in base.policy.urgentQuestions where context.holds(urgent.when) {
      guard let index = base.questions.firstIndex(where: { $0.id == urgent.question }),
        !history.asked.contains(index)
      else { continue }
      let question = base.questions[index]
      guard let fact = base.index(of: question.asks) else { continue }
      // A live call is known, yet hanging up is still to be asked for.
      let isState = base.facts[fact].resolution == .latest && base.facts[fact].kind == .one
      if isState || !isSettled(question, fact, context.ledger) { return index }
    }
    return nil
  }

  private func isOpen(
    _ index: Int, _ question: Question, _ belief: Belief, _ ledger: Ledger, _ history: History
  ) -> Bool {
    guard !history.asked.contains(index), let fact = base.index(of: question.asks),
      !base.facts[fact].weightless, !isSettled(question, fact, ledger)
    else { return false }
    guard !question.relevantTo.isEmpty else { return true }
    let probability = zip(base.hypotheses, belief.probabilities)
      .reduce(0) { question.relevantTo.contains($1.0.family) ? $0 + $1.1 : $0 }
    return probability >= Self.plausible
  }

  private func isSettled(_ question: Question, _ fact: Int, _ ledger: Ledger) -> Bool {
    ledger.settles(fact: fact, value: question.about.flatMap { base.facts[fact].index(of: $0) })
  }

  // MARK: Value of a question

  func netValue(_ question: Question, _ belief: Belief, _ history: History) -> Double {
    let scam = belief.scamProbability
    let branches = branches(question, belief)
    let expectedLoss = branches.reduce(0) { $0 + $1.probability * loss(Self.scam($1.posterior, model)) }
    let learnt =
      entropyOfFamilies(belief.probabilities)
      - branches.reduce(0) { $0 + $1.probability * entropyOfFamilies($1.posterior) }
    let jump = history.lastTopic.map { $0 == question.topic ? 0 : costs.topicJump } ?? 0
    return (loss(scam) - expectedLoss) + costs.familyKnowledge * scam * learnt
      - (costs.friction[question.friction] ?? 0) * (1 - scam) - jump
  }

  /// The loss of the better of the two final decisions: let it go, or pause it.
  private func loss(_ scam: Double) -> Double {
    min(scam * costs.releasedScam, (1 - scam) * costs.pausedHonest)
  }

  /// What may be answered, how probably, and the belief after it.
  private func branches(_ question: Question, _ belief: Belief) -> [(probability: Double, posterior: [Double])] {
    guard let fact = base.index(of: question.asks) else { return [] }
    let trust = base.policy.trust
    var result: [(probability: Double, posterior: [Double])] = []
    for option in question.options {
      let likelihood: (Int) -> Double
      switch option.answer {
      case .value(let id):
        guard let value = base.facts[fact].index(of: id) else { continue }
        likelihood = { model.probability(fact: fact, value: value, hypothesis: $0) }
      case .denied:
        guard let value = question.about.flatMap({ base.facts[fact].index(of: $0) }) else { continue }
        likelihood = { 1 - trust.denial * model.probability(fact: fact, value: value, hypothesis: $0) }
      case .evasive:
        continue
      }
      result.append(branch(belief, likelihood))
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
