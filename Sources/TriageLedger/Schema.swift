import GRDB

/// The numbered migrations, and whether a file may be opened at all.
///
/// A file carries `application_id` and `user_version` (the number of migrations done). All that are missing run in
/// one transaction; a file of a newer version is refused before anything is written.
enum Schema {
  /// Append-only: an entry that was released is never edited.
  static let migrations: [String] = [
    Migration1.sql, Migration2.sql, Migration3.sql, Migration4.sql, Migration5.sql,
  ]
  static var current: Int { migrations.count }

  /// "TRGL" in SQLite's header (pragma application_id), so that a database of something else is not taken over.
  static let applicationID = 0x5452_474C

  /// - Throws: `notALedger`, `newerSchema`.
  static func version(of db: Database, path: String, known: Int = current) throws -> Int {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == applicationID || (application == 0 && version == 0 && tables == 0) else {
      throw LedgerError.notALedger(path)
    }
    guard version <= known else { throw LedgerError.newerSchema(found: version, known: known) }
    return version
  }

  /// Brings the file to the current version; the caller holds the transaction.
  static func migrate(_ db: Database, from version: Int, through migrations: [String] = migrations) throws {
    for migration in migrations[version...] { try db.execute(sql: migration) }
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(migrations.count)")
  }

  /// Tables and indexes that are not as the migrations made them.
  static func differences(_ db: Database) throws -> [String] {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let fresh = try DatabaseQueue().write { db in
      try migrate(db, from: 0, through: Array(migrations.prefix(version)))
      return try definitions(db)
    }
    let found = try definitions(db)
    return Set(found.keys).union(fresh.keys).filter { found[$0] != fresh[$0] }.sorted()
  }

  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try db.all("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL") { row in
      ("\(row.text(0)) \(row.text(1))", row.text(2))
    }
    return Dictionary(rows) { first, _ in first }
  }
}
