import FanzhaCatalogue
import FanzhaKnowledge

/// A knowledge base small enough to work out by hand, yet complete in the loader's eyes.
///
/// Two hypotheses matter: the pattern `romance-test` and the purpose `renovation`. Every other family and purpose is
/// there as a bare stand-in that lists one sign nobody mentions.
public enum SmallBase {
  public static var texts: [String: String] {
    var texts = [
      "facts/test.yaml": facts, "questions/test.yaml": questions, "policy.yaml": policy, "language.yaml": language,
      "sources.yaml": "sources:\n  - {id: own, title: 自编}\n",
      "contacts.yaml":
        "contacts:\n  - {id: \"110\", name: 报警, number: \"110\", for: 报警, sources: [own]}\n",
      "scripts/general.yaml": "scripts:\n  - {id: open, when: opening, text: 您好。, sources: [own]}\n",
      "procedures/ladder.yaml":
        "id: ladder\nname: 上报\nurgency: 60\nsummary: 上报。\nsources: [own]\nsteps:\n"
        + "  - {id: supervisor, text: 请主管, due: now, done_heard: [主管来了]}\n  - {id: police, text: 打 110, contact: \"110\", due: later}\n",
      "procedures/stop-payment.yaml":
        "id: stop-payment\nname: 止付\nurgency: 30\nsummary: 止付。\nsources: [own]\nsteps:\n  - {id: call, text: 打 110, contact: \"110\", due: now}\n",
    ]
    for family in Hypothesis.families {
      let id = "\(family)-test"
      texts["patterns/\(family)/\(id).yaml"] = hypothesis(
        id, "family: \(family)\n", signs: family == "romance" ? romanceSigns : "  topic = other: sometimes\n", say: "persuade")
    }
    for purpose in Hypothesis.purposes {
      texts["purposes/\(purpose).yaml"] = hypothesis(
        purpose, "", signs: purpose == "renovation" ? renovationSigns : "  topic = other: sometimes\n", say: "close")
    }
    return texts
  }

  /// A fact, businesses and questions to start by, laid over the small base.
  public static let businesses: [String: String?] = [
    "facts/business.yaml": """
      topic: business
      sources: [own]
      facts:
        - id: business.kind
          name: 业务
          kind: many
          weightless: true
          values:
            - {id: transfer, label: 转账, phrases: [转账]}
            - {id: cash-withdrawal, label: 取现, phrases: [取现]}
      """,
    "businesses.yaml": """
      businesses:
        - {id: transfer, name: 转账汇款, key: z, first: who, watch: 先听关系, sources: [own]}
        - {id: cash-withdrawal, name: 取现金, key: q, first: met, watch: 看门口, sources: [own]}
      """,
  ]

  /// The base with some files replaced, or taken out where the text is nil.
  public static func load(replacing changes: [String: String?] = [:]) throws -> KnowledgeBase {
    try KnowledgeLoader.load(KnowledgeFiles(texts: changed(changes)))
  }

  public static func diagnostics(replacing changes: [String: String?]) -> [Diagnostic] {
    KnowledgeLoader.loadAndCheck(KnowledgeFiles(texts: changed(changes))).diagnostics
  }

  public static func files(replacing changes: [String: String?]) -> KnowledgeFiles { KnowledgeFiles(texts: changed(changes)) }

  private static func changed(_ changes: [String: String?]) -> [String: String] {
    var texts = texts
    for (path, text) in changes { texts[path] = text }
    return texts
  }

  private static func hypothesis(_ id: String, _ family: String, signs: String, say: String) -> String {
    """
    id: \(id)
    \(family)name: {zh: 测试 \(id), en: Test}
    short: 测试
    status: test
    frequency: common
    summary: 测试用。
    signs:
    \(signs)scripts: {explain: 讲一句, \(say): 说一句}
    sources: [own]
    revised: 2026-01-01

    """
  }

  private static let romanceSigns = """
      payee.relation = met-online: almost-always
      payee.met = no: almost-always
      demand.secrecy = yes: usually
      topic = other: rarely

    """

  private static let renovationSigns = """
      payee.relation = known: usually
      payee.met = yes: almost-always
      papers = match: usually
      topic = renovation: usually

    """

