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
  private let openings: [Policy.QuestionRule]
  /// By what they wait for: the red flags that pause.
  private let awaited: [FactValue: [Awaited]]

  /// What else a red flag needs.
  private struct Awaited {
    let others: [Condition]
    let unless: [Condition]
  }

  /// A question with its ids looked up.
  private struct Compiled: Sendable {
    let fact: Int
    /// For a fact of kind `many`, the value asked about.
    let about: Int?
    let answers: [Answer]
    /// Positions of the hypotheses one of which must be plausible; nil for always.
    let relevant: [Int]?
    let ifAny: [Condition]
    let unless: [Condition]
    let isWeightless: Bool

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
    openings = base.openingQuestions
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
          ? nil : base.hypotheses.indices.filter { question.relevantTo.contains(base.hypotheses[$0].family) },
        ifAny: question.ifAny, unless: question.unless, isWeightless: base.facts[fact].weightless)
    }
    awaited = base.policy.redFlags.filter { $0.level >= .pause }.reduce(into: [:]) { awaited, flag in
      for case .holds(let pair) in flag.when {
        awaited[pair, default: []].append(
          Awaited(others: flag.when.filter { $0 != .holds(pair) }, unless: flag.unless))
      }
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
      let isState = base.facts[question.fact].id == .call
      if isState || !context.ledger.settles(fact: question.fact, value: question.about) { return index }
    }
    return nil
  }

  /// What a conversation opens with while nothing is known: by business, as policy lists it.
  func opening(_ context: RuleContext, _ history: History) -> Int? {
    openings.lazy.filter { context.holds($0.when) }.compactMap { rule in
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
    let question = compiled[index]
    return !history.asked.contains(index)
      && !context.ledger.settles(fact: question.fact, value: question.about)
      && (question.ifAny.isEmpty || context.holdsAny(question.ifAny)) && !context.holdsAny(question.unless)
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
      guard !question.isWeightless, relevance ?? 1 >= Self.plausible, isOpen(index, context, history),
        !waivingCosts || base.questions[index].friction == .low
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
    let now = outlook(belief) { _ in 1 }
    let denial = base.policy.trust.denial
    var after = question.answers.map { answer in
      switch answer {
      case .value(let value):
        let row = model.row(fact: question.fact, value: value)
        return outlook(belief) { row[$0] }
      case .denied(let value):
        let row = model.row(fact: question.fact, value: value)
        return outlook(belief) { 1 - denial * row[$0] }
      }
    }
    // Options need not cover every value: what is left counts as no news.
    let covered = after.reduce(0) { $0 + $1.probability }
    if covered < 1 { after.append(Outlook(probability: 1 - covered, loss: now.loss, doubt: now.doubt)) }
    let dodged = outlook(belief) { $0 < model.patternCount ? Self.dodgedUnderScam : Self.dodgedWhenHonest }
    let answered = (1 - dodged.probability) / max(1, covered)
    func expected(_ value: (Outlook) -> Double) -> Double {
      dodged.probability * value(dodged) + answered * after.reduce(0) { $0 + $1.probability * value($1) }
    }
    return (now.loss - expected(\.loss)) + costs.familyKnowledge * belief.scamProbability * (now.doubt - expected(\.doubt))
  }

  /// How things would stand after an answer.
  private struct Outlook {
    /// Of the answer.
    let probability: Double
    /// Of the better of the two final decisions: let it go, or pause it.
    let loss: Double
    /// Nats of doubt about the pattern, given that it is a scam.
    let doubt: Double
  }

  /// What is less likely than this adds nothing to a doubt that anybody would notice.
  private static let negligible = 1e-7

  /// One pass over the hypotheses, without making a belief: this is done for every answer to every question.
  @inline(__always)
  private func outlook(_ belief: Belief, _ likelihood: (Int) -> Double) -> Outlook {
    var total = 0.0, scam = 0.0, terms = 0.0
    for (index, probability) in belief.probabilities.enumerated() {
      let joint = probability * likelihood(index)
      total += joint
      if index < model.patternCount {
        scam += joint
        if joint > Self.negligible { terms += joint * Foundation.log(joint) }
      }
    }
    guard total > 0 else { return Outlook(probability: 0, loss: 0, doubt: 0) }
    // The entropy of joint/scam, from the sum of joint * log(joint).
    let doubt = scam > 0 ? Foundation.log(scam) - terms / scam : 0
    return Outlook(probability: total, loss: loss(scam / total), doubt: doubt)
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
    for flag in awaited[pair] ?? [] where context.holds(flag.others, unless: flag.unless) { return 1 }
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
}
