import Testing

@testable import FanzhaReading

@Suite struct NormalisedTextTests {
  private func plain(_ text: String, folds: [String: String] = [:]) -> String {
    String(String.UnicodeScalarView(Normaliser(folds: folds)(text).scalars.compactMap(Unicode.Scalar.init)))
  }

  @Test(arguments: [
    ("轉帳給網友", "转帐给网友"), ("ＡＰＰ下载", "app下载"), ("安 全 账 户", "安全账户"), ("“组织上让的”", "组织上让的"), ("公-检-法", "公检法"),
    ("３０００", "3000"), ("a\u{1B}[31mb", "a31mb"), ("\u{0}空", "空"),
  ])
  func oneSpelling(_ text: String, _ expected: String) {
    #expect(plain(text) == expected)
  }

  @Test func foldsTheLongestSpellingFirst() {
    #expect(plain("shua单 返佣", folds: ["shua单": "刷单", "单": "X"]) == "刷单返佣")
  }

  @Test func latinFoldsAreWholeWords() {
    #expect(plain("办ka", folds: ["ka": "卡"]) == "办卡")
    #expect(plain("kakao", folds: ["ka": "卡"]) == "kakao")
  }

  @Test func quotesComeBackAsTyped() {
    let text = Normaliser(folds: ["帐": "账"])("他說 安全帳戶,快")
    #expect(text.quote(2..<6) == "安全帳戶")
  }

  @Test func clausesAndSentencesAreKnown() {
    let text = Normaliser(folds: [:])("没见过 要转五万。好")
    #expect(text.clause(around: 3..<4) == 3..<7)
    #expect(text.sentence(around: 3..<4) == 0..<7)
  }

  @Test func numbersKeepTheirMarks() {
    #expect(plain("3,812.66") == "3,812.66")
    #expect(plain("10:40") == "10:40")
  }

  @Test func anythingIsAText() {
    #expect(plain("") == "")
    #expect(plain(String(repeating: "\u{0301}", count: 1000)).unicodeScalars.count == 1000)
  }
}
