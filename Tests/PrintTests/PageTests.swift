import FanzhaKnowledge
import TestSupport
import Testing

@testable import FanzhaPrint

@Suite struct PageTests {
  private static let sheet = """
    id: risk-test
    kind: risk-sheet
    title: 提示书 <甲>
    for: [romance]
    lead: 请您慢慢看。
    points: [有人让您别告诉家里, "催您 & 赶您"]
    confirm: [没有人让我保密]
    do: [先停下]
    sources: [own]
    revised: 2026-01-02
    """

  @Test func aSheetHasItsPartsOnceAndEscapesWhatIsWritten() throws {
    let base = try SmallBase.load(replacing: ["tips/risk-test.yaml": Self.sheet])
    let html = SheetPage(try #require(base.tips.first), in: base).html
    for part in ["提示书 &lt;甲&gt;", "<li>有人让您别告诉家里</li>", "催您 &amp; 赶您", "没有人让我保密", "先停下", "2026-01-02 版", "客户本人签字"] {
      #expect(html.contains(part), "\(part)")
    }
    #expect(!html.contains("{{") && !html.contains("本地真事"))
    #expect(html.components(separatedBy: "<li>没有人让我保密</li>").count == 2)
  }

  @Test func onlyCardsThatAskHaveSomethingToPointAt() throws {
    let cards = """
      cards:
        - {id: ask, text: 电话里有人吗?, picture: "📞", answers: yes-no, sources: [own]}
        - {id: tell, text: 请您坐一坐, picture: "🪑", answers: none, sources: [own]}
      """
    let base = try SmallBase.load(replacing: ["show-cards.yaml": cards])
    let html = ShowCardPage(base.showCards).html
    #expect(html.components(separatedBy: "class=\"card\"").count == 3)
    #expect(html.components(separatedBy: "<svg").count == 3)
    #expect(html.contains("电话里有人吗?") && html.contains("请您坐一坐"))
  }
}
