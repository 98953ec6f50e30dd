import FanzhaCatalogue

/// Checks that look at a base as a whole. Each is small, reports values, and never stops another.
enum KnowledgeChecks {
  typealias Report = (Problem, Place) -> Void
  typealias Check = @Sendable (KnowledgeBase, KnowledgeFiles, Report) -> Void

  static let all: [Check] = [
    uniqueIDs, wellKnownFacts, signsResolve, questionsResolve, hypothesesResolve, stepsResolve, policyResolves,
    sourcesGiven, fileNames, counterWording, phoneNumbers, coverage, reachability, localContacts,
  ]

  /// What a customer must not read over the counter (DESIGN §6, law 5).
  static let alarmingWords = ["诈骗", "骗子", "嫌疑", "报警", "被骗", "骗局"]
  private static let mostCharactersInShortName = 6
  /// One key answers.
  private static let mostOptions = 9
  private static let fewestDigitsOfANumber = 5

  // MARK: Ids

  private static func uniqueIDs(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
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
    check(base.hypotheses.map { ($0.id.text, $0.place) })
    check(base.questions.map { ($0.id.text, $0.place) })
    check(base.procedures.map { ($0.id.text, $0.place) })
    check(base.contacts.map { ($0.id.text, $0.place) })
    check(base.scripts.map { ($0.id.text, $0.place) })
    check(base.sources.map { ($0.id.text, $0.place) })
    check(base.policy.redFlags.map { ($0.id, $0.place) })
  }

  // MARK: References

  private static func resolve(_ pair: FactValue, in base: KnowledgeBase, at place: Place, _ report: Report) {
    guard let fact = base.fact(pair.fact) else {
      report(unknown("事实", pair.fact.text, base.facts.map(\.id.text)), place)
      return
    }
    if fact.index(of: pair.value) == nil {
      report(unknown("值", "\(pair)", fact.values.map { "\(fact.id) = \($0.id)" }), place)
    }
  }

  private static func unknown(_ kind: String, _ id: String, _ known: [String]) -> Problem {
    .unknownReference(kind: kind, id: id, nearest: nearest(to: id, among: known))
  }

  private static func wellKnownFacts(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for pair in FactValue.wellKnown where base.fact(pair.fact)?.index(of: pair.value) == nil {
      report(unknown("事实", "\(pair)", []), Place(file: "facts"))
    }
  }

