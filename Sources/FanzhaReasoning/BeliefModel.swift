import FanzhaKnowledge
import Foundation

/// The knowledge base's likelihood words as tables of numbers, worked out once.
public struct BeliefModel: Sendable {
  let base: KnowledgeBase
  /// `table[fact][value][hypothesis]` = P(value | hypothesis), given that the fact came up.
  private let table: [[[Double]]]
  /// `background[fact][value]` = mean of the row by frequency: what a statement that is not to be trusted would say.
  private let background: [[Double]]
  /// `leaning[fact][value]`: nats toward a scam before anything else is known.
  private let leanings: [[Double]]
  let patternCount: Int
  private let frequencies: [Double]
  private let logFrequencies: [Double]

  public init(_ base: KnowledgeBase) {
    self.base = base
    patternCount = base.hypotheses.count { $0.kind == .pattern }
    table = base.facts.map { fact in
      fact.kind == .many ? Self.independentRows(fact, base) : Self.exclusiveRows(fact, base)
    }
    let patterns = patternCount
    let weights = base.hypotheses.map(\.frequency.weight)
    frequencies = weights
    logFrequencies = weights.map { Foundation.log($0) }
    // A split-off that is hardly considered until its own sign comes up says nothing of what is usual.
    let everyday = zip(base.hypotheses, weights).map { $0.needs.isEmpty ? $1 : 0 }
    background = table.map { $0.map { row in Self.mean(row, everyday, row.indices) } }
    leanings = zip(base.facts, table).map { fact, rows in
      fact.weightless
        ? rows.map { _ in 0 }
        : rows.map { row in
          Foundation.log(
            Self.mean(row, weights, 0..<patterns) / Self.mean(row, weights, patterns..<row.count))
        }
    }
  }

  private static func mean(_ row: [Double], _ weights: [Double], _ range: Range<Int>) -> Double {
    let total = range.reduce(0) { $0 + weights[$1] }
    guard total > 0 else { return 1 }
    return range.reduce(0) { $0 + row[$1] * weights[$1] } / total
  }

  /// Values that may hold together: each has a probability of its own.
  private static func independentRows(_ fact: Fact, _ base: KnowledgeBase) -> [[Double]] {
    fact.values.map { value in
      base.hypotheses.map { hypothesis in
        listed(FactValue(fact.id, value.id), in: hypothesis)?.probability
          ?? Self.base(value, hypothesis) * Self.subjectRate(fact, hypothesis)
      }
    }
  }

  /// Values that exclude each other: what a hypothesis does not list shares the rest by its base.
  private static func exclusiveRows(_ fact: Fact, _ base: KnowledgeBase) -> [[Double]] {
    var rows = fact.values.map { _ in [Double]() }
    for hypothesis in base.hypotheses {
      let stated = fact.values.map { listed(FactValue(fact.id, $0.id), in: hypothesis)?.probability }
      let statedMass = stated.compactMap(\.self).reduce(0, +)
      let restBase = zip(fact.values, stated).reduce(0) { $1.1 == nil ? $0 + Self.base($1.0, hypothesis) : $0 }
      // Unlisted values keep a little even when the listed ones claim it all, and never more than is usual of them:
      // "mostly not directed by anybody" does not make "directed" likely.
      let restMass = min(max(1 - statedMass, 0.02), restBase)
      let total = statedMass + restMass
      for (index, value) in fact.values.enumerated() {
        let mass = stated[index] ?? restMass * Self.base(value, hypothesis) / restBase
        rows[index].append(mass / total)
      }
    }
    return rows
  }

  private static func listed(_ pair: FactValue, in hypothesis: Hypothesis) -> Likelihood? {
    if let exact = hypothesis.signs[pair] { return exact }
    return hypothesis.broadSigns.filter { pair.fact.text.hasPrefix($0.key) }
      .max { $0.key.count < $1.key.count }?.value
  }

  /// A value nobody expects is rarer still where its whole subject hardly comes up.
  private static func subjectRate(_ fact: Fact, _ hypothesis: Hypothesis) -> Double {
    guard let comesUp = fact.comesUp else { return 1 }
    return (hypothesis.kind == .pattern ? comesUp.underPattern : comesUp.underPurpose).probability
  }

  private static func base(_ value: Fact.Value, _ hypothesis: Hypothesis) -> Double {
    switch hypothesis.kind {
    case .pattern: value.baseUnderPattern.probability
    case .purpose: value.baseUnderPurpose.probability
    }
  }

  // MARK: What reasoning asks of it

  /// P(value | hypothesis), for every hypothesis.
  func row(fact: Int, value: Int) -> [Double] { table[fact][value] }

  /// P(value | hypothesis).
  func probability(fact: Int, value: Int, hypothesis: Int) -> Double { table[fact][value][hypothesis] }

  /// Nats toward a scam, taken alone, before anything else is known.
  func leaning(fact: Int, value: Int) -> Double { leanings[fact][value] }

  /// Whether the value is what one expects of some honest purpose.
  func isTypicalOfHonest(fact: Int, value: Int) -> Bool {
    table[fact][value][patternCount...].contains { $0 >= 0.35 }
  }

  /// log P(statement | each hypothesis), blending in the background by how little it is trusted.
  func logLikelihoods(fact: Int, value: Int, holds: Bool, trust: Double) -> [Double] {
    let row = table[fact][value]
    let mean = background[fact][value]
    return row.map { probability in
      let blended = trust * probability + (1 - trust) * mean
      return Foundation.log(holds ? blended : 1 - blended)
    }
  }

  /// What is left of a hypothesis's prior while nothing that it needs has come up.
  private static let withoutNeed = 0.00005
  private static let logWithoutNeed = Foundation.log(withoutNeed)

  /// log P(hypothesis) before anything was said. Patterns together have the channel's prior of a scam, whatever
  /// their frequencies and needs.
  ///
  /// - Parameter isOnlyHeard: whether nothing but words of the other side is known: nobody brings those who does not
  ///   wonder about them.
  func logPrior(channel: Channel, isOnlyHeard: Bool, _ ledger: Ledger) -> [Double] {
    let usual = base.policy.priorOfScam[channel] ?? 0.1
    let scam = isOnlyHeard ? max(usual, base.policy.priorOfScamWhenOnlyHeard) : usual
    let isOpen = base.hypotheses.map { $0.needs.isEmpty || $0.needs.contains(where: ledger.holds) }
    let weights = zip(frequencies, isOpen).map { $1 ? $0 : $0 * Self.withoutNeed }
    let patternTotal = weights[..<patternCount].reduce(0, +)
    let purposeTotal = weights[patternCount...].reduce(0, +)
    let pattern = Foundation.log(scam / patternTotal), purpose = Foundation.log((1 - scam) / purposeTotal)
    return weights.indices.map { index in
      logFrequencies[index] + (isOpen[index] ? 0 : Self.logWithoutNeed) + (index < patternCount ? pattern : purpose)
    }
  }
}
