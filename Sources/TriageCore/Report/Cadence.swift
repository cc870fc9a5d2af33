/// When something comes again and again by the clock on the wall: `daily 08:30`, `mon 09:00`, `month 1 09:00`,
/// `quarter 5 10:00`. A day that a month does not have is its last.
public enum Cadence: Sendable, Equatable {
  case daily(CivilTime)
  case weekly(Weekday, CivilTime)
  case monthly(day: Int, CivilTime)
  /// On a day of the first month of each quarter.
  case quarterly(day: Int, CivilTime)

  /// Nil for words that are none.
  public init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 2, let time = CivilTime(words[words.count - 1]), time < CivilTime(24, 0) else {
      return nil
    }
    switch (words[0], words.count) {
    case ("daily", 2): self = .daily(time)
    case ("month", 3), ("quarter", 3):
      guard let day = Int(words[1]), (1...31).contains(day) else { return nil }
      self = words[0] == "month" ? .monthly(day: day, time) : .quarterly(day: day, time)
    case (let word, 2):
      guard let index = Self.weekdays.firstIndex(of: word) else { return nil }
      self = .weekly(Weekday.allCases[index], time)
    default: return nil
    }
  }

  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private var time: CivilTime {
    switch self {
    case .daily(let time), .weekly(_, let time), .monthly(_, let time), .quarterly(_, let time): time
    }
  }

  /// The latest occasion at or before the instant.
  public func last(notAfter instant: Instant, in zone: Zone) -> Instant {
    let today = zone.civil(at: instant).date
    return search(from: today, step: -1, zone) { $0 <= instant }
  }

  /// The first occasion after the instant.
  public func next(after instant: Instant, in zone: Zone) -> Instant {
    let today = zone.civil(at: instant).date
    return search(from: today, step: 1, zone) { $0 > instant }
  }

  /// No two occasions lie further apart than 92 days; a clock that leaps over one leaves the next.
  private func search(from day: CivilDate, step: Int, _ zone: Zone, _ fits: (Instant) -> Bool) -> Instant {
    var day = day
    while true {
      let occasion = zone.instant(day, time)
      if comes(on: day), fits(occasion) { return occasion }
      day = day + step
    }
  }

  private func comes(on date: CivilDate) -> Bool {
    switch self {
    case .daily: return true
    case .weekly(let weekday, _): return date.weekday == weekday
    case .monthly(let day, _): return Self.isDay(day, date)
    case .quarterly(let day, _): return date.month % 3 == 1 && Self.isDay(day, date)
    }
  }

  private static func isDay(_ day: Int, _ date: CivilDate) -> Bool {
    date.dayOfMonth == day || (date.dayOfMonth < day && (date + 1).dayOfMonth == 1)
  }
}
