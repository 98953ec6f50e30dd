import FanzhaCatalogue
import Foundation

/// The files of a knowledge base as texts, by their path relative to its root.
public struct KnowledgeFiles: Sendable {
  public var texts: [String: String]
  /// Fitted weights, where there are any.
  public var model: Data?
  /// Paths that came from the overlay.
  public private(set) var overlaid: Set<String> = []
  /// What is wrong with files before their content is looked at; the loader reports it with the rest.
  public private(set) var problems: [Diagnostic] = []

  public init(texts: [String: String]) { self.texts = texts }

  /// Reads every `.yaml` file below a directory.
  ///
  /// - Parameter overlay: a second directory laid over the first: a file of the same path replaces the
  ///   shipped one, any other is added.
  /// - Throws: ``Diagnostics`` when one of the directories is none.
  public init(directory: String, overlay: String? = nil) throws {
    texts = [:]
    if let overlay, !Self.isDirectory(overlay) { throw Diagnostics([Diagnostic(.noOverlay(overlay))]) }
    guard !Self.files(below: directory).isEmpty else {
      throw Diagnostics([Diagnostic(.noKnowledge(searched: [directory]))])
    }
    for root in [directory] + (overlay.map { [$0] } ?? []) {
      model = FileManager.default.contents(atPath: root + "/" + Self.modelPath) ?? model
      for path in Self.files(below: root) {
        let place = Place(file: path)
        guard path.hasSuffix(".yaml") else {
          problems.append(Diagnostic(.wrongFileName(expected: path.dropLast(4) + ".yaml"), at: place))
          continue
        }
        guard let data = FileManager.default.contents(atPath: root + "/" + path) else {
          problems.append(Diagnostic(.unreadableFile(reason: "EACCES"), at: place))
          continue
        }
        guard let text = String(validating: data, as: UTF8.self) else {
          problems.append(Diagnostic(.notUTF8, at: place))
          continue
        }
        texts[path] = text
        if root == overlay { overlaid.insert(path) }
      }
    }
  }

  /// What stands at a place, without its indentation; nil for a file as a whole.
  public func line(of place: Place?) -> String? {
    guard let place, place.line > 0, let text = texts[place.file] else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.contains(place.line - 1)
      ? String(lines[place.line - 1].trimmingPrefix { $0 == " " }) : nil
  }

  static let modelPath = "model/text.bin"

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// Everything that is YAML by its name, under either ending; hidden files are an editor's.
  private static func files(below root: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: root) else { return [] }
    return walk.compactMap { $0 as? String }
      .filter { path in
        (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) && !path.hasPrefix("dialogues/")
          && !path.split(separator: "/").contains { $0.hasPrefix(".") }
      }
      .sorted()
  }

  /// A digest (FNV-1a, 64 bit) of all paths and texts in order, and of the fitted weights: not a proof against tampering, a name for
  /// this state of knowledge.
  var version: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for path in texts.keys.sorted() {
      for text in [path, texts[path] ?? ""] {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      }
    }
    for byte in model ?? Data() { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

