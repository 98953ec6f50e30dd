// The few facts and contacts that the program itself speaks of; every other is known to the knowledge base alone.

extension Fact.ID {
  public static let moneyStatus: Self = "money.status"
  public static let screenControl: Self = "control.screen"
  public static let call: Self = "control.call"
  public static let credentialsGiven: Self = "credentials.given"
  public static let danger: Self = "danger.person"
  public static let collectorWaiting: Self = "collector.waiting"
  public static let counterpartyListening: Self = "counterparty.listening"
  public static let evasive: Self = "conduct.evasive"
  public static let contradicts: Self = "conduct.contradicts"
  public static let purpose: Self = "payment.purpose"
  public static let inquiry: Self = "inquiry.asking"
  public static let business: Self = "business.kind"
  public static let insists: Self = "customer.insists"
  public static let customerGroup: Self = "customer.group"
}

extension Contact.ID {
  /// The police: whichever ladder the call stands on, it is due at once at the highest level.
  public static let police: Self = "110"
}

extension Fact.Value.ID {
  public static let yes: Self = "yes"
  public static let no: Self = "no"
}

extension FactValue {
  /// What a base must have for the program to work with it.
  static let wellKnown: [FactValue] =
    ["not-sent", "sending", "sent"].map { FactValue(.moneyStatus, Fact.Value.ID($0)) }
    + ["live", "refuses-hang-up", "hung-up"].map { FactValue(.call, Fact.Value.ID($0)) }
    + [
      .screenControl, .credentialsGiven, .danger, .collectorWaiting, .counterpartyListening, .evasive, .contradicts,
      .inquiry,
    ].map { FactValue($0, .yes) }

  /// Whether the program itself speaks of a fact.
  public static func isWellKnown(_ fact: Fact.ID) -> Bool { wellKnown.contains { $0.fact == fact } }
}
