/// A sum of money as somebody put it.
public struct Amount: Sendable, Equatable {
  /// In hundredths of the currency's unit.
  public let hundredths: Int
  /// ISO 4217.
  public let currency: String
  /// 20来万, 5000+.
  public let isApproximate: Bool
  public let quote: String

  /// In whole units: yuan, dollars.
  public var units: Double { Double(hundredths) / 100 }
}

/// Reads sums in every notation met at a counter: 80万, 三万八, 27.6万, 1.2w, 1w5, 八千块, 3,812.66, 5000+.
struct AmountReader {
  private let text: NormalisedText
  private let scalars: [UInt32]

  /// Figures that are telephone numbers.
  private let numbers: Set<Double>

  private init(_ text: NormalisedText, _ numbers: Set<Double>) {
    self.text = text
    self.numbers = numbers
    scalars = text.scalars
  }

  /// - Parameter numbers: service numbers, which are no sums.
  static func amounts(in text: NormalisedText, excluding numbers: Set<Double> = []) -> [Amount] {
    let reader = AmountReader(text, numbers)
    var result: [Amount] = []
    var position = 0
    while position < reader.scalars.count {
      if let (amount, end) = reader.amount(at: position) {
        if let amount { result.append(amount) }
        position = end
      } else {
        position += 1
      }
    }
    return result
  }

  // MARK: Vocabulary

  private static let chineseDigits: [Character: Double] = [
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "俩": 2, "仨": 3,
  ]
  private static let scales: [Character: Double] = [
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000, "k": 1_000, "万": 10_000, "w": 10_000,
    "亿": 100_000_000,
  ]
  private static let roughly = Set<Character>("来多余几")
  private static let currencies: [(String, String)] = [
    ("美金", "USD"), ("美元", "USD"), ("刀", "USD"), ("英镑", "GBP"), ("欧元", "EUR"), ("澳元", "AUD"), ("澳币", "AUD"),
    ("加币", "CAD"), ("加元", "CAD"), ("港币", "HKD"), ("港元", "HKD"), ("日元", "JPY"), ("新币", "SGD"),
    ("人民币", "CNY"), ("块钱", "CNY"), ("元", "CNY"), ("块", "CNY"), ("洋钿", "CNY"),
  ]
  /// A bare figure is a sum after one of these.
  private static let payingVerbs = Set<Character>("转汇取交付存打扣押给垫收要退借充贷补还")
  /// What a bare figure counts when it is no money.
  private static let otherUnits = Set<Character>("年月日号天点分岁个次人位张笔楼层栋室米斤单套条只台辆本份期周秒时折成%")

  /// No figure anybody says has more parts.
  private static let mostParts = 24

  private enum Token {
    case number(Double, digits: Int)
    case scale(Double)
    case roughly
  }

  // MARK: Reading

  /// The sum that starts here. Nil when no figure does; a nil amount for a figure that is no money.
  private func amount(at start: Int) -> (Amount?, end: Int)? {
    var tokens: [Token] = []
    var end = start
    while end == start || end == scalars.count || text.breaks[end] == .none, let (token, next) = token(at: end) {
      // A rough word belongs to a figure only between its parts or behind it.
      if case .roughly = token, tokens.isEmpty { return nil }
      if tokens.count == Self.mostParts { break }
      tokens.append(token)
      end = next
    }
    // Scale words without a figure: nothing starts here, nor inside.
    guard let (value, hasScale) = Self.value(of: tokens) else { return end > start ? (nil, end) : nil }
    var isApproximate = tokens.contains { if case .roughly = $0 { true } else { false } }
    if end < scalars.count, scalars[end] == 0x2B {
      isApproximate = true
      end += 1
    }
    let (currency, afterCurrency) = currency(at: end)
    guard isMoney(start: start, end: end, value: value, hasScale: hasScale, hasCurrency: currency != nil) else {
      return (nil, end)
    }
    let quoteEnd = afterCurrency
    guard value >= 0, value < 1e13 else { return (nil, end) }
    return (
      Amount(
        hundredths: Int((value * 100).rounded()), currency: currency ?? "CNY", isApproximate: isApproximate,
        quote: text.quote(start..<quoteEnd)),
      quoteEnd
    )
  }

