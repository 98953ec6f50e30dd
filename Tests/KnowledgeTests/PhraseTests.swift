import FanzhaCatalogue
import Testing

@testable import FanzhaKnowledge

@Suite struct PhraseTests {
  private func parse(_ text: String) throws(Phrase.Flaw) -> Phrase {
    try Phrase(parsing: text, lists: ["kin": ["儿子", "女儿"]], place: Place(file: "t.yaml"))
  }

  @Test func alternationsMultiplyOut() throws {
    #expect(try parse("(网上|网络)认识(的|)").segments.map { Set($0.variants) } == [["网上认识的", "网上认识", "网络认识的", "网络认识"]])
  }

  @Test func listsAndNestedGroups() throws {
    #expect(try parse("给{kin}(转(账|)|打)").segments.map { Set($0.variants) }
      == [["给儿子转账", "给儿子转", "给儿子打", "给女儿转账", "给女儿转", "给女儿打"]])
  }

  @Test func gaps() throws {
    let phrase = try parse("微信~认识~~转钱")
    #expect(phrase.segments.map(\.gap) == [nil, .short, .long])
    #expect(phrase.segments.map(\.variants) == [["微信"], ["认识"], ["转钱"]])
  }

  @Test func wideRunsAreKeptInPieces() throws {
    let many = "(" + (0..<20).map { "甲\($0)" }.joined(separator: "|") + ")"
    let phrase = try parse(many + many)
    #expect(phrase.segments.map(\.gap) == [nil, .adjacent])
    #expect(phrase.segments.map(\.variants.count) == [20, 20])
  }

  @Test(arguments: [
    ("", Phrase.Flaw.empty), ("(甲|乙", .unbalanced), ("甲)", .unbalanced), ("甲|乙", .unbalanced), ("~甲", .gapAtEdge), ("甲~", .gapAtEdge),
    ("{没有}", .unknownList("没有")), ("甲~(乙|)", .canBeEmpty), ("(甲~乙)", .unbalanced),
  ])
  func flaws(_ text: String, _ flaw: Phrase.Flaw) {
    #expect(throws: flaw) { try parse(text) }
  }
}
