import FanzhaKnowledge

/// Understands utterances by the vocabulary of a knowledge base. Holds no conversation: what came before is
/// handed in.
public struct Reader: Sendable {
  private let base: KnowledgeBase
  let normalise: Normaliser
  private let matcher: PhraseMatcher
  private let owners: [Owner]
  private let polarity: PolarityReader
  private let serviceNumbers: Set<Double>
  private let affirmations: Set<[UInt32]>
  private let denials: Set<[UInt32]>
  private let shrugs: Set<[UInt32]>
  private let evasions: PhraseAutomaton

  /// What a phrase belongs to.
  private enum Owner: Sendable {
    case value(fact: Int, value: Int)
    case exception(fact: Int)
    case question(Int)
    case option(question: Int, option: Int)
    case step(Reading.StepReference)
  }

  /// A reply longer than this speaks for itself; it is not read as a bare yes or no.
  private static let longestShortReply = 18
  /// To a question that nobody is known to have asked, only the barest reply is an answer.
  private static let longestBareReply = 6

  /// How far back, in characters, a phrase can begin that covers another.
  private static let longestPhrase = 120

  public init(_ base: KnowledgeBase) {
    self.base = base
    normalise = Normaliser(folds: base.usage.folds)
    var phrases: [Phrase] = []
    var owners: [Owner] = []
    func add(_ list: [Phrase], _ owner: Owner) {
      phrases += list
      owners += list.map { _ in owner }
    }
    for (factIndex, fact) in base.facts.enumerated() {
      for (valueIndex, value) in fact.values.enumerated() {
        add(value.phrases, .value(fact: factIndex, value: valueIndex))
      }
      add(fact.except, .exception(fact: factIndex))
    }
    for (questionIndex, question) in base.questions.enumerated() {
      add(question.heard, .question(questionIndex))
      for (optionIndex, option) in question.options.enumerated() {
        add(option.heard, .option(question: questionIndex, option: optionIndex))
      }
    }
    for procedure in base.procedures {
      for step in procedure.steps {
        add(step.doneHeard, .step(Reading.StepReference(procedure: procedure.id, step: step.id)))
      }
    }
    self.owners = owners
    matcher = PhraseMatcher(phrases, normalise: normalise)
    polarity = PolarityReader(base.usage, normalise: normalise)
    serviceNumbers = Set(base.contacts.compactMap { $0.number.flatMap(Double.init) })
    let normaliser = normalise
    affirmations = Set(base.usage.affirmations.map { normaliser.word($0) })
    denials = Set(base.usage.denials.map { normaliser.word($0) })
    shrugs = Set(base.usage.shrugs.map { normaliser.word($0) })
    evasions = PhraseAutomaton(
      words: Array(Set(base.usage.evasions.map { normaliser.word($0) })).filter { !$0.isEmpty })
  }

  /// Reads one utterance.
  ///
  /// - Parameters:
  ///   - text: as typed; anything is a valid text.
  ///   - puts: the questions that stand open before it.
  ///   - isOnlySuggested: nobody is known to have asked them; they merely stand on the screen.
  /// - Complexity: linear in the text.
  public func read(
    _ text: String, by speaker: Speaker, after puts: [Reading.Put] = [], isOnlySuggested: Bool = false
  ) -> Reading {
    let normalised = normalise(text)
    let matches = matcher.matches(in: normalised).filter { !polarity.isInsideANotA($0.range, in: normalised) }
    let marks = polarity.marks(in: normalised)
    let found = cues(matches, normalised, marks, speaker)
    return Reading(
      speaker: speaker,
      cues: found,
      amounts: AmountReader.amounts(in: normalised, excluding: serviceNumbers),
      puts: speaker == .staff ? self.puts(matches, normalised, marks) : [],
      answers: speaker == .customer
        ? answers(normalised, matches, marks, found, puts, isOnlySuggested: isOnlySuggested) : [],
      stepsDone: speaker == .staff || speaker == .observation ? stepsDone(matches, normalised, marks) : [],
      runs: speaker == .staff ? CharacterRuns() : CharacterRuns(normalised))
  }

