import ArgumentParser
import FanzhaCatalogue
import FanzhaKnowledge
import FanzhaUpkeep
import Foundation

struct KnowledgeDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "比较两个知识库:改了什么,版本该升哪一位,哪些对话的级别变了。")

  @Argument(help: ArgumentHelp("原来的知识库目录。", valueName: "旧目录"))
  var old: String
  @Argument(help: ArgumentHelp("现在的知识库目录。", valueName: "新目录"))
  var new: String
  @Option(name: .customLong("dialogues"), help: ArgumentHelp("拿来比级别的对话记录;不给就用新目录里的 dialogues。", valueName: "文件"))
  var dialogues: [String] = []

  func run() throws {
    let bases = try [old, new].map { directory in
      try Failure.reporting { try KnowledgeLoader.load(try KnowledgeFiles(directory: directory)) }
    }
    let files = dialogues.isEmpty ? Recordings.files(in: new) : dialogues
    let comparison = KnowledgeComparison(bases[0], bases[1], recordings: Recordings.read(files))
    for change in comparison.changes { Output.line(Self.text(change)) }
    for change in comparison.levelChanges {
      Output.line(Message.diffLevel(change.dialogue, from: change.from, to: change.to).text())
    }
    Output.line(
      Message.diffSummary(
        changes: comparison.changes.count, levels: comparison.levelChanges.count, step: comparison.step.map { "\($0)" }
      ).text())
  }

  private static func text(_ change: KnowledgeComparison.Change) -> String {
    switch change.kind {
    case .added: Message.diffAdded(change.noun, change.name, id: change.id).text()
    case .removed: Message.diffRemoved(change.noun, change.name, id: change.id).text()
    case .changed(let field, let from, let to):
      Message.diffChanged(change.noun, change.name, id: change.id, field: field, differences(from, to)).text()
    }
  }

  /// Of two lists, what went and what came; of two texts, both.
  private static func differences(_ old: String, _ new: String) -> String {
    let before = old.components(separatedBy: "; "), after = new.components(separatedBy: "; ")
    if before.count < 2, after.count < 2 { return "\(old) -> \(new)" }
    let gone = before.filter { !after.contains($0) }.map { "-\($0)" }
    let come = after.filter { !before.contains($0) }.map { "+\($0)" }
    return (gone + come).isEmpty ? Message.diffReordered.text() : (gone + come).joined(separator: " ")
  }
}

struct KnowledgeGraphing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "画出类别、容易混的正常用途、分得清它们的问句(SVG)。")

  enum Format: String, ExpressibleByArgument, CaseIterable { case svg, dot }

  @Option(help: ArgumentHelp("输出格式: svg 或 dot。", valueName: "格式"))
  var format: Format = .svg
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let dot = KnowledgeGraph(try knowledge.base()).dot
    switch format {
    case .dot: Output.block(dot)
    case .svg: Output.block(try Failure.reporting { try Graphviz.svg(dot) })
    }
  }
}

/// Draws with Graphviz.
enum Graphviz {
  /// - Throws: ``Diagnostic`` when it is not installed or refuses.
  static func svg(_ dot: String) throws -> String {
    let text = FileManager.default.temporaryDirectory.appendingPathComponent("fanzha-\(UUID().uuidString).dot")
    defer { try? FileManager.default.removeItem(at: text) }
    let process = Process(), output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["dot", "-Tsvg", text.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? Data(dot.utf8).write(to: text)) != nil, (try? process.run()) != nil else {
      throw Diagnostic(.noGraphviz)
    }
    let drawing = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0, !drawing.isEmpty else { throw Diagnostic(.noGraphviz) }
    return String(decoding: drawing, as: UTF8.self)
  }
}

struct KnowledgeNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "新写一个手法的骨架,每一项注明填什么。", subcommands: [NewPattern.self])

  struct NewPattern: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pattern", abstract: "新手法的骨架文件。")

    @Argument(help: ArgumentHelp("编号,小写字母和连字符,例如 romance-parcel。", valueName: "编号"))
    var id: String
    @Option(help: ArgumentHelp("类别,例如 romance。", valueName: "类别"))
    var family: String
    @Option(help: ArgumentHelp("revised 写哪一天;不给就是今天。", valueName: "日期"))
    var today: String?
    @OptionGroup var knowledge: KnowledgeOptions

    func validate() throws {
      guard id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
        throw ValidationError(Problem.badID(id).wording(in: .zh).what)
      }
      if !Hypothesis.families.contains(family) {
        let problem = Problem.notInVocabulary(
          field: "family", value: family, allowed: Hypothesis.families, nearest: nearest(to: family, among: Hypothesis.families))
        throw ValidationError("\(problem.wording(in: .zh).what); \(problem.wording(in: .zh).fix)")
      }
    }

    func run() throws {
      let folder = try Failure.reporting { try knowledge.editableDirectory() }
      let skeleton = PatternSkeleton(id: id, family: family)
      let path = folder + "/" + skeleton.path
      try Failure.reporting {
        let taken = try KnowledgeLoader.load(try knowledge.files()).everyHypothesis.contains { $0.id.text == id }
        if taken || FileManager.default.fileExists(atPath: path) { throw Diagnostic(.fileExists, at: Place(file: path)) }
        do {
          try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
          try Data(skeleton.text(today: today ?? Self.dayOfToday).utf8).write(to: URL(fileURLWithPath: path))
        } catch {
          throw Diagnostic(.folderUnusable(error.localizedDescription), at: Place(file: path))
        }
      }
      Output.line(Message.skeletonWritten(path).text())
    }

    private static var dayOfToday: String { Date.now.formatted(.iso8601.year().month().day()) }
  }
}
