import ArgumentParser
import FanzhaCatalogue
import FanzhaReplay
import Foundation

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "在带 truth 的对话上评测:级别、类别、误拦、校准。")

  @OptionGroup var recordings: RecordingOptions

  @Option(help: ArgumentHelp("输出格式: text 或 json。", valueName: "格式"))
  var format: OutputFormat = .text

  @Flag(help: "逐条列出级别出界、类别不对的对话。")
  var mistakes = false

  @OptionGroup var options: CommonOptions

  func run() throws {
    let replay = Replay(engine: try options.knowledge.engine(), defaultChannel: options.channel)
    let recorder = Recorder(options, base: replay.engine.base)
    let (dialogues, failure) = recordings.read()
    var evaluation = Evaluation()
    for dialogue in dialogues {
      let reports = replay(dialogue, happened: recorder.happened)
      recorder.close(turns: reports.count)
      evaluation.add(dialogue, reports)
      if mistakes, let mistake = Mistake(dialogue, reports) { Output.row(mistake.columns) }
    }
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      Output.line(String(decoding: try encoder.encode(evaluation), as: UTF8.self))
    case .text:
      for line in EvaluationText.lines(evaluation) { Output.line(line) }
    }
    recorder.end()
    if let failure { throw failure }
  }
}

/// One dialogue whose last advice differs from its truth.
private struct Mistake {
  let columns: [String]

  init?(_ dialogue: RecordedDialogue, _ reports: [TurnReport]) {
    guard let truth = dialogue.truth, let last = reports.last?.advice else { return nil }
    let bounds = truth.verdict == .scam ? truth.levelMin...max(truth.levelMin, truth.levelMax) : 0...max(1, truth.levelMax)
    let families = last.suspects.prefix(3).map(\.family)
    let levelIsRight = bounds.contains(last.level)
    let familyIsRight = truth.families.isEmpty || families.first.map(truth.families.contains) ?? false
    if levelIsRight, familyIsRight { return nil }
    columns = [
      dialogue.id, Message.mistakenLevel(last.level, low: bounds.lowerBound, high: bounds.upperBound).text(),
      Message.mistakenFamily(
        wanted: truth.families.joined(separator: "/"), got: families.joined(separator: "/")
      ).text(),
    ]
  }
}
