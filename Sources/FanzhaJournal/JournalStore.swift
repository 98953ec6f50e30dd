import FanzhaCatalogue
import FanzhaPrivacy
import Foundation
import GRDB

/// The journal's file: SQLite, appended to and read. Several programs may have it open at once.
///
/// Every call throws ``Diagnostic``s that say what is wrong with the file and what to do.
public final class JournalStore: Sendable {
  private let database: DatabaseQueue
  public let path: String
  /// Which file was opened, to notice when another takes its place.
  private let file: FileIdentity?

  /// Opens the journal, making it where there is none.
  public convenience init(path: String) throws {
    try PrivateFile.createFolder(of: path)
    // Before SQLite does: it and its companion files then belong to nobody else.
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if file >= 0 { close(file) }
    try self.init(path: path) { database in
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      try Migrations.migrate(database)
    }
  }

  /// Opens a journal that is there and leaves it as it is.
  ///
  /// - Parameter forReading: nothing will be appended: the file need not be writable.
  public convenience init(existing path: String, forReading: Bool = false) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Diagnostic(.noJournal, at: Place(file: path))
    }
    try self.init(path: path, isReadOnly: forReading) { database in
      // An empty file, or one of somebody else's, is no journal.
      guard try database.read({ try $0.tableExists(Row.databaseTableName) }) else {
        throw Diagnostic(.journalDamaged, at: Place(file: path))
      }
      try Migrations.check(database)
    }
  }

  private init(path: String, isReadOnly: Bool = false, prepare: (DatabaseQueue) throws -> Void) throws {
    self.path = path
    database = try Self.reporting(path) {
      var configuration = Configuration()
      configuration.readonly = isReadOnly
      configuration.busyMode = .timeout(Self.patience)
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // What is dropped is overwritten, not merely unlinked.
        try database.execute(sql: "PRAGMA secure_delete = ON")
      }
      let database = try DatabaseQueue(path: path, configuration: configuration)
      try prepare(database)
      return database
    }
    file = FileIdentity(path)
  }

  /// Whether the file that was opened is still the one of that name.
  var isInPlace: Bool { file != nil && FileIdentity(path) == file }

  /// How long another writer is waited for, in seconds. A teller must not feel it.
  private static let patience = 0.3

  // MARK: Appending

  /// Appends all or nothing; when it returns, they are on disk.
  ///
  /// - Parameter seal: asked for only when something is to be sealed.
  /// - Parameter condition: looked at in the same transaction; when it does not hold, nothing is appended.
  /// - Returns: the numbers of the cases, by their id; nil when the condition did not hold.
  @discardableResult
  func append(
    _ drafts: [Draft], seal: () throws -> Seal, onlyIf condition: (Database) throws -> Bool = { _ in true }
  ) throws -> [String: Int]? {
    let written = try drafts.map { try $0.written(seal) }
    return try reporting {
      try database.write { database in
        guard try condition(database) else { return nil }
        var numbers: [String: Int] = [:]
        var (number, previous) = try Self.head(database)
        for event in written {
          number += 1
          let caseNumber = try Self.caseNumber(event.caseID, database)
          numbers[event.caseID] = caseNumber
          let salt = Chain.newSalt()
          let digest = Chain.digest(salt: salt, payload: event.payload, sealed: event.sealed)
          let row = Row(
            number: number, caseNumber: caseNumber, caseID: event.caseID, session: event.session, turn: event.turn,
            kind: event.kind.rawValue, at: event.at, payload: event.payload, salt: salt, sealed: event.sealed,
            digest: digest, previous: previous, hash: Data())
          let hash = row.expectedHash
          try row.with(hash: hash).insert(database)
          previous = hash
        }
        for dropped in written.flatMap(\.drops) { try Self.drop(dropped, database) }
        return numbers
      }
    }
  }

  private static func head(_ database: Database) throws -> (number: Int64, hash: Data) {
    let last = try Row.order(Column("number").desc).fetchOne(database)
    return (last?.number ?? 0, last?.hash ?? Chain.first)
  }

  /// The number a case has, or the next one.
  private static func caseNumber(_ id: String, _ database: Database) throws -> Int {
    if id.isEmpty { return 0 }
    if let known = try Int.fetchOne(database, sql: "SELECT caseNumber FROM event WHERE caseID = ? LIMIT 1", arguments: [id]) {
      return known
    }
    return (try Int.fetchOne(database, sql: "SELECT max(caseNumber) FROM event") ?? 0) + 1
  }

  private static func drop(_ number: Int64, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE event SET payload = NULL, salt = NULL, sealed = NULL WHERE number = ?", arguments: [number])
  }

  // MARK: Reading

  /// The number the next new case will be given, as things stand.
  public func nextCaseNumber() throws -> Int {
    try reporting {
      try database.read { (try Int.fetchOne($0, sql: "SELECT max(caseNumber) FROM event") ?? 0) + 1 }
    }
  }

  /// Events in order.
  ///
  /// - Parameter caseNumber: of one case; nil for all there are.
  public func events(ofCase caseNumber: Int? = nil) throws -> [Event] {
    try reporting {
      try database.read { database in
        let rows = Row.order(Column("number"))
        return try (caseNumber.map { rows.filter(Column("caseNumber") == $0) } ?? rows).fetchAll(database)
          .map { try $0.event(path) }
      }
    }
  }

  public func eventCount() throws -> Int { try reporting { try database.read { try Row.fetchCount($0) } } }

  /// The last event that has something sealed beside it.
  public func lastSealed() throws -> Event? {
    try reporting {
      try database.read {
        try Row.filter(Column("sealed") != nil).order(Column("number").desc).fetchOne($0)?.event(path)
      }
    }
  }

  /// The last cases, latest first: further back nobody looks for one that was left open.
  func lastCaseNumbers() throws -> [Int] {
    try reporting {
      try database.read {
        try Int.fetchAll($0, sql: "SELECT DISTINCT caseNumber FROM event WHERE caseNumber > 0 ORDER BY caseNumber DESC LIMIT 20")
      }
    }
  }

  /// Whether a case is one that nobody closed, and that no other console works on.
  ///
  /// - Parameter session: the one that asks.
  func isLeft(_ caseID: String, by session: String = "", in database: Database) throws -> Bool {
    let rows = try Row.filter(Column("caseID") == caseID).order(Column("number")).fetchAll(database)
    // What a command noted of the case is no work on it.
    guard let last = rows.last(where: { !$0.session.isEmpty }) else { return false }
    let owner = try Row.filter(Column("kind") == Event.Kind.sessionOpened.rawValue && Column("session") == last.session)
      .fetchOne(database)?.event(path).payload?.process
    return last.kind != Event.Kind.caseClosed.rawValue && (last.session == session || owner?.isAlive != true)
  }

  func isLeft(_ caseID: String) throws -> Bool {
    try reporting { try database.read { try isLeft(caseID, in: $0) } }
  }

  /// Every event of a case that has words in the clear, as they would stand sealed.
  func words(ofCase caseID: String, seal: Seal) throws -> [(number: Int64, secret: Secret)] {
    let events = try reporting {
      try database.read { database in
        try Row.filter(Column("caseID") == caseID).order(Column("number")).fetchAll(database).map { try $0.event(path) }
      }
    }
    return try events.compactMap { event in
      guard let payload = event.payload, payload.text != nil || payload.reason != nil else { return nil }
      var secret = try event.secret(seal) ?? Secret()
      secret.payload = payload
      return (event.number, secret)
    }
  }

  // MARK: Proving

  /// Checks the whole chain.
  ///
  /// - Returns: what is wrong with the first event that is broken; nil when all is whole.
  public func verify() throws -> Diagnostic? {
    try reporting {
      try database.read { database in
        let dropped = try Self.droppedNumbers(database, path)
        var previous = Chain.first
        var expected: Int64 = 1
        let rows = try Row.order(Column("number")).fetchCursor(database)
        while let row = try rows.next() {
          func broken(_ flaw: Problem.ChainFlaw) -> Diagnostic {
            Diagnostic(.brokenEvent(Int(row.number), flaw), at: Place(file: path))
          }
          if row.number != expected { return Diagnostic(.brokenEvent(Int(expected), .missing), at: Place(file: path)) }
          if row.previous != previous { return broken(.notTheSuccessor) }
          if row.hash != row.expectedHash { return broken(.changed) }
          if dropped.contains(row.number) {
            // Nothing may have been put where something was dropped.
            if row.payload != nil || row.salt != nil || row.sealed != nil { return broken(.changed) }
          } else if let payload = row.payload, let salt = row.salt {
            if Chain.digest(salt: salt, payload: payload, sealed: row.sealed) != row.digest { return broken(.changed) }
          } else {
            return broken(.emptied)
          }
          previous = row.hash
          expected += 1
        }
        // What was cut off at the end leaves the counter behind.
        let last = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0
        return last >= expected ? Diagnostic(.brokenEvent(Int(expected), .missing), at: Place(file: path)) : nil
      }
    }
  }

  /// Events whose text an event of the journal says was dropped.
  private static func droppedNumbers(_ database: Database, _ path: String) throws -> Set<Int64> {
    let kinds = [Event.Kind.dropped, .sealedLater].map(\.rawValue)
    return Set(
      try Row.filter(kinds.contains(Column("kind"))).fetchAll(database)
        // One that is broken is named when its turn comes.
        .flatMap { (try? $0.event(path).payload?.events) ?? [] })
  }

  // MARK: Dropping and keeping

  /// Drops what was said and done in every case that ended before a day, and in sessions before it; the chain stays
  /// provable. An append-only event says which.
  ///
  /// - Returns: how many events were emptied.
  public func drop(before day: Date, at time: Date) throws -> Int {
    let limit = Timestamp.text(day)
    let rows = try reporting {
      try database.read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT * FROM event WHERE payload IS NOT NULL AND kind <> 'dropped' AND (
              caseNumber = 0 AND at < ? OR caseNumber > 0 AND caseNumber IN (
                SELECT caseNumber FROM event WHERE caseNumber > 0 AND kind NOT IN ('exported', 'seal-shown')
                GROUP BY caseNumber HAVING max(at) < ?))
            ORDER BY number
            """, arguments: [limit, limit])
      }
    }
    if rows.isEmpty { return 0 }
    // An event that took over the words of others goes too: from now on this one says that they are gone.
    let numbers = try rows.map(\.number) + rows.filter { $0.kind == Event.Kind.sealedLater.rawValue }
      .flatMap { try $0.event(path).payload?.events ?? [] }
    try append(
      [Draft(session: "", kind: .dropped, at: time, drops: Set(numbers).sorted())],
      seal: { throw Diagnostic(.sealDoesNotOpen) })
    try settle()
    return rows.count
  }

  /// A copy that is whole, made while others write.
  public func backUp(to target: String) throws {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw Diagnostic(.fileExists, at: Place(file: target))
    }
    try PrivateFile.createFolder(of: target)
    let file = open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Diagnostic(.unreadableFile(reason: String(cString: strerror(errno))), at: Place(file: target)) }
    close(file)
    try Self.reporting(target) {
      let copy = try DatabaseQueue(path: target)
      try database.backup(to: copy)
      // One file that can be carried away by itself.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    }
  }

  /// Puts a backup in the place of a journal. Consoles that have the old one open go over to it by themselves.
  ///
  /// - Throws: ``Diagnostic`` when the backup is none or is broken; the journal is then left as it is.
  public static func restore(_ backup: String, to path: String) throws {
    if let broken = try JournalStore(existing: backup, forReading: true).verify() { throw broken }
    try PrivateFile.createFolder(of: path)
    let new = path + ".new"
    do {
      try? FileManager.default.removeItem(atPath: new)
      try FileManager.default.copyItem(atPath: backup, toPath: new)
      chmod(new, 0o600)
      // What the old journal had not yet written back must not be taken for the new one's.
      for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
      guard rename(new, path) == 0 else {
        throw Diagnostic(.unreadableFile(reason: String(cString: strerror(errno))), at: Place(file: path))
      }
    } catch let error as CocoaError {
      throw Diagnostic(.unreadableFile(reason: error.localizedDescription), at: Place(file: path))
    }
  }

  /// Writes back and truncates the companion files, so that nothing dropped lingers there.
  func settle() throws {
    try reporting { try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
  }

  // MARK: What is wrong

  private func reporting<Value>(_ work: () throws -> Value) throws -> Value { try Self.reporting(path, work) }

  /// Says in the catalogue's words what SQLite says in its own.
  private static func reporting<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      let place = Place(file: path)
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw Diagnostic(.journalLocked, at: place)
      case .SQLITE_FULL: throw Diagnostic(.journalFull, at: place)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw Diagnostic(.journalDamaged, at: place)
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: throw Diagnostic(.journalUnwritable, at: place)
      default: throw Diagnostic(.journalFailed(error.message ?? "\(error.resultCode)"), at: place)
      }
    }
  }
}

/// Which file a name stands for.
private struct FileIdentity: Equatable {
  private let device: dev_t
  private let node: ino_t

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    node = status.st_ino
  }
}
