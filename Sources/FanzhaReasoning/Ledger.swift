import FanzhaKnowledge

/// What is known of every fact after all findings: which statement stands, and where statements contradict.
///
/// Persuaded is not disproved: of a customer's statements about one thing, the one that weighs most toward a
/// scam stands until an artefact or independent check says otherwise. States that really change (a call that was
/// hung up) follow the last statement, states that do not reverse (money that has gone) the furthest.
public struct Ledger: Sendable {
  /// One statement that counts.
  struct Entry: Sendable, Equatable {
    let fact: Int
    let value: Int
    let holds: Bool
    /// The finding it rests on; for a contradiction, the later of the two.
    let finding: Finding
    /// A customer's "no", which is trusted less than what they volunteer.
    let isDenial: Bool
  }

  public struct Contradiction: Sendable, Equatable {
    public let fact: Int
    public let turns: [Int]
    public let quotes: [String]
  }

  /// In the order in which they were first said.
  let entries: [Entry]
  public let contradictions: [Contradiction]
  /// Facts of which the customer said something risky that was then seen or shown to be otherwise.
  let disproved: Set<Int>
  private let base: KnowledgeBase
  /// By fact: the value that stands, for facts whose values exclude each other.
  private let standing: [Int: Int]
  /// By fact: the values that hold, for facts of kind `many`.
  private let holding: [Int: Set<Int>]
  private let touched: Set<Int>

  init(_ findings: [Finding], model: BeliefModel) {
    base = model.base
    var standing: [Int: Int] = [:]
    var holding: [Int: Set<Int>] = [:]
    var entries: [Entry] = []
    var contradictions: [Contradiction] = []
    var disproved: Set<Int> = []
    let byFact = Dictionary(grouping: findings, by: \.fact)
    for fact in byFact.keys.sorted() {
      let list = byFact[fact] ?? []
      switch base.facts[fact].kind {
      case .many:
        let settled = Self.settleEach(list)
        if settled.contains(where: { entry in
          !entry.holds && entry.finding.basis == .artefact && list.contains { $0.value == entry.value && $0.holds }
        }) {
          disproved.insert(fact)
        }
        entries += settled
        holding[fact] = Set(settled.filter(\.holds).map(\.value))
      case .one, .flag:
        let statements = list.map { Self.statement($0, of: model.base.facts[fact]) }
        let affirmed = statements.filter(\.holds)
        if let chosen = Self.choose(affirmed, fact, model) {
          standing[fact] = chosen.value
          if chosen.finding.basis == .artefact,
            affirmed.contains(where: {
              $0.finding.basis != .artefact && $0.value != chosen.value
                && model.leaning(fact: fact, value: $0.value) > max(0, model.leaning(fact: fact, value: chosen.value))
            })
          {
            disproved.insert(fact)
          }
          // That a call was on, or a screen shared, stays evidence after it has been cut.
          entries.append(
            model.base.facts[fact].resolution == .latest ? Self.riskiest(affirmed, fact, model) ?? chosen : chosen)
        } else {
          entries += Self.distinct(statements)
        }
        if let contradiction = Self.contradiction(affirmed, fact, model) { contradictions.append(contradiction) }
      }
    }
    if let entry = Self.contradictionEntry(contradictions, byFact, model) {
      entries.append(entry)
      standing[entry.fact] = entry.value
    }
    self.entries = entries.sorted {
      ($0.finding.turn, $0.fact, $0.value) < ($1.finding.turn, $1.fact, $1.value)
    }
    self.contradictions = contradictions
    self.disproved = disproved
    self.standing = standing
    self.holding = holding
    touched = Set(byFact.keys)
  }

  // MARK: Asking the ledger

  /// Whether a value stands.
  public func holds(_ pair: FactValue) -> Bool {
    guard let fact = base.index(of: pair.fact), let value = base.facts[fact].index(of: pair.value) else { return false }
    return holds(fact: fact, value: value)
  }

  func holds(fact: Int, value: Int) -> Bool {
    standing[fact] == value || holding[fact]?.contains(value) == true
  }

  /// The standing value of a fact whose values exclude each other.
  public func value(of id: Fact.ID) -> Fact.Value.ID? {
    guard let fact = base.index(of: id), let value = standing[fact] else { return nil }
    return base.facts[fact].values[value].id
  }

