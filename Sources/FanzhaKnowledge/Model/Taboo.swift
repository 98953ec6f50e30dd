import FanzhaCatalogue

/// What is never said or done, whatever the case.
public struct Taboo: Sendable {
  public typealias ID = Identifier<Taboo>

  public let id: ID
  public let text: String
  public let sources: [String]
  public let place: Place
}
