import FanzhaCatalogue

/// What may be read over the counter, and where a number may come from.
extension KnowledgeChecks {
  /// What a customer must not read over the counter (DESIGN §6, law 5).
  static let alarmingWords = ["诈骗", "骗子", "嫌疑", "报警", "被骗", "骗局"]
  private static let fewestDigitsOfANumber = 5

  static func counterWording(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    func check(_ texts: [String], at place: Place) {
      for text in texts {
        for word in alarmingWords where text.contains(word) { report(.alarmingWord(word: word, text: text), place) }
      }
    }
    for item in base.questions {
      check([item.text, item.reason] + (item.again.map { [$0] } ?? []) + item.options.map(\.label), at: item.place)
    }
    for item in base.everyHypothesis { check([item.short, item.scripts.explain, item.scripts.say], at: item.place) }
    for item in base.scripts { check([item.text], at: item.place) }
    for item in base.procedures { check(item.steps.map(\.text), at: item.place) }
    for item in base.policy.redFlags { check([item.reason], at: item.place) }
    for item in base.policy.mandatory { check([item.label], at: item.place) }
    for item in base.coverStories { check([item.followUp], at: item.place) }
    for item in base.businesses { check([item.name, item.watch], at: item.place) }
    for item in base.showCards { check([item.text], at: item.place) }
  }

  /// A number to call, anywhere but in the contacts. Five digits are a service number: money is written in words.
  ///
  /// Numbers that name themselves in what people say (phrases, examples) are language, not contacts.
  static func phoneNumbers(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    // An id names the service as everybody knows it; an overlay may give it another number.
    let allowed = Set(base.contacts.flatMap { [$0.id.text, $0.number ?? ""] })
    func check(_ texts: [String], at place: Place) {
      for text in texts {
        for run in text.split(whereSeparator: { !($0.isASCII && $0.isNumber) && $0 != "-" }) {
          let digits = run.filter(\.isNumber)
          if digits.count >= fewestDigitsOfANumber, !allowed.contains(digits) { report(.phoneNumber(digits), place) }
        }
      }
    }
    for item in base.everyHypothesis {
      check(
        [item.summary, item.scripts.explain, item.scripts.say, item.scripts.hotline ?? ""] + item.scripts.never
          + item.confirmedBy, at: item.place)
    }
    for item in base.questions { check([item.text, item.reason, item.again ?? "", item.hotline ?? ""], at: item.place) }
    for item in base.scripts { check([item.text, item.hotline ?? ""], at: item.place) }
    for item in base.procedures {
      check([item.summary] + item.steps.flatMap { [$0.text, $0.hotline ?? ""] }, at: item.place)
    }
    for item in base.policy.redFlags { check([item.reason], at: item.place) }
    for item in base.policy.mandatory { check([item.label], at: item.place) }
    for item in base.coverStories { check([item.followUp, item.settles], at: item.place) }
    for item in base.businesses { check([item.watch], at: item.place) }
    for item in base.showCards { check([item.text], at: item.place) }
    for item in base.tips { check([item.title, item.lead] + item.points + item.confirm + item.actions, at: item.place) }
    for item in base.reference.notes { check([item.title] + item.lines, at: item.place) }
    for item in base.reference.techniques { check([item.what, item.tell] + item.todo, at: item.place) }
    for item in base.reference.groups { check(item.care, at: item.place) }
  }
}
