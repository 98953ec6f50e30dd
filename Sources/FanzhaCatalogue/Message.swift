import Foundation

/// Every sentence of the interface. Domain content comes from the knowledge base instead.
///
/// One case, one sentence; its wording stands in ``text(in:)``, so that a second language is one more switch
/// that the compiler checks for gaps.
public enum Message: Sendable, Equatable {
  case whatToDo
  // Advice as text.
  case level(Int, hotline: Bool)
  case askFirst
  case suspect(String, sureness: Sureness)
  case ask(String)
  case because(String)
  case say(String)
  case step(String)
  case stepWithContact(String, contact: String)
  case checklistStep(number: Int, String, contact: String?, due: String, done: Bool, caveat: String?)
  case turnLine(Int, speaker: String, String)
  case speaker(String)
  case dialogueHead(String)
  // Journal.
  case time(Date)
  case turns(Int)
  case caseState(isClosed: Bool)
  case journalWhole(Int)
  case dropped(Int)
  case backedUp(String)
  case restored(String)
  // What `doctor` finds.
  case doctorFine(String)
  case doctorKnowledge(patterns: Int, version: String, blanks: Int)
  case doctorLocale(String, isUTF8: Bool)
  case doctorTerminal(String, isTerminal: Bool)
  case doctorNoJournal, doctorNoKey
  case doctorKey(String)
  case doctorFolder(String)
  case doctorNoFolder(String)
  // Evaluation.
  case evaluationHead(Int, withoutTruth: Int)
  case scamInBounds, alwaysBaselines, scamReleased, honestStopped, honestEverStopped, familyFirst, familyAmongThree
  case purposeFirst, proceduresGiven, proceduresUncalled, brier, medianLag, questionsPerHonest
  case mistakenLevel(Int, low: Int, high: Int)
  case mistakenFamily(wanted: String, got: String)
  // Knowledge.
  case lintSummary(errors: Int, warnings: Int, notes: Int)
  case cardVictims, cardStages, cardConfirmedBy, cardQuestions, cardExplain, cardSay, cardNever
  case cardCoverStories, cardLookAlikes, cardSources, cardHotline, cardDraft
  case cardRetired(heir: String?)
  case cardAgain(String)
  case cardSettles(String)
  case cardTold([String])
  case cardMyth(String)
  case procedureStep(
    number: Int, who: String, String, contact: String?, due: String, within: Int?, caveat: String?)
  case procedureClock(String, hours: Int, starts: String, note: String?, caveat: String?)
  /// How far something can be relied on: CK or C; nil says nothing.
  case caveat(String?)
  /// The grade of a source or contact.
  case grade(String)
  case blank
  case diffAdded(String, String, id: String), diffRemoved(String, String, id: String)
  case diffChanged(String, String, id: String, field: String, String)
  case diffReordered
  case diffLevel(String, from: Int, to: Int)
  /// The step of the version: patch, minor, major; nil when nothing changed.
  case diffSummary(changes: Int, levels: Int, step: String?)
  case skeletonWritten(String)
  case percentage(Double)
  case modelWritten(String, classes: Int, features: Int)
  // Telephone numbers.
  case numberKnown(String, name: String)
  case numberUnknown(String)
  case numberFor(String), numberNotFor(String), numberTodo(String)
  case numberMayBeForged, numberOwnWay
  // Console.
  case prompt(caseNumber: Int, turn: Int, isSaved: Bool)
  case welcome(version: String, patterns: Int, purposes: Int)
  case ruler(caseNumber: Int, channel: String, turns: Int)
  case channelName(String)
  case newCase(Int)
  case sameCaseAgain(Int)
  case resumed(Int, turns: Int)
  case caseLeftOpen(Int, turns: Int, at: Date)
  case journalRecovered(Int)
  case journalLost(Int)
  case undone(String)
  case answered(String)
  case channelSet(String)
  case stepsNone
  case covered
  case coveredPanel
  case uncoverFirst
  case moreCompletions(Int)
  case whyContribution(String, quote: String, turn: Int, weight: Double)
  case whyNotHigher(String)
  case whyContradiction(String, String, Int, Int)
  case clearedNow(String)
  case dismissed(String)
  case stepDone(String)
  case stepSkipped(String)
  case overridden(Int, reason: String)
  case noted(String)
  case businessChosen(String)
  case businessKey(String, String)
  case sheetShown(String, version: String)
  case numberUsage
  // Sheets and cards for the customer.
  case sheetHead(String, version: String)
  case sheetLocalCase(date: String, String)
  case sheetConfirm, sheetSignature
  case sheetActions(isRisk: Bool)
  case sheetBox(String)
  case cardYes, cardNo
  case showCard(String, String, asks: Bool)
  case stepUsage
  case overrideUsage
  case noteUsage
  case goodbye
  case helpHead
  case helpCommand(String, String)
  case helpAnswer
  case helpSpeakers
  case command(CommandHelp)
  case searchHit(id: String, name: String, summary: String)
  case cardUsage
  case searchUsage
  case clearUsage
  // Reasons.
  case sign(String, quote: String)
  case quote(String)
  case factValue(name: String, value: String)
  case levelHeld(sinceTurn: Int)
  case levelCleared(reason: String)
  case levelSettled(String, quote: String)
  case purposeRecognised(String)
  case littleKnown
  case openQuestion
  case notHigherNothingMissing
  case notHigherFewSigns
  case notHigherNothingPassedOver
  case notHigherPassedOverUnclear
  case notHigherCleared
  case notHigherHighest

