import Testing
import TriageCore

@Suite("The arithmetic of deadlines") struct ArithmeticTests {
  let national = CalendarFixture.national

  func spans(_ limit: String, from start: String) -> [String] {
    let deadline = national.deadline(from: national.at(start), limit: TimeLimit(limit)!)
    return deadline.arithmetic.map { span in
      let from = span.from.clockText(in: national.zone)
      let until = span.until.clockText(in: national.zone)
      return "\(from) - \(until) \(span.reason.rawValue) \(span.counted)" + (span.name.map { " \($0)" } ?? "")
    }
  }

  @Test("Working days: each span counted or skipped, neighbours of one kind merged, holidays by name")
  func workingDays() {
    #expect(
      spans("5wd", from: "2026-09-29 16:00") == [
        "2026-09-29 16:00 - 2026-09-30 00:00 startDay 0",
        "2026-09-30 00:00 - 2026-10-01 00:00 workingDay 1",
        "2026-10-01 00:00 - 2026-10-08 00:00 holiday 0 国庆节",
        "2026-10-08 00:00 - 2026-10-10 00:00 workingDay 2",
        "2026-10-10 00:00 - 2026-10-11 00:00 makeUpDay 1",
        "2026-10-11 00:00 - 2026-10-12 00:00 weeklyRest 0",
        "2026-10-12 00:00 - 2026-10-12 17:30 workingDay 1",
      ])
  }

  @Test("Calendar days: counted to the last, which rolls on from a holiday")
  func calendarDays() {
    #expect(
      spans("60d", from: "2026-08-04 10:00") == [
        "2026-08-04 10:00 - 2026-08-05 00:00 startDay 0",
        "2026-08-05 00:00 - 2026-10-03 00:00 calendarDay 59",
        "2026-10-03 00:00 - 2026-10-08 00:00 rolled 1 国庆节",
        "2026-10-08 00:00 - 2026-10-08 17:30 workingDay 0",
      ])
    #expect(
      spans("15d", from: "2026-09-05 10:00") == [
        "2026-09-05 10:00 - 2026-09-06 00:00 startDay 0",
        "2026-09-06 00:00 - 2026-09-20 17:30 calendarDay 15",
      ])
  }

  @Test("Working hours: nights, lunch and holidays stand apart")
  func workingHours() {
    #expect(
      spans("5wh", from: "2026-09-30 17:00") == [
        "2026-09-30 17:00 - 2026-09-30 17:30 workingHours 1800",
        "2026-09-30 17:30 - 2026-10-01 00:00 outsideHours 0",
        "2026-10-01 00:00 - 2026-10-08 00:00 holiday 0 国庆节",
        "2026-10-08 00:00 - 2026-10-08 08:30 outsideHours 0",
        "2026-10-08 08:30 - 2026-10-08 12:00 workingHours 12600",
        "2026-10-08 12:00 - 2026-10-08 14:30 outsideHours 0",
        "2026-10-08 14:30 - 2026-10-08 15:30 workingHours 3600",
      ])
  }

  @Test("Two different holidays side by side stay two")
  func twoHolidays() {
    // 2025: 国庆节, with 中秋节 on 6 October amid it.
    let names = national.deadline(from: national.at("2025-09-30 10:00"), limit: .workingDays(1))
      .arithmetic.filter { $0.reason == .holiday }.map { $0.name }
    #expect(names == ["国庆节", "中秋节", "国庆节"])
  }

  @Test("eod and clock hours too")
  func others() {
    #expect(
      spans("eod", from: "2026-10-16 18:00") == [
        "2026-10-16 18:00 - 2026-10-17 00:00 outsideHours 0",
        "2026-10-17 00:00 - 2026-10-19 00:00 weeklyRest 0",
        "2026-10-19 00:00 - 2026-10-19 17:30 workingDay 1",
      ])
    #expect(spans("2h", from: "2026-10-16 23:00") == ["2026-10-16 23:00 - 2026-10-17 01:00 wallClock 7200"])
    #expect(
      spans("2wd", from: "2026-12-31 10:00") == [
        "2026-12-31 10:00 - 2027-01-01 00:00 startDay 0",
        "2027-01-01 00:00 - 2027-01-02 00:00 presumedWorkingDay 1",
        "2027-01-02 00:00 - 2027-01-04 00:00 presumedRest 0",
        "2027-01-04 00:00 - 2027-01-04 17:30 presumedWorkingDay 1",
      ])
  }
}

/// Promise 5: every deadline stores its arithmetic; here it is said in words.
@Suite("Promise 5, explained: deadlines in words") struct NarrativeTests {
  let national = CalendarFixture.national

