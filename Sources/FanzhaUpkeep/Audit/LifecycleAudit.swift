import FanzhaCatalogue
import FanzhaKnowledge
import FanzhaReplay
import Foundation

/// Each step up of an entry's life needs evidence; and what is old needs another look.
extension KnowledgeAudit {
  static let fewestMatches = 8
  static let fewestNearMisses = 5
  /// After so many days without a change or a review, somebody should look again.
  static let oldAfterDays = 365

  var lifecycle: [Diagnostic] {
    alikeExamples
      + base.hypotheses.flatMap { item in problems(item).map { Diagnostic($0, at: item.place) } }
      + base.retired.filter { $0.replacedBy == nil }.map { Diagnostic(.retiredWithoutHeir($0.id.text), at: $0.place) }
  }

  private func problems(_ hypothesis: Hypothesis) -> [Problem] {
    switch hypothesis.status {
    case .draft: [.draftUnused(hypothesis.id.text)]
    case .test: fewExamples(hypothesis)
    case .stable: fewExamples(hypothesis) + unproven(hypothesis)
    case .retired: []
    }
  }

  private func fewExamples(_ hypothesis: Hypothesis) -> [Problem] {
    hypothesis.match.count >= Self.fewestMatches && hypothesis.nearMiss.count >= Self.fewestNearMisses
      ? []
      : [.tooFewExamples(hypothesis.id.text, match: hypothesis.match.count, nearMiss: hypothesis.nearMiss.count)]
  }

  /// What a stable entry lacks.
  private func unproven(_ hypothesis: Hypothesis) -> [Problem] {
    var missing: [Problem.Evidence] = []
    if hypothesis.reviewed.map({ $0.on < hypothesis.revised }) ?? true { missing.append(.review) }
    if !hypothesis.sources.contains(where: isSolid) { missing.append(.source) }
    if !recordings.contains(where: { $0.truth?.families.contains(hypothesis.family) ?? false }) {
      missing.append(.recording)
    }
    return missing.map { .stableUnproven(hypothesis.id.text, lacks: $0) }
  }

  /// Law, authorities, formal media, the founding documents: more than our own word and hearsay.
  private func isSolid(_ source: String) -> Bool {
    let document = source.split(separator: ":").first.map(String.init) ?? source
    let grade = base.sources.first { $0.id.text == document }?.grade ?? ""
    return document == "seed" || document == "public" || grade.hasPrefix("A") || grade.hasPrefix("B")
  }

  var ages: [Diagnostic] {
    guard let today = today.flatMap(Self.day) else { return [] }
    func old(_ id: String, _ dates: [String], _ place: Place) -> Diagnostic? {
      guard let latest = dates.compactMap(Self.day).max() else { return Diagnostic(.badDate(dates.joined()), at: place) }
      let days = today - latest
      return days > Self.oldAfterDays ? Diagnostic(.old(id, days: days), at: place) : nil
    }
    return base.hypotheses.compactMap { item in
      old(item.id.text, [item.revised] + (item.reviewed.map { [$0.on] } ?? []), item.place)
    }
      + base.tips.compactMap { old($0.id.text, [$0.revised], $0.place) }
      + base.localCases.compactMap { old($0.id, [$0.date], $0.place) }
  }

  /// Whether a text is a day, as `--today` and the files write it.
  public static func isDate(_ text: String) -> Bool { day(text) != nil }

  /// Days since 1970 of an ISO date; nil when it is none.
  static func day(_ text: String) -> Int? {
    Day.begins(text, in: .gmt).map { Int(($0.timeIntervalSince1970 / 86_400).rounded()) }
  }
}
