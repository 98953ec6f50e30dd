import FanzhaKnowledge

/// A line of input with who speaks: `客户:…`, `柜员:…`, `观察:…`, `对方:…`, or no prefix for the customer.
public struct SpokenLine: Sendable, Equatable {
  public let speaker: Speaker
  public let text: String

  public init(speaker: Speaker, text: String) {
    self.speaker = speaker
    self.text = text
  }

  /// Reads a prefix if there is one; either kind of colon will do.
  public init(parsing line: some StringProtocol) {
    let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
    if let colon = trimmed.prefix(Self.longestPrefix).firstIndex(where: { $0 == ":" || $0 == "：" }) {
      let name = trimmed[..<colon].lowercased()
      if let speaker = Self.prefixes[name] {
        let rest = trimmed[trimmed.index(after: colon)...].drop { $0 == " " }
        self.init(speaker: speaker, text: String(rest))
        return
      }
    }
    self.init(speaker: .customer, text: String(line))
  }

  private static let longestPrefix = 14
  private static let prefixes: [String: Speaker] = [
    "客户": .customer, "顾客": .customer, "来电人": .customer, "事主": .customer, "customer": .customer,
    "柜员": .staff, "热线": .staff, "主管": .staff, "staff": .staff,
    "观察": .observation, "observation": .observation,
    "对方": .counterparty, "counterparty": .counterparty,
  ]
}
