import FanzhaCatalogue

extension KnowledgeLoader {
  private static let shared = [
    "id", "name", "short", "aliases", "status", "frequency", "summary", "signs", "needs", "questions", "scripts",
    "look_alikes", "match", "near_miss", "sources", "revised",
  ]

  mutating func readHypothesis(_ root: Record, kind: Hypothesis.Kind) {
    root.allow(
      Self.shared
        + (kind == .pattern ? ["family", "victims", "channels", "stages", "cover_stories", "escalation"] : ["confirmed_by"]))
    let id = root.text("id", example: "romance-investment")
    let name = root.record("name")
    name?.allow(["zh", "en"])
    let signs = readSigns(root)
    let family: String = kind == .pattern ? family(root) : purpose(root, id)
    let questions: [Question.ID] = root.list("questions").map { Question.ID($0) }
    let escalation: [Procedure.ID] = root.list("escalation").map { Procedure.ID($0) }
    let status: Hypothesis.Status = root.choice("status") ?? .draft
    let frequency: Frequency = root.choice("frequency") ?? .occasional
    hypotheses.append(
      Hypothesis(
        id: Hypothesis.ID(id), kind: kind,
        family: family,
        name: name?.text("zh", example: "网络婚恋交友") ?? "",
        nameInEnglish: name?.text("en", example: "Romance baiting") ?? "",
        short: root.text("short", example: "杀猪盘"),
        aliases: root.list("aliases"),
        status: status,
        frequency: frequency,
        summary: root.text("summary", example: "一两句话。"),
        victims: root.list("victims"), channels: root.list("channels"), stages: root.list("stages"),
        signs: signs.exact, broadSigns: signs.broad, needs: factValues(root, "needs"),
        coverStories: root.records("cover_stories").map(coverStory),
        confirmedBy: root.list("confirmed_by"),
        questions: questions,
        scripts: readScriptTexts(root, kind: kind),
        escalation: escalation,
        lookAlikes: root.list("look_alikes"),
        match: examples(root, "match"), nearMiss: examples(root, "near_miss"),
        sources: root.list("sources"),
        revised: root.text("revised", example: "2026-01-31"),
        place: root.place))
  }

  private func family(_ root: Record) -> String {
    oneOf(Hypothesis.families, root.text("family", example: "romance"), root, field: "family")
  }

  private func purpose(_ root: Record, _ id: String) -> String {
    oneOf(Hypothesis.purposes, id, root, field: "id")
  }

  private func oneOf(_ allowed: [String], _ word: String, _ root: Record, field: String) -> String {
    if !word.isEmpty, !allowed.contains(word) {
      root.report(
        .notInVocabulary(field: field, value: word, allowed: allowed, nearest: nearest(to: word, among: allowed)),
        at: root.place(of: field))
    }
    return word
  }

  private func readSigns(_ root: Record) -> (exact: [FactValue: Likelihood], broad: [String: Likelihood]) {
    var exact: [FactValue: Likelihood] = [:]
    var broad: [String: Likelihood] = [:]
    for (key, word, place) in root.record("signs")?.pairs ?? [] {
      guard let likelihood = Likelihood(rawValue: word) else {
        let allowed = Likelihood.allCases.map(\.rawValue)
        root.report(
          .notInVocabulary(field: key, value: word, allowed: allowed, nearest: nearest(to: word, among: allowed)),
          at: place)
        continue
      }
      if key.hasSuffix("*") {
        broad[String(key.dropLast())] = likelihood
      } else if let pair = FactValue(parsing: key) {
        exact[pair] = likelihood
      } else {
        root.report(.malformedSign(key), at: place)
      }
    }
    return (exact, broad)
  }

  private func coverStory(_ record: Record) -> Hypothesis.CoverStory {
    record.allow(["says", "ask", "settles"])
    return Hypothesis.CoverStory(
      says: record.text("says", example: "做生意的朋友"),
      ask: record.optionalText("ask").map { Question.ID($0) },
      settles: record.text("settles", example: "对方身份证件与合同"))
  }

  private func readScriptTexts(_ root: Record, kind: Hypothesis.Kind) -> Hypothesis.Scripts {
    let record = root.record("scripts")
    let sayField = kind == .pattern ? "persuade" : "close"
    record?.allow(["explain", sayField, "hotline", "never"])
    return Hypothesis.Scripts(
      explain: record?.text("explain", example: "一句话讲清") ?? "",
      say: record?.text(sayField, example: "我们一起核一下再办") ?? "",
      hotline: record?.optionalText("hotline"),
      never: record?.list("never") ?? [])
  }

  private func examples(_ root: Record, _ field: String) -> [Hypothesis.Example] {
    root.texts(field).map { Hypothesis.Example(text: $0.text, place: $0.place) }
  }
}