  /// How sure a suspicion is, in words: a figure on screen would be read as a verdict.
  public enum Sureness: Sendable, Equatable { case very, rather, perhaps }

  /// What each console command does.
  public enum CommandHelp: Sendable, Equatable {
    case help, new, business, why, steps, done, skip, no, note, sheet, card, search, number, undo, resume, channel, clear, override, cover, quit
  }

  public func text(in language: Language = .zh) -> String {
    switch language {
    case .zh: chinese
    }
  }

  private var chinese: String {
    switch self {
    case .whatToDo: "怎么办: "
    case .level(0, _): "[OK] 放行"
    case .level(1, _): "[? ] 核实"
    case .level(2, _): "[||] 暂停"
    case .level(_, let hotline): hotline ? "[!!] 报警" : "[!!] 立即上报"
    case .askFirst: "先问"
    case .suspect(let name, .very): "很像 \(name)"
    case .suspect(let name, .rather): "较像 \(name)"
    case .suspect(let name, .perhaps): "可能 \(name)"
    case .ask(let text): "问: \(text)"
    case .because(let text): "因: \(text)"
    case .say(let text): "说: \(text)"
    case .step(let text): "做: \(text)"
    case .stepWithContact(let text, let contact): text + Self.number(contact, in: text)
    case .checklistStep(let number, let text, let contact, let due, let done, let caveat):
      "\(number). [\(done ? "x" : " ")] \(text)"
        + (contact.map { Self.number($0, in: text) } ?? "") + (done ? "" : "  \(Self.due(due))") + Self.caveat(caveat)
    case .turnLine(let turn, let speaker, let text): "\(turn) \(speaker): \(text)"
    case .speaker("staff"): "柜员"
    case .speaker("observation"): "观察"
    case .speaker("counterparty"): "对方"
    case .speaker: "客户"
    case .dialogueHead(let id): "== \(id) =="
    case .evaluationHead(let count, let without):
      "\(count) 段对话" + (without > 0 ? ",其中 \(without) 段没有 truth,不计" : "")
    case .scamInBounds: "涉诈:级别在界内        "
    case .alwaysBaselines: "  对照:一律 2 / 一律 3   "
    case .scamReleased: "涉诈:被放行            "
    case .honestStopped: "正常:结束时超过上限    "
    case .honestEverStopped: "正常:曾经超过上限      "
    case .familyFirst: "类别排第一             "
    case .time(let date): Self.time(date)
    case .turns(let count): "\(count) 轮"
    case .caseState(let isClosed): isClosed ? "已收尾" : "没收尾"
    case .journalWhole(let count): "台账完好,共 \(count) 条。"
    case .dropped(let count): "删去了 \(count) 条的内容。"
    case .backedUp(let path): "已备份到 \(path)"
    case .restored(let path): "已换上备份: \(path)"
    case .doctorFine(let text): "[OK] \(text)"
    case .doctorKnowledge(let patterns, let version, let blanks):
      "知识库: 手法 \(patterns) 种,版本 \(version)" + (blanks == 0 ? "" : ",\(blanks) 个本地联系人没填号码")
    case .doctorLocale(let name, let isUTF8): "语言环境: \(name)" + (isUTF8 ? "" : ",控制台自己改用 C.UTF-8")
    case .doctorTerminal(let name, let isTerminal): "终端: \(name)" + (isTerminal ? "" : ",现在接的不是终端")
    case .doctorNoJournal: "台账: 还没有,用一次控制台就建"
    case .doctorNoKey: "密钥: 还没有,第一次要封存时建"
    case .doctorKey(let path): "密钥: \(path),请另存一份;丢了,封存的内容就打不开"
    case .doctorFolder(let path): "目录: \(path)"
    case .doctorNoFolder(let path): "目录: \(path) 还没有,用一次就建"
    case .familyAmongThree: "类别在前三             "
    case .purposeFirst: "用途排第一             "
    case .proceduresGiven: "该给的流程给了         "
    case .proceduresUncalled: "给了不该给的流程       "
    case .brier: "Brier                  "
    case .medianLag: "暂停晚于关键轮(中位数) "
    case .questionsPerHonest: "正常客户被问(平均问数) "
    case .mistakenLevel(let level, let low, let high): "级别 \(level)(应 \(low)-\(high))"
    case .mistakenFamily(let wanted, let got): "应 \(wanted),得 \(got)"
    case .lintSummary(let errors, let warnings, let notes): "错误 \(errors),警告 \(warnings),提示 \(notes)"
    case .cardHotline: "热线上说:"
    case .cardDraft: "草稿:判断时不用它"
    case .cardRetired(let heir): "已停用" + (heir.map { ",见 \($0)" } ?? "")
    case .cardAgain(let text): "换个问法: \(text)"
    case .cardSettles(let text): "核清: \(text)"
    case .cardTold(let shorts): shorts.isEmpty ? "还没有手法用到它" : "常见于: \(shorts.joined(separator: " "))"
    case .cardMyth(let claim): "误传: \(claim)"
    case .procedureStep(let number, let who, let text, let contact, let due, let within, let caveat):
      "\(number). [\(Self.role(who))] \(text)" + (contact.map { Self.number($0, in: text) } ?? "")
        + "  \(Self.due(due))" + (within.map { ",\($0) 分钟内" } ?? "") + Self.caveat(caveat)
    case .procedureClock(let name, let hours, let starts, let note, let caveat):
      "时钟: \(name) \(hours) 小时,从\(starts)算起" + (note.map { ";\($0)" } ?? "") + Self.caveat(caveat)
    case .caveat(let mark): Self.caveat(mark)
    case .grade("V"), .grade("A"): "已核实"
    case .grade("CK"): Self.caveat("CK")
    case .grade("C"): Self.caveat("C")
    case .grade(let grade): grade.isEmpty ? "" : "出处等级 \(grade)"
    case .blank: "(没填)"
    case .diffAdded(let noun, let name, let id): "+ \(noun) \(name)(\(id))"
    case .diffRemoved(let noun, let name, let id): "- \(noun) \(name)(\(id))"
    case .diffChanged(let noun, let name, let id, let field, let difference):
      "~ \(noun) \(name)(\(id)) \(field): \(difference)"
    case .diffReordered: "次序变了"
    case .diffLevel(let id, let from, let to):
      "对话 \(id): \(Self.levelNames[from]) -> \(Self.levelNames[to])"
    case .diffSummary(let changes, let levels, let step):
      step.map { "\(changes) 处改动,\(levels) 段对话换了级别;版本建议升 \($0)" } ?? "没有改动"
    case .modelWritten(let path, let classes, let features): "写好了 \(path):\(classes) 类,\(features) 个片段"
    case .percentage(let share): "\((share * 1000).rounded() / 10)%"
    case .skeletonWritten(let path): "写好了 \(path):一项一项填,随填随跑 knowledge lint;例句够了把 draft 改成 test。"
    case .numberKnown(let number, let name): "\(number) 是 \(name)"
    case .numberUnknown(let number): "\(number) 不在联系人表里,核不了真假"
    case .numberFor(let text): "用来: \(text)"
    case .numberNotFor(let text): "不是: \(text)"
    case .numberTodo(let text): "怎么办: \(text)"
    case .numberMayBeForged: "号码对得上,不等于来电的就是它:来电显示可以改。"
    case .numberOwnWay: "要核实,请客户用卡背面或官网的号码自己拨,不用对方给的。"
    case .cardVictims: "谁、从哪来:"
    case .cardStages: "阶段:"
    case .cardConfirmedBy: "凭什么确认:"
    case .cardQuestions: "关键问句:"
    case .cardExplain: "讲解:"
    case .cardSay: "对客户说:"
    case .cardNever: "绝不要:"
    case .cardCoverStories: "客户可能这样说:"
    case .cardLookAlikes: "容易混的:"
    case .cardSources: "出处:"
    case .prompt(let number, let turn, let isSaved): "案\(number)-\(turn)\(isSaved ? "" : "(未存)")> "
    case .welcome(let version, let patterns, let purposes):
      """
      反诈核实台 \(version)  手法 \(patterns) 种,正常用途 \(purposes) 种;不联网。
      客户说什么就打什么,底下随打随变;回车记下一轮。数字回答屏幕上的问句,也可以直接打字。
      柜员的话以「柜员:」开头,看到的以「观察:」开头,对方的话以「对方:」开头。
      /help 看全部命令,/new 下一位客户,Ctrl-D 离开。
      """
    case .ruler(let number, let channel, let turns): "案\(number) \(channel) 第\(turns)轮"
    case .channelName("hotline"): "热线"
    case .channelName: "柜面"
    case .newCase(let number): "案\(number):下一位"
    case .sameCaseAgain(let number): "已撤回,回到案\(number)"
    case .resumed(let number, let turns): "接着办案\(number),已有 \(turns) 轮"
    case .caseLeftOpen(let number, let turns, let at): "案\(number) 上次没收尾(\(turns) 轮,\(Self.time(at))),/resume 接着办。"
    case .journalRecovered(let count): "台账恢复了,补记 \(count) 条。"
    case .journalLost(let count): "台账一直写不进去,有 \(count) 条没有存下来。"
    case .undone(let line): "已撤回: \(line)"
    case .answered(let label): "  = \(label)"
    case .channelSet(let channel): "渠道: \(channel)"
    case .stepsNone: "现在没有该走的步骤"
    case .covered: "业务办理中"
    case .coveredPanel: "业务办理中,请稍候"
    case .uncoverFirst: "按 F2 返回"
    case .moreCompletions(let count): "  还有 \(count) 个,再打几个字"
    case .whyContribution(let fact, let quote, let turn, let weight):
      "  \(weight >= 0 ? "+" : "-") \(fact)" + (quote.isEmpty ? "" : "「\(quote)」") + "(第 \(turn) 轮)"
    case .whyNotHigher(let text): "为什么不更高: \(text)"
    case .whyContradiction(let first, let second, let turn, let other):
      "前后不一: 第 \(turn) 轮「\(first)」,第 \(other) 轮「\(second)」"
    case .clearedNow(let reason): "已按主管意见解除: \(reason)"
    case .dismissed(let question): "不问这一句: \(question)"
    case .stepDone(let step): "做过了: \(step)"
    case .stepSkipped(let step): "不做这一步: \(step)"
    case .overridden(let level, let reason): "已记下,按「\(Self.levelNames[level])」办: \(reason)"
    case .noted(let text): "已记下: \(text)"
    case .businessChosen(let name): "业务: \(name)"
    case .businessKey(let key, let name): "\(key)  \(name)"
    case .sheetShown(let title, let version): "已请客户看: \(title)(\(version) 版);只由客户本人签字"
    case .numberUsage: "写成 /number 号码"
    case .sheetHead(let title, let version): "\(title)(\(version) 版)"
    case .sheetLocalCase(let date, let text): "本地真事(\(date)): \(text)"
    case .sheetConfirm: "请您逐条看,是这样的打勾:"
    case .sheetActions(let isRisk): isRisk ? "有一条对不上,就:" : "记住:"
    case .sheetSignature: "客户本人签字:                    日期、时间:"
    case .sheetBox(let text): "□ \(text)"
    case .cardYes: "是"
    case .cardNo: "不是"
    case .showCard(let picture, let text, let asks): "\(picture)  \(text)" + (asks ? "   [√ 是]  [× 不是]" : "")
    case .stepUsage: "写成 /done 2 或 /skip 2 理由,数字见 /steps"
    case .overrideUsage: "写成 /override 暂停 理由;级别: \(Self.levelNames.joined(separator: " "))"
    case .noteUsage: "写成 /note 要记的话"
    case .goodbye: "再见"
    case .helpHead: "命令:"
    case .helpCommand(let usage, let help): "  \(usage)  \(help)"
    case .helpAnswer: "单独一个数字回答屏幕上的问句;y 是,n 否,? 回避或不知道。"
    case .helpSpeakers: "行首可写 客户: 柜员: 观察: 对方:,不写就是客户。"
    case .command(let command): Self.help(command)
    case .searchHit(let id, let name, let summary): "\(name)(\(id)) \(summary)"
    case .cardUsage: "写成 /card 名称,例如 /card 杀猪盘"
    case .searchUsage: "写成 /search 几个字,例如 /search 保证金"
    case .clearUsage: "写成 /clear 理由(主管意见)"
    case .sign(let sign, let quote): quote.isEmpty ? sign : "「\(quote)」\(sign)"
    case .quote(let words): "「\(words)」"
    case .factValue(let name, let value): "\(name): \(value)"
    case .levelHeld(let turn): "第 \(turn) 轮起的情况还没有核清,只凭口头说法不降级"
    case .levelCleared(let reason): "主管已核过: \(reason)"
    case .levelSettled(let sign, let quote): "已核清,\(sign)" + (quote.isEmpty ? "" : "「\(quote)」")
    case .purposeRecognised(let purpose): "看来是正常业务: \(purpose)"
    case .littleKnown: "知道的还少,先问"
    case .openQuestion: "还差一个能当场说清的情况"
    case .notHigherNothingMissing: "没有哪个缺的答案会改变这个结论"
    case .notHigherFewSigns: "没有必须暂停的情况,也不足两处相互独立的疑点"
    case .notHigherNothingPassedOver: "没有钱物交出,没有人身危险,也没有被实时操控"
    case .notHigherPassedOverUnclear: "已有钱物交出,但还看不出跟这件事有关"
    case .notHigherCleared: "主管已经核过"
    case .notHigherHighest: "已是最高级别"
    }
  }

