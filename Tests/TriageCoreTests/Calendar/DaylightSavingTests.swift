import Testing
import TriageCore

@Suite("Deadlines over nights on which clocks change") struct DaylightSavingTests {
  /// The clocks of New York jump from 02:00 to 03:00 on Sunday 8 March 2026 and show 01:00 to 02:00 twice on
  /// Sunday 1 November; those of Madrid jump on 29 March and go back from 03:00 on 25 October.
  static func nightShift(_ zone: Zone) -> WorkCalendar {
    var calendar = CalendarFixture.weekdays("00:00-08:00", zone: zone)
    calendar.rest = []
    return calendar
  }
  let newYork = nightShift(CalendarFixture.newYork)
  let madrid = nightShift(CalendarFixture.madrid)

  @Test("A spring night has seven working hours, an autumn night nine")
  func nights() {
    #expect(newYork.due("7wh", from: "2026-03-08 00:00") == "2026-03-08 08:00")
    #expect(newYork.due("8wh", from: "2026-03-08 00:00") == "2026-03-09 01:00")
    #expect(newYork.due("9wh", from: "2026-11-01 00:00") == "2026-11-01 08:00")
    #expect(madrid.due("7wh", from: "2026-03-29 00:00") == "2026-03-29 08:00")
    #expect(madrid.due("9wh", from: "2026-10-25 00:00") == "2026-10-25 08:00")
  }

  @Test("Clock hours go by the instants, not by the hands")
  func clockHours() {
    #expect(newYork.due("2h", from: "2026-03-08 01:30") == "2026-03-08 04:30")
    #expect(newYork.due("2h", from: "2026-11-01 00:30") == "2026-11-01 01:30")
    #expect(newYork.due("24h", from: "2026-03-07 12:00") == "2026-03-08 13:00")
  }

  @Test("Days are civil days: a short or long night moves no close of business")
  func days() {
    #expect(newYork.due("1wd", from: "2026-03-07 23:00") == "2026-03-08 08:00")
    #expect(newYork.due("3d", from: "2026-03-06 12:00") == "2026-03-09 08:00")
    #expect(madrid.due("1wd", from: "2026-10-24 23:30") == "2026-10-25 08:00")
    let due = madrid.at("2026-10-25 08:00")
    #expect(madrid.instant(before: due, by: .workingDays(-1)) == madrid.at("2026-10-24 08:00"))
    #expect(due - madrid.at("2026-10-24 08:00") == 25 * 3_600)
  }

  @Test("A span that the clock skips whole has no working time")
  func skippedSpan() {
    var calendar = CalendarFixture.weekdays("02:00-03:00", "10:00-11:00", zone: CalendarFixture.newYork)
    calendar.rest = []
    #expect(calendar.due("1wh", from: "2026-03-08 00:00") == "2026-03-08 11:00")
    #expect(calendar.due("1wh", from: "2026-03-07 00:00") == "2026-03-07 03:00")
    #expect(!calendar.isOpen(at: calendar.at("2026-03-08 03:00")))
  }

  @Test("A span that begins in the gap begins after it, one in the repeated hour at its first pass")
  func spansAtTheEdge() {
    var calendar = CalendarFixture.weekdays("02:30-04:00", zone: CalendarFixture.newYork)
    calendar.rest = []
    #expect(calendar.due("1wh", from: "2026-03-08 00:00") == "2026-03-08 04:00")
    var early = CalendarFixture.weekdays("01:30-02:30", zone: CalendarFixture.newYork)
    early.rest = []
    let open = Instant(iso8601: "2026-11-01T01:30:00-04:00", zone: .utc)!
    #expect(early.nextOpening(atOrAfter: early.at("2026-11-01 00:00")) == open)
    #expect(early.deadline(from: open, limit: .workingHours(2)).due == early.at("2026-11-01 02:30"))
  }

  @Test("A day that the zone never had is not counted")
  func skippedDay() {
    // Samoa went from 29 to 31 December 2011 at midnight, over the date line.
    let midnight = Zone(identifier: "", initialOffset: -10 * 3_600).midnight(day("2011-12-30"))
    let apia = Zone(
      identifier: "Pacific/Apia", initialOffset: -10 * 3_600,
      transitions: [.init(at: midnight, offset: 14 * 3_600)])
    let calendar = WorkCalendar(
      hours: CalendarFixture.officeHours, rest: [], years: [2011: .init(), 2012: .init()], zone: apia)
    #expect(calendar.due("1wd", from: "2011-12-29 10:00") == "2011-12-31 17:30")
    #expect(calendar.due("2d", from: "2011-12-29 10:00") == "2012-01-01 17:30")
    let due = calendar.at("2011-12-31 17:30")
    #expect(calendar.instant(before: due, by: .workingDays(-1)) == calendar.at("2011-12-29 17:30"))
  }
}
