import FanzhaCatalogue
import GRDB

/// The journal's tables, step by step. Forward only: a step that has been released is never edited.
enum Migrations {
  static func migrate(_ database: DatabaseQueue) throws {
    let migrator = migrator
    try check(database, migrator)
    try migrator.migrate(database)
  }

  /// - Throws: ``Diagnostic`` when a newer program has written the journal.
  static func check(_ database: DatabaseQueue) throws { try check(database, migrator) }

  private static func check(_ database: DatabaseQueue, _ migrator: DatabaseMigrator) throws {
    try database.read { database in
      if try migrator.hasBeenSuperseded(database) { throw Diagnostic(.journalTooNew) }
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 events") { database in
      try database.execute(
        sql: """
          CREATE TABLE event (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            caseNumber INTEGER NOT NULL,
            caseID TEXT NOT NULL,
            session TEXT NOT NULL,
            turn INTEGER NOT NULL,
            kind TEXT NOT NULL,
            at TEXT NOT NULL,
            payload TEXT CHECK (payload IS NULL OR json_valid(payload)),
            salt BLOB,
            sealed BLOB,
            digest BLOB NOT NULL,
            previous BLOB NOT NULL,
            hash BLOB NOT NULL
          ) STRICT;
          CREATE INDEX eventOfCase ON event (caseNumber, number);
          CREATE INDEX eventByCaseID ON event (caseID);
          CREATE TRIGGER eventsAreNeverDeleted BEFORE DELETE ON event
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
          -- What an event says may be dropped; nothing else of it may change.
          CREATE TRIGGER eventsAreNeverChanged BEFORE UPDATE ON event
            WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.sealed IS NOT NULL
              OR NEW.number IS NOT OLD.number OR NEW.caseNumber IS NOT OLD.caseNumber OR NEW.caseID IS NOT OLD.caseID
              OR NEW.session IS NOT OLD.session OR NEW.turn IS NOT OLD.turn OR NEW.kind IS NOT OLD.kind
              OR NEW.at IS NOT OLD.at OR NEW.digest IS NOT OLD.digest OR NEW.previous IS NOT OLD.previous
              OR NEW.hash IS NOT OLD.hash
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
          """)
    }
    return migrator
  }
}
