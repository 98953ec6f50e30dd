/// Everything that can go wrong, each with a stable code. The wording stands in ``wording(in:)`` and
/// nowhere else.
public enum Problem: Sendable, Equatable {
  // Knowledge base: files and YAML.
  case noKnowledge(searched: [String])
  case noOverlay(String)
  case strayFile(known: [String])
  case unreadableFile(reason: String)
  case notUTF8
  case yamlSyntax(String)
  case expectedMapping
  case expectedList(field: String)
  case expectedText(field: String)
  case missingField(String, example: String)
  case unknownField(String, nearest: String?)
  case notInVocabulary(field: String, value: String, allowed: [String], nearest: String?)
  case notANumber(field: String, value: String)
  case outOfRange(field: String, value: String, range: String)
  // Knowledge base: meaning.
  case duplicateID(String, firstAt: String)
  case unknownReference(kind: String, id: String, nearest: String?)
  case malformedSign(String)
  case malformedCondition(String)
  case phraseEmpty
  case phraseUnbalanced(String)
  case phraseGapAtEdge(String)
  case phraseUnknownList(String, list: String)
  case phraseTooWide(String, count: Int)
  case phraseCanBeEmpty(String)
  case missingSource(String)
  case wrongFileName(expected: String)
  case textTooLong(String, limit: Int)
  case alarmingWord(word: String, text: String)
  case phoneNumber(String)
  case flagValues(String)
  case questionWithoutValue(question: String, fact: String)
  case noEvasiveOption(String)
  case tooManyOptions(String, count: Int)
  case noWayToReach(String)
  case deadValue(fact: String, value: String)
  case unfilledContact(String)
  case missingFamily(String)
  case missingPurpose(String)
  case matchMissed(sentence: String, wanted: String, got: String)
  case nearMissHit(sentence: String, got: String)
  case tooFewExamples(String, match: Int, nearMiss: Int)
  case alikeExamples(String, other: String, at: String)
  case localCaseShipped
  case draftUnused(String)
  case stableUnproven(String, lacks: Evidence)
  case retiredWithoutHeir(String)
  case recordingOutOfBounds(String, level: Int, low: Int, high: Int)
  case old(String, days: Int)
  case indistinguishable(String, String)
  case oneSided(String, String)
  case phraseRepeated(String, at: String)
  case phraseVoid(String)
  case valueUnused(fact: String, value: String)
  case neverHolds(String)
  case mythSaid(String, text: String, truth: String)
  case caveatMissing(String, String)
  case seedMissing(String)
  case seedUnknown(String)
  case seedUnresolved(String)
  case ministryIncomplete(Int)
  case sheetMissing(String)
  case startMissing(String)
  case purposeUnsettled(String)
  case badID(String)
  case modelUnreadable
  case noGraphviz
  // Input.
  case noSuchFile(String)
  case isDirectory(String)
  case notJSON
  case badDialogue(field: String, expected: String)
  case emptyInput(String)
  case looksLikeGB18030
  case notGB18030
  case outputFailed
  // Journal and its key.
  case noJournal
  case journalLocked
  case journalFull
  case journalDamaged
  case journalUnwritable
  case journalTooNew
  case journalFailed(String)
  case brokenEvent(Int, ChainFlaw)
  case noSuchCase(Int)
  case fileExists
  case folderUnusable(String)
  case keyUnusable(String)
  case keyReadableByOthers
  case keyMalformed
  case sealDoesNotOpen
  case badDate(String)
  case readableByOthers
  // Console.
  case nothingToUndo
  case nothingToClear
  case noQuestion
  case nothingToResume
  case noSuchKey(String)
  case unknownCommand(String, nearest: String?)
  case noSuchOption(Int)
  case nothingFound(String)
  case historyUnwritable(String)

  /// How an event of the journal is broken.
  public enum ChainFlaw: Sendable, Equatable {
    case missing, changed, emptied, notTheSuccessor
  }

