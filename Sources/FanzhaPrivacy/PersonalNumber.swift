/// A number that leads to a person: of an account or card, of an identity document, of a mobile telephone.
public struct PersonalNumber: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case account = "acct"
    case identity = "id"
    case mobile = "tel"
  }

  public let kind: Kind
  /// Where it stands in the text, separators inside it included.
  public let range: Range<String.Index>
  /// ASCII digits, and `X` as the last of an identity number.
  public let digits: String
  /// Whether its check digit is right; for a mobile number, which has none, whether its length is.
  ///
  /// It decides how the number is labelled, never whether it is hidden: a mistyped number still leads to somebody.
  public let isValid: Bool
}

/// Finds personal numbers however they are written: full width, spelt in Chinese, with spaces, hyphens or dots.
public struct PersonalNumberFinder: Sendable {
  /// Numbers that belong to nobody: those of `contacts.yaml`.
  private let isPublic: Set<String>

  /// - Parameter publicNumbers: digits that are never taken for personal.
  public init(publicNumbers: Set<String> = []) {
    isPublic = publicNumbers
  }

  /// An account number and an identity number have at least as many digits.
  private static let longNumber = 15
  private static let mobileNumber = 11
  /// Between two digits of one number stand at most so many separators.
  private static let mostSeparators = 3