  // MARK: Cues

  private func cues(
    _ matches: [PhraseMatcher.Match], _ text: NormalisedText, _ marks: PolarityReader.Marks, _ speaker: Speaker
  ) -> [Reading.Cue] {
    var candidates: [Candidate] = []
    for match in matches {
      let (fact, value): (Int, Int?)
      switch owners[match.phrase] {
      case .value(let owner, let named): (fact, value) = (owner, named)
      case .exception(let owner): (fact, value) = (owner, nil)
      default: continue
      }
      guard base.facts[fact].heardFrom.contains(speaker) else { continue }
      // Staff asking about something do not say it is so.
      if speaker == .staff, polarity.isQuestion(match.range, in: text, marks) { continue }
      candidates.append((fact, value, match.range, match.words))
    }
    candidates.sort {
      ($0.range.lowerBound, $0.range.count, $0.fact, $0.value ?? -1)
        < ($1.range.lowerBound, $1.range.count, $1.fact, $1.value ?? -1)
    }
    let outside = marks.outside(candidates.map(\.range))
    var seen: Set<[Int]> = []
    return candidates.indices.compactMap { index in
      let candidate = candidates[index]
      guard let value = candidate.value, !isOutdone(index, candidates) else { return nil }
      let polarity = polarity.polarity(of: candidate.range, in: text, outside)
      guard seen.insert([candidate.fact, value, polarity.order]).inserted else { return nil }
      return Reading.Cue(
        fact: candidate.fact, value: value, polarity: polarity,
        quote: text.quote(candidate.range), words: candidate.words)
    }
  }

  /// A value that was named; nil for words that mean none of the fact's.
  private typealias Candidate = (fact: Int, value: Int?, range: Range<Int>, words: [Range<Int>])

  /// Of two readings of one fact in the same words, the longer phrase knows better; where several values may hold at once,
  /// only words that mean none of them do.
  private func isOutdone(_ index: Int, _ candidates: [Candidate]) -> Bool {
    let candidate = candidates[index]
    func outdoes(_ other: Candidate) -> Bool {
      other.fact == candidate.fact && other.value != candidate.value
        && (other.value == nil || base.facts[candidate.fact].kind != .many) && other.range.count > candidate.range.count
        && other.range.lowerBound <= candidate.range.lowerBound && candidate.range.upperBound <= other.range.upperBound
    }
    var position = index
    while position > 0, candidate.range.lowerBound - candidates[position - 1].range.lowerBound <= Self.longestPhrase {
      position -= 1
      if outdoes(candidates[position]) { return true }
    }
    position = index + 1
    while position < candidates.count, candidates[position].range.lowerBound == candidate.range.lowerBound {
      if outdoes(candidates[position]) { return true }
      position += 1
    }
    return false
  }

  // MARK: Questions staff put

  /// What a staff turn puts to the customer: of several sentences, the last that asks.
  private func puts(
    _ matches: [PhraseMatcher.Match], _ text: NormalisedText, _ marks: PolarityReader.Marks
  ) -> [Reading.Put] {
    var bySentence: [Int: [Reading.Put]] = [:]
    for match in matches {
      let put: Reading.Put
      switch owners[match.phrase] {
      case .question(let question): put = .question(question)
      case .value(let fact, let value) where polarity.isQuestion(match.range, in: text, marks):
        put = .value(fact: fact, value: value)
      default: continue
      }
      let sentence = text.sentence(around: match.range).lowerBound
      if bySentence[sentence]?.contains(put) != true { bySentence[sentence, default: []].append(put) }
    }
    return bySentence.keys.max().flatMap { bySentence[$0] } ?? []
  }

