import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge

/// A sheet in large print, for paper.
public struct SheetPage: Sendable {
  public let html: String

  public init(_ tip: Tip, in base: KnowledgeBase) {
    let localCase = base.localCase(for: tip)
    html = Self.page.html([
      "title": tip.title, "lead": tip.lead, "points": tip.points, "confirm": tip.confirm, "actions": tip.actions,
      "hasConfirm": !tip.confirm.isEmpty, "hasActions": !tip.actions.isEmpty,
      "confirmHead": Message.sheetConfirm.text(), "actionsHead": Message.sheetActions(isRisk: tip.kind == .riskSheet).text(),
      "localCase": localCase.map { [Message.sheetLocalCase(date: $0.date, $0.text).text()] } ?? [],
      "signature": tip.kind == .riskSheet ? [Message.sheetSignature.text()] : [],
      "version": Message.sheetHead(tip.id.text, version: tip.revised).text()
        + Message.caveat(tip.caveat?.rawValue).text(),
    ])
  }

  private static var page: Page {
    Page(
      body: """
        <h1>{{title}}</h1>
        <p>{{lead}}</p>
        <ol>{{#points}}<li>{{.}}</li>{{/points}}</ol>
        {{#localCase}}<p class="box">{{.}}</p>{{/localCase}}
        {{#hasConfirm}}<h2>{{confirmHead}}</h2><ul class="tick">{{#confirm}}<li>{{.}}</li>{{/confirm}}</ul>{{/hasConfirm}}
        {{#hasActions}}<h2>{{actionsHead}}</h2><ul>{{#actions}}<li>{{.}}</li>{{/actions}}</ul>{{/hasActions}}
        {{#signature}}<p class="sign">{{.}}</p>{{/signature}}
        <p class="small">{{version}}</p>

        """)
  }
}
