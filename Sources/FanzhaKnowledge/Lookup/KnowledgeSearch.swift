import FanzhaCatalogue
import Foundation

/// Finds what a knowledge base holds by the searcher's own words, several words, or pinyin.
public struct KnowledgeSearch: Sendable {
  public struct Hit: Sendable, Equatable {
    public let id: String
    public let name: String
    public let summary: String
  }

  private struct Entry: Sendable {
    let hit: Hit
    /// What it is called: a word found here counts most.
    let names: [String]
    /// Pairs of neighbouring characters of everything it says.
    let pairs: Set<String>
    let text: String
  }

  private let entries: [Entry]
  /// In how many entries a pair stands.
  private let frequency: [String: Int]

  public init(_ base: KnowledgeBase) {
    let entries = Self.entries(base)
    self.entries = entries
    frequency = entries.reduce(into: [:]) { counts, entry in for pair in entry.pairs { counts[pair, default: 0] += 1 } }
  }

  private static func entries(_ base: KnowledgeBase) -> [Entry] {
    func entry(_ id: String, _ name: String, _ summary: String, also names: [String] = [], _ texts: [String] = []) -> Entry {
      let all = ([name, summary] + names + texts).joined(separator: " ").lowercased()
      return Entry(
        hit: Hit(id: id, name: name, summary: summary), names: ([id, name] + names).map { $0.lowercased() },
        pairs: all.characterPairs, text: all)
    }
    return base.hypotheses.map { item in
      entry(
        item.id.text, item.name, item.summary, also: [item.short] + item.aliases,
        [item.scripts.explain] + item.stages + item.match.map(\.text))
    }
      + base.questions.map { entry($0.id.text, $0.text, $0.reason, [$0.again ?? "", $0.hotline ?? ""]) }
      + base.procedures.map { entry($0.id.text, $0.name, $0.summary, $0.steps.map(\.text)) }
      + base.coverStories.map { entry($0.id.text, $0.says, $0.followUp, [$0.settles]) }
      + base.businesses.map { entry($0.id.text, $0.name, $0.watch) }
      + base.tips.map { entry($0.id.text, $0.title, $0.lead, $0.points + $0.actions) }
      + base.contacts.map { entry($0.id.text, $0.name, $0.purpose, also: $0.number.map { [$0] } ?? [], [$0.notFor ?? ""]) }
      + base.reference.articles.map { entry($0.id, "\($0.law)\($0.article ?? "")", $0.says, [$0.forUs]) }
      + base.reference.myths.map { entry($0.id, $0.claim, $0.truth) }
      + base.reference.notes.map { entry($0.id, $0.title, $0.lines.first ?? "", $0.lines) }
      + base.reference.techniques.map { entry($0.id, $0.name, $0.what, [$0.tell] + $0.todo) }
      + base.reference.groups.map { entry($0.id, $0.name, $0.care.first ?? "", $0.care) }
  }

  /// Best first; nothing when nothing fits.
  public func callAsFunction(_ query: String, limit: Int = 8) -> [Hit] {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    let scored = entries.indices.compactMap { index -> (score: Double, index: Int)? in
      let scores = words.map { score(entries[index], $0) }.filter { $0 > 0 }
      guard !scores.isEmpty else { return nil }
      // What answers to all of several words goes before what answers to one of them well.
      let share = Double(scores.count) / Double(words.count)
      return (scores.reduce(0, +) * share * share, index)
    }
    guard !scored.isEmpty else { return words.allSatisfy(Self.isLatin) ? byPinyin(words, limit) : [] }
    return scored.sorted { (-$0.score, $0.index) < (-$1.score, $1.index) }.prefix(limit).map { entries[$0.index].hit }
  }

  /// What a word found in a name is worth, against a sentence's worth of rare pairs.
  private static let inName = 30.0
  private static let exactly = 100.0
  private static let inText = 5.0
  /// This share of a longer word's pairs must stand in an entry.
  private static let enough = 0.5

  private func score(_ entry: Entry, _ word: String) -> Double {
    if entry.names.contains(word) { return Self.exactly }
    if let name = entry.names.filter({ $0.contains(word) }).min(by: { $0.count < $1.count }) {
      return Self.inName + Self.inName * Double(word.count) / Double(name.count)
    }
    let pairs = word.characterPairs
    if entry.text.contains(word) { return Self.inText + weight(pairs) }
    let shared = pairs.intersection(entry.pairs)
    guard !pairs.isEmpty, Double(shared.count) >= Self.enough * Double(pairs.count) else { return 0 }
    return weight(shared)
  }

  /// Pairs that few entries have say more.
  private func weight(_ pairs: Set<String>) -> Double {
    pairs.reduce(0) { $0 + log(Double(entries.count + 1) / Double((frequency[$1] ?? 0) + 1)) }
  }

  private func byPinyin(_ words: [String], _ limit: Int) -> [Hit] {
    entries.enumerated().compactMap { index, entry -> (score: Int, index: Int)? in
      let names = entry.names.filter { !Self.isLatin($0) }.map(Pinyin.init)
      let scores = words.map { word in
        names.map { name in
          if name.initials == word || name.full == word { return 8 }
          if name.initials.hasPrefix(word) || name.full.hasPrefix(word) { return 4 }
          return name.initials.contains(word) || name.full.contains(word) ? 2 : 0
        }.max() ?? 0
      }
      return scores.allSatisfy { $0 > 0 } ? (scores.reduce(0, +), index) : nil
    }
    .sorted { (-$0.score, $0.index) < (-$1.score, $1.index) }.prefix(limit).map { entries[$0.index].hit }
  }

  private static func isLatin(_ text: String) -> Bool { text.allSatisfy { $0.isASCII } }
}

extension StringProtocol {
  /// Pairs of neighbouring letters and figures: what two texts have in common of them tells how alike they are.
  public var characterPairs: Set<String> {
    let letters = filter { $0.isLetter || $0.isNumber }.map(String.init)
    return Set(zip(letters, letters.dropFirst()).map { $0 + $1 })
  }
}
