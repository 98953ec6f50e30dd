import FanzhaKnowledge

/// Families, the honest purposes they are taken for, and between them the question that tells which it is; in the DOT
/// language of Graphviz.
public struct KnowledgeGraph: Sendable {
  public let dot: String

  public init(_ base: KnowledgeBase) {
    var lines = [
      "graph knowledge {",
      "  rankdir=LR; ranksep=3; nodesep=0.15; splines=true;",
      "  node [fontname=\"Noto Sans CJK SC, sans-serif\", fontsize=11];",
      "  edge [fontname=\"Noto Sans CJK SC, sans-serif\", fontsize=8, color=\"#8899aa\", fontcolor=\"#556677\"];",
    ]
    for family in Hypothesis.families {
      let patterns = base.hypotheses.filter { $0.family == family }
      guard let first = patterns.first(where: { $0.frequency == .common }) ?? patterns.first else { continue }
      let names = patterns.map { $0.name }.joined(separator: "\\n")
      lines.append(
        "  \(Self.quoted(family)) [shape=box, style=filled, fillcolor=\"#fbe9e7\", label=\(Self.quoted("\(first.short)  \(family)\\n\(names)"))];")
    }
    for purpose in base.hypotheses where purpose.kind == .purpose {
      lines.append("  \(Self.quoted(purpose.id.text)) [shape=ellipse, style=filled, fillcolor=\"#e8f5e9\", label=\(Self.quoted(purpose.name))];")
    }
    for edge in Self.edges(base) {
      lines.append("  \(Self.quoted(edge.family)) -- \(Self.quoted(edge.purpose)) [label=\(Self.quoted(edge.question))];")
    }
    dot = (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private struct Edge: Hashable {
    let family: String
    let purpose: String
    let question: String
  }

  /// One edge for a family and a purpose that are taken for each other.
  private static func edges(_ base: KnowledgeBase) -> [Edge] {
    let pairs = base.hypotheses.filter { $0.kind == .pattern }.flatMap { pattern in
      pattern.lookAlikes.compactMap { base.hypothesis(Hypothesis.ID($0)) }.map { (pattern, $0) }
    }
    var seen: Set<String> = []
    return pairs.compactMap { pattern, purpose in
      guard seen.insert("\(pattern.family) \(purpose.id)").inserted else { return nil }
      return Edge(family: pattern.family, purpose: purpose.id.text, question: deciding(pattern, purpose, base)?.text ?? "")
    }
  }

  /// Of the decisive questions of both, the one whose answers differ most.
  private static func deciding(_ pattern: Hypothesis, _ purpose: Hypothesis, _ base: KnowledgeBase) -> Question? {
    let candidates = (pattern.questions + purpose.questions).compactMap(base.question)
    func difference(_ question: Question) -> Double {
      guard let fact = base.fact(question.asks) else { return 0 }
      return fact.values.filter { question.about == nil || question.about == $0.id }.map { value in
        let pair = FactValue(fact.id, value.id)
        let underPattern = (pattern.signs[pair] ?? value.baseUnderPattern).probability
        let underPurpose = (purpose.signs[pair] ?? value.baseUnderPurpose).probability
        return abs(underPattern - underPurpose)
      }.max() ?? 0
    }
    return candidates.max { difference($0) < difference($1) }
  }

  private static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "'"))\"" }
}
