import Foundation
import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("Opening a ledger")
struct OpeningTests {
  let scratch = Scratch()

  @Test(
    "Promise 1, never lost: every commit is synchronous, in WAL mode, with foreign keys and secure delete")
  func durable() throws {
    let ledger = try scratch.ledger()
    let (synchronous, mode, keys, secure) = try ledger.connection.perform { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"),
        try Int.fetchOne(db, sql: "PRAGMA foreign_keys"), try Int.fetchOne(db, sql: "PRAGMA secure_delete")
      )
    }
    #expect(synchronous == 2)
    #expect(mode == "wal")
    #expect(keys == 1)
    #expect(secure == 1)
  }

  @Test("The root's id is made once")
  func identity() throws {
    let root = try scratch.ledger().rootID
    #expect(root.utf8.count == 32)
    #expect(try scratch.ledger().rootID == root)
    #expect(try LedgerReader(directory: scratch.state).rootID() == root)
    #expect(try Scratch().ledger().rootID != root)
  }

  @Test("Every schema is what it was when it was released", arguments: 1...Schema.current)
  func goldenSchema(version: Int) throws {
    try FileManager.default.createDirectory(atPath: scratch.state, withIntermediateDirectories: true)
    let connection = try Connection(path: Ledger.path(in: scratch.state), readonly: false)
    try Opening.prepare(connection, migrations: Array(Schema.migrations.prefix(version)))
    let schema = try connection.perform { db in
      try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .joined(separator: ";\n\n") + ";\n"
    }
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/ledger/schema-\(version).sql")
    #expect(schema == (try String(contentsOf: golden, encoding: .utf8)))
  }

  @Test("A ledger of a newer triaged is refused and not touched")
  func newerSchema() throws {
    _ = try scratch.ledger()
    try scratch.tamper("PRAGMA user_version = 99")
    let before = try DurableFile.read(Ledger.path(in: scratch.state))
    #expect(throws: LedgerError.newerSchema(found: 99, known: Schema.current)) { try scratch.ledger() }
    #expect(throws: LedgerError.newerSchema(found: 99, known: Schema.current)) {
      try LedgerReader(directory: scratch.state)
    }
    #expect(try DurableFile.read(Ledger.path(in: scratch.state)) == before)
  }

  @Test("A database of something else is not taken over")
  func foreignDatabase() throws {
    try FileManager.default.createDirectory(atPath: scratch.state, withIntermediateDirectories: true)
    try scratch.tamper("CREATE TABLE songs (title TEXT)")
    #expect(throws: LedgerError.notALedger(Ledger.path(in: scratch.state))) { try scratch.ledger() }
  }

  @Test("A migration runs once, in one transaction, and keeps a copy of the ledger as it was")
  func migration() throws {
    try scratch.ledger().take([Sample.record(1)])
    let path = Ledger.path(in: scratch.state)
    let connection = try Connection(path: path, readonly: false)
    let current = Schema.current
    let broken = Schema.migrations + ["CREATE TABLE added (x INTEGER) STRICT; CREATE TABLE events (x)"]
    #expect(throws: LedgerError.self) {
      try Opening.prepare(connection, migrations: broken)
    }
    #expect(try connection.perform { try Schema.version(of: $0, path: path) } == current)
    let good = Schema.migrations + ["CREATE TABLE added (x INTEGER) STRICT;"]
    try Opening.prepare(connection, migrations: good)
    try Opening.prepare(connection, migrations: good)
    #expect(try connection.perform { try $0.tableExists("added") })
    #expect(throws: LedgerError.newerSchema(found: current + 1, known: current)) { try scratch.ledger() }
    let old = try Connection(path: path + ".before-\(current + 1)", readonly: true)
    #expect(try old.perform { try Schema.version(of: $0, path: path) } == current)
  }

  @Test("A damaged ledger is refused with the way back: restore", arguments: [0, 24, 100])
  func damaged(_ offset: Int) throws {
    try scratch.ledger().take((0..<20).map { try Sample.record($0) })
    try scratch.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
    let path = Ledger.path(in: scratch.state)
    var bytes = try DurableFile.read(path)
    if offset == 100 {
      for page in stride(from: 8192, to: bytes.count, by: 8192) { bytes[page] = 0xEE }
    } else {
      for at in offset..<offset + 16 { bytes[at] = 0xEE }
    }
    try DurableFile.write(bytes, to: path)
    do throws(LedgerError) {
      _ = try Ledger(directory: scratch.state)
      // The change counter at offset 24 is no content: SQLite may bear another value.
      #expect(offset == 24)
    } catch {
      guard case .corrupt = error else {
        Issue.record("\(error)")
        return
      }
      #expect(error.message.en.contains("triaged ledger restore"))
      #expect(error.message.zh.contains("triaged ledger restore"))
      #expect(error.passes == false)
    }
  }

  @Test("A full disk is told from other failures, leaves nothing half recorded, and passes")
  func diskFull() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    try ledger.connection.perform { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    ledger.deferDone(try ledger.pendingRemovals().map(\.key))
    let batch = try (2..<80).map { try Sample.record($0) }
    #expect(throws: LedgerError.diskFull(Ledger.path(in: scratch.state))) { try ledger.take(batch) }
    #expect(LedgerError.diskFull("").passes)
    #expect(try ledger.read.counts(at: Sample.now).cases == 1)
    try ledger.connection.perform { db in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
    #expect(try ledger.take(batch).count == 78)
    #expect(try ledger.pendingRemovals().count == 78)
    #expect(try ledger.read.verify().isIntact)
  }

  @Test("A reader sees what is committed while the writer goes on, and can write nothing")
  func readerBesideWriter() throws {
    let ledger = try scratch.ledger()
    let reader = try LedgerReader(directory: scratch.state)
    try ledger.take([Sample.record(1)])
    #expect(try reader.counts(at: Sample.now).cases == 1)
    try ledger.take([Sample.record(2)])
    #expect(try reader.search(CaseQuery()).map(\.id) == ["ZZ20261121-0002", "ZZ20261121-0001"])
    #expect(throws: LedgerError.self) { try reader.connection.perform { try $0.run("DELETE FROM cases") } }
    #expect(throws: LedgerError.missing(Ledger.path(in: "/nonexistent"))) {
      try LedgerReader(directory: "/nonexistent")
    }
  }

  @Test("What a crash left half stored is cleared at the next opening")
  func sweep() throws {
    _ = try scratch.ledger()
    try DurableFile.write([1], to: scratch.state + "/files/.new-1-1")
    _ = try scratch.ledger()
    #expect(DurableFile.names(in: scratch.state + "/files").isEmpty)
  }

  @Test("A local folder is no network file system")
  func localFolder() { #expect(FileSystem.networkKind(of: NSTemporaryDirectory()) == nil) }
}