  /// What the levels are called, from the lowest.
  public static let levelNames = ["放行", "核实", "暂停", "上报"]

  /// A number to call that the text does not name already; a contact without a number adds nothing.
  private static func number(_ contact: String, in text: String) -> String {
    contact.allSatisfy(\.isNumber) && !text.contains(contact) ? "(\(contact))" : ""
  }

  private static func caveat(_ mark: String?) -> String {
    switch mark {
    case "CK": "〔行业常识,未核实〕"
    case "C": "〔出处较弱,未核实〕"
    default: ""
    }
  }

  private static func role(_ role: String) -> String {
    switch role {
    case "front": "柜员/接线员"
    case "lobby": "大堂"
    case "second": "主管"
    case "head": "主管行长"
    case "customer": "客户"
    case "family": "家属"
    case "police": "民警"
    default: role
    }
  }

  private static func due(_ due: String) -> String {
    switch due {
    case "now": "现在"
    case "next": "接着"
    default: "随后"
    }
  }

  private static func time(_ date: Date) -> String {
    date.formatted(.verbatim("\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)", timeZone: .current, calendar: Calendar(identifier: .gregorian)))
  }

  private static func help(_ command: CommandHelp) -> String {
    switch command {
    case .help: "看全部命令"
    case .new: "下一位客户"
    case .business: "办什么业务(名称或一个字母),先问什么跟着变"
    case .sheet: "给客户看的提示书,不写名称就给最贴近这一案的"
    case .number: "核一个电话号码"
    case .why: "为什么是这个级别:最强的几条依据,为什么不更高"
    case .steps: "该走的步骤,做过的打钩"
    case .done: "这一步做过了,打钩"
    case .skip: "这一步不做,不再提示"
    case .no: "不问屏幕上这一句,换下一句"
    case .note: "记一句,不算客户的话"
    case .override: "不照建议的级别办,记下理由"
    case .card: "看一个手法、用途、问句或流程"
    case .search: "在知识库里找"
    case .undo: "撤回上一步"
    case .resume: "接着办上次没收尾的那一案"
    case .channel: "切换柜面 counter / 热线 hotline"
    case .clear: "主管核过,解除暂停,写明理由"
    case .cover: "遮住整个屏幕,再按一次恢复(F2)"
    case .quit: "离开"
    }
  }
}
