import Foundation
import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("The hand-over: recording what the inbox holds")
struct IntakeTests {
  let scratch = Scratch()

  @Test("Cases of a day are numbered without gaps, with at least four digits, across restarts and days")
  func numbering() throws {
    var ledger: Ledger? = try scratch.ledger()
    #expect(
      try ledger?.take([Sample.record(1), Sample.record(2)]) == [
        .taken("ZZ20261121-0001"), .taken("ZZ20261121-0002"),
      ])
    ledger = nil
    let again = try scratch.ledger()
    #expect(try again.take([Sample.record(3)]) == [.taken("ZZ20261121-0003")])
    #expect(try again.take([Sample.record(4)], on: Sample.day + 1) == [.taken("ZZ20261122-0001")])
    #expect(try again.take([Sample.record(5)]) == [.taken("ZZ20261121-0004")])
  }

  @Test("The ten-thousandth case of a day gets a fifth digit")
  func fiveDigits() throws {
    let ledger = try scratch.ledger()
    try ledger.connection.perform { db in
      try db.run("INSERT INTO numbering (day, last) VALUES ('20261121', 9999)")
    }
    #expect(try ledger.take([Sample.record(1)]) == [.taken("ZZ20261121-10000")])
  }

  @Test("A batch that fails leaves nothing, and its numbers are given again")
  func rollback() throws {
    let ledger = try scratch.ledger()
    struct Stop: Error {}
    var stopping = Sample.answers
    stopping.index = { id, events in
      if id == "ZZ20261121-0002" { throw Stop() }
      return Sample.index(id, events)
    }
    #expect(throws: LedgerError.self) {
      try ledger.record(
        intake: [try Sample.record(1), try Sample.record(2)], at: Sample.now, prefix: "ZZ", day: Sample.day,
        answers: stopping)
    }
    #expect(try ledger.read.counts(at: Sample.now) == LedgerCounts())
    #expect(try ledger.pendingRemovals().isEmpty)
    #expect(try ledger.take([Sample.record(2)]) == [.taken("ZZ20261121-0001")])
  }

  @Test("Promise 2, once: a file recorded before a crash and not yet removed is not recorded again")
  func recordedTwice() throws {
    var ledger: Ledger? = try scratch.ledger()
    let csv = try IntakeRecord(
      inbox: Sample.inboxFile(9), original: Sample.record(1).original,
      cases: Sample.record(1).cases + Sample.record(2).cases + Sample.record(1).cases)
    let first = try ledger?.take([csv])
    #expect(
      first == [.taken("ZZ20261121-0001"), .taken("ZZ20261121-0002"), .duplicate(of: "ZZ20261121-0001")])
    ledger = nil  // killed before the file was removed
    let again = try scratch.ledger()
    #expect(try again.pendingRemovals() == [Sample.inboxFile(9)])
    let events = try again.read.counts(at: Sample.now).events
    #expect(try again.take([csv]) == first)
    #expect(try again.read.counts(at: Sample.now).events == events)
  }

  @Test("A file of the same name, inode and time that comes after the removal is a new record")
  func sameIdentityLater() throws {
    let ledger = try scratch.ledger()
    let file = Sample.inboxFile(1)
    try ledger.take([Sample.record(1, file: file)])
    ledger.deferDone([file.key])
    #expect(try ledger.pendingRemovals().isEmpty)
    #expect(try ledger.take([Sample.record(1, file: file)]) == [.duplicate(of: "ZZ20261121-0001")])
    #expect(try ledger.pendingRemovals() == [file])
  }

  @Test("Other bytes under the identity of a file that waits for its removal are taken, not dropped")
  func otherBytesSameIdentity() throws {
    let ledger = try scratch.ledger()
    let file = Sample.inboxFile(1)
    try ledger.take([Sample.record(1, file: file)])
    #expect(try ledger.take([Sample.record(2, file: file)]) == [.taken("ZZ20261121-0002")])
  }

  @Test("Names of the inbox that are not UTF-8 come back byte by byte")
  func rawNames() throws {
    let ledger = try scratch.ledger()
    var file = Sample.inboxFile(1)
    file.path = [0x68, 0x2f, 0xff, 0xfe, 0x25, 0x20, 0x0a]
    file.isFolder = true
    file.inode = .max
    try ledger.take([Sample.record(1, file: file)])
    #expect(try ledger.pendingRemovals() == [file])
    #expect(file.key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
  }

  @Test("A record without cases still keeps the original and the removal")
  func refusedWhole() throws {
    let ledger = try scratch.ledger()
    var record = try Sample.record(1)
    record.cases = []
    #expect(try ledger.take([record]).isEmpty)
    #expect(try ledger.read.original(record.original.sha256) == record.original.bytes)
    #expect(try ledger.pendingRemovals().count == 1)
  }

  @Test("The columns, the events and the outbox hold what the core said")
  func columns() throws {
    let ledger = try scratch.ledger()
    let record = try Sample.record(7)
    let id = try ledger.take([record])[0].caseID
    let taken = record.cases[0].taken
    let (index, effects) = Sample.index(id, [.taken(taken)])
    #expect(try ledger.read.index(of: id)?.sortedItems == index.sortedItems)
    #expect(
      try ledger.read.events(of: id) == [StoredEvent(sequence: 1, event: .taken(taken), at: Sample.now)])
    #expect(try ledger.pendingEffects(notAfter: Sample.now, limit: 10).map(\.planned) == effects)
    #expect(try ledger.read.original(of: id)?.sha256 == record.original.sha256)
  }

  @Test("Attachments lie in state/files before the transaction, and are found by their case")
  func attachments() throws {
    let ledger = try scratch.ledger()
    let photo = try ledger.originals.store(Array("照片".utf8))
    var record = try Sample.record(1)
    record.attachments = [.init(name: "现场 1.jpg", original: photo)]
    let id = try ledger.take([record])[0].caseID
    #expect(
      try ledger.read.materials(of: [id]) == [
        id: [CaseMaterial(name: "现场 1.jpg", sha256: photo.sha256, size: photo.size, place: .file)]
      ])
    #expect(try ledger.read.original(photo.sha256) == Array("照片".utf8))
    record.attachments = [
      .init(name: "x", original: Original(sha256: String(repeating: "0", count: 64), size: 1, bytes: nil))
    ]
    record.inbox = Sample.inboxFile(2)
    #expect(throws: LedgerError.originalMissing(String(repeating: "0", count: 64))) {
      try ledger.take([record])
    }
  }

  @Test("Bytes above 64 KiB go into state/files, smaller ones into the ledger, and the same bytes once")
  func originals() throws {
    let ledger = try scratch.ledger()
    let large = [UInt8](repeating: 7, count: Limits.inlineOriginalBytes + 1)
    let record = try Sample.record(1, bytes: large)
    try ledger.take([record, Sample.record(2), Sample.record(3, bytes: large)])
    #expect(DurableFile.names(in: scratch.state + "/files") == [record.original.sha256])
    #expect(try ledger.read.original(record.original.sha256) == large)
    #expect(try ledger.read.hasOriginal(record.original.sha256))
    #expect(try ledger.read.verify().originals == 2)
  }
}

extension CaseIndex {
  /// Items have no order among themselves.
  var sortedItems: CaseIndex {
    var copy = self
    copy.items.sort { $0.item < $1.item }
    return copy
  }
}
