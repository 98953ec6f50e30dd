import FanzhaCatalogue
import TestSupport
import Testing

@testable import FanzhaKnowledge

@Suite struct KnowledgeLoaderTests {
  /// Rendered errors of the small base with one file changed.
  private func errors(_ path: String, _ change: (String) -> String) -> String {
    let text = change(SmallBase.texts[path] ?? "")
    return SmallBase.diagnostics(replacing: [path: text]).map { $0.rendered() }.joined(separator: "\n")
  }

  @Test func theSmallBaseIsWhole() throws {
    #expect(SmallBase.diagnostics(replacing: [:]) == [])
    let base = try SmallBase.load()
    #expect(base.hypotheses.count == Hypothesis.families.count + Hypothesis.purposes.count)
    #expect(base.version.count == 16)
  }

  @Test func theShippedBaseHasNoErrorAndNoWarning() throws {
    let found = KnowledgeLoader.loadAndCheck(try KnowledgeFiles(directory: ShippedBase.directory)).diagnostics
    #expect(found.filter { $0.severity > .note }.map { $0.rendered() } == [])
  }

  @Test func theVersionNamesTheContent() throws {
    let other = try SmallBase.load(replacing: ["policy.yaml": SmallBase.policy + "\n# a comment\n"])
    #expect(try SmallBase.load().version == SmallBase.load().version)
    #expect(try SmallBase.load().version != other.version)
  }

  // MARK: Golden messages

