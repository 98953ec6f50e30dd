import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge

/// What the console does with a line, without a terminal: the live console and the plain session share it.
public struct Session: Sendable {
  public private(set) var conversation: Conversation
  public private(set) var caseNumber = 1
  /// While covered, nothing of the case may be on screen.
  public private(set) var isCovered = false
  private let engine: Engine
  private let search: KnowledgeSearch

  /// What a line led to.
  public enum Outcome: Sendable, Equatable {
    /// A turn was taken; the advice has changed.
    case turn(SpokenLine)
    /// A command answered with lines.
    case said([String])
    case nothing
    /// The screen is to be painted anew: covered or uncovered.
    case repaint
    case quit
  }

  public init(engine: Engine, channel: Channel) {
    self.engine = engine
    conversation = Conversation(engine: engine, channel: channel)
    search = KnowledgeSearch(engine.base)
  }

  public var channel: Channel { conversation.channel }
  public var base: KnowledgeBase { engine.base }
  public var prompt: String {
    isCovered ? "> " : Message.prompt(caseNumber: caseNumber, turn: conversation.turnCount + 1).text()
  }

  /// Takes one line: a command, an answer by key, or words.
  public mutating func enter(_ line: String) -> Outcome {
    if let (name, argument) = Command.parse(line) { return run(name, argument) }
    let trimmed = line.trimmed
    if trimmed.isEmpty { return .nothing }
    if let option = optionChosen(by: trimmed) {
      guard let option else {
        return .said([Diagnostic(.noSuchOption(Int(trimmed) ?? 0)).rendered()])
      }
      _ = conversation.answer(option: option)
    } else {
      conversation.add(SpokenLine(parsing: line))
    }
    return conversation.lines.last.map(Outcome.turn) ?? .nothing
  }

  /// What the panel shows while a line is being typed.
  public func preview(_ line: String) -> Advice {
    let trimmed = line.trimmed
    if trimmed.isEmpty || Command.parse(line) != nil { return conversation.advice }
    if let option = optionChosen(by: trimmed) {
      var copy = conversation
      return option.flatMap { copy.answer(option: $0) } ?? conversation.advice
    }
    return conversation.preview(SpokenLine(parsing: line))
  }

  // MARK: Answers by key

  /// The option a one-key line chooses; nil when the line is words, `.some(nil)` when there is no such option.
  private func optionChosen(by line: String) -> Int?? {
    guard let question = conversation.assessment.question else { return nil }
    let options = base.questions[question].options
    if line.count == 1, let digit = line.first?.wholeNumberValue, line.first?.isASCII == true {
      return .some(digit >= 1 && digit <= options.count ? digit - 1 : nil)
    }
    let wanted: (Question.Answer) -> Bool
    switch line.lowercased() {
    case "y": wanted = { $0 == .value(.yes) }
    case "n": wanted = { $0 == .value(.no) || $0 == .denied }
    case "?", "？": wanted = { $0 == .evasive }
    default: return nil
    }
    return options.firstIndex { wanted($0.answer) }.map { .some($0) }
  }

  // MARK: Commands

  private mutating func run(_ name: String, _ argument: String) -> Outcome {
    guard let command = Command(rawValue: name) else {
      let known = Command.allCases.map(\.rawValue)
      return .said([Diagnostic(.unknownCommand(name, nearest: nearest(to: name, among: known))).rendered()])
    }
    switch command {
    case .help: return .said(help)
    case .new: return startNewCase()
    case .why: return .said(why)
    case .steps:
      let steps = AdviceText(conversation.advice, channel: channel).checklist
      return .said(steps.isEmpty ? [Message.stepsNone.text()] : steps)
    case .card: return .said(card(argument))
    case .search: return .said(found(argument))
    case .undo:
      return .said([undone(conversation.undo())])
    case .channel: return .said(setChannel(argument))
    case .clear:
      guard !argument.isEmpty else { return .said([Message.clearUsage.text()]) }
      return .said([
        conversation.clear(reason: argument)
          ? Message.clearedNow(argument).text() : Diagnostic(.nothingToClear).rendered()
      ])
    case .cover:
      isCovered.toggle()
      return .repaint
    case .quit: return .quit
    }
  }

  private func undone(_ event: Conversation.Event?) -> String {
    switch event {
    case .turn(let line): Message.undone(line.text).text()
    case .clearance(let reason): Message.undone(Message.clearedNow(reason).text()).text()
    case nil: Diagnostic(.nothingToUndo).rendered()
    }
  }

  private mutating func startNewCase() -> Outcome {
    conversation = Conversation(engine: engine, channel: channel)
    caseNumber += 1
    return .said([Message.newCase(caseNumber).text()])
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
    if let card = KnowledgeCard(name, in: base) { return card.lines }
    guard let best = search(name, limit: 1).first, let card = KnowledgeCard(best.id, in: base) else {
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
    guard let (name, _) = Command.parse(line) else { return [] }
    guard line.contains(" ") else {
      return Command.allCases.filter { $0.rawValue.hasPrefix(name) }.map { ("/" + $0.rawValue, $0.help) }
    }
    let typed = line.drop { $0 != " " }.dropFirst().trimmed
    switch Command(rawValue: name) {
    case .card:
      return base.hypotheses.flatMap { item in [(item.short, item.name), (item.id.text, item.name)] }
        .filter { $0.0.hasPrefix(typed) }
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
      default: false
      }
    return isOurs ? "/\(name) \(argument)" : "/\(name)"
  }
}
