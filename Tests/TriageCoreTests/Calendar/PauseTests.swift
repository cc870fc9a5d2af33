import Testing
import TriageCore

@Suite("Pauses") struct PauseTests {
  let national = CalendarFixture.national

  @Test(
    "Working days: the working time of all pauses is added, and the whole days that it fills move the deadline"
  )
  func workingDays() {
    // 5 h of Wednesday, 6.5 h of Thursday, 1.5 h of Friday: two days of 6.5 h, to the minute.
    let pause = [("2026-10-14 10:00", "2026-10-16 10:00")]
    #expect(national.due("5wd", from: "2026-10-12 10:00") == "2026-10-19 17:30")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: pause) == "2026-10-21 17:30")
    let shorter = [("2026-10-14 10:00", "2026-10-16 09:59")]
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: shorter) == "2026-10-20 17:30")
  }

  @Test("Minutes over a close of business are minutes, however often")
  func overTheClose() {
    let once = [("2026-10-13 17:28", "2026-10-13 17:31")]
    let twice = once + [("2026-10-14 17:28", "2026-10-14 17:31")]
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: once) == "2026-10-19 17:30")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: twice) == "2026-10-19 17:30")
    #expect(national.due("5d", from: "2026-10-13 10:00", pauses: twice) == "2026-10-19 17:30")
  }

  @Test("What fills no day is kept for the next pause: two halves make one day")
  func remainder() {
    let first = ("2026-10-13 08:30", "2026-10-13 17:29")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: [first]) == "2026-10-19 17:30")
    let second = ("2026-10-14 08:30", "2026-10-14 08:31")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: [first, second]) == "2026-10-20 17:30")
  }

  @Test(
    "A pause that begins when the deadline is over moves nothing; one that an earlier pause made room for counts"
  )
  func afterTheEnd() {
    let day = ("2026-10-14 08:30", "2026-10-14 17:30")
    let late = ("2026-10-20 08:30", "2026-10-20 17:30")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: [late]) == "2026-10-19 17:30")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: [late, day]) == "2026-10-21 17:30")
  }

  @Test("Pauses that ended before working time was counted keep what they gave: the closes inside them")
  func closes() {
    let minutes = [("2026-10-13 17:28", "2026-10-13 17:31")]
    #expect(
      national.due("5wd", from: "2026-10-12 10:00", pauses: minutes, counting: .closes) == "2026-10-20 17:30")
    let day = [("2026-10-13 08:30", "2026-10-13 17:29")]
    #expect(
      national.due("5wd", from: "2026-10-12 10:00", pauses: day, counting: .closes) == "2026-10-19 17:30")
    let lastDay = [("2026-10-13 17:00", "2026-10-15 09:00")]
    #expect(
      national.due("1wd", from: "2026-10-12 10:00", pauses: lastDay, counting: .closes) == "2026-10-15 17:30")
    // One of each.
    let old = Pause(national.at("2026-10-13 17:28")..<national.at("2026-10-13 17:31"), counting: .closes)
    let new = Pause(national.at("2026-10-15 08:30")..<national.at("2026-10-16 08:30"))
    let both = national.deadline(
      from: national.at("2026-10-12 10:00"), limit: .workingDays(5), pauses: [new, old])
    #expect(both.due.clockText(in: national.zone) == "2026-10-21 17:30")
    #expect(both.pauses?.parts.count == 1)
  }

  @Test("The arithmetic says the pauses, the length of a day, and what is left over")
  func sum() throws {
    let pauses = [("2026-10-13 14:30", "2026-10-14 09:30"), ("2026-10-15 08:30", "2026-10-15 12:30")].map {
      Pause(national.at($0.0)..<national.at($0.1))
    }
    let deadline = national.deadline(
      from: national.at("2026-10-12 10:00"), limit: .workingDays(3), pauses: pauses)
    let sum = try #require(deadline.pauses)
    #expect(sum.parts.map(\.seconds) == [14_400, 12_600])
    #expect((sum.day, sum.days, sum.rest) == (23_400, 1, 3_600))
    let words = deadline.narrative(in: national.zone).map(\.zh)
    #expect(words.contains("暂停 2026-10-13 14:30 … 2026-10-14 09:30，其中工作时间 4 小时"))
    #expect(words.contains("暂停合计 7 小时 30 分（每个工作日 6 小时 30 分）：满 1 个工作日，期限顺延 1 个工作日；余 1 小时，并入下一次暂停"))
    #expect(words.contains { $0.contains("补回暂停占用的时间") })
  }

  @Test("A pause is measured in the deadline's unit: a holiday inside it costs working days nothing")
  func sameCalendar() {
    let pause = [("2026-09-30 10:00", "2026-10-09 10:00")]
    #expect(national.due("5wd", from: "2026-09-29 10:00") == "2026-10-12 17:30")
    #expect(national.due("5wd", from: "2026-09-29 10:00", pauses: pause) == "2026-10-14 17:30")
    #expect(national.due("12d", from: "2026-09-29 10:00") == "2026-10-12 17:30")
    #expect(national.due("12d", from: "2026-09-29 10:00", pauses: pause) == "2026-10-20 17:30")
  }

  @Test("A pause asked for on the last day counts as a whole, also what lies behind the deadline")
  func onTheLastDay() {
    #expect(
      national.due("1wd", from: "2026-10-12 10:00", pauses: [("2026-10-13 17:00", "2026-10-15 09:00")])
        == "2026-10-14 17:30", "half an hour, a day, half an hour")
    #expect(
      national.due("5d", from: "2026-10-12 10:00", pauses: [("2026-10-16 09:00", "2026-10-20 18:00")])
        == "2026-10-21 17:30", "the fifth day is Saturday, 17 October; four days are paused")
    #expect(
      national.due("eod", from: "2026-10-12 10:00", pauses: [("2026-10-12 16:00", "2026-10-13 16:00")])
        == "2026-10-13 17:30")
    #expect(
      national.due("eod", from: "2026-10-12 10:00", pauses: [("2026-10-12 16:00", "2026-10-13 09:00")])
        == "2026-10-12 17:30")
  }

  @Test("Hours and working hours lose exactly the paused time of their own kind")
  func hours() {
    let pause = [("2026-10-13 11:30", "2026-10-13 15:00")]
    #expect(national.due("6h", from: "2026-10-13 10:00", pauses: pause) == "2026-10-13 19:30")
    #expect(national.due("4wh", from: "2026-10-13 10:00", pauses: pause) == "2026-10-13 17:30")
    #expect(national.due("4wh", from: "2026-10-13 10:00") == "2026-10-13 16:30")
    let night = [("2026-10-13 18:00", "2026-10-14 08:00")]
    #expect(national.due("5wh", from: "2026-10-13 14:30", pauses: night) == "2026-10-14 10:30")
  }

  @Test("Pauses may come in any order, overlap, be empty, lie before the start or after the end")
  func untidy() {
    let tidy = [("2026-10-14 10:00", "2026-10-16 10:00")]
    let untidy = [
      ("2026-10-15 08:00", "2026-10-16 10:00"), ("2026-10-14 10:00", "2026-10-15 12:00"),
      ("2026-10-20 10:00", "2026-10-20 10:00"), ("2026-10-01 10:00", "2026-10-05 10:00"),
      ("2026-11-10 10:00", "2026-11-15 10:00"), ("2026-10-14 11:00", "2026-10-14 12:00"),
    ]
    for limit in ["5wd", "4d", "30wh", "60h"] {
      #expect(
        national.due(limit, from: "2026-10-12 10:00", pauses: untidy)
          == national.due(limit, from: "2026-10-12 10:00", pauses: tidy), "\(limit)")
    }
  }

  @Test("A pause that began before the start stands still from the start on")
  func fromBeforeTheStart() {
    #expect(
      national.due("2h", from: "2026-10-13 10:00", pauses: [("2026-10-01 00:00", "2026-10-13 12:00")])
        == "2026-10-13 14:00")
  }

  @Test("Paused time stands in the arithmetic")
  func arithmetic() {
    let deadline = national.deadline(
      from: national.at("2026-10-13 10:00"), limit: .workingHours(4),
      pauses: [Pause(national.at("2026-10-13 11:30")..<national.at("2026-10-13 15:00"))])
    #expect(
      deadline.arithmetic.map(\.reason) == [.workingHours, .paused, .outsideHours, .paused, .workingHours])
    #expect(deadline.arithmetic.map(\.counted) == [5_400, 0, 0, 0, 9_000])
  }
}
