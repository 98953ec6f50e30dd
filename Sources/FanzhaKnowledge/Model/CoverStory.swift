import FanzhaCatalogue

/// What a coached customer says, the question the coach did not prepare, and what settles it.
public struct CoverStory: Sendable {
  public typealias ID = Identifier<CoverStory>

  public let id: ID
  public let says: String
  /// The fact that these words set, where there is one.
  public let claims: FactValue?
  /// Said aloud: what the coach did not prepare.
  public let followUp: String
  /// The question of ours that comes nearest to it.
  public let ask: Question.ID?
  /// The artefact, or the check, that settles it either way.
  public let settles: String
  public let sources: [String]
  public let place: Place
}
