import FanzhaCatalogue

/// One thing worth knowing about a case, with a closed set of values.
public struct Fact: Sendable {
  public typealias ID = Identifier<Fact>

  /// How many values can hold at once.
  public enum Kind: String, CaseIterable, Sendable {
    /// Values exclude each other.
    case one
    /// Yes or no: a denied `yes` is a `no`.
    case flag
    /// Several may hold at once; each counts by itself.
    case many
  }

  /// Which of several statements about the same fact stands.
  public enum Resolution: String, CaseIterable, Sendable {
    /// The one that weighs most toward a scam, until an artefact or independent check says otherwise:
    /// persuaded is not disproved.
    case riskiest
    /// The last one: states that really change (a call that was hung up).
    case latest
    /// The one listed furthest down among the values: states that do not reverse (money that has gone).
    case furthest
  }

  public let id: ID
  public let topic: String
  /// What it is called on screen.
  public let name: String
  public let kind: Kind
  /// Facts of one group are different views of one thing: the strongest counts in full, others less.
  public let group: String
  /// Carries no evidence for or against a hypothesis; it matters to the situation only.
  public let weightless: Bool
  public let resolution: Resolution
  /// For kind `many`: how often the subject comes up at all where a hypothesis lists none of its values.
  public let comesUp: (underPattern: Likelihood, underPurpose: Likelihood)?
  /// Whose words may set it.
  public let heardFrom: Set<Speaker>
  public let values: [Value]
  /// Words that sound like one of the values and mean none: 他给我转了五千 is no payment of the customer's.
  public let except: [Phrase]
  public let sources: [String]
  public let place: Place

  /// One value of a fact, with the phrases that reveal it.
  public struct Value: Sendable {
    public typealias ID = Identifier<Value>

    public let id: ID
    public let label: String
    /// How often it is met under a pattern that does not list it among its signs.
    public let baseUnderPattern: Likelihood
    /// How often it is met under a purpose that does not list it among its signs.
    public let baseUnderPurpose: Likelihood
    public let phrases: [Phrase]
    public let place: Place
  }

  /// Position of a value by its id; nil when the fact has no such value.
  public func index(of value: Value.ID) -> Int? {
    values.firstIndex { $0.id == value }
  }
}

/// A fact together with one of its values: `payee.relation = met-online`.
public struct FactValue: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let fact: Fact.ID
  public let value: Fact.Value.ID

  public init(_ fact: Fact.ID, _ value: Fact.Value.ID) {
    self.fact = fact
    self.value = value
  }

  public var description: String { "\(fact) = \(value)" }

  public static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.fact, lhs.value) < (rhs.fact, rhs.value)
  }
}

/// Whose words a turn holds.
public enum Speaker: String, CaseIterable, Sendable, Codable {
  /// The person at the counter or on the line.
  case customer
  case staff
  /// What staff see: an earphone, somebody waiting outside.
  case observation
  /// Words of the other side as heard, pasted or read out.
  case counterparty
}
