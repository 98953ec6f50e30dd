import FanzhaDialogue
import FanzhaKnowledge
import TestSupport
import Testing

@testable import FanzhaConsole

@Suite struct SessionTests {
  private var session: Session

  init() throws { session = Session(engine: Engine(try SmallBase.load()), channel: .counter) }

  @Test func wordsAreATurn() {
    var session = session
    #expect(session.enter("网上认识的") == .turn(SpokenLine(speaker: .customer, text: "网上认识的")))
    #expect(session.prompt == "案1-2> ")
  }

  @Test func aDigitAloneAnswersAndALineThatGoesOnIsText() {
    var session = session
    _ = session.enter("网上认识的")
    #expect(session.enter("2") == .turn(SpokenLine(speaker: .customer, text: "没见过")))
    #expect(session.enter("3万给儿子") == .turn(SpokenLine(speaker: .customer, text: "3万给儿子")))
  }

  @Test func yesNoAndEvasionByOneKey() {
    for (key, text) in [("２", "没见过"), ("y", "见过"), ("n", "没见过"), ("?", "回避"), ("？", "回避"), ("Y", "见过")] {
      var session = session
      _ = session.enter("网上认识的")
      #expect(session.enter(key) == .turn(SpokenLine(speaker: .customer, text: text)))
    }
  }

  @Test func aDigitBeyondTheOptionsIsNotLost() {
    var session = session
    _ = session.enter("网上认识的")
    #expect(session.enter("9") == .said(["提示[CO003]: 没有第 9 个选项\n    怎么办: 按屏幕上的数字,或直接打字"]))
    #expect(session.conversation.turnCount == 1)
  }

  @Test func aKeyThatAnswersNothingHereIsNoTurn() {
    var session = session
    _ = session.enter("网上认识的,没见过面")
    #expect(session.enter("y") == .said(["提示[CO007]: 这个问句不能用 y 回答\n    怎么办: 按屏幕上的数字,或直接打字"]))
    #expect(session.enter("五") == .turn(SpokenLine(speaker: .customer, text: "五")))
    #expect(session.conversation.turnCount == 2)
  }

  @Test func emptyLinesChangeNothing() {
    var session = session
    #expect(session.enter("   ") == .nothing)
    #expect(session.conversation.turnCount == 0)
  }

  @Test func aBusinessIsChosenByLetterNameOrPartOfIt() throws {
    for name in ["q", "取现金", "取现", "cash-withdrawal"] {
      var session = Session(engine: Engine(try SmallBase.load(replacing: SmallBase.businesses)), channel: .counter)
      #expect(said(session.enter("/business \(name)")) == ["业务: 取现金", "看门口"], "\(name)")
      #expect(session.conversation.advice.question?.id == "met")
      #expect(session.conversation.turnCount == 0)
      // It can be taken back like anything else.
      #expect(said(session.enter("/undo")) == ["已撤回: 业务: 取现金"])
    }
    var session = Session(engine: Engine(try SmallBase.load(replacing: SmallBase.businesses)), channel: .counter)
    #expect(said(session.enter("/business")) == ["z  转账汇款", "q  取现金"])
    #expect(said(session.enter("/business 买船")).first?.hasPrefix("提示[CO004]") == true)
    #expect(session.historyEntry("/business q") == "/business q")
    #expect(session.historyEntry("/business 张三的事") == "/business")
  }

  @Test func aSheetShownIsAnEventWithItsVersion() throws {
    let sheet = "id: general\nkind: risk-sheet\ntitle: 提示书\nfor: []\nlead: 请看。\npoints: [一]\nsources: [own]\nrevised: 2026-01-02\n"
    var session = Session(engine: Engine(try SmallBase.load(replacing: ["tips/general.yaml": sheet])), channel: .counter)
    let lines = said(session.enter("/sheet"))
    #expect(lines.first == "提示书(2026-01-02 版)" && lines.last == "已请客户看: 提示书(2026-01-02 版);只由客户本人签字")
    #expect(session.conversation.events == [.sheetShown("general", version: "2026-01-02")])
  }

