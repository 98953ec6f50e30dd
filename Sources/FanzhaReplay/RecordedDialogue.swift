import FanzhaDialogue
import FanzhaKnowledge

/// A recorded conversation (DESIGN §5). Unknown fields are ignored.
public struct RecordedDialogue: Sendable, Codable {
  public let id: String
  /// Nil where the recording does not say.
  public let channel: Channel?
  /// What an expert says of it. Never read by the engine.
  public let truth: Truth?
  /// Who wrote it, where that is said: what one author wrote is alike.
  public let author: String?
  /// What was done before the first turn.
  public var acts: [Turn.Act]?
  public let turns: [Turn]

  public struct Turn: Sendable, Codable {
    public let speaker: Speaker
    public let text: String
    /// The option that was chosen by its number; `text` is then its label.
    public var answer: Answer?
    /// What was done after it and before the next.
    public var acts: [Act]?

    public struct Answer: Sendable, Codable {
      public let question: String
      public let option: String
    }

    public struct Act: Sendable, Codable {
      public enum Kind: String, Sendable, Codable {
        case clearance, dismissal, override, note, business, sheet
        case stepDone = "step-done"
        case stepSkipped = "step-skipped"
      }

      public let kind: Kind
      /// Of the question, step, business or sheet.
      public let id: String?
      public let level: Int?
      public let text: String?
    }

    public init(speaker: Speaker, text: String) {
      self.speaker = speaker
      self.text = text
    }

    public var line: SpokenLine { SpokenLine(speaker: speaker, text: text) }
  }

  public struct Truth: Sendable, Codable {
    public enum Verdict: String, Sendable, Codable { case scam, benign }

    public let verdict: Verdict
    /// Every family or purpose that counts as right.
    public let families: [String]
    public let levelMin: Int
    public let levelMax: Int
    public let procedures: Set<String>
    /// Procedures that are scored neither way.
    public let proceduresMaybe: Set<String>
    /// From 1: the turn by which an attentive expert would be sure.
    public let decisiveTurn: Int?

    /// With the bounds that hold where a recording gives none.
    init(family: String) {
      verdict = Hypothesis.families.contains(family) ? .scam : .benign
      families = [family]
      levelMin = verdict == .scam ? 2 : 0
      levelMax = verdict == .scam ? 3 : 1
      procedures = []
      proceduresMaybe = []
      decisiveTurn = nil
    }

    public func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(verdict, forKey: .verdict)
      try fields.encode(families, forKey: .families)
      try fields.encode(levelMin, forKey: .levelMin)
      try fields.encode(levelMax, forKey: .levelMax)
      try fields.encode(procedures.sorted(), forKey: .procedures)
      try fields.encode(proceduresMaybe.sorted(), forKey: .proceduresMaybe)
      try fields.encodeIfPresent(decisiveTurn, forKey: .decisiveTurn)
    }

    private enum CodingKeys: String, CodingKey {
      case verdict, family, families, procedures
      case levelMin = "level_min"
      case levelMax = "level_max"
      case proceduresMaybe = "procedures_maybe"
      case decisiveTurn = "decisive_turn"
    }

    public init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      verdict = try fields.decode(Verdict.self, forKey: .verdict)
      let family = try fields.decodeIfPresent(String.self, forKey: .family)
      families = try fields.decodeIfPresent([String].self, forKey: .families) ?? family.map { [$0] } ?? []
      levelMin = try fields.decodeIfPresent(Int.self, forKey: .levelMin) ?? (verdict == .scam ? 2 : 0)
      levelMax = try fields.decodeIfPresent(Int.self, forKey: .levelMax) ?? (verdict == .scam ? 3 : 1)
      procedures = Set(try fields.decodeIfPresent([String].self, forKey: .procedures) ?? [])
      proceduresMaybe = Set(try fields.decodeIfPresent([String].self, forKey: .proceduresMaybe) ?? [])
      decisiveTurn = try fields.decodeIfPresent(Int.self, forKey: .decisiveTurn)
    }
  }

  private enum CodingKeys: CodingKey { case id, channel, truth, author, acts, turns }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id) ?? ""
    channel = try fields.decodeIfPresent(Channel.self, forKey: .channel)
    truth = try fields.decodeIfPresent(Truth.self, forKey: .truth)
    author = try fields.decodeIfPresent(String.self, forKey: .author)
    acts = try fields.decodeIfPresent([Turn.Act].self, forKey: .acts)
    turns = try fields.decode([Turn].self, forKey: .turns)
  }

  /// - Parameter family: what an expert says it is; nil for a recording without truth.
  public init(id: String, channel: Channel?, turns: [Turn], family: String? = nil) {
    self.id = id
    self.channel = channel
    self.turns = turns
    truth = family.map(Truth.init)
    author = nil
  }
}

// MARK: A conversation as a recording

