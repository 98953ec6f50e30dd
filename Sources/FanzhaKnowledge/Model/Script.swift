import FanzhaCatalogue

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
    /// The customer waits, or gives it up: one conclusion, two things to do, one time.
    case closing
  }

  public let id: ID
  public let moment: Moment
  public let text: String
  public let hotline: String?
  /// What the institution must really do for the sentence to be true; one it does not do silences the sentence.
  public let practice: Policy.Practice.ID?
  /// It fits only when one of these holds; empty means always.
  public let ifAny: [Condition]
  /// When any of these holds, it does not fit.
  public let unless: [Condition]
  public let sources: [String]
  public let place: Place
}
