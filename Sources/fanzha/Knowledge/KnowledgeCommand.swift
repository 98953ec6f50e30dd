import ArgumentParser
import FanzhaCatalogue
import FanzhaKnowledge

struct KnowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge", abstract: "查看、检查、比较、添加知识库里的内容。",
    subcommands: [
      KnowledgeLint.self, KnowledgeList.self, KnowledgeShow.self, KnowledgeFind.self, KnowledgeNumber.self,
      KnowledgeStats.self, KnowledgeDiff.self, KnowledgeGraphing.self, KnowledgeNew.self,
      KnowledgeFit.self,
    ])
}

struct KnowledgeList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "列出一种内容,一行一条。")

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case patterns, purposes, drafts, retired, questions, procedures, contacts, facts, taboos, businesses, tips, cards
    case techniques, groups, articles, myths, notes, sources
    case coverStories = "cover-stories"
  }

  @Argument(help: ArgumentHelp("列哪一种: \(Kind.allCases.map(\.rawValue).joined(separator: " "))。", valueName: "种类"))
  var kind: Kind = .patterns
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let base = try knowledge.base()
    switch kind {
    case .patterns: rows(base.hypotheses.filter { $0.kind == .pattern })
    case .purposes: rows(base.hypotheses.filter { $0.kind == .purpose })
    case .drafts: rows(base.drafts)
    case .retired: rows(base.retired)
    case .questions: base.questions.forEach { Output.row($0.id.text, $0.text) }
    case .procedures: base.procedures.forEach { Output.row($0.id.text, $0.name) }
    case .contacts:
      base.contacts.forEach { Output.row($0.id.text, $0.name, $0.number ?? "-", $0.purpose, Message.grade($0.grade ?? "").text()) }
    case .taboos: base.taboos.forEach { Output.row($0.id.text, $0.text) }
    case .facts:
      for fact in base.facts {
        for value in fact.values { Output.row("\(fact.id) = \(value.id)", fact.name, value.label) }
      }
    case .coverStories: base.coverStories.forEach { Output.row($0.id.text, $0.says, $0.followUp, $0.settles) }
    case .businesses: base.businesses.forEach { Output.row($0.id.text, $0.key, $0.name, base.question($0.first)?.text ?? "") }
    case .tips: base.tips.forEach { Output.row($0.id.text, $0.kind.rawValue, $0.title) }
    case .cards: base.showCards.forEach { Output.row($0.id.text, $0.picture, $0.text) }
    case .techniques: base.reference.techniques.forEach { Output.row($0.id, $0.name, $0.what) }
    case .groups: base.reference.groups.forEach { Output.row($0.id, $0.name) }
    case .articles: base.reference.articles.forEach { Output.row($0.id, $0.law + ($0.article ?? ""), $0.status.rawValue, $0.says) }
    case .myths: base.reference.myths.forEach { Output.row($0.id, $0.claim, $0.truth) }
    case .notes: base.reference.notes.forEach { Output.row($0.id, $0.title) }
    case .sources: base.sources.forEach { Output.row($0.id.text, $0.grade ?? "", $0.title) }
    }
  }

  private func rows(_ hypotheses: [Hypothesis]) {
    for hypothesis in hypotheses {
      Output.row(hypothesis.id.text, hypothesis.family, hypothesis.status.rawValue, hypothesis.name)
    }
  }
}