  /// What an entry must show before it counts as stable.
  public enum Evidence: Sendable, Equatable {
    case review, source, recording
  }

  /// Stable, so that it can be searched for.
  public var code: String {
    switch self {
    case .noKnowledge: "KB001"
    case .noOverlay: "KB013"
    case .strayFile: "KB014"
    case .unreadableFile: "KB002"
    case .notUTF8: "KB003"
    case .yamlSyntax: "KB004"
    case .expectedMapping: "KB005"
    case .expectedList: "KB006"
    case .expectedText: "KB007"
    case .missingField: "KB008"
    case .unknownField: "KB009"
    case .notInVocabulary: "KB010"
    case .notANumber: "KB011"
    case .outOfRange: "KB012"
    case .duplicateID: "KB020"
    case .unknownReference: "KB021"
    case .malformedSign: "KB022"
    case .malformedCondition: "KB023"
    case .phraseEmpty: "KB030"
    case .phraseUnbalanced: "KB031"
    case .phraseGapAtEdge: "KB032"
    case .phraseUnknownList: "KB033"
    case .phraseTooWide: "KB034"
    case .phraseCanBeEmpty: "KB035"
    case .missingSource: "KB040"
    case .wrongFileName: "KB041"
    case .textTooLong: "KB042"
    case .alarmingWord: "KB043"
    case .phoneNumber: "KB044"
    case .flagValues: "KB045"
    case .questionWithoutValue: "KB046"
    case .noEvasiveOption: "KB047"
    case .noWayToReach: "KB048"
    case .deadValue: "KB049"
    case .unfilledContact: "KB050"
    case .missingFamily: "KB051"
    case .missingPurpose: "KB052"
    case .tooManyOptions: "KB053"
    case .matchMissed: "KB060"
    case .nearMissHit: "KB061"
    case .tooFewExamples: "KB062"
    case .alikeExamples: "KB063"
    case .localCaseShipped: "KB055"
    case .draftUnused: "KB070"
    case .stableUnproven: "KB071"
    case .retiredWithoutHeir: "KB072"
    case .recordingOutOfBounds: "KB064"
    case .old: "KB073"
    case .indistinguishable: "KB065"
    case .oneSided: "KB066"
    case .phraseRepeated: "KB036"
    case .phraseVoid: "KB037"
    case .valueUnused: "KB056"
    case .neverHolds: "KB024"
    case .mythSaid: "KB057"
    case .caveatMissing: "KB058"
    case .seedMissing: "KB080"
    case .seedUnknown: "KB081"
    case .seedUnresolved: "KB082"
    case .ministryIncomplete: "KB083"
    case .sheetMissing: "KB084"
    case .startMissing: "KB085"
    case .purposeUnsettled: "KB086"
    case .badID: "KB087"
    case .modelUnreadable: "KB089"
    case .noGraphviz: "KB088"
    case .noSuchFile: "IN001"
    case .isDirectory: "IN002"
    case .notJSON: "IN003"
    case .badDialogue: "IN004"
    case .emptyInput: "IN006"
    case .looksLikeGB18030: "IN007"
    case .notGB18030: "IN009"
    case .outputFailed: "IN008"
    case .noJournal: "JO001"
    case .journalLocked: "JO002"
    case .journalFull: "JO003"
    case .journalDamaged: "JO004"
    case .journalUnwritable: "JO005"
    case .journalTooNew: "JO006"
    case .journalFailed: "JO007"
    case .brokenEvent: "JO008"
    case .noSuchCase: "JO009"
    case .fileExists: "JO010"
    case .folderUnusable: "JO011"
    case .badDate: "JO012"
    case .readableByOthers: "JO013"
    case .keyUnusable: "JO020"
    case .keyReadableByOthers: "JO021"
    case .keyMalformed: "JO022"
    case .sealDoesNotOpen: "JO023"
    case .nothingToUndo: "CO001"
    case .nothingToClear: "CO006"
    case .noQuestion: "CO008"
    case .nothingToResume: "CO009"
    case .noSuchKey: "CO007"
    case .unknownCommand: "CO002"
    case .noSuchOption: "CO003"
    case .nothingFound: "CO004"
    case .historyUnwritable: "CO005"
    }
  }

