import Foundation

/// A day as people and files write it: 2026-01-31.
public enum Day {
  /// When a day begins; nil when the text is none.
  public static func begins(_ text: String, in zone: TimeZone) -> Date? {
    let style = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
    // 2026-02-31 and 2026-01-31abc would be read as some day or other.
    guard let day = try? Date(text, strategy: style), day.formatted(style) == text else { return nil }
    return day
  }
}
