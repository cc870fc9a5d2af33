import Foundation
import GRDB
public import TriageCore

/// Erasing what a case says of people, once its retention is over. The events stay in the chain, without payloads.
extension Ledger {
  /// Erases the payloads of a case, the words in its columns, and its originals where no other case needs them.
  ///
  /// The freed pages are overwritten (secure_delete) and the write-ahead log is emptied, so that no copy is left in
  /// the ledger's files; backups are not reached.
  /// - Throws: `unknownCase`; `inconsistent` for an open case.
  public func erase(payloadsOf id: CaseID, at: Instant) throws(LedgerError) {
    try recording { db in
      guard let row = try db.row("SELECT number, open FROM cases WHERE id = ?", [id.rawValue]) else {
        throw LedgerError.unknownCase(id)
      }
      if row[1] as Bool { throw LedgerError.inconsistent("\(id) is open") }
      try Self.erase(row[0], at, db)
    }
    try finishErasures()
    try connection.perform { db in _ = try db.checkpoint(.truncate) }
  }

  private static func erase(_ number: Int64, _ at: Instant, _ db: Database) throws {
    try db.run(
      "DELETE FROM payloads WHERE sequence IN (SELECT sequence FROM events WHERE case_number = ?)", number)
    try db.run(
      """
      UPDATE cases SET title = '', source_id = NULL, duplicate_key = NULL, source_key = NULL, erased_at = ?
      WHERE number = ?
      """, at.seconds, number)
    try NearCases.erase(number, db)
    try db.run("UPDATE materials SET name = '' || position WHERE case_number = ?", number)
    try db.run(
      """
      UPDATE originals SET place = CASE place WHEN 'file' THEN 'erasing' ELSE 'erased' END, bytes = NULL
      WHERE place IN ('ledger', 'file')
        AND number IN (SELECT original FROM cases WHERE number = ?1
          UNION SELECT original FROM materials WHERE case_number = ?1)
        AND NOT EXISTS (SELECT 1 FROM cases WHERE original = originals.number AND erased_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM materials m JOIN cases c ON c.number = m.case_number
          WHERE m.original = originals.number AND c.erased_at IS NULL)
      """, number)
  }

  /// Removes the files of erased originals: after the transaction, since a removal cannot be taken back; a crash
  /// between is made good at the next opening.
  func finishErasures() throws(LedgerError) {
    let waiting = try connection.perform { db in
      try db.rows("SELECT number, sha256 FROM originals WHERE place = 'erasing'").map { row in
        (number: row[0] as Int64, sha256: Hex.string(row[1] as Data))
      }
    }
    for original in waiting {
      try originals.remove(original.sha256)
      try connection.transaction { db in
        try db.run("UPDATE originals SET place = 'erased' WHERE number = ?", original.number)
      }
    }
  }
}
