import ArgumentParser
import FanzhaCatalogue
import FanzhaConsole
import FanzhaDialogue
import FanzhaJournal
import FanzhaReplay
import Foundation

struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "控制台(默认);标准输入不是终端时逐行给出建议。")

  @OptionGroup var options: CommonOptions

  func run() throws {
    let engine = try options.knowledge.engine()
    let session = Session(engine: engine, channel: options.channel)
    let journal = options.journal.settings(engine.base, isDefault: true)
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 {
      try runTerminal(session, journal)
    } else {
      try runPlain(RecordedSession(session, keeper: journal.map { JournalKeeper($0) }))
    }
  }

  private func runTerminal(_ session: Session, _ journal: JournalKeeper.Settings?) throws {
    let welcome = Message.welcome(
      version: Fanzha.configuration.version,
      patterns: session.base.hypotheses.count { $0.kind == .pattern },
      purposes: session.base.hypotheses.count { $0.kind == .purpose }
    ).text()
    let ended = MainActor.assumeIsolated {
      TerminalConsole(
        session: RecordedSession(session, keeper: journal.map { JournalKeeper($0) }), usesColor: options.usesColor,
        isDumb: options.isDumb, historyPath: StateFolder.path("history")
      ).run(welcome: welcome)
    }
    // As a shell expects of a program that a signal ended.
    if ended != 0 { throw ExitCode(128 + ended) }
  }

  /// One line in, its advice out; for pipes, scripts and screen readers.
  private func runPlain(_ recorded: RecordedSession) throws {
    recorded.open().forEach(Output.complain)
    let printer = TurnPrinter(format: .text, options: options)
    var failure: ExitCode?
    for line in LineInput() {
      guard case .success(let text) = line else {
        if case .failure(let diagnostic) = line {
          Failure.say([diagnostic])
          failure = Failure.code(diagnostic.problem)
        }
        continue
      }
      let (outcome, notices) = recorded.enter(text)
      notices.forEach(Output.complain)
      let session = recorded.session
      switch outcome {
      case .turn, .repaint:
        guard !session.isCovered, let spoken = session.conversation.lines.last else { continue }
        try printer.print(
          TurnReport(
            dialogue: nil, turn: session.conversation.turnCount, speaker: spoken.speaker,
            advice: session.conversation.advice), spoken, channel: session.channel)
      case .said(let lines), .changedCase(let lines): lines.forEach(Output.line)
      case .nothing: continue
      case .quit:
        recorded.close().forEach(Output.complain)
        return
      }
    }
    recorded.close().forEach(Output.complain)
    if let failure { throw failure }
  }
}

/// Files the program keeps across runs (XDG base directories).
enum StateFolder {
  static func path(_ name: String) -> String {
    let state = Environment["XDG_STATE_HOME"] ?? (Environment["HOME"] ?? "/") + "/.local/state"
    return state + "/fanzha/" + name
  }
}
