import FanzhaCatalogue

/// Words to look for in a text, in the small language authors write them in.
///
/// - plain text matches itself;
/// - `(a|b|)` is one of several, an empty branch makes it optional;
/// - `{list}` is any word of a list in `words.yaml`;
/// - `~` is a gap of at most ``shortGap`` characters inside a sentence;
/// - `~~` is a gap of at most ``longGap`` characters anywhere in the turn.
public struct Phrase: Sendable {
  /// A run of words, every way it may read. A run that may read in very many ways is kept as several that
  /// follow each other directly.
  public struct Segment: Sendable, Equatable {
    /// What may lie between the segment before and this one; nil for the first.
    public let gap: Gap?
    public let variants: [String]
  }

  public enum Gap: Sendable, Equatable {
    /// Nothing may lie between.
    case adjacent
    case short, long
  }

  public static let shortGap = 8
  public static let longGap = 24
  /// More ways than this for one run is a phrase somebody should split.
  public static let mostVariants = 8_000
  /// A run is kept in one piece up to so many ways.
  static let variantsInOnePiece = 16

  /// As it was written.
  public let text: String
  public let segments: [Segment]
  public let place: Place

  public init(text: String, segments: [Segment], place: Place) {
    self.text = text
    self.segments = segments
    self.place = place
  }
}

extension Phrase {
  /// What is wrong with a phrase as written.
  public enum Flaw: Error, Equatable, Sendable {
    case empty
    case unbalanced
    case gapAtEdge
    case unknownList(String)
    case tooManyVariants(Int)
    /// Between two gaps, or as a whole, every word is optional.
    case canBeEmpty
  }

  /// Reads a phrase.
  ///
  /// - Parameter lists: the word lists `{name}` may refer to.
  /// - Throws: ``Flaw``.
  public init(parsing text: String, lists: [String: [String]], place: Place) throws(Flaw) {
    var parser = PhraseParser(text: text, lists: lists)
    self.init(text: text, segments: try parser.segments(), place: place)
  }
}

/// A recursive-descent reader of the phrase language.
private struct PhraseParser {
  private let scalars: [Character]
  private let lists: [String: [String]]
  private var position = 0

  init(text: String, lists: [String: [String]]) {
    scalars = Array(text)
    self.lists = lists
  }

  mutating func segments() throws(Phrase.Flaw) -> [Phrase.Segment] {
    guard !scalars.isEmpty else { throw .empty }
    var result: [Phrase.Segment] = []
    var gap: Phrase.Gap?
    while true {
      let pieces = try Self.pieces(factors())
      guard let first = pieces.first else { throw result.isEmpty || position == scalars.count ? .gapAtEdge : .canBeEmpty }
      if first.contains("") { throw .canBeEmpty }
      result.append(Phrase.Segment(gap: gap, variants: first))
      result += pieces.dropFirst().map { Phrase.Segment(gap: .adjacent, variants: $0) }
      guard position < scalars.count else { return result }
      guard scalars[position] == "~" else { throw .unbalanced }
      position += 1
      gap = .short
      if position < scalars.count, scalars[position] == "~" {
        position += 1
        gap = .long
      }
    }
  }

  /// Multiplies neighbouring factors out as long as the product stays small. An optional factor always goes
  /// with a neighbour, so that no piece can be empty unless the whole run can.
  private static func pieces(_ factors: [[String]]) throws(Phrase.Flaw) -> [[String]] {
    var solid: [[String]] = []
    var optional: [String] = [""]
    for factor in factors {
      let product = try joined(optional, "", factor)
      if product.contains("") {
        optional = product
      } else {
        solid.append(product)
        optional = [""]
      }
    }
    if optional != [""] {
      solid.append(try joined(solid.popLast() ?? [""], "", optional))
    }
    var pieces: [[String]] = []
    for factor in solid {
      if let last = pieces.last, last.count * factor.count <= Phrase.variantsInOnePiece {
        pieces[pieces.count - 1] = try joined(last, "", factor)
      } else {
        pieces.append(factor)
      }
    }
    return pieces
  }

  /// The literals and alternations up to a gap or the end, one after the other.
  private mutating func factors() throws(Phrase.Flaw) -> [[String]] {
    var factors: [[String]] = []
    var literal = ""
    while position < scalars.count, scalars[position] != "~" {
      let character = scalars[position]
      if character == "|" || character == ")" { throw .unbalanced }
      position += 1
      if character == "(" || character == "{" {
        if !literal.isEmpty { factors.append([literal]) }
        literal = ""
        factors.append(character == "(" ? try alternatives() : try list())
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { factors.append([literal]) }
    return factors
  }

  /// One branch of an alternation, in all its readings.
  private mutating func sequence() throws(Phrase.Flaw) -> [String] {
    var readings = [""]
    var literal = ""
    while position < scalars.count {
      let character = scalars[position]
      if character == "~" || character == "|" || character == ")" { break }
      position += 1
      switch character {
      case "(":
        readings = try Self.joined(readings, literal, alternatives())
        literal = ""
      case "{":
        readings = try Self.joined(readings, literal, list())
        literal = ""
      default:
        literal.append(character)
      }
    }
    return try Self.joined(readings, literal, [""])
  }

  private mutating func alternatives() throws(Phrase.Flaw) -> [String] {
    var branches: [String] = []
    while true {
      branches += try sequence()
      guard position < scalars.count else { throw .unbalanced }
      let character = scalars[position]
      position += 1
      if character == ")" { return branches }
      if character != "|" { throw .unbalanced }
    }
  }

  private mutating func list() throws(Phrase.Flaw) -> [String] {
    guard let end = scalars[position...].firstIndex(of: "}") else { throw .unbalanced }
    let name = String(scalars[position..<end])
    position = end + 1
    guard let words = lists[name] else { throw .unknownList(name) }
    return words
  }

  private static func joined(
    _ readings: [String], _ literal: String, _ branches: [String]
  ) throws(Phrase.Flaw) -> [String] {
    let count = readings.count * branches.count
    guard count <= Phrase.mostVariants else { throw .tooManyVariants(count) }
    // Readings may come out alike; whoever looks for them looks for each once.
    return readings.flatMap { reading in branches.map { reading + literal + $0 } }
  }
}
