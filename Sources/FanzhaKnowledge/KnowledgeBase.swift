import FanzhaCatalogue

/// A checked knowledge base: immutable, and complete in itself. Every id in it resolves.
public struct KnowledgeBase: Sendable {
  /// What was read, kind by kind.
  struct Contents {
    var facts: [Fact] = []
    var hypotheses: [Hypothesis] = []
    var questions: [Question] = []
    var procedures: [Procedure] = []
    var contacts: [Contact] = []
    var scripts: [Script] = []
    var taboos: [Taboo] = []
    var sources: [Source] = []
    var coverStories: [CoverStory] = []
    var businesses: [Business] = []
    var tips: [Tip] = []
    var showCards: [ShowCard] = []
    var localCases: [LocalCase] = []
    var reference = Reference()
    var seed = SeedTable()
    var textModel: TextModel?
  }

  public let facts: [Fact]
  /// Those in use: patterns, then purposes, each sorted by id.
  public let hypotheses: [Hypothesis]
  /// Being written, and not used by advice.
  public let drafts: [Hypothesis]
  /// Out of use; kept so that their ids resolve.
  public let retired: [Hypothesis]
  public let questions: [Question]
  /// Most urgent first.
  public let procedures: [Procedure]
  public let contacts: [Contact]
  public let scripts: [Script]
  public let taboos: [Taboo]
  public let sources: [Source]
  public let coverStories: [CoverStory]
  public let businesses: [Business]
  public let tips: [Tip]
  public let showCards: [ShowCard]
  public let localCases: [LocalCase]
  public let reference: Reference
  public let seed: SeedTable
  /// Fitted weights; nil where there are none.
  public let textModel: TextModel?
  public let policy: Policy
  public let usage: Usage
  /// A digest of every file: two bases with the same version give the same advice.
  public let version: String

  private let factIndex: [Fact.ID: Int]
  private let hypothesisIndex: [Hypothesis.ID: Int]
  private let questionIndex: [Question.ID: Int]
  private let procedureIndex: [Procedure.ID: Int]
  private let contactIndex: [Contact.ID: Int]

  init(_ contents: Contents, policy: Policy, usage: Usage, version: String, including drafts: Bool) {
    func isInUse(_ item: Hypothesis) -> Bool { item.status != .retired && (drafts || item.status != .draft) }
    facts = contents.facts
    hypotheses = contents.hypotheses.filter(isInUse)
      .sorted { ($0.kind == .pattern ? 0 : 1, $0.id) < ($1.kind == .pattern ? 0 : 1, $1.id) }
    self.drafts = drafts ? [] : contents.hypotheses.filter { $0.status == .draft }
    retired = contents.hypotheses.filter { $0.status == .retired }
    questions = contents.questions
    procedures = contents.procedures.sorted { ($0.urgency, $0.id) < ($1.urgency, $1.id) }
    contacts = contents.contacts
    scripts = contents.scripts
    taboos = contents.taboos
    sources = contents.sources
    coverStories = contents.coverStories
    businesses = contents.businesses
    tips = contents.tips
    showCards = contents.showCards
    localCases = contents.localCases
    reference = contents.reference
    seed = contents.seed
    textModel = contents.textModel
    self.policy = policy
    self.usage = usage
    self.version = version
    factIndex = Self.index(facts, by: \.id)
    hypothesisIndex = Self.index(hypotheses, by: \.id)
    questionIndex = Self.index(questions, by: \.id)
    procedureIndex = Self.index(procedures, by: \.id)
    contactIndex = Self.index(contacts, by: \.id)
  }

  private static func index<Item, Key: Hashable>(_ items: [Item], by key: KeyPath<Item, Key>) -> [Key: Int] {
    Dictionary(items.enumerated().map { ($1[keyPath: key], $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func index(of id: Fact.ID) -> Int? { factIndex[id] }
  public func index(of id: Hypothesis.ID) -> Int? { hypothesisIndex[id] }

  public func fact(_ id: Fact.ID) -> Fact? { factIndex[id].map { facts[$0] } }
  public func hypothesis(_ id: Hypothesis.ID) -> Hypothesis? { hypothesisIndex[id].map { hypotheses[$0] } }
  public func question(_ id: Question.ID) -> Question? { questionIndex[id].map { questions[$0] } }
  public func procedure(_ id: Procedure.ID) -> Procedure? { procedureIndex[id].map { procedures[$0] } }
  public func contact(_ id: Contact.ID) -> Contact? { contactIndex[id].map { contacts[$0] } }
  public func coverStory(_ id: CoverStory.ID) -> CoverStory? { coverStories.first { $0.id == id } }

  /// Everything that was ever a pattern or a purpose: in use, being written, retired.
  public var everyHypothesis: [Hypothesis] { hypotheses + drafts + retired }

  /// What the institution says it really does.
  public func holds(_ practice: Policy.Practice.ID) -> Bool {
    policy.practices.contains { $0.id == practice && $0.holds }
  }

  /// What a conversation opens with while nothing is known; the first that fits. What the policy ties to a condition
  /// comes first, then the business, then what always fits.
  public var openingQuestions: [Policy.QuestionRule] {
    policy.openingQuestions.filter { !$0.when.isEmpty }
      + businesses.map { business in
        Policy.QuestionRule(
          question: business.first, when: [.holds(FactValue(.business, business.id))], place: business.place)
      } + policy.openingQuestions.filter(\.when.isEmpty)
  }
}