  @Test func aCardOverTheCounterLeavesThePlainWordsOfTheHotlineOut() throws {
    let path = "patterns/romance/romance-test.yaml"
    let plain = (SmallBase.texts[path] ?? "").replacing("persuade: 说一句", with: "persuade: 说一句, hotline: 这是骗局")
    for (channel, isShown) in [(Channel.counter, false), (.hotline, true)] {
      var session = Session(engine: Engine(try SmallBase.load(replacing: [path: plain])), channel: channel)
      #expect(said(session.enter("/card romance-test")).contains { $0.contains("这是骗局") } == isShown)
    }
  }

  @Test func aNumberIsLookedUpWithoutBecomingATurn() {
    var session = session
    #expect(said(session.enter("/number 110")).first == "110 是 报警")
    #expect(said(session.enter("/number")).first?.hasPrefix("写成") == true)
    #expect(session.conversation.events.isEmpty)
    #expect(session.historyEntry("/number 13800000000") == "/number")
  }

  @Test func everyCommandIsInHelp() {
    var session = session
    let lines = said(session.enter("/help"))
    for command in Command.allCases { #expect(lines.contains { $0.contains(command.usage) && $0.contains(command.help) }) }
  }

  @Test func aMistypedCommandSuggestsTheNearest() {
    var session = session
    #expect(session.enter("/stesp") == .said(["错误[CO002]: 没有命令 /stesp\n    怎么办: 是不是 /steps?/help 看全部"]))
  }

  @Test func undoNewAndChannel() {
    var session = session
    #expect(session.enter("/undo") == .said(["提示[CO001]: 没有可撤回的\n    怎么办: 先输入一句"]))
    _ = session.enter("网上认识的")
    #expect(session.enter("/undo") == .said(["已撤回: 网上认识的"]))
    _ = session.enter("网上认识的")
    #expect(session.enter("/channel hotline") == .said(["渠道: 热线"]))
    #expect(session.conversation.turnCount == 1)
    #expect(session.enter("/new") == .changedCase(["案2:下一位"]))
    #expect(session.channel == .hotline)
    #expect(session.conversation.turnCount == 0)
  }

  @Test func aNewCaseByMistakeIsTakenBack() {
    var session = session
    _ = session.enter("网上认识的")
    _ = session.enter("/new")
    #expect(session.enter("/undo") == .changedCase(["已撤回,回到案1"]))
    #expect(session.conversation.turnCount == 1)
    _ = session.enter("/new")
    _ = session.enter("下一位客户的话")
    _ = session.enter("/undo")
    // The case before is out of reach once something was said in this one.
    #expect(session.enter("/undo") == .said(["提示[CO001]: 没有可撤回的\n    怎么办: 先输入一句"]))
    #expect(session.caseNumber == 2)
  }

  @Test func twoNewCasesInARowLoseNothing() {
    var session = session
    _ = session.enter("网上认识的")
    _ = session.enter("/new")
    _ = session.enter("/new")
    #expect(session.caseNumber == 2)
    #expect(session.enter("/undo") == .changedCase(["已撤回,回到案1"]))
    #expect(session.conversation.turnCount == 1)
  }

  @Test func takingUpACaseIsTakenBackWhole() {
    var session = session
    var left = Conversation(engine: session.engine, channel: .counter)
    left.add(SpokenLine(parsing: "网上认识的"))
    session.caseNumber = 5
    session.offered = (left, 3)
    #expect(session.enter("/resume") == .changedCase(["接着办案3,已有 1 轮"]))
    #expect(session.enter("/undo") == .changedCase(["已撤回,回到案5"]))
    #expect(session.conversation.turnCount == 0)
    #expect(session.enter("/resume") == .changedCase(["接着办案3,已有 1 轮"]))
    #expect(session.conversation.turnCount == 1)
    _ = session.enter("没见过面")
    #expect(session.enter("/undo") == .said(["已撤回: 没见过面"]))
    _ = session.enter("/new")
    #expect(session.caseNumber == 5)
  }

  @Test func whatTheOperatorDoesIsUndoneLikewise() {
    var session = session
    _ = session.enter("网上认识的,没见过面")
    #expect(session.enter("/done 1") == .said(["做过了: 请主管"]))
    #expect(session.enter("/skip 2 已报过") == .said(["不做这一步: 打 110"]))
    #expect(session.enter("/no") == .said(["不问这一句: 转了没有?"]))
    #expect(session.enter("/note 很急") == .said(["已记下: 很急"]))
    #expect(session.enter("/override 放行 老客户") == .said(["已记下,按「放行」办: 老客户"]))
    #expect(session.enter("/override 放行") == .said(["写成 /override 暂停 理由;级别: 放行 核实 暂停 上报"]))
    #expect(session.enter("/undo") == .said(["已撤回: 已记下,按「放行」办: 老客户"]))
    #expect(session.conversation.turnCount == 1)
    #expect(session.conversation.events.count == 5)
  }

  @Test func clearingNeedsAReason() {
    var session = session
    _ = session.enter("网上认识的,没见过面")
    #expect(session.enter("/clear") == .said(["写成 /clear 理由(主管意见)"]))
    _ = session.enter("/clear 家人到场")
    #expect(session.conversation.advice.level == 1)
  }

  @Test func whyGivesReasonsQuotesAndWhyNotHigher() {
    var session = session
    _ = session.enter("网上认识的,没见过面")
    let lines = said(session.enter("/why"))
    #expect(lines.contains { $0.contains("网上认识") })
    #expect(lines.last?.hasPrefix("为什么不更高") == true)
  }

  private func said(_ outcome: Session.Outcome) -> [String] {
    if case .said(let lines) = outcome { return lines }
    Issue.record("nothing was said: \(outcome)")
    return []
  }

  @Test func coveringHidesThePromptToo() {
    var session = session
    #expect(session.enter("/cover") == .repaint)
    #expect(session.isCovered)
    #expect(session.prompt == "> ")
    #expect(session.enter("/cover") == .repaint)
    #expect(!session.isCovered)
  }

  @Test func coveredNothingOfTheCaseIsSaid() {
    var session = session
    _ = session.enter("网上认识的")
    _ = session.enter("/cover")
    for command in ["/why", "/steps", "/undo", "/card romance-test", "/new", "/channel hotline", "/help"] {
      #expect(session.enter(command) == .said(["按 F2 返回"]))
    }
    #expect(session.completions(for: "/card ").isEmpty)
    // A digit does not answer a question that nobody can see; words are kept all the same.
    #expect(session.enter("2") == .turn(SpokenLine(speaker: .customer, text: "2")))
    #expect(session.conversation.turnCount == 2)
    #expect(session.enter("/cover") == .repaint)
  }

  @Test func previewReadsWhatIsBeingTyped() {
    #expect(session.preview("网上认识的,没见过面").level == 2)
    #expect(session.preview("/help").level == session.conversation.advice.level)
    #expect(session.preview("").level == 1)
  }

  @Test func completionDescribesWhatItOffers() {
    #expect(session.completions(for: "/st").map(\.word) == ["/steps"])
    #expect(session.completions(for: "/c").allSatisfy { !$0.description.isEmpty })
    #expect(session.completions(for: "客户").isEmpty)
    #expect(session.completions(for: "/channel h").map(\.word) == ["hotline"])
  }

  @Test func historyKeepsCommandsAndNoCustomersWord() {
    #expect(session.historyEntry("网上认识的") == nil)
    #expect(session.historyEntry("/card romance-test") == "/card romance-test")
    #expect(session.historyEntry("/channel hotline") == "/channel hotline")
    #expect(session.historyEntry("/card 张三") == "/card")
    #expect(session.historyEntry("/search 张三") == "/search")
    #expect(session.historyEntry("/clear 张三的女儿到场") == "/clear")
    #expect(session.historyEntry("/没有这个命令 张三") == nil)
  }

  @Test func searchFindsByOwnWords() {
    var session = session
    let hits = said(session.enter("/search 上报"))
    #expect(hits.contains { $0.contains("ladder") })
    #expect(session.enter("/search 乌有之物") == .said(["提示[CO004]: 没有找到「乌有之物」\n    怎么办: 换个说法,或少打几个字"]))
  }
}

@Suite struct PanelTests {
  private let session: Session

