import GRDB
import TriageCore

/// The table of originals: each content once, its bytes here or in `state/files`.
struct OriginalRows {
  let db: Database
  let store: OriginalStore

  /// The number of the original; its bytes are kept if they are not yet.
  ///
  /// Bytes too large for the ledger's file are stored, durably, before the transaction goes on.
  func keep(_ original: Original) throws -> Int64 {
    guard let digest = Hex.bytes(original.sha256), digest.count == 32 else {
      throw LedgerError.inconsistent("not a SHA-256: \(original.sha256)")
    }
    if let bytes = original.bytes, bytes.count <= Limits.inlineOriginalBytes,
      let number = try insert(digest, bytes.count, "ledger", bytes)
    {
      return number
    }
    let known = try db.first("SELECT number, place FROM originals WHERE sha256 = ?", digest) { row in
      (number: row.int(0), place: row.text(1))
    }
    if let known, known.place == "ledger" || known.place == "file" { return known.number }
    let (place, bytes) = try place(original)
    guard let known else {
      guard let number = try insert(digest, original.size, place, bytes) else {
        throw LedgerError.inconsistent("the original is there and is not: \(original.sha256)")
      }
      return number
    }
    // It was erased with an earlier case, and came again with a new one.
    try db.run("UPDATE originals SET place = ?, bytes = ? WHERE number = ?", place, bytes, known.number)
    return known.number
  }

  /// Nil when the content is known already.
  private func insert(_ digest: [UInt8], _ size: Int, _ place: String, _ bytes: [UInt8]?) throws -> Int64? {
    // Not RETURNING: for its rows SQLite makes a table at every statement.
    try db.run(
      """
      INSERT INTO originals (sha256, size, place, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING
      """, digest, size, place, bytes)
    return db.changesCount == 1 ? db.lastInsertedRowID : nil
  }

  private func place(_ original: Original) throws -> (String, [UInt8]?) {
    guard let bytes = original.bytes else {
      guard DurableFile.exists(store.path(of: original.sha256)) else {
        throw LedgerError.originalMissing(original.sha256)
      }
      return ("file", nil)
    }
    if bytes.count <= Limits.inlineOriginalBytes { return ("ledger", bytes) }
    guard try store.store(bytes).sha256 == original.sha256 else {
      throw LedgerError.inconsistent("the digest is of other bytes: \(original.sha256)")
    }
    return ("file", nil)
  }

  /// Adds an original to a case that has others: a duplicate that arrived, an attachment. Twice the same is once.
  /// - Returns: whether the case did not have it.
  @discardableResult
  func attach(_ original: Int64, kind: String, name: String, to number: Int64) throws -> Bool {
    try db.run(
      """
      INSERT INTO materials (case_number, position, kind, name, original)
      SELECT ?1, 1 + coalesce((SELECT max(position) FROM materials WHERE case_number = ?1), 0), ?2, ?3, ?4
      WHERE NOT EXISTS (SELECT 1 FROM materials
        WHERE case_number = ?1 AND kind = ?2 AND name = ?3 AND original = ?4)
      """, number, kind, name, original)
    return db.changesCount > 0
  }
}
