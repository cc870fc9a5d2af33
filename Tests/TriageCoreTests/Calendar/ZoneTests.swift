import Testing
import TriageCore

@Suite("Zones") struct ZoneTests {
  let newYork = CalendarFixture.newYork
  let madrid = CalendarFixture.madrid

  @Test("A time in the gap of a spring night is the instant after the gap")
  func gap() {
    let after = Instant(iso8601: "2026-03-08T03:00:00-04:00", zone: .utc)!
    #expect(newYork.instant(day("2026-03-08"), CivilTime(2, 0)) == after)
    #expect(newYork.instant(day("2026-03-08"), CivilTime(2, 30)) == after)
    #expect(newYork.instant(day("2026-03-08"), CivilTime(3, 0)) == after)
    #expect(newYork.instant(day("2026-03-08"), CivilTime(1, 59)) == after + -60)
    #expect(
      madrid.instant(day("2026-03-29"), CivilTime(2, 30)).iso8601(in: madrid) == "2026-03-29T03:00:00+02:00")
  }

  @Test("A time that an autumn night shows twice is the first of the two")
  func overlap() {
    let first = newYork.instant(day("2026-11-01"), CivilTime(1, 30))
    #expect(first.iso8601(in: newYork) == "2026-11-01T01:30:00-04:00")
    #expect((first + 3_600).iso8601(in: newYork) == "2026-11-01T01:30:00-05:00")
    #expect(
      madrid.instant(day("2026-10-25"), CivilTime(2, 0)).iso8601(in: madrid) == "2026-10-25T02:00:00+02:00")
    #expect(
      madrid.instant(day("2026-10-25"), CivilTime(3, 0)).iso8601(in: madrid) == "2026-10-25T03:00:00+01:00")
  }

  @Test("The clock shows the offset of the moment")
  func clock() {
    let before = Instant(seconds: 1_772_953_199)
    #expect(newYork.offset(at: before) == -18_000)
    #expect(newYork.offset(at: before + 1) == -14_400)
    let shown = newYork.civil(at: before + 1)
    #expect(shown.date == day("2026-03-08"))
    #expect(shown.second == 3 * 3_600)
    #expect(Zone.utc.civil(at: Instant(seconds: -1)).date == day("1969-12-31"))
    #expect(Zone.utc.civil(at: Instant(seconds: -1)).second == 86_399)
  }

  @Test("24:00 is the midnight that ends the day")
  func endOfDay() {
    let zone = CalendarFixture.shanghai
    #expect(zone.instant(day("2026-10-13"), CivilTime(24, 0)) == zone.midnight(day("2026-10-14")))
  }

  @Test("A later wall time is never an earlier instant, on no quarter of an hour of a year")
  func monotone() {
    for zone in [newYork, madrid] {
      var last = Instant(seconds: .min)
      var backward = 0
      for date in (0..<365).map({ day("2026-01-01") + $0 }) {
        for quarter in 0..<96 {
          let instant = zone.instant(date, second: quarter * 900)
          if instant < last { backward += 1 }
          last = instant
        }
      }
      #expect(backward == 0)
    }
  }

  @Test("Before the first transition and after the last the outer offsets hold")
  func outside() {
    #expect(newYork.instant(day("1990-07-01"), second: 0).iso8601(in: newYork) == "1990-07-01T00:00:00-05:00")
    #expect(newYork.instant(day("2090-07-01"), second: 0).iso8601(in: newYork) == "2090-07-01T00:00:00-05:00")
  }
}
