import Foundation

/// Chinese text as people key it in without an input method: `安全账户` as `aqzh` or `anquanzhanghu`.
struct Pinyin: Sendable {
  let initials: String
  let full: String

  init(_ text: String) {
    // One reading a character, that of the system's transliteration; letters and digits stay.
    let syllables = text.lowercased().map { character -> String in
      let reading = String(character).applyingTransform(.mandarinToLatin, reverse: false) ?? ""
      return (reading.applyingTransform(.stripDiacritics, reverse: false) ?? reading).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    initials = syllables.map { $0.prefix(1) }.joined()
    full = syllables.joined()
  }
}
