import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaPrivacy
import Foundation
import GRDB
import TestSupport
import Testing

@testable import FanzhaJournal

@Suite struct JournalKeeperTests {
  private let folder: TemporaryFolder
  private let engine: Engine

  init() throws {
    folder = try TemporaryFolder()
    engine = Engine(try SmallBase.load())
  }

  private var path: String { folder.path + "/state/journal.sqlite" }
  private var key: KeyFile { KeyFile(path: folder.path + "/state/journal.key") }

  private func keeper() -> JournalKeeper {
    JournalKeeper(JournalKeeper.Settings(path: path, key: key, publicNumbers: ["110"]))
  }

  /// Says lines in one case, each written before the next.
  private func say(_ lines: [String], _ keeper: JournalKeeper, position: Int = 1) -> Conversation {
    var talk = Conversation(engine: engine, channel: .counter)
    for line in lines {
      talk.add(SpokenLine(parsing: line))
      #expect(keeper.happened(talk, inCase: position) == nil)
    }
    return talk
  }

  private func store() throws -> JournalStore { try JournalStore(existing: path) }

  /// What the journal itself cannot do.
  private func tamper(_ sql: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(sql: "DROP TRIGGER eventsAreNeverChanged; DROP TRIGGER eventsAreNeverDeleted")
      try $0.execute(sql: sql)
    }
  }

  // MARK: What is written

  @Test func everyStepIsAnEvent() throws {
    let keeper = keeper()
    #expect(keeper.openSession(knowledge: "v1") == nil)
    var talk = say(["网上认识的"], keeper)
    #expect(talk.answer(option: 1) != nil)
    #expect(keeper.happened(talk, inCase: 1) == nil)
    talk.clear(reason: "女儿到场")
    #expect(keeper.happened(talk, inCase: 1) == nil)
    talk.undo()
    #expect(keeper.undone(talk, inCase: 1) == nil)
    #expect(keeper.note(.caseClosed, turn: 3, inCase: 1) == nil)
    let events = try store().events()
    #expect(
      events.map(\.kind.rawValue) == [
        "session-opened", "knowledge", "case-opened", "turn", "reading", "advice", "question-shown", "answer", "advice",
        "question-shown", "level-cleared", "advice", "undone", "advice", "question-shown", "case-closed",
      ])
    #expect(events.map(\.number) == Array(1...Int64(events.count)))
    #expect(try store().verify() == nil)
  }

  @Test func numbersAndNamesAreMarksInTheClear() throws {
    let keeper = keeper()
    _ = say(["户名张三,卡4111 1111 1111 1111,打110"], keeper)
    let turn = try #require(try store().events().first { $0.kind == .turn })
    #expect(turn.payload?.text == "户名[name1],卡[acct*1111],打110")
    #expect(try turn.secret(try key.seal())?.marks == ["[name1]": "张三", "[acct*1111]": "4111 1111 1111 1111"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for private_ in ["张三", "4111 1111", "41111111"] { #expect(bytes.range(of: Data(private_.utf8)) == nil) }
  }

  @Test func filesBelongToTheirOwner() throws {
    _ = say(["你好"], keeper())
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state") {
      var status = stat()
      #expect(stat(folder.path + "/state/" + name, &status) == 0 && status.st_mode & 0o077 == 0, "\(name)")
    }
  }

  @Test func theWordsOfAShamefulCaseAreSealedFromTheBeginning() throws {
    let keeper = keeper()
    var talk = try shameful()
    for line in ["柜员:您慢慢说", "我在宾馆里", "开着屏幕共享", "他录了像"] {
      talk.add(SpokenLine(parsing: line))
      #expect(keeper.happened(talk, inCase: 1) == nil)
    }
    #expect(try store().verify() == nil)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state") {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/state/" + name))
      for word in ["宾馆", "录了像", "慢慢说"] { #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(name)") }
    }
    let opened = try store().record(ofCase: 1, seal: try key.seal()).conversation(on: talk.engine, channel: .counter)
    #expect(opened.lines == talk.lines)
    let closed = try store().record(ofCase: 1).conversation(on: talk.engine, channel: .counter)
    #expect(closed.lines.map(\.text) == Array(repeating: "[sealed]", count: 4))
  }

  /// An engine that seals the words of whoever shares a screen, and an open conversation on it.
  private func shameful() throws -> Conversation {
    let policy = SmallBase.policy + "seals_words_of: [control.screen = yes]\n"
    return Conversation(engine: Engine(try SmallBase.load(replacing: ["policy.yaml": policy])), channel: .counter)
  }

  private func isWritten(_ word: String) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state").contains { name in
      try Data(contentsOf: URL(fileURLWithPath: folder.path + "/state/" + name)).range(of: Data(word.utf8)) != nil
    }
  }

  @Test func earlierWordsAreSealedAsSoonAsTheJournalIsThere() throws {
    let keeper = keeper()
    var talk = try shameful()
    talk.add(SpokenLine(parsing: "我在宾馆里"))
    #expect(keeper.happened(talk, inCase: 1) == nil)
    let blocker = try blocker()
    try blocker.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    for line in ["有一句在等", "开着屏幕共享"] {
      talk.add(SpokenLine(parsing: line))
      _ = keeper.happened(talk, inCase: 1)
    }
    try blocker.inDatabase { try $0.execute(sql: "COMMIT") }
    talk.add(SpokenLine(parsing: "他录了像"))
    _ = keeper.happened(talk, inCase: 1)
    try blocker.close()
    #expect(keeper.isSaved)
    #expect(try store().verify() == nil)
    for word in ["宾馆", "在等", "录了像"] { #expect(try !isWritten(word), "\(word)") }
    #expect(try store().record(ofCase: 1, seal: try key.seal()).conversation(on: talk.engine, channel: .counter).lines == talk.lines)
  }

  @Test func aSealedCaseTakenUpAgainStaysSealed() throws {
    let gone = keeper()
    var talk = try shameful()
    talk.add(SpokenLine(parsing: "开着屏幕共享"))
    _ = gone.happened(talk, inCase: 1)
    talk.undo()
    _ = gone.undone(talk, inCase: 1)
    let again = keeper()
    #expect(again.resume(try store().record(ofCase: 1, seal: try key.seal()), at: 1))
    talk.add(SpokenLine(parsing: "后来的话"))
    _ = again.happened(talk, inCase: 1)
    #expect(try !isWritten("后来的话"))
  }

  @Test func whatWasSealedLaterIsDroppedToo() throws {
    let keeper = keeper()
    var talk = try shameful()
    for line in ["我在宾馆里", "开着屏幕共享"] {
      talk.add(SpokenLine(parsing: line))
      _ = keeper.happened(talk, inCase: 1)
    }
    #expect(try store().drop(before: .distantFuture, at: Date()) > 0)
    #expect(try store().verify() == nil)
    let record = try store().record(ofCase: 1, seal: try key.seal())
    #expect(record.conversation(on: talk.engine, channel: .counter).lines.map(\.text) == ["[dropped]", "[dropped]"])
  }

  // MARK: What is proved

  @Test(arguments: [
    ("UPDATE event SET payload = '{}' WHERE number = 3", Problem.ChainFlaw.changed),
    ("UPDATE event SET turn = 9 WHERE number = 3", .changed), ("UPDATE event SET at = 'x' WHERE number = 3", .changed),
    ("UPDATE event SET salt = x'00' WHERE number = 3", .changed), ("UPDATE event SET previous = x'00' WHERE number = 3", .notTheSuccessor),
    ("UPDATE event SET hash = x'00' WHERE number = 3", .changed), ("DELETE FROM event WHERE number = 3", .missing),
    ("UPDATE event SET payload = NULL, salt = NULL WHERE number = 3", .emptied),
    ("UPDATE event SET kind = 'note' WHERE number = 3", .changed),
  ])
  func aChangeIsFoundAndNamed(_ sql: String, _ flaw: Problem.ChainFlaw) throws {
    _ = say(["网上认识的", "没见过面"], keeper())
    try tamper(sql)
    #expect(try store().verify()?.problem == .brokenEvent(3, flaw))
  }

  @Test(arguments: ["payload = '{\"speaker\":\"customer\",\"text\":\"假\"}'", "sealed = x'00'"])
  func whatIsPutWhereSomethingWasDroppedIsFound(_ change: String) throws {
    _ = say(["网上认识的"], keeper())
    _ = try store().drop(before: .distantFuture, at: Date())
    try tamper("UPDATE event SET \(change) WHERE number = 2")
    #expect(try store().verify()?.problem == .brokenEvent(2, .changed))
  }

  @Test func withoutTheProofOfDroppingAllIsMissing() throws {
    _ = say(["网上认识的"], keeper())
    _ = try store().drop(before: .distantFuture, at: Date())
    let dropped = try #require(try store().events().last?.number)
    try tamper("UPDATE event SET payload = 'null' WHERE number IN (2, \(dropped))")
    #expect(try store().verify()?.problem == .brokenEvent(1, .emptied))
  }

  @Test func anEmptyOrAForeignFileIsNoJournal() throws {
    try folder.write("state/journal.sqlite", "")
    #expect(throws: Diagnostic(.journalDamaged, at: Place(file: path))) { try store() }
    try FileManager.default.removeItem(atPath: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE other (x)") }
    #expect(throws: Diagnostic(.journalDamaged, at: Place(file: path))) { try JournalStore(existing: path, forReading: true) }
  }

  @Test func aTailCutOffIsFound() throws {
    _ = say(["网上认识的"], keeper())
    let last = try #require(try store().events().last?.number)
    try tamper("DELETE FROM event WHERE number = \(last)")
    #expect(try store().verify()?.problem == .brokenEvent(Int(last), .missing))
  }

  @Test func theTableRefusesToForget() throws {
    _ = say(["网上认识的"], keeper())
    let database = try DatabaseQueue(path: path)
    for sql in ["DELETE FROM event", "UPDATE event SET turn = 0", "UPDATE event SET payload = '{}'"] {
      #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: sql) } }
    }
  }

  @Test func whatIsDroppedIsGoneAndTheChainHolds() throws {
    let early = Date(timeIntervalSince1970: 1_700_000_000)
    let old = JournalKeeper(JournalKeeper.Settings(path: path, key: key, publicNumbers: []), now: { early })
    _ = say(["网上认识的,特别的词"], old)
    _ = say(["今天的词"], keeper())
    #expect(try store().drop(before: early.addingTimeInterval(86_400), at: Date()) > 0)
    #expect(try store().verify() == nil)
    #expect(try store().record(ofCase: 1).history.allSatisfy { $0.payload == nil })
    #expect(try store().record(ofCase: 2).history.allSatisfy { $0.payload != nil })
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state") {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/state/" + name))
      #expect(bytes.range(of: Data("特别的词".utf8)) == nil, "\(name)")
    }
    #expect(try store().drop(before: early.addingTimeInterval(86_400), at: Date()) == 0)
  }

  // MARK: Trouble

  /// Somebody else who can hold the journal.
  private func blocker() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  @Test func aJournalThatIsMovedAwayIsNoticed() throws {
    let keeper = keeper()
    var talk = say(["网上认识的"], keeper)
    try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    talk.add(SpokenLine(parsing: "没见过面"))
    _ = keeper.happened(talk, inCase: 1)
    #expect(keeper.isSaved)
    #expect(try store().events().contains { $0.payload?.text == "没见过面" })
  }

  @Test func twoConsolesShareOneJournal() throws {
    let first = keeper(), second = keeper()
    for round in 0..<20 {
      _ = say(["第 \(round) 轮"], first, position: round)
      _ = say(["第 \(round) 轮"], second, position: round)
    }
    #expect(try store().verify() == nil)
    #expect(try store().cases().map(\.number) == Array(1...40))
  }

  @Test func aLockedJournalIsSaidOnceAndMadeUpFor() throws {
    let keeper = keeper()
    var talk = say(["网上认识的"], keeper)
    let blocker = try blocker()
    try blocker.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    talk.add(SpokenLine(parsing: "没见过面"))
    #expect(keeper.happened(talk, inCase: 1) == .trouble(Diagnostic(.journalLocked, at: Place(file: path))))
    talk.add(SpokenLine(parsing: "还有一句"))
    #expect(keeper.happened(talk, inCase: 1) == nil)
    #expect(!keeper.isSaved)
    try blocker.inDatabase { try $0.execute(sql: "COMMIT") }
    talk.add(SpokenLine(parsing: "第四句"))
    guard case .recovered(let count)? = keeper.happened(talk, inCase: 1) else {
      Issue.record("it says that all is on disk")
      return
    }
    #expect(count > 0 && keeper.isSaved)
    #expect(try store().record(ofCase: 1).turnCount == 4)
    #expect(try store().verify() == nil)
  }

  @Test func aDamagedJournalStopsNothing() throws {
    try folder.write("state/journal.sqlite", String(repeating: "no database", count: 1000))
    let keeper = keeper()
    var talk = Conversation(engine: engine, channel: .counter)
    talk.add(SpokenLine(parsing: "网上认识的"))
    #expect(keeper.happened(talk, inCase: 1) == .trouble(Diagnostic(.journalDamaged, at: Place(file: path))))
    talk.add(SpokenLine(parsing: "没见过面"))
    #expect(keeper.happened(talk, inCase: 1) == nil)
    // Put out of the way, it is made anew, and nothing is missing.
    try FileManager.default.removeItem(atPath: path)
    guard case .recovered? = keeper.retry() else {
      Issue.record("it is written once there is room")
      return
    }
    #expect(try store().record(ofCase: 1).turnCount == 2)
  }

  @Test func aJournalOfANewerProgramIsLeftAlone() throws {
    _ = say(["你好"], keeper())
    try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 later')") }
    #expect(throws: Diagnostic(.journalTooNew)) { try JournalStore(existing: path) }
  }

  // MARK: Taking up again

  @Test func aCaseLeftOpenComesBackAsItStood() throws {
    let gone = keeper()
    _ = gone.openSession(knowledge: "v1")
    var talk = say(["户名张三,网上认识的", "柜员:见过面吗", "没见过"], gone)
    talk.apply(.dismissal(question: "who", reason: "先不问"))
    _ = gone.happened(talk, inCase: 1)
    // Its process is this one, which is alive: nothing to offer yet.
    #expect(keeper().openCase()?.left == nil)
    try tamper(
      "UPDATE event SET payload = replace(payload, '\"pid\":\(getpid())', '\"pid\":1') WHERE kind = 'session-opened'")
    let again = keeper()
    let (next, left) = try #require(again.openCase())
    let record = try #require(left)
    #expect(next == 2 && record.number == 1)
    let back = record.conversation(on: engine, channel: .counter)
    #expect(back.events == talk.events)
    #expect(back.advice == talk.advice)
    #expect(again.resume(record, at: 1))
    #expect(again.number(ofCase: 1) == 1)
    _ = again.note(.caseClosed, turn: 3, inCase: 1)
    #expect(keeper().openCase()?.left == nil)
  }

  @Test func aBackupIsWholeAndCanTakeItsPlace() throws {
    let keeper = keeper()
    var talk = say(["网上认识的"], keeper)
    let copy = folder.path + "/backup.sqlite"
    try store().backUp(to: copy)
    #expect(throws: Diagnostic.self) { try store().backUp(to: copy) }
    talk.add(SpokenLine(parsing: "后来的一句"))
    #expect(keeper.happened(talk, inCase: 1) == nil)
    try JournalStore.restore(copy, to: path)
    #expect(try store().verify() == nil)
    #expect(try store().record(ofCase: 1).turnCount == 1)
  }
}
