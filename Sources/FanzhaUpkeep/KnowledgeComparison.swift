import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReplay

/// What changed from one knowledge base to another, in the words of the domain, and what that does to recordings.
public struct KnowledgeComparison: Sendable {
  /// What number of the version a change calls for.
  public enum Step: Int, Sendable, Comparable {
    /// Wording alone.
    case patch
    /// Something new, or another judgement.
    case minor
    /// Something others may rely on is gone.
    case major

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
  }

  public struct Change: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      case added, removed
      /// What of it, from what, to what.
      case changed(field: String, from: String, to: String)
    }

    /// 手法, 问句 …
    public let noun: String
    public let id: String
    public let name: String
    public let kind: Kind
    public let step: Step
  }

  /// A recording that ends on another level.
  public struct LevelChange: Sendable, Equatable {
    public let dialogue: String
    public let from: Int
    public let to: Int
  }

  public let changes: [Change]
  public let levelChanges: [LevelChange]

  /// Nil when nothing changed.
  public var step: Step? {
    let levels: Step? = levelChanges.isEmpty ? nil : .minor
    return (changes.map(\.step) + (levels.map { [$0] } ?? [])).max()
  }

  public init(_ old: KnowledgeBase, _ new: KnowledgeBase, recordings: [RecordedDialogue]) {
    let before = Self.inventory(old), after = Self.inventory(new)
    changes = before.keys.union(after.keys).sorted().flatMap { key in
      Self.changes(before[key], after[key])
    }
    let replays = [old, new].map { Replay(engine: Engine($0), defaultChannel: .counter) }
    levelChanges = Parallel.map(recordings) { dialogue -> LevelChange? in
      let levels = replays.map { $0(dialogue).last?.advice.level ?? 0 }
      return levels[0] == levels[1] ? nil : LevelChange(dialogue: dialogue.id, from: levels[0], to: levels[1])
    }.compactMap(\.self)
  }

  private static func changes(_ old: Item?, _ new: Item?) -> [Change] {
    switch (old, new) {
    case (nil, let item?): [Change(noun: item.noun, id: item.id, name: item.name, kind: .added, step: .minor)]
    case (let item?, nil): [Change(noun: item.noun, id: item.id, name: item.name, kind: .removed, step: .major)]
    case (let old?, let new?):
      zip(old.fields, new.fields).filter { $0.text != $1.text }.map { before, after in
        Change(
          noun: new.noun, id: new.id, name: new.name,
          kind: .changed(field: after.label, from: before.text, to: after.text), step: after.isWording ? .patch : .minor)
      }
    case (nil, nil): []
    }
  }

  // MARK: What a base consists of, as far as anybody would miss it

  private struct Item {
    struct Field {
      let label: String
      let text: String
      /// Changes nothing but what is read.
      let isWording: Bool
    }

    let noun: String
    let id: String
    let name: String
    let fields: [Field]
  }

  private static func inventory(_ base: KnowledgeBase) -> Inventory {
    var items: [String: Item] = [:]
    func add(_ noun: String, _ id: String, _ name: String, wording: [(String, String)] = [], judgement: [(String, String)]) {
      items["\(noun) \(id)"] = Item(
        noun: noun, id: id, name: name,
        fields: judgement.map { Item.Field(label: $0.0, text: $0.1, isWording: false) }
          + wording.map { Item.Field(label: $0.0, text: $0.1, isWording: true) })
    }
    for item in base.everyHypothesis {
      add(
        item.kind == .pattern ? "手法" : "用途", item.id.text, item.name,
        wording: [
          ("名称", item.name), ("简称", item.short), ("说明", item.summary), ("讲解", item.scripts.explain),
          ("对客户说", item.scripts.say), ("热线上说", item.scripts.hotline ?? ""), ("绝不要", list(item.scripts.never)),
          ("例句", list(item.match.map(\.text) + item.nearMiss.map(\.text))), ("出处", list(item.sources)),
        ],
        judgement: [
          ("状态", item.status.rawValue), ("多常见", item.frequency.rawValue),
          ("特征", list(item.signs.map { "\($0.key): \($0.value.rawValue)" }.sorted())),
          ("前提", list(item.needs.map(\.description))), ("问句", list(item.questions.map(\.text))),
          ("处置", list(item.escalation.map(\.text))), ("借口", list(item.coverStories.map(\.text))),
        ])
    }
    for item in base.facts {
      for value in item.values {
        add(
          "事实", "\(item.id) = \(value.id)", "\(item.name): \(value.label)",
          judgement: [
            ("短语", list(value.phrases.map(\.text))),
            ("底数", "\(value.baseUnderPattern.rawValue)/\(value.baseUnderPurpose.rawValue)"),
          ])
      }
    }
    for item in base.questions {
      add(
        "问句", item.id.text, item.text,
        wording: [
          ("问法", item.text), ("换个问法", item.again ?? ""), ("热线上问", item.hotline ?? ""), ("理由", item.reason),
          ("选项", list(item.options.map(\.label))),
        ], judgement: [("问的事实", "\(item.asks)"), ("用于", list(item.relevantTo))])
    }
    for item in base.procedures {
      add(
        "流程", item.id.text, item.name, wording: [("步骤文字", list(item.steps.map(\.text)))],
        judgement: [("步骤", list(item.steps.map { "\($0.id) \($0.due.rawValue)" }))])
    }
    for item in base.policy.redFlags {
      add("硬触发", item.id, item.reason, judgement: [("级别", "\(item.level.rawValue)"), ("条件", "\(item.when) \(item.unless)")])
    }
    for item in base.contacts {
      add("联系人", item.id.text, item.name, wording: [("用来", item.purpose)], judgement: [("号码", item.number ?? "")])
    }
    for item in base.coverStories {
      add("借口", item.id.text, item.says, wording: [("追问", item.followUp), ("核清", item.settles)], judgement: [])
    }
    for item in base.businesses {
      add("业务", item.id.text, item.name, judgement: [("先问", list(([item.first] + item.then).map(\.text)))])
    }
    for item in base.scripts { add("话术", item.id.text, item.text, wording: [("文字", item.text)], judgement: []) }
    for item in base.tips {
      add("提示书", item.id.text, item.title, wording: [("文字", list([item.lead] + item.points + item.confirm))], judgement: [])
    }
    let policy = base.policy
    add(
      "阈值", "policy", "policy.yaml",
      judgement: [
        ("先验", "\(policy.priorOfScam.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value))"),
        ("暂停线", "\(policy.pauseFrom)"), ("放行线", "\(policy.proceedBelow)"),
        ("必问", list(policy.mandatory.map(\.label))),
      ])
    return items
  }

  private typealias Inventory = [String: Item]

  private static func list(_ texts: [String]) -> String { texts.joined(separator: "; ") }
}

extension Dictionary.Keys {
  fileprivate func union(_ other: Self) -> Set<Key> { Set(self).union(other) }
}
