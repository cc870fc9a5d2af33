import Testing
import TriageCore

@Suite("Civil dates") struct CivilDateTests {
  @Test("Days are numbered from 1970 on, before and after")
  func numbers() {
    #expect(day("1970-01-01").day == 0)
    #expect(day("2000-03-01").day == 11_017)
    #expect(day("1969-12-31").day == -1)
    #expect(day("0001-01-01").day == -719_162)
    #expect(day("9999-12-31").day == 2_932_896)
  }

  @Test("Every day from 1896 to 2105 follows the day before it")
  func successive() {
    var year = 1896
    var month = 1
    var dayOfMonth = 1
    var date = day("1896-01-01")
    var wrong: [String] = []
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while year < 2105 {
      if date.year != year || date.month != month || date.dayOfMonth != dayOfMonth
        || CivilDate(year: year, month: month, day: dayOfMonth) != date
      {
        wrong.append("\(year)-\(month)-\(dayOfMonth): \(date)")
      }
      date = date + 1
      dayOfMonth += 1
      let isLeap = year % 4 == 0 && year != 1900 && year != 2100
      if dayOfMonth > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) {
        dayOfMonth = 1
        month += 1
      }
      if month > 12 {
        month = 1
        year += 1
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test(
    "A day that the calendar does not have is none",
    arguments: [
      "2026-02-29", "2026-02-30", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
      "0000-01-01",
    ])
  func missingDays(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test(
    "Only yyyy-MM-dd is a date",
    arguments: [
      "", "2026-1-1", "2026/01/01", "20260101", " 2026-01-01", "2026-01-01 ", "２０２６-01-01", "26-01-01",
      "2026-01-01T",
    ])
  func otherWritings(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test("A date prints as it is read")
  func roundTrip() {
    for text in ["2024-02-29", "2026-10-01", "0099-01-02"] { #expect(day(text).description == text) }
  }

  @Test("21 November 2026 is a Saturday")
  func weekdays() {
    #expect(day("2026-11-21").weekday == .sat)
    #expect(day("1970-01-01").weekday == .thu)
    #expect(day("1969-12-28").weekday == .sun)
  }

  @Test("A time of day goes from 00:00 to 24:00")
  func times() {
    #expect(CivilTime("08:30") == CivilTime(8, 30))
    #expect(CivilTime("8:30") == CivilTime(8, 30))
    #expect(CivilTime("24:00")?.minute == 1_440)
    #expect(CivilTime("24:00")?.description == "24:00")
    #expect(CivilTime(7, 5).description == "07:05")
    for text in ["24:01", "12:60", "8:3", "0830", "", "25:00", "08:30:00", "8：30"] {
      #expect(CivilTime(text) == nil, "\(text)")
    }
  }
}
