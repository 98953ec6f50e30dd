import FanzhaCatalogue

/// A checked knowledge base: immutable, and complete in itself. Every id in it resolves.
public struct KnowledgeBase: Sendable {
  public let facts: [Fact]
  /// Patterns, then purposes, each sorted by id. Retired ones are left out.
  public let hypotheses: [Hypothesis]
  public let questions: [Question]
  public let procedures: [Procedure]
  public let contacts: [Contact]
  public let scripts: [Script]
  public let taboos: [Taboo]
  public let sources: [Source]
  public let policy: Policy
  public let usage: Usage
  /// A digest of every file: two bases with the same version give the same advice.
  public let version: String

  private let factIndex: [Fact.ID: Int]
  private let hypothesisIndex: [Hypothesis.ID: Int]
  private let questionIndex: [Question.ID: Int]
  private let procedureIndex: [Procedure.ID: Int]
  private let contactIndex: [Contact.ID: Int]

  init(
    facts: [Fact], hypotheses: [Hypothesis], questions: [Question], procedures: [Procedure],
    contacts: [Contact], scripts: [Script], taboos: [Taboo], sources: [Source], policy: Policy, usage: Usage, version: String
  ) {
    self.facts = facts
    self.hypotheses = hypotheses
    self.questions = questions
    self.procedures = procedures
    self.contacts = contacts
    self.scripts = scripts
    self.taboos = taboos
    self.sources = sources
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
}
