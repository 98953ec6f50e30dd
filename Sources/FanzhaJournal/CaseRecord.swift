import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaPrivacy
import Foundation

/// A case as the journal tells it.
public struct CaseRecord: Sendable {
  public let number: Int
  public let caseID: String
  public let opened: Date
  public let lastAt: Date
  public let isClosed: Bool
  /// What stands of the conversation, in order; words as far as they could be opened.
  public let steps: [Step]
  /// Every event of the case.
  public let history: [Event]
  let secrets: [Secret]
  private let secretOf: [Int64: Secret]
  /// Whether its words are not to be read.
  let areWordsSealed: Bool

  public enum Step: Sendable, Equatable {
    case event(Conversation.Event)
    case channel(Channel)
  }

  /// Of the case's beginning.
  public var channel: Channel {
    steps.lazy.compactMap { if case .channel(let channel) = $0 { channel } else { nil } }.first ?? .counter
  }

  public var turnCount: Int {
    steps.count { step in
      switch step {
      case .event(.turn), .event(.answer): true
      default: false
      }
    }
  }

  /// - Parameter seal: nil to leave sealed what is sealed.
  /// - Throws: ``Diagnostic`` when the key opens none of it.
  public init?(_ events: [Event], seal: Seal?) throws {
    guard let first = events.first, let last = events.last else { return nil }
    number = first.caseNumber
    caseID = first.caseID
    opened = first.at
    lastAt = last.at
    history = events
    isClosed = events.last { [.caseClosed, .caseOpened, .caseResumed].contains($0.kind) }?.kind == .caseClosed
    var secretOf: [Int64: Secret] = [:]
    for event in events {
      guard let seal, let secret = try event.secret(seal) else { continue }
      secretOf[event.number] = secret
      for (number, earlier) in secret.earlier ?? [:] { Int64(number).map { secretOf[$0] = earlier } }
    }
    self.secretOf = secretOf
    secrets = secretOf.keys.sorted().compactMap { secretOf[$0] }
    areWordsSealed =
      events.contains { $0.kind == .sealedLater } || secrets.contains { $0.text != nil || $0.reason != nil }
    let sealedLater = Set(events.flatMap { $0.kind == .sealedLater ? $0.payload?.events ?? [] : [] })
    steps = events.reduce(into: []) { steps, event in
      if event.kind == .undone {
        if let last = steps.lastIndex(where: { if case .event = $0 { true } else { false } }) { steps.remove(at: last) }
      } else if let step = Self.step(event, secretOf[event.number], sealedLater.contains(event.number)) {
        steps.append(step)
      }
    }
  }

  /// What stands sealed beside one of its events, as far as it was opened.
  public func secret(of event: Event) -> Secret? { secretOf[event.number] }

  /// The conversation as it stood.
  public func conversation(on engine: Engine, channel: Channel) -> Conversation {
    var result = Conversation(engine: engine, channel: channel)
    for step in steps {
      switch step {
      case .event(let event): result.apply(event)
      case .channel(let channel): if channel != result.channel { result = result.moved(to: channel) }
      }
    }
    return result
  }

  // MARK: Reading events

  private static func step(_ event: Event, _ secret: Secret?, _ isSealedLater: Bool) -> Step? {
    guard let payload = event.payload ?? secret?.payload else { return placeholder(event.kind, isSealedLater) }
    let text = words(payload.text, secret?.text, secret) ?? sealedMark, reason = words(payload.reason, secret?.reason, secret) ?? ""
    switch event.kind {
    case .turn:
      return .event(.turn(SpokenLine(speaker: payload.speaker ?? .customer, text: text)))
    case .answer:
      guard let question = payload.question, let option = payload.option else { return nil }
      return .event(.answer(question: Question.ID(question), option: Question.Option.ID(option)))
    case .levelCleared: return .event(.clearance(reason: reason))
    case .questionDismissed: return payload.question.map { .event(.dismissal(question: Question.ID($0), reason: reason)) }
    case .stepSkipped: return payload.step.map { .event(.stepSkipped(Procedure.Step.ID($0), reason: reason)) }
    case .override: return payload.level.flatMap(Level.init(rawValue:)).map { .event(.override($0, reason: reason)) }
    case .stepDone where payload.isHeard != true: return payload.step.map { .event(.stepDone(Procedure.Step.ID($0))) }
    case .note: return .event(.note(text))
    case .business: return payload.business.map { .event(.business(Fact.Value.ID($0))) }
    case .sheetShown: return payload.sheet.map { .event(.sheetShown(Tip.ID($0), version: payload.version ?? "")) }
    case .caseOpened, .branch: return payload.channel.map { .channel($0) }
    default: return nil
    }
  }

  /// Stands for an event of which nothing can be told, so that what came after it still finds it in its place.
  private static func placeholder(_ kind: Event.Kind, _ isSealed: Bool) -> Step? {
    let mark = isSealed ? sealedMark : droppedMark
    switch kind {
    case .turn, .answer: return .event(.turn(SpokenLine(speaker: .customer, text: mark)))
    case .levelCleared, .questionDismissed, .stepSkipped, .override, .note: return .event(.note(mark))
    default: return nil
    }
  }

  /// Stands for words that were not opened.
  static let sealedMark = "[sealed]"
  /// Stands for words that are no longer there.
  static let droppedMark = "[dropped]"

  /// The words as they were said, where the seal could be opened; else with their marks.
  private static func words(_ plain: String?, _ sealed: String?, _ secret: Secret?) -> String? {
    guard let text = plain ?? sealed else { return nil }
    return (secret?.marks ?? [:]).reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
  }

  // MARK: What was left open

  /// The last case that a console which is gone left without closing it.
  static func leftOpen(in store: JournalStore, seal: Seal?) throws -> CaseRecord? {
    for number in try store.lastCaseNumbers() {
      let events = try store.events(ofCase: number)
      guard let first = events.first, try store.isLeft(first.caseID),
        // With another key it can still be taken up, with marks for what is sealed.
        let record = try (try? CaseRecord(events, seal: seal)) ?? CaseRecord(events, seal: nil),
        record.steps.contains(where: { if case .event = $0 { true } else { false } })
      else { continue }
      return record
    }
    return nil
  }
}
