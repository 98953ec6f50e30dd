import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readQuestions(_ root: Record) {
    root.allow(["topic", "questions"])
    let topic = root.text("topic", example: "payee")
    for record in root.records("questions", required: true) {
      record.allow([
        "id", "asks", "text", "again", "hotline", "reason", "for", "if_any", "unless", "friction", "options", "heard",
        "sources",
      ])
      let asks = record.text("asks", example: "payee.met")
      let pair = FactValue(parsing: asks)
      contents.questions.append(
        Question(
          id: Question.ID(record.text("id", example: "met-in-person")),
          topic: topic,
          asks: pair?.fact ?? Fact.ID(asks), about: pair?.value,
          text: record.text("text", example: "您和他线下见过面吗?"),
          again: record.optionalText("again"),
          hotline: record.optionalText("hotline"),
          reason: record.text("reason", example: "没见过面的人,身份没人核实过。"),
          relevantTo: record.list("for"),
          ifAny: conditions(record, "if_any"),
          unless: conditions(record, "unless"),
          friction: record.choice("friction", default: .low) ?? .low,
          options: record.records("options", required: true).map { option($0, isAboutOne: pair != nil) },
          heard: phrases(record, "heard"),
          sources: record.list("sources"),
          place: record.place))
    }
  }

  private func option(_ record: Record, isAboutOne: Bool) -> Question.Option {
    record.allow(["id", "label", "value", "heard"])
    let value = record.text("value", example: "yes")
    let ofOne = ["yes", "no", "evasive"]
    if isAboutOne, !ofOne.contains(value) {
      record.report(
        .notInVocabulary(field: "value", value: value, allowed: ofOne, nearest: nearest(to: value, among: ofOne)),
        at: record.place(of: "value"))
    }
    let answer: Question.Answer =
      switch (value, isAboutOne) {
      case ("evasive", _): .evasive
      case ("no", true): .denied
      default: .value(Fact.Value.ID(value))
      }
    return Question.Option(
      id: Question.Option.ID(record.text("id", example: "yes")),
      label: record.text("label", example: "见过"),
      answer: answer,
      heard: phrases(record, "heard"))
  }
}
