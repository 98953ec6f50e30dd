import ArgumentParser
import FanzhaCatalogue
import FanzhaJournal
import FanzhaKnowledge
import FanzhaPrivacy
import Foundation

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "检查这台机器上的安装:哪里不对,该做的一件事。")

  @OptionGroup var knowledge: KnowledgeOptions
  @Option(name: .customLong("journal"), help: ArgumentHelp("台账文件。", valueName: "文件"))
  var journal: String?

  func run() throws {
    let findings = [knowledgeBase, locale, terminal, journalFile, key, stateFolder].map { $0() }
    for finding in findings {
      switch finding {
      case .fine(let text): Output.line(Message.doctorFine(text).text())
      case .wrong(let diagnostics): for diagnostic in diagnostics { Output.block(diagnostic.rendered()) }
      }
    }
    if findings.contains(where: { if case .wrong = $0 { true } else { false } }) { throw Failure.found }
  }

  private enum Finding {
    case fine(String)
    case wrong([Diagnostic])

    /// What is wrong, as a finding.
    init(_ check: () throws -> String) {
      do {
        self = .fine(try check())
      } catch let error as Diagnostics {
        self = .wrong(error.list)
      } catch let error as Diagnostic {
        self = .wrong([error])
      } catch {
        self = .wrong([Diagnostic(.journalFailed("\(error)"))])
      }
    }
  }

  private func knowledgeBase() -> Finding {
    Finding {
      let base = try KnowledgeLoader.load(try knowledge.files())
      return Message.doctorKnowledge(
        patterns: base.hypotheses.count { $0.kind == .pattern }, version: base.version,
        blanks: base.contacts.count { $0.isLocal && $0.number == nil }
      ).text()
    }
  }

  private func locale() -> Finding {
    let name = Environment["LC_ALL"] ?? Environment["LC_CTYPE"] ?? Environment["LANG"]
    let isUTF8 = name.map { $0.uppercased().contains("UTF-8") || $0.uppercased().contains("UTF8") } ?? false
    // Another one does no harm: the console takes C.UTF-8 instead.
    return .fine(Message.doctorLocale(name ?? "-", isUTF8: isUTF8).text())
  }

  private func terminal() -> Finding {
    let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    return .fine(Message.doctorTerminal(Environment["TERM"] ?? "-", isTerminal: isTerminal).text())
  }

  private func journalFile() -> Finding {
    let path = journal ?? StateFolder.path("journal.sqlite")
    guard FileManager.default.fileExists(atPath: path) else { return .fine(Message.doctorNoJournal.text()) }
    return Finding {
      try Self.checkPrivate(path)
      let store = try JournalStore(existing: path, forReading: true)
      if let broken = try store.verify() { throw broken }
      return Message.journalWhole(try store.eventCount()).text()
    }
  }

  private func key() -> Finding {
    Finding {
      let file = JournalOptions.key
      guard let seal = try file.existingSeal() else { return Message.doctorNoKey.text() }
      let path = journal ?? StateFolder.path("journal.sqlite")
      // A key that opens nothing is not the one.
      if let store = try? JournalStore(existing: path, forReading: true), let last = try store.lastSealed() {
        _ = try last.secret(seal)
      }
      return Message.doctorKey(file.path).text()
    }
  }

  private func stateFolder() -> Finding {
    let folder = URL(fileURLWithPath: StateFolder.path("x")).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else { return .fine(Message.doctorNoFolder(folder).text()) }
    return Finding {
      try Self.checkPrivate(folder)
      guard access(folder, W_OK) == 0 else {
        throw Diagnostic(.folderUnusable(String(cString: strerror(errno))), at: Place(file: folder))
      }
      return Message.doctorFolder(folder).text()
    }
  }

  private static func checkPrivate(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & 0o077 != 0 { throw Diagnostic(.readableByOthers, at: Place(file: path)) }
  }
}
