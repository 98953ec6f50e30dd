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

/// Finds personal numbers however they are written: full width, circled, spelt in Chinese, with spaces, hyphens or points.
///
/// Where it is in doubt it finds one too many. A number spread over two turns is not found.
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

  /// In the order of the text, without overlaps.
  ///
  /// - Complexity: linear in the text.
  public func find(in text: String) -> [PersonalNumber] {
    Self.runs(in: text).flatMap { run in
      // Spaces and hyphens stand inside numbers of any kind, points and brackets only where the groups are those of one.
      run.split(at: .loose).flatMap { strict($0, in: text) } + layouts(run, in: text)
    }
    .sorted { $0.range.lowerBound < $1.range.lowerBound }
    .reduce(into: []) { kept, number in
      if kept.last.map({ $0.range.upperBound <= number.range.lowerBound }) ?? true { kept.append(number) }
    }
  }

  // MARK: Groups of digits

  /// What stands between two groups.
  private enum Joint {
    /// Only the script changes: 张三138….
    case none
    /// White space, hyphens, what cannot be seen.
    case strict
    /// A point, a bracket, a sign.
    case loose
  }

  /// Digits that stand together.
  private struct Group {
    var digits: String
    var range: Range<String.Index>
    /// Whether in Chinese words.
    let isSpelt: Bool
    /// To the group before.
    let joint: Joint
  }

  /// Groups with nothing but separators between them.
  private struct Run {
    var groups: [Group] = []
    var digits: String { groups.map(\.digits).joined() }
    var range: Range<String.Index>? {
      groups.first.flatMap { first in groups.last.map { first.range.lowerBound..<$0.range.upperBound } }
    }

    func split(at joint: Joint) -> [Run] {
      groups.reduce(into: []) { runs, group in
        if runs.isEmpty || group.joint == joint { runs.append(Run()) }
        runs[runs.count - 1].groups.append(group)
      }
    }
  }

  /// Between two groups of one number stand at most so many separators.
  private static let mostSeparators = 12
  private static let mostLooseSeparators = 3

  private static func runs(in text: String) -> [Run] {
    var runs: [Run] = []
    var run = Run()
    var joint = Joint.none
    var separators = 0
    var index = text.startIndex
    func end() {
      if !run.groups.isEmpty { runs.append(run) }
      run = Run()
    }
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if let (digit, isSpelt) = digit(character) {
        // In 张三138… the name ends where the figures begin.
        if separators == 0, let last = run.groups.indices.last, run.groups[last].isSpelt == isSpelt {
          run.groups[last].digits.append(digit)
          run.groups[last].range = run.groups[last].range.lowerBound..<next
        } else {
          run.groups.append(Group(digits: String(digit), range: index..<next, isSpelt: isSpelt, joint: joint))
        }
        (joint, separators) = (.none, 0)
      } else if !run.groups.isEmpty, let kind = separator(character) {
        separators += 1
        if joint != .loose { joint = kind }
        if separators > (joint == .loose ? mostLooseSeparators : mostSeparators) {
          end()
          (joint, separators) = (.none, 0)
        }
      } else {
        end()
        (joint, separators) = (.none, 0)
      }
      index = next
    }
    end()
    return runs
  }

  // MARK: What a run is

  private func strict(_ run: Run, in text: String) -> [PersonalNumber] {
    let run = withoutPublicNumbers(run)
    let digits = run.digits
    guard digits.count >= Self.longNumber, let range = run.range else { return Self.mobiles(run.groups) }
    return [Self.long(digits, range, in: text)]
  }

  /// A public number named beside another is no part of it; where the rest would be no number without it, it is chance.
  private func withoutPublicNumbers(_ run: Run) -> Run {
    var rest = run
    while let first = rest.groups.first, isPublic.contains(first.digits) { rest.groups.removeFirst() }
    while let last = rest.groups.last, isPublic.contains(last.digits) { rest.groups.removeLast() }
    let isPart =
      run.digits.count >= Self.longNumber && rest.digits.count < Self.longNumber && Self.mobiles(rest.groups).isEmpty
      && !rest.groups.isEmpty
    return isPart ? run : rest
  }

  private static func long(_ digits: String, _ range: Range<String.Index>, in text: String) -> PersonalNumber {
    // The check digit of an identity number may be X.
    if digits.count == 17, let end = markAfter(range.upperBound, in: text) {
      return PersonalNumber(
        kind: .identity, range: range.lowerBound..<end, digits: digits + "X", isValid: IdentityNumber.isValid(digits + "X"))
    }
    if IdentityNumber.hasBirthDate(digits) {
      return PersonalNumber(kind: .identity, range: range, digits: digits, isValid: IdentityNumber.isValid(digits))
    }
    return PersonalNumber(kind: .account, range: range, digits: digits, isValid: Luhn.isValid(digits))
  }

  private static func markAfter(_ index: String.Index, in text: String) -> String.Index? {
    var index = index
    for _ in 0...mostLooseSeparators {
      guard index < text.endIndex else { return nil }
      if ["X", "x", "Ｘ", "ｘ"].contains(text[index]) { return text.index(after: index) }
      guard separator(text[index]) != nil else { return nil }
      index = text.index(after: index)
    }
    return nil
  }

  /// Eleven digits from a group's beginning, with or without the country's 86 before them; failing that, a digit too many
  /// or too few places.
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
        } else if (mobileNumber + 1...mobileNumber + 3).contains(digits.count), beginsMobile(digits[...]), let last = groups.last {
          result.append(mobile(digits, groups[start].range.lowerBound..<last.range.upperBound, isValid: false))
          return result
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

  // MARK: Numbers by their layout

  /// Numbers written in the groups people write them in, whatever stands between.
  private func layouts(_ run: Run, in text: String) -> [PersonalNumber] {
    guard run.groups.contains(where: { $0.joint == .loose }) else { return [] }
    var result: [PersonalNumber] = []
    var start = 0
    while start < run.groups.count {
      guard let end = (start..<run.groups.count).last(where: { Self.isLayout(run.groups[start...$0]) }) else {
        start += 1
        continue
      }
      let digits = run.groups[start...end].map(\.digits).joined()
      let range = run.groups[start].range.lowerBound..<run.groups[end].range.upperBound
      result.append(
        Self.isMobile(digits) ? Self.mobile(digits, range, isValid: true) : Self.long(digits, range, in: text))
      start = end + 1
    }
    return result
  }

  private static func isLayout(_ groups: ArraySlice<Group>) -> Bool {
    let sizes = groups.map(\.digits.count), digits = groups.map(\.digits).joined()
    if groups.count > 1, isMobile(digits), sizes.allSatisfy({ $0 >= 2 }) { return true }
    guard groups.count > 1, (longNumber...19).contains(digits.count) else { return false }
    let isCard = sizes.dropLast().allSatisfy { $0 == 4 } && sizes[sizes.count - 1] <= 7
    let isIdentity = sizes.first == 6 && (digits.count == 17 || IdentityNumber.hasBirthDate(digits))
    return isCard || isIdentity
  }

  // MARK: Characters

  private static let spelt: [Character: Character] = [
    "〇": "0", "零": "0", "洞": "0", "一": "1", "幺": "1", "壹": "1", "二": "2", "两": "2", "贰": "2", "三": "3", "叁": "3",
    "四": "4", "肆": "4", "五": "5", "伍": "5", "六": "6", "陆": "6", "七": "7", "拐": "7", "柒": "7", "八": "8", "捌": "8",
    "九": "9", "玖": "9",
  ]

  /// Decimal digits of any script, circled or raised too, and those that Chinese spells; invisible marks may hang on them.
  private static func digit(_ character: Character) -> (digit: Character, isSpelt: Bool)? {
    if character.isASCII { return character.isNumber ? (character, false) : nil }
    if let spelt = spelt[character] { return (spelt, true) }
    guard let scalar = character.unicodeScalars.first,
      let type = scalar.properties.numericType, type != .numeric, let value = scalar.properties.numericValue,
      (0...9).contains(value),
      character.unicodeScalars.dropFirst().allSatisfy({ isInvisible($0) })
    else { return nil }
    return (Character(String(Int(value))), false)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    [.format, .nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  private static func separator(_ character: Character) -> Joint? {
    if character.isWhitespace || "-－‐‑‒–—―−_·".contains(character) || character.unicodeScalars.allSatisfy(isInvisible) {
      return .strict
    }
    return ".．。,，/／:：+＋=|~～*＊()（）[]#\\'\"".contains(character) ? .loose : nil
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
