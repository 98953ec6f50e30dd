import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readReference(_ root: Record) {
    root.allow(["articles", "myths", "notes", "shapes", "groups", "techniques"])
    contents.reference.articles += root.records("articles").map(article)
    contents.reference.myths += root.records("myths").map(myth)
    contents.reference.notes += root.records("notes").map(note)
    contents.reference.numberShapes += root.records("shapes").map(numberShape)
    contents.reference.groups += root.records("groups").map(group)
    contents.reference.techniques += root.records("techniques").map(technique)
  }

  private func article(_ record: Record) -> Reference.Article {
    record.allow(["id", "law", "article", "says", "for_us", "status", "sources"])
    return Reference.Article(
      id: record.text("id", example: "law-18"),
      law: record.text("law", example: "反电信网络诈骗法"),
      article: record.optionalText("article"),
      says: record.text("says", example: "对异常账户和可疑交易可以核实、延迟、中止。"),
      forUs: record.text("for_us", example: "暂停一笔付款的依据。"),
      status: record.choice("status") ?? .commonKnowledge,
      sources: record.list("sources"), place: record.place)
  }

  private func myth(_ record: Record) -> Reference.Myth {
    record.allow(["id", "claim", "truth", "forbid", "sources"])
    return Reference.Myth(
      id: record.text("id", example: "all-reversible"),
      claim: record.text("claim", example: "所有转账都能在一天内撤销"),
      truth: record.text("truth", example: "只限自助柜员机上的转账"),
      forbidden: phrases(record, "forbid"),
      sources: record.list("sources"), place: record.place)
  }

  private func note(_ record: Record) -> Reference.Note {
    record.allow(["id", "title", "lines", "mark", "sources"])
    return Reference.Note(
      id: record.text("id", example: "counterfeit-money"), title: record.text("title", example: "假币怎么看"),
      lines: record.list("lines"), caveat: record.optionalChoice("mark"), sources: record.list("sources"),
      place: record.place)
  }

  private func numberShape(_ record: Record) -> Reference.NumberShape {
    record.allow(["id", "begins", "length", "says", "do", "mark", "sources"])
    return Reference.NumberShape(
      id: record.text("id", example: "abroad"), begins: record.text("begins", example: "00"),
      length: record.optionalText("length").flatMap(Int.init),
      says: record.text("says", example: "境外来电或改过的号码"), todo: record.text("do", example: "不回拨"),
      caveat: record.optionalChoice("mark"), sources: record.list("sources"), place: record.place)
  }

  private func group(_ record: Record) -> Reference.CustomerGroup {
    record.allow(["id", "name", "seed", "care", "sources"])
    return Reference.CustomerGroup(
      id: record.text("id", example: "elders"), name: record.text("name", example: "老年人"),
      seed: record.list("seed"), care: record.list("care"), sources: record.list("sources"), place: record.place)
  }

  private func technique(_ record: Record) -> Reference.Technique {
    record.allow(["id", "name", "what", "tell", "do", "facts", "mark", "sources"])
    return Reference.Technique(
      id: record.text("id", example: "screen-sharing"), name: record.text("name", example: "屏幕共享"),
      what: record.text("what", example: "对方看得见手机上的一切"), tell: record.text("tell", example: "手机上开着会议软件"),
      todo: record.list("do"), facts: factValues(record, "facts"), caveat: record.optionalChoice("mark"),
      sources: record.list("sources"), place: record.place)
  }

  mutating func readSeedTable(_ root: Record) {
    root.allow(["scams", "ministry_2025"])
    contents.seed.scams += root.records("scams", required: true).map(entry)
    contents.seed.ministryClasses += root.records("ministry_2025", required: true).map(entry)
  }

  private func entry(_ record: Record) -> SeedTable.Entry {
    record.allow(["id", "name", "patterns", "businesses", "techniques", "groups", "not_a_pattern"])
    return SeedTable.Entry(
      id: record.text("id", example: "S-SCAM-01"), name: record.text("name", example: "电话欠费"),
      patterns: record.list("patterns").map { Hypothesis.ID($0) },
      businesses: record.list("businesses").map { Fact.Value.ID($0) },
      techniques: record.list("techniques"), groups: record.list("groups"),
      notAPattern: record.optionalText("not_a_pattern"), place: record.place)
  }
}
