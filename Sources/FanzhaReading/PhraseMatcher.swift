import FanzhaKnowledge

/// Finds phrases (words in order, with gaps) in normalised text.
struct PhraseMatcher: Sendable {
  struct Match: Equatable, Sendable {
    /// Position in the list the matcher was made from.
    let phrase: Int
    /// From the first word to the last, gaps included.
    let range: Range<Int>
    /// The words themselves.
    let words: [Range<Int>]
  }

  /// Where a word is used: as the n-th segment of a phrase.
  private struct Use: Equatable, Sendable {
    let phrase: Int32
    let segment: Int32
  }

  private let automaton: PhraseAutomaton
  /// By word of the automaton.
  private let uses: [[Use]]
  /// By phrase: the gap before each segment after the first.
  private let gaps: [[Phrase.Gap]]

  /// - Parameter normalise: must be the one that texts go through.
  init(_ phrases: [Phrase], normalise: Normaliser) {
    var vocabulary = PhraseAutomaton.Vocabulary()
    var uses: [[Use]] = []
    let spelt = Parallel.map(phrases) { phrase in phrase.segments.map { $0.variants.map(normalise.word) } }
    for (phraseIndex, segments) in spelt.enumerated() {
      for (segmentIndex, variants) in segments.enumerated() {
        let use = Use(phrase: Int32(phraseIndex), segment: Int32(segmentIndex))
        for variant in variants {
          guard let word = vocabulary.insert(variant) else { continue }
          if Int(word) == uses.count { uses.append([]) }
          if uses[Int(word)].last != use { uses[Int(word)].append(use) }
        }
      }
    }
    automaton = PhraseAutomaton(vocabulary)
    self.uses = uses
    gaps = phrases.map { $0.segments.dropFirst().map { $0.gap ?? .short } }
  }

  /// Every match, ordered by where it ends, then by phrase.
  ///
  /// A phrase with gaps takes the nearest words: its match is the shortest that ends where it ends.
  func matches(in text: NormalisedText) -> [Match] {
    let occurrences = automaton.occurrences(in: text.scalars)
    guard !occurrences.isEmpty else { return [] }
    let sentenceOf = Self.sentenceNumbers(text)
    var result: [Match] = []
    // What has been reached of a phrase with gaps: (phrase, segments so far) to the latest places.
    var reached: [Int64: [[Range<Int>]]] = [:]
    for occurrence in occurrences {
      if crossesBreak(occurrence.range, in: text) || cutsLatinWord(occurrence.range, in: text) { continue }
      for use in uses[Int(occurrence.word)] {
        let phrase = Int(use.phrase), segment = Int(use.segment)
        var words = [occurrence.range]
        if segment > 0 {
          guard
            let before = reached[Self.key(phrase, segment - 1)]?.last(where: { before in
              before.last.map { reaches($0, occurrence.range, by: gaps[phrase][segment - 1], sentenceOf) } ?? false
            })
          else { continue }
          words = before + words
        }
        if segment == gaps[phrase].count {
          let range = (words.first ?? occurrence.range).lowerBound..<occurrence.range.upperBound
          result.append(Match(phrase: phrase, range: range, words: words))
        } else {
          reached[Self.key(phrase, segment), default: []].append(words)
          // Only near places can still be continued; the list stays short whatever the text's length.
          if reached[Self.key(phrase, segment), default: []].count > 4 {
            reached[Self.key(phrase, segment)]?.removeFirst()
          }
        }
      }
    }
    return result
  }

  private func reaches(_ from: Range<Int>, _ to: Range<Int>, by gap: Phrase.Gap, _ sentenceOf: [Int32]) -> Bool {
    let distance = to.lowerBound - from.upperBound
    switch gap {
    case .adjacent:
      return distance == 0
    case .short:
      return (0...Phrase.shortGap).contains(distance)
        && sentenceOf[from.upperBound - 1] == sentenceOf[to.lowerBound]
    case .long:
      return (0...Phrase.longGap).contains(distance)
    }
  }

  /// Spaces are taken out, but a word does not read across the end of a sentence.
  private func crossesBreak(_ range: Range<Int>, in text: NormalisedText) -> Bool {
    range.dropFirst().contains { text.breaks[$0] == .sentence }
  }

  /// Latin letters are read as whole words: `bc` is not in `abc`.
  private func cutsLatinWord(_ range: Range<Int>, in text: NormalisedText) -> Bool {
    func joins(_ position: Int) -> Bool {
      position > 0 && position < text.scalars.count && text.breaks[position] == .none
        && Normaliser.isLatin(text.scalars[position - 1]) && Normaliser.isLatin(text.scalars[position])
    }
    return joins(range.lowerBound) || joins(range.upperBound)
  }

  private static func sentenceNumbers(_ text: NormalisedText) -> [Int32] {
    var number: Int32 = 0
    return text.breaks.map { separator in
      if separator == .sentence { number += 1 }
      return number
    }
  }

  private static func key(_ phrase: Int, _ segment: Int) -> Int64 { Int64(phrase) << 8 | Int64(segment) }
}
