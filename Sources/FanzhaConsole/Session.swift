import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge

/// What the console does with a line, without a terminal: the live console and the plain session share it.
public struct Session: Sendable {
  public private(set) var conversation: Conversation
  /// What the case is called: its number in the journal, where there is one.
  public var caseNumber = 1
  /// Which of the cases that this session has had it is, from 1.
  public private(set) var casePosition = 1
  /// While covered, nothing of the case may be on screen.
  public private(set) var isCovered = false
  /// The case before this one, until something is said in this one: a slip of the hand loses nothing.
  private var leftCase: (conversation: Conversation, number: Int, position: Int)?
  /// How much had happened in this case when it was entered.
  private var eventsAtEntry = 0
  /// A case that was left open the last time, and may be taken up again.
  public var offered: (conversation: Conversation, number: Int)?
  /// Whether everything so far is on record.
  public var isSaved = true
  public let engine: Engine
  /// Made when it is asked for: an index of everything is no business of the start.
  private var search: KnowledgeSearch { KnowledgeSearch(engine.base) }
  private var positions = 1
  /// The highest number of a case in which anything happened.
  private var highestUsed = 0

  /// What a line led to.
  public enum Outcome: Sendable, Equatable {
    /// A turn was taken; the advice has changed.
    case turn(SpokenLine)
    /// A command answered with lines.
    case said([String])
    /// Another case stands: a new one, or the last one again. Nothing of the other may stay on screen.
    case changedCase([String])
    case nothing
    /// The screen is to be painted anew: covered or uncovered.
    case repaint
    case quit
  }

  public init(engine: Engine, channel: Channel) {
    self.engine = engine
    conversation = Conversation(engine: engine, channel: channel)
  }

  public var channel: Channel { conversation.channel }
  public var base: KnowledgeBase { engine.base }
  public var prompt: String {
    isCovered ? "> " : Message.prompt(caseNumber: caseNumber, turn: conversation.turnCount + 1, isSaved: isSaved).text()
  }

  /// Takes one line: a command, an answer by key, or words.
  public mutating func enter(_ line: String) -> Outcome {
    if let (name, argument) = Command.parse(line) { return run(name, argument) }
    let trimmed = line.trimmed
    if trimmed.isEmpty { return .nothing }
    switch keyAnswer(trimmed) {
    case .option(let option): _ = conversation.answer(option: option)
    case .refused(let problem): return .said([Diagnostic(problem).rendered()])
    case nil: conversation.add(SpokenLine(parsing: line))
    }
    leftCase = nil
    return conversation.lines.last.map(Outcome.turn) ?? .nothing
  }

  /// What the panel shows while a line is being typed.
  public func preview(_ line: String) -> Advice {
    let trimmed = line.trimmed
    if trimmed.isEmpty || Command.parse(line) != nil { return conversation.advice }
    switch keyAnswer(trimmed) {
    case .option(let option):
      var copy = conversation
      return copy.answer(option: option) ?? conversation.advice
    case .refused: return conversation.advice
    case nil: return conversation.preview(SpokenLine(parsing: line))
    }
  }

  // MARK: Answers by key

  /// What a line of one key answers to the question on screen.
  private enum KeyAnswer {
    case option(Int)
    /// The question has nothing of the kind.
    case refused(Problem)
  }

  /// Nil when the line is words. A question nobody can see is not answered.
  private func keyAnswer(_ line: String) -> KeyAnswer? {
    guard !isCovered, let question = conversation.assessment.question else { return nil }
    let options = base.questions[question].options
    if line.count == 1, let digit = line.first?.digit {
      return digit >= 1 && digit <= options.count ? .option(digit - 1) : KeyAnswer.refused(.noSuchOption(digit))
    }
    let wanted: (Question.Answer) -> Bool
    switch line.lowercased() {
    case "y": wanted = { $0 == .value(.yes) }
    case "n": wanted = { $0 == .value(.no) || $0 == .denied }
    case "?", "？": wanted = { $0 == .evasive }
    default: return nil
    }
    return options.firstIndex { wanted($0.answer) }.map { .option($0) } ?? KeyAnswer.refused(.noSuchKey(line))
  }

  // MARK: Commands

