import FanzhaCatalogue

/// The lines of the case on screen, kept so that the screen can be painted anew at any size.
struct Transcript {
  private var lines: [String] = []
  /// Enough to fill any screen.
  private static let most = 400

  mutating func add(prompted line: String, _ replies: [String]) {
    lines.append("> " + Printable.text(line, keepingLineFeeds: false))
    lines += replies.flatMap { Printable.text($0).split(separator: "\n").map(String.init) }
    if lines.count > Self.most { lines.removeFirst(lines.count - Self.most) }
  }

  /// What belongs to the customer before is not shown to the next.
  mutating func startCase() { lines.removeAll() }

  /// The last lines that fit.
  func tail(rows: Int, columns: Int) -> [String] {
    var left = rows
    var result: [String] = []
    for line in lines.reversed() {
      left -= max(1, (DisplayWidth.of(line) + columns - 1) / max(1, columns))
      if left < 0 { break }
      result.append(line)
    }
    return result.reversed()
  }
}
