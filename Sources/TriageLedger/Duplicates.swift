import GRDB
import TriageCore

/// The earlier cases that a new one repeats: one query for both keys.
struct Duplicates {
  private var sameRecord: [Earlier] = []
  /// The last of that source id.
  private var sameSource: Earlier?

  struct Earlier {
    let id: CaseID
    let number: Int64
    let version: Int
    let isOpen: Bool
  }

  init(_ db: Database, duplicateKey: [UInt8], sourceKey: [UInt8]?) throws {
    let found = try db.all(
      """
      SELECT 0, id, number, version, open FROM cases WHERE duplicate_key = ?
      UNION ALL SELECT * FROM
        (SELECT 1, id, number, version, open FROM cases WHERE source_key = ? ORDER BY number DESC LIMIT 1)
      """, duplicateKey, sourceKey
    ) { row in
      (
        isSource: row.int(0) == 1,
        Earlier(
          id: CaseID(row.text(1)), number: row.int(2), version: Int(row.int(3)), isOpen: row.int(4) == 1)
      )
    }
    for (isSource, earlier) in found {
      if isSource { sameSource = earlier } else { sameRecord.append(earlier) }
    }
  }

  /// The open case that is the same record; of several the first.
  var open: Earlier? { sameRecord.filter(\.isOpen).min { $0.number < $1.number } }

  /// What a new case is linked to: the last closed case that is the same record, else the last of that source id.
  var link: CaseEvent.Linked? {
    if let last = sameRecord.max(by: { $0.number < $1.number }) {
      return .init(to: last.id, why: .duplicateOfClosed)
    }
    return sameSource.map { .init(to: $0.id, why: .sameSourceID) }
  }
}
