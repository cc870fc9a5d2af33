import Foundation
import Testing
import TriageCore

@testable import TriageLedger

@Suite("Backup and restore")
struct BackupTests {
  let scratch = Scratch()

  @Test("A backup of a live ledger, restored elsewhere, is the same ledger with its files")
  func roundTrip() throws {
    let ledger = try scratch.ledger()
    let large = try Sample.record(2, bytes: [UInt8](repeating: 3, count: Limits.inlineOriginalBytes + 1))
    try ledger.take([Sample.record(1), large])
    let manifest = try ledger.read.backup(to: scratch.path("backup"), at: Sample.now)
    #expect(manifest.events == 2)
    #expect(manifest.files == 1)
    try ledger.take([Sample.record(3)])  // after the backup

    let restored = scratch.path("restored")
    try LedgerRestore.restore(from: scratch.path("backup"), to: restored, at: Sample.now)
    let copy = try Ledger(directory: restored)
    #expect(copy.rootID == ledger.rootID)
    #expect(try copy.read.verify().head == manifest.head)
    #expect(try copy.read.counts(at: Sample.now).cases == 2)
    #expect(try copy.read.original(large.original.sha256) == large.original.bytes)
    #expect(try copy.take([Sample.record(4)]) == [.taken("ZZ20261121-0003")])
  }

  @Test("Nothing is overwritten, by a backup or by a restore")
  func refusals() throws {
    let ledger = try scratch.ledger()
    try ledger.read.backup(to: scratch.path("backup"), at: Sample.now)
    #expect(throws: LedgerError.alreadyThere(scratch.path("backup"))) {
      try ledger.read.backup(to: scratch.path("backup"), at: Sample.now)
    }
    #expect(throws: LedgerError.alreadyThere(Ledger.path(in: scratch.state))) {
      try LedgerRestore.restore(from: scratch.path("backup"), to: scratch.state, at: Sample.now)
    }
  }

  @Test("What is no complete backup, or a damaged one, is not restored")
  func badBackups() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    let backup = scratch.path("backup")
    let target = scratch.path("restored")
    #expect(throws: LedgerError.notABackup(path: scratch.state, detail: BackupManifest.name)) {
      try LedgerRestore.restore(from: scratch.state, to: target, at: Sample.now)
    }
    try ledger.read.backup(to: backup, at: Sample.now)
    try scratch.tamper("UPDATE payloads SET salt = zeroblob(16)", in: backup)
    do throws(LedgerError) {
      try LedgerRestore.restore(from: backup, to: target, at: Sample.now)
      Issue.record("restored a damaged backup")
    } catch {
      guard case .corrupt = error else {
        Issue.record("\(error)")
        return
      }
    }
    #expect(DurableFile.exists(target) == false)
  }

  @Test("A backup that was interrupted is begun anew")
  func interrupted() throws {
    let ledger = try scratch.ledger()
    let backup = scratch.path("backup")
    try FileManager.default.createDirectory(
      atPath: backup + ".partial/files", withIntermediateDirectories: true)
    try DurableFile.write([1], to: backup + ".partial/ledger.sqlite")
    try ledger.read.backup(to: backup, at: Sample.now)
    try LedgerRestore.restore(from: backup, to: scratch.path("restored"), at: Sample.now)
  }
}
