import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReplay
import FanzhaUpkeep
import Foundation

struct KnowledgeLint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "检查知识库,一次报出全部问题:级别、编号、位置、原文、怎么办。")

  @OptionGroup var knowledge: KnowledgeOptions
  @Flag(help: "警告也算失败。")
  var strict = false
  @Option(help: ArgumentHelp("按这一天查多久没看过,例如 2026-01-31;不给就不查。", valueName: "日期"))
  var today: String?

  func validate() throws {
    if let today, KnowledgeAudit.isDate(today) == false {
      throw ValidationError(Problem.badDate(today).wording(in: .zh).what)
    }
  }

  func run() throws {
    let files = try Failure.reporting { try knowledge.files() }
    let (base, loading) = KnowledgeLoader.loadAndCheck(files, including: true)
    let diagnostics =
      loading
      + (base.map {
        KnowledgeAudit(Engine($0), recordings: knowledge.recordings(), today: today).diagnostics()
      } ?? [])
    for diagnostic in diagnostics { Output.block(diagnostic.rendered(quoting: files.line(of: diagnostic.place))) }
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count { $0.severity == .warning }
    Output.line(
      Message.lintSummary(errors: errors, warnings: warnings, notes: diagnostics.count - errors - warnings).text())
    if errors > 0 || (strict && warnings > 0) { throw Failure.found }
  }
}
