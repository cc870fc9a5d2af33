import Foundation
import GRDB
import TriageCore

/// Looks for earlier cases that a new one repeats.
struct Duplicates {
  let db: Database

  struct First {
    let id: CaseID
    let number: Int64
    let version: Int
  }

  /// The open case that is the same record.
  func open(_ duplicateKey: Data) throws -> First? {
    try db.row(
      "SELECT id, number, version FROM cases WHERE duplicate_key = ? AND open = 1 ORDER BY number LIMIT 1",
      [duplicateKey]
    ).map { First(id: CaseID($0[0]), number: $0[1], version: $0[2]) }
  }

  /// What a new case is linked to: the last closed case that is the same record, else the last of that source id.
  func link(duplicateKey: Data, sourceKey: Data?) throws -> CaseEvent.Linked? {
    if let row = try db.row(
      "SELECT id FROM cases WHERE duplicate_key = ? ORDER BY number DESC LIMIT 1", [duplicateKey])
    {
      return .init(to: CaseID(row[0]), why: .duplicateOfClosed)
    }
    guard let sourceKey else { return nil }
    return try db.row(
      "SELECT id FROM cases WHERE source_key = ? ORDER BY number DESC LIMIT 1", [sourceKey]
    ).map { .init(to: CaseID($0[0]), why: .sameSourceID) }
  }
}
