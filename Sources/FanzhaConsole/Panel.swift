import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge

/// What stands at the bottom of the screen: a pure picture of advice for a number of rows and columns.
struct Panel: Equatable {
  struct Row: Equatable {
    let text: String
    let style: Style
  }

  enum Style: Equatable {
    case ruler, proceed, verify, pause, report, question, plain, faint
  }

  let rows: [Row]

  /// Rows the panel takes on a screen: one on a small screen, up to seven on a tall one; none when the screen
  /// is too small to share.
  static func height(screenRows: Int) -> Int {
    switch screenRows {
    case ..<6: 0
    case ..<12: 1
    case ..<18: 4
    default: 7
    }
  }

  /// - Parameter advice: nil while the screen is covered.
  init(_ advice: Advice?, session: Session, height: Int, columns: Int) {
    var rows: [Row] = []
    if let advice {
      let text = AdviceText(advice, channel: session.channel)
      if height > 1 { rows.append(Row(text: Self.ruler(session, columns), style: .ruler)) }
      rows += Self.content(text, height: height - rows.count, columns: columns)
    } else {
      rows = [Row(text: Message.coveredPanel.text(), style: .plain)]
    }
    while rows.count < height { rows.append(Row(text: "", style: .plain)) }
    self.rows = rows.prefix(height).map {
      Row(text: DisplayWidth.clipped(Printable.text($0.text, keepingLineFeeds: false), to: columns - 1), style: $0.style)
    }
  }

  /// Rows a long line may take where the screen is narrow: it is there to be read aloud.
  private static let mostRowsOfALine = 2

  private static func wrapped(_ row: Row, columns: Int) -> [Row] {
    DisplayWidth.wrapped(Printable.text(row.text, keepingLineFeeds: false), to: columns - 1)
      .prefix(mostRowsOfALine).map { Row(text: $0, style: row.style) }
  }

  /// What matters most, in the order it is read: level, question with its options, sentence, step, reason.
  private static func content(_ text: AdviceText, height: Int, columns: Int) -> [Row] {
    let all = text.lines
    func first(_ part: AdviceText.Part) -> String? { all.first { $0.part == part }?.text }
    let headline = Row(text: text.headline, style: style(text.level))
    guard height > 1 else {
      let question = first(.question).map { "  \($0)" } ?? ""
      return [Row(text: text.headline + question, style: style(text.level))]
    }
    // When it is urgent, doing comes before asking.
    let order: [AdviceText.Part] =
      text.level == .report
      ? [.step, .script, .question, .options, .reason] : [.question, .options, .script, .step, .reason, .mandatory]
    let present = order.flatMap { part -> [Row] in
      guard let line = first(part) else { return [] }
      switch part {
      case .options: return text.optionRows(columns: columns - 1).map { Row(text: $0, style: .plain) }
      case .question: return wrapped(Row(text: line, style: .question), columns: columns)
      case .reason, .mandatory: return wrapped(Row(text: line, style: .faint), columns: columns)
      default: return wrapped(Row(text: line, style: .plain), columns: columns)
      }
    }
    return [headline] + present.prefix(height - 1)
  }

  private static func style(_ level: Level) -> Style {
    switch level {
    case .proceed: .proceed
    case .verify: .verify
    case .pause: .pause
    case .report: .report
    }
  }

  private static func ruler(_ session: Session, _ columns: Int) -> String {
    let label = Message.ruler(
      caseNumber: session.caseNumber, channel: Message.channelName(session.channel.rawValue).text(),
      turns: session.conversation.turnCount
    ).text()
    let rest = max(0, columns - 5 - DisplayWidth.of(label))
    return "-- \(label) " + String(repeating: "-", count: rest)
  }
}
