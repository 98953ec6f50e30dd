import FanzhaDialogue
import FanzhaKnowledge

/// A recorded conversation (DESIGN §5). Unknown fields are ignored.
public struct RecordedDialogue: Sendable, Decodable {
  public let id: String
  /// Nil where the recording does not say.
  public let channel: Channel?
  /// What an expert says of it. Never read by the engine.
  public let truth: Truth?
  public let turns: [Turn]

  public struct Turn: Sendable, Decodable {
    public let speaker: Speaker
    public let text: String

    public var line: SpokenLine { SpokenLine(speaker: speaker, text: text) }
  }

  public struct Truth: Sendable, Decodable {
    public enum Verdict: String, Sendable, Decodable { case scam, benign }

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

  private enum CodingKeys: CodingKey { case id, channel, truth, turns }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id) ?? ""
    channel = try fields.decodeIfPresent(Channel.self, forKey: .channel)
    truth = try fields.decodeIfPresent(Truth.self, forKey: .truth)
    turns = try fields.decode([Turn].self, forKey: .turns)
  }

  public init(id: String, channel: Channel?, turns: [Turn]) {
    self.id = id
    self.channel = channel
    self.turns = turns
    truth = nil
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
    var conversation = Conversation(engine: engine, channel: dialogue.channel ?? defaultChannel)
    return dialogue.turns.enumerated().map { index, turn in
      TurnReport(
        dialogue: dialogue.id, turn: index + 1, speaker: turn.speaker, advice: conversation.add(turn.line))
    }
  }
}
