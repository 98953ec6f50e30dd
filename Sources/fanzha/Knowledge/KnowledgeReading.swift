import ArgumentParser
import FanzhaCatalogue
import FanzhaKnowledge
import FanzhaUpkeep
import Foundation

struct KnowledgeShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "看一条:手法、用途、问句、流程、借口、业务、联系人、条文……")

  @Argument(help: ArgumentHelp("编号、名称或简称。", valueName: "名称"))
  var name: String
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let base = try knowledge.base()
    guard let card = KnowledgeCard(name, in: base) else {
      let known = base.everyHypothesis.map(\.id.text) + base.questions.map(\.id.text) + base.procedures.map(\.id.text)
      Failure.say([Diagnostic(.unknownReference(kind: "条目", id: name, nearest: nearest(to: name, among: known)))])
      throw Failure.found
    }
    card.lines.forEach(Output.line)
  }
}

struct KnowledgeFind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "按自己的话找:几个词、一句话、拼音首字母都行,最像的在前。")

  @Argument(help: ArgumentHelp("要找的词。", valueName: "词"))
  var words: [String]
  @Option(help: ArgumentHelp("最多列几条。", valueName: "条数"))
  var limit = 8
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let query = words.joined(separator: " ")
    let hits = KnowledgeSearch(try knowledge.base())(query, limit: max(1, limit))
    guard !hits.isEmpty else {
      Failure.say([Diagnostic(.nothingFound(query))])
      throw Failure.found
    }
    for hit in hits { Output.row(hit.id, hit.name, hit.summary) }
  }
}

struct KnowledgeNumber: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "number", abstract: "核一个电话号码:是不是它自称的那一个,该怎么办。")

  @Argument(help: ArgumentHelp("号码。", valueName: "号码"))
  var number: String
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    guard let check = NumberCheck(number, in: try knowledge.base()) else {
      Failure.say([Diagnostic(.notANumber(field: "号码", value: number))])
      throw Failure.wrongCall
    }
    check.lines.filter { !$0.isEmpty }.forEach(Output.line)
  }
}

struct KnowledgeStats: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stats", abstract: "知识库里各有多少。")

  @Option(help: ArgumentHelp("输出格式: text 或 json。", valueName: "格式"))
  var format: OutputFormat = .text
  @OptionGroup var knowledge: KnowledgeOptions

  func run() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = try encoder.encode(KnowledgeStatistics(try knowledge.base()))
    switch format {
    case .json: Output.line(String(decoding: json, as: UTF8.self))
    case .text:
      let fields = try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) { Output.row(name, "\(value)") }
    }
  }
}
