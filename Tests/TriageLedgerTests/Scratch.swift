import Foundation
import GRDB
import TriageCore

@testable import TriageLedger

/// A state folder of one test, removed when the test lets go of it.
final class Scratch {
  let state: String
  private let folder: String

  init() {
    folder = NSTemporaryDirectory() + "triaged-ledger-\(UUID().uuidString)"
    state = folder + "/state"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func ledger() throws -> Ledger { try Ledger(directory: state) }
  func path(_ name: String) -> String { folder + "/" + name }

  /// Changes the file behind the ledger's back.
  func tamper(_ sql: String, in state: String? = nil) throws {
    let queue = try DatabaseQueue(path: Ledger.path(in: state ?? self.state))
    try queue.writeWithoutTransaction { db in
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger[1]) }
    }
    try queue.close()
  }
}

extension Ledger {
  /// Records cases with the samples' index, each as a file of its own, and hands out the outcomes in order.
  @discardableResult
  func take(_ records: [IntakeRecord], on day: CivilDate = Sample.day) throws -> [IntakeOutcome] {
    try record(intake: records, at: Sample.now, prefix: "ZZ", day: day, answers: Sample.answers).flatMap {
      $0
    }
  }

  /// Closes a case, as far as the ledger sees it.
  func close(_ id: CaseID) throws {
    guard var index = try read.index(of: id) else { throw LedgerError.unknownCase(id) }
    let version = index.version
    index.phase = .closed
    index.closedAt = Sample.now
    index.nextTimer = nil
    index.version += 1
    for item in index.items.indices { index.items[item].status = .ended }
    try record(
      [
        CaseChange(
          id: id, expectedVersion: version, events: [.noted(.init(by: "urban", text: "办结"))], effects: [],
          index: index)
      ], at: Sample.now)
  }

  func note(_ text: String, on id: CaseID, expecting version: Int? = nil) throws {
    guard var index = try read.index(of: id) else { throw LedgerError.unknownCase(id) }
    let expected = version ?? index.version
    index.version = expected + 1
    try record(
      [
        CaseChange(
          id: id, expectedVersion: expected, events: [.noted(.init(by: "urban", text: text))], effects: [],
          index: index)
      ], at: Sample.now)
  }
}

extension Sample {
  /// A file of the inbox with one case.
  static func record(
    _ number: Int, text: String? = nil, sourceID: String? = nil, file: InboxFile? = nil, bytes: [UInt8]? = nil
  ) throws -> IntakeRecord {
    var taken = taken(number)
    let text = text ?? "文本\(number)"
    let bytes = bytes ?? Array("标题：\(number)\n\(text)".utf8)
    let original = Original(sha256: sha256(bytes), size: bytes.count, bytes: bytes)
    taken.original = original.sha256
    let source = sourceID ?? "G-\(number)"
    return IntakeRecord(
      inbox: file ?? inboxFile(number, size: bytes.count), original: original,
      cases: [
        PreparedCase(
          taken: taken, body: try Ledger.encode(.taken(taken)),
          clues: MatterClues(
            duplicateKey: "hotline/\(source)/\(text)", sourceKey: "hotline/\(source)"))
      ])
  }

  static func inboxFile(_ number: Int, size: Int = 100) -> InboxFile {
    InboxFile(
      path: "hotline/热线 \(number).yaml", device: 2049, inode: UInt64(1000 + number), size: Int64(size),
      mtimeNanos: 1_795_222_700_123_456_789)
  }

  static func sha256(_ bytes: [UInt8]) -> String {
    Hex.string(EventChain.payloadHash(salt: [], payload: bytes))
  }
}
