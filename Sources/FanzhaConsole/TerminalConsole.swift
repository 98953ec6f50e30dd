import CReadline
import FanzhaCatalogue
import FanzhaDialogue
import Foundation

/// The live console: readline above, the panel below, one conversation at a time.
///
/// Everything happens on the main thread: readline calls back into the one active console.
@MainActor
public final class TerminalConsole {
  /// Readline's hooks carry no context, so the console that runs is kept here.
  private static var active: TerminalConsole?

  private let recorded: RecordedSession
  private var session: Session { recorded.session }
  private var painter: Painter
  /// By case: what belongs to one customer is not shown to the next, and comes back with the case.
  private var transcripts: [Int: Transcript] = [:]
  private var transcript: Transcript {
    get { transcripts[session.casePosition, default: Transcript()] }
    set { transcripts[session.casePosition] = newValue }
  }
  /// What was to be said while the screen was covered.
  private var heldBack: [String] = []
  private let historyPath: String
  private var isRunning = true
  /// Signal that ended the console; 0 when it was left.
  private var endedBy: Int32 = 0
  /// Line and advice of the last paint: the advice is worked out again only when the line has changed.
  private var shown: (line: String, advice: Advice)?

  /// - Parameters:
  ///   - isDumb: the terminal cannot place text: advice is printed in lines instead of a panel.
  ///   - historyPath: where commands (never words of a customer) are kept across runs.
  public init(session: RecordedSession, usesColor: Bool, isDumb: Bool, historyPath: String) {
    recorded = session
    self.historyPath = historyPath
    let (rows, columns) = Self.terminalSize()
    painter = Painter(rows: rows, columns: columns, usesColor: usesColor, isDumb: isDumb)
  }

  private static func terminalSize() -> (rows: Int, columns: Int) {
    var rows: Int32 = 24, columns: Int32 = 80
    return cr_terminal_size(&rows, &columns) ? (Int(rows), Int(columns)) : (24, 80)
  }

  /// Runs until the operator leaves.
  ///
  /// - Returns: the signal that ended it, 0 for none.
  public func run(welcome: String) -> Int32 {
    cr_set_locale()
    let signals = cr_watch_signals()
    _ = cr_history_load(historyPath)
    painter.open()
    say(welcome.split(separator: "\n").map(String.init) + recorded.open())
    Self.active = self
    cr_start(
      "fanzha", session.prompt,
      { line in
        let text = line.map { String(cString: $0) }
        MainActor.assumeIsolated { TerminalConsole.active?.finish(text) }
      },
      { MainActor.assumeIsolated { TerminalConsole.active?.refresh() } },
      { MainActor.assumeIsolated { TerminalConsole.active?.repaint() } },
      { MainActor.assumeIsolated { TerminalConsole.active?.toggleCover() } },
      { line in
        let text = line.map { String(cString: $0) } ?? ""
        let candidates = MainActor.assumeIsolated { TerminalConsole.active?.candidates(for: text) }
        return strdup(candidates ?? "")
      },
      { count in strdup(Message.moreCompletions(Int(count)).text()) })
    cr_set_size(Int32(painter.conversationRows), Int32(painter.panelColumns))
    refresh()
    listen(signals)
    // Below a line that was being typed when a signal came.
    write((endedBy == 0 ? Message.goodbye.text() : "") + "\n")
    // A case that a signal cut off is offered the next time.
    if endedBy == 0 { say(recorded.close()) }
    cr_stop()
    painter.close()
    Self.active = nil
    saveHistory()
    return endedBy
  }

  // MARK: Waiting

  private func listen(_ signals: Int32) {
    var sources = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
    while isRunning {
      if poll(&sources, 2, -1) < 0 {
        if errno == EINTR { continue }
        return
      }
      if sources[1].revents != 0 { takeSignals(signals) }
      guard isRunning else { return }
      if sources[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
        // The terminal is gone: nobody has left, and the case stays open.
        endedBy = SIGHUP
        isRunning = false
      } else if sources[0].revents != 0 {
        cr_read()
      }
    }
  }

  private func takeSignals(_ pipe: Int32) {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(pipe, &bytes, bytes.count)
    for byte in bytes.prefix(max(0, count)) {
      switch Int32(byte) {
      case SIGINT: cr_drop_line()
      case SIGWINCH: repaint()
      case SIGTSTP: suspend()
      case SIGTERM, SIGHUP, SIGQUIT:
        endedBy = Int32(byte)
        isRunning = false
      default: break
      }
    }
  }

  private func suspend() {
    cr_suspend()
    painter.close()
    cr_stop_process()
    cr_resume()
    repaint()
  }

  // MARK: Lines

