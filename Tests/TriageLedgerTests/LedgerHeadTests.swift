import Foundation
import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("What is known of a ledger outside of its file")
struct LedgerHeadTests {
  let scratch = Scratch()
  private var headFile: String { HeadFile.path(in: scratch.state) }

  private func loss(_ traces: LedgerTraces = LedgerTraces()) throws -> LedgerLoss? {
    do throws(LedgerError) {
      _ = try Ledger(directory: scratch.state, traces: traces)
      return nil
    } catch {
      guard case .lost(let loss) = error else { throw error }
      return loss
    }
  }

  private func copyLedger(to copy: String) throws {
    try FileManager.default.copyItem(atPath: Ledger.path(in: scratch.state), toPath: copy)
  }

  private func putBack(_ copy: String) throws {
    for name in ["", "-wal", "-shm"] { unlink(Ledger.path(in: scratch.state) + name) }
    try FileManager.default.copyItem(atPath: copy, toPath: Ledger.path(in: scratch.state))
  }

  @Test("A head is one line of one length; half of it, or a changed digit, is none")
  func line() throws {
    var head = LedgerHead(
      root: String(repeating: "ab", count: 16), sequence: 7, hash: String(repeating: "0f", count: 32))
    let empty = head.line()
    head.cases = .init(day: "20261121", last: 12)
    head.alerts = .init(day: "20261120", last: 1)
    let line = head.line(number: 3)
    #expect(line.utf8.count == empty.utf8.count && line.hasSuffix("\n"))
    #expect(LedgerHead(line: line) == head)
    #expect(LedgerHead(line: line + "what stood there before") == head)
    #expect(LedgerHead(line: String(line.prefix(60))) == nil)
    #expect(LedgerHead(line: line.replacingOccurrences(of: "20261121", with: "20261122")) == nil)
  }

  @Test("The head is kept when it is asked for, in two places in turn, and the later whole one counts")
  func keeping() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    #expect(try HeadFile.read(headFile)?.sequence == 0)
    try ledger.keepHead()
    try ledger.take([Sample.record(2)])
    try ledger.keepHead()
    let head = try #require(try HeadFile.read(headFile))
    #expect(head == (try ledger.read.head()))
    #expect(head.sequence == 2 && head.cases == .init(day: "20261121", last: 2))
    let whole = try DurableFile.read(headFile)
    #expect(whole.count == 8192)
    var sequences: Set<Int64> = []
    for place in [0, 4096] {
      var torn = whole
      torn.replaceSubrange(place + 20..<place + 90, with: [UInt8](repeating: 0, count: 70))
      try DurableFile.write(torn, to: headFile)
      sequences.insert(try #require(try HeadFile.read(headFile)).sequence)
      #expect(try loss() == nil)
    }
    #expect(sequences == [1, 2])
  }

  @Test(
    "Promise 1: numbers of alerts that a lost ledger gave are in the head, so that a second loss does not give them twice"
  )
  func raisedAlerts() throws {
    let ledger = try scratch.ledger()
    try ledger.raiseNumbering(cases: ["20261120": 4], alerts: ["20261120": 9, "20261121": 7])
    #expect(try ledger.read.head().alerts == .init(day: "20261121", last: 7))
    #expect(try ledger.read.head().cases == .init(day: "20261120", last: 4))
  }

  @Test("Promise 1: nothing is stored under the mount point when the folder of the originals goes away")
  func originalsAway() throws {
    let ledger = try scratch.ledger()
    let files = scratch.state + "/files"
    let first = try ledger.originals.store(Array("一份附件".utf8))
    #expect(rename(files, scratch.state + "/share") == 0)
    for _ in 0..<2 {
      #expect(throws: LedgerError.removed(files)) { try ledger.originals.store(Array("另一份".utf8)) }
      // Not there at all, then an empty mount point.
      mkdir(files, 0o750)
    }
    #expect(DurableFile.names(in: files) == [])
    rmdir(files)
    #expect(rename(scratch.state + "/share", files) == 0)
    #expect(try ledger.originals.store(Array("一份附件".utf8)).sha256 == first.sha256)
  }

  @Test("A ledger that is ahead of its head is what a crash leaves, and is gone on with")
  func ahead() throws {
    try scratch.ledger().take([Sample.record(1), Sample.record(2)])
    #expect(try HeadFile.read(headFile)?.sequence == 0)
    #expect(try loss() == nil)
    #expect(try HeadFile.read(headFile)?.sequence == 2)
  }

  @Test("Promise 1: an older file, and one that went another way, are behind their head")
  func behind() throws {
    let copy = scratch.path("copy")
    do {
      let ledger = try scratch.ledger()
      try ledger.take([Sample.record(1)])
      try ledger.connection.perform { db in _ = try db.checkpoint(.truncate) }
      try copyLedger(to: copy)
      try ledger.take([Sample.record(2)])
      try ledger.keepHead()
    }
    try putBack(copy)
    let older = LedgerLoss.behind(path: Ledger.path(in: scratch.state), place: headFile, known: 2, found: 1)
    #expect(try loss() == older)
    // As long as it was, but by another event.
    do {
      let ledger = try Ledger(directory: scratch.state, knowing: .older)
      try ledger.take([Sample.record(3)])
      #expect(try ledger.formerHead()?.sequence == 2)
    }
    let other = LedgerLoss.behind(path: Ledger.path(in: scratch.state), place: headFile, known: 2, found: 2)
    #expect(try loss() == other)
  }

