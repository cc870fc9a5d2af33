import Testing
import TriageCore

@testable import TriageLedger

@Suite("Finding cases")
struct SearchTests {
  let scratch = Scratch()

  private func found(_ query: CaseQuery) throws -> [String] {
    try LedgerReader(directory: scratch.state).search(query).map { String($0.id.rawValue.suffix(1)) }
  }

  @Test("Every part of a query narrows it, and the newest comes first")
  func filters() throws {
    let ledger = try scratch.ledger()
    try ledger.take((1...3).map { try Sample.record($0) })
    try ledger.close("ZZ20261121-0001")
    #expect(try found(CaseQuery()) == ["3", "2", "1"])
    #expect(try found(CaseQuery(limit: 1)) == ["3"])
    #expect(try found(CaseQuery(open: true)) == ["3", "2"])
    #expect(try found(CaseQuery(phases: [.closed, .merged])) == ["1"])
    #expect(try found(CaseQuery(phases: [])) == [])
    #expect(try found(CaseQuery(text: "停车费2")) == ["2"])
    #expect(try found(CaseQuery(text: "g-3")) == ["3"])
    #expect(try found(CaseQuery(text: "1121-0001")) == ["1"])
    #expect(try found(CaseQuery(text: "%")) == [])
    #expect(try found(CaseQuery(department: "police")).count == 3)
    #expect(try found(CaseQuery(department: "nobody")) == [])
    #expect(try found(CaseQuery(level: "yellow", category: "property", lead: "urban", area: "c1")).count == 3)
    #expect(try found(CaseQuery(level: "red")) == [])
    #expect(try found(CaseQuery(overdueAt: Sample.now + 86_401)) == ["3", "2"])
    #expect(try found(CaseQuery(overdueAt: Sample.now)) == [])
    #expect(try found(CaseQuery(takenSince: Sample.now + 1)) == [])
    #expect(try found(CaseQuery(channel: "hotline", takenBefore: Sample.now + 1)).count == 3)
  }

  @Test("Counts are those of the whole ledger")
  func counts() throws {
    let ledger = try scratch.ledger()
    try ledger.take((1...3).map { try Sample.record($0) })
    try ledger.close("ZZ20261121-0001")
    let counts = try ledger.read.counts(at: Sample.now + 86_401)
    #expect(counts.cases == 3)
    #expect(counts.byPhase == [.assigned: 2, .closed: 1])
    #expect(counts.byLevel == ["yellow": 2])
    #expect(counts.overdue == 2)
    #expect(counts.events == 4)
    #expect(counts.pendingEffects == 6)
    #expect(counts.pendingRemovals == 3)
  }
}
