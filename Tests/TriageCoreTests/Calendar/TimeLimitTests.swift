import Testing
import TriageCore

@Suite("Durations") struct TimeLimitTests {
  @Test("The five writings of the rules, and offsets")
  func read() {
    #expect(TimeLimit("2h") == .hours(2))
    #expect(TimeLimit("4wh") == .workingHours(4))
    #expect(TimeLimit("5wd") == .workingDays(5))
    #expect(TimeLimit("30d") == .days(30))
    #expect(TimeLimit("eod") == .endOfDay)
    #expect(TimeLimit("-1wd") == .workingDays(-1))
    #expect(TimeLimit("+9wd") == .workingDays(9))
    #expect(TimeLimit("0h") == .hours(0))
  }

  @Test(
    "Anything else is no duration",
    arguments: [
      "", "5", "wd", "5 wd", "5dw", "5w", "5WD", "--1d", "1.5h", "5wd ", "eod2", "5个工作日", "３d", "1h30",
      "-eod",
    ])
  func refused(text: String) {
    #expect(TimeLimit(text) == nil)
  }

  @Test("A count beyond the horizon of deadlines is refused")
  func tooLong() {
    #expect(TimeLimit("\(Limits.deadlineHorizonDays)d") != nil)
    #expect(TimeLimit("\(Limits.deadlineHorizonDays + 1)d") == nil)
    #expect(TimeLimit("\(Limits.deadlineHorizonDays + 1)wd") == nil)
    #expect(TimeLimit("\(Limits.deadlineHorizonDays * 24)h") != nil)
    #expect(TimeLimit("99999999999999999999d") == nil)
  }

  @Test("A duration prints as it is read, and turns round")
  func print() {
    for text in ["2h", "4wh", "5wd", "30d", "eod", "-1wd", "-2h"] {
      #expect(TimeLimit(text)?.description == text)
    }
    #expect(TimeLimit.days(3).negated == .days(-3))
    #expect(TimeLimit.workingHours(-4).negated == .workingHours(4))
  }
}
