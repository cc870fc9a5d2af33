import Foundation
import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("What is recorded cannot be changed unnoticed")
struct VerifyTests {
  let scratch = Scratch()

  /// Two cases, a duplicate, a note and an original in `state/files`; returns the digest of that original.
  private func fill() throws -> String {
    let ledger = try scratch.ledger()
    let large = try Sample.record(2, bytes: [UInt8](repeating: 9, count: Limits.inlineOriginalBytes + 9))
    try ledger.take([Sample.record(1), large, Sample.record(1, file: Sample.inboxFile(5))])
    try ledger.note("电话联系过", on: "ZZ20261121-0001")
    #expect(try ledger.read.verify().isIntact)
    return large.original.sha256
  }

  private func faults() throws -> [LedgerFault] { try LedgerReader(directory: scratch.state).verify().faults }

  @Test(
    "A changed byte is found, wherever it lies",
    arguments: [
      ("UPDATE events SET at = at + 1 WHERE sequence = 2", LedgerFault.brokenChain(sequence: 2)),
      ("UPDATE events SET kind = 'noteD' WHERE sequence = 4", .brokenChain(sequence: 4)),
      ("UPDATE events SET version = 9 WHERE sequence = 4", .brokenChain(sequence: 4)),
      ("UPDATE events SET hash = zeroblob(32) WHERE sequence = 3", .brokenChain(sequence: 3)),
      ("UPDATE events SET payload_hash = zeroblob(32) WHERE sequence = 3", .brokenChain(sequence: 3)),
      ("UPDATE events SET case_number = 2, version = 7 WHERE sequence = 4", .brokenChain(sequence: 4)),
      ("UPDATE cases SET id = 'ZZ20261121-0009' WHERE number = 2", .brokenChain(sequence: 2)),
      (
        "UPDATE payloads SET payload = CAST(replace(CAST(payload AS TEXT), '联系', '见面') AS BLOB)",
        .changedPayload(sequence: 4)
      ),
      ("UPDATE payloads SET salt = zeroblob(16) WHERE sequence = 1", .changedPayload(sequence: 1)),
      ("DELETE FROM payloads WHERE sequence = 2", .missingPayload(sequence: 2)),
      (
        "DELETE FROM payloads WHERE sequence = 3; DELETE FROM events WHERE sequence = 3",
        .missingEvents(after: 2, before: 4)
      ),
      (
        "DELETE FROM payloads WHERE sequence = 4; DELETE FROM events WHERE sequence = 4",
        .wrongVersion("ZZ20261121-0001", columns: 3, events: 2)
      ),
    ])
  func tampering(sql: String, expected: LedgerFault) throws {
    _ = try fill()
    try scratch.tamper(sql)
    #expect(try faults().contains(expected))
  }

  @Test("A flipped byte of an original is found, in the ledger and in state/files; a lost file too")
  func originals() throws {
    let large = try fill()
    let small = try Sample.record(1).original.sha256
    try scratch.tamper("UPDATE originals SET bytes = zeroblob(size) WHERE place = 'ledger'")
    #expect(try faults() == [.changedOriginal(sha256: small)])
    let path = OriginalStore(state: scratch.state).path(of: large)
    var bytes = try DurableFile.read(path)
    bytes[bytes.count / 2] ^= 1
    try DurableFile.write(bytes, to: path)
    #expect(try faults().contains(.changedOriginal(sha256: large)))
    try FileManager.default.removeItem(atPath: path)
    #expect(try faults().contains(.missingOriginal(sha256: large)))
  }

  @Test(
    "Any flipped byte of the ledger's file is found, or changes nothing that was recorded", arguments: 0..<40)
  func flippedFile(_ seed: Int) throws {
    _ = try fill()
    let path = Ledger.path(in: scratch.state)
    try scratch.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
    let events = try LedgerReader(directory: scratch.state).events(of: "ZZ20261121-0001")
    var bytes = try DurableFile.read(path)
    bytes[(seed * 7919 + 101) * 31 % bytes.count] ^= 0x10
    try DurableFile.write(bytes, to: path)
    do throws(LedgerError) {
      let reader = try LedgerReader(directory: scratch.state)
      if try reader.verify().isIntact { #expect(try reader.events(of: "ZZ20261121-0001") == events) }
    } catch {
      #expect(error.message.zh.isEmpty == false)
    }
  }

  @Test("Events cannot be changed or deleted through SQL")
  func triggers() throws {
    _ = try fill()
    let ledger = try scratch.ledger()
    for sql in ["UPDATE events SET at = 0", "DELETE FROM events", "UPDATE payloads SET payload = x'00'"] {
      #expect(throws: LedgerError.self) { try ledger.connection.transaction { try $0.execute(sql: sql) } }
    }
  }

  @Test("Erasing a closed case takes its words out of the files; the chain stays whole and says so")
  func erasure() throws {
    let ledger = try scratch.ledger()
    let canary = "金丝雀小区三号楼"
    let record = try Sample.record(1, bytes: Array((canary + String(repeating: "x", count: 70_000)).utf8))
    var taken = record.cases[0].taken
    taken.input.title = canary
    let prepared = PreparedCase(
      taken: taken, body: try Ledger.encode(.taken(taken)),
      clues: MatterClues(duplicateKey: canary, sourceKey: nil))
    try ledger.take([
      IntakeRecord(
        inbox: nil, original: record.original,
        attachments: [.init(name: canary, original: try ledger.originals.store(Array(canary.utf8)))],
        cases: [prepared]), Sample.record(2),
    ])
    let id: CaseID = "ZZ20261121-0001"
    #expect(throws: LedgerError.self) { try ledger.erase(payloadsOf: id, at: Sample.now) }
    try ledger.close(id)
    try ledger.erase(payloadsOf: id, at: Sample.now)
    #expect(throws: LedgerError.erased(id)) { try ledger.read.events(of: id) }
    #expect(throws: LedgerError.originalMissing(record.original.sha256)) {
      try ledger.read.original(record.original.sha256)
    }
    let report = try ledger.read.verify()
    #expect(report.isIntact)
    #expect(report.erasedPayloads == 2)
    for name in DurableFile.names(in: scratch.state) where name.hasPrefix("ledger") {
      let bytes = Data(try DurableFile.read(scratch.state + "/" + name))
      #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(name)")
    }
    #expect(DurableFile.names(in: scratch.state + "/files").isEmpty)
    // The same bytes may come again with a new case.
    #expect(try ledger.take([record]) == [.taken("ZZ20261121-0003")])
    #expect(try ledger.read.original(record.original.sha256) == record.original.bytes)
  }

  @Test("An original that another case needs is not erased with the first")
  func sharedOriginal() throws {
    let ledger = try scratch.ledger()
    let first = try Sample.record(1)
    var second = try Sample.record(2)
    second.original = first.original
    try ledger.take([first, second])
    try ledger.close("ZZ20261121-0001")
    try ledger.erase(payloadsOf: "ZZ20261121-0001", at: Sample.now)
    #expect(try ledger.read.hasOriginal(first.original.sha256))
    try ledger.close("ZZ20261121-0002")
    try ledger.erase(payloadsOf: "ZZ20261121-0002", at: Sample.now)
    #expect(try ledger.read.hasOriginal(first.original.sha256) == false)
  }
}
