import Crypto
import GRDB
import TriageCore

/// The end of the chain of events, and how the next link is made.
///
///     payload hash = SHA-256(salt ‖ payload)
///     hash         = SHA-256(previous ‖ sequence ‖ case id ‖ 0 ‖ version ‖ kind ‖ 0 ‖ time ‖ payload hash)
///
/// Numbers are 8 bytes, big endian; the first event's previous hash is SHA-256 of the root's id. The payload's hash
/// stays when salt and payload are erased, so that the chain can still be walked; the salt keeps a short payload
/// from being guessed by its hash.
struct EventChain {
  private(set) var sequence: Int64
  private(set) var hash: [UInt8]

  init(sequence: Int64, hash: [UInt8]) {
    self.sequence = sequence
    self.hash = hash
  }

  /// Before the first event.
  init(root: String) {
    sequence = 0
    hash = Array(SHA256.hash(data: Array(root.utf8)))
  }

  /// At the last event of the ledger.
  init(_ db: Database, root: String) throws {
    self.init(root: root)
    let last = "SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1"
    if let (sequence, hash) = try db.first(last, read: { ($0.int(0), $0.blob(1)) }) {
      self.init(sequence: sequence, hash: hash)
    }
  }

  static func payloadHash(salt: [UInt8], payload: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(bytes: salt)
    hasher.update(bytes: payload)
    return Array(hasher.finalize())
  }

  mutating func advance(id: String, version: Int, kind: String, at: Int64, payloadHash: [UInt8]) {
    sequence += 1
    var hasher = SHA256()
    hasher.update(bytes: hash)
    hasher.update(sequence)
    hasher.update(string: id)
    hasher.update(terminator: 0)
    hasher.update(Int64(version))
    hasher.update(string: kind)
    hasher.update(terminator: 0)
    hasher.update(at)
    hasher.update(bytes: payloadHash)
    hash = Array(hasher.finalize())
  }
}

extension SHA256 {
  fileprivate mutating func update(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { update(bufferPointer: $0) }
  }
  fileprivate mutating func update(terminator: UInt8) {
    withUnsafeBytes(of: terminator) { update(bufferPointer: $0) }
  }
}
