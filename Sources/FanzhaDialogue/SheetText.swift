import FanzhaCatalogue
import FanzhaKnowledge

/// A sheet as lines: for the screen, for a plain printer, for reading aloud.
public struct SheetText: Sendable {
  public let lines: [String]

  /// - Parameter base: where the latest local case of the sheet's families comes from.
  public init(_ tip: Tip, in base: KnowledgeBase) {
    var lines = [Message.sheetHead(tip.title, version: tip.revised).text(), tip.lead]
    lines += tip.points.enumerated().map { "\($0 + 1). \($1)" }
    if let localCase = base.localCase(for: tip) {
      lines.append(Message.sheetLocalCase(date: localCase.date, localCase.text).text())
    }
    if !tip.confirm.isEmpty {
      lines += [Message.sheetConfirm.text()] + tip.confirm.map { Message.sheetBox($0).text() }
    }
    if !tip.actions.isEmpty { lines += [Message.sheetActions(isRisk: tip.kind == .riskSheet).text()] + tip.actions.map { "- \($0)" } }
    if let caveat = tip.caveat { lines.append(Message.caveat(caveat.rawValue).text()) }
    if tip.kind == .riskSheet { lines.append(Message.sheetSignature.text()) }
    self.lines = lines
  }
}

extension KnowledgeBase {
  /// The latest case of the neighbourhood that fits a sheet; only an overlay has any.
  public func localCase(for tip: Tip) -> LocalCase? {
    localCases.filter { tip.audience.isEmpty || tip.audience.contains($0.family) }.max { $0.date < $1.date }
  }
}
