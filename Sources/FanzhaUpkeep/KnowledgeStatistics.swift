import FanzhaKnowledge

/// How much a knowledge base holds. Every figure is a count.
public struct KnowledgeStatistics: Sendable, Encodable, Equatable {
  public let version: String
  public let patterns: Int
  public let purposes: Int
  public let drafts: Int
  public let retired: Int
  /// Families with a pattern in use.
  public let families: Int
  public let questions: Int
  /// Facts of which a question has a second wording.
  public let factsAskedAgain: Int
  public let facts: Int
  public let values: Int
  public let phrases: Int
  public let examples: Int
  public let coverStories: Int
  public let businesses: Int
  public let procedures: Int
  public let scripts: Int
  public let tips: Int
  public let showCards: Int
  public let contacts: Int
  public let unfilledContacts: Int
  public let articles: Int
  public let myths: Int
  public let techniques: Int
  public let redFlags: Int
  public let sources: Int
  /// Of the seed's forty scams, those with a place.
  public let seedScams: Int

  public init(_ base: KnowledgeBase) {
    let patterns = base.hypotheses.filter { $0.kind == .pattern }
    version = base.version
    self.patterns = patterns.count
    purposes = base.hypotheses.count - patterns.count
    drafts = base.drafts.count
    retired = base.retired.count
    families = Set(patterns.map(\.family)).count
    questions = base.questions.count
    factsAskedAgain = Set(base.questions.filter { $0.again != nil }.map(\.asks)).count
    facts = base.facts.count
    values = base.facts.reduce(0) { $0 + $1.values.count }
    phrases = base.facts.reduce(0) { $0 + $1.except.count + $1.values.reduce(0) { $0 + $1.phrases.count } }
    examples = base.hypotheses.reduce(0) { $0 + $1.match.count + $1.nearMiss.count }
    coverStories = base.coverStories.count
    businesses = base.businesses.count
    procedures = base.procedures.count
    scripts = base.scripts.count
    tips = base.tips.count
    showCards = base.showCards.count
    contacts = base.contacts.count
    unfilledContacts = base.contacts.count { $0.isLocal && $0.number == nil }
    articles = base.reference.articles.count
    myths = base.reference.myths.count
    techniques = base.reference.techniques.count
    redFlags = base.policy.redFlags.count
    sources = base.sources.count
    seedScams = base.seed.scams.count(where: \.isResolved)
  }
}
