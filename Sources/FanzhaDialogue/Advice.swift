import FanzhaKnowledge

/// What the console shows and programs read: the JSON of the contract (DESIGN §5), field by field.
public struct Advice: Sendable, Equatable, Codable {
  public let level: Int
  public let levelName: String
  /// Sum over all patterns.
  public let scamProbability: Double
  public let reasons: [String]
  /// Those of the reasons that set a level by themselves; neutral in wording.
  public let redFlags: [String]
  public let whyNotHigher: String
  public let situation: Situation
  /// Those the case calls for so far, most urgent first.
  public let procedures: [String]
  public let mandatory: [Mandatory]
  /// Most probable first; the tail is cut.
  public let suspects: [Suspect]
  public let evidence: [Evidence]
  public let contradictions: [Contradiction]
  /// Nil when none is worth asking.
  public let question: Question?
  public let script: String
  public let steps: [Step]
  public let knowledgeVersion: String

  public struct Situation: Sendable, Equatable, Codable {
    public let money: String
    public let screenShared: Bool
    public let credentialsGiven: Bool
    public let danger: Bool
    public let counterpartyListening: Bool
    public let collectorWaiting: Bool
  }

  public struct Mandatory: Sendable, Equatable, Codable {
    public let id: String
    public let label: String
    public let done: Bool
  }

  public struct Suspect: Sendable, Equatable, Codable {
    public let id: String
    public let family: String
    public let kind: Hypothesis.Kind
    public let probability: Double
    /// Short name, fit for a screen the customer may see.
    public let short: String
  }

  public struct Evidence: Sendable, Equatable, Codable {
    public let fact: String
    public let value: String
    /// True when the customer said that it is not so.
    public let denied: Bool
    public let quote: String
    /// From 1, over all speakers.
    public let turn: Int
    /// Nats toward a scam. The channel's prior and all weights add up to the log-odds of
    /// ``Advice/scamProbability``.
    public let weight: Double
  }

  public struct Contradiction: Sendable, Equatable, Codable {
    public let fact: String
    public let turns: [Int]
    public let quotes: [String]
  }

  public struct Question: Sendable, Equatable, Codable {
    public let id: String
    public let text: String
    public let reason: String
    public let options: [Option]

    public struct Option: Sendable, Equatable, Codable {
      public let id: String
      public let label: String
    }

  }

  public struct Step: Sendable, Equatable, Codable {
    public let id: String
    public let text: String
    /// A number or a name to call; nil when the step calls nobody.
    public let contact: String?
    public let due: Procedure.Due
    public let who: Procedure.Role
    /// Minutes from the start of the procedure; nil where there is no such proposal.
    public let within: Int?
    /// CK or C where the step rests on what nobody has verified.
    public let mark: Caveat?

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encode(text, forKey: .text)
      // Every field is there, even when it is null.
      try container.encode(contact, forKey: .contact)
      try container.encode(due, forKey: .due)
      try container.encode(who, forKey: .who)
      try container.encode(within, forKey: .within)
      try container.encode(mark, forKey: .mark)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(level, forKey: .level)
    try container.encode(levelName, forKey: .levelName)
    try container.encode(scamProbability, forKey: .scamProbability)
    try container.encode(reasons, forKey: .reasons)
    try container.encode(redFlags, forKey: .redFlags)
    try container.encode(whyNotHigher, forKey: .whyNotHigher)
    try container.encode(situation, forKey: .situation)
    try container.encode(procedures, forKey: .procedures)
    try container.encode(mandatory, forKey: .mandatory)
    try container.encode(suspects, forKey: .suspects)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(contradictions, forKey: .contradictions)
    try container.encode(question, forKey: .question)
    try container.encode(script, forKey: .script)
    try container.encode(steps, forKey: .steps)
    try container.encode(knowledgeVersion, forKey: .knowledgeVersion)
  }
}
