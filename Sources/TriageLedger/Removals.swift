import GRDB
import TriageCore

/// Files of the inbox that are recorded and still to be removed, with what became of them.
///
/// A row ends with the removal, so the same name, inode and time may come again later as a new record.
struct Removals {
  private let db: Database
  private var recorded: [String: Recorded] = [:]

  private struct Recorded {
    var original: Int64
    var outcomes: [IntakeOutcome]
  }

  /// Reads what is left over: little, since the marks of the batch before were written just now.
  init(_ db: Database) throws {
    self.db = db
    let rows = try db.all("SELECT key, original, outcomes FROM removals") { row in
      (row.text(0), Recorded(original: row.int(1), outcomes: Self.outcomes(row.text(2))))
    }
    recorded = Dictionary(rows) { _, last in last }
  }

  /// The outcomes of this very file if it is recorded and was not yet removed: a crash came between.
  ///
  /// The original must agree too; other bytes under the same identity are another record.
  func outcomes(of key: String, original: Int64) -> [IntakeOutcome]? {
    recorded[key].flatMap { $0.original == original ? $0.outcomes : nil }
  }

  mutating func add(_ file: InboxFile, key: String, original: Int64, outcomes: [IntakeOutcome]) throws {
    if recorded.updateValue(Recorded(original: original, outcomes: outcomes), forKey: key) != nil {
      try db.run("DELETE FROM removals WHERE key = ?", key)
    }
    try db.run(
      """
      INSERT INTO removals (key, path, device, inode, size, mtime, is_folder, original, outcomes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, key, file.path, Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.size,
      file.mtimeNanos, file.isFolder, original, outcomes.map(Self.line).joined(separator: "\n"))
  }

  static func pending(_ db: Database) throws -> [InboxFile] {
    try db.all("SELECT path, device, inode, size, mtime, is_folder FROM removals") { row in
      InboxFile(
        path: row.blob(0), device: UInt64(bitPattern: row.int(1)), inode: UInt64(bitPattern: row.int(2)),
        size: row.int(3), mtimeNanos: row.int(4), isFolder: row.int(5) == 1)
    }
  }

  private static func line(_ outcome: IntakeOutcome) -> String {
    switch outcome {
    case .taken(let id): "+\(id)"
    case .duplicate(let id): "=\(id)"
    }
  }

  private static func outcomes(_ lines: String) -> [IntakeOutcome] {
    lines.split(separator: "\n").map { line in
      let id = CaseID(String(line.dropFirst()))
      return line.hasPrefix("=") ? .duplicate(of: id) : .taken(id)
    }
  }
}
