import FanzhaCatalogue

/// What a customer gets to read: a risk sheet (转账风险提示书), a sheet for a group, steps, slogans.
public struct Tip: Sendable {
  public typealias ID = Identifier<Tip>

  public enum Kind: String, CaseIterable, Sendable {
    /// Read before a transfer, ticked and signed by the customer alone (seed 篇十).
    case riskSheet = "risk-sheet"
    case groupSheet = "group-sheet"
    case appSteps = "app-steps"
    case slogans
  }

  public let id: ID
  public let kind: Kind
  public let title: String
  /// Families of a risk sheet, groups of a group sheet; empty for what is for everybody.
  public let audience: [String]
  public let lead: String
  public let points: [String]
  /// What the customer confirms, statement by statement.
  public let confirm: [String]
  /// What to do when one of them is not so.
  public let actions: [String]
  public let caveat: Caveat?
  public let sources: [String]
  /// Day of the last change, ISO 8601: the version that is recorded as shown.
  public let revised: String
  public let place: Place
}

/// A real case of the neighbourhood, for the sheets. Only an overlay has any: nothing is invented.
public struct LocalCase: Sendable {
  public let id: String
  /// ISO 8601.
  public let date: String
  /// Family id.
  public let family: String
  public let text: String
  public let place: Place
}

/// A large card for a customer who does not hear, read or speak, or while somebody listens on the phone.
public struct ShowCard: Sendable {
  public typealias ID = Identifier<ShowCard>

  public enum Answers: String, CaseIterable, Sendable {
    case yesNo = "yes-no"
    case none
  }

  public let id: ID
  public let text: String
  public let picture: String
  public let answers: Answers
  /// The question it stands for.
  public let question: Question.ID?
  public let sources: [String]
  public let place: Place
}