extension RecordedDialogue {
  /// Records what happened so that a replay goes through the same.
  public init(id: String, channel: Channel, events: [Conversation.Event], base: KnowledgeBase) {
    var turns: [Turn] = []
    var first: [Turn.Act] = []
    for event in events {
      switch event {
      case .turn(let line): turns.append(Turn(speaker: line.speaker, text: line.text))
      case .answer(let question, let option):
        let label = base.question(question)?.options.first { $0.id == option }?.label
        var turn = Turn(speaker: .customer, text: label ?? option.text)
        turn.answer = Turn.Answer(question: question.text, option: option.text)
        turns.append(turn)
      default:
        guard let act = Turn.Act(event) else { continue }
        if turns.isEmpty {
          first.append(act)
        } else {
          turns[turns.count - 1].acts = (turns[turns.count - 1].acts ?? []) + [act]
        }
      }
    }
    self.init(id: id, channel: channel, turns: turns)
    acts = first.isEmpty ? nil : first
  }
}

extension RecordedDialogue.Turn {
  /// What happened in the turn, in order.
  var events: [Conversation.Event] {
    let said = answer.map { Conversation.Event.answer(question: Question.ID($0.question), option: Question.Option.ID($0.option)) }
    return [said ?? .turn(line)] + (acts ?? []).compactMap(\.event)
  }
}

extension RecordedDialogue.Turn.Act {
  fileprivate init?(_ event: Conversation.Event) {
    switch event {
    case .turn, .answer: return nil
    case .clearance(let reason): self.init(kind: .clearance, id: nil, level: nil, text: reason)
    case .dismissal(let question, let reason): self.init(kind: .dismissal, id: question.text, level: nil, text: reason)
    case .stepDone(let step): self.init(kind: .stepDone, id: step.text, level: nil, text: nil)
    case .stepSkipped(let step, let reason): self.init(kind: .stepSkipped, id: step.text, level: nil, text: reason)
    case .override(let level, let reason): self.init(kind: .override, id: nil, level: level.rawValue, text: reason)
    case .note(let text): self.init(kind: .note, id: nil, level: nil, text: text)
    case .business(let value): self.init(kind: .business, id: value.text, level: nil, text: nil)
    case .sheetShown(let sheet, let version): self.init(kind: .sheet, id: sheet.text, level: nil, text: version)
    }
  }

  /// Nil when a part of it is missing.
  var event: Conversation.Event? {
    let text = text ?? ""
    return switch kind {
    case .clearance: .clearance(reason: text)
    case .dismissal: id.map { .dismissal(question: Question.ID($0), reason: text) }
    case .stepDone: id.map { .stepDone(Procedure.Step.ID($0)) }
    case .stepSkipped: id.map { .stepSkipped(Procedure.Step.ID($0), reason: text) }
    case .override: level.flatMap(Level.init(rawValue:)).map { .override($0, reason: text) }
    case .note: .note(text)
    case .business: id.map { .business(Fact.Value.ID($0)) }
    case .sheet: id.map { .sheetShown(Tip.ID($0), version: text) }
    }
  }
}

/// The advice after one turn, as `replay` and `advise` print it, one JSON object a line.
public struct TurnReport: Sendable, Encodable {
  /// Nil for `advise`, where there is no recording.
  public let dialogue: String?
  /// From 1, over all speakers.
  public let turn: Int
  public let speaker: Speaker
  public let advice: Advice

  public init(dialogue: String?, turn: Int, speaker: Speaker, advice: Advice) {
    self.dialogue = dialogue
    self.turn = turn
    self.speaker = speaker
    self.advice = advice
  }
}

/// Plays recordings through an engine.
public struct Replay: Sendable {
  public let engine: Engine
  /// Where a recording does not say.
  public let defaultChannel: Channel

  public init(engine: Engine, defaultChannel: Channel) {
    self.engine = engine
    self.defaultChannel = defaultChannel
  }

  public func callAsFunction(_ dialogue: RecordedDialogue) -> [TurnReport] {
    self(dialogue) { _ in }
  }

  /// - Parameter happened: called with the conversation after each event.
  public func callAsFunction(_ dialogue: RecordedDialogue, happened: (Conversation) -> Void) -> [TurnReport] {
    var conversation = Conversation(engine: engine, channel: dialogue.channel ?? defaultChannel)
    for event in (dialogue.acts ?? []).compactMap(\.event) where conversation.apply(event) { happened(conversation) }
    return dialogue.turns.enumerated().map { index, turn in
      for event in turn.events {
        // An answer to a question that this base does not have is still what was said.
        if conversation.apply(event) || conversation.apply(.turn(turn.line)) { happened(conversation) }
      }
      return TurnReport(dialogue: dialogue.id, turn: index + 1, speaker: turn.speaker, advice: conversation.advice)
    }
  }
}
