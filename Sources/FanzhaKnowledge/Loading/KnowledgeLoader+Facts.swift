import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readWordLists(_ root: Record) {
    for name in root.fields { lists[name] = root.list(name) }
  }

  mutating func readFacts(_ root: Record) {
    root.allow(["topic", "sources", "facts"])
    let topic = root.text("topic", example: "payee")
    for record in root.records("facts", required: true) {
      record.allow(["id", "name", "kind", "group", "weightless", "resolve", "comes_up", "from", "values", "except"])
      let id = Fact.ID(record.text("id", example: "payee.relation"))
      let kind: Fact.Kind = record.choice("kind") ?? .one
      let weightless = record.flag("weightless")
      let fact = Fact(
        id: id, topic: topic,
        name: record.text("name", example: "收款人与客户的关系"),
        kind: kind,
        group: record.optionalText("group") ?? id.text,
        weightless: weightless,
        resolution: record.choice("resolve", default: .riskiest) ?? .riskiest,
        comesUp: comesUp(record),
        heardFrom: speakers(record),
        values: record.records("values", required: true).map { value($0, weightless: weightless) },
        except: phrases(record, "except"),
        // The facts of one topic come from the same places.
        sources: root.list("sources"),
        place: record.place)
      if kind == .flag, fact.values.map(\.id.text) != ["yes", "no"] {
        record.report(.flagValues(id.text))
      }
      contents.facts.append(fact)
    }
  }

  private func comesUp(_ record: Record) -> (underPattern: Likelihood, underPurpose: Likelihood)? {
    guard let rates = record.optionalRecord("comes_up") else { return nil }
    rates.allow(["scam", "honest"])
    guard let scam: Likelihood = rates.choice("scam"), let honest: Likelihood = rates.choice("honest") else { return nil }
    return (scam, honest)
  }

  private func value(_ record: Record, weightless: Bool) -> Fact.Value {
    record.allow(["id", "label", "base", "phrases"])
    var scam: Likelihood?
    var honest: Likelihood?
    if weightless {
      scam = .sometimes
      honest = .sometimes
    } else if let base = record.record("base") {
      base.allow(["scam", "honest"])
      scam = base.choice("scam")
      honest = base.choice("honest")
    }
    return Fact.Value(
      id: Fact.Value.ID(record.text("id", example: "met-online")),
      label: record.text("label", example: "网上认识的人"),
      baseUnderPattern: scam ?? .sometimes,
      baseUnderPurpose: honest ?? .sometimes,
      phrases: phrases(record, "phrases"),
      place: record.place)
  }

  private func speakers(_ record: Record) -> Set<Speaker> {
    guard record.has("from") else { return [.customer, .observation, .counterparty] }
    let allowed = Speaker.allCases.map(\.rawValue)
    return Set(
      record.texts("from").compactMap { word, place in
        if let speaker = Speaker(rawValue: word) { return speaker }
        record.report(
          .notInVocabulary(field: "from", value: word, allowed: allowed, nearest: nearest(to: word, among: allowed)),
          at: place)
        return nil
      })
  }
}
