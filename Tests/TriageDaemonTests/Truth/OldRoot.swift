import Foundation
import GRDB
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

/// A root as the triaged of commit 1610c94 left it (`Tests/Fixtures/ledger/root-1610c94.py`): sixteen cases in many
/// phases with a pause, an extension, links, duplicates, attachments, alerts, and one whose contents were erased.
final class OldRoot {
  static let now = Instant(seconds: 1_795_150_000)
  private let home: String
  var path: String { home + "/root" }
  var rules: String { home + "/rules" }
  var state: String { path + "/state" }
  var file: String { Ledger.path(in: state) }
  var truth: LedgerTruth { LedgerTruth(root: path) }

  init() throws {
    home = NSTemporaryDirectory() + "triaged-old-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let archive = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Fixtures/ledger/root-1610c94.tar.gz").standardizedFileURL.path
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/bin/tar")
    tar.arguments = ["-xzf", archive, "-C", home]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
    // Every opening by the daemon does this first.
    _ = try Ledger(directory: state)
  }
  deinit { try? FileManager.default.removeItem(atPath: home) }

  /// Changes the file behind the ledger's back.
  func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: file)
    try queue.writeWithoutTransaction { db in
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger[1]) }
    }
    try queue.close()
  }

  /// Every row of every table, but for the marks of the timers. Which order of the outbox came first tells nothing.
  func rows() throws -> [String: [String]] {
    let queue = try DatabaseQueue(path: file)
    defer { try? queue.close() }
    return try queue.read { db in
      let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
      var rows: [String: [String]] = [:]
      for table in tables {
        let columns = table == "effects" ? "key, kind, subject, department, detail, digest, not_before" : "*"
        rows[table] = try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(table)").map(\.description)
          .filter { !(table == "looks" && $0.contains("timers")) }.sorted()
      }
      return rows
    }
  }

  /// The rows in which two roots differ, a line each.
  static func difference(_ before: [String: [String]], _ after: [String: [String]]) -> [String] {
    Set(before.keys).union(after.keys).sorted().flatMap { table in
      let (was, now) = (Set(before[table] ?? []), Set(after[table] ?? []))
      return was.subtracting(now).map { "- \(table) \($0)" } + now.subtracting(was).map { "+ \(table) \($0)" }
    }
  }

  func columns(of table: String) throws -> [String] {
    let queue = try DatabaseQueue(path: file)
    defer { try? queue.close() }
    return try queue.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(table)')")
    }
  }

  func scalar(_ sql: String) throws -> Int {
    let queue = try DatabaseQueue(path: file)
    defer { try? queue.close() }
    return try queue.read { db in try Int.fetchOne(db, sql: sql) ?? 0 }
  }
}
