import GRDB
import TriageCore

/// Appends events inside one transaction.
struct EventLog {
  private let db: Database
  private let at: Instant
  private var chain: EventChain
  private var random = SystemRandomNumberGenerator()

  init(_ db: Database, root: String, at: Instant) throws {
    self.db = db
    self.at = at
    chain = try EventChain(db, root: root)
  }

  /// - Parameter version: the case's, from this event on.
  mutating func append(_ event: CaseEvent, to id: CaseID, number: Int64, version: Int) throws {
    try append(
      kind: event.kind, body: try EventCoding.encodeBody(of: event), to: id, number: number, version: version)
  }

  mutating func append(kind: String, body: [UInt8], to id: CaseID, number: Int64, version: Int) throws {
    let salt = newSalt()
    let payloadHash = EventChain.payloadHash(salt: salt, payload: body)
    chain.advance(
      id: id.rawValue, version: version, kind: kind, at: at.seconds, payloadHash: payloadHash)
    try insertEvent(number, version, kind, payloadHash)
    try insertPayload(salt, body)
  }

  private mutating func newSalt() -> [UInt8] {
    let words = (random.next(), random.next())
    return withUnsafeBytes(of: words) { Array($0) }
  }

  private func insertEvent(_ number: Int64, _ version: Int, _ kind: String, _ payloadHash: [UInt8]) throws {
    try db.run(
      """
      INSERT INTO events (sequence, case_number, version, kind, at, payload_hash, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, chain.sequence, number, version, kind, at.seconds, payloadHash, chain.hash)
  }

  private func insertPayload(_ salt: [UInt8], _ payload: [UInt8]) throws {
    try db.run(
      "INSERT INTO payloads (sequence, salt, payload) VALUES (?, ?, ?)", chain.sequence, salt, payload)
  }
}