  private mutating func run(_ name: String, _ argument: String) -> Outcome {
    guard let command = Command(rawValue: name) else {
      let known = Command.allCases.map(\.rawValue)
      return .said([Diagnostic(.unknownCommand(name, nearest: nearest(to: name, among: known))).rendered()])
    }
    if isCovered, !command.worksCovered { return .said([Message.uncoverFirst.text()]) }
    switch command {
    case .help: return .said(help)
    case .new: return startNewCase()
    case .why: return .said(why)
    case .steps:
      let steps = AdviceText(conversation.advice, channel: channel).checklist
      return .said(steps.isEmpty ? [Message.stepsNone.text()] : steps)
    case .card: return .said(card(argument))
    case .search: return .said(found(argument))
    case .undo: return undo()
    case .resume: return resume()
    case .channel: return .said(setChannel(argument))
    case .clear:
      guard !argument.isEmpty else { return .said([Message.clearUsage.text()]) }
      guard conversation.turnCount > 0 else { return .said([Diagnostic(.nothingToClear).rendered()]) }
      return record(.clearance(reason: argument))
    case .no:
      guard let question = conversation.assessment.question else { return .said([Diagnostic(.noQuestion).rendered()]) }
      return record(.dismissal(question: base.questions[question].id, reason: argument))
    case .done:
      guard let (step, _) = step(argument) else { return .said([Message.stepUsage.text()]) }
      return record(.stepDone(step))
    case .skip:
      guard let (step, reason) = step(argument) else { return .said([Message.stepUsage.text()]) }
      return record(.stepSkipped(step, reason: reason))
    case .override: return override(argument)
    case .note:
      guard !argument.isEmpty else { return .said([Message.noteUsage.text()]) }
      return record(.note(argument))
    case .business: return chooseBusiness(argument)
    case .sheet: return showSheet(argument)
    case .number:
      guard let check = NumberCheck(argument, in: base) else { return .said([Message.numberUsage.text()]) }
      return .said(check.lines.filter { !$0.isEmpty })
    case .cover:
      isCovered.toggle()
      return .repaint
    case .quit: return .quit
    }
  }

  /// By its letter, name or id; what to look at first comes with it.
  private mutating func chooseBusiness(_ name: String) -> Outcome {
    guard !name.isEmpty else { return .said(base.businesses.map { Message.businessKey($0.key, $0.name).text() }) }
    let found =
      base.businesses.first { $0.key == name.lowercased() || $0.id.text == name || $0.name == name }
      ?? base.businesses.first { $0.name.contains(name) }
    guard let found else { return .said([Diagnostic(.nothingFound(name)).rendered()]) }
    guard case .said(let lines) = record(.business(found.id)) else { return .nothing }
    return .said(lines + [found.watch])
  }

  /// The sheet that is called so, or the one closest to the case.
  private mutating func showSheet(_ name: String) -> Outcome {
    let tip = name.isEmpty ? conversation.sheet : base.tips.first { $0.id.text == name || $0.title.contains(name) }
    guard let tip else { return .said([Diagnostic(.nothingFound(name)).rendered()]) }
    guard case .said(let lines) = record(.sheetShown(tip.id, version: tip.revised)) else { return .nothing }
    return .said(SheetText(tip, in: base).lines + lines)
  }

  /// Takes back the last event; where nothing has been said yet, the change of case.
  private mutating func undo() -> Outcome {
    if let last = leftCase, conversation.events.count == eventsAtEntry {
      // A case that was taken up and is left again as it was is offered as before.
      if eventsAtEntry > 0 { offered = (conversation, caseNumber) }
      (conversation, caseNumber, casePosition) = last
      leftCase = nil
      eventsAtEntry = 0
      return .changedCase([Message.sameCaseAgain(caseNumber).text()])
    }
    guard let event = conversation.undo() else { return .said([Diagnostic(.nothingToUndo).rendered()]) }
    return .said([Message.undone(said(of: event)).text()])
  }

