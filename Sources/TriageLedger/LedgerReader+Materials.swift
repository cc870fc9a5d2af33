import Foundation
import GRDB
public import TriageCore

/// A file that came with a case, or that a department put beside its answer.
public struct CaseMaterial: Sendable, Equatable {
  public enum Place: Sendable {
    /// In the ledger itself.
    case ledger
    /// In `state/files`.
    case file
  }
  /// As its sender named it; anything may stand in it.
  public var name: String
  /// Hex, lower case.
  public var sha256: String
  public var size: Int
  public var place: Place
  public init(name: String, sha256: String, size: Int, place: Place) {
    self.name = name
    self.sha256 = sha256
    self.size = size
    self.place = place
  }
}

extension LedgerReader {
  /// The files of these cases in the order in which they came; none that were erased. Their bytes are read by
  /// `original(_:)`: there may be many, and all of them together may be more than a process can hold.
  public func materials(of ids: [CaseID]) throws(LedgerError) -> [CaseID: [CaseMaterial]] {
    guard !ids.isEmpty else { return [:] }
    // One statement for any number of cases: each other text would be prepared anew, and be kept.
    let list = (try? JSONEncoder().encode(ids.map(\.rawValue))) ?? Data()
    return try connection.perform { db in
      var found: [CaseID: [CaseMaterial]] = [:]
      try db.each(
        """
        SELECT c.id, m.name, o.sha256, o.size, o.place FROM json_each(?) j CROSS JOIN cases c ON c.id = j.value
        JOIN materials m ON m.case_number = c.number JOIN originals o ON o.number = m.original
        WHERE m.kind = 'attachment' AND o.place IN ('ledger', 'file')
        ORDER BY m.case_number, m.position
        """, String(decoding: list, as: UTF8.self)
      ) { row in
        let material = CaseMaterial(
          name: row.text(1), sha256: Hex.string(row.blob(2)), size: Int(row.int(3)),
          place: row.text(4) == "file" ? .file : .ledger)
        found[CaseID(row.text(0)), default: []].append(material)
      }
      return found
    }
  }

  /// Where the bytes of a file that is not in the ledger itself lie.
  public func path(of material: CaseMaterial) -> String { originals.path(of: material.sha256) }
}

extension LedgerReader {
  /// The files in which the record of a case came: the first, then those in which it came again, each once; without
  /// those that hold other cases too.
  /// - Returns: SHA-256, hex.
  public func ownOriginals(of id: CaseID) throws(LedgerError) -> [String] {
    try connection.perform { db in
      let rows = try db.rows(
        """
        WITH files (place, original) AS (
          SELECT 0, original FROM cases WHERE id = ?1
          UNION ALL SELECT m.position, m.original FROM materials m JOIN cases c ON c.number = m.case_number
          WHERE c.id = ?1 AND m.kind = 'duplicate')
        SELECT o.sha256, min(f.place) FROM files f JOIN originals o ON o.number = f.original
        WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.original = f.original AND c.id <> ?1)
          AND NOT EXISTS (SELECT 1 FROM materials m JOIN cases c ON c.number = m.case_number
            WHERE m.original = f.original AND m.kind = 'duplicate' AND c.id <> ?1)
        GROUP BY o.sha256 ORDER BY min(f.place)
        """, [id.rawValue])
      return rows.map { Hex.string($0[0] as Data) }
    }
  }
}
