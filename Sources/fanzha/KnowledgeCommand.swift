import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge

struct KnowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge", abstract: "查看和检查知识库。",
    subcommands: [Lint.self, List.self, Show.self])

  struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "检查知识库,一次报出全部问题。")

    @OptionGroup var knowledge: KnowledgeOptions
    @Flag(help: "警告也算失败。")
    var strict = false

    func run() throws {
      let (base, loading) = try Failure.reporting { KnowledgeLoader.loadAndCheck(try knowledge.files()) }
      let diagnostics = loading + (base.map { ExampleCheck(Engine($0)).diagnostics() } ?? [])
      for diagnostic in diagnostics { Output.block(diagnostic.rendered()) }
      let errors = diagnostics.count { $0.severity == .error }
      let warnings = diagnostics.count { $0.severity == .warning }
      Output.line(
        Message.lintSummary(errors: errors, warnings: warnings, notes: diagnostics.count - errors - warnings).text())
      if errors > 0 || (strict && warnings > 0) { throw Failure.found }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "列出手法、用途、问句、流程、联系人。")

    enum Kind: String, ExpressibleByArgument, CaseIterable {
      case patterns, purposes, questions, procedures, contacts, facts, taboos
    }

    @Argument(help: ArgumentHelp("列哪一种: \(Kind.allCases.map(\.rawValue).joined(separator: " "))。", valueName: "种类"))
    var kind: Kind = .patterns
    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
      let base = try knowledge.engine().base
      switch kind {
      case .patterns: rows(base, .pattern)
      case .purposes: rows(base, .purpose)
      case .questions: base.questions.forEach { Output.row($0.id.text, $0.text) }
      case .procedures: base.procedures.forEach { Output.row($0.id.text, $0.name) }
      case .contacts: base.contacts.forEach { Output.row($0.id.text, $0.name, $0.number ?? "-", $0.purpose) }
      case .taboos: base.taboos.forEach { Output.row($0.id.text, $0.text) }
      case .facts: base.facts.forEach { Output.row($0.id.text, $0.name) }
      }
    }

    private func rows(_ base: KnowledgeBase, _ kind: Hypothesis.Kind) {
      for hypothesis in base.hypotheses where hypothesis.kind == kind {
        Output.row(hypothesis.id.text, hypothesis.family, hypothesis.name)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "看一个手法、用途、问句或流程。")

    @Argument(help: ArgumentHelp("编号。", valueName: "编号"))
    var id: String
    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
      let base = try knowledge.engine().base
      guard let card = KnowledgeCard(id, in: base) else {
        let known = base.hypotheses.map(\.id.text) + base.questions.map(\.id.text) + base.procedures.map(\.id.text)
        Failure.say([
          Diagnostic(.unknownReference(kind: "条目", id: id, nearest: nearest(to: id, among: known)))
        ])
        throw Failure.found
      }
      card.lines.forEach(Output.line)
    }
  }
}
