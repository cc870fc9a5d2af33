import Testing
import TriageCore

@testable import TriageLedger

@Suite("Reading cases for a report")
struct ReportReadingTests {
  let scratch = Scratch()

  private func ids(_ page: LedgerReader.AccountPage) -> [String] {
    page.accounts.map { String($0.state.id.rawValue.suffix(1)) }
  }

  private func taken(_ count: Int) throws -> Ledger {
    let ledger = try scratch.ledger()
    try ledger.take((1...count).map { try Sample.record($0) })
    return ledger
  }

  @Test("Pages follow each other in the order of taking, each case once")
  func pages() throws {
    let read = try taken(5).read
    var seen: [String] = []
    var after: Int64? = 0
    var pages = 0
    while let number = after {
      let page = try read.accounts(openSince: Sample.now, at: Sample.now + 60, after: number, limit: 2)
      seen += ids(page)
      after = page.next
      pages += 1
    }
    #expect(seen == ["1", "2", "3", "4", "5"])
    #expect(pages == 3)
  }

  @Test("A case that ended before the period is left out, one taken after the moment too")
  func bounds() throws {
    let ledger = try taken(3)
    try ledger.close("ZZ20261121-0001")
    #expect(ids(try ledger.read.accounts(openSince: Sample.now, at: Sample.now)) == ["1", "2", "3"])
    #expect(ids(try ledger.read.accounts(openSince: Sample.now + 1, at: Sample.now + 60)) == ["2", "3"])
    #expect(ids(try ledger.read.accounts(openSince: Sample.now + -99, at: Sample.now + -1)) == [])
  }

  @Test("What the columns tell need not be read from events")
  func filter() throws {
    let ledger = try taken(3)
    try ledger.close("ZZ20261121-0002")
    func found(_ standing: CaseSelection.Standing, now: Instant = Sample.now + 60) throws -> [String] {
      let filter = LedgerReader.AccountFilter(CaseSelection(standings: [standing]), now: now)
      return ids(try ledger.read.accounts(openSince: Sample.now, at: now, filter: filter))
    }
    #expect(try found(.open(true)) == ["1", "3"])
    #expect(try found(.unaccepted(true)) == ["1", "3"])
    #expect(try found(.overdue([], true)) == [])
    #expect(try found(.overdue([], true), now: Sample.now + 86_401).count == 3)
    #expect(try found(.open(false)) == ["1", "2", "3"])
  }

  @Test("Erased cases are counted and not read")
  func erased() throws {
    let ledger = try taken(3)
    try ledger.close("ZZ20261121-0003")
    try ledger.erase(payloadsOf: "ZZ20261121-0003", at: Sample.now)
    let page = try ledger.read.accounts(openSince: Sample.now, at: Sample.now)
    #expect(ids(page) == ["1", "2"])
    #expect(page.erased == 1)
  }
}
