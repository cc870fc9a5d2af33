import Crypto
import Foundation
import GRDB
public import TriageCore

/// Every question to the ledger; it changes nothing.
///
/// `init(directory:)` opens a connection of its own that may be used while the daemon runs; `Ledger.read` asks over
/// the writer's connection. Each call sees one moment.
public struct LedgerReader: Sendable {
  let connection: Connection
  let originals: OriginalStore

  init(connection: Connection, originals: OriginalStore) {
    self.connection = connection
    self.originals = originals
  }

  /// - Parameter acceptingOlderSchema: for its id and its rulebooks, which every schema has; other questions may fail.
  /// - Throws: `missing` where there is no ledger; `newerSchema`, `notALedger`, `corrupt`, `notPermitted`.
  public init(directory state: String, acceptingOlderSchema: Bool = false) throws(LedgerError) {
    let path = Ledger.path(in: state)
    guard DurableFile.exists(path) else { throw .missing(path) }
    connection = try Connection(path: path, readonly: true)
    originals = OriginalStore(state: state)
    let version = try connection.perform { db in try Schema.version(of: db, path: path) }
    if version != Schema.current, !acceptingOlderSchema {
      throw .olderSchema(found: version, known: Schema.current)
    }
  }

  /// Whether a state folder holds a ledger at all.
  public static func isThere(in state: String) -> Bool { DurableFile.exists(Ledger.path(in: state)) }

  /// Lets go of the file; nothing may be asked any more.
  public func close() throws(LedgerError) {
    do { try connection.queue.close() } catch { throw LedgerError(error, path: connection.path) }
  }

  /// 32 hexadecimal digits that tell this root from any other.
  public func rootID() throws(LedgerError) -> String {
    try connection.perform { db in try Opening.root(db) }
  }

  // MARK: One case

  /// The case's events, oldest first.
  /// - Throws: `unknownCase`; `erased` when its payloads were; `unreadableEvent`.
  public func events(of id: CaseID) throws(LedgerError) -> [StoredEvent] {
    try connection.perform { db in try Self.events(of: id, db) }
  }

  /// The case's events of some kinds (`CaseEvent.kind`), oldest first; none for a case the ledger does not know.
  /// - Throws: `erased` when their payloads were; `unreadableEvent`.
  public func events(of id: CaseID, kinds: [String]) throws(LedgerError) -> [StoredEvent] {
    let marks = Array(repeating: "?", count: kinds.count).joined(separator: ", ")
    let arguments = StatementArguments([id.rawValue] + kinds)
    return try connection.perform { db in
      try db.rows(
        """
        SELECT e.sequence, e.kind, e.at, p.payload FROM cases c JOIN events e ON e.case_number = c.number
        LEFT JOIN payloads p ON p.sequence = e.sequence
        WHERE c.id = ? AND e.kind IN (\(marks)) ORDER BY e.version
        """, arguments
      ).map { row in try Self.event(row, of: id) }
    }
  }

  static func events(of id: CaseID, _ db: Database) throws -> [StoredEvent] {
    let rows = try db.rows(
      """
      SELECT e.sequence, e.kind, e.at, p.payload FROM cases c JOIN events e ON e.case_number = c.number
      LEFT JOIN payloads p ON p.sequence = e.sequence WHERE c.id = ? ORDER BY e.version
      """, [id.rawValue])
    if rows.isEmpty { throw LedgerError.unknownCase(id) }
    return try rows.map { row in try Self.event(row, of: id) }
  }

  private static func event(_ row: Row, of id: CaseID) throws -> StoredEvent {
    guard let body = row[3] as Data? else { throw LedgerError.erased(id) }
    do {
      return StoredEvent(
        sequence: row[0], event: try EventCoding.decode(kind: row[1], body: body),
        at: Instant(seconds: row[2]))
    } catch {
      throw LedgerError.unreadableEvent(sequence: row[0], detail: "\(id): \(error)")
    }
  }

