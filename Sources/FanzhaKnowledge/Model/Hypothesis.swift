import FanzhaCatalogue

/// What may be behind a case: a way of scamming, or an honest reason for the same business.
public struct Hypothesis: Sendable {
  public typealias ID = Identifier<Hypothesis>

  public enum Kind: String, Sendable, Codable {
    case pattern, purpose
  }

  public enum Status: String, CaseIterable, Sendable {
    case draft, test, stable, retired
  }

  public let id: ID
  public let kind: Kind
  /// What evaluation scores: one of the fixed families, or the purpose's own id.
  public let family: String
  public let name: String
  public let nameInEnglish: String
  /// Six characters at most, free of alarming words: it may stand on a screen the customer sees.
  public let short: String
  public let aliases: [String]
  public let status: Status
  public let frequency: Frequency
  public let summary: String
  public let victims: [String]
  public let channels: [String]
  public let stages: [String]
  public let signs: [FactValue: Likelihood]
  /// Signs that hold for every value of every fact whose id begins so (an enquirer may tell any story).
  public let broadSigns: [String: Likelihood]
  /// Without any of these it is hardly worth considering (an enquiry, before anybody has asked). Empty: always.
  public let needs: [FactValue]
  public let coverStories: [CoverStory]
  /// What settles an honest purpose: papers, or the kind of official number to call.
  public let confirmedBy: [String]
  /// Decisive questions, best first.
  public let questions: [Question.ID]
  public let scripts: Scripts
  public let escalation: [Procedure.ID]
  /// Ids or families that are easily taken for this one.
  public let lookAlikes: [String]
  /// Sentences this must come first for. They are tests.
  public let match: [Example]
  /// Sentences that sound alike and are something else. They are tests.
  public let nearMiss: [Example]
  public let sources: [String]
  /// Day of the last review, ISO 8601.
  public let revised: String
  public let place: Place

  /// What a coached customer says, and what settles it.
  public struct CoverStory: Sendable {
    public let says: String
    public let ask: Question.ID?
    public let settles: String
  }

  public struct Scripts: Sendable {
    public let explain: String
    /// For a pattern: what brings the customer to check. For a purpose: what closes the business.
    public let say: String
    /// What may be said plainly on the hotline.
    public let hotline: String?
    public let never: [String]
  }

  public struct Example: Sendable {
    public let text: String
    public let place: Place
  }

  /// The fixed family ids: what evaluation scores (DESIGN §3).
  public static let families: [String] = [
    "authority-impersonation", "brushing-rebate", "fake-investment", "romance", "fake-customer-service",
    "fake-loan", "credit-repair", "leader-impersonation", "family-emergency", "fake-shopping", "game-trade",
    "ticket-refund", "elder-care", "state-asset", "illegal-fundraising", "bulk-order", "recovery", "phishing",
    "prize-subsidy", "sextortion", "money-mule", "mule-account", "gambling-crypto", "training-refund",
    "rental-job",
  ]

  /// The fixed purpose ids.
  public static let purposes: [String] = [
    "own-account", "pension-cash", "study-abroad", "school-fee", "house-purchase", "renovation", "court-fee",
    "fine-tax", "real-refund", "licensed-investment", "business-payment", "wages-gifts", "friend-loan",
    "family-support", "helping-elder", "hospital", "privacy", "inquiry", "bill-payment", "outreach",
    "account-opening", "car-purchase", "other-benign",
  ]
}