  private func stepsDone(
    _ matches: [PhraseMatcher.Match], _ text: NormalisedText, _ marks: PolarityReader.Marks
  ) -> [Reading.StepReference] {
    var result: [Reading.StepReference] = []
    for match in matches {
      guard case .step(let reference) = owners[match.phrase], !result.contains(reference),
        polarity.polarity(of: match.range, in: text, marks) == .affirmed,
        !polarity.isQuestion(match.range, in: text, marks)
      else { continue }
      result.append(reference)
    }
    return result
  }

  // MARK: Answers

  private func answers(
    _ text: NormalisedText, _ matches: [PhraseMatcher.Match], _ marks: PolarityReader.Marks, _ cues: [Reading.Cue],
    _ puts: [Reading.Put], isOnlySuggested: Bool
  ) -> [Reading.Answer] {
    if !evasions.occurrences(in: text.scalars).isEmpty { return [.evasive] }
    guard !puts.isEmpty else { return [] }
    let length = text.scalars.count
    if length <= (isOnlySuggested ? Self.longestBareReply : Self.longestShortReply) {
      if let option = optionNamed(text, matches, marks, puts) { return [option] }
      if shrugs.contains(text.scalars) { return [.evasive] }
    }
    guard let reply = polarReply(text), !isOnlySuggested || reply.length == length else { return [] }
    let replies = puts.compactMap { polarAnswer(to: $0, holds: reply.holds, beside: cues) }
    // A no denies everything that was asked at once; a yes can only be trusted to mean the last of it.
    return reply.holds ? Array(replies.suffix(1)) : replies
  }

  /// A bare yes or no as an answer; nil where the customer's own words already speak about the matter.
  private func polarAnswer(to put: Reading.Put, holds: Bool, beside cues: [Reading.Cue]) -> Reading.Answer? {
    switch put {
    case .value(let fact, let value):
      // "Is it a company?" denied leaves all the others open.
      guard base.facts[fact].kind != .one, !cues.contains(where: { $0.fact == fact }) else { return nil }
      return .polar(fact: fact, value: value, holds: holds)
    case .question(let question):
      guard let fact = base.index(of: base.questions[question].asks), !cues.contains(where: { $0.fact == fact })
      else { return nil }
      return polarOption(of: base.questions[question], holds: holds).map { .option(question: question, option: $0) }
    }
  }

  private func optionNamed(
    _ text: NormalisedText, _ matches: [PhraseMatcher.Match], _ marks: PolarityReader.Marks, _ puts: [Reading.Put]
  ) -> Reading.Answer? {
    let named = matches.compactMap { match -> (question: Int, option: Int, length: Int)? in
      guard case .option(let question, let option) = owners[match.phrase], puts.contains(.question(question)),
        // 不是朋友介绍的 names what it was not.
        polarity.polarity(of: match.range, in: text, marks) == .affirmed
      else { return nil }
      return (question, option, match.range.count)
    }
    guard let best = named.max(by: { ($0.length, $1.option) < ($1.length, $0.option) }) else { return nil }
    return .option(question: best.question, option: best.option)
  }

  /// The first clause as a bare yes or no, and its length; nil when it is neither.
  private func polarReply(_ text: NormalisedText) -> (holds: Bool, length: Int)? {
    guard !text.scalars.isEmpty else { return nil }
    let clause = Array(text.scalars[text.clause(around: 0..<1)])
    if affirmations.contains(clause) { return (true, clause.count) }
    if denials.contains(clause) { return (false, clause.count) }
    return nil
  }

  private func polarOption(of question: Question, holds: Bool) -> Int? {
    question.options.firstIndex { option in
      switch option.answer {
      case .value(let value): value.text == (holds ? "yes" : "no")
      case .denied: !holds
      case .evasive: false
      }
    }
  }
}

extension Reading.Polarity {
  fileprivate var order: Int {
    switch self {
    case .affirmed: 0
    case .denied: 1
    case .hypothetical: 2
    case .quoted: 3
    }
  }
}
