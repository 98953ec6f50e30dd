import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaJournal
import FanzhaKnowledge
import FanzhaPrint
import Foundation

struct TipsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tips", abstract: "给客户看的:转账风险提示书、分人群的提示、App 五步、口号、大字卡片。",
    discussion: """
      不写名称就列出全部。--case 给出最贴近台账里那一案的提示书,并在台账记下给了哪一份、哪一版、什么时候。
      提示书只由客户本人签字。
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, html }

  @Argument(help: ArgumentHelp("提示书或卡片的编号,也可写类别、手法、人群;cards 是全部卡片。", valueName: "名称"))
  var name: String?
  @Option(help: ArgumentHelp("台账里的案号。", valueName: "编号"))
  var `case`: Int?
  @Option(help: ArgumentHelp("text 在屏幕上看,html 大字打印。", valueName: "格式"))
  var format: Format = .text
  @Option(name: .customLong("journal"), help: ArgumentHelp("台账文件。", valueName: "文件"))
  var journal: String?
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let engine = try knowledge.engine()
    let base = engine.base
    if let number = self.case {
      try Failure.reporting { try show(sheetOfCase: number, engine) }
    } else if let name {
      try show(named: name, base)
    } else {
      for tip in base.tips { Output.row(tip.id.text, tip.title) }
      for card in base.showCards { Output.row(card.id.text, "\(card.picture) \(card.text)") }
    }
  }

  private func show(named name: String, _ base: KnowledgeBase) throws {
    let cards = base.showCards.filter { name == "cards" || $0.id.text == name }
    if !cards.isEmpty { return show(cards) }
    let family = base.hypothesis(Hypothesis.ID(name))?.family ?? name
    guard let tip = base.tips.first(where: { $0.id.text == name || $0.title == name || $0.audience.contains(family) }) else {
      let known = base.tips.map(\.id.text) + base.showCards.map(\.id.text) + Hypothesis.families
      Failure.say([Diagnostic(.unknownReference(kind: "提示书", id: name, nearest: nearest(to: name, among: known)))])
      throw Failure.found
    }
    show(tip, base)
  }

  /// What was shown is on record before it shows.
  private func show(sheetOfCase number: Int, _ engine: Engine) throws {
    let store = try JournalStore(existing: journal ?? StateFolder.path("journal.sqlite"))
    let record = try store.record(ofCase: number, seal: try JournalOptions.key.existingSeal())
    guard let tip = record.conversation(on: engine, channel: record.channel).sheet else {
      throw Diagnostic(.nothingFound("tips"))
    }
    var payload = Payload()
    payload.sheet = tip.id.text
    payload.version = tip.revised
    try store.note(.sheetShown, of: record, payload, at: Date())
    show(tip, engine.base)
  }

  private func show(_ tip: Tip, _ base: KnowledgeBase) {
    switch format {
    case .text: SheetText(tip, in: base).lines.forEach(Output.line)
    case .html: Output.block(SheetPage(tip, in: base).html)
    }
  }

  private func show(_ cards: [ShowCard]) {
    switch format {
    case .text: for card in cards { Output.line(Message.showCard(card.picture, card.text, asks: card.answers == .yesNo).text()) }
    case .html: Output.block(ShowCardPage(cards).html)
    }
  }
}
