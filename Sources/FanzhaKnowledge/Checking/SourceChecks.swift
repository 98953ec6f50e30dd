import FanzhaCatalogue

/// Everything says where it comes from.
extension KnowledgeChecks {
  static func sourcesGiven(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let known = Set(base.sources.map(\.id.text))
    func check(_ owner: String, _ sources: [String], _ place: Place) {
      if sources.isEmpty { report(.missingSource(owner), place) }
      for source in sources {
        // `seed:篇七` cites a place in the document `seed`.
        let document = source.split(separator: ":").first.map(String.init) ?? source
        if !known.contains(document) { report(unknown("出处", source, known.sorted()), place) }
      }
    }
    check("policy", base.policy.sources, Place(file: "policy.yaml"))
    for item in base.facts { check(item.id.text, item.sources, item.place) }
    for item in base.taboos { check(item.id.text, item.sources, item.place) }
    for item in base.everyHypothesis { check(item.id.text, item.sources, item.place) }
    for item in base.questions { check(item.id.text, item.sources, item.place) }
    for item in base.procedures { check(item.id.text, item.sources, item.place) }
    for item in base.scripts { check(item.id.text, item.sources, item.place) }
    for item in base.contacts { check(item.id.text, item.sources, item.place) }
    for item in base.procedures.flatMap(\.clocks) { check(item.name, item.sources, item.place) }
    for item in base.coverStories { check(item.id.text, item.sources, item.place) }
    for item in base.businesses { check(item.id.text, item.sources, item.place) }
    for item in base.tips { check(item.id.text, item.sources, item.place) }
    for item in base.showCards { check(item.id.text, item.sources, item.place) }
    let reference = base.reference
    for item in reference.articles { check(item.id, item.sources, item.place) }
    for item in reference.myths { check(item.id, item.sources, item.place) }
    for item in reference.notes { check(item.id, item.sources, item.place) }
    for item in reference.numberShapes { check(item.id, item.sources, item.place) }
    for item in reference.groups { check(item.id, item.sources, item.place) }
    for item in reference.techniques { check(item.id, item.sources, item.place) }
  }
}
