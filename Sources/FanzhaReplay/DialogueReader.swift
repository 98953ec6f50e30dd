import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import Foundation
import Yams

/// Reads recorded dialogues. A bad record is reported with its place, the rest goes on.
public struct DialogueReader {
  public enum Format: Sendable {
    /// One JSON object a line.
    case jsonLines
    /// One dialogue, written by hand.
    case yaml
    /// Lines with speaker prefixes.
    case text

    /// By the ending of a file's name; nil when it says nothing.
    public init?(path: String) {
      switch path.split(separator: ".").last?.lowercased() {
      case "jsonl", "ndjson", "json": self = .jsonLines
      case "yaml", "yml": self = .yaml
      case "txt", "text": self = .text
      default: return nil
      }
    }
  }

  public struct Result: Sendable {
    public let dialogues: [RecordedDialogue]
    public let problems: [Diagnostic]
  }

  /// Reads from bytes.
  ///
  /// - Parameters:
  ///   - name: what diagnostics call the file.
  ///   - format: nil to guess from the content.
  public static func read(_ data: Data, name: String, format: Format?) -> Result {
    guard let text = String(validating: data, as: UTF8.self) else {
      return failure(TextEncoding.looksLikeGB18030(data) ? .looksLikeGB18030 : .notUTF8, name)
    }
    let content = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    guard content.contains(where: { !$0.isWhitespace }) else { return failure(.emptyInput(name), name) }
    switch format ?? guess(content) {
    case .jsonLines: return jsonLines(content, name)
    case .yaml: return yaml(content, name)
    case .text: return plain(content, name)
    }
  }

  private static func failure(_ problem: Problem, _ name: String) -> Result {
    Result(dialogues: [], problems: [Diagnostic(problem, at: Place(file: name))])
  }

  private static func guess(_ content: String) -> Format {
    content.first { !$0.isWhitespace } == "{" ? .jsonLines : .text
  }

  private static func jsonLines(_ content: String, _ name: String) -> Result {
    var dialogues: [RecordedDialogue] = []
    var problems: [Diagnostic] = []
    let decoder = JSONDecoder()
    // A record ends at a line feed only: JSON strings may hold the other line ends as they are.
    for (index, line) in content.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { !$0.isJSONSpace }) {
      let place = Place(file: name, line: index + 1)
      do {
        dialogues.append(try decoder.decode(RecordedDialogue.self, from: Data(line)))
      } catch {
        problems.append(Diagnostic(problem(error, whole: .notJSON), at: place))
      }
    }
    return Result(dialogues: dialogues, problems: problems)
  }

  private static func yaml(_ content: String, _ name: String) -> Result {
    do {
      // First the syntax by itself: the decoder would not say where it is broken.
      let node = try Yams.compose(yaml: content)
      do {
        return Result(dialogues: [try YAMLDecoder().decode(RecordedDialogue.self, from: content)], problems: [])
      } catch {
        let place = Place(file: name, mark: (error as? DecodingError).flatMap { mark(of: $0, in: node) })
        return Result(dialogues: [], problems: [Diagnostic(problem(error, whole: .expectedMapping), at: place)])
      }
    } catch {
      return Result(dialogues: [], problems: [Diagnostic(yaml: error, file: name)])
    }
  }

  /// The decoder says where in the structure, the nodes where in the file.
  private static func mark(of error: DecodingError, in root: Node?) -> Mark? {
    guard var node = root else { return nil }
    for key in error.path {
      guard let next = key.intValue.map({ node.sequence?[safe: $0] }) ?? node.mapping?[Node(key.stringValue)] else { break }
      node = next
    }
    return node.mark
  }

  private static func plain(_ content: String, _ name: String) -> Result {
    let turns = content.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map { SpokenLine(parsing: $0) }
      .filter { $0.text.contains { !$0.isWhitespace } }
      .map { RecordedDialogue.Turn(speaker: $0.speaker, text: $0.text) }
    return Result(dialogues: [RecordedDialogue(id: name, channel: nil, turns: turns)], problems: [])
  }

  /// - Parameter whole: what it is called when the record as a whole is none.
  private static func problem(_ error: any Error, whole: Problem) -> Problem {
    guard let error = error as? DecodingError, !error.path.isEmpty else { return whole }
    let field = error.path.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(separator: ".")
    switch error {
    case .keyNotFound: return .badDialogue(field: field, expected: "必有的字段")
    case .dataCorrupted: return .badDialogue(field: field, expected: "词表中的值")
    default: return .badDialogue(field: field, expected: "另一种类型")
    }
  }
}

extension DecodingError {
  /// Where in the structure, with the key that is missing.
  fileprivate var path: [any CodingKey] {
    switch self {
    case .keyNotFound(let key, let context): context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context.codingPath
    @unknown default: []
    }
  }
}

extension UInt8 {
  /// White space as JSON has it.
  fileprivate var isJSONSpace: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}

extension Node.Sequence {
  fileprivate subscript(safe index: Int) -> Node? { indices.contains(index) ? self[index] : nil }
}

/// Telling encodings apart when a text is not UTF-8.
public enum TextEncoding {
  /// Whether bytes decode as GB18030 into mostly Chinese characters.
  public static func looksLikeGB18030(_ data: Data) -> Bool {
    guard let text = gb18030(data) else { return false }
    let wide = text.unicodeScalars.count { $0.value >= 0x80 }
    let chinese = text.unicodeScalars.count { (0x3000...0x9FFF).contains($0.value) || (0xFF00...0xFFEF).contains($0.value) }
    return wide > 0 && chinese * 10 >= wide * 9
  }

  /// Decodes GB18030; nil when the bytes are none.
  public static func gb18030(_ data: Data) -> String? {
    String(data: data, encoding: String.Encoding(rawValue: 0x8000_0632))
  }
}
