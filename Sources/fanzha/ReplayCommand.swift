import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReplay
import Foundation

/// Reading recorded dialogues, shared by the commands that do.
struct RecordingOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("对话记录: .jsonl .yaml .txt,- 为标准输入。", valueName: "文件"))
  var files: [String]

  @Option(help: ArgumentHelp("文件编码: utf-8 或 gb18030。", valueName: "编码"))
  var encoding: FileEncoding = .utf8

  enum FileEncoding: String, ExpressibleByArgument, CaseIterable {
    case utf8 = "utf-8"
    case gb18030
  }

  /// Reads all files.
  ///
  /// - Returns: the good records in order, and how to end when something was bad (already said on stderr).
  func read() -> (dialogues: [RecordedDialogue], failure: ExitCode?) {
    var dialogues: [RecordedDialogue] = []
    var failure: ExitCode?
    for file in files {
      switch data(file) {
      case .failure(let diagnostic):
        Failure.say([diagnostic])
        let code = Failure.code(diagnostic.problem)
        failure = code == Failure.inputOutput ? code : failure ?? code
      case .success(let data):
        let result = DialogueReader.read(data, name: file, format: DialogueReader.Format(path: file))
        Failure.say(result.problems)
        if result.problems.contains(where: { $0.severity == .error }) { failure = failure ?? Failure.badData }
        dialogues += result.dialogues
      }
    }
    return (dialogues, failure)
  }

  private func data(_ file: String) -> Result<Data, Diagnostic> {
    let place = Place(file: file)
    var isDirectory: ObjCBool = false
    guard file == "-" || FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) else {
      return .failure(Diagnostic(.noSuchFile(file), at: place))
    }
    if isDirectory.boolValue { return .failure(Diagnostic(.isDirectory(file), at: place)) }
    // Through a handle: the file may be a pipe.
    let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
    guard let handle, let data = try? handle.readToEnd() ?? Data() else {
      return .failure(Diagnostic(.unreadableFile(reason: String(cString: strerror(errno))), at: place))
    }
    if encoding == .gb18030 {
      guard let text = TextEncoding.gb18030(data) else { return .failure(Diagnostic(.notGB18030, at: place)) }
      return .success(Data(text.utf8))
    }
    return .success(data)
  }
}

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "重放记录的对话,每轮给出当时的建议。",
    discussion: "建议与记录里的 truth 不同是结果,不是失败:退出码仍是 0。")

  @OptionGroup var recordings: RecordingOptions

  @Option(help: ArgumentHelp("输出格式: text 或 json(每轮一行)。", valueName: "格式"))
  var format: OutputFormat = .text

  @OptionGroup var options: CommonOptions

  func run() throws {
    let replay = Replay(engine: try options.knowledge.engine(), defaultChannel: options.channel)
    let printer = TurnPrinter(format: format, options: options)
    let recorder = Recorder(options, base: replay.engine.base)
    let (dialogues, failure) = recordings.read()
    for dialogue in dialogues {
      let reports = replay(dialogue, happened: recorder.happened)
      recorder.close(turns: reports.count)
      if format == .text { Output.line(Message.dialogueHead(dialogue.id).text()) }
      for (report, turn) in zip(reports, dialogue.turns) {
        try printer.print(report, turn.line, channel: dialogue.channel ?? options.channel)
      }
    }
    recorder.end()
    if let failure { throw failure }
  }
}
