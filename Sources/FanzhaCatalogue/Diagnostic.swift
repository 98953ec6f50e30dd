/// One thing wrong at one place: a value that renders as text for people or as fields for programs.
public struct Diagnostic: Error, Sendable, Equatable {
  public let problem: Problem
  public let place: Place?

  public init(_ problem: Problem, at place: Place? = nil) {
    self.problem = problem
    self.place = place
  }

  public var severity: Severity { problem.severity }

  /// `错误[KB003] patterns/x.yaml:4:3 …` and, on a line of its own, what to do.
  ///
  /// - Parameter line: the line it is about, as it stands in the file.
  public func rendered(in language: Language = .zh, quoting line: String? = nil) -> String {
    let head = "\(severity.label(in: language))[\(problem.code)]"
    let location = place.map { " \($0)" } ?? ""
    let wording = problem.wording(in: language)
    let quoted = line.map { "\n    | \($0)" } ?? ""
    return "\(head)\(location): \(wording.what)\(quoted)\n    \(Message.whatToDo.text(in: language))\(wording.fix)"
  }
}

public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Worth knowing; nothing is wrong.
  case note
  case warning
  case error

  public static func < (lhs: Severity, rhs: Severity) -> Bool {
    allCases.firstIndex(of: lhs) ?? 0 < allCases.firstIndex(of: rhs) ?? 0
  }

  func label(in language: Language) -> String {
    switch (self, language) {
    case (.note, .zh): "提示"
    case (.warning, .zh): "警告"
    case (.error, .zh): "错误"
    }
  }
}

/// Several diagnostics thrown as one error: loading goes on past the first.
public struct Diagnostics: Error, Sendable {
  public let list: [Diagnostic]

  public init(_ list: [Diagnostic]) { self.list = list }
}
