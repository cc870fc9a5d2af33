import Testing
import TriageCore

@Suite("Kinds of days") struct DayKindTests {
  let national = CalendarFixture.national

  @Test(
    "The national notices of 2024 to 2026 give 251, 248 and 248 working days",
    arguments: [
      (2024, 251), (2025, 248), (2026, 248),
    ])
  func workingDaysOfYear(year: Int, expected: Int) {
    let first = CivilDate(year: year, month: 1, day: 1)!
    let days = (0..<366).map { first + $0 }.filter { $0.year == year }
    #expect(days.filter(national.isWorkingDay).count == expected)
  }

  @Test("A day says what it is and why")
  func kinds() {
    #expect(national.kind(of: day("2026-10-05")) == .holiday("国庆节"))
    #expect(national.kind(of: day("2026-10-09")) == .working)
    #expect(national.kind(of: day("2026-10-10")) == .makeUp)
    #expect(national.kind(of: day("2026-10-11")) == .weeklyRest)
    #expect(national.kind(of: day("2027-01-01")) == .presumedWorking)
    #expect(national.kind(of: day("2027-01-02")) == .presumedRest)
    #expect(national.kind(of: day("2027-01-02")).isPresumed)
    #expect(!national.kind(of: day("2026-10-11")).isPresumed)
  }

  @Test("The local overlay wins over the national notice, in an unknown year too")
  func overlay() {
    var local = national
    local.overlay = WorkCalendar.Year(
      off: [day("2026-10-09"): "古尔邦节", day("2026-10-10"): nil, day("2027-03-01"): "村节"],
      on: [day("2026-10-05"), day("2026-10-11"), day("2026-10-12"), day("2027-01-02")])
    #expect(local.kind(of: day("2026-10-09")) == .holiday("古尔邦节"))
    #expect(local.kind(of: day("2026-10-10")) == .holiday(nil))
    #expect(local.kind(of: day("2026-10-05")) == .makeUp)
    #expect(local.kind(of: day("2026-10-11")) == .makeUp)
    #expect(local.kind(of: day("2026-10-12")) == .working)
    #expect(local.kind(of: day("2027-03-01")) == .holiday("村节"))
    #expect(local.kind(of: day("2027-01-02")) == .makeUp)
  }

  @Test("The known years end before the first one without a notice")
  func horizon() {
    #expect(national.provisionalHorizon == 2027)
    var gap = national
    gap.years[2025] = nil
    #expect(gap.provisionalHorizon == 2025)
    gap.years = [:]
    #expect(gap.provisionalHorizon == nil)
  }

  @Test("Working hours are half-open and only on working days")
  func open() {
    for (text, expected) in [
      ("2026-10-09 08:29", false), ("2026-10-09 08:30", true), ("2026-10-09 11:59", true),
      ("2026-10-09 12:00", false),
      ("2026-10-09 14:30", true), ("2026-10-09 17:30", false), ("2026-10-10 09:00", true),
      ("2026-10-11 09:00", false),
      ("2026-10-05 09:00", false),
    ] {
      #expect(national.isOpen(at: national.at(text)) == expected, "\(text)")
    }
  }

  @Test("The next opening is now, this afternoon, or after the holiday")
  func nextOpening() {
    for (text, expected) in [
      ("2026-10-09 09:15", "2026-10-09 09:15"), ("2026-10-09 12:00", "2026-10-09 14:30"),
      ("2026-09-30 17:30", "2026-10-08 08:30"), ("2026-10-10 18:00", "2026-10-12 08:30"),
    ] {
      #expect(national.nextOpening(atOrAfter: national.at(text)).clockText(in: national.zone) == expected)
    }
  }
}
