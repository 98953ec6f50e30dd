import FanzhaCatalogue
import FanzhaKnowledge

/// Runs the `match` and `near_miss` sentences of a knowledge base: they are tests.
public struct ExampleCheck {
  private let engine: Engine

  public init(_ engine: Engine) { self.engine = engine }

  /// One diagnostic for every sentence that does not come out as its author says.
  public func diagnostics() -> [Diagnostic] {
    engine.base.hypotheses.flatMap { hypothesis in
      hypothesis.match.compactMap { missed($0, hypothesis) }
        + hypothesis.nearMiss.compactMap { hit($0, hypothesis) }
    }
  }

  /// A sentence of a pattern or purpose must put its family first among its kind.
  private func missed(_ example: Hypothesis.Example, _ hypothesis: Hypothesis) -> Diagnostic? {
    let advice = advice(example, hypothesis)
    let first = advice.suspects.first { $0.kind == hypothesis.kind }
    if first?.family == hypothesis.family { return nil }
    return Diagnostic(
      .matchMissed(sentence: example.text, wanted: hypothesis.family, got: first?.id ?? "-"), at: example.place)
  }

  /// A sentence that only sounds like a pattern must not be paused as that pattern.
  private func hit(_ example: Hypothesis.Example, _ hypothesis: Hypothesis) -> Diagnostic? {
    let advice = advice(example, hypothesis)
    guard let first = advice.suspects.first, first.family == hypothesis.family,
      hypothesis.kind == .purpose ? advice.level == Level.proceed.rawValue : advice.level >= Level.pause.rawValue
    else { return nil }
    return Diagnostic(.nearMissHit(sentence: example.text, got: "\(first.id), \(advice.levelName)"), at: example.place)
  }

  private func advice(_ example: Hypothesis.Example, _ hypothesis: Hypothesis) -> Advice {
    var conversation = Conversation(engine: engine, channel: .counter)
    return conversation.add(SpokenLine(parsing: example.text))
  }
}
