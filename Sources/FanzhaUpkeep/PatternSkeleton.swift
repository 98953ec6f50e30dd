import FanzhaKnowledge

/// The file an author begins a pattern with: every field in its place, each with a line on what goes there.
public struct PatternSkeleton: Sendable {
  public let id: String
  public let family: String

  public init(id: String, family: String) {
    self.id = id
    self.family = family
  }

  /// Relative to the folder of the knowledge base.
  public var path: String { "patterns/\(family)/\(id).yaml" }

  /// - Parameter today: ISO 8601.
  public func text(today: String) -> String {
    """
    # 新手法。一项一项填,随填随跑 fanzha knowledge lint;写法见 Knowledge/README.md。
    id: \(id)
    family: \(family)
    name: {zh: 一句话的名称, en: Name in English}
    # 六个字以内,不带吓人的字眼:屏幕朝着客户。
    short: 简称
    # 人们还怎么叫它,/card 和 search 用得上。
    aliases: []
    # draft 草稿,判断时不用;例句都通过了改成 test。
    status: draft
    # common 常见 / occasional 有时 / rare 少见
    frequency: rare
    summary: 怎么开头、怎么取信、钱怎么出去,两句话。
    victims: []
    channels: []
    stages: []
    # 特征,「事实 = 值: 多常见」。事实和值看 facts/,用 fanzha knowledge list facts 列出。
    # 多常见: almost-always usually often sometimes rarely almost-never
    signs:
      contact.origin = they-called: often
      payee.relation = stranger: often
    # 有了它才考虑这个手法(可以不写): needs: [story.xxx = yyy]
    # 客户被教着怎么说:cover-stories.yaml 里的编号。
    cover_stories: []
    # 最分得清的问句,先问的写在前:questions/ 里的编号。
    questions: [what-for]
    scripts:
      explain: 为什么站不住,一句话,柜面听得。
      persuade: 请客户一起核的一句话,柜面听得。
      hotline: 热线上可以直说的一句话。
      never: [和电话那头的人争]
    escalation: [counter-ladder]
    # 容易被误当成它的正常用途。
    look_alikes: []
    # 客户、柜员真会这么说的话,至少 8 句,各说各的。
    match: []
    # 听着像、其实不是的话,至少 5 句。
    near_miss: []
    # 每一条从哪来: public:T-xx SRC-xx seed:篇x CK(常识,未核实) own(自编)
    sources: [own]
    revised: \(today)

    """
  }
}
