import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReplay

/// The sentences authors wrote beside their patterns and purposes, and the recordings: they are tests.
extension KnowledgeAudit {
  private struct Sentence: Sendable {
    let example: Hypothesis.Example
    let hypothesis: Hypothesis
    let isMatch: Bool
  }

  private var sentences: [Sentence] {
    base.hypotheses.flatMap { hypothesis in
      hypothesis.match.map { Sentence(example: $0, hypothesis: hypothesis, isMatch: true) }
        + hypothesis.nearMiss.map { Sentence(example: $0, hypothesis: hypothesis, isMatch: false) }
    }
  }

  /// One diagnostic for every sentence that does not come out as its author says.
  public var examples: [Diagnostic] {
    Parallel.map(sentences) { [self] sentence in
      sentence.isMatch ? missed(sentence) : hit(sentence)
    }.compactMap(\.self)
  }

  /// Advice shows nobody less probable.
  private static let leastProbability = 0.01

  /// A sentence of a pattern or purpose must put its family first among its kind.
  private func missed(_ sentence: Sentence) -> Diagnostic? {
    let (example, hypothesis) = (sentence.example, sentence.hypothesis)
    let first = Conversation(engine: engine, channel: .counter).suspects(hearing: SpokenLine(parsing: example.text))
      .first { $0.hypothesis.kind == hypothesis.kind && $0.probability >= Self.leastProbability }?.hypothesis
    if first?.family == hypothesis.family { return nil }
    return Diagnostic(
      .matchMissed(sentence: example.text, wanted: hypothesis.family, got: first?.id.text ?? "-"), at: example.place)
  }

  /// A sentence that only sounds like a pattern must not be paused as that pattern.
  private func hit(_ sentence: Sentence) -> Diagnostic? {
    let (example, hypothesis) = (sentence.example, sentence.hypothesis)
    let advice = advice(example)
    guard let first = advice.suspects.first, first.family == hypothesis.family,
      hypothesis.kind == .purpose ? advice.level == Level.proceed.rawValue : advice.level >= Level.pause.rawValue
    else { return nil }
    return Diagnostic(.nearMissHit(sentence: example.text, got: "\(first.id), \(advice.levelName)"), at: example.place)
  }

  private func advice(_ example: Hypothesis.Example) -> Advice {
    var conversation = Conversation(engine: engine, channel: .counter)
    return conversation.add(SpokenLine(parsing: example.text))
  }

  /// Every recording whose truth is known ends inside its bounds.
  var recordingsInBounds: [Diagnostic] {
    let replay = Replay(engine: engine, defaultChannel: .counter)
    return Parallel.map(recordings) { dialogue -> Diagnostic? in
      guard let truth = dialogue.truth, let level = replay(dialogue).last?.advice.level else { return nil }
      // Proceeding and verifying are not held against each other on honest business.
      let bounds = truth.verdict == .scam ? truth.levelMin...max(truth.levelMin, truth.levelMax) : 0...max(1, truth.levelMax)
      if bounds.contains(level) { return nil }
      return Diagnostic(
        .recordingOutOfBounds(dialogue.id, level: level, low: bounds.lowerBound, high: bounds.upperBound),
        at: Place(file: "dialogues"))
    }.compactMap(\.self)
  }

  /// How alike two sentences are, as the share of pairs of neighbouring characters they have in common, from which
  /// they count as one with another name in it.
  private static let alike = 0.6

  /// Sentences that were written twice: the later one is reported.
  var alikeExamples: [Diagnostic] {
    let all = sentences
    let pairs = all.map { Self.pairs($0.example.text) }
    var byPair: [String: [Int]] = [:]
    var result: [Diagnostic] = []
    for (index, own) in pairs.enumerated() {
      var shared: [Int: Int] = [:]
      for pair in own {
        for other in byPair[pair] ?? [] { shared[other, default: 0] += 1 }
        byPair[pair, default: []].append(index)
      }
      let twin = shared.filter { other, count in
        Double(count) >= Self.alike * Double(own.count + pairs[other].count - count)
      }.keys.min()
      if let twin {
        result.append(
          Diagnostic(
            .alikeExamples(all[index].example.text, other: all[twin].example.text, at: "\(all[twin].example.place)"),
            at: all[index].example.place))
      }
    }
    return result
  }

  /// Figures make no difference.
  private static func pairs(_ text: String) -> Set<String> {
    text.filter { !$0.isWholeNumber && !"一二两三四五六七八九十百千万".contains($0) }.characterPairs
  }
}
