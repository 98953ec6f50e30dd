import FanzhaKnowledge
import FanzhaReading
import FanzhaReplay
import Foundation

/// Fits a ``TextModel`` to labelled recordings: multinomial logistic regression by AdaGrad over runs of characters,
/// weighted by rarity. The same recordings give the same model.
public struct TextModelFitting: Sendable {
  /// A recording as the fit sees it.
  public struct Example: Sendable {
    public let label: String
    public let runs: CharacterRuns

    public init(label: String, runs: CharacterRuns) {
      self.label = label
      self.runs = runs
    }

    /// Nil without a label. Staff's words are left out: they are the same whatever the matter.
    public init?(_ dialogue: RecordedDialogue, _ reader: Reader) {
      guard let label = dialogue.truth?.families.first else { return nil }
      self.label = label
      runs = dialogue.turns.filter { $0.speaker != .staff }.reduce(into: CharacterRuns()) { runs, turn in
        runs.add(reader.runs(turn.text))
      }
    }
  }

  // Chosen by cross-validation over authors.
  private static let fewestExamples = 2
  private static let mostFeatures = 16_000
  private static let passes = 25
  private static let rate: Float = 0.5
  private static let decay: Float = 2e-6

  public init() {}

  public func callAsFunction(_ examples: [Example]) -> TextModel {
    let classes = Array(Set(examples.map(\.label))).sorted()
    let (features, rarity) = vocabulary(examples)
    let rowOf = Dictionary(uniqueKeysWithValues: features.enumerated().map { ($1, $0) })
    let rows = examples.map { vector($0, rowOf, rarity) }
    let labels = examples.map { classes.firstIndex(of: $0.label) ?? 0 }
    let columns = classes.count
    var weights = [Float](repeating: 0, count: features.count * columns)
    var squares = [Float](repeating: 1e-3, count: weights.count)
    var biases = [Float](repeating: 0, count: columns)
    var order = Array(examples.indices)
    var random = SplitMix(state: 20_261_124)
    var shares = [Float](repeating: 0, count: columns)
    for _ in 0..<Self.passes {
      order.shuffle(using: &random)
      for index in order {
        softmax(rows[index], weights, biases, into: &shares)
        shares[labels[index]] -= 1
        for column in 0..<columns { biases[column] -= 0.01 * shares[column] }
        for (row, value) in rows[index] {
          for column in 0..<columns {
            let position = row * columns + column
            let slope = shares[column] * value + Self.decay * weights[position]
            squares[position] += slope * slope
            weights[position] -= Self.rate * slope / squares[position].squareRoot()
          }
        }
      }
    }
    return TextModel(classes: classes, features: features, rarity: rarity, weights: weights, biases: biases)
  }

  /// The runs worth keeping, ascending, with the logarithm of how few examples have them.
  private func vocabulary(_ examples: [Example]) -> (features: [UInt64], rarity: [Float]) {
    var frequency: [UInt64: Int] = [:]
    for example in examples { for run in example.runs.counts.keys { frequency[run, default: 0] += 1 } }
    let kept = frequency.filter { $0.value >= Self.fewestExamples }
      .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(Self.mostFeatures).map(\.key).sorted()
    let rarity = kept.map { run in
      Float(log(Double(1 + examples.count) / Double(1 + (frequency[run] ?? 0)))) + 1
    }
    return (kept, rarity)
  }

  private func vector(_ example: Example, _ rowOf: [UInt64: Int], _ rarity: [Float]) -> [(Int, Float)] {
    let found = example.runs.counts.compactMap { run, count in
      rowOf[run].map { ($0, (1 + log(Float(count))) * rarity[$0]) }
    }.sorted { $0.0 < $1.0 }
    let norm = found.reduce(Float(0)) { $0 + $1.1 * $1.1 }.squareRoot()
    return norm > 0 ? found.map { ($0.0, $0.1 / norm) } : []
  }

  private func softmax(_ row: [(Int, Float)], _ weights: [Float], _ biases: [Float], into shares: inout [Float]) {
    let columns = biases.count
    for column in 0..<columns { shares[column] = biases[column] }
    for (feature, value) in row {
      for column in 0..<columns { shares[column] += value * weights[feature * columns + column] }
    }
    let highest = shares.max() ?? 0
    var total: Float = 0
    for column in 0..<columns {
      shares[column] = exp(shares[column] - highest)
      total += shares[column]
    }
    for column in 0..<columns { shares[column] /= total }
  }
}

/// The same order every time (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// How often a model names the label of text it has not seen.
public struct TextModelCheck: Sendable {
  public let count: Int
  /// Among all labels.
  public let firstOfAll: Double
  /// Among families for a scam, among purposes for honest business.
  public let firstOfKind: Double

  public init(_ model: TextModel, _ examples: [TextModelFitting.Example]) {
    count = examples.count
    var all = 0, kind = 0
    for example in examples {
      let scores = model.logProbabilities(example.runs)
      let isScam = Hypothesis.families.contains(example.label)
      func best(_ columns: [Int]) -> String? { columns.max { scores[$0] < scores[$1] }.map { model.classes[$0] } }
      if best(Array(model.classes.indices)) == example.label { all += 1 }
      if best(model.classes.indices.filter { Hypothesis.families.contains(model.classes[$0]) == isScam }) == example.label { kind += 1 }
    }
    firstOfAll = Double(all) / Double(max(1, count))
    firstOfKind = Double(kind) / Double(max(1, count))
  }
}
