import FanzhaKnowledge
import Foundation

/// A text in the one spelling that phrases are matched in, with the way back to what was typed.
///
/// Simplified characters, half-width, lower case, regional spellings folded, spaces and quotation marks taken
/// out. Every scalar remembers where in the original it came from, and whether a clause or a sentence
/// ends before it, so that a phrase does not read across and a denial does not reach across.
public struct NormalisedText: Sendable {
  /// What separates a scalar from the one before.
  enum Break: UInt8, Sendable, Comparable {
    case none, clause, sentence

    static func < (lhs: Break, rhs: Break) -> Bool { lhs.rawValue < rhs.rawValue }
  }

  public let original: String
  let scalars: [UInt32]
  /// One entry a scalar: what stands between it and the one before.
  let breaks: [Break]
  /// One entry a scalar: its range in the original's scalars.
  private let origins: [Range<Int>]
  private let originalScalars: [Unicode.Scalar]

  /// Where clauses and sentences begin, in order; a position's own is found by bisection.
  private let clauseStarts: [Int]
  private let sentenceStarts: [Int]

  /// The original words between two normalised positions.
  func quote(_ range: Range<Int>) -> String {
    guard !range.isEmpty, range.upperBound <= origins.count else { return "" }
    let low = origins[range.lowerBound].lowerBound
    let high = origins[range.upperBound - 1].upperBound
    var text = String.UnicodeScalarView()
    text.append(contentsOf: originalScalars[low..<max(low, high)])
    return String(text)
  }

  /// The clause around a range: up to the nearest break on either side.
  func clause(around range: Range<Int>) -> Range<Int> {
    span(around: range, clauseStarts)
  }

  func sentence(around range: Range<Int>) -> Range<Int> {
    span(around: range, sentenceStarts)
  }

  private func span(around range: Range<Int>, _ starts: [Int]) -> Range<Int> {
    let low = starts.firstIndex(after: range.lowerBound)
    let high = starts.firstIndex(after: max(range.lowerBound, range.upperBound - 1))
    return (low == 0 ? 0 : starts[low - 1])..<(high == starts.count ? scalars.count : starts[high])
  }

  fileprivate init(
    original: String, originalScalars: [Unicode.Scalar], scalars: [UInt32], breaks: [Break], origins: [Range<Int>]
  ) {
    self.original = original
    self.originalScalars = originalScalars
    self.scalars = scalars
    self.breaks = breaks
    self.origins = origins
    clauseStarts = breaks.indices.filter { breaks[$0] >= .clause }
    sentenceStarts = breaks.indices.filter { breaks[$0] == .sentence }
  }
}

