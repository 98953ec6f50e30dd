import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReading
import FanzhaReplay
import FanzhaUpkeep
import Foundation

struct KnowledgeFit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "用带类别的文字和各条的 match 例句拟合权重,读没有短语够得着的话。")

  @Argument(help: ArgumentHelp("带 truth 的对话记录。", valueName: "文件"))
  var files: [String]
  @Option(help: ArgumentHelp("写到哪里;不给就只做检验。", valueName: "文件"))
  var output: String?
  @Flag(help: "每次留出一位作者,看在没见过的作者身上对多少。")
  var crossValidate = false
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let base = try knowledge.base()
    let reader = Reader(base)
    let written = Recordings.read(files).compactMap { dialogue in
      TextModelFitting.Example(dialogue, reader).map { (author: dialogue.author ?? "", example: $0) }
    }
    let own = base.hypotheses.flatMap { item in
      item.match.map { TextModelFitting.Example(label: item.family, runs: reader.runs($0.text)) }
    }
    guard !written.isEmpty else {
      Failure.say(files.map { Diagnostic(.emptyInput($0)) })
      throw Failure.badData
    }
    if crossValidate {
      let authors = Set(written.map(\.author)).sorted()
      let results = Parallel.map(authors) { author in
        let model = TextModelFitting()(own + written.filter { $0.author != author }.map(\.example))
        return TextModelCheck(model, written.filter { $0.author == author }.map(\.example))
      }
      for (author, result) in zip(authors, results) {
        Output.row([author, "\(result.count)"] + [result.firstOfAll, result.firstOfKind].map(Message.percentage).map { $0.text() })
      }
    }
    if let output {
      let model = TextModelFitting()(own + written.map(\.example))
      guard (try? model.encoded().write(to: URL(fileURLWithPath: output))) != nil else {
        Failure.say([Diagnostic(.outputFailed, at: Place(file: output))])
        throw Failure.inputOutput
      }
      Output.line(Message.modelWritten(output, classes: model.classes.count, features: model.features.count).text())
    }
  }
}
