import FanzhaCatalogue
import Foundation

/// The files of a knowledge base as texts, by their path relative to its root.
public struct KnowledgeFiles: Sendable {
  public var texts: [String: String]

  public init(texts: [String: String]) { self.texts = texts }

  /// Reads every `.yaml` file below a directory.
  ///
  /// - Parameter overlay: a second directory laid over the first: a file of the same path replaces the
  ///   shipped one, any other is added.
  /// - Throws: ``Diagnostics`` naming every file that cannot be read.
  public init(directory: String, overlay: String? = nil) throws {
    texts = [:]
    var problems: [Diagnostic] = []
    for root in [directory] + (overlay.map { [$0] } ?? []) {
      let paths = Self.yamlFiles(below: root)
      if paths.isEmpty { problems.append(Diagnostic(.noKnowledge(searched: [root]))) }
      for path in paths {
        let place = Place(file: path)
        guard let data = FileManager.default.contents(atPath: root + "/" + path) else {
          problems.append(Diagnostic(.unreadableFile(reason: "EACCES"), at: place))
          continue
        }
        guard let text = String(validating: data, as: UTF8.self) else {
          problems.append(Diagnostic(.notUTF8, at: place))
          continue
        }
        texts[path] = text
      }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  private static func yamlFiles(below root: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: root) else { return [] }
    return walk.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("dialogues/") }
      .sorted()
  }

  /// A digest (FNV-1a, 64 bit) of all paths and texts in order: not a proof against tampering, a name for
  /// this state of knowledge.
  var version: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for path in texts.keys.sorted() {
      for text in [path, texts[path] ?? ""] {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

