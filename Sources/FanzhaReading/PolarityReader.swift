import FanzhaKnowledge

/// Decides how a phrase is meant from the words around it: denied, supposed, quoted, or plainly said.
struct PolarityReader: Sendable {
  private let negators: PhraseAutomaton
  private let notNegators: PhraseAutomaton
  private let farNegators: PhraseAutomaton
  private let hypotheticals: PhraseAutomaton
  private let questions: PhraseAutomaton
  private let quotings: PhraseAutomaton
  private let threats: PhraseAutomaton
  /// How far before a phrase, in characters, a denial in the same clause reaches.
  private static let reach = 10

  init(_ usage: Usage, normalise: Normaliser) {
    func automaton(_ words: [String]) -> PhraseAutomaton {
      PhraseAutomaton(words: Array(Set(words.map { normalise.word($0) })).filter { !$0.isEmpty })
    }
    negators = automaton(usage.negators)
    notNegators = automaton(usage.notNegators)
    farNegators = automaton(usage.farNegators)
    hypotheticals = automaton(usage.hypotheticals)
    questions = automaton(usage.questions)
    quotings = automaton(usage.quotings)
    threats = automaton(usage.threats)
  }

  /// Places of one kind of word in a text.
  struct Places {
    /// Sorted by their start.
    private let ranges: [Range<Int>]
    private let starts: [Int]

    init(_ ranges: [Range<Int>]) {
      self.ranges = ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
      starts = self.ranges.map(\.lowerBound)
    }

    /// Those that start inside a range.
    func starting(in range: Range<Int>) -> ArraySlice<Range<Int>> {
      ranges[starts.firstIndex(after: range.lowerBound - 1)..<starts.firstIndex(after: range.upperBound - 1)]
    }

    func anyInside(_ range: Range<Int>) -> Bool {
      starting(in: range).contains { $0.upperBound <= range.upperBound }
    }

    /// Without those that lie inside one of the others.
    func without(_ others: Places) -> Places {
      // No word or phrase that can hold a denial is longer than this.
      let longest = 120
      return Places(
        ranges.filter { range in
          !others.starting(in: max(0, range.upperBound - longest)..<range.lowerBound + 1)
            .contains { $0.upperBound >= range.upperBound }
        })
    }
  }

  /// The marks of one text, found once for all its phrases.
  struct Marks {
    /// Those that may deny a phrase.
    let denials: Places
    let everyDenial: Places
    /// Those that deny at all, whatever phrase they stand in.
    let realDenials: Places
    /// Those that deny to the end of their clause.
    let farDenials: Places
    let hypotheticals: Places
    let questions: Places
    let quotings: Places

    /// A denial inside another phrase (没见过面) belongs to that phrase.
    func outside(_ phrases: [Range<Int>]) -> Marks {
      Marks(
        denials: denials.without(Places(phrases)), everyDenial: everyDenial, realDenials: realDenials,
        farDenials: farDenials, hypotheticals: hypotheticals,
        questions: questions, quotings: quotings)
    }
  }

  func marks(in text: NormalisedText) -> Marks {
    func places(_ automaton: PhraseAutomaton) -> Places {
      Places(automaton.occurrences(in: text.scalars).map(\.range))
    }
    let denials = places(negators), threats = places(threats)
    let real = denials.without(places(notNegators))
    return Marks(
      denials: real, everyDenial: denials, realDenials: real, farDenials: places(farNegators),
      hypotheticals: Places(
        hypotheticals.occurrences(in: text.scalars).map(\.range).filter { isSupposition($0, in: text, threats) }),
      questions: places(questions), quotings: places(quotings))
  }

  /// Whether it supposes something. 一万一个月 does not; nor does what a threat follows: 如果不交就冻结, 他说要是报警就抓我.
  private func isSupposition(_ range: Range<Int>, in text: NormalisedText, _ threats: Places) -> Bool {
    if range.lowerBound > 0, text.scalars[range.lowerBound] == Self.tenThousand,
      Self.numerals.contains(text.scalars[range.lowerBound - 1])
    {
      return false
    }
    return !threats.anyInside(range.upperBound..<text.sentence(around: range).upperBound)
  }

  private static let numerals = Set("0123456789一二两三四五六七八九十百千几".unicodeScalars.map(\.value))
  private static let tenThousand: UInt32 = 0x4E07  // 万

  /// Whether a phrase only begins inside an A-not-A question: 没有人教 in 有没有人教.
  func isInsideANotA(_ range: Range<Int>, in text: NormalisedText) -> Bool {
    let start = range.lowerBound
    guard start > 0, start + 1 < text.scalars.count, Self.nots.contains(text.scalars[start]) else { return false }
    return text.scalars[start - 1] == text.scalars[start + 1]
  }

  private static let nots = Set("没不".unicodeScalars.map(\.value))

  func polarity(of range: Range<Int>, in text: NormalisedText, _ marks: Marks) -> Reading.Polarity {
    let clause = text.clause(around: range)
    let sentence = text.sentence(around: range)
    if marks.quotings.anyInside(sentence.lowerBound..<max(sentence.lowerBound, range.lowerBound)) { return .quoted }
    if marks.hypotheticals.anyInside(clause) { return .hypothetical }
    let isDenied =
      saysNoItself(range, marks)
      ? isDeniedRightBefore(range, in: text, marks)
      : marks.denials.anyInside(max(clause.lowerBound, range.lowerBound - Self.reach)..<range.lowerBound)
        || marks.farDenials.anyInside(clause.lowerBound..<range.lowerBound) || isDirectlyBehindADenial(range, marks)
    return isDenied || isDeniedBehind(range, clause, marks) ? .denied : .affirmed
  }

  private func saysNoItself(_ range: Range<Int>, _ marks: Marks) -> Bool {
    marks.everyDenial.starting(in: range.lowerBound..<range.lowerBound + 1).contains { $0.upperBound <= range.upperBound }
  }

  /// 没填过卡号: the no right before a phrase denies it even where it belongs to another one (没填).
  private func isDirectlyBehindADenial(_ range: Range<Int>, _ marks: Marks) -> Bool {
    marks.realDenials.starting(in: max(0, range.lowerBound - 3)..<range.lowerBound).contains { $0.upperBound == range.lowerBound }
  }

  /// A phrase that says no by itself is denied only by the no right before it (没有不让说, 没人不让说), not by a parallel
  /// one (没填没转).
  private func isDeniedRightBefore(_ range: Range<Int>, in text: NormalisedText, _ marks: Marks) -> Bool {
    var end = range.lowerBound
    if end > 0, text.scalars[end - 1] == Self.person { end -= 1 }
    return marks.denials.starting(in: max(0, end - 3)..<end).contains { $0.upperBound == end }
  }

  private static let person: UInt32 = 0x4EBA  // 人

  /// 屏幕共享没有: a denial that ends the clause right behind the phrase.
  private func isDeniedBehind(_ range: Range<Int>, _ clause: Range<Int>, _ marks: Marks) -> Bool {
    marks.denials.starting(in: range.upperBound..<range.upperBound + 1).contains { (0...1).contains(clause.upperBound - $0.upperBound) }
  }

  func isQuestion(_ range: Range<Int>, in text: NormalisedText, _ marks: Marks) -> Bool {
    marks.questions.anyInside(text.sentence(around: range))
  }
}
