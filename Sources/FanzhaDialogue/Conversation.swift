import FanzhaKnowledge
import FanzhaReading
import FanzhaReasoning

/// One conversation: turns in, advice out. A value: a copy is a branch, and typing ahead is a copy thrown away.
public struct Conversation: Sendable {
  public let engine: Engine
  public let channel: Channel
  /// Everything found so far; a state knows how much of it was there.
  private var findings: [Finding] = []
  private var states: [State] = []
  /// What was said so far by everybody but staff.
  private var runs = CharacterRuns()

  /// What happened. The same events on the same knowledge base give the same conversation.
  public enum Event: Sendable, Equatable {
    case turn(SpokenLine)
    /// An option of one of our questions, chosen by its number.
    case answer(question: Question.ID, option: Question.Option.ID)
    case clearance(reason: String)
    /// The question on screen is not wanted.
    case dismissal(question: Question.ID, reason: String)
    case stepDone(Procedure.Step.ID)
    case stepSkipped(Procedure.Step.ID, reason: String)
    /// The operator acts on another level than the one advised.
    case override(Level, reason: String)
    case note(String)
    /// What the customer came for, chosen before or after a word was said.
    case business(Fact.Value.ID)
    /// A sheet was given to the customer to read; its version is the day it was last changed.
    case sheetShown(Tip.ID, version: String)
  }

  /// How things stood after an event. Taking an event back is dropping its state.
  private struct State: Sendable {
    let event: Event
    /// Turns so far.
    let turn: Int
    let findingCount: Int
    /// What this event added to what was said.
    let runs: CharacterRuns
    /// Whether nothing but the other side's words was heard so far.
    let isOnlyHeard: Bool
    /// Questions this turn put to the customer.
    let puts: [Reading.Put]
    /// Positions of the questions that are not to be suggested any more.
    let asked: Set<Int>
    let lastTopic: String?
    /// How often each question was suggested at a turn of the customer's.
    let suggested: [Int: Int]
    let stepsDone: Set<Procedure.Step.ID>
    let stepsSkipped: Set<Procedure.Step.ID>
    /// The listed procedures the case has called for so far.
    let procedures: [Procedure.ID]
    let clearance: Reasoner.Clearance?
    /// Nil where nothing was read.
    let understood: Understood?
    let assessment: Assessment
    let moment: Script.Moment
    /// For how many turns before this one the moment has been the same.
    let momentTurns: Int
  }

  /// What was understood from one turn.
  public struct Understood: Sendable, Equatable {
    public struct Cue: Sendable, Equatable {
      public let fact: Fact.ID
      public let value: Fact.Value.ID
      /// affirmed, denied, hypothetical or quoted.
      public let polarity: String
    }

    public let cues: [Cue]
    /// Questions of ours that the words put to the customer.
    public let questions: [Question.ID]
  }

  /// After so many of the customer's turns a suggestion that nobody took up makes room for the next.
  private static let patience = 3

  public init(engine: Engine, channel: Channel) {
    self.engine = engine
    self.channel = channel
  }

  public var events: [Event] { states.map(\.event) }
  public var lines: [SpokenLine] { states.compactMap { line($0.event) } }
  public var turnCount: Int { states.last?.turn ?? 0 }
  public var assessment: Assessment { states.last?.assessment ?? engine.reasoner.assess([], context(turn: 0)) }

  /// What was understood from the last event; nil when it was no words.
  public var understood: Understood? { states.last?.understood }

  /// The advice after the last turn; before any, what to open with.
  public var advice: Advice {
    let state = states.last
    return AdviceWriter(engine: engine, channel: channel).advice(
      AdviceWriter.View(
        assessment: assessment, listedProcedures: state?.procedures ?? [], stepsDone: state?.stepsDone ?? [],
        stepsSkipped: state?.stepsSkipped ?? [],
        momentTurns: state?.momentTurns ?? 0))
  }

  // MARK: Events

  /// Adds one turn. Any text is a turn; an empty one changes nothing but the count.
  @discardableResult
  public mutating func add(_ line: SpokenLine) -> Advice {
    let reading = read(line)
    take(
      .turn(line), findings(reading, line), said: reading.runs, puts: reading.puts,
      stepsDone: reading.stepsDone.map(\.step), understood: understood(reading))
    return advice
  }

