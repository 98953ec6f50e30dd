import FanzhaKnowledge

/// One statement about one fact, by whom and when. What the ledger is made of.
public struct Finding: Sendable, Equatable {
  /// Position in the knowledge base's facts.
  public let fact: Int
  /// Position among the fact's values.
  public let value: Int
  /// False when the value was denied.
  public let holds: Bool
  public let basis: Basis
  /// From 1, over all speakers.
  public let turn: Int
  /// The words it rests on, as typed.
  public let quote: String
  /// Places of those words in the turn; two findings that share a place rest on the same words.
  public let words: [Range<Int>]

  public init(
    fact: Int, value: Int, holds: Bool, basis: Basis, turn: Int, quote: String, words: [Range<Int>] = []
  ) {
    self.fact = fact
    self.value = value
    self.holds = holds
    self.basis = basis
    self.turn = turn
    self.quote = quote
    self.words = words
  }

  /// How far it can be trusted.
  public enum Basis: Sendable, Equatable {
    /// Said by the customer; victims are coached to lie.
    case words
    /// Said by the other side, as heard.
    case counterparty
    /// Seen by staff, shown on paper, or checked independently.
    case artefact
  }
}
