/// Instants before and after a deadline, for reminders and escalations.
extension WorkCalendar {
  /// The instant so far before `due`, counted back in the same unit; the sign of the count is without effect.
  ///
  /// Hours go back on the wall clock. Working hours end at the last instant from which that much working time is
  /// left. Days go to the same time of the day, from one close of business to the other; working days pass over
  /// rest days, calendar days do not move from where they fall. The end of a day is the last close of business
  /// before.
  public func instant(before due: Instant, by limit: TimeLimit) -> Instant {
    let count = abs(limit.count)
    switch limit {
    case _ where count == 0: return due
    case .hours: return due + -Int64(count) * 3_600
    case .workingHours: return openTime(Int64(count) * 3_600, before: due)
    case .workingDays: return sameTime(as: due, days: count, back: isWorkingDay)
    case .days: return sameTime(as: due, days: count, back: { _ in true })
    case .endOfDay: return lastClose(before: due)
    }
  }

  /// The instant so far after `due`: as a deadline of that limit from there; the sign of the count is without
  /// effect. A `due` at 24:00 belongs to the day that it ends.
  public func instant(after due: Instant, by limit: TimeLimit) -> Instant {
    let limit = limit.count < 0 ? limit.negated : limit
    switch limit {
    case .workingDays, .days:
      let endsDay = closingDay(of: due).map { $0 < day(at: due) } ?? false
      return deadline(from: endsDay && limit.count > 0 ? due + -1 : due, limit: limit).due
    case .hours, .workingHours, .endOfDay: return deadline(from: due, limit: limit).due
    }
  }

  /// By the sign of the count: `-1wd` before, `1wd` after.
  public func instant(_ due: Instant, offsetBy limit: TimeLimit) -> Instant {
    limit.count < 0 ? instant(before: due, by: limit) : instant(after: due, by: limit)
  }

  /// The day whose close of business the instant is, if it is one.
  private func closingDay(of instant: Instant) -> CivilDate? {
    let date = day(at: instant)
    return [date, date + -1].first { closing(of: $0) == instant }
  }

  private func sameTime(as due: Instant, days: Int, back counts: (CivilDate) -> Bool) -> Instant {
    let closed = closingDay(of: due)
    var date = closed ?? day(at: due)
    var left = days
    for _ in 1...Limits.deadlineHorizonDays {
      guard left > 0 else { break }
      date = date + -1
      if zone.midnight(date) < zone.midnight(date + 1), counts(date) { left -= 1 }
    }
    return closed == nil ? zone.instant(date, second: zone.civil(at: due).second) : closing(of: date)
  }

  private func openTime(_ seconds: Int64, before due: Instant) -> Instant {
    var left = seconds
    let last = day(at: due)
    for offset in 0...Limits.deadlineHorizonDays where isWorkingDay(last + -offset) {
      for span in openSpans(of: last + -offset).reversed() where span.lowerBound < due {
        let until = min(span.upperBound, due)
        if until - span.lowerBound >= left { return until + -left }
        left -= until - span.lowerBound
      }
    }
    return zone.midnight(last + -Limits.deadlineHorizonDays)
  }

  private func lastClose(before due: Instant) -> Instant {
    let last = day(at: due)
    for offset in 0...Limits.deadlineHorizonDays where isWorkingDay(last + -offset) {
      let close = closing(of: last + -offset)
      if close < due { return close }
    }
    return zone.midnight(last + -Limits.deadlineHorizonDays)
  }
}
