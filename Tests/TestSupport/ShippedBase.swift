import FanzhaKnowledge
import Foundation

/// The knowledge base of this repository.
public enum ShippedBase {
  public static var directory: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Knowledge").path
  }

  /// Loaded once: it is large.
  public static let loaded = Result { try KnowledgeLoader.load(try KnowledgeFiles(directory: directory)) }
}
