/// How often a value is met under a hypothesis, in the words authors write.
///
/// This is the only place where the words have numbers. The numbers are our own choice, spaced so that a
/// step is a factor of two to five in odds; fitted weights may refine them later.
public enum Likelihood: String, CaseIterable, Sendable {
  case almostAlways = "almost-always"
  case usually
  case often
  case sometimes
  case rarely
  case almostNever = "almost-never"

  /// P(value | hypothesis), given that the fact came up at all.
  public var probability: Double {
    switch self {
    case .almostAlways: 0.95
    case .usually: 0.80
    case .often: 0.55
    case .sometimes: 0.25
    case .rarely: 0.05
    case .almostNever: 0.004
    }
  }
}

/// How common a pattern or purpose is among its kind: its share of the prior.
public enum Frequency: String, CaseIterable, Sendable {
  case common, occasional, rare

  /// Relative weight in the prior.
  public var weight: Double {
    switch self {
    case .common: 4
    case .occasional: 2
    case .rare: 1
    }
  }
}