  init() throws { session = Session(engine: Engine(try SmallBase.load()), channel: .counter) }

  @Test(arguments: [(5, 0), (8, 1), (15, 4), (24, 7), (60, 7)])
  func heightFollowsTheScreen(_ rows: Int, _ height: Int) {
    #expect(Panel.height(screenRows: rows) == height)
  }

  @Test(arguments: [20, 40, 80, 200])
  func neverWiderThanTheScreen(_ columns: Int) {
    let panel = Panel(session.preview("网上认识的,没见过面"), session: session, height: 7, columns: columns)
    #expect(panel.rows.count == 7)
    #expect(panel.rows.allSatisfy { DisplayWidth.of($0.text) < columns })
  }

  @Test func whatToDoNowIsAlwaysInTheSamePlace() {
    let panel = Panel(session.preview("网上认识的,没见过面"), session: session, height: 7, columns: 80)
    #expect(panel.rows[0].style == .ruler)
    #expect(panel.rows[1].text.hasPrefix("[||] 暂停"))
    #expect(panel.rows[1].style == .pause)
    #expect(panel.rows[2].text.hasPrefix("问: "))
  }

  @Test func oneRowHoldsLevelAndQuestion() {
    let panel = Panel(session.preview("网上认识的"), session: session, height: 1, columns: 80)
    #expect(panel.rows.count == 1)
    #expect(panel.rows[0].text.contains("核实"))
    #expect(panel.rows[0].text.contains("问: "))
  }

