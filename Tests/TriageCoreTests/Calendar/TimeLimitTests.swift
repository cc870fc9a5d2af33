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

  @Test(
    "People's writings are the same durations, everywhere",
    arguments: [
      ("5天", "5d"), ("５ 天", "5d"), ("10个工作日", "10wd"), ("十五个工作日", "15wd"), ("两天", "2d"), ("5wd", "5wd"),
      ("5 WD", "5wd"),
      ("2小时", "2h"), ("4个工作小时", "4wh"), ("30日", "30d"), ("2周", "14d"), ("-1个工作日", "-1wd"), ("+3天", "3d"),
      ("5个工作日内", "5wd"),
      ("当日", "eod"), ("5 working days", "5wd"), ("1 day", "1d"), ("eod", "eod"), ("三十天", "30d"),
      ("24h内", "24h"), ("5wd内", "5wd"), ("3d 以内", "3d"), ("一百八十天", "180d"), ("一百零五天", "105d"),
      ("兩個工作日內", "2wd"), ("當日", "eod"), ("當天", "eod"), ("EOD", "eod"), ("5天內", "5d"), ("5 Days", "5d"),
      ("3個鐘頭以內", "3h"), ("30個日曆日", "30d"),
      ("半个月", nil), ("1个月", nil), ("個", nil), ("二十五十天", nil),
      ("个工作日", nil), ("10", nil), ("半天", nil),
      ("一五天", nil), ("5月", nil), ("5分钟", nil), ("1.5天", nil), ("5天6小时", nil), ("9999999天", nil), ("", nil),
      ("十十天", nil),
    ] as [(String, String?)])
  func lenient(text: String, canonical: String?) {
    #expect(TimeLimit(lenient: text)?.description == canonical)
  }

  @Test(
    "Numerals are whole numbers",
    arguments: [
      ("五", 5), ("十", 10), ("十二", 12), ("三十", 30), ("一百八十", 180), ("一百零五", 105), ("一百五", 150),
      ("三千二百一十", 3_210),
      ("两千零五", 2_005), ("零", 0), ("叁拾", 30), ("一五", nil), ("十十", nil), ("百", nil), ("一百零", nil), ("零十", nil),
      ("五百百", nil), ("", nil),
    ] as [(String, Int?)])
  func numerals(text: String, value: Int?) {
    #expect(ChineseNumeral.value(text.unicodeScalars) == value)
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
