import FanzhaCatalogue

/// What may be behind a case: a way of scamming, or an honest reason for the same business.
public struct Hypothesis: Sendable {
  public typealias ID = Identifier<Hypothesis>

  public enum Kind: String, Sendable, Codable {
    case pattern, purpose
  }

  /// Where it stands in its life. Each step up is gated by evidence that lint checks.
  public enum Status: String, CaseIterable, Sendable {
    /// Being written: lint runs its sentences, advice does not use it.
    case draft
    /// In use: its examples pass.
    case test
    /// In use, reviewed, and held by a recorded dialogue.
    case stable
    /// Out of use; its id still resolves.
    case retired
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
  /// What a customer who was coached for it says instead.
  public let coverStories: [CoverStory.ID]
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
  /// Day of the last change, ISO 8601.
  public let revised: String
  /// Who looked at it when: what a stable entry needs.
  public let reviewed: Review?
  /// What took the place of a retired one.
  public let replacedBy: ID?
  public let place: Place
  /// Where what it names stands in its file.
  let namedAt: [String: Place]

  /// Where an id, or a sign, is named in its file; else where the file begins.
  func place(of name: String) -> Place { namedAt[name] ?? place }

  public struct Scripts: Sendable {
    public let explain: String
    /// For a pattern: what brings the customer to check. For a purpose: what closes the business.
    public let say: String
    /// What may be said plainly on the hotline.
    public let hotline: String?
    public let never: [String]
  }

  public struct Review: Sendable {
    /// A post, never a name.
    public let by: String
    /// ISO 8601.
    public let on: String
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
