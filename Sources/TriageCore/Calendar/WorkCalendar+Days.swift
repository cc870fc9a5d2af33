/// What a day is in a working calendar, and why.
public enum DayKind: Sendable, Equatable {
  case working
  /// A rest day worked by decree (调休上班).
  case makeUp
  case weeklyRest
  /// Off by decree, with the holiday's name where the notice gives one.
  case holiday(String?)
  /// A day of a year without a holiday notice, judged by the weekly rest alone.
  case presumedWorking
  case presumedRest

  public var isWorking: Bool {
    switch self {
    case .working, .makeUp, .presumedWorking: true
    case .weeklyRest, .holiday, .presumedRest: false
    }
  }
  /// The notice of that year may yet turn it round.
  public var isPresumed: Bool { self == .presumedWorking || self == .presumedRest }
}

extension WorkCalendar {
  /// The local overlay wins over the national notice, and days off over days on.
  public func kind(of date: CivilDate) -> DayKind {
    let isRest = rest.contains(date.weekday)
    if let name = overlay.off[date] { return .holiday(name) }
    let notice = years[date.year]
    if overlay.on.contains(date) {
      return isRest || notice?.off[date] != nil ? .makeUp : .working
    }
    guard let notice else { return isRest ? .presumedRest : .presumedWorking }
    if let name = notice.off[date] { return .holiday(name) }
    if isRest { return notice.on.contains(date) ? .makeUp : .weeklyRest }
    return .working
  }

  /// Worked: ordinary, worked in exchange for a holiday, or presumed so in a year without a notice.
  public func isWorkingDay(_ date: CivilDate) -> Bool { kind(of: date).isWorking }

  /// Where the known years end: the first year without a holiday notice after the first one with it.
  /// Nil when no year is known.
  public var provisionalHorizon: Int? {
    guard var year = years.keys.min() else { return nil }
    while years[year] != nil { year += 1 }
    return year
  }

  /// The end of the last year whose holidays are known; nil when no year is known.
  public var knownUntil: Instant? {
    provisionalHorizon.flatMap { CivilDate(year: $0, month: 1, day: 1) }.map(zone.midnight)
  }

  /// Days from the instant's own to the end of the last year whose holidays are known, 0 when it is over; nil when no
  /// year is known.
  public func daysLeft(at instant: Instant) -> Int? {
    guard let horizon = provisionalHorizon, let end = CivilDate(year: horizon, month: 1, day: 1) else {
      return nil
    }
    return max(0, end - day(at: instant))
  }

  /// The close of business of a day, working or not; 24:00 where the calendar has no hours (民法典 art. 203).
  public func closing(of date: CivilDate) -> Instant {
    zone.instant(date, hours.last?.until ?? CivilTime(24, 0))
  }

  /// Whether the instant lies in the working hours of a working day.
  public func isOpen(at instant: Instant) -> Bool {
    let date = day(at: instant)
    return isWorkingDay(date) && openSpans(of: date).contains { $0.contains(instant) }
  }

  /// The instant itself when it is open, else the next begin of working hours; the end of
  /// `Limits.deadlineHorizonDays` where there is none until then.
  public func nextOpening(atOrAfter instant: Instant) -> Instant {
    let first = day(at: instant)
    for offset in 0...Limits.deadlineHorizonDays where isWorkingDay(first + offset) {
      if let span = openSpans(of: first + offset).first(where: { $0.upperBound > instant }) {
        return max(instant, span.lowerBound)
      }
    }
    return zone.midnight(first + Limits.deadlineHorizonDays + 1)
  }

  /// The instant at which so many seconds of working time have passed since `start`; with none the next opening.
  public func instant(after seconds: Int64, ofWorkSince start: Instant) -> Instant {
    guard seconds > 0 else { return nextOpening(atOrAfter: start) }
    var arithmetic = Arithmetic(from: start)
    return countOpen(seconds, Pauses([]), &arithmetic)
  }

  /// The day that the instant belongs to: the last one whose first instant is not after it. It is the day on the
  /// clock but where the clock goes back over midnight: a day that has begun does not begin again.
  func day(at instant: Instant) -> CivilDate {
    let date = zone.civil(at: instant).date
    return zone.midnight(date + 1) <= instant ? date + 1 : date
  }

  /// The working hours of a day on the time line, as if it were a working day. A span that the clock skips whole
  /// is left out.
  public func openSpans(of date: CivilDate) -> [Range<Instant>] {
    hours.compactMap { span in
      let from = zone.instant(date, span.from)
      let until = zone.instant(date, span.until)
      return from < until ? from..<until : nil
    }
  }
}
