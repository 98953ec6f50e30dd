import FanzhaCatalogue

/// Nothing is missing, and everything can be reached.
extension KnowledgeChecks {
  static func coverage(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let found = Set(base.hypotheses.map(\.family))
    for family in Hypothesis.families where !found.contains(family) {
      report(.missingFamily(family), Place(file: "patterns"))
    }
    for purpose in Hypothesis.purposes where !found.contains(purpose) {
      report(.missingPurpose(purpose), Place(file: "purposes"))
    }
  }

  static func reachability(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let asked = Set(base.questions.map(\.asks))
    let reachable = Set(
      base.facts.flatMap { fact in
        fact.values.filter { !$0.phrases.isEmpty }.map { FactValue(fact.id, $0.id) }
      })
    for fact in base.facts where fact.kind != .flag && !asked.contains(fact.id) {
      for value in fact.values where value.phrases.isEmpty {
        report(.deadValue(fact: fact.id.text, value: value.id.text), value.place)
      }
    }
    for hypothesis in base.hypotheses
    where hypothesis.broadSigns.isEmpty && !hypothesis.signs.keys.contains(where: reachable.contains) {
      report(.noWayToReach(hypothesis.id.text), hypothesis.place)
    }
  }

  static func localContacts(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for contact in base.contacts where contact.isLocal && contact.number == nil {
      report(.unfilledContact(contact.name), contact.place)
    }
  }

  /// Real cases are a branch's own: one in the shipped base could only be made up.
  static func localCases(_ base: KnowledgeBase, _ files: KnowledgeFiles, _ report: Report) {
    for localCase in base.localCases where !files.overlaid.contains(localCase.place.file) {
      report(.localCaseShipped, localCase.place)
    }
  }
}
