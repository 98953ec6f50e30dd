import FanzhaCatalogue

/// Somebody to call. The only place a phone number may come from.
public struct Contact: Sendable {
  public typealias ID = Identifier<Contact>

  public let id: ID
  public let name: String
  /// Nil for a local contact that has not been filled in.
  public let number: String?
  public let purpose: String
  public let notFor: String?
  /// V verified, CK common knowledge, C weakly sourced; nil for local ones.
  public let grade: String?
  public let isLocal: Bool
  public let sources: [String]
  public let place: Place
}
