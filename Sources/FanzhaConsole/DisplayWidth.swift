import CReadline

/// How many columns a text takes on a terminal, and cutting it to fit.
enum DisplayWidth {
  /// Widths are asked of the C library, which knows none before a character type is set.
  private static let localeIsSet: Void = cr_set_locale()

  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    if (0x20..<0x7F).contains(scalar.value) { return 1 }
    _ = localeIsSet
    return Int(cr_width(scalar.value))
  }

  /// The text cut into pieces that each fit; never an empty list.
  static func wrapped(_ text: String, to columns: Int) -> [String] {
    var pieces: [String] = []
    var rest = text
    repeat {
      let piece = clipped(rest, to: max(2, columns))
      pieces.append(piece)
      rest = String(rest.unicodeScalars.dropFirst(max(1, piece.unicodeScalars.count)))
    } while !rest.isEmpty
    return pieces
  }

  /// The longest beginning that fits.
  static func clipped(_ text: String, to columns: Int) -> String {
    var width = 0
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      width += of(scalar)
      if width > columns { break }
      result.append(scalar)
    }
    return String(result)
  }
}
