import FanzhaKnowledge
import FanzhaReading
import FanzhaReasoning

/// One conversation: turns in, advice out. A value: a copy is a branch, and typing ahead is a copy thrown away.
public struct Conversation: Sendable {
  public let engine: Engine
  public let channel: Channel
  private var records: [Record] = []
  private var clearance: (reason: String, turn: Int)?

  /// What one turn left behind; taking a turn back is dropping its record.
  private struct Record: Sendable {
    let line: SpokenLine
    let findings: [Finding]
    /// Questions this turn put to the customer.
    let puts: [Reading.Put]
    let stepsDone: [Reading.StepReference]
    let assessment: Assessment
    /// The listed procedures the case has called for so far.
    let procedures: [Procedure.ID]
  }

  public init(engine: Engine, channel: Channel) {
    self.engine = engine
    self.channel = channel
  }

  public var lines: [SpokenLine] { records.map(\.line) }
  public var turnCount: Int { records.count }

  /// The advice after the last turn; before any, what to open with.
  public var advice: Advice { writer.advice(currentView) }

  public var assessment: Assessment { records.last?.assessment ?? assess([]) }

  // MARK: Turns

  /// Adds one turn. Any text is a turn; an empty one changes nothing but the count.
  @discardableResult
  public mutating func add(_ line: SpokenLine) -> Advice {
    let turn = records.count + 1
    let open = openPuts(for: line.speaker)
    let reading = engine.reader.read(
      line.text, by: line.speaker, after: open.puts, isOnlySuggested: open.isOnlySuggested)
    append(line, findings(reading, turn: turn), puts: reading.puts, stepsDone: reading.stepsDone)
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
    let label = engine.base.questions[index].options[option].label
    let finding = finding(
      .option(question: index, option: option), turn: records.count + 1, quote: label)
    append(
      SpokenLine(speaker: .customer, text: label), finding.map { [$0] } ?? [], puts: [.question(index)], stepsDone: [])
    return advice
  }

  /// Takes back the last turn.
  ///
  /// - Returns: the line taken back; nil when there was none.
  @discardableResult
  public mutating func undo() -> SpokenLine? {
    guard let line = records.popLast()?.line else { return nil }
    if let clearance, clearance.turn > records.count { self.clearance = nil }
    return line
  }

  /// The supervisor clears the level; it stands cleared until something new is found.
  public mutating func clear(reason: String) {
    clearance = (reason, records.count)
    guard let last = records.popLast() else { return }
    let findings = records.flatMap(\.findings) + last.findings
    records.append(
      Record(
        line: last.line, findings: last.findings, puts: last.puts, stepsDone: last.stepsDone,
        assessment: assess(findings), procedures: []))
  }

  /// What the advice would be if this were said now.
  public func preview(_ line: SpokenLine) -> Advice {
    var copy = self
    return copy.add(line)
  }

  /// The same words on another channel.
  public func moved(to channel: Channel) -> Conversation {
    var copy = Conversation(engine: engine, channel: channel)
    for record in records {
      copy.append(record.line, record.findings, puts: record.puts, stepsDone: record.stepsDone)
    }
    copy.clearance = clearance
    return copy
  }

  // MARK: From words to findings

  /// What a customer's words can answer: what staff put last, else the question on screen.
  private func openPuts(for speaker: Speaker) -> (puts: [Reading.Put], isOnlySuggested: Bool) {
    guard speaker == .customer else { return ([], false) }
    if let last = records.last(where: { $0.line.speaker != .observation }), last.line.speaker == .staff {
      return (last.puts, false)
    }
    // Before anything was said, nobody has been asked either.
    return (records.isEmpty ? [] : assessment.question.map { [.question($0)] } ?? [], true)
  }

  private func findings(_ reading: Reading, turn: Int) -> [Finding] {
    var findings = reading.cues.compactMap { cue -> Finding? in
      guard cue.polarity == .affirmed || cue.polarity == .denied else { return nil }
      return Finding(
        fact: cue.fact, value: cue.value, holds: cue.polarity == .affirmed,
        basis: basis(reading.speaker), turn: turn, quote: cue.quote)
    }
    findings += reading.answers.compactMap { finding($0, turn: turn, quote: "") }
    return findings
  }