extension Array where Element == Int {
  /// Position of the first element greater than `value` in a sorted array; `count` when there is none.
  func firstIndex(after value: Int) -> Int {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Makes ``NormalisedText``. One a knowledge base: it holds the spellings that the base folds.
public struct Normaliser: Sendable {
  /// Folds by their first scalar, longest spelling first.
  private let folds: [UInt32: [(from: [UInt32], to: [UInt32])]]

  public init(folds: [String: String]) {
    var byFirst: [UInt32: [(from: [UInt32], to: [UInt32])]] = [:]
    for (spelling, reading) in folds {
      let from = Self.plain(spelling)
      guard let first = from.first else { continue }
      byFirst[first, default: []].append((from, Self.plain(reading)))
    }
    self.folds = byFirst.mapValues { list in
      list.sorted { ($1.from.count, $0.from.first ?? 0) < ($0.from.count, $1.from.first ?? 0) }
    }
  }

  public func callAsFunction(_ text: String) -> NormalisedText {
    let original = Array(text.unicodeScalars)
    var scalars: [UInt32] = []
    var breaks: [NormalisedText.Break] = []
    var origins: [Range<Int>] = []
    scalars.reserveCapacity(original.count)
    breaks.reserveCapacity(original.count)
    origins.reserveCapacity(original.count)
    read(Self.folded(original)) { scalar, pending, origin in
      scalars.append(scalar)
      breaks.append(pending)
      origins.append(origin)
    }
    return NormalisedText(
      original: text, originalScalars: original, scalars: scalars, breaks: breaks, origins: origins)
  }

  /// Only the spelling, for words that nobody will quote.
  func word(_ text: String) -> [UInt32] {
    var scalars: [UInt32] = []
    read(Self.folded(text.unicodeScalars)) { scalar, _, _ in scalars.append(scalar) }
    return scalars
  }

  private func read(_ plain: [UInt32], emit: (UInt32, NormalisedText.Break, Range<Int>) -> Void) {
    var pending = NormalisedText.Break.none
    var position = 0
    while position < plain.count {
      let scalar = plain[position]
      switch Self.role(of: scalar, at: position, in: plain) {
      case .dropped: position += 1
      case .breaking(let kind):
        pending = max(pending, kind)
        position += 1
      case .text:
        guard let (reading, length) = folded(plain, at: position) else {
          emit(scalar, pending, position..<position + 1)
          pending = .none
          position += 1
          continue
        }
        for part in reading {
          emit(part, pending, position..<position + length)
          pending = .none
        }
        position += length
      }
    }
  }

  /// The fold that applies here; nil when none does.
  private func folded(_ plain: [UInt32], at position: Int) -> (reading: [UInt32], length: Int)? {
    guard let candidates = folds[plain[position]] else { return nil }
    for (from, to) in candidates {
      let end = position + from.count
      guard end <= plain.count, plain[position..<end].elementsEqual(from) else { continue }
      // A Latin spelling is folded as a whole word only: `ka` is not in `kakao`.
      if Self.isLatin(from.last ?? 0), end < plain.count, Self.isLatin(plain[end]) { continue }
      if Self.isLatin(from[0]), position > 0, Self.isLatin(plain[position - 1]) { continue }
      return (to, from.count)
    }
    return nil
  }

  // MARK: Single scalars

  private enum Role {
    case text
    case dropped
    case breaking(NormalisedText.Break)
  }

  private static let sentenceEnds = Set("。!?;\n\r".unicodeScalars.map(\.value))
  private static let clauseEnds = Set(",、:()[]…/|".unicodeScalars.map(\.value))
  private static let noise = Set("\"'“”‘’「」『』《》〈〉【】*_~·.-—–".unicodeScalars.map(\.value))

  private static func role(of scalar: UInt32, at position: Int, in plain: [UInt32]) -> Role {
    // By far the most: Chinese characters. A question mark is read as a word too.
    if (0x4E00...0x9FFF).contains(scalar) || scalar == 0x3F { return .text }
    if sentenceEnds.contains(scalar) { return .breaking(.sentence) }
    if isInsideNumber(position, plain) { return .text }
    if scalar == 0x20 || scalar == 0x09 || scalar == 0x3000 { return .breaking(.clause) }
    if clauseEnds.contains(scalar) { return .breaking(.clause) }
    if noise.contains(scalar) { return .dropped }
    if scalar < 0x20 || scalar == 0x7F || (0x80..<0xA0).contains(scalar) { return .dropped }
    return .text
  }

  /// `3,812.66` and `10:40` keep their marks.
  private static func isInsideNumber(_ position: Int, _ plain: [UInt32]) -> Bool {
    guard position > 0, position + 1 < plain.count else { return false }
    let mark = plain[position]
    guard mark == 0x2E || mark == 0x2C || mark == 0x3A else { return false }
    return isDigit(plain[position - 1]) && isDigit(plain[position + 1])
  }

  static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
  static func isLatin(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar) }

  static func plain(_ text: String) -> [UInt32] { folded(text.unicodeScalars) }

  /// Half-width, lower case, simplified; punctuation in its ASCII form.
  private static func folded(_ text: some Sequence<Unicode.Scalar>) -> [UInt32] {
    var scalars = text.map(fold)
    Simplification.shared.simplify(&scalars)
    return scalars
  }

  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    let value = scalar.value
    switch value {
    case 0x41...0x5A: return value + 0x20
    case 0...0x7F: return value
    case 0xFF21...0xFF3A: return value - 0xFF21 + 0x61
    case 0xFF01...0xFF5E: return value - 0xFEE0
    case 0x3002: return value
    case 0x3001: return 0x3001
    default: return value
    }
  }
}
