import FanzhaCatalogue

/// What an institution sets for itself: priors, costs, thresholds, red flags, mandatory questions.
public struct Policy: Sendable {
  /// P(scam) before anything was said, by channel.
  public let priorOfScam: [Channel: Double]
  /// The same where nothing but words of the other side is known.
  public let priorOfScamWhenOnlyHeard: Double
  /// Scam probability from which the business is paused, given two independent signs.
  public let pauseFrom: Double
  /// Scam probability below which the business may go on at once, when no question is worth asking.
  public let proceedBelow: Double
  /// What settles a pause whatever it rests on: an independent check.
  public let settles: [FactValue]
  /// Purposes that go on the customer's word: nothing leaves to anybody else, or an official collects it.
  public let onWord: Set<String>
  /// How many independent signs a pause needs when no red flag stands.
  public let signsForPause: Int
  /// From how many nats toward a scam a fact counts as a sign.
  public let signWeight: Double
  /// Where any of these holds, the words of the case are kept sealed: shame and minors.
  public let sealsWords: [Condition]
  /// Weight of each further fact of a group, as a factor of the one before.
  public let groupDamping: Double
  /// How far a customer's word is trusted, against what was seen or checked.
  public let trust: Trust
  /// Costs that the choice of a question weighs, in one unit: letting a scam go = 100.
  public let costs: Costs
  public let redFlags: [RedFlag]
  /// What calls a procedure by itself.
  public let calls: [Call]
  /// Questions that go before any arithmetic, most urgent first (DESIGN §4, situation first).
  public let urgentQuestions: [QuestionRule]
  /// What a conversation opens with while nothing is known, by business; the first that fits.
  public let openingQuestions: [QuestionRule]
  public let mandatory: [Mandatory]
  /// What the institution really does, so that sentences which speak of it are true.
  public let practices: [Practice]
  public let sources: [String]

  /// Something an institution does or does not do: authorisation by two, reservation of cash.
  public struct Practice: Sendable {
    public typealias ID = Identifier<Practice>

    public let id: ID
    public let label: String
    public let holds: Bool
    public let place: Place
  }

  public struct QuestionRule: Sendable {
    public let question: Question.ID
    public let when: [Condition]
    public let place: Place
  }

  public struct Trust: Sendable {
    public let words: Double
    public let denial: Double
    public let artefact: Double
  }

  public struct Costs: Sendable {
    public let releasedScam: Double
    public let pausedHonest: Double
    public let friction: [Question.Friction: Double]
    public let topicJump: Double
    /// What a nat of knowledge about the family is worth once a scam is likely.
    public let familyKnowledge: Double
  }

  /// Facts that set a minimum level by themselves, past the arithmetic.
  public struct RedFlag: Sendable {
    public let id: String
    public let when: [Condition]
    public let unless: [Condition]
    public let level: Level
    public let reason: String
    public let place: Place
  }

  public struct Call: Sendable {
    public let procedure: Procedure.ID
    public let when: [Condition]
    public let unless: [Condition]
    public let place: Place
  }

  /// A tick in the strip of what must have been asked. Our own list, set per institution.
  public struct Mandatory: Sendable {
    public let id: String
    public let label: String
    /// Ticked when any of these facts is known.
    public let doneBy: [Fact.ID]
    public let place: Place
  }
}

public enum Channel: String, CaseIterable, Sendable, Codable {
  case counter, hotline
}

/// What to do now (DESIGN §1).
public enum Level: Int, CaseIterable, Comparable, Sendable, Codable {
  case proceed, verify, pause, report

  public static func < (lhs: Level, rhs: Level) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The name the JSON contract uses.
  public var name: String {
    switch self {
    case .proceed: "proceed"
    case .verify: "verify"
    case .pause: "pause"
    case .report: "report"
    }
  }
}

/// One clause of a rule, as policy writes it.
public enum Condition: Sendable, Equatable {
  /// `fact = value`
  case holds(FactValue)
  /// `fact known`
  case known(Fact.ID)
  /// `family = id`, the most probable hypothesis being of that family and probable enough to act on.
  case suspect(family: String)
  /// `level >= n`
  case level(atLeast: Level)
  /// `scam >= 0.5`: the sum over all patterns.
  case scam(atLeast: Double)
  /// `channel = counter`
  case channel(Channel)
}
