import FanzhaCatalogue

/// Where a piece of knowledge comes from.
public struct Source: Sendable {
  public typealias ID = Identifier<Source>

  public let id: ID
  public let title: String
  /// A official, B reprint of formal media, C weak; nil for our own and for whole documents.
  public let grade: String?
  public let place: Place
}