  @Test func aMissingFieldSaysWhatToWrite() {
    #expect(
      errors("patterns/romance/romance-test.yaml") { $0.replacing("short: 测试\n", with: "") } == """
        错误[KB008] patterns/romance/romance-test.yaml:1:1: 缺少 short
            怎么办: 加上一行,例如 short: 杀猪盘
        """)
  }

  @Test func aMisspeltFieldIsFound() {
    #expect(
      errors("patterns/romance/romance-test.yaml") { $0.replacing("frequency:", with: "frequensy:") } == """
        错误[KB008] patterns/romance/romance-test.yaml:1:1: 缺少 frequency
            怎么办: 加上一行,例如 frequency: common
        错误[KB009] patterns/romance/romance-test.yaml:6:1: 不认识的字段 frequensy
            怎么办: 是不是 frequency?否则删去这一行
        """)
  }

  @Test func aWordOutsideTheVocabularyIsFound() {
    #expect(
      errors("patterns/romance/romance-test.yaml") { $0.replacing("met-online: almost-always", with: "met-online: alway") }
        .hasPrefix("错误[KB010] patterns/romance/romance-test.yaml:9:3: payee.relation = met-online 不能是「alway」"))
  }

  @Test func aDanglingIdSuggestsTheNearest() {
    #expect(
      errors("patterns/romance/romance-test.yaml") { $0.replacing("payee.relation = met-online", with: "payee.relation = met-onlin") } == """
        错误[KB021] patterns/romance/romance-test.yaml:9:3: 没有这个值: payee.relation = met-onlin
            怎么办: 是不是 payee.relation = met-online?
        """)
  }

  @Test func aBrokenPhraseIsShownWhereItStands() {
    #expect(
      errors("facts/test.yaml") { $0.replacing("[网上认识, 网友]", with: "[网上认识, (网友]") } == """
        错误[KB031] facts/test.yaml:11:104: 括号不成对:「(网友」
            怎么办: ( ) 和 { } 要成对
        """)
  }

  @Test func brokenYAMLNamesTheLine() {
    let text = errors("questions/test.yaml") { $0 + "  - id: [\n" }
    #expect(text.contains("错误[KB004] questions/test.yaml:"))
    #expect(text.contains("检查缩进和引号"))
  }

  @Test func severalProblemsAreReportedInOneRun() {
    let found = SmallBase.diagnostics(replacing: [
      "patterns/romance/romance-test.yaml": nil, "purposes/renovation.yaml": "- 不是映射",
      "policy.yaml": SmallBase.policy.replacing("pause_from: 0.6", with: "pause_from: 六成"),
    ])
    #expect(Set(found.map(\.problem.code)).isSuperset(of: ["KB005", "KB011", "KB051", "KB052"]))
  }

  @Test func aMissingPolicyIsFatal() {
    #expect(throws: Diagnostics.self) { try SmallBase.load(replacing: ["policy.yaml": nil]) }
  }

  @Test func alarmingWordsAreNotForTheCounter() {
    #expect(
      errors("questions/test.yaml") { $0.replacing("text: 见过面吗?", with: "text: 是不是诈骗?") } == """
        错误[KB043] questions/test.yaml:3:5: 柜面用语里有「诈骗」:「是不是诈骗?」
            怎么办: 客户可能看得见:换成中性的说法,直说的话写在 hotline
        """)
  }

  @Test func phoneNumbersStandInOnePlace() {
    #expect(
      errors("scripts/general.yaml") { $0.replacing("text: 您好。", with: "text: 请打 4000000000。") }
        .contains("[KB044] scripts/general.yaml:2:5: 电话号码写在了 contacts.yaml 以外: 4000000000"))
  }

  @Test func everyEntryCitesItsSource() {
    #expect(errors("questions/test.yaml") { $0.replacing("sources: [own]", with: "sources: [seed:篇七]", maxReplacements: 1) }
      .contains("[KB021] questions/test.yaml:3:5: 没有这个出处: seed:篇七"))
    #expect(errors("questions/test.yaml") { $0.replacing("    sources: [own]\n", with: "", maxReplacements: 1) }
      .contains("[KB040] questions/test.yaml:3:5: met 没有注明出处"))
  }

  @Test func duplicateIdsNameTheFirst() {
    #expect(errors("questions/test.yaml") { $0.replacing("- id: who", with: "- id: met") }
      .contains("[KB020] questions/test.yaml:13:5: 编号 met 重复,第一次在 questions/test.yaml:3:5"))
  }

  @Test func yesAndNoAreWords() throws {
    let fact = try #require(try SmallBase.load().fact("payee.met"))
    #expect(fact.values.map(\.id) == ["yes", "no"])
  }

  @Test func anOverlayReplacesAndAdds() throws {
    let folder = try TemporaryFolder()
    try folder.write("scripts/local.yaml", "scripts:\n  - {id: local, when: clear, text: 本地用语。, sources: [own]}\n")
    let files = try KnowledgeFiles(directory: ShippedBase.directory, overlay: folder.path)
    let base = try KnowledgeLoader.load(files)
    #expect(base.scripts.contains { $0.id == "local" })
    #expect(base.version != (try ShippedBase.loaded.get().version))
  }

  @Test func anOverlayThatIsNotThereIsSaidSo() {
    #expect {
      try KnowledgeFiles(directory: ShippedBase.directory, overlay: "/nowhere/local")
    } throws: { error in
      (error as? Diagnostics)?.list.map(\.problem.code) == ["KB013"]
    }
  }

  @Test func filesThatNobodyReadsAreReported() throws {
    let folder = try TemporaryFolder()
    for (path, text) in SmallBase.texts { try folder.write(path, text) }
    try folder.write("fact/typo.yaml", "facts: []\n")
    try folder.write("scripts/more.yml", "scripts: []\n")
    try folder.write("scripts/.#general.yaml", "an editor's")
    let found = KnowledgeLoader.loadAndCheck(try KnowledgeFiles(directory: folder.path)).diagnostics
    #expect(found.map { "\($0.problem.code) \($0.place?.file ?? "")" } == ["KB014 fact/typo.yaml", "KB041 scripts/more.yml"])
  }

  @Test func anUnreadableFileIsReportedAlone() {
    let found = SmallBase.diagnostics(replacing: ["facts/test.yaml": "topic: ["])
    #expect(found.map(\.problem.code) == ["KB004"])
  }

  @Test func aNumberToCallMayBeShort() {
    #expect(errors("scripts/general.yaml") { $0.replacing("text: 您好。", with: "text: 请打 95599。") }.contains("[KB044]"))
    #expect(errors("scripts/general.yaml") { $0.replacing("text: 您好。", with: "text: 请打 110。") }.isEmpty)
  }

  @Test func aQuestionAboutOneOfManyIsAnsweredByYesOrNo() {
    let wrong = SmallBase.questions.replacing("asks: payee.met", with: "asks: topic = renovation")
      .replacing("value: yes", with: "value: yess")
    let found = SmallBase.diagnostics(replacing: ["questions/test.yaml": wrong])
    #expect(found.contains { $0.problem.code == "KB010" && $0.place?.line == 8 })
  }

  @Test func aFolderWithoutKnowledgeIsSaidSo() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Diagnostics.self) { try KnowledgeFiles(directory: folder.path) }
  }
}
