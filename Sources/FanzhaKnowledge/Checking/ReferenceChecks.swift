import FanzhaCatalogue

/// Whatever is named exists.
extension KnowledgeChecks {
  /// One key answers.
  private static let mostOptions = 9

  static func resolve(_ pair: FactValue, in base: KnowledgeBase, at place: Place, _ report: Report) {
    guard let fact = base.fact(pair.fact) else {
      report(unknown("事实", pair.fact.text, base.facts.map(\.id.text)), place)
      return
    }
    if fact.index(of: pair.value) == nil {
      report(unknown("值", "\(pair)", fact.values.map { "\(fact.id) = \($0.id)" }), place)
    }
  }

  static func unknown(_ kind: String, _ id: String, _ known: [String]) -> Problem {
    .unknownReference(kind: kind, id: id, nearest: nearest(to: id, among: known))
  }

  static func wellKnownFacts(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for pair in FactValue.wellKnown where base.fact(pair.fact)?.index(of: pair.value) == nil {
      report(unknown("事实", "\(pair)", []), Place(file: "facts"))
    }
  }

  static func signsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for hypothesis in base.hypotheses {
      for pair in hypothesis.signs.keys.sorted() + hypothesis.needs {
        resolve(pair, in: base, at: hypothesis.place(of: pair.description), report)
      }
      for prefix in hypothesis.broadSigns.keys.sorted()
      where !base.facts.contains(where: { $0.id.text.hasPrefix(prefix) }) {
        report(.unknownReference(kind: "事实", id: prefix + "*", nearest: nil), hypothesis.place)
      }
    }
  }

  static func questionsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
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

  static func hypothesesResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let questions = base.questions.map(\.id.text)
    let procedures = base.procedures.map(\.id.text)
    let alike = base.everyHypothesis.map(\.id.text) + Hypothesis.families + Hypothesis.purposes
    let stories = base.coverStories.map(\.id.text)
    for hypothesis in base.everyHypothesis {
      for id in hypothesis.coverStories where !stories.contains(id.text) {
        report(unknown("借口", id.text, stories), hypothesis.place(of: id.text))
      }
      if let heir = hypothesis.replacedBy, !alike.contains(heir.text) {
        report(unknown("手法或用途", heir.text, alike), hypothesis.place)
      }
      for id in hypothesis.questions where base.question(id) == nil {
        report(unknown("问句", id.text, questions), hypothesis.place(of: id.text))
      }
      for id in hypothesis.escalation where base.procedure(id) == nil {
        report(unknown("处置流程", id.text, procedures), hypothesis.place(of: id.text))
      }
      for id in hypothesis.lookAlikes where !alike.contains(id) {
        report(unknown("手法或用途", id, alike), hypothesis.place(of: id))
      }
    }
  }

  static func stepsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for procedure in base.procedures {
      for step in procedure.steps { check(step.ifAny + step.unless, in: base, at: procedure.place, report) }
      for contact in procedure.steps.compactMap(\.contact) where base.contact(contact) == nil {
        report(unknown("联系人", contact.text, base.contacts.map(\.id.text)), procedure.place)
      }
    }
  }

  private static func check(_ conditions: [Condition], in base: KnowledgeBase, at place: Place, _ report: Report) {
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

  static func policyResolves(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    func check(_ conditions: [Condition], at place: Place) {
      Self.check(conditions, in: base, at: place, report)
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

  static func scriptsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let practices = base.policy.practices.map(\.id.text)
    for script in base.scripts {
      check(script.ifAny + script.unless, in: base, at: script.place, report)
      if let practice = script.practice, !practices.contains(practice.text) {
        report(unknown("做法", practice.text, practices), script.place)
      }
    }
  }

  static func materialsResolve(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let questions = base.questions.map(\.id.text)
    func check(_ question: Question.ID?, at place: Place) {
      if let question, base.question(question) == nil { report(unknown("问句", question.text, questions), place) }
    }
    for business in base.businesses {
      resolve(FactValue(.business, business.id), in: base, at: business.place, report)
      for question in [business.first] + business.then { check(question, at: business.place) }
    }
    for story in base.coverStories {
      if let claims = story.claims { resolve(claims, in: base, at: story.place, report) }
      check(story.ask, at: story.place)
    }
    for card in base.showCards { check(card.question, at: card.place) }
    let groups = base.reference.groups.map(\.id)
    for tip in base.tips {
      let known = tip.kind == .groupSheet ? groups : Hypothesis.families
      for audience in tip.audience where !known.contains(audience) {
        report(unknown(tip.kind == .groupSheet ? "人群" : "类别", audience, known), tip.place)
      }
    }
    for localCase in base.localCases where !Hypothesis.families.contains(localCase.family) {
      report(unknown("类别", localCase.family, Hypothesis.families), localCase.place)
    }
  }

  static func referenceResolves(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    for technique in base.reference.techniques {
      for pair in technique.facts { resolve(pair, in: base, at: technique.place, report) }
    }
    let groups = base.reference.groups.map(\.id)
    for value in base.fact(.customerGroup)?.values ?? [] where !groups.contains(value.id.text) {
      report(unknown("人群", value.id.text, groups), value.place)
    }
  }

  static func seedResolves(_ base: KnowledgeBase, _: KnowledgeFiles, _ report: Report) {
    let patterns = base.everyHypothesis.filter { $0.kind == .pattern }.map(\.id.text)
    let businesses = base.businesses.map(\.id.text)
    let techniques = base.reference.techniques.map(\.id)
    let groups = base.reference.groups.map(\.id)
    for entry in base.seed.scams + base.seed.ministryClasses {
      func check(_ kind: String, _ ids: [String], _ known: [String]) {
        for id in ids where !known.contains(id) { report(unknown(kind, id, known), entry.place) }
      }
      check("手法", entry.patterns.map(\.text), patterns)
      check("业务", entry.businesses.map(\.text), businesses)
      check("手段", entry.techniques, techniques)
      check("人群", entry.groups, groups)
    }
  }
}