  /// What the console said, or was told, when an event came about.
  private func said(of event: Conversation.Event) -> String {
    switch event {
    case .turn(let line): line.text
    case .answer(let question, let option):
      base.question(question)?.options.first { $0.id == option }?.label ?? option.text
    case .clearance(let reason): Message.clearedNow(reason).text()
    case .dismissal(let question, _): Message.dismissed(base.question(question)?.text ?? question.text).text()
    case .stepDone(let step): Message.stepDone(text(of: step)).text()
    case .stepSkipped(let step, _): Message.stepSkipped(text(of: step)).text()
    case .override(let level, let reason): Message.overridden(level.rawValue, reason: reason).text()
    case .note(let text): Message.noted(text).text()
    case .business(let value): Message.businessChosen(name(of: value)).text()
    case .sheetShown(let sheet, let version):
      Message.sheetShown(base.tips.first { $0.id == sheet }?.title ?? sheet.text, version: version).text()
    }
  }

  private func name(of business: Fact.Value.ID) -> String {
    base.businesses.first { $0.id == business }?.name ?? business.text
  }

  private func text(of step: Procedure.Step.ID) -> String {
    base.procedures.lazy.flatMap(\.steps).first { $0.id == step }?.text ?? step.text
  }

  /// A command that adds an event and says which.
  private mutating func record(_ event: Conversation.Event) -> Outcome {
    conversation.apply(event)
    leftCase = nil
    return .said([said(of: event)])
  }

  /// A step by its number in `/steps`, with what is written behind it.
  private func step(_ argument: String) -> (id: Procedure.Step.ID, reason: String)? {
    let number = argument.prefix { !$0.isWhitespace }
    guard let position = Int(number), conversation.advice.steps.indices.contains(position - 1) else { return nil }
    return (Procedure.Step.ID(conversation.advice.steps[position - 1].id), argument.dropFirst(number.count).trimmed)
  }

  private mutating func override(_ argument: String) -> Outcome {
    let name = argument.prefix { !$0.isWhitespace }
    let reason = argument.dropFirst(name.count).trimmed
    guard let level = Level(named: String(name)), !reason.isEmpty else { return .said([Message.overrideUsage.text()]) }
    return record(.override(level, reason: reason))
  }

  private mutating func startNewCase() -> Outcome {
    // A case in which nothing happened yet keeps its number for the next customer.
    let isUnused = conversation.events.isEmpty
    if !isUnused { highestUsed = max(highestUsed, caseNumber) }
    if !isUnused || leftCase == nil { leftCase = (conversation, caseNumber, casePosition) }
    positions += 1
    casePosition = positions
    eventsAtEntry = 0
    conversation = Conversation(engine: engine, channel: channel)
    caseNumber = isUnused ? caseNumber : highestUsed + 1
    return .changedCase([Message.newCase(caseNumber).text()])
  }

  /// Takes up the case that was left open the last time.
  private mutating func resume() -> Outcome {
    guard let offer = offered else { return .said([Diagnostic(.nothingToResume).rendered()]) }
    if !conversation.events.isEmpty || leftCase == nil { leftCase = (conversation, caseNumber, casePosition) }
    highestUsed = max(highestUsed, conversation.events.isEmpty ? caseNumber - 1 : caseNumber)
    positions += 1
    casePosition = positions
    (conversation, caseNumber) = offer
    eventsAtEntry = conversation.events.count
    offered = nil
    return .changedCase([Message.resumed(caseNumber, turns: conversation.turnCount).text()])
  }

  private var help: [String] {
    [Message.helpHead.text()]
      + Command.allCases.map { Message.helpCommand($0.usage, $0.help).text() }
      + [Message.helpAnswer.text(), Message.helpSpeakers.text()]
  }

  /// The strongest reasons with the words they rest on, what contradicts, and why not higher.
  private var why: [String] {
    let advice = conversation.advice
    let text = AdviceText(advice, channel: channel)
    let strongest = advice.evidence.sorted { abs($0.weight) > abs($1.weight) }.prefix(4)
    return [text.headline] + advice.reasons.map { "  \($0)" }
      + strongest.map { item in
        let fact = base.fact(Fact.ID(item.fact))
        let label = fact?.values.first { $0.id.text == item.value }?.label ?? item.value
        return Message.whyContribution(
          Message.factValue(name: fact?.name ?? item.fact, value: label).text(), quote: item.quote,
          turn: item.turn, weight: item.weight
        ).text()
      }
      + advice.contradictions.map {
        Message.whyContradiction($0.quotes[0], $0.quotes[1], $0.turns[0], $0.turns[1]).text()
      }
      + [Message.whyNotHigher(advice.whyNotHigher).text()]
  }

