import Testing
import TriageCore

/// DESIGN.md section 6, sentence by sentence, and the vectors of `domain.md` section 3.
@Suite("Deadlines") struct DeadlineTests {
  let national = CalendarFixture.national

  @Test(
    "Working days over holidays and make-up days",
    arguments: [
      ("2026-02-12", "5wd", "2026-02-26"), ("2026-02-13", "1wd", "2026-02-14"),
      ("2026-09-18", "2wd", "2026-09-21"),
      ("2026-09-30", "5wd", "2026-10-13"), ("2025-01-24", "3wd", "2025-02-05"),
      ("2025-09-26", "2wd", "2025-09-29"),
      ("2025-09-30", "1wd", "2025-10-09"), ("2026-04-30", "2wd", "2026-05-07"),
      ("2024-09-13", "2wd", "2024-09-18"),
    ])
  func workingDayVectors(from: String, limit: String, due: String) {
    for time in ["00:00", "10:00", "17:30", "23:59"] {
      #expect(national.due(limit, from: "\(from) \(time)") == "\(due) 17:30")
    }
  }

  @Test(
    "Calendar days that end on a rest day or holiday roll forward, on a make-up day they do not",
    arguments: [
      ("2026-01-20", "30d", "2026-02-24"), ("2026-08-04", "60d", "2026-10-08"),
      ("2025-08-02", "60d", "2025-10-09"),
      ("2026-09-05", "15d", "2026-09-20"), ("2026-10-05", "4d", "2026-10-09"),
      ("2026-10-02", "2d", "2026-10-08"),
    ])
  func calendarDayVectors(from: String, limit: String, due: String) {
    for time in ["00:00", "10:00", "23:59"] {
      #expect(national.due(limit, from: "\(from) \(time)") == "\(due) 17:30")
    }
  }

  @Test("From a rest day the first working day is day 1: Saturday +1wd is Monday's close")
  func fromRestDay() {
    #expect(national.due("1wd", from: "2026-10-17 11:00") == "2026-10-19 17:30")
    #expect(national.due("2wd", from: "2026-10-18 23:00") == "2026-10-20 17:30")
  }

  @Test("From any hour: Friday 22:00 +1wd is the close of the next working day")
  func fromLateEvening() {
    #expect(national.due("1wd", from: "2026-10-16 22:00") == "2026-10-19 17:30")
    #expect(national.due("1wd", from: "2026-10-09 22:00") == "2026-10-10 17:30", "a Saturday that is worked")
  }

  @Test("Working hours from inside: 14:30 +3wh is 17:30, not the next opening")
  func workingHours() {
    #expect(national.due("3wh", from: "2026-10-13 14:30") == "2026-10-13 17:30")
    #expect(national.due("1wh", from: "2026-10-13 11:00") == "2026-10-13 12:00")
    #expect(national.due("4wh", from: "2026-10-13 11:00") == "2026-10-13 17:30")
    #expect(national.due("4wh", from: "2026-10-13 16:00") == "2026-10-14 11:00")
  }

  @Test("Working hours from outside begin at the next opening")
  func workingHoursFromOutside() {
    #expect(national.due("1wh", from: "2026-10-13 12:30") == "2026-10-13 15:30")
    #expect(national.due("2wh", from: "2026-10-13 20:00") == "2026-10-14 10:30")
    #expect(national.due("4wh", from: "2026-09-30 17:00") == "2026-10-08 12:00")
    #expect(national.due("1wh", from: "2026-10-10 07:00") == "2026-10-10 09:30", "a Saturday that is worked")
  }

  @Test("Hours begin at once, at night and on holidays too, to the second")
  func hours() {
    #expect(national.due("2h", from: "2026-10-02 23:30") == "2026-10-03 01:30")
    let start = national.at("2026-10-02 23:30:17")
    #expect(national.deadline(from: start, limit: .hours(2)).due == start + 7_200)
    #expect(!national.deadline(from: national.at("2027-01-01 08:00"), limit: .hours(2)).provisional)
  }

  @Test("eod is today's close, or the next working day's when today is rest or closed")
  func endOfDay() {
    #expect(national.due("eod", from: "2026-10-13 09:00") == "2026-10-13 17:30")
    #expect(national.due("eod", from: "2026-10-13 03:00") == "2026-10-13 17:30")
    #expect(national.due("eod", from: "2026-10-13 17:29:59") == "2026-10-13 17:30")
    #expect(national.due("eod", from: "2026-10-13 17:30") == "2026-10-14 17:30")
    #expect(national.due("eod", from: "2026-09-30 18:00") == "2026-10-08 17:30")
    #expect(national.due("eod", from: "2026-10-17 10:00") == "2026-10-19 17:30")
  }

  @Test("The sample test of DESIGN section 5: taken at 2026-09-30T16:00, 5wd are due on 2026-10-13")
  func designSample() {
    #expect(national.due("5wd", from: "2026-09-30 16:00") == "2026-10-13 17:30")
  }

