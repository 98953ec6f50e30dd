import Testing

@testable import FanzhaReading

@Suite struct AmountTests {
  private func amounts(_ text: String) -> [Double] {
    AmountReader.amounts(in: Normaliser(folds: [:])(text), excluding: [96110]).map(\.units)
  }

  @Test(arguments: [
    ("客户要汇80万", 800_000), ("三万八", 38_000), ("转27.6万,加急", 276_000), ("垫1.2w", 12_000), ("垫1w5 不能拆", 15_000),
    ("八千块", 8_000), ("5000+", 5_000), ("门票3,812.66元", 3_812.66), ("叁拾柒万陆", 376_000), ("两千三", 2_300),
    ("三万零八百", 30_800), ("一百八", 180), ("十五万", 150_000), ("20来万", 200_000), ("3万8", 38_000), ("６９８００元", 69_800),
    ("一千二百块", 1_200), ("转1亿", 100_000_000), ("取两万,现的", 20_000), ("打３０００激活", 3_000), ("2万1", 21_000), ("进来6w9", 69_000),
  ] as [(String, Double)])
  func reads(_ text: String, _ expected: Double) {
    #expect(amounts(text) == [expected])
  }

  @Test(arguments: ["7-1203楼", "今年80岁", "下个月十九号", "第3单", "6228480000000000000", "13800000000", "10:40来的", "三张卡", "一个朋友", "96110"])
  func leavesAlone(_ text: String) {
    #expect(amounts(text).isEmpty)
  }

  @Test func severalInOneSentence() {
    #expect(amounts("付了两个 一个1280 一个2680") == [1280, 2680])
  }

  @Test func currencyAndRoughness() {
    let found = AmountReader.amounts(in: Normaliser(folds: [:])("换2万美金,大概20多万人民币"))
    #expect(found.map(\.currency) == ["USD", "CNY"])
    #expect(found.map(\.isApproximate) == [false, true])
    #expect(found.first?.quote == "2万美金")
  }

  @Test func enormousFiguresAreNoTrap() {
    #expect(amounts("转99999999999999999999999999亿万亿万元").isEmpty)
    #expect(amounts(String(repeating: "万", count: 10_000)).isEmpty)
  }
}