  /// Adds the choice of an option of the question that stands asked, as a turn of the customer.
  ///
  /// - Parameter option: position among the options.
  /// - Returns: nil when no question stands or it has no such option.
  public mutating func answer(option: Int) -> Advice? {
    guard let index = assessment.question, engine.base.questions[index].options.indices.contains(option) else {
      return nil
    }
    return answer(question: index, option: option)
  }

  private mutating func answer(question index: Int, option: Int) -> Advice {
    let question = engine.base.questions[index]
    let finding = finding(.option(question: index, option: option), quote: question.options[option].label)
    take(
      .answer(question: question.id, option: question.options[option].id), finding.map { [$0] } ?? [],
      said: engine.reader.runs(question.options[option].label), puts: [.question(index)], stepsDone: [])
    return advice
  }

  /// The supervisor clears the level; it stands cleared until something new speaks for a scam.
  ///
  /// - Returns: false before any turn, when there is nothing to clear.
  @discardableResult
  public mutating func clear(reason: String) -> Bool {
    guard turnCount > 0 else { return false }
    var context = context(turn: turnCount)
    context.clearance = Reasoner.Clearance(reason: reason, turn: turnCount)
    push(.clearance(reason: reason), context)
    return true
  }

  private mutating func dismiss(_ index: Int, reason: String) {
    var context = context(turn: turnCount)
    context.asked.insert(index)
    push(.dismissal(question: engine.base.questions[index].id, reason: reason), context, dismissed: [index])
  }

  public mutating func markDone(_ step: Procedure.Step.ID) {
    push(.stepDone(step), context(turn: turnCount), stepsDone: [step])
  }

  public mutating func skip(_ step: Procedure.Step.ID, reason: String) {
    push(.stepSkipped(step, reason: reason), context(turn: turnCount), stepsSkipped: [step])
  }

  /// Records that the operator acts on a level of their own; what is advised stays as it is.
  public mutating func override(_ level: Level, reason: String) {
    push(.override(level, reason: reason), context(turn: turnCount))
  }

  public mutating func note(_ text: String) { push(.note(text), context(turn: turnCount)) }

  /// - Returns: false when the base knows no such business.
  @discardableResult
  public mutating func choose(business: Fact.Value.ID) -> Bool {
    guard let fact = engine.base.index(of: .business), let value = engine.base.facts[fact].index(of: business) else {
      return false
    }
    let label = engine.base.facts[fact].values[value].label
    findings.append(
      Finding(fact: fact, value: value, holds: true, basis: .artefact, turn: turnCount, quote: label))
    push(.business(business), context(turn: turnCount))
    return true
  }

  public mutating func showSheet(_ sheet: Tip.ID, version: String) {
    push(.sheetShown(sheet, version: version), context(turn: turnCount))
  }

  /// Makes an event happen again, as when a conversation is taken up from its record.
  ///
  /// - Returns: false when it names something that this knowledge base does not have.
  @discardableResult
  public mutating func apply(_ event: Event) -> Bool {
    switch event {
    case .turn(let line): add(line)
    case .answer(let question, let option):
      guard let index = engine.base.questions.firstIndex(where: { $0.id == question }),
        let position = engine.base.questions[index].options.firstIndex(where: { $0.id == option })
      else { return false }
      _ = answer(question: index, option: position)
    case .clearance(let reason): return clear(reason: reason)
    case .dismissal(let question, let reason):
      guard let index = engine.base.questions.firstIndex(where: { $0.id == question }) else { return false }
      dismiss(index, reason: reason)
    case .stepDone(let step): markDone(step)
    case .stepSkipped(let step, let reason): skip(step, reason: reason)
    case .override(let level, let reason): override(level, reason: reason)
    case .note(let text): note(text)
    case .business(let value): return choose(business: value)
    case .sheetShown(let sheet, let version): showSheet(sheet, version: version)
    }
    return true
  }

  /// Takes back the last event.
  ///
  /// - Returns: what was taken back; nil when there was nothing.
  @discardableResult
  public mutating func undo() -> Event? {
    guard let state = states.popLast() else { return nil }
    findings.removeSubrange((states.last?.findingCount ?? 0)...)
    runs.remove(state.runs)
    return state.event
  }

  /// What the advice would be if this were said now.
  public func preview(_ line: SpokenLine) -> Advice {
    var copy = self
    return copy.add(line)
  }

