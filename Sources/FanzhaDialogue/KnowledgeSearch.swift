import FanzhaKnowledge

/// Finds patterns, purposes, questions and procedures by the searcher's own words.
public struct KnowledgeSearch: Sendable {
  public struct Hit: Sendable, Equatable {
    public let id: String
    public let name: String
    public let summary: String
  }

  private let entries: [(hit: Hit, text: String)]

  public init(_ base: KnowledgeBase) {
    entries =
      base.hypotheses.map { item in
        (
          Hit(id: item.id.text, name: item.name, summary: item.summary),
          ([item.id.text, item.name, item.short, item.summary, item.scripts.explain] + item.aliases + item.stages
            + item.match.map(\.text)).joined(separator: " ")
        )
      }
      + base.questions.map { (Hit(id: $0.id.text, name: $0.text, summary: $0.reason), $0.text + $0.reason) }
      + base.procedures.map { item in
        (
          Hit(id: item.id.text, name: item.name, summary: item.summary),
          ([item.name, item.summary] + item.steps.map(\.text)).joined(separator: " ")
        )
      }
  }

  /// Best first: every word that stands in an entry counts, in its name most; nothing when no word does.
  public func callAsFunction(_ query: String, limit: Int = 8) -> [Hit] {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    guard !words.isEmpty else { return [] }
    let scored = entries.enumerated().compactMap { index, entry -> (score: Int, index: Int)? in
      let score = words.reduce(0) { sum, word in
        sum + (entry.hit.name.lowercased().contains(word) ? 4 : 0) + (entry.hit.id.contains(word) ? 4 : 0)
          + (entry.text.lowercased().contains(word) ? 1 : 0)
      }
      return score > 0 ? (score, index) : nil
    }
    return scored.sorted { (-$0.score, $0.index) < (-$1.score, $1.index) }.prefix(limit).map { entries[$0.index].hit }
  }
}
