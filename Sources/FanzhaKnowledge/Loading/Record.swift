import FanzhaCatalogue
import Yams

/// Collects what is wrong while loading, so that one run reports everything.
final class ProblemList {
  private(set) var list: [Diagnostic]

  init(_ list: [Diagnostic]) { self.list = list }

  func report(_ problem: Problem, at place: Place) {
    list.append(Diagnostic(problem, at: place))
  }
}

/// A YAML mapping being read field by field. Reports a missing, misspelt or mistyped field where it stands.
///
/// Every accessor returns something usable after a problem; the loader refuses the whole base at the end.
struct Record {
  let file: String
  let place: Place
  private let mapping: Node.Mapping
  private let problems: ProblemList

  init?(_ node: Node, file: String, problems: ProblemList) {
    let place = Place(file: file, mark: node.mark)
    guard case .mapping(let mapping) = node else {
      problems.report(.expectedMapping, at: place)
      return nil
    }
    self.file = file
    self.place = place
    self.mapping = mapping
    self.problems = problems
  }

  func report(_ problem: Problem, at place: Place? = nil) {
    problems.report(problem, at: place ?? self.place)
  }

  /// Reports every field that is none of `allowed`.
  func allow(_ allowed: [String]) {
    for (key, _) in mapping {
      guard let name = key.scalar?.string, !allowed.contains(name) else { continue }
      report(.unknownField(name, nearest: nearest(to: name, among: allowed)), at: Place(file: file, mark: key.mark))
    }
  }

  func has(_ field: String) -> Bool { node(field) != nil }

  func place(of field: String) -> Place {
    node(field).map { Place(file: file, mark: $0.mark) } ?? place
  }

  // MARK: Texts

  func text(_ field: String, example: String) -> String {
    guard let node = node(field) else {
      report(.missingField(field, example: example))
      return ""
    }
    return scalar(node, field)?.text ?? ""
  }

  func optionalText(_ field: String) -> String? {
    guard let node = node(field), !node.isNull else { return nil }
    return scalar(node, field)?.text
  }

  func flag(_ field: String) -> Bool {
    vocabulary(field, ["yes", "no", "true", "false"]).map { $0 == "yes" || $0 == "true" } ?? false
  }

  func number(_ field: String, in range: ClosedRange<Double>, example: String) -> Double {
    let text = text(field, example: example)
    guard !text.isEmpty else { return range.lowerBound }
    guard let value = Double(text) else {
      report(.notANumber(field: field, value: text), at: place(of: field))
      return range.lowerBound
    }
    guard range.contains(value) else {
      report(
        .outOfRange(field: field, value: text, range: "\(range.lowerBound)…\(range.upperBound)"),
        at: place(of: field))
      return range.lowerBound
    }
    return value
  }

  // MARK: Closed vocabularies

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ field: String, default fallback: Choice? = nil
  ) -> Choice? where Choice.RawValue == String {
    guard has(field) || fallback == nil else { return fallback }
    let allowed = Choice.allCases.map(\.rawValue)
    guard has(field) else {
      report(.missingField(field, example: allowed.first ?? ""))
      return nil
    }
    return vocabulary(field, allowed).flatMap(Choice.init(rawValue:))
  }

  func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ field: String) -> Choice? where Choice.RawValue == String {
    has(field) ? choice(field) : nil
  }

  private func vocabulary(_ field: String, _ allowed: [String]) -> String? {
    guard let node = node(field), let word = scalar(node, field) else { return nil }
    guard allowed.contains(word.text) else {
      report(
        .notInVocabulary(
          field: field, value: word.text, allowed: allowed, nearest: nearest(to: word.text, among: allowed)),
        at: word.place)
      return nil
    }
    return word.text
  }

  // MARK: Lists and nested records

  func texts(_ field: String) -> [(text: String, place: Place)] {
    guard let node = node(field), !node.isNull else { return [] }
    guard case .sequence(let sequence) = node else {
      report(.expectedList(field: field), at: Place(file: file, mark: node.mark))
      return []
    }
    return sequence.compactMap { scalar($0, field) }
  }

  func list(_ field: String) -> [String] { texts(field).map(\.text) }

  func records(_ field: String, required: Bool = false) -> [Record] {
    guard let node = node(field), !node.isNull else {
      if required { report(.missingField(field, example: "- {…}")) }
      return []
    }
    guard case .sequence(let sequence) = node else {
      report(.expectedList(field: field), at: Place(file: file, mark: node.mark))
      return []
    }
    return sequence.compactMap { Record($0, file: file, problems: problems) }
  }

  func record(_ field: String) -> Record? {
    guard let node = node(field) else {
      report(.missingField(field, example: "{…}"))
      return nil
    }
    return Record(node, file: file, problems: problems)
  }

  func optionalRecord(_ field: String) -> Record? {
    node(field).flatMap { Record($0, file: file, problems: problems) }
  }

  /// Every `key: value` of this record, in order, where both are plain texts.
  var pairs: [(key: String, value: String, place: Place)] {
    mapping.compactMap { key, value in
      guard let name = key.scalar?.string, let text = scalar(value, name)?.text else { return nil }
      return (name, text, Place(file: file, mark: key.mark))
    }
  }

  /// Names of the fields this record has, in order.
  var fields: [String] { mapping.compactMap { $0.key.scalar?.string } }

  private func node(_ field: String) -> Node? {
    mapping.first { $0.key.scalar?.string == field }?.value
  }

  private func scalar(_ node: Node, _ field: String) -> (text: String, place: Place)? {
    let place = Place(file: file, mark: node.mark)
    guard let text = node.scalar?.string else {
      report(.expectedText(field: field), at: place)
      return nil
    }
    return (text.trimmingSuffixWhitespace, place)
  }
}

extension Node {
  fileprivate var isNull: Bool {
    guard case .scalar(let scalar) = self else { return false }
    return scalar.style == .plain && (scalar.string.isEmpty || scalar.string == "null" || scalar.string == "~")
  }
}

extension String {
  /// Folded YAML blocks end in a line feed that nobody meant.
  fileprivate var trimmingSuffixWhitespace: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}