  /// What it would look like if this were said now, most probable first: less than ``preview(_:)``, and sooner.
  public func suspects(hearing line: SpokenLine) -> [(hypothesis: Hypothesis, probability: Double)] {
    let reading = read(line)
    var heard = runs
    heard.add(reading.runs)
    let context = hearing(.turn(line), heard, context(turn: turnCount + 1, putting: reading.puts))
    return engine.reasoner.ranking(findings + findings(reading, line), context)
      .map { (engine.base.hypotheses[$0.hypothesis], $0.probability) }
  }

  /// The same events on another channel.
  public func moved(to channel: Channel) -> Conversation {
    var copy = Conversation(engine: engine, channel: channel)
    var start = 0
    for state in states {
      switch state.event {
      case .turn, .answer:
        // What was understood stays understood: read anew, a short answer might meet another question.
        copy.take(
          state.event, Array(findings[start..<state.findingCount]), said: state.runs, puts: state.puts,
          stepsDone: Array(state.stepsDone))
      default: copy.apply(state.event)
      }
      start = state.findingCount
    }
    return copy
  }

  // MARK: From words to findings

  private func read(_ line: SpokenLine) -> Reading {
    let open = openPuts(for: line.speaker)
    return engine.reader.read(line.text, by: line.speaker, after: open.puts, isOnlySuggested: open.isOnlySuggested)
  }

  /// What a customer's words can answer: what staff put last, else the question on screen.
  private func openPuts(for speaker: Speaker) -> (puts: [Reading.Put], isOnlySuggested: Bool) {
    guard speaker == .customer else { return ([], false) }
    let last = states.last { state in line(state.event).map { $0.speaker != .observation } ?? false }
    if let last, line(last.event)?.speaker == .staff { return (last.puts, false) }
    // Before anything was said, nobody has been asked either.
    return (turnCount == 0 ? [] : assessment.question.map { [.question($0)] } ?? [], true)
  }

  private func findings(_ reading: Reading, _ line: SpokenLine) -> [Finding] {
    let basis = basis(reading.speaker)
    let cues = reading.cues.compactMap { cue -> Finding? in
      guard cue.polarity == .affirmed || cue.polarity == .denied else { return nil }
      return Finding(
        fact: cue.fact, value: cue.value, holds: cue.polarity == .affirmed, basis: basis, turn: turnCount + 1,
        quote: cue.quote, words: cue.words)
    }
    return cues + reading.answers.compactMap { finding($0, quote: line.text) }
  }

  private func basis(_ speaker: Speaker) -> Finding.Basis {
    switch speaker {
    case .customer: .words
    case .counterparty: .counterparty
    case .staff, .observation: .artefact
    }
  }

  private func finding(_ answer: Reading.Answer, quote: String) -> Finding? {
    let base = engine.base
    func said(_ fact: Int, _ value: Int, holds: Bool = true) -> Finding {
      Finding(fact: fact, value: value, holds: holds, basis: .words, turn: turnCount + 1, quote: quote)
    }
    switch answer {
    case .polar(let fact, let value, let holds):
      return said(fact, value, holds: holds)
    case .evasive:
      return evasion().map { said($0.fact, $0.value) }
    case .option(let index, let option):
      let question = base.questions[index]
      guard let fact = base.index(of: question.asks) else { return nil }
      switch question.options[option].answer {
      case .evasive:
        return evasion().map { said($0.fact, $0.value) }
      case .value(let id):
        return base.facts[fact].index(of: question.about ?? id).map { said(fact, $0) }
      case .denied:
        return question.about.flatMap { base.facts[fact].index(of: $0) }.map { said(fact, $0, holds: false) }
      }
    }
  }

  private func evasion() -> (fact: Int, value: Int)? {
    guard let fact = engine.base.index(of: .evasive), let value = engine.base.facts[fact].index(of: .yes) else {
      return nil
    }
    return (fact, value)
  }

  // MARK: Keeping

  /// What was said in an event, if anything.
  private func line(_ event: Event) -> SpokenLine? {
    switch event {
    case .turn(let line): return line
    case .answer(let question, let option):
      return engine.base.question(question)?.options.first { $0.id == option }
        .map { SpokenLine(speaker: .customer, text: $0.label) }
    default: return nil
    }
  }