  private func basis(_ speaker: Speaker) -> Finding.Basis {
    switch speaker {
    case .customer: .words
    case .counterparty: .counterparty
    case .staff, .observation: .artefact
    }
  }

  private func finding(_ answer: Reading.Answer, turn: Int, quote: String) -> Finding? {
    let base = engine.base
    switch answer {
    case .polar(let fact, let value, let holds):
      return Finding(fact: fact, value: value, holds: holds, basis: .words, turn: turn, quote: quote)
    case .evasive:
      return evasion(turn: turn, quote: quote)
    case .option(let index, let option):
      let question = base.questions[index]
      guard let fact = base.index(of: question.asks) else { return nil }
      switch question.options[option].answer {
      case .evasive:
        return evasion(turn: turn, quote: quote)
      case .value(let id):
        guard let value = base.facts[fact].index(of: question.about ?? id) else { return nil }
        return Finding(fact: fact, value: value, holds: true, basis: .words, turn: turn, quote: quote)
      case .denied:
        guard let value = question.about.flatMap({ base.facts[fact].index(of: $0) }) else { return nil }
        return Finding(fact: fact, value: value, holds: false, basis: .words, turn: turn, quote: quote)
      }
    }
  }

  private func evasion(turn: Int, quote: String) -> Finding? {
    guard let fact = engine.base.index(of: .evasive), let value = engine.base.facts[fact].index(of: .yes) else {
      return nil
    }
    return Finding(fact: fact, value: value, holds: true, basis: .words, turn: turn, quote: quote)
  }

  // MARK: Keeping

  private mutating func append(
    _ line: SpokenLine, _ findings: [Finding], puts: [Reading.Put], stepsDone: [Reading.StepReference]
  ) {
    let assessment = assess(records.flatMap(\.findings) + findings, nextTurn: true, puts: puts)
    records.append(
      Record(
        line: line, findings: findings, puts: puts, stepsDone: stepsDone, assessment: assessment,
        procedures: procedures(assessment)))
  }

  private func assess(_ findings: [Finding], nextTurn: Bool = false, puts: [Reading.Put] = []) -> Assessment {
    var context = Reasoner.Context(channel: channel, turn: records.count + (nextTurn ? 1 : 0))
    let asked = (records.flatMap(\.puts) + puts).compactMap { put -> Int? in
      if case .question(let index) = put { index } else { nil }
    }
    context.asked = Set(asked).union(passedOver)
    context.lastTopic = asked.last.map { engine.base.questions[$0].topic }
    context.before = records.last.map { ($0.assessment.decision.level, $0.assessment.levelSince) }
    context.clearance = clearance
    return engine.reasoner.assess(findings, context)
  }

  /// After so many of the customer's turns a suggestion that nobody took up makes room for the next.
  private static let patience = 3

  /// Questions that were suggested again and again and not put.
  private var passedOver: Set<Int> {
    var shown: [Int: Int] = [:]
    for record in records where record.line.speaker == .customer {
      if let question = record.assessment.question { shown[question, default: 0] += 1 }
    }
    return Set(shown.filter { $0.value >= Self.patience }.keys)
  }

  /// Procedures that were called stay on the list, unless the level has fallen because the matter was settled.
  private func procedures(_ assessment: Assessment) -> [Procedure.ID] {
    let earlier = assessment.decision.level >= .pause ? records.last?.procedures ?? [] : []
    let all = Set(earlier + assessment.procedures)
    return Procedure.listed.filter(all.contains)
  }

  // MARK: View

  private var writer: AdviceWriter { AdviceWriter(engine: engine, channel: channel) }

  private var currentView: AdviceWriter.View {
    AdviceWriter.View(
      assessment: assessment,
      turn: records.count,
      listedProcedures: records.last?.procedures ?? [],
      stepsDone: Set(records.flatMap(\.stepsDone).map(\.step)))
  }
}
