import Foundation
import GRDB
import TriageCore

/// Files of the inbox that are recorded and still to be removed, with what became of them.
///
/// A row ends with the removal, so the same name, inode and time may come again later as a new record.
struct Removals {
  let db: Database

  /// The outcomes of this very file if it is recorded and was not yet removed: a crash came between.
  ///
  /// The digest must agree too; other bytes under the same identity are another record.
  func outcomes(of file: InboxFile, original: Int64) throws -> [IntakeOutcome]? {
    guard
      let row = try db.row(
        "SELECT outcomes FROM removals WHERE key = ? AND original = ?", [file.key, original])
    else { return nil }
    return (row[0] as String).split(separator: "\n").compactMap(Self.outcome)
  }

  func add(_ file: InboxFile, original: Int64, outcomes: [IntakeOutcome]) throws {
    try db.run(
      """
      INSERT INTO removals (key, path, device, inode, size, mtime, is_folder, original, outcomes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET original = excluded.original, outcomes = excluded.outcomes
      """,
      [
        file.key, file.path.data, Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.size,
        file.mtimeNanos, file.isFolder, original, outcomes.map(Self.line).joined(separator: "\n"),
      ])
  }

  func pending() throws -> [InboxFile] {
    try db.rows("SELECT path, device, inode, size, mtime, is_folder FROM removals").map { row in
      InboxFile(
        path: Array(row[0] as Data), device: UInt64(bitPattern: row[1]), inode: UInt64(bitPattern: row[2]),
        size: row[3], mtimeNanos: row[4], isFolder: row[5])
    }
  }

  private static func line(_ outcome: IntakeOutcome) -> String {
    switch outcome {
    case .taken(let id): "+\(id)"
    case .duplicate(let id): "=\(id)"
    }
  }

  private static func outcome(_ line: Substring) -> IntakeOutcome? {
    let id = CaseID(String(line.dropFirst()))
    return line.hasPrefix("+") ? .taken(id) : line.hasPrefix("=") ? .duplicate(of: id) : nil
  }
}

extension [UInt8] {
  /// As SQLite's binding wants it.
  var data: Data { Data(self) }
}
