import FanzhaCatalogue

/// An ordered checklist with contacts: the escalation ladder, stop payment, discreet handling.
public struct Procedure: Sendable {
  public typealias ID = Identifier<Procedure>

  public let id: ID
  public let name: String
  /// Smaller is more urgent.
  public let urgency: Int
  public let summary: String
  public let steps: [Step]
  public let sources: [String]
  public let place: Place

  public struct Step: Sendable {
    public typealias ID = Identifier<Step>

    public let id: ID
    /// Counter wording: neutral.
    public let text: String
    public let hotline: String?
    public let contact: Contact.ID?
    public let due: Due
    /// What staff say or see when it has been done.
    public let doneHeard: [Phrase]
  }

  public enum Due: String, CaseIterable, Sendable, Codable {
    case now, next, later, done
  }

  /// The procedures that advice lists by name (DESIGN §5), most urgent first; all others show in its steps.
  public static let listed: [ID] = ["safety", "cut-control", "stop-payment", "secure-account", "discreet"]
}

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

/// A sentence to say aloud that belongs to a moment rather than to a pattern.
public struct Script: Sendable {
  public typealias ID = Identifier<Script>

  public enum Moment: String, CaseIterable, Sendable {
    case opening, asking, clear, pause, report
    case cutControl = "cut-control"
    case stopPayment = "stop-payment"
    case secureAccount = "secure-account"
    case safety, discreet, listening
    case inquiryOK = "inquiry-ok"
  }

  public let id: ID
  public let moment: Moment
  public let text: String
  public let hotline: String?
  public let sources: [String]
  public let place: Place
}

/// What is never said or done, whatever the case.
public struct Taboo: Sendable {
  public typealias ID = Identifier<Taboo>

  public let id: ID
  public let text: String
  public let sources: [String]
  public let place: Place
}

/// Where a piece of knowledge comes from.
public struct Source: Sendable {
  public typealias ID = Identifier<Source>

  public let id: ID
  public let title: String
  /// A official, B reprint of formal media, C weak; nil for our own and for whole documents.
  public let grade: String?
  public let place: Place
}
