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
    for (index, line) in content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    where line.contains(where: { !$0.isWhitespace }) {
      let place = Place(file: name, line: index + 1)
      do {
        dialogues.append(try decoder.decode(RecordedDialogue.self, from: Data(line.utf8)))
      } catch {
        problems.append(Diagnostic(problem(error), at: place))
      }
    }
    return Result(dialogues: dialogues, problems: problems)
  }

  private static func yaml(_ content: String, _ name: String) -> Result {
    do {
      return Result(dialogues: [try YAMLDecoder().decode(RecordedDialogue.self, from: content)], problems: [])
    } catch let error as YamlError {
      return failure(.yamlSyntax("\(error)"), name)
    } catch {
      return failure(problem(error), name)
    }
  }

  private static func plain(_ content: String, _ name: String) -> Result {
    let turns = content.split(whereSeparator: \.isNewline)
      .map { SpokenLine(parsing: $0) }
      .filter { $0.text.contains { !$0.isWhitespace } }
      .map { RecordedDialogue.Turn(speaker: $0.speaker, text: $0.text) }
    return Result(dialogues: [RecordedDialogue(id: name, channel: nil, turns: turns)], problems: [])
  }

  private static func problem(_ error: any Error) -> Problem {
    func path(_ keys: [any CodingKey]) -> String {
      keys.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(separator: ".")
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      return .badDialogue(field: path(context.codingPath + [key]), expected: "必有的字段")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return .badDialogue(field: path(context.codingPath), expected: "另一种类型")
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return .badDialogue(field: path(context.codingPath), expected: "词表中的值")
    default:
      return .notJSON
    }
  }
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
