import FanzhaCatalogue

/// A question staff can put: it asks for one fact.
public struct Question: Sendable {
  public typealias ID = Identifier<Question>

  public let id: ID
  public let topic: String
  public let asks: Fact.ID
  /// For a fact of kind `many`: the one value that is asked about.
  public let about: Fact.Value.ID?
  /// As a teller says it aloud.
  public let text: String
  /// Another wording to ask again minutes later.
  public let again: String?
  public let hotline: String?
  /// One line: why this is worth asking.
  public let reason: String
  /// Families or purposes one of which must be plausible; empty means always.
  public let relevantTo: [String]
  /// It is put only when one of these holds; empty means always.
  public let ifAny: [Condition]
  /// When any of these holds, it is not to be asked.
  public let unless: [Condition]
  public let friction: Friction
  public let options: [Option]
  /// Phrases by which a staff turn in free words is recognised as this question.
  public let heard: [Phrase]
  public let sources: [String]
  public let place: Place

  /// What it costs an honest customer to be asked.
  public enum Friction: String, CaseIterable, Sendable {
    case low, medium, high
  }

  public struct Option: Sendable {
    public typealias ID = Identifier<Option>

    public let id: ID
    public let label: String
    public let answer: Answer
    /// Short answers that mean this option right after the question was put.
    public let heard: [Phrase]
  }

  /// What choosing an option says.
  public enum Answer: Sendable, Equatable {
    case value(Fact.Value.ID)
    /// For a `many` fact: the value asked about does not hold.
    case denied
    /// Dodged: sets `conduct.evasive` instead of the fact.
    case evasive
  }
}
