import FanzhaCatalogue

extension KnowledgeLoader {
  mutating func readTip(_ root: Record) {
    root.allow(["id", "kind", "title", "for", "lead", "points", "confirm", "do", "mark", "sources", "revised"])
    guard let kind: Tip.Kind = root.choice("kind") else { return }
    contents.tips.append(
      Tip(
        id: Tip.ID(root.text("id", example: "risk-romance")), kind: kind,
        title: root.text("title", example: "转账风险提示书:网上认识的人"),
        audience: root.list("for"), lead: root.text("lead", example: "请您慢慢看,看完再决定。"),
        points: root.list("points"), confirm: root.list("confirm"), actions: root.list("do"),
        caveat: root.optionalChoice("mark"), sources: root.list("sources"),
        revised: root.text("revised", example: "2026-01-31"), place: root.place))
  }

  mutating func readShowCards(_ root: Record) {
    root.allow(["cards"])
    for record in root.records("cards", required: true) {
      record.allow(["id", "text", "picture", "answers", "question", "sources"])
      contents.showCards.append(
        ShowCard(
          id: ShowCard.ID(record.text("id", example: "call-live")), text: record.text("text", example: "电话里有人吗?"),
          picture: record.text("picture", example: "📞"), answers: record.choice("answers") ?? .none,
          question: record.optionalText("question").map { Question.ID($0) },
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readLocalCases(_ root: Record) {
    root.allow(["cases"])
    for record in root.records("cases", required: true) {
      record.allow(["id", "date", "family", "text"])
      contents.localCases.append(
        LocalCase(
          id: record.text("id", example: "case-1"), date: record.text("date", example: "2026-01-31"),
          family: record.text("family", example: "romance"), text: record.text("text", example: "两三句话。"),
          place: record.place))
    }
  }

  mutating func readBusinesses(_ root: Record) {
    root.allow(["businesses"])
    for record in root.records("businesses", required: true) {
      record.allow(["id", "name", "key", "first", "then", "watch", "sources"])
      contents.businesses.append(
        Business(
          id: Fact.Value.ID(record.text("id", example: "transfer")), name: record.text("name", example: "转账汇款"),
          key: record.text("key", example: "z"), first: Question.ID(record.text("first", example: "what-for")),
          then: record.list("then").map { Question.ID($0) }, watch: record.text("watch", example: "先看收款人是谁"),
          sources: record.list("sources"), place: record.place))
    }
  }

  mutating func readCoverStories(_ root: Record) {
    root.allow(["cover_stories"])
    for record in root.records("cover_stories", required: true) {
      record.allow(["id", "says", "claims", "follow_up", "ask", "settles", "sources"])
      contents.coverStories.append(
        CoverStory(
          id: CoverStory.ID(record.text("id", example: "renovation")), says: record.text("says", example: "家里装修"),
          claims: record.optionalText("claims").flatMap { factValue($0, record, "claims") },
          followUp: record.text("follow_up", example: "装的是哪一套,谁家公司做的?"),
          ask: record.optionalText("ask").map { Question.ID($0) },
          settles: record.text("settles", example: "装修合同与收款户名一致"),
          sources: record.list("sources"), place: record.place))
    }
  }

  private func factValue(_ text: String, _ record: Record, _ field: String) -> FactValue? {
    if let pair = FactValue(parsing: text) { return pair }
    record.report(.malformedCondition(text), at: record.place(of: field))
    return nil
  }
}
