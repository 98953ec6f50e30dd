import FanzhaKnowledge
import Foundation

/// How often each run of one to three characters stands in what was said.
public struct CharacterRuns: Sendable, Equatable {
  public private(set) var counts: [UInt64: Int] = [:]

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }

  public mutating func add(_ other: CharacterRuns) { counts.merge(other.counts, uniquingKeysWith: +) }

  public mutating func remove(_ other: CharacterRuns) {
    for (run, count) in other.counts {
      let left = (counts[run] ?? 0) - count
      counts[run] = left > 0 ? left : nil
    }
  }

  /// Of one text; no run reads across the end of a clause.
  init(_ text: NormalisedText) {
    for end in text.scalars.indices {
      var run: UInt64 = 0
      for length in 1...3 where end - length + 1 >= 0 {
        let start = end - length + 1
        if length > 1, text.breaks[start + 1] != .none { break }
        // Three scalars of 21 bits fit in one word; a shorter run leaves its high bits empty.
        run |= UInt64(text.scalars[start]) << (21 * UInt64(length - 1))
        counts[run, default: 0] += 1
      }
    }
  }
}

extension TextModel {
  /// log P(class | text) of every class, in their order.
  public func logProbabilities(_ runs: CharacterRuns) -> [Double] {
    var found: [(row: Int, value: Float)] = []
    found.reserveCapacity(runs.counts.count)
    for (run, count) in runs.counts {
      guard let row = row(of: run) else { continue }
      found.append((row, (1 + Foundation.log(Float(count))) * rarity[row]))
    }
    // The order of a dictionary differs from run to run, and so would the last digit of a sum.
    found.sort { $0.row < $1.row }
    let norm = found.reduce(Float(0)) { $0 + $1.value * $1.value }.squareRoot()
    var logits = biases
    if norm > 0 {
      for (row, value) in found {
        let share = value / norm
        for column in classes.indices { logits[column] += share * weights[row * classes.count + column] }
      }
    }
    let highest = logits.max() ?? 0
    let total = logits.reduce(0) { $0 + Foundation.exp(Double($1 - highest)) }
    return logits.map { Double($0 - highest) - Foundation.log(total) }
  }
}

extension Reader {
  /// What stands in a text, run by run.
  public func runs(_ text: String) -> CharacterRuns { CharacterRuns(normalise(text)) }
}
