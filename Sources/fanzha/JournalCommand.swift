import ArgumentParser
import FanzhaCatalogue
import FanzhaDialogue
import FanzhaJournal
import FanzhaKnowledge
import FanzhaReplay
import Foundation

struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "台账:查看、核对、导出、到期删除、备份。",
    subcommands: [List.self, Show.self, Verify.self, Export.self, Prune.self, Backup.self, Restore.self])

  struct File: ParsableArguments {
    @Option(name: .customLong("journal"), help: ArgumentHelp("台账文件。", valueName: "文件"))
    var path: String?

    var file: String { path ?? StateFolder.path("journal.sqlite") }

    func open() throws -> JournalStore { try JournalStore(existing: file) }
    /// For what only looks: the file need not be writable, and stays as it is.
    func openForReading() throws -> JournalStore { try JournalStore(existing: file, forReading: true) }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "列出各案:编号、时间、渠道、轮数、最高级别、是否收尾。")

    @OptionGroup var file: File

    func run() throws {
      try Failure.reporting {
        for record in try file.openForReading().cases() {
          let level = record.history.compactMap { $0.kind == .advice ? $0.payload?.level : nil }.max()
          Output.row(
            "\(record.number)", Message.time(record.opened).text(), Message.channelName(record.channel.rawValue).text(),
            Message.turns(record.turnCount).text(), level.map { Message.levelNames[$0] } ?? "-",
            Message.caseState(isClosed: record.isClosed).text())
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "看一案的经过。")

    @Argument(help: ArgumentHelp("案的编号。", valueName: "编号"))
    var number: Int
    @Flag(help: "打开封存的内容;打开一次,台账记一条。")
    var unseal = false
    @OptionGroup var file: File

    func run() throws {
      try Failure.reporting {
        let store = unseal ? try file.open() : try file.openForReading()
        let record = try opened(store, number, unseal: unseal)
        for line in CaseText.lines(record) { Output.line(line) }
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "核对整本台账有没有被改过、少过。")

    @OptionGroup var file: File

    func run() throws {
      let store = try Failure.reporting { try file.openForReading() }
      let broken = try Failure.reporting { try store.verify() }
      if let broken {
        Failure.say([broken])
        throw Failure.found
      }
      Output.line(Message.journalWhole(try Failure.reporting { try store.eventCount() }).text())
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "导出:姓名、号码等已换成记号。",
      discussion: "events 每行一条记录;dialogue 每行一案,fanzha replay 能读回。")

    enum Format: String, ExpressibleByArgument, CaseIterable { case events, dialogue }

    @Option(help: ArgumentHelp("只导这一案。", valueName: "编号"))
    var `case`: Int?
    @Option(help: ArgumentHelp("events 或 dialogue。", valueName: "格式"))
    var format: Format = .events
    @Flag(help: "连封存的内容一起导出;台账记一条。")
    var unseal = false
    @OptionGroup var file: File
    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
      try Failure.reporting {
        let store = try file.open()
        let numbers = try self.case.map { [$0] } ?? store.cases().map(\.number)
        let base = format == .dialogue ? try knowledge.engine() : nil
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        func write(_ value: some Encodable) throws {
          Output.line(String(decoding: try encoder.encode(value), as: UTF8.self))
        }
        for number in numbers {
          let record = try opened(store, number, unseal: unseal)
          try store.note(.exported, of: record, at: Date())
          if let base {
            try write(CaseText.dialogue(record, on: base))
          } else {
            for event in record.history { try write(ExportedEvent(event, record.secret(of: event))) }
          }
        }
      }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "删去到期各案的内容,只留证明它们存在过的链。", discussion: "整案都早于这一天的才删;删了找不回来。")

    @Option(help: ArgumentHelp("这一天以前结束的,例如 2026-01-31。", valueName: "日期"))
    var before: String
    @OptionGroup var file: File

    func run() throws {
      try Failure.reporting {
        guard let day = Day.begins(before, in: .current) else { throw Diagnostic(.badDate(before)) }
        Output.line(Message.dropped(try file.open().drop(before: day, at: Date())).text())
      }
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "备份到另一个文件,用着也能备。", discussion: "恢复用 journal restore。密钥文件要另外备。")

    @Argument(help: ArgumentHelp("备份到哪里,不覆盖已有的文件。", valueName: "文件"))
    var target: String
    @OptionGroup var file: File

    func run() throws {
      try Failure.reporting { try file.open().backUp(to: target) }
      Output.line(Message.backedUp(target).text())
    }
  }
}

extension JournalCommand {
  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "用备份换下台账;备份坏了就不换。", discussion: "现有的台账会被换掉,要留就先备份。")

    @Argument(help: ArgumentHelp("备份文件。", valueName: "文件"))
    var backup: String
    @OptionGroup var file: File

    func run() throws {
      try Failure.reporting { try JournalStore.restore(backup, to: file.file) }
      Output.line(Message.restored(file.file).text())
    }
  }
}

/// A case with its sealed words opened when asked for; the journal notes that.
private func opened(_ store: JournalStore, _ number: Int, unseal: Bool) throws -> CaseRecord {
  guard unseal else { return try store.record(ofCase: number) }
  let record = try store.record(ofCase: number, seal: try JournalOptions.key.existingSeal())
  try store.note(.sealShown, of: record, at: Date())
  return record
}

/// An event as it is given away.
private struct ExportedEvent: Encodable {
  let number: Int64
  let `case`: Int
  let turn: Int
  let kind: String
  let at: Date
  let payload: Payload?
  /// What was sealed beside it, when it was opened for this.
  let opened: Secret?

  init(_ event: Event, _ secret: Secret?) {
    opened = secret
    number = event.number
    `case` = event.caseNumber
    turn = event.turn
    kind = event.kind.rawValue
    at = event.at
    payload = event.payload
  }
}

/// A case for people, and as a recording.
enum CaseText {
  static func lines(_ record: CaseRecord) -> [String] {
    var turn = 0
    return record.steps.compactMap { step in
      guard case .event(let event) = step else { return nil }
      switch event {
      case .turn(let line):
        turn += 1
        return Message.turnLine(turn, speaker: Message.speaker(line.speaker.rawValue).text(), line.text).text()
      case .answer(_, let option):
        turn += 1
        return Message.turnLine(turn, speaker: Message.speaker("customer").text(), "= \(option)").text()
      case .clearance(let reason): return "  " + Message.clearedNow(reason).text()
      case .dismissal(let question, _): return "  " + Message.dismissed(question.text).text()
      case .stepDone(let id): return "  " + Message.stepDone(id.text).text()
      case .business(let value): return "  " + Message.businessChosen(value.text).text()
      case .sheetShown(let sheet, let version): return "  " + Message.sheetShown(sheet.text, version: version).text()
      case .stepSkipped(let id, let reason): return "  " + Message.stepSkipped("\(id) \(reason)").text()
      case .override(let level, let reason): return "  " + Message.overridden(level.rawValue, reason: reason).text()
      case .note(let text): return "  " + Message.noted(text).text()
      }
    }
  }

  static func dialogue(_ record: CaseRecord, on engine: Engine) -> RecordedDialogue {
    let conversation = record.conversation(on: engine, channel: record.channel)
    return RecordedDialogue(
      id: "case-\(record.number)", channel: conversation.channel, events: conversation.events, base: engine.base)
  }
}
