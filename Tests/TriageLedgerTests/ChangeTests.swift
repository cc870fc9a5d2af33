import Testing
import TriageCore

@testable import TriageLedger

@Suite("Changes, outbox and timers")
struct ChangeTests {
  let scratch = Scratch()
  let id: CaseID = "ZZ20261121-0001"

  @Test("A change made for another version is refused, and with it everything of its transaction")
  func versions() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1), Sample.record(2)])
    let index = try #require(try ledger.read.index(of: id))
    var noted = index
    noted.version = 2
    let good = CaseChange(
      id: id, expectedVersion: 1, events: [.noted(.init(by: nil, text: "a"))], effects: [], index: noted)
    var stale = good
    stale.expectedVersion = 4
    #expect(throws: LedgerError.versionMismatch(id, expected: 4, found: 2)) {
      try ledger.record([good, stale], at: Sample.now)
    }
    #expect(try ledger.read.index(of: id)?.version == 1)
    #expect(throws: LedgerError.self) {
      try ledger.record(
        [CaseChange(id: id, expectedVersion: 1, events: [], effects: [], index: noted)], at: Sample.now)
    }
    try ledger.record([good], at: Sample.now)
    #expect(try ledger.read.events(of: id).count == 2)
    #expect(throws: LedgerError.unknownCase("ZZ-none")) { try ledger.note("x", on: "ZZ-none") }
  }

  @Test("Columns follow the index: items change, deadlines end, a shorter list leaves none behind")
  func columns() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    var index = try #require(try ledger.read.index(of: id))
    index.phase = .accepted
    index.items[0].status = .accepted
    index.deadlines[0].ended = .met
    index.deadlines.removeLast()
    index.nextTimer = nil
    try ledger.record(
      [CaseChange(id: id, expectedVersion: 1, events: [], effects: [], index: index)], at: Sample.now)
    #expect(try ledger.read.index(of: id) == index)
    #expect(try ledger.read.due(notAfter: Instant(seconds: .max), limit: 10).isEmpty)
  }

  @Test("An effect is in the outbox once until it is done, and may come again afterwards")
  func outboxKeys() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    let before = try ledger.pendingEffects(notAfter: Sample.now, limit: 10)
    let index = try #require(try ledger.read.index(of: id))
    let again = CaseChange(
      id: id, expectedVersion: 1, events: [], effects: before.map(\.planned), index: index)
    try ledger.record([again], at: Sample.now)
    #expect(try ledger.pendingEffects(notAfter: Sample.now, limit: 10) == before)
    ledger.deferDone([before[0].key])
    #expect(try ledger.pendingEffects(notAfter: Sample.now, limit: 1) == [before[1]])
    try ledger.record([again], at: Sample.now)
    #expect(
      Set(try ledger.pendingEffects(notAfter: Sample.now, limit: 10).map(\.key)) == Set(before.map(\.key)))
  }

  @Test("Every kind of effect comes back as it was recorded")
  func effectKinds() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    try ledger.mark(done: try ledger.pendingEffects(notAfter: Sample.now, limit: 10).map(\.key))
    let item = ItemID(id, .followUp, 2)
    let effects = [
      PlannedEffect(.deliver(item, "urban"), notBefore: Sample.now),
      PlannedEffect(.retire(ItemID(id, .lead, 1), "urban")),
      PlannedEffect(.fileRequest(id, "police", file: "12 1795226400 延期.txt")),
      PlannedEffect(.notice(id, "community@c1", number: 3)),
      PlannedEffect(.notice(id, "community@c1", number: 4, digest: Sample.day)),
      PlannedEffect(.redeliver(ItemID(id, .assist, 1), "community@c1")),
      PlannedEffect(.remind(id, "urban", slot: "-1wd", digest: Sample.day), notBefore: Sample.now + 60),
      PlannedEffect(.remind(id, "urban", slot: "0", digest: nil)),
    ]
    let index = try #require(try ledger.read.index(of: id))
    try ledger.record(
      [CaseChange(id: id, expectedVersion: 1, events: [], effects: effects, index: index)], at: Sample.now)
    #expect(try ledger.read.pendingEffects(limit: 10).map(\.planned) == effects)
    #expect(try ledger.pendingEffects(notAfter: Sample.now, limit: 10).count == 7)
    #expect(
      try ledger.pendingEffects(notAfter: Sample.now + 60, of: "police", limit: 10).map(\.planned) == [
        effects[2]
      ])
    let others = try ledger.pendingEffects(notAfter: Sample.now, excluding: ["urban", "police"], limit: 10)
    #expect(others.map(\.planned) == Array(effects[3...5]))
    #expect(try ledger.read.nextEffect() == Sample.now)
    #expect(try ledger.read.pendingEffectCounts() == ["urban": 4, "police": 1, "community@c1": 3])
    #expect(
      try ledger.read.dayLines(of: "urban", on: Sample.day) == [
        DayLine(caseID: id, what: .reminder(slot: "-1wd"))
      ])
    #expect(
      try ledger.read.dayLines(of: "community@c1", on: Sample.day) == [
        DayLine(caseID: id, what: .notice(number: 4))
      ])
  }

  @Test("Marks that were deferred survive a restart once any transaction was written")
  func deferredMarks() throws {
    var ledger: Ledger? = try scratch.ledger()
    try ledger?.take([Sample.record(1)])
    let keys = try #require(try ledger?.pendingEffects(notAfter: Sample.now, limit: 10).map(\.key))
    ledger?.deferDone(keys + [try Sample.record(1).inbox?.key ?? ""])
    try ledger?.take([Sample.record(2)])
    ledger = nil
    let again = try scratch.ledger()
    #expect(try again.pendingEffects(notAfter: Sample.now, limit: 10).count == 2)
    #expect(try again.pendingRemovals().count == 1)
  }

  @Test("Cases are due by their timer; under other rules every open case is")
  func timers() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1), Sample.record(2)])
    #expect(try ledger.read.nextTimer() == Sample.now + 43_200)
    #expect(try ledger.read.due(notAfter: Sample.now, limit: 10).isEmpty)
    try ledger.close(id)
    try ledger.keepTimers(countedBy: 7, at: Sample.now)
    #expect(try ledger.read.due(notAfter: Sample.now, limit: 10) == ["ZZ20261121-0002"])
    try ledger.keepTimers(countedBy: 7, at: Sample.now + -60)
    #expect(try ledger.read.due(notAfter: Sample.now + -60, limit: 10).isEmpty, "the rules are the same")
    try ledger.keepTimers(countedBy: 8, at: Sample.now + -60)
    #expect(try ledger.read.due(notAfter: Sample.now + -60, limit: 10) == ["ZZ20261121-0002"])
    #expect(try ledger.read.openCases() == ["ZZ20261121-0002"])
  }

  @Test("A department's items are those that have not ended")
  func items() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1), Sample.record(2)])
    try ledger.close(id)
    #expect(try ledger.read.openItems(of: "urban").map(\.item) == [ItemID("ZZ20261121-0002", .lead, 1)])
    #expect(try ledger.read.item(ItemID(id, .assist, 1))?.status == .ended)
    #expect(try ledger.read.item(ItemID(id, .assist, 2)) == nil)
    #expect(try ledger.read.items(of: "urban", openedSince: Sample.now).count == 2)
    #expect(try ledger.read.departmentsWithOpenItems() == ["urban", "police"])
  }

  @Test("Markers of queues and texts of rulebooks are kept")
  func registers() throws {
    let ledger = try scratch.ledger()
    try ledger.register(queue: "urban", marker: "a1")
    try ledger.register(queue: "urban", marker: "a2")
    try ledger.register(queue: "police", marker: "b1")
    #expect(try ledger.read.queues() == ["urban": "a2", "police": "b1"])
    #expect(try ledger.read.marker(of: "none") == nil)
    let source = Array("levels:".utf8)
    let digest = Sample.sha256(source)
    try ledger.remember(rulebook: digest, source: source)
    try ledger.remember(rulebook: digest, source: source)
    #expect(try ledger.read.rulebook(digest: digest) == source)
    try scratch.tamper("UPDATE rulebooks SET source = x'00'")
    #expect(throws: LedgerError.changedRulebook(digest: digest)) { try ledger.read.rulebook(digest: digest) }
  }
}
