import FanzhaCatalogue
import FanzhaConsole
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaPrivacy
import FanzhaReplay
import Foundation

/// Prints the advice after a turn, as text or as one line of JSON.
struct TurnPrinter {
  private let format: OutputFormat
  private let quiet: Bool
  private let encoder: JSONEncoder

  init(format: OutputFormat, options: CommonOptions) {
    self.format = format
    quiet = options.quiet
    encoder = JSONEncoder()
    // Sorted keys: same input, same bytes.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  func print(_ report: TurnReport, _ line: SpokenLine, channel: Channel) throws {
    switch format {
    case .json:
      Output.line(String(decoding: try encoder.encode(report), as: UTF8.self))
    case .text:
      let speaker = Message.speaker(line.speaker.rawValue).text()
      Output.line(Message.turnLine(report.turn, speaker: speaker, line.text).text())
      let text = AdviceText(report.advice, channel: channel)
      for line in quiet ? text.briefLines : text.lines { Output.line("  " + line.text) }
    }
  }
}

/// Standard output, flushed a line at a time so that a reader at the other end of a pipe can follow.
enum Output {
  static func line(_ text: String) {
    write(Printable.text(text, keepingLineFeeds: false))
  }

  /// Cells of a table, for people and for `cut`.
  static func row(_ cells: String...) { row(cells) }

  static func row(_ cells: [String]) {
    write(cells.map { Printable.text($0, keepingLineFeeds: false) }.joined(separator: "\t"))
  }

  /// Text of our own that runs over several lines.
  static func block(_ text: String) { write(Printable.text(text)) }

  /// On standard error, which may end in a log: no personal number goes there.
  static func complain(_ text: String) {
    // Nowhere is left to say that this failed.
    try? FileHandle.standardError.write(contentsOf: Data((Printable.text(NumberMask()(text)) + "\n").utf8))
  }

  private static func write(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      complain(Diagnostic(.outputFailed).rendered())
      Foundation.exit(Failure.inputOutput.rawValue)
    }
  }
}
