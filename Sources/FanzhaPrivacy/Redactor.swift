/// Takes what leads to a person out of the text of one case and puts marks in its place.
///
/// The same name gets the same mark throughout a case, so that what is left can still be followed.
public struct Redactor: Sendable {
  private let numbers: PersonalNumberFinder
  private let details: PrivateDetailFinder
  /// Mark by what it stands for.
  private var marks: [String: String] = [:]
  private var counts: [PrivateDetail.Kind: Int] = [:]

  public init(numbers: PersonalNumberFinder, details: PrivateDetailFinder) {
    self.numbers = numbers
    self.details = details
  }

  public struct Redaction: Sendable, Equatable {
    public let text: String
    /// What was taken out, by its mark.
    public let taken: [String: String]
  }

  public mutating func redact(_ text: String) -> Redaction {
    var taken: [String: String] = [:]
    var result = ""
    var position = text.startIndex
    for (range, wanted) in pieces(text) {
      let original = String(text[range])
      // Two numbers may end alike.
      let mark = (1...).lazy.map { $0 == 1 ? wanted : "\(wanted.dropLast()) \($0)]" }
        .first { [nil, original].contains(taken[$0]) } ?? wanted
      result += text[position..<range.lowerBound] + mark
      taken[mark] = original
      position = range.upperBound
    }
    return Redaction(text: result + text[position...], taken: taken)
  }

  /// Goes on with the marks of a case that was taken up again.
  public mutating func learn(_ taken: [String: String]) {
    for (mark, text) in taken.sorted(by: { $0.key < $1.key }) {
      marks[text] = mark
      for kind in [PrivateDetail.Kind.name, .social, .address, .plate] where mark.hasPrefix("[\(kind.rawValue)") {
        counts[kind] = max(counts[kind] ?? 0, Int(mark.filter(\.isNumber)) ?? 0)
      }
    }
  }

  private mutating func pieces(_ text: String) -> [(range: Range<String.Index>, mark: String)] {
    let found = numbers.find(in: text)
    let numbered = found.map { ($0.range, NumberMask.mark($0)) }
    let named = details.find(in: text).filter { detail in !found.contains { $0.range.overlaps(detail.range) } }
      .map { ($0.range, mark($0, String(text[$0.range]))) }
    return (numbered + named).sorted { $0.0.lowerBound < $1.0.lowerBound }
  }

  private mutating func mark(_ detail: PrivateDetail, _ text: String) -> String {
    if let known = marks[text] { return known }
    counts[detail.kind, default: 0] += 1
    let mark = "[\(detail.kind.rawValue)\(counts[detail.kind] ?? 1)]"
    marks[text] = mark
    return mark
  }
}

/// Hides personal numbers where nothing is to be kept of them: errors, logs, histories.
public struct NumberMask: Sendable {
  private let finder: PersonalNumberFinder

  public init(_ finder: PersonalNumberFinder = PersonalNumberFinder()) { self.finder = finder }

  public func callAsFunction(_ text: String) -> String {
    var result = ""
    var position = text.startIndex
    for number in finder.find(in: text) {
      result += text[position..<number.range.lowerBound] + Self.mark(number)
      position = number.range.upperBound
    }
    return result + text[position...]
  }

  /// What stands in a number's place: its kind and last four digits (none of an identity number), and whether the
  /// check digit was wrong.
  static func mark(_ number: PersonalNumber) -> String {
    let tail = number.kind == .identity ? "" : String(number.digits.suffix(4))
    return "[\(number.kind.rawValue)*\(tail)\(number.isValid ? "" : " bad")]"
  }
}
