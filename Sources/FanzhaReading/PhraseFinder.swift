import FanzhaKnowledge

/// Finds phrases in texts, whoever says them and however it is meant.
public struct PhraseFinder: Sendable {
  private let normalise: Normaliser
  private let matcher: PhraseMatcher

  public init(_ phrases: [Phrase], usage: Usage) {
    normalise = Normaliser(folds: usage.folds)
    matcher = PhraseMatcher(phrases, normalise: normalise)
  }

  /// Positions of the phrases that stand in a text, in order and once each.
  public func phrases(in text: String) -> [Int] {
    Set(matcher.matches(in: normalise(text)).map(\.phrase)).sorted()
  }
}