  /// In the order of the text, without overlaps.
  ///
  /// - Complexity: linear in the text.
  public func find(in text: String) -> [PersonalNumber] {
    var result: [PersonalNumber] = []
    var groups: [Group] = []
    func finish() {
      defer { groups.removeAll(keepingCapacity: true) }
      // A public number named beside another is no part of it; inside one, it is chance.
      while let first = groups.first, isPublic.contains(first.digits) { groups.removeFirst() }
      while let last = groups.last, isPublic.contains(last.digits) { groups.removeLast() }
      result += Self.numbers(groups, in: text)
    }
    var index = text.startIndex
    var separators = 0
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if let (digit, isSpelt) = Self.digit(character) {
        // In 张三138… the name ends where the figures begin.
        if separators == 0, let last = groups.indices.last, groups[last].isSpelt == isSpelt {
          groups[last].digits.append(digit)
          groups[last].range = groups[last].range.lowerBound..<next
        } else {
          groups.append(Group(digits: String(digit), range: index..<next, isSpelt: isSpelt))
        }
        separators = 0
      } else if !groups.isEmpty, Self.isSeparator(character), separators < Self.mostSeparators {
        separators += 1
      } else if !groups.isEmpty {
        finish()
        separators = 0
      }
      index = next
    }
    if !groups.isEmpty { finish() }
    return result
  }

  /// Digits that stand together.
  private struct Group {
    var digits: String
    var range: Range<String.Index>
    /// Whether in Chinese words.
    let isSpelt: Bool
  }

  // MARK: What a run of groups is

  private static func numbers(_ groups: [Group], in text: String) -> [PersonalNumber] {
    guard let first = groups.first, let last = groups.last else { return [] }
    let digits = groups.map(\.digits).joined()
    if digits.count >= longNumber {
      return [long(digits, first.range.lowerBound..<last.range.upperBound, in: text)]
    }
    return mobiles(groups)
  }

  private static func long(_ digits: String, _ range: Range<String.Index>, in text: String) -> PersonalNumber {
    // The check digit of an identity number may be X.
    if digits.count == 17, let (mark, end) = markAfter(range.upperBound, in: text) {
      return PersonalNumber(
        kind: .identity, range: range.lowerBound..<end, digits: digits + String(mark),
        isValid: IdentityNumber.isValid(digits + String(mark)))
    }
    if IdentityNumber.hasBirthDate(digits) {
      return PersonalNumber(kind: .identity, range: range, digits: digits, isValid: IdentityNumber.isValid(digits))
    }
    return PersonalNumber(kind: .account, range: range, digits: digits, isValid: Luhn.isValid(digits))
  }

  private static func markAfter(_ index: String.Index, in text: String) -> (mark: Character, end: String.Index)? {
    var index = index
    for _ in 0...mostSeparators {
      guard index < text.endIndex else { return nil }
      if ["X", "x", "Ｘ", "ｘ"].contains(text[index]) { return ("X", text.index(after: index)) }
      guard isSeparator(text[index]) else { return nil }
      index = text.index(after: index)
    }
    return nil
  }

  /// Eleven digits from a group's beginning, with or without the country's 86 before them; failing that, a group
  /// that holds one with a digit too many.
  private static func mobiles(_ groups: [Group]) -> [PersonalNumber] {
    var result: [PersonalNumber] = []
    var start = groups.startIndex
    while start < groups.endIndex {
      var digits = ""
      let end = groups[start...].firstIndex { group in
        digits += group.digits
        return isMobile(digits)
      }
      if let end {
        result.append(mobile(digits, groups[start].range.lowerBound..<groups[end].range.upperBound, isValid: true))
        start = end + 1
      } else {
        if holdsMobile(groups[start].digits) {
          result.append(mobile(groups[start].digits, groups[start].range, isValid: false))
        }
        start += 1
      }
    }
    return result
  }

  private static func mobile(_ digits: String, _ range: Range<String.Index>, isValid: Bool) -> PersonalNumber {
    PersonalNumber(kind: .mobile, range: range, digits: String(digits.suffix(mobileNumber)), isValid: isValid)
  }

  private static func isMobile(_ digits: String) -> Bool {
    ["", "86", "086", "0086", "0"].contains { prefix in
      digits.hasPrefix(prefix) && digits.count == prefix.count + mobileNumber
        && beginsMobile(digits.dropFirst(prefix.count))
    }
  }

  private static func holdsMobile(_ digits: String) -> Bool {
    digits.count > mobileNumber
      && digits.indices.contains { digits[$0...].count >= mobileNumber && beginsMobile(digits[$0...]) }
  }

  private static func beginsMobile(_ digits: Substring) -> Bool {
    guard digits.first == "1", let second = digits.dropFirst().first else { return false }
    return ("3"..."9").contains(second)
  }

  // MARK: Characters

  private static let spelt: [Character: Character] = [
    "〇": "0", "零": "0", "一": "1", "幺": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7",
    "八": "8", "九": "9",
  ]

  /// Decimal digits of any script, and those that Chinese spells.
  private static func digit(_ character: Character) -> (digit: Character, isSpelt: Bool)? {
    if ("0"..."9").contains(character) { return (character, false) }
    if let spelt = spelt[character] { return (spelt, true) }
    guard !character.isASCII, let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
      scalar.properties.numericType == .decimal, let value = character.wholeNumberValue
    else { return nil }
    return (Character(String(value)), false)
  }

  /// Spaces and hyphens of every kind, and what cannot be seen. Points and commas stand between amounts.
  private static func isSeparator(_ character: Character) -> Bool {
    character.isWhitespace && !character.isNewline || "-－‐‑‒–—―−_·".contains(character)
      || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
  }
}

/// The check digit of bank cards (ISO/IEC 7812-1).
enum Luhn {
  static func isValid(_ digits: String) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, item in
      let digit = item.element.wholeNumberValue ?? 0
      let doubled = item.offset % 2 == 1 ? digit * 2 : digit
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
    return !digits.isEmpty && sum % 10 == 0
  }
}

/// The number of a resident identity card (GB 11643): region, date of birth, order, check digit.
enum IdentityNumber {
  static func isValid(_ number: String) -> Bool {
    let characters = Array(number)
    guard characters.count == 18, hasBirthDate(number) else { return false }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(weights, characters).reduce(0) { $0 + $1.0 * ($1.1.wholeNumberValue ?? 0) }
    return Array("10X98765432")[sum % 11] == characters[17]
  }

  /// Whether the digits of the date are one, so that it is no account number.
  static func hasBirthDate(_ number: String) -> Bool {
    let characters = Array(number)
    guard characters.count == 18 else { return false }
    func value(_ range: Range<Int>) -> Int { Int(String(characters[range])) ?? 0 }
    return (1900...2100).contains(value(6..<10)) && (1...12).contains(value(10..<12)) && (1...31).contains(value(12..<14))
  }
}