  private func isMoney(start: Int, end: Int, value: Double, hasScale: Bool, hasCurrency: Bool) -> Bool {
    if hasCurrency { return true }
    if end < scalars.count, text.breaks[end] == .none, Self.otherUnits.contains(character(end)) { return false }
    if hasScale { return value >= 100 }
    // A long run of digits is an account or a telephone, not a sum.
    guard value >= 10, value < 100_000_000, end - start <= 12, !numbers.contains(value) else { return false }
    let before = start > 0 && text.breaks[start] != .sentence ? character(start - 1) : " "
    let endsClause = end == scalars.count || text.breaks[end] != .none
    return Self.payingVerbs.contains(before) || (endsClause && value >= 100)
  }

  private func token(at position: Int) -> (Token, Int)? {
    guard position < scalars.count else { return nil }
    let character = character(position)
    if Normaliser.isDigit(scalars[position]) { return asciiNumber(at: position) }
    if let digit = Self.chineseDigits[character] {
      var end = position + 1
      var value = digit
      var digits = 1
      while end < scalars.count, text.breaks[end] == .none, let next = Self.chineseDigits[self.character(end)] {
        value = value * 10 + next
        digits += 1
        end += 1
      }
      return (.number(value, digits: digits), end)
    }
    if let scale = Self.scales[character] { return (.scale(scale), position + 1) }
    if Self.roughly.contains(character) { return (.roughly, position + 1) }
    return nil
  }

  private func asciiNumber(at start: Int) -> (Token, Int) {
    var end = start
    var digits = ""
    while end < scalars.count, end == start || text.breaks[end] == .none {
      let scalar = scalars[end]
      if Normaliser.isDigit(scalar) || scalar == 0x2E {
        digits.unicodeScalars.append(Unicode.Scalar(UInt8(scalar)))
      } else if scalar != 0x2C {
        break
      }
      end += 1
    }
    return (.number(Double(digits) ?? 0, digits: digits.count), max(end, start + 1))
  }

  /// Adds up tokens the way numbers are said: 三万八 is 38,000, 三万零八 is 30,008, 1w5 is 15,000.
  private static func value(of tokens: [Token]) -> (value: Double, hasScale: Bool)? {
    var total = 0.0, section = 0.0, lastScale = 1.0
    var current: Double?
    var currentIsZeroLed = false
    var hasScale = false
    var sawNumber = false
    for token in tokens {
      switch token {
      case .roughly: continue
      case .number(let value, let digits):
        if let pending = current { section += pending }
        current = value
        currentIsZeroLed = value == 0 || digits > 1
        sawNumber = true
      case .scale(let scale):
        hasScale = true
        if scale >= 10_000 {
          let below = section + (current ?? (section == 0 && total == 0 ? 1 : 0))
          total += below * scale
          section = 0
        } else {
          section += (current ?? 1) * scale
          // A leading 十 needs no digit.
          sawNumber = sawNumber || scale == 10
        }
        current = nil
        lastScale = scale
      }
    }
    guard sawNumber else { return nil }
    if let last = current {
      section += lastScale > 1 && !currentIsZeroLed && last < 10 ? last * lastScale / 10 : last
    }
    return (total + section, hasScale)
  }

  private func currency(at position: Int) -> (code: String?, end: Int) {
    for (name, code) in Self.currencies {
      let word = name.unicodeScalars.map(\.value)
      if position + word.count <= scalars.count, scalars[position..<position + word.count].elementsEqual(word) {
        return (code, position + word.count)
      }
    }
    return (nil, position)
  }

  private func character(_ position: Int) -> Character {
    Unicode.Scalar(scalars[position]).map(Character.init) ?? " "
  }
}
