import FanzhaCatalogue
import FanzhaDialogue
import FanzhaJournal
import Foundation

/// A session whose every step is on record before it shows. Trouble with the record is said once and stops nothing.
public final class RecordedSession {
  public private(set) var session: Session
  private let keeper: JournalKeeper?
  private var left: CaseRecord?

  /// - Parameter keeper: nil to keep no record.
  public init(_ session: Session, keeper: JournalKeeper?) {
    self.session = session
    self.keeper = keeper
  }

  /// Begins the record.
  ///
  /// - Returns: what the operator should know: trouble, or a case left open.
  public func open() -> [String] {
    guard let keeper else { return [] }
    var lines = said([keeper.openSession(knowledge: session.base.version)])
    guard let (next, left) = keeper.openCase() else { return lines }
    session.caseNumber = next
    if let left {
      self.left = left
      session.offered = (left.conversation(on: session.engine, channel: session.channel), left.number)
      lines.append(Message.caseLeftOpen(left.number, turns: left.turnCount, at: left.lastAt).text())
    }
    return lines
  }

  /// Takes one line, and records what came of it.
  ///
  /// - Returns: what came of it, and what is to be said of the record.
  public func enter(_ line: String) -> (outcome: Session.Outcome, notices: [String]) {
    guard let keeper else { return (session.enter(line), []) }
    let before = session
    var outcome = session.enter(line)
    if let left, before.offered != nil, session.offered == nil, !keeper.resume(left, at: session.casePosition) {
      // Another console has taken the case up meanwhile.
      session = before
      session.offered = nil
      outcome = .said([Diagnostic(.nothingToResume).rendered()])
    }
    let notices = said(record(since: before, keeper) + (outcome == .nothing ? [keeper.retry()] : []))
    if let number = keeper.number(ofCase: session.casePosition) { session.caseNumber = number }
    session.isSaved = keeper.isSaved
    return (outcome, notices)
  }

  /// Ends the record; the case is closed.
  public func close() -> [String] {
    guard let keeper else { return [] }
    var lines = said([
      keeper.note(.caseClosed, turn: session.conversation.turnCount, inCase: session.casePosition), keeper.closeSession(),
    ])
    if !keeper.isSaved { lines.append(Message.journalLost(keeper.waiting).text()) }
    return lines
  }

  private func record(since before: Session, _ keeper: JournalKeeper) -> [JournalKeeper.Notice?] {
    let now = session.conversation, position = session.casePosition
    if position != before.casePosition {
      // A case that was taken up and is given back by /undo stays open.
      let isGivenBack = before.offered == nil && session.offered != nil
      let closed =
        isGivenBack
        ? nil : keeper.note(.caseClosed, turn: before.conversation.turnCount, inCase: before.casePosition)
      let isTakenUp = before.offered != nil && session.offered == nil
      if now.events.isEmpty || isTakenUp { return [closed] }
      return [closed, keeper.note(.caseResumed, turn: now.turnCount, inCase: position)]
    }
    if now.channel != before.channel { return [now.events.isEmpty ? nil : keeper.branched(now, inCase: position)] }
    switch now.events.count - before.conversation.events.count {
    case 1...: return [keeper.happened(now, inCase: position)]
    case ..<0: return [keeper.undone(now, inCase: position)]
    default: return []
    }
  }

  private func said(_ notices: [JournalKeeper.Notice?]) -> [String] {
    notices.compactMap { $0 }.map { notice in
      switch notice {
      case .trouble(let diagnostic): diagnostic.rendered()
      case .recovered(let count): Message.journalRecovered(count).text()
      }
    }
  }
}