  @Test func whereItIsNarrowNoOptionIsCutInTwo() {
    let panel = Panel(session.preview("网上认识的"), session: session, height: 7, columns: 14)
    let rows = panel.rows.map(\.text)
    for option in ["1 见过", "2 没见过", "3 回避"] { #expect(rows.contains { $0.contains(option) }, "\(rows)") }
  }

  @Test func whenItIsUrgentDoingComesBeforeAsking() throws {
    let panel = Panel(session.preview("网上认识的,没见过面,已经转了"), session: session, height: 7, columns: 40)
    #expect(panel.rows[1].style == .report)
    #expect(panel.rows[2].text.hasPrefix("做: "))
  }

  @Test func coveredItShowsNothingOfTheCase() {
    let panel = Panel(nil, session: session, height: 7, columns: 80)
    #expect(panel.rows.map(\.text).joined() == "业务办理中,请稍候")
  }
}

@Suite struct TranscriptTests {
  @Test func theTailFitsTheScreenCountingWideCharacters() {
    var transcript = Transcript()
    transcript.add(prompted: String(repeating: "汉", count: 30), ["一", "二"])
    #expect(transcript.tail(rows: 2, columns: 40) == ["一", "二"])
    #expect(transcript.tail(rows: 4, columns: 40).count == 3)
    #expect(transcript.tail(rows: 3, columns: 40).count == 2)
  }

  @Test func aPastedMessageKeepsItsLines() {
    var transcript = Transcript()
    transcript.add(prompted: "一\r\n二\n三", [])
    #expect(transcript.tail(rows: 9, columns: 80) == ["> 一", "二", "三"])
  }

  @Test func ofALineTallerThanTheScreenTheEndIsShown() {
    var transcript = Transcript()
    transcript.add(prompted: String(repeating: "汉", count: 50) + "尾", [])
    let tail = transcript.tail(rows: 2, columns: 10)
    #expect(tail.count == 2 && tail.last?.hasSuffix("尾") == true)
  }

  @Test func controlSequencesDoNotSurvive() {
    var transcript = Transcript()
    transcript.add(prompted: "\u{1B}[2J\u{9B}31m坏", [])
    #expect(transcript.tail(rows: 9, columns: 80) == ["> \u{FFFD}[2J\u{FFFD}31m坏"])
  }
}
