import FanzhaCatalogue

/// An ordered checklist with contacts: the escalation ladder, stop payment, discreet handling.
public struct Procedure: Sendable {
  public typealias ID = Identifier<Procedure>

  public let id: ID
  public let name: String
  /// Smaller is more urgent.
  public let urgency: Int
  /// Nil where it belongs to both.
  public let channel: Channel?
  public let summary: String
  /// Deadlines of law or of the institution that run in it.
  public let clocks: [Clock]
  public let steps: [Step]
  public let sources: [String]
  public let place: Place

  public struct Step: Sendable {
    public typealias ID = Identifier<Step>

    public let id: ID
    public let who: Role
    /// Counter wording: neutral.
    public let text: String
    public let hotline: String?
    public let contact: Contact.ID?
    public let due: Due
    /// Minutes from the start of the procedure; our own proposal, not a rule.
    public let within: Int?
    /// It is part of the procedure only when one of these holds; empty means always.
    public let ifAny: [Condition]
    /// When any of these holds, it is left out.
    public let unless: [Condition]
    public let caveat: Caveat?
    /// What staff say or see when it has been done.
    public let doneHeard: [Phrase]
  }

  /// Who does a step, by what they are in a branch or on the line.
  public enum Role: String, CaseIterable, Sendable, Codable {
    /// 柜员 at the counter, 接线员 on the line.
    case front
    case lobby
    /// 主管, 值班长.
    case second
    /// 主管行长, 带班领导.
    case head
    case customer, family, police
  }

  /// A deadline that begins with something somebody else does.
  public struct Clock: Sendable {
    public let name: String
    public let hours: Int
    /// What it runs from.
    public let starts: String
    public let note: String?
    public let caveat: Caveat?
    public let sources: [String]
    public let place: Place
  }

  public enum Due: String, CaseIterable, Sendable, Codable {
    case now, next, later, done
  }

  /// The procedures that advice lists by name (DESIGN §5), most urgent first; all others show in its steps.
  public static let listed: [ID] = ["safety", "cut-control", "stop-payment", "secure-account", "discreet"]
}