  /// What the ledger keeps of the case in columns; nil for a case it does not know.
  public func index(of id: CaseID) throws(LedgerError) -> CaseIndex? {
    try connection.snapshot { db in
      try db.row("SELECT * FROM cases WHERE id = ?", [id.rawValue]).map { try CaseReading.index($0, db) }
    }
  }

  /// The original and the row in it from which the case was made.
  public func original(of id: CaseID) throws(LedgerError) -> (sha256: String, row: Int?)? {
    try connection.perform { db in
      try db.row(
        """
        SELECT o.sha256, c.original_row FROM cases c JOIN originals o ON o.number = c.original WHERE c.id = ?
        """, [id.rawValue]
      ).map { (Hex.string($0[0] as Data), $0[1]) }
    }
  }

  /// Cases linked from this one and to it.
  public func links(of id: CaseID) throws(LedgerError) -> [CaseLink] {
    try connection.perform { db in
      try db.rows(
        """
        SELECT c.id, o.id, l.why FROM links l JOIN cases c ON c.number = l.case_number
        JOIN cases o ON o.number = l.other
        WHERE l.case_number = (SELECT number FROM cases WHERE id = ?1)
          OR l.other = (SELECT number FROM cases WHERE id = ?1)
        ORDER BY l.case_number, l.other
        """, [id.rawValue]
      ).compactMap { row in
        CaseEvent.Linked.Why(rawValue: row[2]).map {
          CaseLink(from: CaseID(row[0]), to: CaseID(row[1]), why: $0)
        }
      }
    }
  }

  // MARK: Originals, queues, rulebooks

  /// Whether the ledger has the bytes (not merely once had them).
  public func hasOriginal(_ sha256: String) throws(LedgerError) -> Bool {
    try place(of: sha256).map { $0.place == "ledger" || $0.place == "file" } ?? false
  }

  /// The bytes of an original.
  /// - Throws: `originalMissing` where the ledger does not know it, it was erased, or its file is gone.
  public func original(_ sha256: String) throws(LedgerError) -> [UInt8] {
    guard let (place, bytes) = try place(of: sha256) else { throw .originalMissing(sha256) }
    if let bytes { return Array(bytes) }
    guard place == "file" else { throw .originalMissing(sha256) }
    return try originals.read(sha256)
  }

  private func place(of sha256: String) throws(LedgerError) -> (place: String, bytes: Data?)? {
    guard let digest = Hex.bytes(sha256) else { return nil }
    return try connection.perform { db in
      try db.row("SELECT place, bytes FROM originals WHERE sha256 = ?", [Data(digest)]).map { ($0[0], $0[1]) }
    }
  }

  /// The markers of the queues the ledger knows.
  public func queues() throws(LedgerError) -> [DepartmentID: String] {
    try connection.perform { db in
      let rows = try db.rows("SELECT department, marker FROM queues")
      return Dictionary(uniqueKeysWithValues: rows.map { (DepartmentID($0[0]), $0[1]) })
    }
  }

  /// What must stand in the queue's `.triaged`; nil for a queue that was never made.
  public func marker(of department: DepartmentID) throws(LedgerError) -> String? {
    try connection.perform { db in
      try db.row("SELECT marker FROM queues WHERE department = ?", [department.rawValue]).map { $0[0] }
    }
  }

  /// The markers of folders of the root that are known to be, or to hold, mounts.
  public func places() throws(LedgerError) -> [String: String] {
    try connection.perform { db in
      let rows = try db.rows("SELECT name, marker FROM places")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }
  }

  /// The text of a rulebook that some decision names.
  /// - Throws: `changedRulebook` where it is not the text of that digest any more: nothing is to be told by it.
  public func rulebook(digest: String) throws(LedgerError) -> [UInt8]? {
    let source = try connection.perform { db in
      try db.row("SELECT source FROM rulebooks WHERE digest = ?", [digest]).map { Array($0[0] as Data) }
    }
    if let source, Hex.string(SHA256.hash(data: source)) != digest { throw .changedRulebook(digest: digest) }
    return source
  }
}

/// Two cases that have to do with each other.
public struct CaseLink: Sendable, Equatable {
  public let from: CaseID
  public let to: CaseID
  public let why: CaseEvent.Linked.Why
}
