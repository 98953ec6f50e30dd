import Foundation

/// Paints the panel below a scroll region, so that readline's own drawing never meets it.
///
/// Only rows that changed are written: no flicker, little traffic.
struct Painter {
  private var rows: Int
  private var columns: Int
  private var height: Int
  private let usesColor: Bool
  /// A terminal that cannot place text gets no panel.
  private let isDumb: Bool
  /// What is on screen now; nil when it is not known.
  private var painted: Panel?

  init(rows: Int, columns: Int, usesColor: Bool, isDumb: Bool) {
    self.rows = rows
    self.columns = columns
    self.usesColor = usesColor
    self.isDumb = isDumb
    height = isDumb ? 0 : Panel.height(screenRows: rows)
  }

  var panelHeight: Int { height }
  var panelColumns: Int { columns }
  /// Rows that are left for the conversation.
  var conversationRows: Int { rows - height }

  /// Sets the screen up: makes room below the cursor and fences it off.
  mutating func open() {
    guard height > 0 else { return }
    write(String(repeating: "\n", count: height) + "\u{1B}[\(height)A" + fence)
    painted = nil
  }

  /// Gives the whole screen back and clears the panel's rows.
  mutating func close() {
    guard height > 0 else { return }
    write("\u{1B}7\u{1B}[r" + erasePanel + "\u{1B}8")
    painted = nil
  }

  /// An empty screen of a new size.
  mutating func reset(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    height = isDumb ? 0 : Panel.height(screenRows: rows)
    painted = nil
    guard !isDumb else { return write("\n") }
    write("\u{1B}[r\u{1B}[H\u{1B}[2J" + fence)
  }

  /// Also drops what the terminal has kept above the screen, as far as it lets itself be told.
  func forgetScrollback() {
    write(isDumb ? String(repeating: "\n", count: rows) : "\u{1B}[3J")
  }

  mutating func paint(_ panel: Panel) {
    guard height > 0, painted != panel else { return }
    var output = "\u{1B}7"
    for (index, row) in panel.rows.enumerated() where painted?.rows[index] != row {
      output += "\u{1B}[\(rows - height + index + 1);1H\u{1B}[2K" + styled(row)
    }
    write(output + "\u{1B}8")
    painted = panel
  }

  private var fence: String {
    height > 0 ? "\u{1B}7\u{1B}[1;\(rows - height)r\u{1B}8" : ""
  }

  private var erasePanel: String {
    (0..<height).map { "\u{1B}[\(rows - height + $0 + 1);1H\u{1B}[2K" }.joined()
  }

  /// Colour repeats what shape and word already say.
  private func styled(_ row: Panel.Row) -> String {
    guard usesColor else { return row.text }
    let code =
      switch row.style {
      case .proceed: "1;32"
      case .verify: "1;36"
      case .pause: "1;33"
      case .report: "1;31"
      case .question: "1"
      case .ruler, .faint: "2"
      case .plain: ""
      }
    return code.isEmpty ? row.text : "\u{1B}[\(code)m\(row.text)\u{1B}[0m"
  }

  func write(_ text: String) {
    // A terminal that is gone is noticed by the reading side.
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }
}