  func lines(_ limit: String, from start: String, _ language: Language, pauses: [Pause] = [])
    -> [String]
  {
    national.deadline(from: national.at(start), limit: TimeLimit(limit)!, pauses: pauses)
      .narrative(in: national.zone).map { $0[language] }
  }

  @Test("Working days in Chinese")
  func chinese() {
    #expect(
      lines("4wd", from: "2026-09-30 16:00", .zh) == [
        "自 2026-09-30 16:00（周三）起算，期限：4 个工作日",
        "2026-09-30（周三）  起算当日，不计",
        "2026-10-01 … 2026-10-07  国庆节放假，不计",
        "2026-10-08 … 2026-10-09  第 1–2 个工作日",
        "2026-10-10（周六）  调休上班，第 3 个工作日",
        "2026-10-11（周日）  休息日，不计",
        "2026-10-12（周一）  第 4 个工作日",
        "截止 2026-10-12 17:30（周一）",
      ])
  }

  @Test("Working days in English")
  func english() {
    #expect(
      lines("4wd", from: "2026-09-30 16:00", .en) == [
        "from 2026-09-30 16:00 (Wed), limit: 4 working days",
        "2026-09-30 (Wed)  day of the start, not counted",
        "2026-10-01 … 2026-10-07  国庆节, holiday, not counted",
        "2026-10-08 … 2026-10-09  working days 1–2",
        "2026-10-10 (Sat)  worked in exchange for a holiday, working day 3",
        "2026-10-11 (Sun)  rest day, not counted",
        "2026-10-12 (Mon)  working day 4",
        "due 2026-10-12 17:30 (Mon)",
      ])
  }

  @Test("Calendar days that roll")
  func rolled() {
    #expect(
      lines("60d", from: "2026-08-04 10:00", .zh) == [
        "自 2026-08-04 10:00（周二）起算，期限：60 天",
        "2026-08-04（周二）  起算当日，不计",
        "2026-08-05 … 2026-10-02  第 1–59 天",
        "2026-10-03 … 2026-10-07  第 60 天为国庆节假期，顺延",
        "2026-10-08（周四）  顺延后的首个工作日",
        "截止 2026-10-08 17:30（周四）",
      ])
    #expect(
      lines("1d", from: "2026-10-16 10:00", .en)[2]
        == "2026-10-17 … 2026-10-18  day 1 is a rest day: moves on")
  }

  @Test("Working hours with a pause, and the sum so far")
  func hours() {
    let pause = Pause(national.at("2026-10-13 15:00")..<national.at("2026-10-13 16:00"))
    #expect(
      lines("3wh", from: "2026-10-13 11:00", .zh, pauses: [pause]) == [
        "自 2026-10-13 11:00（周二）起算，期限：3 个工作小时",
        "2026-10-13 11:00 … 12:00  工作时间，计 1 小时",
        "2026-10-13 12:00 … 14:30  非工作时间，不计",
        "2026-10-13 14:30 … 15:00  工作时间，计 30 分，累计 1 小时 30 分",
        "2026-10-13 15:00 … 16:00  暂停计时，不计",
        "2026-10-13 16:00 … 17:30  工作时间，计 1 小时 30 分，累计 3 小时",
        "截止 2026-10-13 17:30（周二）",
      ])
    #expect(
      lines("2h", from: "2026-10-13 23:00", .en)[1] == "2026-10-13 23:00 … 2026-10-14 01:00  clock time, 2 h")
  }

  @Test("The end of a day")
  func endOfDay() {
    #expect(
      lines("eod", from: "2026-10-16 18:00", .zh) == [
        "自 2026-10-16 18:00（周五）起算，期限：当日下班前",
        "2026-10-16 18:00 … 2026-10-17 00:00  非工作时间，不计",
        "2026-10-17 00:00 … 2026-10-19 00:00  休息日，不计",
        "2026-10-19 00:00 … 17:30  至下班",
        "截止 2026-10-19 17:30（周一）",
      ])
  }

  @Test("A provisional deadline says which year is unknown")
  func provisional() {
    let chinese = lines("2wd", from: "2026-12-31 10:00", .zh)
    #expect(chinese[3] == "2027-01-02 … 2027-01-03  推定为休息日（放假安排未录入），不计")
    #expect(chinese.last == "暂定：2027 年的放假安排尚未录入日历，暂按每周休息日推算；录入后将重新计算并通知")
    #expect(lines("1d", from: "2027-01-01 10:00", .en).last?.contains("for 2027,") == true)
    #expect(lines("10d", from: "2026-12-28 10:00", .en).last?.contains("for 2027,") == true)
  }
}
