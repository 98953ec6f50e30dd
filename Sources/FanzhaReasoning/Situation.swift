import FanzhaKnowledge

/// Where things stand now: decides what comes first, whatever the suspicion is.
public struct Situation: Sendable, Equatable {
  public enum Money: String, Sendable, Codable {
    case unknown
    case notSent = "not-sent"
    case sending
    case sent
  }

  public let money: Money
  public let screenShared: Bool
  public let credentialsGiven: Bool
  public let danger: Bool
  public let counterpartyListening: Bool
  public let collectorWaiting: Bool

  init(_ ledger: Ledger) {
    money = ledger.value(of: .moneyStatus).flatMap { Money(rawValue: $0.text) } ?? .unknown
    screenShared = ledger.holds(FactValue(.screenControl, .yes))
    credentialsGiven = ledger.holds(FactValue(.credentialsGiven, .yes))
    danger = ledger.holds(FactValue(.danger, .yes))
    collectorWaiting = ledger.holds(FactValue(.collectorWaiting, .yes))
    counterpartyListening =
      ledger.holds(FactValue(.counterpartyListening, .yes))
      || ledger.holds(FactValue(.call, "live")) || ledger.holds(FactValue(.call, "refuses-hang-up"))
  }
}
