import FanzhaCatalogue
import FanzhaKnowledge
import FanzhaReading

/// What staff must not be made to say, and what must be marked as unverified.
extension KnowledgeAudit {
  /// Everything that is said or handed over. What is never to be said (`never`) names myths in order to forbid them.
  private var spoken: [(text: String, place: Place)] {
    var result: [(text: String, place: Place)] = []
    func add(_ texts: [String?], _ place: Place) { result += texts.compactMap(\.self).map { ($0, place) } }
    for item in base.everyHypothesis { add([item.scripts.explain, item.scripts.say, item.scripts.hotline], item.place) }
    for item in base.scripts { add([item.text, item.hotline], item.place) }
    for item in base.procedures { add(item.steps.flatMap { [$0.text, $0.hotline] }, item.place) }
    for item in base.questions { add([item.text, item.again, item.hotline], item.place) }
    for item in base.coverStories { add([item.followUp, item.settles], item.place) }
    for item in base.tips { add([item.title, item.lead] + item.points + item.confirm + item.actions, item.place) }
    for item in base.showCards { add([item.text], item.place) }
    for item in base.reference.techniques { add([item.tell] + item.todo, item.place) }
    return result
  }

  var myths: [Diagnostic] {
    let owners = base.reference.myths.flatMap { myth in myth.forbidden.map { _ in myth } }
    let finder = PhraseFinder(base.reference.myths.flatMap(\.forbidden), usage: base.usage)
    return spoken.flatMap { item in
      finder.phrases(in: item.text).map { index in
        Diagnostic(.mythSaid(owners[index].claim, text: item.text, truth: owners[index].truth), at: item.place)
      }
    }
  }

  /// What rests on weak sources and common knowledge alone says so.
  var caveats: [Diagnostic] {
    func check(_ id: String, _ caveat: Caveat?, _ sources: [String], _ place: Place) -> Diagnostic? {
      guard caveat == nil, let needed = self.caveat(sources) else { return nil }
      return Diagnostic(.caveatMissing(id, needed.rawValue), at: place)
    }
    let reference = base.reference
    var result: [Diagnostic?] = []
    result += base.tips.map { check($0.id.text, $0.caveat, $0.sources, $0.place) }
    result += base.procedures.flatMap(\.clocks).map { check($0.name, $0.caveat, $0.sources, $0.place) }
    result += reference.notes.map { check($0.id, $0.caveat, $0.sources, $0.place) }
    result += reference.numberShapes.map { check($0.id, $0.caveat, $0.sources, $0.place) }
    result += reference.techniques.map { check($0.id, $0.caveat, $0.sources, $0.place) }
    // An article that says it is verified must have something verified behind it.
    result += reference.articles.filter { $0.status == .verified }.map { check($0.id, nil, $0.sources, $0.place) }
    return result.compactMap(\.self)
  }

  /// What a list of sources calls for; nil when one of them can be relied on, or the words are our own.
  private func caveat(_ sources: [String]) -> Caveat? {
    let grades = sources.map { source in
      base.sources.first { $0.id.text == source.split(separator: ":").first.map(String.init) ?? source }?.grade ?? ""
    }
    let facts = grades.filter { $0 != "own" }
    if facts.isEmpty || !facts.allSatisfy({ $0 == "CK" || $0 == "C" }) { return nil }
    return facts.contains("C") ? .weak : .commonKnowledge
  }
}
