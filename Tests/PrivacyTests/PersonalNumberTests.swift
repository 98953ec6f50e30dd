import Testing

@testable import FanzhaPrivacy

/// Every number here is made up; none of the check digits that are right belongs to anybody.
@Suite struct PersonalNumberTests {
  private let finder = PersonalNumberFinder(publicNumbers: ["110", "96110", "4000000000"])

  private func found(_ text: String) -> [String] { finder.find(in: text).map { "\($0.kind.rawValue) \($0.digits)" } }

  @Test(arguments: [
    "6222000000000000000", "6222 0000 0000 0000 000", "6222-0000-0000-0000-000", "６２２２００００００００００００００0",
    "6222  0000   0000 0000-000", "卡号6222000000000000000转了", "6222\u{200B}000000000000000", "六二二二零零零零零零零零零零零零零零零",
    "62 22 00 00 00 00 00 00 00 0", "6222.0000.0000.0000.000", "6222,0000,0000,0000,000", "6222    0000\n0000 0000 000",
    "6\u{200D}222\u{FE0F}000000000000000", "⑥②②②000000000000000", "陆贰贰贰零零零零零零零零零零零零零零零", "\u{0666}\u{0662}\u{0662}\u{0662}000000000000000",
  ])
  func accountsHoweverWritten(_ text: String) {
    #expect(found(text) == ["acct 6222000000000000000"])
  }

  @Test(arguments: [
    ("110101190001011009", "id 110101190001011009", true), ("11010119000101100X", "id 11010119000101100X", false),
    ("110101 19000101 1009", "id 110101190001011009", true), ("身份证11010119000101123x的", "id 11010119000101123X", false),
    ("110101,19000101,1009", "id 110101190001011009", true), ("110101.19000101.100.X", "id 11010119000101100X", false),
    ("１１０１０１１９０００１０１１００Ｘ", "id 11010119000101100X", false), ("110101900101123", "acct 110101900101123", false),
  ])
  func identityNumbers(_ text: String, _ expected: String, _ isValid: Bool) {
    let numbers = finder.find(in: text)
    #expect(numbers.map { "\($0.kind.rawValue) \($0.digits)" } == [expected])
    if numbers.first?.kind == .identity { #expect(numbers.first?.isValid == isValid) }
  }

  @Test(arguments: [
    "13000000000", "130 0000 0000", "130-0000-0000", "+8613000000000", "86 130 0000 0000", "１３０００００００００", "打13000000000找他",
    "一三零零零零零零零零零", "幺三洞洞洞洞洞洞洞洞洞", "130.0000.0000", "(130)00000000", "+86(130)0000-0000", "130 -- 0000 -- 0000",
    "张三13000000000", "2 13000000000", "013000000000",
  ])
  func mobilesHoweverWritten(_ text: String) {
    #expect(found(text) == ["tel 13000000000"])
  }

  @Test func aDigitTooManyHidesNothing() {
    #expect(finder.find(in: "130000000001").map(\.isValid) == [false])
    #expect(finder.find(in: "8 9130000000000").count == 1)
    #expect(finder.find(in: "130 0000 00000").map(\.isValid) == [false])
  }

  @Test(arguments: [
    "转8000元", "分别是8000、5000、12000、3000", "8000.50, 3000.00, 2000.00", "1.5,2.5,3.5,4.5", "192.168.100.100", "2026/11/24 10:40:30", "2026-11-24 10:40", "打110或96110", "400-000-0000",
    "三万八千", "一一二二", "房间1208", "12345678901", "共12笔,每笔4999",
  ])
  func whatLeadsToNobodyStays(_ text: String) {
    #expect(found(text).isEmpty)
  }

  @Test func aPublicNumberBesideAPrivateOneStays() {
    #expect(NumberMask(finder)("96110 13000000000") == "96110 [tel*0000]")
    #expect(NumberMask(finder)("13000000000 110") == "[tel*0000] 110")
    // Inside one it is chance.
    #expect(found("110 101 900101 123") == ["acct 110101900101123"])
  }

  @Test func checkDigits() {
    #expect(finder.find(in: "4111111111111111").map(\.isValid) == [true])
    #expect(finder.find(in: "4111111111111112").map(\.isValid) == [false])
  }

  @Test func severalInOneSentence() {
    #expect(
      NumberMask(finder)("把4111111111111111和4111111111111112报给13000000000")
        == "把[acct*1111]和[acct*1112 bad]报给[tel*0000]")
  }

  @Test func aMegabyteIsSearchedInOnePass() {
    let text = String(repeating: "转账五千块钱给他 ", count: 40_000) + "13000000000"
    #expect(found(text) == ["tel 13000000000"])
  }
}