  private mutating func take(
    _ event: Event, _ new: [Finding], said: CharacterRuns, puts: [Reading.Put], stepsDone: [Procedure.Step.ID], understood: Understood? = nil
  ) {
    // What was said before, in the same way, is no news: however long a conversation grows, its ledger does not.
    findings += new.filter { !isRepetition($0) }
    push(
      event, context(turn: turnCount + 1, putting: puts), said: said, puts: puts, stepsDone: stepsDone,
      understood: understood)
  }

  private func understood(_ reading: Reading) -> Understood {
    let base = engine.base
    return Understood(
      cues: reading.cues.map {
        Understood.Cue(
          fact: base.facts[$0.fact].id, value: base.facts[$0.fact].values[$0.value].id, polarity: $0.polarity.rawValue)
      },
      questions: questions(reading.puts).map { base.questions[$0].id })
  }

  private func isRepetition(_ new: Finding) -> Bool {
    guard new.basis != .artefact, let last = findings.last(where: { $0.fact == new.fact }) else { return false }
    return last.value == new.value && last.holds == new.holds && last.basis == new.basis
  }

  private mutating func push(
    _ event: Event, _ context: Reasoner.Context, said: CharacterRuns = CharacterRuns(), puts: [Reading.Put]? = nil, dismissed: [Int] = [],
    stepsDone: [Procedure.Step.ID] = [], stepsSkipped: [Procedure.Step.ID] = [], understood: Understood? = nil
  ) {
    let before = states.last
    runs.add(said)
    let context = hearing(event, runs, context)
    let assessment = engine.reasoner.assess(findings, context)
    var suggested = before?.suggested ?? [:]
    if line(event)?.speaker == .customer, let question = assessment.question {
      suggested[question, default: 0] += 1
    }
    let procedures = procedures(assessment, before: context.clearance?.turn == context.turn ? [] : before?.procedures)
    let puts = puts ?? before?.puts ?? []
    let moment = AdviceWriter.moment(assessment, procedures, channel)
    states.append(
      State(
        event: event, turn: context.turn, findingCount: findings.count, runs: said,
        isOnlyHeard: context.isOnlyHeard, puts: puts,
        asked: asked(puts).union(dismissed),
        lastTopic: context.lastTopic, suggested: suggested,
        stepsDone: (before?.stepsDone ?? []).union(stepsDone),
        stepsSkipped: (before?.stepsSkipped ?? []).union(stepsSkipped), procedures: procedures,
        clearance: context.clearance, understood: understood, assessment: assessment, moment: moment,
        // Only what was said moves the sentences on.
        momentTurns: moment == before?.moment ? (before?.momentTurns ?? 0) + (line(event) == nil ? 0 : 1) : 0))
  }

  /// What reasoning is told besides findings: what everything said resembles, and who said it.
  private func hearing(_ event: Event, _ runs: CharacterRuns, _ context: Reasoner.Context) -> Reasoner.Context {
    var context = context
    context.resemblance = engine.resemblance(runs)
    context.isOnlyHeard = isOnlyHeard(with: event)
    return context
  }

  private func isOnlyHeard(with event: Event) -> Bool {
    guard states.last?.isOnlyHeard ?? true else { return false }
    guard let speaker = line(event)?.speaker else { return states.last?.isOnlyHeard ?? false }
    return speaker == .counterparty
  }

  private func context(turn: Int, putting puts: [Reading.Put] = []) -> Reasoner.Context {
    let before = states.last
    var context = Reasoner.Context(channel: channel, turn: turn)
    // A suggestion that was passed over again and again is treated as one that was put.
    context.asked = asked(puts).union((before?.suggested ?? [:]).filter { $0.value >= Self.patience }.keys)
    context.lastTopic = questions(puts).last.map { engine.base.questions[$0].topic } ?? before?.lastTopic
    context.before = before.map { ($0.assessment.decision.level, $0.assessment.levelSince) }
    context.clearance = before?.clearance
    return context
  }

  private func asked(_ puts: [Reading.Put]) -> Set<Int> { (states.last?.asked ?? []).union(questions(puts)) }

  private func questions(_ puts: [Reading.Put]) -> [Int] {
    puts.compactMap { if case .question(let index) = $0 { index } else { nil } }
  }

  /// Procedures that were called stay on the list, unless the level has fallen because the matter was settled.
  private func procedures(_ assessment: Assessment, before: [Procedure.ID]?) -> [Procedure.ID] {
    let earlier = assessment.decision.level >= .pause ? before ?? [] : []
    let all = Set(earlier + assessment.procedures)
    return Procedure.listed.filter(all.contains)
  }
}