  public static let facts = """
    topic: test
    sources: [own]
    facts:
      - id: payee.relation
        name: 收款人
        kind: one
        group: payee
        from: [customer, observation]
        values:
          - {id: known, label: 认识的人, base: {scam: rarely, honest: often}, phrases: [老邻居, 师傅]}
          - {id: met-online, label: 网上认识的人, base: {scam: sometimes, honest: almost-never}, phrases: [网上认识, 网友]}
          - {id: vague, label: 含糊, base: {scam: sometimes, honest: sometimes}, phrases: [算是挺熟悉]}
        except: [网友聚会]
      - id: payee.met
        name: 见过面
        kind: flag
        group: payee
        values:
          - {id: yes, label: 见过, base: {scam: rarely, honest: almost-always}, phrases: [见过面]}
          - {id: no, label: 没见过, base: {scam: almost-always, honest: rarely}, phrases: [没见过面]}
      - id: demand.secrecy
        name: 要求保密
        kind: flag
        values:
          - {id: yes, label: 要保密, base: {scam: often, honest: almost-never}, phrases: [不让告诉家人]}
          - {id: no, label: 没有, base: {scam: sometimes, honest: almost-always}}
      - id: papers
        name: 凭证
        kind: one
        from: [customer, observation, staff]
        values:
          - {id: match, label: 与户名一致, base: {scam: almost-never, honest: often}, phrases: [合同一致]}
          - {id: missing, label: 没有, base: {scam: often, honest: rarely}, phrases: [没有合同]}
      - id: topic
        name: 事由
        kind: many
        values:
          - {id: renovation, label: 装修, base: {scam: rarely, honest: rarely}, phrases: [装修]}
          - {id: other, label: 其他, base: {scam: almost-never, honest: almost-never}, phrases: [其他事由]}
      - id: money.status
        name: 钱
        kind: one
        weightless: true
        resolve: furthest
        values:
          - {id: not-sent, label: 没转, phrases: [还没转]}
          - {id: sending, label: 正在转, phrases: [正在转]}
          - {id: sent, label: 转了, phrases: [已经转了]}
      - id: control.call
        name: 通话
        kind: one
        weightless: true
        resolve: latest
        values:
          - {id: live, label: 在通话, phrases: [戴着耳机]}
          - {id: refuses-hang-up, label: 不肯挂, phrases: [不能挂]}
          - {id: hung-up, label: 挂了, phrases: [挂断了]}
    \(flag("control.screen", "屏幕共享", "开着屏幕共享"))
    \(flag("credentials.given", "给出验证码", "给了验证码"))
    \(flag("danger.person", "人身危险", "不想活了"))
    \(flag("collector.waiting", "有人等", "门外有人等"))
    \(flag("counterparty.listening", "在听", "他在听"))
    \(flag("conduct.evasive", "回避", "说不出来"))
    \(flag("conduct.contradicts", "前后不一", "前后不一"))
    \(flag("inquiry.asking", "来求证", "是不是真的"))

    """

  private static func flag(_ id: String, _ name: String, _ phrase: String) -> String {
    """
      - id: \(id)
        name: \(name)
        kind: flag
        values:
          - {id: yes, label: 是, base: {scam: sometimes, honest: rarely}, phrases: [\(phrase)]}
          - {id: no, label: 否, base: {scam: often, honest: usually}}
    """
  }

  public static let questions = """
    topic: test
    questions:
      - id: met
        asks: payee.met
        text: 见过面吗?
        reason: 没见过面的人没人核实过。
        options:
          - {id: yes, label: 见过, value: yes, heard: [见过]}
          - {id: no, label: 没见过, value: no, heard: [没见过]}
          - {id: evasive, label: 回避, value: evasive}
        heard: [见过面]
        sources: [own]
      - id: who
        asks: payee.relation
        text: 收款人是谁?
        reason: 先弄清是谁。
        options:
          - {id: known, label: 认识, value: known, heard: [邻居]}
          - {id: met-online, label: 网上认识, value: met-online}
          - {id: evasive, label: 回避, value: evasive}
        sources: [own]
      - id: sent
        asks: money.status
        text: 转了没有?
        reason: 转了要先止付。
        options:
          - {id: sent, label: 转了, value: sent}
          - {id: not-sent, label: 没转, value: not-sent}
          - {id: evasive, label: 回避, value: evasive}
        sources: [own]

    """

  public static let policy = """
    sources: [own]
    prior_of_scam: {counter: 0.1, hotline: 0.25}
    pause_from: 0.6
    proceed_below: 0.05
    settles: [papers = match]
    signs_for_pause: 2
    sign_weight: 0.4
    group_damping: 0.5
    trust: {words: 0.9, denial: 0.5, artefact: 1}
    costs:
      released_scam: 100
      paused_honest: 25
      friction: {low: 0.5, medium: 1, high: 3}
      topic_jump: 0.2
      family_knowledge: 1
    red_flags:
      - {id: screen, when: [control.screen = yes], level: 3, reason: 先断开}
      - {id: unmet, when: [payee.relation = met-online, payee.met = no], level: 2, reason: 没见过面}
      - {id: gone, when: [money.status = sent, level >= 2], level: 3, reason: 已转出}
    calls:
      - {procedure: ladder, when: [level >= 2]}
      - {procedure: stop-payment, when: [money.status = sent, level >= 3]}
    urgent_questions:
      - {question: sent, when: [level >= 2]}
    mandatory:
      - {id: payee-known, label: 认识, done_by: [payee.relation]}

    """

  public static let language = """
    folds: {帐: 账}
    negators: [没有, 没, 不是, 不]
    not_negators: [没办法, 不知道]
    hypotheticals: [如果, 要是, 的话]
    questions: ["?", 吗, 有没有, 是不是]
    quotings: [宣传, 提醒您]
    threats: [就完了, 就冻]
    affirmations: [是, 有, 对]
    denials: [没有, 没, 没有啊, 不是]
    evasions: [别问了]
    shrugs: [不知道]

    """
}
