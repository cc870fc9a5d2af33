import Foundation
import GRDB
public import TriageCore

/// A case as it lies in the ledger, with its events still encoded: reading them is cheap, decoding them is work for
/// all processors.
public struct StoredCase: Sendable {
  /// Where `cases(after:)` goes on.
  public let number: Int64
  public let id: CaseID
  /// Its payloads were erased; there are no events to be had.
  public let isErased: Bool
  private let events: [(kind: String, at: Int64, sequence: Int64, body: Data?)]

  fileprivate init(
    number: Int64, id: CaseID, isErased: Bool,
    events: [(kind: String, at: Int64, sequence: Int64, body: Data?)]
  ) {
    self.number = number
    self.id = id
    self.isErased = isErased
    self.events = events
  }

  /// The events that were asked for, oldest first.
  /// - Throws: `erased`; `unreadableEvent`.
  public func decoded() throws(LedgerError) -> [(event: CaseEvent, at: Instant)] {
    var result: [(event: CaseEvent, at: Instant)] = []
    result.reserveCapacity(events.count)
    for stored in events {
      guard let body = stored.body else { throw .erased(id) }
      do {
        let event = try EventCoding.decode(kind: stored.kind, body: body)
        result.append((event, Instant(seconds: stored.at)))
      } catch {
        throw .unreadableEvent(sequence: stored.sequence, detail: "\(id): \(error)")
      }
    }
    return result
  }
}

/// Going through all cases without holding them all.
extension LedgerReader {
  /// Which cases to go through.
  public enum CaseRange: Sendable {
    case takenSince(Instant?)
    case open
  }

  /// The next cases, in the order of their taking.
  /// - Parameters:
  ///   - cursor: the `number` of the last one seen; 0 at first.
  ///   - kinds: of the events wanted; nil: all.
  public func cases(
    _ range: CaseRange, after cursor: Int64, kinds: Set<String>? = nil, limit: Int
  ) throws(LedgerError) -> [StoredCase] {
    let wanted = kinds.map { kinds in
      " AND e.kind IN (\(kinds.sorted().map { "'\($0)'" }.joined(separator: ", ")))"
    }
    let sql = """
      SELECT e.kind, e.at, e.sequence, p.payload FROM events e LEFT JOIN payloads p ON p.sequence = e.sequence
      WHERE e.case_number = ?\(wanted ?? "") ORDER BY e.version
      """
    return try connection.snapshot { db in
      try Self.rows(range, after: cursor, limit: limit, db).map { row in
        let erased = row[2] as Int64? != nil
        let events = try erased ? [] : db.rows(sql, [row[0] as Int64])
        return StoredCase(
          number: row[0], id: CaseID(row[1]), isErased: erased,
          events: events.map { ($0[0], $0[1], $0[2], $0[3]) })
      }
    }
  }

  private static func rows(_ range: CaseRange, after cursor: Int64, limit: Int, _ db: Database) throws
    -> [Row]
  {
    let columns = "SELECT number, id, erased_at FROM cases WHERE alert = 0 AND number > ?"
    switch range {
    case .open: return try db.rows("\(columns) AND open = 1 ORDER BY number LIMIT ?", [cursor, limit])
    case .takenSince(nil): return try db.rows("\(columns) ORDER BY number LIMIT ?", [cursor, limit])
    case .takenSince(let since?):
      return try db.rows(
        "\(columns) AND taken_at >= ? ORDER BY number LIMIT ?", [cursor, since.seconds, limit])
    }
  }

  /// The last event's number; 0 in an empty ledger.
  public func lastSequence() throws(LedgerError) -> Int64 {
    try connection.perform { db in try db.row("SELECT coalesce(max(sequence), 0) FROM events")?[0] ?? 0 }
  }

  /// What was mended in the queues after an event, in that order; each with the department that has the item.
  public func mends(after sequence: Int64) throws(LedgerError) -> [(
    item: ItemID, department: DepartmentID, what: CaseEvent.Mended.What
  )] {
    let found: [(ItemID, CaseEvent.Mended.What)] = try connection.perform { db in
      try db.rows(
        """
        SELECT c.id, p.payload FROM events e JOIN cases c ON c.number = e.case_number
        JOIN payloads p ON p.sequence = e.sequence WHERE e.kind = 'mended' AND e.sequence > ? ORDER BY e.sequence
        """, [sequence]
      ).compactMap { row in
        guard case .mended(let mended) = try EventCoding.decode(kind: "mended", body: row[1] as Data) else {
          return nil
        }
        return (ItemID(CaseID(row[0]), mended.item.role, mended.item.ordinal), mended.what)
      }
    }
    var mends: [(item: ItemID, department: DepartmentID, what: CaseEvent.Mended.What)] = []
    for (item, what) in found {
      guard let row = try self.item(item) else { continue }
      mends.append((item, row.department, what))
    }
    return mends
  }

  /// When the last event was recorded; nil in an empty ledger.
  public func lastEventTime() throws(LedgerError) -> Instant? {
    try connection.perform { db in
      try db.row("SELECT at FROM events ORDER BY sequence DESC LIMIT 1").map { Instant(seconds: $0[0]) }
    }
  }
}
