/// Text made safe to show: nothing that came from input can steer a terminal.
public enum Printable {
  /// Replaces control characters (C0, DEL, C1) and the invisible marks that reorder text.
  public static func text(_ text: String, keepingLineFeeds: Bool = true) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0, keepingLineFeeds) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(isUnsafe(scalar, keepingLineFeeds) ? (scalar == "\t" ? " " : "\u{FFFD}") : scalar)
    }
    return String(result)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar, _ keepingLineFeeds: Bool) -> Bool {
    switch scalar.value {
    case 0x0A: !keepingLineFeeds
    case 0..<0x20, 0x7F..<0xA0: true
    // Line and paragraph separators, marks of direction, invisible operators.
    case 0x2028...0x202E, 0x2060...0x206F, 0x200E, 0x200F, 0x061C, 0xFEFF: true
    default: false
    }
  }
}
