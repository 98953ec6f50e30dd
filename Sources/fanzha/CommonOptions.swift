import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaJournal
import FanzhaKnowledge
import FanzhaPrivacy
import FanzhaReplay
import Foundation

extension Channel: ExpressibleByArgument {}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Where the record is kept.
struct JournalOptions: ParsableArguments {
  @Option(name: .customLong("journal"), help: ArgumentHelp("台账文件。", valueName: "文件"))
  var path: String?

  @Flag(help: "不写台账。")
  var noJournal = false

  /// The journal's file, whether it is there or not.
  var file: String { path ?? StateFolder.path("journal.sqlite") }

  /// The key of what is sealed in it.
  static var key: KeyFile { KeyFile(path: Environment["FANZHA_KEY_FILE"] ?? StateFolder.path("journal.key")) }

  /// How the journal is kept; nil when none is to be.
  ///
  /// - Parameter isDefault: whether a journal is kept without being asked for.
  func settings(_ base: KnowledgeBase, isDefault: Bool) -> JournalKeeper.Settings? {
    if noJournal || path == nil && !isDefault { return nil }
    return JournalKeeper.Settings(path: file, key: Self.key, publicNumbers: base.publicNumbers)
  }
}

extension KnowledgeBase {
  /// Numbers that belong to a service, and to nobody.
  var publicNumbers: Set<String> { Set(contacts.compactMap(\.number)) }
}

/// Which knowledge base to work from.
struct KnowledgeOptions: ParsableArguments {
  @Option(name: .customLong("knowledge"), help: ArgumentHelp("知识库目录。", valueName: "目录"))
  var directory: String?

  @Option(help: ArgumentHelp("本地知识目录:同名文件替换,其余添加。", valueName: "目录"))
  var overlay: String?

  @Flag(help: "只用知识库,不用拟合权重。")
  var noModel = false

  /// The files of the base.
  ///
  /// - Throws: ``Diagnostics``.
  func files() throws -> KnowledgeFiles {
    try KnowledgeFiles(
      directory: try KnowledgeLocation.find(directory),
      overlay: overlay ?? Environment["FANZHA_OVERLAY"])
  }

  /// The base, or nothing: half a base gives no advice.
  func base() throws -> KnowledgeBase { try Failure.reporting { try KnowledgeLoader.load(try files()) } }

  /// The base ready to work.
  func engine() throws -> Engine { Engine(try base(), usesModel: !noModel) }

  /// Where new entries are written: the overlay, where there is one, else the base itself.
  ///
  /// - Throws: ``Diagnostics``.
  func editableDirectory() throws -> String {
    try overlay ?? Environment["FANZHA_OVERLAY"] ?? KnowledgeLocation.find(directory)
  }

  /// The recordings with truth that lie beside the base and its overlay: they are tests.
  func recordings() -> [RecordedDialogue] {
    let folders = [try? KnowledgeLocation.find(directory), overlay ?? Environment["FANZHA_OVERLAY"]]
    return Recordings.read(folders.compactMap(\.self).flatMap(Recordings.files))
  }
}

struct CommonOptions: ParsableArguments {
  @OptionGroup var knowledge: KnowledgeOptions

  @Option(help: ArgumentHelp("渠道: counter 柜面, hotline 热线。", valueName: "渠道"))
  var channel: Channel = .counter

  @OptionGroup var journal: JournalOptions

  @Flag(help: "少说话:文本输出只留级别、问句和一句话。")
  var quiet = false

  @Flag(help: "不用颜色;设了 NO_COLOR 也一样。")
  var noColor = false

  @Option(help: ArgumentHelp("界面语言。", valueName: "语言"))
  var lang: Language = .zh

  var usesColor: Bool {
    !noColor && Environment["NO_COLOR"] == nil && !isDumb
  }

  var isDumb: Bool { [nil, "dumb"].contains(Environment["TERM"]) }
}

extension Language: ExpressibleByArgument {}

/// Variables the program goes by; an empty one is as good as none.
enum Environment {
  static subscript(name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Recorded dialogues that lie beside a knowledge base.
enum Recordings {
  static func files(in directory: String) -> [String] {
    let folder = directory + "/dialogues"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { folder + "/" + $0 }
  }

  /// The good records; what is wrong with the others is said on stderr.
  static func read(_ files: [String]) -> [RecordedDialogue] {
    files.flatMap { file -> [RecordedDialogue] in
      let result = DialogueReader.read(
        FileManager.default.contents(atPath: file) ?? Data(), name: file, format: DialogueReader.Format(path: file))
      Failure.say(result.problems)
      return result.dialogues
    }
  }
}

/// Where the knowledge base is.
enum KnowledgeLocation {
  /// `--knowledge`, else `FANZHA_KNOWLEDGE`, else the copy installed with the program, else the repository
  /// it was built in.
  ///
  /// - Throws: ``Diagnostics`` when there is none.
  static func find(_ given: String?) throws -> String {
    if let given = given ?? Environment["FANZHA_KNOWLEDGE"] { return given }
    let candidates = installed + repository
    for candidate in candidates where FileManager.default.fileExists(atPath: candidate + "/policy.yaml") {
      return candidate
    }
    throw Diagnostics([Diagnostic(.noKnowledge(searched: candidates))])
  }

  private static var executable: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  }

  private static var installed: [String] {
    [executable.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("share/fanzha/Knowledge").path]
  }

  /// The build folder lies inside the repository: the first folder above that has a knowledge base.
  private static var repository: [String] {
    var folder = executable.deletingLastPathComponent()
    for _ in 0..<6 {
      folder = folder.deletingLastPathComponent()
      let candidate = folder.appendingPathComponent("Knowledge").path
      if FileManager.default.fileExists(atPath: candidate + "/policy.yaml") { return [candidate] }
    }
    return []
  }
}