  /// Whether anything at all was said about a fact.
  public func knows(_ id: Fact.ID) -> Bool {
    base.index(of: id).map(touched.contains) ?? false
  }

  /// Whether a question about a value would bring nothing new.
  func settles(fact: Int, value: Int?) -> Bool {
    guard let value else { return standing[fact] != nil }
    return entries.contains { $0.fact == fact && $0.value == value }
  }

  // MARK: Settling

  /// A denied flag is the other value.
  private static func statement(_ finding: Finding, of fact: Fact) -> Entry {
    let isDenial = !finding.holds && finding.basis == .words
    if fact.kind == .flag, !finding.holds {
      return Entry(fact: finding.fact, value: 1 - finding.value, holds: true, finding: finding, isDenial: isDenial)
    }
    return Entry(fact: finding.fact, value: finding.value, holds: finding.holds, finding: finding, isDenial: isDenial)
  }

  private static func settleEach(_ list: [Finding]) -> [Entry] {
    Dictionary(grouping: list, by: \.value).sorted { $0.key < $1.key }.compactMap { _, findings in
      let deciding =
        findings.last { $0.basis == .artefact } ?? findings.first { $0.holds } ?? findings.first
      return deciding.map {
        Entry(fact: $0.fact, value: $0.value, holds: $0.holds, finding: $0, isDenial: !$0.holds && $0.basis == .words)
      }
    }
  }

  private static func choose(_ affirmed: [Entry], _ fact: Int, _ model: BeliefModel) -> Entry? {
    switch model.base.facts[fact].resolution {
    case .latest:
      return affirmed.last
    case .furthest:
      return affirmed.max { ($0.value, -$0.finding.turn) < ($1.value, -$1.finding.turn) }
    case .riskiest:
      // What was seen or checked outweighs what was said, whichever came first.
      return affirmed.last { $0.finding.basis == .artefact } ?? riskiest(affirmed, fact, model)
    }
  }

  /// The statement that weighs most toward a scam; among those that speak for honest business, the first.
  private static func riskiest(_ affirmed: [Entry], _ fact: Int, _ model: BeliefModel) -> Entry? {
    func risk(_ entry: Entry) -> Double { max(0, model.leaning(fact: fact, value: entry.value)) }
    return affirmed.enumerated().max { (risk($0.element), -$0.offset) < (risk($1.element), -$1.offset) }?.element
  }

  private static func distinct(_ statements: [Entry]) -> [Entry] {
    var seen: Set<Int> = []
    return statements.filter { seen.insert($0.value).inserted }
  }

  // MARK: Contradictions

  /// Different answers to the same thing in different turns, by the customer themselves.
  private static func contradiction(_ affirmed: [Entry], _ fact: Int, _ model: BeliefModel) -> Contradiction? {
    let definition = model.base.facts[fact]
    guard definition.kind == .one, !definition.weightless, definition.resolution == .riskiest else { return nil }
    let said = affirmed.filter { $0.finding.basis == .words && !$0.finding.quote.isEmpty }
    guard let first = said.first else { return nil }
    guard
      let other = said.first(where: { $0.value != first.value && $0.finding.turn != first.finding.turn })
    else { return nil }
    return Contradiction(
      fact: fact, turns: [first.finding.turn, other.finding.turn], quotes: [first.finding.quote, other.finding.quote])
  }

  /// A contradiction is evidence when one of the two answers speaks for a scam and the other against.
  private static func contradictionEntry(
    _ contradictions: [Contradiction], _ byFact: [Int: [Finding]], _ model: BeliefModel
  ) -> Entry? {
    guard let fact = model.base.index(of: Fact.ID.contradicts),
      let value = model.base.facts[fact].index(of: .yes)
    else { return nil }
    for contradiction in contradictions {
      let said = (byFact[contradiction.fact] ?? []).filter { contradiction.turns.contains($0.turn) && $0.holds }
      let leanings = said.map { model.leaning(fact: $0.fact, value: $0.value) }
      guard let low = leanings.min(), let high = leanings.max(), low < 0, high > 0, let last = said.last else { continue }
      return Entry(
        fact: fact, value: value, holds: true,
        finding: Finding(
          fact: fact, value: value, holds: true, basis: .words, turn: last.turn,
          quote: contradiction.quotes.joined(separator: " / ")),
        isDenial: false)
    }
    return nil
  }
}
