import Testing
import TriageCore

@Suite("Offsets and shares of deadlines") struct OffsetTests {
  let national = CalendarFixture.national

  func before(_ due: String, _ limit: String) -> String {
    national.instant(before: national.at(due), by: TimeLimit(limit)!).clockText(in: national.zone)
  }
  func after(_ due: String, _ limit: String) -> String {
    national.instant(after: national.at(due), by: TimeLimit(limit)!).clockText(in: national.zone)
  }
  func share(_ percent: Int, _ limit: String, from start: String, pauses: [(String, String)] = []) -> String {
    let pauses = pauses.map { Pause(national.at($0.0)..<national.at($0.1)) }
    let deadline = national.deadline(from: national.at(start), limit: TimeLimit(limit)!, pauses: pauses)
    return national.instant(percent: percent, of: deadline, pauses: pauses).clockText(in: national.zone)
  }

  @Test("Negative offsets count back in the same unit")
  func back() {
    #expect(before("2026-10-13 17:30", "-1wd") == "2026-10-12 17:30")
    #expect(before("2026-10-08 17:30", "-1wd") == "2026-09-30 17:30", "over the holiday")
    #expect(before("2026-10-12 17:30", "-1wd") == "2026-10-10 17:30", "to the Saturday that is worked")
    #expect(before("2026-10-13 10:00", "-1wd") == "2026-10-12 10:00")
    #expect(before("2026-10-18 15:00", "-1wd") == "2026-10-16 15:00", "from a Sunday")
    #expect(before("2026-10-08 17:30", "-3d") == "2026-10-05 17:30", "calendar days stay where they fall")
    #expect(before("2026-10-13 01:00", "-2h") == "2026-10-12 23:00")
    #expect(before("2026-10-13 17:30", "-3wh") == "2026-10-13 14:30")
    #expect(before("2026-10-13 17:30", "-4wh") == "2026-10-13 11:00")
    #expect(before("2026-10-13 10:00", "-2wh") == "2026-10-12 17:00")
    #expect(before("2026-10-13 17:30", "eod") == "2026-10-12 17:30")
    #expect(before("2026-10-13 10:00", "1wd") == "2026-10-12 10:00", "the sign is without effect")
    #expect(before("2026-10-13 10:00", "0h") == "2026-10-13 10:00")
  }

  @Test("A deadline at 24:00 belongs to the day that it ends, back and forth")
  func endOfDay() {
    let late = CalendarFixture.weekdays("08:00-12:00", "20:00-24:00")
    let due = late.at("2026-10-15 00:00")
    #expect(late.instant(before: due, by: .workingDays(-1)) == late.at("2026-10-14 00:00"))
    #expect(late.instant(after: due, by: .workingDays(1)) == late.at("2026-10-16 00:00"))
    #expect(late.instant(after: due, by: .days(1)) == late.at("2026-10-16 00:00"))
  }

