import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge

/// Advice as lines for people. What to do now comes first; the wording follows the channel, since at the
/// counter the customer may be looking (DESIGN §6, law 5).
public struct AdviceText {
  public enum Part: Sendable, Equatable {
    case headline, question, options, reason, script, step, mandatory
  }

  public struct Line: Sendable, Equatable {
    public let part: Part
    public let text: String
  }

  private let advice: Advice
  private let channel: Channel
  private static let mostSteps = 3

  public init(_ advice: Advice, channel: Channel) {
    self.advice = advice
    self.channel = channel
  }

  /// Every line worth showing, most important first within what is always in the same order.
  public var lines: [Line] {
    var lines = [Line(part: .headline, text: headline)]
    if let question = advice.question {
      lines.append(Line(part: .question, text: Message.ask(question.text).text()))
      lines.append(Line(part: .options, text: options(question)))
      lines.append(Line(part: .reason, text: Message.because(question.reason).text()))
    }
    if !advice.script.isEmpty { lines.append(Line(part: .script, text: Message.say(advice.script).text())) }
    lines += due(.now).prefix(Self.mostSteps).map { Line(part: .step, text: Message.step($0).text()) }
    if advice.level == Level.verify.rawValue { lines.append(Line(part: .mandatory, text: mandatory)) }
    return lines
  }

  /// Only what must be seen: level, question, sentence.
  public var briefLines: [Line] { lines.filter { [.headline, .question, .options, .script].contains($0.part) } }

  public var level: Level { Level(rawValue: advice.level) ?? .verify }

  /// Shape and word of the level, then what it looks like.
  public var headline: String {
    let label = Message.level(level.rawValue, hotline: channel == .hotline).text()
    let view = level == .verify && !isWorthNaming ? Message.askFirst.text() : suspects
    let reason = level >= .pause ? mainReason.map { " | \($0)" } ?? "" : ""
    return "\(label)  \(view)\(reason)"
  }

  /// A red flag, or else the words that tell most. At the counter only the customer's own words: what we make of
  /// them is not for the customer to read.
  private var mainReason: String? {
    if let flag = advice.redFlags.first { return flag }
    guard channel == .counter else { return advice.reasons.first }
    return advice.evidence.max { $0.weight < $1.weight }.flatMap { $0.quote.isEmpty ? nil : Message.quote($0.quote).text() }
  }

  /// The two most probable families, each by its likeliest pattern, with how sure in words.
  public var suspects: String {
    let shown = families.filter { $0.probability >= 0.1 }.prefix(2)
    guard !shown.isEmpty else { return Message.askFirst.text() }
    return shown.map { Message.suspect($0.short, sureness: Self.sureness($0.probability)).text() }
      .joined(separator: " / ")
  }

  private var families: [(short: String, probability: Double)] {
    var order: [String] = []
    var found: [String: (short: String, probability: Double)] = [:]
    for suspect in advice.suspects {
      if found[suspect.family] == nil { order.append(suspect.family) }
      found[suspect.family, default: (suspect.short, 0)].probability += suspect.probability
    }
    return order.compactMap { found[$0] }.sorted { $0.probability > $1.probability }
  }

  public var mandatory: String {
    advice.mandatory.map { "[\($0.done ? "x" : " ")]\($0.label)" }.joined(separator: " ")
  }

  /// Every step with its tick and when it is due.
  public var checklist: [String] {
    advice.steps.enumerated().map { index, step in
      Message.checklistStep(
        number: index + 1, step.text, contact: step.contact, due: step.due.rawValue, done: step.due == .done,
        caveat: step.mark?.rawValue
      ).text()
    }
  }

  /// With too little to go on, no suspect is named: the line says to ask first.
  private var isWorthNaming: Bool {
    guard let first = families.first else { return false }
    return first.probability >= 0.3 && !advice.evidence.isEmpty
  }

  private func due(_ due: Procedure.Due) -> [String] {
    advice.steps.filter { $0.due == due }.map { step in
      step.contact.map { Message.stepWithContact(step.text, contact: $0).text() } ?? step.text
    }
  }

  private func options(_ question: Advice.Question) -> String { numbered(question).joined(separator: "  ") }

  private func numbered(_ question: Advice.Question) -> [String] {
    question.options.enumerated().map { "\($0 + 1) \($1.label)" }
  }

  /// The options in as many rows as they need, none of them cut in two.
  func optionRows(columns: Int) -> [String] {
    guard let question = advice.question else { return [] }
    return numbered(question).reduce(into: []) { rows, option in
      if let last = rows.last, DisplayWidth.of(last) + 2 + DisplayWidth.of(option) <= columns {
        rows[rows.count - 1] = last + "  " + option
      } else {
        rows.append(option)
      }
    }
  }

  static func sureness(_ probability: Double) -> Message.Sureness {
    switch probability {
    case 0.75...: .very
    case 0.45...: .rather
    default: .perhaps
    }
  }
}
