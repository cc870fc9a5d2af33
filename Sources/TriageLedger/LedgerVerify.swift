import Foundation
import GRDB
public import TriageCore

/// What `verify` found.
public struct VerifyReport: Sendable, Equatable {
  public var events: Int64 = 0
  public var originals = 0
  /// Payloads erased with their case, as the law wants it: no fault.
  public var erasedPayloads = 0
  /// The hash of the last event, hex: whoever noted it elsewhere can tell that no event was cut off since.
  public var head = ""
  /// In the order found; at most `LedgerVerify.faultLimit`.
  public var faults: [LedgerFault] = []
  /// Faults beyond the limit.
  public var moreFaults = 0
  public var isIntact: Bool { faults.isEmpty }
}

/// One thing that is not as it was written.
public enum LedgerFault: Sendable, Equatable {
  /// Event, case id, time or order were changed: the chain breaks here.
  case brokenChain(sequence: Int64)
  /// Events are gone between these.
  case missingEvents(after: Int64, before: Int64)
  case changedPayload(sequence: Int64)
  /// Gone without an erasure of its case.
  case missingPayload(sequence: Int64)
  case changedOriginal(sha256: String)
  case missingOriginal(sha256: String)
  /// The case's columns count other events than there are.
  case wrongVersion(CaseID, columns: Int, events: Int)
  /// SQLite's own check, in its words.
  case damagedFile(String)
}

/// Walks the whole ledger: the chain, every payload, every original. Reads only; runs beside the daemon.
enum LedgerVerify {
  static let faultLimit = 100

  static func verify(_ db: Database, _ store: OriginalStore) throws -> VerifyReport {
    var report = VerifyReport()
    for problem in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where problem != "ok" {
      report.add(.damagedFile(problem))
    }
    try walkEvents(db, &report)
    try compareVersions(db, &report)
    try walkOriginals(db, store, &report)
    return report
  }

  private static func walkEvents(_ db: Database, _ report: inout VerifyReport) throws {
    var chain = EventChain(root: try Opening.root(db))
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT e.sequence, c.id, e.version, e.kind, e.at, e.payload_hash, e.hash, p.salt, p.payload, c.erased_at
        FROM events e LEFT JOIN cases c ON c.number = e.case_number
        LEFT JOIN payloads p ON p.sequence = e.sequence ORDER BY e.sequence
        """)
    while let row = try rows.next() {
      let sequence: Int64 = row[0]
      if sequence != chain.sequence + 1 {
        report.add(.missingEvents(after: chain.sequence, before: sequence))
        chain = EventChain(sequence: sequence - 1, hash: chain.hash)
      }
      let stored = bytes(row[6])
      chain.advance(
        id: row[1] ?? "", version: row[2], kind: row[3], at: row[4], payloadHash: bytes(row[5]))
      if chain.hash != stored {
        report.add(.brokenChain(sequence: sequence))
        // Go on from what is stored: one changed event is one fault.
        chain = EventChain(sequence: sequence, hash: stored)
      }
      checkPayload(row, sequence, &report)
      report.events += 1
    }
    report.head = Hex.string(chain.hash)
  }

  private static func checkPayload(_ row: Row, _ sequence: Int64, _ report: inout VerifyReport) {
    guard let salt = row[7] as Data?, let payload = row[8] as Data? else {
      if row[9] as Int64? != nil {
        report.erasedPayloads += 1
      } else {
        report.add(.missingPayload(sequence: sequence))
      }
      return
    }
    if EventChain.payloadHash(salt: bytes(salt), payload: bytes(payload)) != bytes(row[5]) {
      report.add(.changedPayload(sequence: sequence))
    }
  }

  private static func bytes(_ data: Data) -> [UInt8] { Array(data) }

  private static func compareVersions(_ db: Database, _ report: inout VerifyReport) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT c.id, c.version, count(e.sequence) FROM cases c LEFT JOIN events e ON e.case_number = c.number
        GROUP BY c.number HAVING c.version <> count(e.sequence) OR c.version <> max(e.version)
        """)
    while let row = try rows.next() {
      report.add(.wrongVersion(CaseID(row[0]), columns: row[1], events: row[2]))
    }
  }

  private static func walkOriginals(
    _ db: Database, _ store: OriginalStore, _ report: inout VerifyReport
  ) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT sha256, place, bytes FROM originals WHERE place IN ('ledger', 'file')")
    while let row = try rows.next() {
      let digest = bytes(row[0])
      let sha256 = Hex.string(digest)
      report.originals += 1
      if let stored = row[2] as Data? {
        if EventChain.payloadHash(salt: [], payload: bytes(stored)) != digest {
          report.add(.changedOriginal(sha256: sha256))
        }
      } else if let found = try store.digest(of: sha256) {
        if found != sha256 { report.add(.changedOriginal(sha256: sha256)) }
      } else {
        report.add(.missingOriginal(sha256: sha256))
      }
    }
  }
}

extension VerifyReport {
  mutating func add(_ fault: LedgerFault) {
    if faults.count < LedgerVerify.faultLimit { faults.append(fault) } else { moreFaults += 1 }
  }
}

extension LedgerReader {
  /// Checks every event, payload and original. Seconds for a small ledger, minutes for a large one.
  /// - Throws: `corrupt` where the file cannot be read through; `io`.
  public func verify() throws(LedgerError) -> VerifyReport {
    try connection.snapshot { db in try LedgerVerify.verify(db, originals) }
  }
}
