import FanzhaKnowledge

/// Everything understood from one utterance.
public struct Reading: Sendable {
  public let speaker: Speaker
  public let cues: [Cue]
  public let amounts: [Amount]
  /// What the turn puts to the customer, when staff speak.
  public let puts: [Put]
  /// How it answers what was put before it.
  public let answers: [Answer]
  /// Steps of procedures that the words say were done.
  public let stepsDone: [StepReference]
  /// What it says, run by run; empty for staff's words, which are the same whatever the matter.
  public let runs: CharacterRuns

  /// A phrase seen in the text that sets a fact's value.
  public struct Cue: Sendable, Equatable {
    /// Position in the knowledge base's facts.
    public let fact: Int
    /// Position among the fact's values.
    public let value: Int
    public let polarity: Polarity
    /// As typed.
    public let quote: String
    /// The words it rests on, by their places in the normalised text. Cues come in reading order.
    public let words: [Range<Int>]
  }

  /// How a cue is meant.
  public enum Polarity: String, Sendable {
    case affirmed, denied
    /// Supposed, not said to be so.
    case hypothetical
    /// A warning, or somebody else's story.
    case quoted
  }

  /// A question that was put: one of ours, or one about a value in staff's own words.
  public enum Put: Sendable, Hashable {
    case question(Int)
    case value(fact: Int, value: Int)
  }

  /// A short reply read against what was put before it.
  public enum Answer: Sendable, Equatable {
    case option(question: Int, option: Int)
    /// Yes or no to a value that staff asked about in their own words.
    case polar(fact: Int, value: Int, holds: Bool)
    case evasive
  }

  public struct StepReference: Sendable, Hashable {
    public let procedure: Procedure.ID
    public let step: Procedure.Step.ID
  }
}