  @Test("Promise 1: a chain that was cut at its end shows, with its columns mended by hand")
  func cut() throws {
    do {
      let ledger = try scratch.ledger()
      try ledger.take([Sample.record(1)])
      try ledger.note("电话联系过", on: "ZZ20261121-0001")
      try ledger.keepHead()
    }
    try scratch.tamper(
      """
      DELETE FROM payloads WHERE sequence = 2; DELETE FROM events WHERE sequence = 2;
      UPDATE cases SET version = 1
      """)
    guard case .behind(_, _, known: 2, found: 1)? = try loss() else {
      Issue.record("not found")
      return
    }
  }

  @Test("A marker of another root, and one that has seen more of this one, keep the ledger from being opened")
  func marks() throws {
    let root: String
    var head: LedgerHead
    do {
      let ledger = try scratch.ledger()
      try ledger.take([Sample.record(1)])
      (root, head) = (ledger.rootID, try ledger.read.head())
    }
    func mark(_ root: String, _ head: LedgerHead?) -> LedgerTraces {
      LedgerTraces(marks: [.init(place: "queues/urban/.triaged", root: root, head: head)])
    }
    #expect(try loss(mark(root, nil)) == nil)
    #expect(try loss(mark(root, head)) == nil)
    let path = Ledger.path(in: scratch.state)
    let other = String(repeating: "0", count: 32)
    #expect(try loss(mark(other, nil)) == .otherRoot(path: path, place: "queues/urban/.triaged"))
    head.sequence = 9
    #expect(
      try loss(mark(root, head)) == .behind(path: path, place: "queues/urban/.triaged", known: 9, found: 1))
  }

  @Test("A first start that was killed before its ledger held anything is begun again")
  func firstStart() throws {
    try DurableFile.makeFolder(scratch.state)
    try DurableFile.write([], to: Ledger.path(in: scratch.state))
    try DurableFile.write([1], to: scratch.state + "/lock")
    #expect(try loss() == nil)
  }

  @Test("A write-ahead log without its file is a loss, and is not thrown away")
  func logAlone() throws {
    let copy = scratch.path("log")
    let log = Ledger.path(in: scratch.state) + "-wal"
    do {
      let ledger = try scratch.ledger()
      try ledger.take([Sample.record(1)])
      try FileManager.default.copyItem(atPath: log, toPath: copy)
    }
    try FileManager.default.removeItem(atPath: scratch.state)
    try DurableFile.makeFolder(scratch.state)
    try FileManager.default.copyItem(atPath: copy, toPath: log)
    #expect(try loss() == .gone(path: Ledger.path(in: scratch.state), traces: [log]))
    #expect(try DurableFile.read(log) == DurableFile.read(copy))
  }

  @Test("Promise 2: numbers that were seen elsewhere are not given again, of cases and of alerts")
  func numbering() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    try ledger.raiseNumbering(cases: ["20261121": 40, "20261122": 3], alerts: ["20261121": 7])
    try ledger.raiseNumbering(cases: ["20261121": 12], alerts: ["20261121": 2])
    #expect(try ledger.take([Sample.record(2)]) == [.taken("ZZ20261121-0041")])
    #expect(try ledger.read.lastAlertNumber(on: Sample.day) == 7)
  }

  @Test("A restore is an event of the ledger, in a chain of its own that verify follows")
  func restored() throws {
    do {
      let ledger = try scratch.ledger()
      try ledger.take([Sample.record(1)])
      try ledger.read.backup(to: scratch.path("backup"), at: Sample.now)
    }
    try FileManager.default.removeItem(atPath: scratch.state)
    try LedgerRestore.restore(from: scratch.path("backup"), to: scratch.state, at: Sample.now + 60)
    let head: LedgerHead
    do {
      let ledger = try scratch.ledger()
      try ledger.record(.queueMade("urban"), at: Sample.now + 90)
      head = try ledger.read.head()
      let events = try ledger.read.ledgerEvents()
      #expect(
        events.map(\.event) == [
          .restored(.init(backupAt: Sample.now, events: 1, head: head.hash)), .queueMade("urban"),
        ])
      #expect(events.map(\.at) == [Sample.now + 60, Sample.now + 90] && events.map(\.after) == [1, 1])
      #expect(try ledger.read.verify().isIntact)
      #expect(throws: LedgerError.self) {
        try ledger.connection.transaction { db in try db.execute(sql: "DELETE FROM ledger_events") }
      }
    }
    try scratch.tamper("UPDATE ledger_events SET at = at + 1 WHERE sequence = 1")
    #expect(try LedgerReader(directory: scratch.state).verify().faults == [.changedLedgerEvent(sequence: 1)])
  }

  @Test("Originals of which nothing is left are a loss until they are back or given up")
  func originals() throws {
    let bytes = [UInt8](repeating: 3, count: Limits.inlineOriginalBytes + 1)
    do {
      let ledger = try scratch.ledger()
      try ledger.take([Sample.record(1, bytes: bytes)])
      try ledger.read.backup(to: scratch.path("backup"), at: Sample.now)
    }
    let files = scratch.state + "/files"
    try FileManager.default.removeItem(atPath: files)
    #expect(try loss() == .originals(path: files, count: 1))
    let back = try LedgerRestore.restoreOriginals(from: scratch.path("backup"), to: scratch.state)
    #expect(back.copied == 1 && back.missing == 0)
    #expect(try loss() == nil)
    try FileManager.default.removeItem(atPath: files)
    try Ledger(directory: scratch.state, knowing: .originals).giveUpOriginals(at: Sample.now)
    #expect(try loss() == nil)
  }
}
