import FanzhaCatalogue

/// A kind of business that customers come for: what to ask before a word is typed.
public struct Business: Sendable {
  /// The value of the fact `business.kind`.
  public let id: Fact.Value.ID
  public let name: String
  /// One letter that chooses it in the console.
  public let key: String
  public let first: Question.ID
  public let then: [Question.ID]
  /// What to look at first.
  public let watch: String
  public let sources: [String]
  public let place: Place
}