  public var severity: Severity {
    switch self {
    case .unfilledContact, .draftUnused, .nothingToUndo, .nothingToClear, .noQuestion, .nothingToResume, .noSuchKey, .nothingFound, .noSuchOption: .note
    case .deadValue, .valueUnused, .phraseRepeated, .oneSided, .retiredWithoutHeir, .old, .sheetMissing, .startMissing,
      .historyUnwritable, .emptyInput, .journalLocked, .journalFull, .journalUnwritable: .warning
    default: .error
    }
  }

  public struct Wording: Sendable, Equatable {
    public let what: String
    /// What to do about it.
    public let fix: String
  }

  public func wording(in language: Language) -> Wording {
    switch language {
    case .zh:
      let (what, fix) = chinese
      return Wording(what: what, fix: fix)
    }
  }

  private static func words(_ flaw: ChainFlaw) -> String {
    switch flaw {
    case .missing: "不见了"
    case .changed: "被改过"
    case .emptied: "的内容没有了,也没有删除记录"
    case .notTheSuccessor: "接不上前一条"
    }
  }

  private static func words(_ evidence: Evidence) -> (what: String, fix: String) {
    switch evidence {
    case .review: ("复核", "请合规岗看过,写上 reviewed: {by: 岗位, on: 日期},日期不早于 revised")
    case .source: ("可靠的出处", "至少一个 A、B 级的出处,或退回 status: test")
    case .recording: ("对话记录", "在 dialogues/ 里放一段这一类的对话,带 truth")
    }
  }

