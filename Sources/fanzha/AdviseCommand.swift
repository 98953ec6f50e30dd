import ArgumentParser
import FanzhaCatalogue
import FanzhaConsole
import FanzhaDialogue
import FanzhaReplay

struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise", abstract: "每段文字是一轮,逐轮给出建议。",
    discussion: "不给文字时从标准输入逐行读。")

  @Argument(help: ArgumentHelp("一轮对话,可带「客户:」「柜员:」「观察:」「对方:」。", valueName: "文字"))
  var texts: [String] = []

  @Option(help: ArgumentHelp("输出格式: text 或 json(每轮一行)。", valueName: "格式"))
  var format: OutputFormat = .text

  @OptionGroup var options: CommonOptions

  func run() throws {
    let engine = try options.knowledge.engine()
    var conversation = Conversation(engine: engine, channel: options.channel)
    let recorder = Recorder(options, base: engine.base)
    let printer = TurnPrinter(format: format, options: options)
    var failure: ExitCode?
    func take(_ text: String) throws {
      let line = SpokenLine(parsing: text)
      let advice = conversation.add(line)
      recorder.happened(conversation)
      try printer.print(
        TurnReport(dialogue: nil, turn: conversation.turnCount, speaker: line.speaker, advice: advice), line,
        channel: options.channel)
    }
    if texts.isEmpty {
      for line in LineInput() {
        switch line {
        case .success(let text) where text.allSatisfy(\.isWhitespace): continue
        case .success(let text): try take(text)
        case .failure(let diagnostic):
          Failure.say([diagnostic])
          failure = Failure.code(diagnostic.problem)
        }
      }
    } else {
      for text in texts { try take(text) }
    }
    recorder.close(turns: conversation.turnCount)
    recorder.end()
    if let failure { throw failure }
  }
}
