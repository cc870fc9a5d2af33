import Testing
import TriageCore

@Suite("Pauses") struct PauseTests {
  let national = CalendarFixture.national

  @Test("Working days: a day whose close comes while the clock stands still is not counted")
  func workingDays() {
    // Wednesday and Thursday close inside the pause, Friday's close comes after it.
    let pause = [("2026-10-14 10:00", "2026-10-16 10:00")]
    #expect(national.due("5wd", from: "2026-10-12 10:00") == "2026-10-19 17:30")
    #expect(national.due("5wd", from: "2026-10-12 10:00", pauses: pause) == "2026-10-21 17:30")
  }

  @Test("A pause is measured in the deadline's unit: a holiday inside it costs working days nothing")
  func sameCalendar() {
    let pause = [("2026-09-30 10:00", "2026-10-09 10:00")]
    #expect(national.due("5wd", from: "2026-09-29 10:00") == "2026-10-12 17:30")
    #expect(national.due("5wd", from: "2026-09-29 10:00", pauses: pause) == "2026-10-14 17:30")
    #expect(national.due("12d", from: "2026-09-29 10:00") == "2026-10-12 17:30")
    #expect(national.due("12d", from: "2026-09-29 10:00", pauses: pause) == "2026-10-20 17:30")
  }

  @Test("A pause asked for on the last day moves the deadline: none falls into a pause")
  func onTheLastDay() {
    #expect(
      national.due("1wd", from: "2026-10-12 10:00", pauses: [("2026-10-13 17:00", "2026-10-15 09:00")])
        == "2026-10-15 17:30")
    #expect(
      national.due("5d", from: "2026-10-12 10:00", pauses: [("2026-10-19 09:00", "2026-10-20 18:00")])
        == "2026-10-21 17:30", "17 October is a Saturday, Monday and Tuesday are paused")
    #expect(
      national.due("eod", from: "2026-10-12 10:00", pauses: [("2026-10-12 16:00", "2026-10-13 09:00")])
        == "2026-10-13 17:30")
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
      pauses: [national.at("2026-10-13 11:30")..<national.at("2026-10-13 15:00")])
    #expect(
      deadline.arithmetic.map(\.reason) == [.workingHours, .paused, .outsideHours, .paused, .workingHours])
    #expect(deadline.arithmetic.map(\.counted) == [5_400, 0, 0, 0, 9_000])
  }
}
