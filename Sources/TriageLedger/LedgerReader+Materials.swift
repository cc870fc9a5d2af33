import Foundation
import GRDB
public import TriageCore

/// A file that came with a case, or that a department put beside its answer.
public struct CaseMaterial: Sendable, Equatable {
  /// As its sender named it; anything may stand in it.
  public var name: String
  /// Hex, lower case.
  public var sha256: String
  public var size: Int
  /// Nil: they lie in `state/files`.
  public var bytes: [UInt8]?
  public init(name: String, sha256: String, size: Int, bytes: [UInt8]?) {
    self.name = name
    self.sha256 = sha256
    self.size = size
    self.bytes = bytes
  }
}

extension LedgerReader {
  /// The files of these cases in the order in which they came; none that were erased.
  public func materials(of ids: [CaseID]) throws(LedgerError) -> [CaseID: [CaseMaterial]] {
    guard !ids.isEmpty else { return [:] }
    let marks = Array(repeating: "?", count: ids.count).joined(separator: ", ")
    return try connection.perform { db in
      var found: [CaseID: [CaseMaterial]] = [:]
      let rows = try db.rows(
        """
        SELECT c.id, m.name, o.sha256, o.size, o.bytes FROM cases c JOIN materials m ON m.case_number = c.number
        JOIN originals o ON o.number = m.original
        WHERE c.id IN (\(marks)) AND m.kind = 'attachment' AND o.place IN ('ledger', 'file')
        ORDER BY m.case_number, m.position
        """, StatementArguments(ids.map(\.rawValue)))
      for row in rows {
        let material = CaseMaterial(
          name: row[1], sha256: Hex.string(row[2] as Data), size: row[3],
          bytes: (row[4] as Data?).map { Array($0) })
        found[CaseID(row[0]), default: []].append(material)
      }
      return found
    }
  }

  /// Where the bytes of a file that is not in the ledger itself lie.
  public func path(of material: CaseMaterial) -> String { originals.path(of: material.sha256) }
}
