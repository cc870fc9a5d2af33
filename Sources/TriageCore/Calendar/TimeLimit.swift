/// A duration as rules write it: `2h`, `4wh`, `5wd`, `30d`, `eod`. Negative counts look back.
public enum TimeLimit: Hashable, Sendable, Codable {
  /// Wall-clock hours, from the instant on.
  case hours(Int)
  /// Working hours of the calendar.
  case workingHours(Int)
  case workingDays(Int)
  /// Calendar days; the last one rolls forward from rest days and holidays.
  case days(Int)
  /// Close of business of today, or of the next working day when today is rest or already closed.
  case endOfDay
}

/// What a limit of days counts.
enum DayUnit { case working, calendar }

extension TimeLimit {
  /// Nil for hours.
  var dayUnit: DayUnit? {
    switch self {
    case .hours, .workingHours: nil
    case .workingDays, .endOfDay: .working
    case .days: .calendar
    }
  }
}