  private var chinese: (what: String, fix: String) {
    switch self {
    case .noKnowledge(let searched):
      ("找不到知识库,已找过: \(searched.joined(separator: "、"))", "用 --knowledge 目录 指明,或设 FANZHA_KNOWLEDGE")
    case .noOverlay(let path):
      ("没有这个本地知识目录: \(path)", "检查 --overlay 或 FANZHA_OVERLAY 给的路径")
    case .strayFile(let known):
      ("这个文件不归任何一类,不会被读", "放进 \(known.joined(separator: " ")) 里该去的一处,或删去")
    case .unreadableFile(let reason):
      ("读不了这个文件(\(reason))", "检查文件是否存在、有没有读权限")
    case .notUTF8:
      ("不是 UTF-8 文本", "用 UTF-8 编码重新保存")
    case .yamlSyntax(let reason):
      ("YAML 写法有误: \(reason)", "检查缩进和引号;含 \": \" 或以 * { [ 开头的文字要加引号")
    case .expectedMapping:
      ("这里应当是「字段: 值」", "写成一行一个「字段: 值」")
    case .expectedList(let field):
      ("\(field) 应当是列表", "写成 \(field): [甲, 乙] 或一行一个「- 甲」")
    case .expectedText(let field):
      ("\(field) 应当是一段文字", "写成 \(field): 文字")
    case .missingField(let field, let example):
      ("缺少 \(field)", "加上一行,例如 \(field): \(example)")
    case .unknownField(let field, let nearest):
      ("不认识的字段 \(field)", nearest.map { "是不是 \($0)?否则删去这一行" } ?? "删去这一行,或看字段表")
    case .notInVocabulary(let field, let value, let allowed, let nearest):
      (
        "\(field) 不能是「\(value)」",
        nearest.map { "是不是 \($0)?可用的有: \(allowed.joined(separator: " "))" }
          ?? "可用的有: \(allowed.joined(separator: " "))"
      )
    case .notANumber(let field, let value):
      ("\(field) 不是数字: \(value)", "写成数字,例如 \(field): 0.5")
    case .outOfRange(let field, let value, let range):
      ("\(field) 超出范围: \(value)", "应在 \(range) 之内")
    case .duplicateID(let id, let firstAt):
      ("编号 \(id) 重复,第一次在 \(firstAt)", "换一个没用过的编号")
    case .unknownReference(let kind, let id, let nearest):
      ("没有这个\(kind): \(id)", nearest.map { "是不是 \($0)?" } ?? "先建立它,或改成已有的")
    case .malformedSign(let text):
      ("看不懂的特征「\(text)」", "写成「事实 = 值: 可能性」,例如 payee.relation = met-online: usually")
    case .malformedCondition(let text):
      ("看不懂的条件「\(text)」", "可写「事实 = 值」「事实 known」「family = 类别」「level >= 2」")
    case .phraseEmpty:
      ("短语是空的", "写上要识别的话,或删去")
    case .phraseUnbalanced(let text):
      ("括号不成对:「\(text)」", "( ) 和 { } 要成对")
    case .phraseGapAtEdge(let text):
      ("间隔 ~ 不能在开头或结尾:「\(text)」", "去掉开头或结尾的 ~")
    case .phraseUnknownList(let text, let list):
      ("没有词表 {\(list)}:「\(text)」", "词表在 words.yaml 里,先在那里加上")
    case .phraseTooWide(let text, let count):
      ("短语展开成 \(count) 种写法:「\(text)」", "拆成几条短语")
    case .phraseCanBeEmpty(let text):
      ("短语有一段可以全空:「\(text)」", "让每一段至少留一个必有的词")
    case .missingSource(let id):
      ("\(id) 没有注明出处", "加上 sources,例如 sources: [own]")
    case .wrongFileName(let expected):
      ("文件名与编号不符", "文件改名为 \(expected)")
    case .textTooLong(let text, let limit):
      ("太长:「\(text)」", "\(limit) 个字以内")
    case .alarmingWord(let word, let text):
      ("柜面用语里有「\(word)」:「\(text)」", "客户可能看得见:换成中性的说法,直说的话写在 hotline")
    case .phoneNumber(let number):
      ("电话号码写在了 contacts.yaml 以外: \(number)", "写进 contacts.yaml,这里改用名称")
    case .flagValues(let id):
      ("flag 类事实 \(id) 的值必须正好是 yes 和 no", "补上 yes 和 no 两个值,或改成 one")
    case .questionWithoutValue(let question, let fact):
      ("问句 \(question) 问的 \(fact) 是多值事实,没有说问哪一个值", "写成 asks: \(fact) = 某个值")
    case .noEvasiveOption(let id):
      ("问句 \(id) 没有「回避」选项", "加上 {id: evasive, label: 回避, value: evasive}")
    case .tooManyOptions(let id, let count):
      ("问句 \(id) 有 \(count) 个选项,一个数字键答不了", "留下九个以内,少见的让人直接打字")
    case .noWayToReach(let id):
      ("没有短语够得着 \(id)", "给它的某个特征写上短语")
    case .deadValue(let fact, let value):
      ("\(fact) = \(value) 没有短语,也没有问句问它", "写几条短语,或加一个问句")
    case .unfilledContact(let id):
      ("本地联系人 \(id) 还没有填号码", "在本地知识目录的 contacts.yaml 里填上")
    case .missingFamily(let family):
      ("类别 \(family) 一个手法也没有", "在 patterns/\(family)/ 下加一个")
    case .missingPurpose(let purpose):
      ("缺少正常用途 \(purpose)", "加上 purposes/\(purpose).yaml")
    case .matchMissed(let sentence, let wanted, let got):
      ("match 没认出来:「\(sentence)」应是 \(wanted),得到 \(got)", "补短语或特征;不属于这一手法的句子移走")
    case .nearMissHit(let sentence, let got):
      ("near_miss 被当成了这一手法:「\(sentence)」得到 \(got)", "把太宽的短语收窄")
    case .tooFewExamples(let id, let match, let nearMiss):
      ("\(id) 的例句不够: match \(match) 句, near_miss \(nearMiss) 句", "至少 8 句 match、5 句 near_miss,各说各的")
    case .alikeExamples(let sentence, let other, let place):
      ("例句太像:「\(sentence)」和 \(place) 的「\(other)」", "换一个情形、换一种说法,只换名字和数字不算")
    case .localCaseShipped:
      ("本地案例写进了随程序发的知识库", "本地案例只放在本地知识目录(--overlay)里,带日期,写真事")
    case .draftUnused(let id):
      ("\(id) 是草稿,判断时不用它", "例句够了、都通过了,就改成 status: test")
    case .stableUnproven(let id, let lacks):
      ("\(id) 标着 stable,缺\(Self.words(lacks).what)", Self.words(lacks).fix)
    case .retiredWithoutHeir(let id):
      ("\(id) 已停用,没有写明由谁接替", "加上 replaced_by: 编号")
    case .recordingOutOfBounds(let id, let level, let low, let high):
      ("对话 \(id) 结束在 \(level) 级,应在 \(low)–\(high)", "用 replay 看是哪一轮;先查短语和特征,再查这段对话的 truth")
    case .old(let id, let days):
      ("\(id) 已有 \(days) 天没有看过", "看一遍;没有要改的,更新 revised 或 reviewed")
    case .indistinguishable(let one, let other):
      ("\(one) 和 \(other) 没有一个问句分得开", "给其中一个加上分得开的特征和问句,或并成一个")
    case .oneSided(let id, let other):
      ("\(id) 说自己像 \(other),对方没有说像它", "在 \(other) 的 look_alikes 里也写上,或两边都去掉")
    case .phraseRepeated(let text, let place):
      ("短语「\(text)」在 \(place) 已经有了", "留下一条")
    case .phraseVoid(let text):
      ("短语「\(text)」总被本事实的 except 挡住", "改短语,或收窄 except")
    case .valueUnused(let fact, let value):
      ("\(fact) = \(value) 没有任何手法、用途或规则用到", "写进有关手法的 signs,或删去")
    case .neverHolds(let name):
      ("\(name) 的条件不可能同时成立", "一个事实一次只有一个值;when 和 unless 不能互相抵消")
    case .mythSaid(let claim, let text, let truth):
      ("用语里有误传「\(claim)」:「\(text)」", truth)
    case .caveatMissing(let id, let mark):
      ("\(id) 只靠未核实的出处,没有标明", "加上 mark: \(mark)")
    case .seedMissing(let id):
      ("种子表里缺 \(id)", "写明它归到哪个手法、业务、手段、人群,或为什么不算手法")
    case .seedUnknown(let id):
      ("种子里没有 \(id)", "编号只有 S-SCAM-01 到 S-SCAM-40")
    case .seedUnresolved(let id):
      ("\(id) 没有归处", "写上 patterns、businesses、techniques、groups 之一,或 not_a_pattern: 理由")
    case .ministryIncomplete(let count):
      ("公安部 2025 年十类只写了 \(count) 类", "补全 ministry_2025")
    case .sheetMissing(let family):
      ("类别 \(family) 没有提示书", "在 tips/ 下加一份 risk-sheet")
    case .startMissing(let value):
      ("业务 \(value) 没有写明先问什么", "在 businesses.yaml 里加上")
    case .purposeUnsettled(let id):
      ("正常用途 \(id) 没有写清凭什么确认、先问哪两三句", "补上 confirmed_by 和 questions")
    case .badID(let id):
      ("编号不合规矩: \(id)", "只用小写字母、数字和连字符,例如 romance-parcel")
    case .modelUnreadable:
      ("拟合权重的文件坏了", "跑 Scripts/fit 重新生成,或删去,或用 --no-model")
    case .noGraphviz:
      ("画图要用 Graphviz,这台机器上没有", "装上 graphviz(apt-get install graphviz),或用 --format dot 先存下来")
    case .noSuchFile(let path):
      ("没有这个文件: \(path)", "检查路径")
    case .isDirectory(let path):
      ("\(path) 是目录,不是文件", "给出目录里的文件")
    case .notJSON:
      ("这一行不是完整的 JSON", "每行写一个完整的 JSON 对象")
    case .badDialogue(let field, let expected):
      ("对话记录的 \(field) 不对", "应当是 \(expected)")
    case .emptyInput(let path):
      ("\(path) 是空的", "给出至少一轮对话")
    case .looksLikeGB18030:
      ("不是 UTF-8,看起来是 GB18030", "加上 --encoding gb18030")
    case .notGB18030:
      ("不是 GB18030 文本", "去掉 --encoding,或给出文件本来的编码")
    case .outputFailed:
      ("写不出结果", "检查磁盘空间和输出的去向")
    case .noJournal:
      ("这里没有台账", "检查 --journal 的路径;用过一次控制台就有了")
    case .journalLocked:
      ("台账正被别的程序占着", "建议照常;记录先放在内存里,等它放开自动补记")
    case .journalFull:
      ("台账所在的磁盘满了", "腾出空间;记录先放在内存里,有空间后自动补记")
    case .journalDamaged:
      ("台账文件坏了", "把它移到别处留着,用 journal backup 的备份换回,或让程序另建一份")
    case .journalUnwritable:
      ("台账写不进去", "检查文件和目录的权限,或用 --journal 指到能写的地方")
    case .journalTooNew:
      ("台账是更新版本的程序写的", "用新版本的程序打开")
    case .journalFailed(let reason):
      ("台账出错: \(reason)", "用 fanzha doctor 查看")
    case .brokenEvent(let number, let flaw):
      ("台账第 \(number) 条\(Self.words(flaw))", "保留这个文件备查,从备份恢复")
    case .noSuchCase(let number):
      ("台账里没有案\(number)", "用 journal list 看有哪些")
    case .fileExists:
      ("已经有这个文件,不覆盖", "换一个文件名")
    case .folderUnusable(let reason):
      ("建不了目录(\(reason))", "检查上级目录的权限")
    case .badDate(let text):
      ("看不懂日期 \(text)", "写成 2026-01-31")
    case .readableByOthers:
      ("别人也能读", "去掉别人的权限: chmod go-rwx")
    case .keyUnusable(let reason):
      ("密钥文件用不了(\(reason))", "检查路径和权限,或用 FANZHA_KEY_FILE 指到别处")
    case .keyReadableByOthers:
      ("密钥文件别人也能读", "chmod 600 这个文件")
    case .keyMalformed:
      ("密钥文件不是本程序的密钥", "换回原来的密钥;没有备份的话,封存的内容就打不开了")
    case .sealDoesNotOpen:
      ("封存的内容打不开", "用封存时的密钥(FANZHA_KEY_FILE);内容被改过也会这样")
    case .nothingToUndo:
      ("没有可撤回的", "先输入一句")
    case .nothingToClear:
      ("还没有可放行的", "先输入一句")
    case .noQuestion:
      ("屏幕上没有问句", "接着输入就行")
    case .nothingToResume:
      ("没有没收尾的案子", "接着输入就行")
    case .noSuchKey(let key):
      ("这个问句不能用 \(key) 回答", "按屏幕上的数字,或直接打字")
    case .unknownCommand(let name, let nearest):
      ("没有命令 /\(name)", nearest.map { "是不是 /\($0)?/help 看全部" } ?? "/help 看全部命令")
    case .noSuchOption(let number):
      ("没有第 \(number) 个选项", "按屏幕上的数字,或直接打字")
    case .nothingFound(let words):
      ("没有找到「\(words)」", "换个说法,或少打几个字")
    case .historyUnwritable(let path):
      ("命令历史存不下: \(path)", "检查目录权限;不影响使用")
    }
  }
}