  private static func signsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for hypothesis in base.hypotheses {
      for pair in hypothesis.signs.keys.sorted() + hypothesis.needs { resolve(pair, in: base, at: hypothesis.place, report) }
      for prefix in hypothesis.broadSigns.keys.sorted()
      where !base.facts.contains(where: { $0.id.text.hasPrefix(prefix) }) {
        report(.unknownReference(kind: "事实", id: prefix + "*", nearest: nil), hypothesis.place)
      }
    }
  }

  private static func questionsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for question in base.questions {
      guard let fact = base.fact(question.asks) else {
        report(unknown("事实", question.asks.text, base.facts.map(\.id.text)), question.place)
        continue
      }
      if fact.kind == .many {
        if let about = question.about {
          resolve(FactValue(fact.id, about), in: base, at: question.place, report)
        } else {
          report(.questionWithoutValue(question: question.id.text, fact: fact.id.text), question.place)
        }
      } else {
        for case .value(let value) in question.options.map(\.answer) {
          resolve(FactValue(fact.id, value), in: base, at: question.place, report)
        }
      }
      if !question.options.contains(where: { $0.answer == .evasive }) {
        report(.noEvasiveOption(question.id.text), question.place)
      }
      if question.options.count > mostOptions {
        report(.tooManyOptions(question.id.text, count: question.options.count), question.place)
      }
      let families = Hypothesis.families + Hypothesis.purposes
      for family in question.relevantTo where !families.contains(family) {
        report(unknown("类别", family, families), question.place)
      }
    }
  }

  private static func hypothesesResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let questions = base.questions.map(\.id.text)
    let procedures = base.procedures.map(\.id.text)
    let alike = base.hypotheses.map(\.id.text) + Hypothesis.families + Hypothesis.purposes
    for hypothesis in base.hypotheses {
      for id in hypothesis.questions + hypothesis.coverStories.compactMap(\.ask) where base.question(id) == nil {
        report(unknown("问句", id.text, questions), hypothesis.place)
      }
      for id in hypothesis.escalation where base.procedure(id) == nil {
        report(unknown("处置流程", id.text, procedures), hypothesis.place)
      }
      for id in hypothesis.lookAlikes where !alike.contains(id) {
        report(unknown("手法或用途", id, alike), hypothesis.place)
      }
    }
  }

  private static func stepsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for procedure in base.procedures {
      for contact in procedure.steps.compactMap(\.contact) where base.contact(contact) == nil {
        report(unknown("联系人", contact.text, base.contacts.map(\.id.text)), procedure.place)
      }
    }
  }

  private static func policyResolves(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    func check(_ conditions: [Condition], at place: Place) {
      for condition in conditions {
        switch condition {
        case .holds(let pair): resolve(pair, in: base, at: place, report)
        case .known(let fact) where base.fact(fact) == nil:
          report(unknown("事实", fact.text, base.facts.map(\.id.text)), place)
        case .suspect(let family) where !Hypothesis.families.contains(family):
          report(unknown("类别", family, Hypothesis.families), place)
        case .known, .suspect, .level, .scam, .channel: break
        }
      }
    }
    for flag in base.policy.redFlags { check(flag.when + flag.unless, at: flag.place) }
    for call in base.policy.calls {
      check(call.when + call.unless, at: call.place)
      if base.procedure(call.procedure) == nil {
        report(unknown("处置流程", call.procedure.text, base.procedures.map(\.id.text)), call.place)
      }
    }
    check(base.policy.sealsWords, at: Place(file: "policy.yaml"))
    for pair in base.policy.settles { resolve(pair, in: base, at: Place(file: "policy.yaml"), report) }
    for purpose in base.policy.onWord.sorted() where !Hypothesis.purposes.contains(purpose) {
      report(unknown("用途", purpose, Hypothesis.purposes), Place(file: "policy.yaml"))
    }
    for urgent in base.policy.urgentQuestions + base.policy.openingQuestions {
      check(urgent.when, at: urgent.place)
      if base.question(urgent.question) == nil {
        report(unknown("问句", urgent.question.text, base.questions.map(\.id.text)), urgent.place)
      }
    }
    for question in base.questions { check(question.ifAny + question.unless, at: question.place) }
    for entry in base.policy.mandatory { check(entry.doneBy.map(Condition.known), at: entry.place) }
  }

  // MARK: Sources and names

  private static func sourcesGiven(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
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
    for item in base.hypotheses { check(item.id.text, item.sources, item.place) }
    for item in base.questions { check(item.id.text, item.sources, item.place) }
    for item in base.procedures { check(item.id.text, item.sources, item.place) }
    for item in base.scripts { check(item.id.text, item.sources, item.place) }
    for item in base.contacts { check(item.id.text, item.sources, item.place) }
  }

  private static func fileNames(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for hypothesis in base.hypotheses {
      let expected =
        hypothesis.kind == .pattern
        ? "patterns/\(hypothesis.family)/\(hypothesis.id).yaml" : "purposes/\(hypothesis.id).yaml"
      if hypothesis.place.file != expected {
        report(.wrongFileName(expected: expected), Place(file: hypothesis.place.file))
      }
      if hypothesis.short.count > mostCharactersInShortName { report(.shortTooLong(hypothesis.short), hypothesis.place) }
    }
  }

  // MARK: Wording

  private static func counterWording(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    func check(_ texts: [String], at place: Place) {
      for text in texts {
        for word in alarmingWords where text.contains(word) { report(.alarmingWord(word: word, text: text), place) }
      }
    }
    for item in base.questions {
      check([item.text, item.reason] + (item.again.map { [$0] } ?? []) + item.options.map(\.label), at: item.place)
    }
    for item in base.hypotheses { check([item.short, item.scripts.explain, item.scripts.say], at: item.place) }
    for item in base.scripts { check([item.text], at: item.place) }
    for item in base.procedures { check(item.steps.map(\.text), at: item.place) }
    for item in base.policy.redFlags { check([item.reason], at: item.place) }
    for item in base.policy.mandatory { check([item.label], at: item.place) }
  }

  /// A number to call, anywhere but in the contacts. Five digits are a service number: money is written in words.
  ///
  /// Numbers that name themselves in what people say (phrases, examples) are language, not contacts.
  private static func phoneNumbers(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
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
    for item in base.hypotheses {
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
  }

  // MARK: Completeness

  private static func coverage(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let found = Set(base.hypotheses.map(\.family))
    for family in Hypothesis.families where !found.contains(family) {
      report(.missingFamily(family), Place(file: "patterns"))
    }
    for purpose in Hypothesis.purposes where !found.contains(purpose) {
      report(.missingPurpose(purpose), Place(file: "purposes"))
    }
  }

  private static func reachability(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
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

  private static func localContacts(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for contact in base.contacts where contact.isLocal && contact.number == nil {
      report(.unfilledContact(contact.name), contact.place)
    }
  }
}
