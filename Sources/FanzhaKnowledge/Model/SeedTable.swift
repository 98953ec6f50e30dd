import FanzhaCatalogue

/// Where every scam that the seed names has gone, and every class of the ministry's list of 2025.
public struct SeedTable: Sendable {
  public internal(set) var scams: [Entry] = []
  public internal(set) var ministryClasses: [Entry] = []

  /// The ids the seed's extraction gives its scams (seed §1).
  public static let ids = (1...40).map { $0 < 10 ? "S-SCAM-0\($0)" : "S-SCAM-\($0)" }
  /// Classes of the ministry's handbook of 2025 (public B1).
  public static let ministryClassCount = 10

  public struct Entry: Sendable {
    public let id: String
    public let name: String
    public let patterns: [Hypothesis.ID]
    public let businesses: [Fact.Value.ID]
    public let techniques: [String]
    public let groups: [String]
    /// Why it is no pattern.
    public let notAPattern: String?
    public let place: Place

    /// Whether it leads anywhere, or says why not.
    public var isResolved: Bool {
      !patterns.isEmpty || !businesses.isEmpty || !techniques.isEmpty || !groups.isEmpty || notAPattern != nil
    }
  }
}
