import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readUsage(_ root: Record) {
    root.allow([
      "folds", "negators", "not_negators", "far_negators", "hypotheticals", "questions", "quotings", "threats", "affirmations", "denials",
      "evasions", "shrugs",
    ])
    usage = Usage(
      folds: Dictionary(
        (root.record("folds")?.pairs ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
      negators: root.list("negators"), notNegators: root.list("not_negators"), farNegators: root.list("far_negators"),
      hypotheticals: root.list("hypotheticals"), questions: root.list("questions"),
      quotings: root.list("quotings"), threats: root.list("threats"), affirmations: root.list("affirmations"),
      denials: root.list("denials"), evasions: root.list("evasions"), shrugs: root.list("shrugs"))
  }

  mutating func readPolicy(_ root: Record) {
    root.allow([
      "sources", "prior_of_scam", "pause_from", "proceed_below", "on_word", "settles", "signs_for_pause", "sign_weight",
      "group_damping", "trust", "costs", "red_flags", "calls", "urgent_questions", "opening_questions", "mandatory",
      "seals_words_of", "practices",
    ])
    let prior = root.record("prior_of_scam")
    prior?.allow(Channel.allCases.map(\.rawValue) + ["heard"])
    policy = Policy(
      priorOfScam: Dictionary(
        uniqueKeysWithValues: Channel.allCases.map {
          ($0, prior?.number($0.rawValue, in: 0.0001...0.9999, example: "0.1") ?? 0.1)
        }),
      priorOfScamWhenOnlyHeard: prior?.has("heard") == true ? prior?.number("heard", in: 0.0001...0.9999, example: "0.5") ?? 0 : 0,
      pauseFrom: root.number("pause_from", in: 0.01...0.99, example: "0.6"),
      proceedBelow: root.number("proceed_below", in: 0...0.5, example: "0.03"),
      settles: factValues(root, "settles"),
      onWord: Set(root.list("on_word")),
      signsForPause: Int(root.number("signs_for_pause", in: 1...10, example: "2")),
      signWeight: root.number("sign_weight", in: 0...10, example: "0.5"),
      sealsWords: conditions(root, "seals_words_of"),
      groupDamping: root.number("group_damping", in: 0...1, example: "0.4"),
      trust: trust(root.record("trust")),
      costs: costs(root.record("costs")),
      redFlags: root.records("red_flags").compactMap(redFlag),
      calls: root.records("calls").map(call),
      urgentQuestions: root.records("urgent_questions").map(questionRule),
      openingQuestions: root.records("opening_questions").map(questionRule),
      mandatory: root.records("mandatory").map(mandatory),
      practices: root.records("practices").map(practice),
      sources: root.list("sources"))
  }

  private func trust(_ record: Record?) -> Policy.Trust {
    record?.allow(["words", "denial", "artefact"])
    func share(_ field: String) -> Double { record?.number(field, in: 0...1, example: "0.8") ?? 0.8 }
    return Policy.Trust(words: share("words"), denial: share("denial"), artefact: share("artefact"))
  }

  private func costs(_ record: Record?) -> Policy.Costs {
    record?.allow(["released_scam", "paused_honest", "friction", "topic_jump", "family_knowledge"])
    func cost(_ field: String) -> Double { record?.number(field, in: 0...10_000, example: "10") ?? 1 }
    let friction = record?.record("friction")
    friction?.allow(Question.Friction.allCases.map(\.rawValue))
    return Policy.Costs(
      releasedScam: cost("released_scam"), pausedHonest: cost("paused_honest"),
      friction: Dictionary(
        uniqueKeysWithValues: Question.Friction.allCases.map {
          ($0, friction?.number($0.rawValue, in: 0...100, example: "1") ?? 1)
        }),
      topicJump: cost("topic_jump"), familyKnowledge: cost("family_knowledge"))
  }

  private func redFlag(_ record: Record) -> Policy.RedFlag? {
    record.allow(["id", "when", "unless", "level", "reason"])
    let number = Int(record.number("level", in: 1...3, example: "2"))
    guard let level = Level(rawValue: number) else { return nil }
    return Policy.RedFlag(
      id: record.text("id", example: "safe-account"),
      when: conditions(record, "when"), unless: conditions(record, "unless"),
      level: level, reason: record.text("reason", example: "一句话说明"), place: record.place)
  }

  private func call(_ record: Record) -> Policy.Call {
    record.allow(["procedure", "when", "unless"])
    return Policy.Call(
      procedure: Procedure.ID(record.text("procedure", example: "stop-payment")),
      when: conditions(record, "when"), unless: conditions(record, "unless"), place: record.place)
  }

  private func questionRule(_ record: Record) -> Policy.QuestionRule {
    record.allow(["question", "when"])
    return Policy.QuestionRule(
      question: Question.ID(record.text("question", example: "hang-up-now")),
      when: conditions(record, "when"), place: record.place)
  }

  private func mandatory(_ record: Record) -> Policy.Mandatory {
    record.allow(["id", "label", "done_by"])
    return Policy.Mandatory(
      id: record.text("id", example: "payee-known"), label: record.text("label", example: "认识收款人"),
      doneBy: record.list("done_by").map { Fact.ID($0) }, place: record.place)
  }

  private func practice(_ record: Record) -> Policy.Practice {
    record.allow(["id", "label", "holds"])
    return Policy.Practice(
      id: Policy.Practice.ID(record.text("id", example: "dual-authorisation")),
      label: record.text("label", example: "大额双人授权"), holds: record.flag("holds"), place: record.place)
  }
}
