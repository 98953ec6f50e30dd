import FanzhaCatalogue

/// The lines of the case on screen, kept so that the screen can be painted anew at any size.
struct Transcript {
  private var lines: [String] = []
  /// Enough to fill any screen.
  private static let most = 400

  mutating func add(prompted line: String, _ replies: [String]) {
    for text in ["> " + line] + replies {
      lines += text.split(whereSeparator: \.isNewline).map { Printable.text(String($0), keepingLineFeeds: false) }
    }
    if lines.count > Self.most { lines.removeFirst(lines.count - Self.most) }
  }

  /// The last lines that fit; of a line that is taller than that, its end.
  func tail(rows: Int, columns: Int) -> [String] {
    var left = rows
    var result: [String] = []
    for line in lines.reversed() {
      let pieces = DisplayWidth.wrapped(line, to: columns)
      left -= pieces.count
      if left < 0 {
        if result.isEmpty { result = pieces.suffix(rows).reversed() }
        break
      }
      result.append(line)
    }
    return result.reversed()
  }
}