  private func finish(_ line: String?) {
    guard let line else {
      write("\n")
      leave()
      return
    }
    if let entry = session.historyEntry(line) { cr_history_add(entry) }
    let prompt = session.prompt
    let (outcome, notices) = recorded.enter(line)
    shown = nil
    heldBack += notices
    if !session.isCovered, outcome != .repaint { sayHeldBack() }
    switch outcome {
    case .turn(let spoken):
      // What a key meant is said in words.
      let echo = spoken.text == SpokenLine(parsing: line).text ? [] : [Message.answered(spoken.text).text()]
      transcript.add(prompted: line, echo)
      answer(to: prompt + line, echo + (painter.panelHeight > 0 ? [] : adviceLines))
    case .said(let lines):
      // What is said while covered is no part of the case.
      if !session.isCovered { transcript.add(prompted: line, lines) }
      answer(to: prompt + line, lines)
    case .changedCase(let lines):
      transcript.add(prompted: line, lines)
      cr_set_prompt_unseen(session.prompt)
      cr_forget_kills()
      repaint()
      painter.forgetScrollback()
    case .nothing: answer(to: prompt + line, [])
    case .repaint:
      cr_set_prompt_unseen(session.prompt)
      changeCover()
    case .quit:
      leave()
      return
    }
    refresh()
  }

  /// Goes on below the line entered, or on a new screen where the line would not leave a whole one behind.
  private func answer(to entered: String, _ lines: [String]) {
    let rows = DisplayWidth.of(entered) / max(1, painter.panelColumns) + 1
    if session.isCovered || rows >= painter.conversationRows {
      cr_set_prompt_unseen(session.prompt)
      repaint()
    } else {
      say(lines)
      cr_set_prompt(session.prompt)
    }
  }

  /// Without a panel the advice itself goes into the conversation.
  private var adviceLines: [String] {
    AdviceText(session.conversation.advice, channel: session.channel).lines.map { "  " + $0.text }
  }

  /// From inside readline's own call: without this it would show another prompt.
  private func leave() {
    isRunning = false
    cr_stop()
  }

  private func toggleCover() {
    _ = recorded.enter("/cover")
    cr_change_prompt(session.prompt)
    changeCover()
  }

  /// A line half typed goes out of sight with the rest, and comes back with it.
  private func changeCover() {
    if session.isCovered {
      cr_stash_line()
      cr_forget_kills()
    } else {
      cr_unstash_line()
    }
    repaint()
  }

  private func sayHeldBack() {
    say(heldBack)
    heldBack = []
  }

  private func say(_ lines: [String]) {
    for line in lines { write(Printable.text(line) + "\n") }
  }

  private func write(_ text: String) { painter.write(text) }

  // MARK: Painting

  /// Follows every character: what is typed so far is read as if it were said.
  private func refresh() {
    guard painter.panelHeight > 0 else { return }
    let line = String(cString: cr_line())
    if shown?.line != line || shown == nil {
      shown = (line, session.isCovered ? session.conversation.advice : session.preview(line))
    }
    painter.paint(
      Panel(
        session.isCovered ? nil : shown?.advice, session: session, height: painter.panelHeight,
        columns: painter.panelColumns))
  }

  /// Paints everything anew: after a resize, a suspension, Ctrl-L, and to cover or uncover the screen.
  private func repaint() {
    let (rows, columns) = Self.terminalSize()
    painter.reset(rows: rows, columns: columns)
    if session.isCovered { painter.forgetScrollback() }
    cr_set_size(Int32(painter.conversationRows), Int32(columns))
    say(conversationShown(rows: max(1, painter.conversationRows - 2), columns: columns))
    if !session.isCovered { sayHeldBack() }
    // The line comes last: who sees it sees the whole picture.
    refresh()
    cr_show_line()
  }

  private func conversationShown(rows: Int, columns: Int) -> [String] {
    if session.isCovered { return [Message.covered.text()] }
    guard painter.panelHeight == 0, session.conversation.turnCount > 0 else {
      return transcript.tail(rows: rows, columns: columns)
    }
    // Where no panel is, what matters most stands in its place.
    return Array(adviceLines.flatMap { DisplayWidth.wrapped($0, to: columns) }.prefix(rows))
  }

  // MARK: Completion and history

  /// One a line, each with its description behind a tab; empty for none.
  private func candidates(for line: String) -> String {
    session.completions(for: line).map { "\($0.word)\t\($0.description)" }.joined(separator: "\n")
  }

  private static let mostHistory: Int32 = 500

  private func saveHistory() {
    let folder = URL(fileURLWithPath: historyPath).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if cr_history_save(historyPath, Self.mostHistory) != 0 {
      try? FileHandle.standardError.write(contentsOf: Data((Diagnostic(.historyUnwritable(historyPath)).rendered() + "\n").utf8))
    }
  }
}
