import FanzhaCatalogue

extension KnowledgeLoader {
  private static let shared = [
    "id", "name", "short", "aliases", "status", "frequency", "summary", "signs", "needs", "questions", "scripts",
    "look_alikes", "match", "near_miss", "sources", "revised", "reviewed", "replaced_by",
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
    let questions = root.texts("questions")
    let escalation = root.texts("escalation")
    let coverStories = root.texts("cover_stories")
    let lookAlikes = root.texts("look_alikes")
    let status: Hypothesis.Status = root.choice("status") ?? .draft
    let frequency: Frequency = root.choice("frequency") ?? .occasional
    contents.hypotheses.append(
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
        coverStories: coverStories.map { CoverStory.ID($0.text) },
        confirmedBy: root.list("confirmed_by"),
        questions: questions.map { Question.ID($0.text) },
        scripts: readScriptTexts(root, kind: kind),
        escalation: escalation.map { Procedure.ID($0.text) },
        lookAlikes: lookAlikes.map(\.text),
        match: examples(root, "match"), nearMiss: examples(root, "near_miss"),
        sources: root.list("sources"),
        revised: root.text("revised", example: "2026-01-31"),
        reviewed: root.optionalRecord("reviewed").map(review),
        replacedBy: root.optionalText("replaced_by").map { Hypothesis.ID($0) },
        place: root.place, namedAt: Dictionary(
          questions + escalation + coverStories + lookAlikes + signs.places, uniquingKeysWith: { first, _ in first })))
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

  private func readSigns(
    _ root: Record
  ) -> (exact: [FactValue: Likelihood], broad: [String: Likelihood], places: [(text: String, place: Place)]) {
    var places: [(text: String, place: Place)] = []
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
        places.append((pair.description, place))
      } else {
        root.report(.malformedSign(key), at: place)
      }
    }
    return (exact, broad, places)
  }

  private func review(_ record: Record) -> Hypothesis.Review {
    record.allow(["by", "on"])
    return Hypothesis.Review(by: record.text("by", example: "合规岗"), on: record.text("on", example: "2026-01-31"))
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
