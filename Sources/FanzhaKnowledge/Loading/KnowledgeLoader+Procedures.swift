import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readProcedure(_ root: Record) {
    root.allow(["id", "name", "urgency", "summary", "sources", "steps"])
    procedures.append(
      Procedure(
        id: Procedure.ID(root.text("id", example: "stop-payment")),
        name: root.text("name", example: "紧急止付"),
        urgency: Int(root.number("urgency", in: 0...1000, example: "30")),
        summary: root.text("summary", example: "一句话。"),
        steps: root.records("steps", required: true).map(step),
        sources: root.list("sources"),
        place: root.place))
  }

  private func step(_ record: Record) -> Procedure.Step {
    record.allow(["id", "text", "hotline", "contact", "due", "done_heard"])
    return Procedure.Step(
      id: Procedure.Step.ID(record.text("id", example: "call-supervisor")),
      text: record.text("text", example: "请主管到场"),
      hotline: record.optionalText("hotline"),
      contact: record.optionalText("contact").map { Contact.ID($0) },
      due: record.choice("due") ?? .next,
      doneHeard: phrases(record, "done_heard"))
  }

  mutating func readScripts(_ root: Record) {
    root.allow(["scripts", "never"])
    readTaboos(root)
    for record in root.records("scripts") {
      record.allow(["id", "when", "text", "hotline", "sources"])
      guard let moment: Script.Moment = record.choice("when") else { continue }
      scripts.append(
        Script(
          id: Script.ID(record.text("id", example: "pause-1")),
          moment: moment,
          text: record.text("text", example: "您先坐,我请主管来一起核一下。"),
          hotline: record.optionalText("hotline"),
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readTaboos(_ root: Record) {
    for record in root.records("never") {
      record.allow(["id", "text", "sources"])
      taboos.append(
        Taboo(
          id: Taboo.ID(record.text("id", example: "no-passwords")), text: record.text("text", example: "不索要密码、验证码"),
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readContacts(_ root: Record) {
    root.allow(["contacts"])
    for record in root.records("contacts", required: true) {
      record.allow(["id", "name", "number", "for", "not_for", "grade", "local", "sources"])
      contacts.append(
        Contact(
          id: Contact.ID(record.text("id", example: "police")),
          name: record.text("name", example: "报警电话"),
          number: record.optionalText("number"),
          purpose: record.text("for", example: "报警、紧急止付"),
          notFor: record.optionalText("not_for"),
          grade: record.optionalText("grade"),
          isLocal: record.flag("local"),
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readSources(_ root: Record) {
    root.allow(["sources"])
    for record in root.records("sources", required: true) {
      record.allow(["id", "title", "grade", "proves"])
      sources.append(
        Source(
          id: Source.ID(record.text("id", example: "SRC-01")),
          title: record.text("title", example: "《反电信网络诈骗法》"),
          grade: record.optionalText("grade"), place: record.place))
    }
  }
}
