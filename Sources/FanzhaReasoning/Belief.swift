import FanzhaKnowledge
import Foundation

/// The probability of every hypothesis, given the ledger (naive Bayes with grouped facts).
public struct Belief: Sendable {
  /// One a hypothesis, in the knowledge base's order; sums to 1.
  public let probabilities: [Double]
  /// In the order of the ledger.
  public let contributions: [Contribution]
  /// log-odds of a scam before anything was said, nats.
  public let priorLogOdds: Double
  private let patternCount: Int
  /// Unnormalised log-posteriors; what a further answer is added to.
  let logWeights: [Double]

  /// What one fact did to the log-odds of a scam. The prior and all contributions add up to the belief.
  public struct Contribution: Sendable {
    public let fact: Int
    public let value: Int
    public let holds: Bool
    public let quote: String
    public let turn: Int
    let words: [Range<Int>]
    /// Nats toward a scam; negative speaks for honest business.
    public let weight: Double
  }

  public var scamProbability: Double { probabilities[..<patternCount].reduce(0, +) }
  /// log-odds of a scam, nats.
  public var logOdds: Double { Self.logOdds(logWeights, patternCount) }

  init(_ ledger: Ledger, model: BeliefModel, channel: Channel, isOnlyHeard: Bool = false) {
    patternCount = model.patternCount
    let entries = ledger.entries.filter { !model.base.facts[$0.fact].weightless }
    let likelihoods = entries.map { entry in
      model.logLikelihoods(
        fact: entry.fact, value: entry.value, holds: entry.holds, trust: Self.trust(entry, model.base.policy.trust))
    }
    let shares = Self.shares(entries, likelihoods, model)
    var weights = model.logPrior(channel: channel, isOnlyHeard: isOnlyHeard, ledger)
    priorLogOdds = Self.logOdds(weights, patternCount)
    var before = priorLogOdds
    var contributions: [Contribution] = []
    for (index, entry) in entries.enumerated() {
      for hypothesis in weights.indices { weights[hypothesis] += shares[index] * likelihoods[index][hypothesis] }
      let after = Self.logOdds(weights, patternCount)
      contributions.append(
        Contribution(
          fact: entry.fact, value: entry.value, holds: entry.holds, quote: entry.finding.quote,
          turn: entry.finding.turn, words: entry.finding.words, weight: after - before))
      before = after
    }
    self.contributions = contributions
    logWeights = weights
    probabilities = Self.normalised(weights)
  }

  /// How much what the words resemble counts, and how many nats it may tell apart at most: it settles what was not
  /// understood, and must not talk over what was.
  private static let sharpness = 2.0
  private static let most = 4.0

  /// The same with families told from each other, and purposes from each other, by what the words resemble. Whether it
  /// is a scam is left to what was understood: an alarming word in honest business must not make it one.
  func sharpened(by resemblance: [Double]?) -> Belief {
    guard let resemblance else { return self }
    var weights = logWeights
    for range in [0..<patternCount, patternCount..<weights.count] where !range.isEmpty {
      let before = Self.logSum(weights[range])
      let best = resemblance[range].max() ?? 0
      for index in range { weights[index] += max(Self.sharpness * (resemblance[index] - best), -Self.most) }
      let shift = before - Self.logSum(weights[range])
      for index in range { weights[index] += shift }
    }
    return Belief(self, weights)
  }

  private init(_ other: Belief, _ weights: [Double]) {
    contributions = other.contributions
    priorLogOdds = other.priorLogOdds
    patternCount = other.patternCount
    logWeights = weights
    probabilities = Self.normalised(weights)
  }

  private static func trust(_ entry: Ledger.Entry, _ trust: Policy.Trust) -> Double {
    if entry.finding.basis == .artefact { return trust.artefact }
    return entry.isDenial ? trust.denial : trust.words
  }

  /// In each group the statement that tells most counts in full, every further one by a constant factor less.
  private static func shares(_ entries: [Ledger.Entry], _ likelihoods: [[Double]], _ model: BeliefModel) -> [Double] {
    func spread(_ row: [Double]) -> Double { (row.max() ?? 0) - (row.min() ?? 0) }
    var shares = [Double](repeating: 1, count: entries.count)
    for (_, members) in Dictionary(grouping: entries.indices, by: { model.base.facts[entries[$0].fact].group }) {
      let ranked = members.sorted { (-spread(likelihoods[$0]), $0) < (-spread(likelihoods[$1]), $1) }
      for (rank, index) in ranked.enumerated() {
        shares[index] = Foundation.pow(model.base.policy.groupDamping, Double(rank))
      }
    }
    return shares
  }

  /// Whether two contributions rest on the same words of one turn.
  static func sameWords(_ first: Contribution, _ second: Contribution) -> Bool {
    first.turn == second.turn && first.words.contains { word in second.words.contains { $0.overlaps(word) } }
  }

  static func normalised(_ logWeights: [Double]) -> [Double] {
    let highest = logWeights.max() ?? 0
    let weights = logWeights.map { Foundation.exp($0 - highest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  private static func logOdds(_ logWeights: [Double], _ patternCount: Int) -> Double {
    logSum(logWeights[..<patternCount]) - logSum(logWeights[patternCount...])
  }

  private static func logSum(_ values: ArraySlice<Double>) -> Double {
    guard let highest = values.max() else { return -.infinity }
    return highest + Foundation.log(values.reduce(0) { $0 + Foundation.exp($1 - highest) })
  }
}
