import FanzhaCatalogue
import Yams

/// Makes a ``KnowledgeBase`` from files. Goes on past every problem and reports all of them; gives no base
/// when one of them is an error.
public struct KnowledgeLoader {
  let files: KnowledgeFiles
  let problems: ProblemList
  /// False once a file could not be read at all: what it would have said is then missing everywhere.
  private var isWhole = true
  var lists: [String: [String]] = [:]

  var contents = KnowledgeBase.Contents()
  var policy: Policy?
  var usage: Usage?

  private init(_ files: KnowledgeFiles) {
    self.files = files
    problems = ProblemList(files.problems)
    isWhole = files.problems.isEmpty
  }

  /// Loads and checks.
  ///
  /// - Throws: ``Diagnostics`` with every error found.
  public static func load(_ files: KnowledgeFiles) throws -> KnowledgeBase {
    let (base, diagnostics) = loadAndCheck(files)
    guard let base else { throw Diagnostics(diagnostics.filter { $0.severity == .error }) }
    return base
  }

  /// Loads and checks, giving warnings and notes too. The base is nil when there is an error.
  ///
  /// - Parameter drafts: whether drafts take part as if they were in use, so that their sentences can be tried.
  public static func loadAndCheck(
    _ files: KnowledgeFiles, including drafts: Bool = false
  ) -> (base: KnowledgeBase?, diagnostics: [Diagnostic]) {
    var loader = KnowledgeLoader(files)
    loader.readAll()
    // To check references against half a base would accuse every file that is in order.
    guard loader.isWhole, let policy = loader.policy, let usage = loader.usage else {
      return (nil, loader.sortedProblems)
    }
    if let data = files.model {
      loader.contents.textModel = TextModel(decoding: data)
      if loader.contents.textModel == nil {
        loader.problems.report(.modelUnreadable, at: Place(file: KnowledgeFiles.modelPath))
      }
    }
    let base = KnowledgeBase(loader.contents, policy: policy, usage: usage, version: files.version, including: drafts)
    for check in KnowledgeChecks.all { check(base, files, loader.problems.report) }
    let diagnostics = loader.sortedProblems
    return (diagnostics.contains { $0.severity == .error } ? nil : base, diagnostics)
  }

  private var sortedProblems: [Diagnostic] {
    problems.list.enumerated()
      .sorted { ($0.element.place ?? Place(file: ""), $0.offset) < ($1.element.place ?? Place(file: ""), $1.offset) }
      .map(\.element)
  }

  /// What a base consists of.
  private static let kinds = [
    "facts/", "questions/", "patterns/", "purposes/", "procedures/", "scripts/", "tips/", "reference/",
    "businesses.yaml", "contacts.yaml", "cover-stories.yaml", "language.yaml", "local-cases.yaml", "policy.yaml",
    "seed.yaml", "show-cards.yaml", "sources.yaml", "words.yaml",
  ]

  private mutating func readAll() {
    // Phrases name word lists, so those come first.
    if let words = root(of: "words.yaml") { readWordLists(words) }
    for path in files.texts.keys.sorted() where path != "words.yaml" {
      guard let root = root(of: path) else { continue }
      switch path.split(separator: "/").first {
      case "facts": readFacts(root)
      case "questions": readQuestions(root)
      case "patterns": readHypothesis(root, kind: .pattern)
      case "purposes": readHypothesis(root, kind: .purpose)
      case "procedures": readProcedure(root)
      case "scripts": readScripts(root)
      case "tips": readTip(root)
      case "reference": readReference(root)
      case "businesses.yaml": readBusinesses(root)
      case "contacts.yaml": readContacts(root)
      case "cover-stories.yaml": readCoverStories(root)
      case "local-cases.yaml": readLocalCases(root)
      case "seed.yaml": readSeedTable(root)
      case "show-cards.yaml": readShowCards(root)
      case "sources.yaml": readSources(root)
      case "language.yaml": readUsage(root)
      case "policy.yaml": readPolicy(root)
      default: problems.report(.strayFile(known: Self.kinds), at: Place(file: path))
      }
    }
    for needed in ["policy.yaml", "language.yaml"] where files.texts[needed] == nil {
      problems.report(.unreadableFile(reason: "ENOENT"), at: Place(file: needed))
    }
  }

  private mutating func root(of path: String) -> Record? {
    guard let text = files.texts[path] else { return nil }
    do {
      // Every scalar is read as text: `yes` is the word, not a truth value.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        problems.report(.expectedMapping, at: Place(file: path))
        isWhole = false
        return nil
      }
      return Record(node, file: path, problems: problems)
    } catch {
      let diagnostic = Diagnostic(yaml: error, file: path)
      problems.report(diagnostic.problem, at: diagnostic.place ?? Place(file: path))
      isWhole = false
      return nil
    }
  }

  // MARK: Pieces that several readers share

  func phrases(_ record: Record, _ field: String) -> [Phrase] {
    record.texts(field).compactMap { text, place in
      do throws(Phrase.Flaw) {
        return try Phrase(parsing: text, lists: lists, place: place)
      } catch {
        record.report(Problem(error, in: text), at: place)
        return nil
      }
    }
  }

  func factValues(_ record: Record, _ field: String) -> [FactValue] {
    record.texts(field).compactMap { text, place in
      guard let pair = FactValue(parsing: text) else {
        record.report(.malformedCondition(text), at: place)
        return nil
      }
      return pair
    }
  }

  func conditions(_ record: Record, _ field: String) -> [Condition] {
    record.texts(field).compactMap { text, place in
      guard let condition = Condition(parsing: text) else {
        record.report(.malformedCondition(text), at: place)
        return nil
      }
      return condition
    }
  }
}

extension Problem {
  fileprivate init(_ flaw: Phrase.Flaw, in text: String) {
    switch flaw {
    case .empty: self = .phraseEmpty
    case .unbalanced: self = .phraseUnbalanced(text)
    case .gapAtEdge: self = .phraseGapAtEdge(text)
    case .unknownList(let list): self = .phraseUnknownList(text, list: list)
    case .tooManyVariants(let count): self = .phraseTooWide(text, count: count)
    case .canBeEmpty: self = .phraseCanBeEmpty(text)
    }
  }
}

extension FactValue {
  /// Reads `fact = value`.
  init?(parsing text: some StringProtocol) {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
      .map { $0.split(separator: " ").joined(separator: " ") }
    guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else { return nil }
    self.init(Fact.ID(sides[0]), Fact.Value.ID(sides[1]))
  }
}

extension Condition {
  /// Reads one clause of a rule; nil when it is none.
  init?(parsing text: String) {
    let words = text.split(separator: " ").map(String.init)
    switch words.count {
    case 2 where words[1] == "known":
      self = .known(Fact.ID(words[0]))
    case 3 where words[0] == "level" && words[1] == ">=":
      guard let level = Int(words[2]).flatMap(Level.init(rawValue:)) else { return nil }
      self = .level(atLeast: level)
    case 3 where words[0] == "scam" && words[1] == ">=":
      guard let probability = Double(words[2]), (0...1).contains(probability) else { return nil }
      self = .scam(atLeast: probability)
    case 3 where words[0] == "family" && words[1] == "=":
      self = .suspect(family: words[2])
    case 3 where words[0] == "channel" && words[1] == "=":
      guard let channel = Channel(rawValue: words[2]) else { return nil }
      self = .channel(channel)
    default:
      guard let pair = FactValue(parsing: text) else { return nil }
      self = .holds(pair)
    }
  }
}
