import GRDB
import TriageCore

/// The earlier cases that a new one repeats.
///
/// A record with a source id can only repeat one of the same source id, and those lie together in their index;
/// digests of bare texts lie anywhere, so only records without an id are looked for there.
struct Duplicates {
  private let sameRecord: [Earlier]
  /// The last of that source id, if it was another record.
  private let sameSource: (id: CaseID, number: Int64)?

  struct Earlier {
    let id: CaseID
    let number: Int64
    let version: Int
    let isOpen: Bool
  }

  /// - Parameter keys: of the record, today's and those of earlier versions; all different.
  init(_ db: Database, keys: [[UInt8]], sourceKey: String?) throws {
    guard let sourceKey else {
      sameRecord = try keys.flatMap { key in
        try db.all(
          "SELECT id, number, version, open FROM cases WHERE duplicate_key = ? AND source_key IS NULL", key,
          read: Self.earlier)
      }
      sameSource = nil
      return
    }
    sameRecord = try keys.flatMap { key in
      try db.all(
        "SELECT id, number, version, open FROM cases WHERE source_key = ? AND duplicate_key = ?", sourceKey,
        key, read: Self.earlier)
    }
    sameSource =
      sameRecord.isEmpty
      ? try db.first(
        "SELECT id, number FROM cases WHERE source_key = ? ORDER BY number DESC LIMIT 1", sourceKey
      ) { (CaseID($0.text(0)), $0.int(1)) } : nil
  }

  private static func earlier(_ row: Columns) -> Earlier {
    Earlier(id: CaseID(row.text(0)), number: row.int(1), version: Int(row.int(2)), isOpen: row.int(3) == 1)
  }

  /// The open case that is the same record; of several the first.
  var open: Earlier? { sameRecord.filter(\.isOpen).min { $0.number < $1.number } }

  /// What a new case is linked to: the last closed case that is the same record, else the last of that source id.
  var last: (id: CaseID, number: Int64)? {
    sameRecord.max { $0.number < $1.number }.map { ($0.id, $0.number) } ?? sameSource
  }

  var why: CaseEvent.Linked.Why { sameRecord.isEmpty ? .sameSourceID : .duplicateOfClosed }
}
