import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readProcedure(_ root: Record) {
    root.allow(["id", "name", "urgency", "channel", "summary", "clocks", "sources", "steps"])
    contents.procedures.append(
      Procedure(
        id: Procedure.ID(root.text("id", example: "stop-payment")),
        name: root.text("name", example: "紧急止付"),
        urgency: Int(root.number("urgency", in: 0...1000, example: "30")),
        channel: root.optionalChoice("channel"),
        summary: root.text("summary", example: "一句话。"),
        clocks: root.records("clocks").map(clock),
        steps: root.records("steps", required: true).map(step),
        sources: root.list("sources"),
        place: root.place))
  }

  private func step(_ record: Record) -> Procedure.Step {
    record.allow([
      "id", "who", "text", "hotline", "contact", "due", "within", "if_any", "unless", "mark", "done_heard",
    ])
    return Procedure.Step(
      id: Procedure.Step.ID(record.text("id", example: "call-supervisor")),
      who: record.choice("who", default: .front) ?? .front,
      text: record.text("text", example: "请主管到场"),
      hotline: record.optionalText("hotline"),
      contact: record.optionalText("contact").map { Contact.ID($0) },
      due: record.choice("due") ?? .next,
      within: record.optionalText("within").map { _ in Int(record.number("within", in: 1...10_080, example: "3")) },
      ifAny: conditions(record, "if_any"), unless: conditions(record, "unless"),
      caveat: record.optionalChoice("mark"),
      doneHeard: phrases(record, "done_heard"))
  }

  private func clock(_ record: Record) -> Procedure.Clock {
    record.allow(["id", "name", "hours", "starts", "note", "mark", "sources"])
    return Procedure.Clock(
      name: record.text("name", example: "止付期"), hours: Int(record.number("hours", in: 1...10_000, example: "48")),
      starts: record.text("starts", example: "公安机关确认止付"), note: record.optionalText("note"),
      caveat: record.optionalChoice("mark"), sources: record.list("sources"), place: record.place)
  }

  mutating func readScripts(_ root: Record) {
    root.allow(["scripts", "never"])
    readTaboos(root)
    for record in root.records("scripts") {
      record.allow(["id", "when", "text", "hotline", "practice", "if_any", "unless", "sources"])
      guard let moment: Script.Moment = record.choice("when") else { continue }
      contents.scripts.append(
        Script(
          id: Script.ID(record.text("id", example: "pause-1")),
          moment: moment,
          text: record.text("text", example: "您先坐,我请主管来一起核一下。"),
          hotline: record.optionalText("hotline"),
          practice: record.optionalText("practice").map { Policy.Practice.ID($0) },
          ifAny: conditions(record, "if_any"), unless: conditions(record, "unless"),
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readTaboos(_ root: Record) {
    for record in root.records("never") {
      record.allow(["id", "text", "sources"])
      contents.taboos.append(
        Taboo(
          id: Taboo.ID(record.text("id", example: "no-passwords")), text: record.text("text", example: "不索要密码、验证码"),
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readContacts(_ root: Record) {
    root.allow(["contacts"])
    for record in root.records("contacts", required: true) {
      record.allow(["id", "name", "number", "for", "not_for", "grade", "local", "sources"])
      contents.contacts.append(
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
      contents.sources.append(
        Source(
          id: Source.ID(record.text("id", example: "SRC-01")),
          title: record.text("title", example: "《反电信网络诈骗法》"),
          grade: record.optionalText("grade"), place: record.place))
    }
  }
}
