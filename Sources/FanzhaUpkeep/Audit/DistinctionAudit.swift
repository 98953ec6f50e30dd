import FanzhaCatalogue
import FanzhaKnowledge

/// Whether staff could ever find out which of two it is, and whether look-alikes know of each other.
extension KnowledgeAudit {
  /// A question tells two patterns apart when an answer is so much likelier under one of them.
  private static let difference = 0.2

  var distinctions: [Diagnostic] {
    let patterns = base.hypotheses.filter { $0.kind == .pattern }
    let profiles = patterns.map(answerProfile)
    return patterns.indices.flatMap { first in
      (first + 1..<patterns.count).compactMap { second -> Diagnostic? in
        if zip(profiles[first], profiles[second]).contains(where: { abs($0 - $1) >= Self.difference }) { return nil }
        return Diagnostic(
          .indistinguishable(patterns[first].id.text, patterns[second].id.text), at: patterns[second].place)
      }
    }
  }

  /// How likely each answer to each question is under a hypothesis, question by question.
  private func answerProfile(_ hypothesis: Hypothesis) -> [Double] {
    base.questions.flatMap { question -> [Double] in
      guard let fact = base.fact(question.asks) else { return [] }
      return fact.values.filter { question.about == nil || question.about == $0.id }.map { value in
        (hypothesis.signs[FactValue(fact.id, value.id)] ?? value.baseUnderPattern).probability
      }
    }
  }

  /// A pattern that is easily taken for a purpose, and the purpose, name each other (by id or by family).
  var lookAlikes: [Diagnostic] {
    base.hypotheses.flatMap { hypothesis -> [Diagnostic] in
      hypothesis.lookAlikes.compactMap { name in
        let others = base.hypotheses.filter { $0.id.text == name || $0.family == name }
        let isAnswered = others.isEmpty || others.contains { other in
          other.lookAlikes.contains { $0 == hypothesis.id.text || $0 == hypothesis.family }
        }
        return isAnswered ? nil : Diagnostic(.oneSided(hypothesis.id.text, name), at: hypothesis.place)
      }
    }
  }
}
