/// A date or a time as it was written, before a zone makes an instant of it.
public enum WrittenTime: Sendable, Equatable {
  case day(CivilDate)
  /// - Parameter offset: seconds east of UTC where it was written; nil for a time on the clocks of the place.
  case time(CivilDate, ClockReading, offset: Int?)
  /// The day number of a spreadsheet, counted in the 1900 date system (ECMA-376 part 1, 18.17.4.1), and the second of
  /// that day. Whether the sheet used the 1904 system (1,462 days later) cannot be told from the number.
  case serial(CivilDate, second: Int)
  /// `2/11/2026`: either of the first two numbers may be the month.
  case ambiguous
  case unreadable

  /// Nil where it is ambiguous or unreadable.
  /// - Parameter zone: whose clocks show the time where no offset was written.
  public func instant(in zone: Zone) -> Instant? {
    switch self {
    case .day(let date): zone.midnight(date)
    case .time(let date, let clock, let offset):
      offset.map { Instant(seconds: Int64(date.day * 86_400 + clock.second - $0)) }
        ?? zone.instant(date, second: clock.second)
    case .serial(let date, let second): zone.instant(date, second: second)
    case .ambiguous, .unreadable: nil
    }
  }

  public var isSerial: Bool { if case .serial = self { true } else { false } }

  /// The day on the calendars of `zone`: the one that was written, unless the time stands with an offset from UTC.
  public func day(in zone: Zone) -> CivilDate? {
    guard case .time(_, _, offset: .some) = self else { return writtenDay }
    return instant(in: zone).map { zone.civil(at: $0).date }
  }

  /// The day that was written, where no zone is known: a time of the day beside it is without effect, but with an
  /// offset from UTC only midnight belongs to the same day for sure.
  public var writtenDay: CivilDate? {
    switch self {
    case .day(let date), .serial(let date, _): date
    case .time(let date, let clock, let offset): offset == nil || clock.second == 0 ? date : nil
    case .ambiguous, .unreadable: nil
    }
  }
}

/// Which number comes first where the year comes last: other rows of a column may tell it.
public enum DateOrder: Sendable, Equatable {
  case dayFirst, monthFirst
}
