import FanzhaCatalogue
import FanzhaDialogue
import FanzhaJournal
import FanzhaKnowledge

/// Keeps the journal of a command that goes through conversations by itself, when it was told to keep one.
final class Recorder {
  private let keeper: JournalKeeper?
  private var position = 1

  init(_ options: CommonOptions, base: KnowledgeBase) {
    keeper = options.journal.settings(base, isDefault: false).map { JournalKeeper($0) }
    say(keeper?.openSession(knowledge: base.version))
  }

  func happened(_ conversation: Conversation) { say(keeper?.happened(conversation, inCase: position)) }

  /// A conversation has ended.
  func close(turns: Int) {
    say(keeper?.note(.caseClosed, turn: turns, inCase: position))
    position += 1
  }

  /// The command has ended.
  func end() {
    guard let keeper else { return }
    say(keeper.closeSession())
    if !keeper.isSaved { Output.complain(Message.journalLost(keeper.waiting).text()) }
  }

  private func say(_ notice: JournalKeeper.Notice??) {
    switch notice ?? nil {
    case .trouble(let diagnostic): Failure.say([diagnostic])
    case .recovered(let count): Output.complain(Message.journalRecovered(count).text())
    case nil: break
    }
  }
}
