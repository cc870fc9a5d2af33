import GRDB
import Glibc
import TriageCore

/// What is done once when a ledger is opened for writing: schema, durability, a look at the file's health.
enum Opening {
  /// - Parameter whole: a ledger that is to be made anew from what is left of it need not be.
  static func prepare(
    _ connection: Connection, migrations: [String] = Schema.migrations, requiringHealth whole: Bool = true
  ) throws(LedgerError) {
    let path = connection.path
    let version = try connection.perform { db in
      try Schema.version(of: db, path: path, known: migrations.count)
    }
    try requireFullSync(connection)
    if whole { try requireHealth(connection) }
    if version == migrations.count { return }
    if version > 0 { try keepCopy(connection, to: "\(path).before-\(migrations.count)") }
    try connection.transaction { db in
      try Schema.migrate(db, from: version, through: migrations)
      if version == 0 { try identify(db) }
    }
  }

  static func root(_ db: Database) throws -> String {
    guard let root = try String.fetchOne(db, sql: "SELECT root FROM identity") else {
      throw LedgerError.inconsistent("the ledger has no identity")
    }
    return root
  }

  /// GRDB sets NORMAL when it turns WAL on, whatever was set before, and NORMAL loses commits in a power cut
  /// (sqlite.org/pragma.html#pragma_synchronous): so FULL is set after the opening, and asked for.
  private static func requireFullSync(_ connection: Connection) throws(LedgerError) {
    let synchronous = try connection.perform { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      return try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
    }
    if synchronous != 2 { throw .notDurable(synchronous) }
  }

  /// A large ledger is checked by `verify` alone: a start must not take minutes.
  private static func requireHealth(_ connection: Connection) throws(LedgerError) {
    var status = stat()
    if stat(connection.path, &status) == 0, status.st_size > Limits.quickCheckBytes { return }
    let path = connection.path
    try connection.perform { db in
      let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
      if answer != "ok" { throw LedgerError.corrupt(path: path, detail: answer) }
    }
  }

  /// The file as it was before a migration, for the way back to the older triaged.
  private static func keepCopy(_ connection: Connection, to path: String) throws(LedgerError) {
    if DurableFile.exists(path) { return }
    try LedgerBackup.copyDatabase(connection, to: path)
  }

  private static func identify(_ db: Database) throws {
    var random = SystemRandomNumberGenerator()
    let root = Hex.string((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    try db.run("INSERT INTO identity (one, root) VALUES (1, ?)", root)
  }
}
