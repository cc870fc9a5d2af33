import GRDB

/// The one place where the SQL library is called: typed errors, transactions, cached statements.
///
/// A `DatabaseQueue` runs one thing at a time, so it may be shared; in WAL mode readers of other connections go on
/// beside the writer.
struct Connection: Sendable {
  let path: String
  let queue: DatabaseQueue

  init(path: String, readonly: Bool) throws(LedgerError) {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.readonly = readonly
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    if !readonly { configuration.journalMode = .wal }
    configuration.prepareDatabase { db in
      if !readonly {
        // Erased payloads must not stay readable in free pages.
        try db.execute(sql: "PRAGMA secure_delete = ON")
        // One payload of the usual size fits a page: fewer, larger writes. Only a new file takes it.
        try db.execute(sql: "PRAGMA page_size = 8192")
        // Pages that batch after batch changes (indexes over digests) reach the file once in 32 MB of log.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
      }
      try db.execute(sql: "PRAGMA cache_size = \(readonly ? -8000 : -32000)")
    }
    self.path = path
    do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// One statement, or several that need no common view.
  func perform<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
    do { return try queue.writeWithoutTransaction(body) } catch { throw LedgerError(error, path: path) }
  }

  /// All or nothing, with the write lock from the start.
  func transaction<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
    try perform { db in try Self.run(.immediate, db, body) }
  }

  /// Several reads of one moment.
  func snapshot<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
    try perform { db in try Self.run(.deferred, db, body) }
  }

  private static func run<T>(
    _ kind: Database.TransactionKind, _ db: Database, _ body: (Database) throws -> T
  ) throws -> T {
    try db.beginTransaction(kind)
    do {
      let result = try body(db)
      try db.commit()
      return result
    } catch {
      // SQLite may have rolled back by itself (SQLITE_FULL, SQLITE_IOERR); the first error is the one to report.
      if db.isInsideTransaction { try? db.rollback() }
      throw error
    }
  }
}

extension Database {
  /// The first row of a statement that is prepared once and kept.
  func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
    try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }

  func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
    try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
  }
}
