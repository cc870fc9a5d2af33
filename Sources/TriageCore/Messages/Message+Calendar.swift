/// How days, durations and the arithmetic of deadlines are said to people.
extension Message {
  public static func weekday(_ day: Weekday) -> Message {
    switch day {
    case .mon: Message(zh: "周一", en: "Mon")
    case .tue: Message(zh: "周二", en: "Tue")
    case .wed: Message(zh: "周三", en: "Wed")
    case .thu: Message(zh: "周四", en: "Thu")
    case .fri: Message(zh: "周五", en: "Fri")
    case .sat: Message(zh: "周六", en: "Sat")
    case .sun: Message(zh: "周日", en: "Sun")
    }
  }

  /// `5 个工作日`, `5 working days`.
  public static func timeLimit(_ limit: TimeLimit) -> Message {
    let count = limit.count
    let plural = count == 1 || count == -1 ? "" : "s"
    return switch limit {
    case .hours: Message(zh: "\(count) 小时", en: "\(count) hour\(plural)")
    case .workingHours: Message(zh: "\(count) 个工作小时", en: "\(count) working hour\(plural)")
    case .workingDays: Message(zh: "\(count) 个工作日", en: "\(count) working day\(plural)")
    case .days: Message(zh: "\(count) 天", en: "\(count) calendar day\(plural)")
    case .endOfDay: Message(zh: "当日下班前", en: "close of business")
    }
  }

  /// The first line of a deadline's arithmetic. - Parameter from: date and time, with the weekday after it.
  static func countedFrom(_ from: String, _ day: Weekday, _ limit: TimeLimit) -> Message {
    let (limit, day) = (timeLimit(limit), weekday(day))
    return Message(
      zh: "自 \(from)（\(day.zh)）起算，期限：\(limit.zh)", en: "from \(from) (\(day.en)), limit: \(limit.en)")
  }

  static func due(_ due: String, _ day: Weekday) -> Message {
    let day = weekday(day)
    return Message(zh: "截止 \(due)（\(day.zh)）", en: "due \(due) (\(day.en))")
  }

  /// - Parameter years: `2027` or `2027–2028`.
  static func provisional(years: String) -> Message {
    Message(
      zh: "暂定：\(years) 年的放假安排尚未录入日历，暂按每周休息日推算；录入后将重新计算并通知",
      en: "provisional: the calendar has no holiday notice for \(years), weekly rest days are presumed; "
        + "counted again, and announced, once the notice is entered")
  }

  /// One line of the arithmetic: the time, two spaces, what became of it.
  static func arithmeticLine(_ time: String, _ day: Weekday?, _ what: Message) -> Message {
    guard let day else { return Message(zh: "\(time)  \(what.zh)", en: "\(time)  \(what.en)") }
    let name = weekday(day)
    return Message(zh: "\(time)（\(name.zh)）  \(what.zh)", en: "\(time) (\(name.en))  \(what.en)")
  }

  static var startDayNotCounted: Message {
    Message(zh: "起算当日，不计", en: "day of the start, not counted")
  }
  static var weeklyRestNotCounted: Message { Message(zh: "休息日，不计", en: "rest day, not counted") }
  static func holidayNotCounted(_ name: String?) -> Message {
    Message(
      zh: "\(name ?? "")放假，不计", en: "\(name.map { "\($0), holiday" } ?? "holiday"), not counted")
  }
  static var outsideHoursNotCounted: Message {
    Message(zh: "非工作时间，不计", en: "outside working hours, not counted")
  }
  static var pausedNotCounted: Message { Message(zh: "暂停计时，不计", en: "paused, not counted") }
  static var presumedRestNotCounted: Message {
    Message(
      zh: "推定为休息日（放假安排未录入），不计", en: "presumed rest day (no holiday notice yet), not counted")
  }

  /// - Parameter days: from the first to the last day of the span, counted from the start.
  static func workingDays(_ days: ClosedRange<Int>) -> Message {
    Message(zh: "第 \(numbers(days)) 个工作日", en: "working day\(plural(days)) \(numbers(days))")
  }
  static func makeUpDays(_ days: ClosedRange<Int>) -> Message {
    Message(
      zh: "调休上班，第 \(numbers(days)) 个工作日",
      en: "worked in exchange for a holiday, working day\(plural(days)) \(numbers(days))")
  }
  static func presumedWorkingDays(_ days: ClosedRange<Int>) -> Message {
    Message(
      zh: "第 \(numbers(days)) 个工作日（放假安排未录入，推定上班）",
      en: "presumed working day\(plural(days)) \(numbers(days)) (no holiday notice yet)")
  }
  static func calendarDays(_ days: ClosedRange<Int>) -> Message {
    Message(zh: "第 \(numbers(days)) 天", en: "day\(plural(days)) \(numbers(days))")
  }
  /// - Parameter name: the holiday's; nil for a weekly rest day.
  static func lastDayMovesOn(_ day: Int, name: String?) -> Message {
    Message(
      zh: "第 \(day) 天为\(name.map { "\($0)假期" } ?? "休息日")，顺延",
      en: "day \(day) is a \(name.map { "holiday (\($0))" } ?? "rest day"): moves on")
  }
  static func movesOn(name: String?) -> Message {
    Message(
      zh: "\(name.map { "\($0)假期" } ?? "休息日")，继续顺延",
      en: "\(name.map { "holiday (\($0))" } ?? "rest day"): moves on")
  }
  static var firstWorkingDayAfter: Message {
    Message(zh: "顺延后的首个工作日", en: "first working day after that")
  }
  static var untilClose: Message { Message(zh: "至下班", en: "until close of business") }

  /// - Parameter sum: what is counted up to the end of the span, where earlier spans were counted too.
  static func counted(_ reason: DeadlineSpan.Reason, seconds: Int, sum: Int?) -> Message {
    let kind =
      switch reason {
      case .wallClock: Message(zh: "连续计时", en: "clock time")
      case .makeUpDay: Message(zh: "调休上班日工作时间", en: "working hours of a make-up day")
      case .presumedWorkingDay:
        Message(zh: "工作时间（放假安排未录入，推定上班）", en: "working hours (presumed, no holiday notice yet)")
      default: Message(zh: "工作时间", en: "working hours")
      }
    let length = duration(seconds: seconds)
    let total = sum.map(duration)
    return Message(
      zh: "\(kind.zh)，计 \(length.zh)" + (total.map { "，累计 \($0.zh)" } ?? ""),
      en: "\(kind.en), \(length.en)" + (total.map { ", \($0.en) in all" } ?? ""))
  }

  /// `3 小时 15 分`, `3 h 15 min`.
  static func duration(seconds: Int) -> Message {
    let parts: [(Int, Message)] = [
      (seconds / 3_600, Message(zh: "小时", en: "h")), (seconds / 60 % 60, Message(zh: "分", en: "min")),
      (seconds % 60, Message(zh: "秒", en: "s")),
    ].filter { $0.0 > 0 }
    return Message(
      zh: parts.map { "\($0.0) \($0.1.zh)" }.joined(separator: " "),
      en: parts.map { "\($0.0) \($0.1.en)" }.joined(separator: " "))
  }

  private static func numbers(_ days: ClosedRange<Int>) -> String {
    days.count == 1 ? "\(days.lowerBound)" : "\(days.lowerBound)–\(days.upperBound)"
  }
  private static func plural(_ days: ClosedRange<Int>) -> String { days.count == 1 ? "" : "s" }
}
