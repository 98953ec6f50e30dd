import FanzhaCatalogue
import FanzhaKnowledge

/// Show-cards, one a page: large words, a picture, and a tick and a cross to point at.
public struct ShowCardPage: Sendable {
  public let html: String

  public init(_ cards: [ShowCard]) {
    html = Self.page.html([
      "title": cards.map(\.text).joined(separator: " "),
      "cards": cards.map { card in
        [
          "text": card.text, "picture": card.picture,
          "answers": card.answers == .yesNo ? [["yes": Message.cardYes.text(), "no": Message.cardNo.text()]] : [],
        ] as [String: Any]
      },
    ])
  }

  private static var page: Page {
    Page(
      body: """
        {{#cards}}
        <section class="card"><div class="picture">{{picture}}</div><div class="words">{{text}}</div>
        {{#answers}}<div class="answers">
        <div><svg viewBox="0 0 24 24"><path d="M3 13l6 6L21 5" fill="none" stroke="#111" stroke-width="3"/></svg><br>{{yes}}</div>
        <div><svg viewBox="0 0 24 24"><path d="M4 4l16 16M20 4L4 20" fill="none" stroke="#111" stroke-width="3"/></svg><br>{{no}}</div>
        </div>{{/answers}}</section>
        {{/cards}}

        """)
  }
}
