import Testing
import TriageCore

@Suite("When lists come: cadence and period")
struct CadenceTests {
  private let zone = Sample.shanghai

  private func last(_ words: String, _ moment: String) -> Instant? {
    Cadence(words)?.last(notAfter: at(moment), in: zone)
  }
  private func next(_ words: String, _ moment: String) -> Instant? {
    Cadence(words)?.next(after: at(moment), in: zone)
  }

  @Test("Every day at half past eight")
  func daily() {
    #expect(last("daily 08:30", "2026-11-21T08:30") == at("2026-11-21T08:30"))
    #expect(last("daily 08:30", "2026-11-21T08:29") == at("2026-11-20T08:30"))
    #expect(next("daily 08:30", "2026-11-21T08:30") == at("2026-11-22T08:30"))
  }

  @Test("Mondays at nine; 2026-11-23 is one")
  func weekly() {
    #expect(last("mon 09:00", "2026-11-22T23:00") == at("2026-11-16T09:00"))
    #expect(next("mon 09:00", "2026-11-22T23:00") == at("2026-11-23T09:00"))
    #expect(last("sun 09:00", "2026-11-22T23:00") == at("2026-11-22T09:00"))
  }

  @Test("A day that a month does not have is its last")
  func monthly() {
    #expect(last("month 31 17:00", "2026-03-01T00:00") == at("2026-02-28T17:00"))
    #expect(next("month 31 17:00", "2028-02-01T00:00") == at("2028-02-29T17:00"))
    #expect(next("month 1 09:00", "2026-12-01T09:00") == at("2027-01-01T09:00"))
  }

  @Test("Quarters begin in January, April, July and October")
  func quarterly() {
    #expect(last("quarter 5 09:00", "2026-11-22T10:00") == at("2026-10-05T09:00"))
    #expect(next("quarter 5 09:00", "2026-11-22T10:00") == at("2027-01-05T09:00"))
    #expect(last("quarter 5 09:00", "2026-10-05T08:59") == at("2026-07-05T09:00"))
  }

  @Test(
    "Other words are no cadence",
    arguments: [
      "", "daily", "weekly 09:00", "mon", "mon 9", "mon 24:00", "month 09:00", "month 0 09:00",
      "month 32 09:00",
      "quarter x 09:00", "daily 08:30 x",
    ])
  func wrong(text: String) { #expect(Cadence(text) == nil) }

  @Test(
    "A period is the day, week, month or quarter in which the instant lies, as far as it has come",
    arguments: [
      (ReportPeriod.Kind.day, "2026-11-22T00:00", "2026-11-23T00:00"),
      (.week, "2026-11-16T00:00", "2026-11-23T00:00"),
      (.month, "2026-11-01T00:00", "2026-12-01T00:00"),
      (.quarter, "2026-10-01T00:00", "2027-01-01T00:00"),
    ])
  func containing(kind: ReportPeriod.Kind, start: String, end: String) {
    let now = at("2026-11-22T10:30")
    let period = ReportPeriod(kind, containing: now, in: zone)
    #expect(period == ReportPeriod(start: at(start), end: at(end), at: now))
    #expect(period.contains(at(start)))
    #expect(!period.contains(now + 1))
    #expect(!period.contains(at(start) + -1))
  }

  @Test(
    "The period before is whole",
    arguments: [
      (ReportPeriod.Kind.day, "2026-02-28T00:00", "2026-03-01T00:00"),
      (.week, "2026-02-16T00:00", "2026-02-23T00:00"),
      (.month, "2026-02-01T00:00", "2026-03-01T00:00"),
      (.quarter, "2025-10-01T00:00", "2026-01-01T00:00"),
    ])
  func before(kind: ReportPeriod.Kind, start: String, end: String) {
    let period = ReportPeriod(kind, before: at("2026-03-01T12:00"), in: zone)
    #expect(period == ReportPeriod(start: at(start), end: at(end), at: at(end) + -1))
  }
}
