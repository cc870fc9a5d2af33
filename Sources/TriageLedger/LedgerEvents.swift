import Crypto
import Foundation
import GRDB
public import TriageCore

/// Something that happened to the ledger as a whole, by a person's word.
public enum LedgerEvent: Sendable, Equatable {
  /// A backup took the ledger's place.
  case restored(Restored)
  /// What was newer than the ledger was set aside, and the numbering raised.
  case wentOnAfterRestore(WentOn)
  /// A queue that was known was made anew.
  case queueMade(DepartmentID)
  /// A folder of the root that was known was made anew.
  case placeMade(String)
  /// The originals up to this number were given up.
  case originalsLost(upTo: Int64, count: Int)

  public struct Restored: Sendable, Equatable, Codable {
    /// When the backup was made, and how far the ledger had come then.
    public var backupAt: Instant
    public var events: Int64
    public var head: String
  }
  public struct WentOn: Sendable, Equatable, Codable {
    /// The furthest that any head or marker had said.
    public var known: Int64
    /// Cases that were set aside to be taken again, and single items.
    public var cases: Int
    public var items: Int
    public init(known: Int64, cases: Int, items: Int) {
      self.known = known
      self.cases = cases
      self.items = items
    }
  }
  fileprivate struct Made: Codable { var name: String }
  fileprivate struct Lost: Codable {
    var upTo: Int64
    var count: Int
  }
}

/// An event of the ledger with its time and its place in the chain of cases: it stands after that event.
public struct StoredLedgerEvent: Sendable, Equatable {
  public var sequence: Int64
  public var event: LedgerEvent
  public var at: Instant
  public var after: Int64
}

/// The table of the ledger's own events: append-only, chained, each bound to the chain of cases.
///
///     hash = SHA-256(previous ‖ sequence ‖ kind ‖ 0 ‖ time ‖ after ‖ hash of that event ‖ SHA-256(body))
///
/// The first one's previous hash is SHA-256 of the root's id and ` ledger`.
enum LedgerEvents {
  static func append(_ event: LedgerEvent, _ db: Database, root: String, at: Instant) throws {
    let last = try db.row("SELECT sequence, hash FROM ledger_events ORDER BY sequence DESC LIMIT 1")
    let chain = try EventChain(db, root: root)
    let (kind, body) = try encode(event)
    let sequence: Int64 = (last?[0] ?? 0) + 1
    let hash = hash(
      previous: last.map { Array($0[1] as Data) } ?? genesis(root), sequence, kind, at.seconds,
      after: chain.sequence, chain.hash, body)
    try db.run(
      "INSERT INTO ledger_events (sequence, kind, at, after, body, hash) VALUES (?, ?, ?, ?, ?, ?)", sequence,
      kind, at.seconds, chain.sequence, body, hash)
  }

  static func all(_ db: Database) throws -> [StoredLedgerEvent] {
    guard try isThere(db) else { return [] }
    return try db.rows("SELECT sequence, kind, at, after, body FROM ledger_events ORDER BY sequence").map {
      row in
      StoredLedgerEvent(
        sequence: row[0], event: try decode(kind: row[1], row[4], sequence: row[0]),
        at: Instant(seconds: row[2]), after: row[3])
    }
  }

  /// The number up to which originals were given up; 0 where none were.
  static func lostOriginals(_ db: Database) throws -> Int64 {
    try all(db).reduce(0) { number, stored in
      if case .originalsLost(let upTo, _) = stored.event { max(number, upTo) } else { number }
    }
  }

  /// - Returns: the number of the first event that is not as it was written; nil where all are.
  static func firstChanged(_ db: Database, root: String) throws -> Int64? {
    guard try isThere(db) else { return nil }
    var (previous, number) = (genesis(root), Int64(0))
    for row in try db.rows(
      """
      SELECT l.sequence, l.kind, l.at, l.after, l.body, l.hash, e.hash FROM ledger_events l
      LEFT JOIN events e ON e.sequence = l.after ORDER BY l.sequence
      """)
    {
      number += 1
      let bound = (row[6] as Data?).map { Array($0) } ?? EventChain(root: root).hash
      let hash = hash(
        previous: previous, row[0], row[1], row[2], after: row[3], bound, Array(row[4] as Data))
      guard row[0] as Int64 == number, hash == Array(row[5] as Data) else { return number }
      previous = hash
    }
    return nil
  }

  /// A ledger of an older schema, which is only read, has none.
  private static func isThere(_ db: Database) throws -> Bool {
    try db.row("SELECT 1 FROM sqlite_schema WHERE name = 'ledger_events'") != nil
  }

  private static func genesis(_ root: String) -> [UInt8] {
    Array(SHA256.hash(data: Array("\(root) ledger".utf8)))
  }

  private static func hash(
    previous: [UInt8], _ sequence: Int64, _ kind: String, _ at: Int64, after: Int64, _ bound: [UInt8],
    _ body: [UInt8]
  ) -> [UInt8] {
    var bytes = previous
    func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    add(sequence)
    bytes += Array(kind.utf8) + [0]
    add(at)
    add(after)
    bytes += bound
    bytes += Array(SHA256.hash(data: body))
    return Array(SHA256.hash(data: bytes))
  }

  // MARK: As stored

  private static func encode(_ event: LedgerEvent) throws -> (kind: String, body: [UInt8]) {
    switch event {
    case .restored(let body): ("restored", try EventEncoder.encode(body))
    case .wentOnAfterRestore(let body): ("went_on", try EventEncoder.encode(body))
    case .queueMade(let id): ("queue_made", try EventEncoder.encode(LedgerEvent.Made(name: id.rawValue)))
    case .placeMade(let name): ("place_made", try EventEncoder.encode(LedgerEvent.Made(name: name)))
    case .originalsLost(let upTo, let count):
      ("originals_lost", try EventEncoder.encode(LedgerEvent.Lost(upTo: upTo, count: count)))
    }
  }

  private static func decode(kind: String, _ body: Data, sequence: Int64) throws -> LedgerEvent {
    let decoder = JSONDecoder()
    do {
      switch kind {
      case "restored": return .restored(try decoder.decode(LedgerEvent.Restored.self, from: body))
      case "went_on": return .wentOnAfterRestore(try decoder.decode(LedgerEvent.WentOn.self, from: body))
      case "queue_made":
        return .queueMade(DepartmentID(try decoder.decode(LedgerEvent.Made.self, from: body).name))
      case "place_made": return .placeMade(try decoder.decode(LedgerEvent.Made.self, from: body).name)
      case "originals_lost":
        let lost = try decoder.decode(LedgerEvent.Lost.self, from: body)
        return .originalsLost(upTo: lost.upTo, count: lost.count)
      default: throw LedgerError.unreadableEvent(sequence: sequence, detail: kind)
      }
    } catch {
      throw LedgerError.unreadableEvent(sequence: sequence, detail: "\(kind): \(error)")
    }
  }
}

extension LedgerReader {
  /// What happened to the ledger as a whole, oldest first.
  public func ledgerEvents() throws(LedgerError) -> [StoredLedgerEvent] {
    try connection.perform { db in try LedgerEvents.all(db) }
  }
}