  @Test("A place open to 24:00 closes at the midnight that ends the day")
  func openToMidnight() {
    let late = CalendarFixture.weekdays("08:00-12:00", "20:00-24:00")
    #expect(late.due("1wd", from: "2026-10-13 10:00") == "2026-10-15 00:00")
    #expect(late.due("5wh", from: "2026-10-13 10:00") == "2026-10-13 23:00")
    #expect(late.due("6wh", from: "2026-10-13 10:00") == "2026-10-14 00:00")
    #expect(late.due("1wd", from: "2026-10-13 00:00") == "2026-10-15 00:00", "midnight begins its day")
    #expect(late.isOpen(at: late.at("2026-10-13 23:59")))
    #expect(!late.isOpen(at: late.at("2026-10-14 00:00")))
  }

  @Test("A place that never closes counts working hours as the clock does")
  func alwaysOpen() {
    var station = CalendarFixture.weekdays("00:00-24:00")
    station.rest = []
    #expect(station.due("30wh", from: "2026-10-13 10:20") == "2026-10-14 16:20")
    let spans = station.deadline(from: station.at("2026-10-13 10:20"), limit: .workingHours(30)).arithmetic
    #expect(spans.map(\.reason) == [.workingHours])
    #expect(spans.map(\.counted) == [108_000])
  }

  @Test("Where the calendar has no hours a day ends at 24:00 and working hours never come")
  func noHours() {
    let closed = CalendarFixture.weekdays()
    #expect(closed.due("1wd", from: "2026-10-13 10:00") == "2026-10-15 00:00")
    #expect(closed.due("eod", from: "2026-10-13 10:00") == "2026-10-14 00:00")
    let never = closed.deadline(from: closed.at("2026-10-13 10:00"), limit: .workingHours(1))
    #expect(never.due == closed.zone.midnight(day("2026-10-13") + Limits.deadlineHorizonDays + 1))
    #expect(never.provisional)
    #expect(never.arithmetic.allSatisfy { $0.counted == 0 })
    #expect(!closed.isOpen(at: closed.at("2026-10-13 10:00")))
    let day = closed.deadline(from: closed.at("2026-10-13 10:00"), limit: .workingDays(1))
    #expect(closed.instant(percent: 50, of: day) == closed.at("2026-10-14 12:00"))
    #expect(closed.nextOpening(atOrAfter: closed.at("2026-10-13 10:00")) > never.start)
  }

  @Test("Where no day is worked every deadline ends at the horizon")
  func noWorkingDays() {
    var idle = CalendarFixture.national
    idle.rest = Set(Weekday.allCases)
    idle.years = [:]
    let start = idle.at("2026-10-13 10:00")
    for limit in ["1wd", "1d", "1wh", "eod"] {
      let deadline = idle.deadline(from: start, limit: TimeLimit(limit)!)
      #expect(deadline.due > start + Int64(Limits.deadlineHorizonDays) * 86_400, "\(limit)")
      #expect(deadline.arithmetic.last?.until == deadline.due)
    }
  }

  @Test("A count of zero ends at once, a negative one counts back")
  func zeroAndNegative() {
    let start = national.at("2026-10-13 10:00")
    #expect(national.deadline(from: start, limit: .workingDays(0)).due == start)
    #expect(national.deadline(from: start, limit: .hours(-2)).due == start + -7_200)
  }
}

/// Promise 8: no deadline over a year whose holidays are unknown without the mark provisional.
@Suite("Promise 8, time is honest: unknown years are marked") struct ProvisionalDeadlineTests {
  let national = CalendarFixture.national

  @Test(
    "A deadline that counts or skips a day of an unknown year is provisional",
    arguments: [
      ("5wd", "2026-12-28 10:00", "2027-01-04 17:30"), ("30d", "2026-12-20 10:00", "2027-01-19 17:30"),
      ("4wh", "2026-12-31 16:00", "2027-01-01 11:00"), ("eod", "2026-12-31 18:00", "2027-01-01 17:30"),
      ("eod", "2027-03-01 10:00", "2027-03-01 17:30"),
    ])
  func provisional(limit: String, from: String, due: String) {
    let deadline = national.deadline(from: national.at(from), limit: TimeLimit(limit)!)
    #expect(deadline.due == national.at(due))
    #expect(deadline.provisional)
  }

  @Test(
    "One that ends before, or does not ask the calendar, is not",
    arguments: [
      ("3wd", "2026-12-28 10:00"), ("10d", "2026-12-20 10:00"), ("1wh", "2026-12-31 16:00"),
      ("72h", "2026-12-31 10:00"), ("eod", "2026-12-31 10:00"),
    ])
  func certain(limit: String, from: String) {
    #expect(!national.deadline(from: national.at(from), limit: TimeLimit(limit)!).provisional)
  }

  @Test("When the notice comes the mark goes and the instant may change")
  func notice() {
    var known = national
    known.years[2027] = WorkCalendar.Year(off: [day("2027-01-01"): "元旦"], on: [day("2027-01-03")])
    let deadline = known.deadline(from: known.at("2026-12-28 10:00"), limit: .workingDays(5))
    #expect(deadline.due == known.at("2027-01-04 17:30"))
    #expect(!deadline.provisional)
    #expect(known.due("4wd", from: "2026-12-28 10:00") == "2027-01-03 17:30")
  }
}