  @Test("Later offsets count as limits do from there")
  func forward() {
    #expect(after("2026-10-13 17:30", "1wd") == "2026-10-14 17:30")
    #expect(after("2026-10-16 17:30", "1wd") == "2026-10-19 17:30")
    #expect(after("2026-10-13 17:30", "4h") == "2026-10-13 21:30")
    #expect(after("2026-10-13 17:30", "4wh") == "2026-10-14 15:00")
    #expect(after("2026-09-30 17:30", "2d") == "2026-10-08 17:30")
    #expect(after("2026-10-13 17:30", "0h") == "2026-10-13 17:30")
    #expect(
      national.instant(national.at("2026-10-13 17:30"), offsetBy: .workingDays(-1))
        == national.at("2026-10-12 17:30"))
    #expect(
      national.instant(national.at("2026-10-13 17:30"), offsetBy: .workingDays(1))
        == national.at("2026-10-14 17:30"))
  }

  @Test("A share is of the counted time in the deadline's own unit")
  func shares() {
    #expect(share(50, "2h", from: "2026-10-13 23:30") == "2026-10-14 00:30")
    #expect(share(50, "4wh", from: "2026-10-13 16:00") == "2026-10-14 09:00")
    #expect(share(50, "10wd", from: "2026-09-30 10:00") == "2026-10-13 17:30")
    #expect(share(80, "5wd", from: "2026-10-12 10:00") == "2026-10-16 17:30")
    #expect(
      share(50, "5wd", from: "2026-10-12 10:00") == "2026-10-15 11:45", "half of the third day's 6.5 hours")
    #expect(share(50, "1wd", from: "2026-10-16 22:00") == "2026-10-19 11:45")
    #expect(share(50, "30d", from: "2026-10-01 10:00") == "2026-10-16 17:30")
    #expect(
      share(50, "3d", from: "2026-10-16 10:00") == "2026-10-18 11:45", "half of the second day, a Sunday")
    #expect(share(50, "eod", from: "2026-10-13 08:30") == "2026-10-13 11:45")
    #expect(share(50, "eod", from: "2026-10-16 18:00") == "2026-10-19 11:45")
  }

  @Test("Pauses are not counted and no share falls into one")
  func sharesWithPauses() {
    let pause = [("2026-10-14 10:00", "2026-10-16 10:00")]
    // Tuesday is day 1, Friday and Monday are days 2 and 3.
    #expect(share(60, "5wd", from: "2026-10-12 10:00", pauses: pause) == "2026-10-19 17:30")
    #expect(
      share(30, "5wd", from: "2026-10-12 10:00", pauses: pause) == "2026-10-16 11:45",
      "half of the five hours that Friday has left")
    #expect(
      share(50, "6h", from: "2026-10-13 10:00", pauses: [("2026-10-13 11:00", "2026-10-13 15:00")])
        == "2026-10-13 17:00")
  }

  @Test("0 % is the start, 100 % the deadline, and no share is later")
  func ends() {
    #expect(share(0, "5wd", from: "2026-10-12 10:00") == "2026-10-12 10:00")
    #expect(share(-5, "5wd", from: "2026-10-12 10:00") == "2026-10-12 10:00")
    #expect(share(100, "5d", from: "2026-10-12 10:00") == "2026-10-19 17:30")
    #expect(share(250, "5d", from: "2026-10-12 10:00") == "2026-10-19 17:30")
    var moved = national.deadline(from: national.at("2026-10-12 10:00"), limit: .workingDays(10))
    moved.due = national.at("2026-10-13 12:00")
    #expect(national.instant(percent: 50, of: moved) == moved.due)
  }

  @Test("From any start the shares of a deadline follow each other")
  func sharesAscend() {
    var random = SeededNumbers(seed: 5)
    for _ in 0..<300 {
      let start = national.at("2026-09-01") + Int64(random.below(60 * 86_400))
      let limit = [
        TimeLimit.hours(1 + random.below(90)), .workingHours(1 + random.below(40)),
        .workingDays(1 + random.below(15)), .days(1 + random.below(40)), .endOfDay,
      ][random.below(5)]
      let deadline = national.deadline(from: start, limit: limit)
      let slots = stride(from: 0, through: 100, by: 10).map { national.instant(percent: $0, of: deadline) }
      #expect(
        slots == slots.sorted() && slots.first == start && slots.last == deadline.due, "\(start) \(limit)")
    }
  }

  @Test("Back and forth in the same unit comes to the same instant")
  func roundTrips() {
    var random = SeededNumbers(seed: 11)
    for _ in 0..<500 {
      let start = national.at("2026-01-01") + Int64(random.below(300 * 86_400))
      let count = 1 + random.below(8)
      let whole = national.deadline(from: start, limit: .workingDays(count + 3)).due
      let part = national.instant(before: whole, by: .workingDays(-3))
      #expect(part == national.deadline(from: start, limit: .workingDays(count)).due)
      #expect(national.instant(after: part, by: .workingDays(3)) == whole)
      let hours = national.deadline(from: start, limit: .workingHours(count)).due
      let back = national.instant(before: hours, by: .workingHours(-count))
      #expect(national.deadline(from: back, limit: .workingHours(count)).due == hours)
      #expect(back == (national.isOpen(at: start) ? start : national.nextOpening(atOrAfter: start)))
      let percent = national.instant(
        percent: 50, of: national.deadline(from: start, limit: .workingDays(count * 2)))
      #expect(percent == national.deadline(from: start, limit: .workingDays(count)).due)
    }
  }
}