  private func card(_ name: String) -> [String] {
    guard !name.isEmpty else { return [Message.cardUsage.text()] }
    if let card = KnowledgeCard(name, in: base, channel: channel) { return card.lines }
    guard let best = search(name, limit: 1).first, let card = KnowledgeCard(best.id, in: base, channel: channel) else {
      return [Diagnostic(.nothingFound(name)).rendered()]
    }
    return card.lines
  }

  private func found(_ words: String) -> [String] {
    guard !words.isEmpty else { return [Message.searchUsage.text()] }
    let hits = search(words)
    if hits.isEmpty { return [Diagnostic(.nothingFound(words)).rendered()] }
    return hits.map { Message.searchHit(id: $0.id, name: $0.name, summary: $0.summary).text() }
  }

  /// Starts the conversation over on another channel, with the same words.
  private mutating func setChannel(_ name: String) -> [String] {
    let names: [String: Channel] = [
      "counter": .counter, "柜面": .counter, "柜台": .counter, "hotline": .hotline, "热线": .hotline,
    ]
    guard let channel = names[name.lowercased()] else {
      return [
        Diagnostic(
          .notInVocabulary(
            field: "/channel", value: name, allowed: Channel.allCases.map(\.rawValue),
            nearest: nearest(to: name, among: Channel.allCases.map(\.rawValue)))
        ).rendered()
      ]
    }
    conversation = conversation.moved(to: channel)
    return [Message.channelSet(Message.channelName(channel.rawValue).text()).text()]
  }

  // MARK: Completion

  /// What may stand where the last word of a command line is being typed, each with what it is.
  public func completions(for line: String) -> [(word: String, description: String)] {
    guard !isCovered, let (name, _) = Command.parse(line) else { return [] }
    guard line.contains(" ") else {
      return Command.allCases.filter { $0.rawValue.hasPrefix(name) }.map { ("/" + $0.rawValue, $0.help) }
    }
    let typed = line.drop { $0 != " " }.dropFirst().trimmed
    switch Command(rawValue: name) {
    case .card:
      return base.hypotheses.flatMap { item in [(item.short, item.name), (item.id.text, item.name)] }
        .filter { $0.0.hasPrefix(typed) }
    case .business:
      return base.businesses.map { ($0.name, Message.businessKey($0.key, $0.name).text()) }.filter { $0.0.hasPrefix(typed) }
    case .sheet:
      return base.tips.map { ($0.id.text, $0.title) }.filter { $0.0.hasPrefix(typed) }
    case .channel:
      return Channel.allCases.map { ($0.rawValue, Message.channelName($0.rawValue).text()) }
        .filter { $0.0.hasPrefix(typed) }
    default: return []
    }
  }

  /// What of a line may be kept in the history of commands; nil when none of it may. An argument is kept only when it
  /// names something of ours: anything else may be a customer's word.
  public func historyEntry(_ line: String) -> String? {
    guard let (name, argument) = Command.parse(line), let command = Command(rawValue: name) else { return nil }
    let isOurs =
      switch command {
      case .card: KnowledgeCard(argument, in: base) != nil
      case .channel: Channel(rawValue: argument.lowercased()) != nil
      case .business: base.businesses.contains { $0.key == argument || $0.name == argument || $0.id.text == argument }
      case .sheet: base.tips.contains { $0.id.text == argument }
      default: false
      }
    return isOurs ? "/\(name) \(argument)" : "/\(name)"
  }
}

extension Character {
  /// A decimal digit as keyboards and input methods type it, of half or full width.
  fileprivate var digit: Int? {
    ("0"..."9").contains(self) || ("\u{FF10}"..."\u{FF19}").contains(self) ? wholeNumberValue : nil
  }
}

extension Level {
  /// As the operator writes it: the word, the contract's name, or the number.
  fileprivate init?(named name: String) {
    let word = name == "报警" ? "上报" : name.lowercased()
    guard let level = Self.allCases.first(where: { [Message.levelNames[$0.rawValue], $0.name, "\($0.rawValue)"].contains(word) })
    else { return nil }
    self = level
  }
}
