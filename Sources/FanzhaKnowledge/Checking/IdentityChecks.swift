import FanzhaCatalogue

/// Ids are unique, files are called after what they hold, short texts are short.
extension KnowledgeChecks {
  private static let mostCharactersInShortName = 6
  private static let mostCharactersOnACard = 14

  static func uniqueIDs(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    func check(_ ids: [(String, Place)]) {
      var first: [String: Place] = [:]
      for (id, place) in ids {
        if let earlier = first[id] {
          report(.duplicateID(id, firstAt: "\(earlier)"), place)
        } else {
          first[id] = place
        }
      }
    }
    check(base.facts.map { ($0.id.text, $0.place) })
    for fact in base.facts { check(fact.values.map { ($0.id.text, $0.place) }) }
    check(base.everyHypothesis.map { ($0.id.text, $0.place) })
    check(base.questions.map { ($0.id.text, $0.place) })
    check(base.procedures.map { ($0.id.text, $0.place) })
    check(base.contacts.map { ($0.id.text, $0.place) })
    check(base.scripts.map { ($0.id.text, $0.place) })
    check(base.sources.map { ($0.id.text, $0.place) })
    check(base.policy.redFlags.map { ($0.id, $0.place) })
    check(base.policy.practices.map { ($0.id.text, $0.place) })
    check(base.coverStories.map { ($0.id.text, $0.place) })
    check(base.businesses.map { ($0.id.text, $0.place) })
    check(base.businesses.map { ($0.key, $0.place) })
    check(base.tips.map { ($0.id.text, $0.place) })
    check(base.showCards.map { ($0.id.text, $0.place) })
    check(base.localCases.map { ($0.id, $0.place) })
    let reference = base.reference
    check(reference.articles.map { ($0.id, $0.place) })
    check(reference.myths.map { ($0.id, $0.place) })
    check(reference.notes.map { ($0.id, $0.place) })
    check(reference.numberShapes.map { ($0.id, $0.place) })
    check(reference.groups.map { ($0.id, $0.place) })
    check(reference.techniques.map { ($0.id, $0.place) })
    check(base.seed.scams.map { ($0.id, $0.place) })
    check(base.seed.ministryClasses.map { ($0.id, $0.place) })
  }

  static func fileNames(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    func check(_ place: Place, _ expected: String) {
      if place.file != expected { report(.wrongFileName(expected: expected), Place(file: place.file)) }
    }
    for hypothesis in base.everyHypothesis {
      check(
        hypothesis.place,
        hypothesis.kind == .pattern
          ? "patterns/\(hypothesis.family)/\(hypothesis.id).yaml" : "purposes/\(hypothesis.id).yaml")
      short(hypothesis.short, mostCharactersInShortName, at: hypothesis.place, report)
    }
    for procedure in base.procedures { check(procedure.place, "procedures/\(procedure.id).yaml") }
    for tip in base.tips { check(tip.place, "tips/\(tip.id).yaml") }
    for card in base.showCards { short(card.text, mostCharactersOnACard, at: card.place, report) }
  }

  private static func short(_ text: String, _ limit: Int, at place: Place, _ report: Report) {
    if text.count > limit { report(.textTooLong(text, limit: limit), place) }
  }
}
