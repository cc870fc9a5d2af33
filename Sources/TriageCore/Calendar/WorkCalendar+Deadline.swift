/// Deadlines: from an instant and a limit to the instant it ends, with every span counted or skipped.
///
/// Days are walked one by one, hours span by span; nothing looks at single minutes. A walk that finds too few
/// working days or hours ends `Limits.deadlineHorizonDays` after the start, so that a calendar without any gives a
/// far deadline and no endless loop.
extension WorkCalendar {
  /// When `limit` ends that began at `start`.
  ///
  /// A clock that stands still counts nothing: hours lose the paused time; a day counts when its close of business
  /// comes while the clock runs. So a pause is measured in the deadline's own unit (in working days, the closes of
  /// working days inside it) and no deadline of days falls into one.
  /// - Parameter limit: A count of zero ends at once; a negative one counts back.
  /// - Parameter pauses: In any order, overlapping or not; what lies before `start` is without effect.
  public func deadline(from start: Instant, limit: TimeLimit, pauses: [Range<Instant>] = []) -> Deadline {
    guard limit.count > 0 else {
      let due = limit.count == 0 ? start : instant(before: start, by: limit)
      return Deadline(start: start, limit: limit, due: due, provisional: false, arithmetic: [])
    }
    var arithmetic = Arithmetic(from: start)
    let pauses = Pauses(pauses)
    let due: Instant
    switch limit {
    case .hours(let count): due = countWall(Int64(count) * 3_600, pauses, &arithmetic)
    case .workingHours(let count): due = countOpen(Int64(count) * 3_600, pauses, &arithmetic)
    case .workingDays(let count):
      let last = countDays(count, working: true, after: day(at: start), pauses, &arithmetic)
      due = last.map(closing) ?? arithmetic.cursor
    case .days(let count):
      let last = countDays(count, working: false, after: day(at: start), pauses, &arithmetic)
      due = last.flatMap { roll(from: $0, pauses, &arithmetic) }.map(closing) ?? arithmetic.cursor
    case .endOfDay: due = nextClose(after: start, pauses, &arithmetic)
    }
    return arithmetic.deadline(from: start, limit, due: due)
  }

  /// `Nh`: begins at once (民法典 art. 201) and knows neither nights nor holidays.
  func countWall(_ seconds: Int64, _ pauses: Pauses, _ arithmetic: inout Arithmetic) -> Instant {
    let horizon = arithmetic.cursor + (seconds + Int64(Limits.deadlineHorizonDays) * 86_400)
    var left = seconds
    return count(&left, in: arithmetic.cursor..<horizon, as: .wallClock, pauses, &arithmetic) ?? horizon
  }

  /// `Nwh`: begins at the next opening and ends at the first instant at which that much working time has passed.
  func countOpen(_ seconds: Int64, _ pauses: Pauses, _ arithmetic: inout Arithmetic) -> Instant {
    var left = seconds
    let first = day(at: arithmetic.cursor)
    for offset in 0...Limits.deadlineHorizonDays {
      let date = first + offset
      let end = zone.midnight(date + 1)
      guard end > arithmetic.cursor else { continue }
      let kind = kind(of: date)
      arithmetic.note(kind)
      guard kind.isWorking else {
        arithmetic.skip(to: end, kind)
        continue
      }
      for span in openSpans(of: date) where span.upperBound > arithmetic.cursor {
        arithmetic.extend(to: span.lowerBound, .outsideHours)
        let open = arithmetic.cursor..<span.upperBound
        if let due = count(&left, in: open, as: kind.openReason, pauses, &arithmetic) { return due }
      }
      arithmetic.extend(to: end, .outsideHours)
    }
    return arithmetic.cursor
  }

  /// Takes the running time of `range` off `left`; the instant at which nothing is left, if it comes.
  private func count(
    _ left: inout Int64, in range: Range<Instant>, as reason: DeadlineSpan.Reason, _ pauses: Pauses,
    _ arithmetic: inout Arithmetic
  ) -> Instant? {
    for piece in pauses.pieces(of: range) {
      guard piece.runs else {
        arithmetic.extend(to: piece.range.upperBound, .paused)
        continue
      }
      let taken = min(left, piece.range.upperBound - piece.range.lowerBound)
      let until = piece.range.lowerBound + taken
      arithmetic.extend(to: until, reason, counted: Int(taken))
      left -= taken
      if left == 0 { return until }
    }
    return nil
  }

  /// `Nwd` and the counting part of `Nd`: the first day is not counted (民法典 art. 201), day `count` is returned.
  /// Of a working day the time up to its close of business is accounted for, a calendar day is left to `roll`.
  func countDays(
    _ count: Int, working: Bool, after first: CivilDate, _ pauses: Pauses, _ arithmetic: inout Arithmetic
  ) -> CivilDate? {
    arithmetic.extend(to: zone.midnight(first + 1), .startDay)
    var counted = 0
    for offset in 1...Limits.deadlineHorizonDays {
      let date = first + offset
      let end = zone.midnight(date + 1)
      // A zone that crossed the date line skipped a whole day: it cannot be counted.
      guard end > arithmetic.cursor else { continue }
      let kind = working ? kind(of: date) : nil
      if let kind {
        arithmetic.note(kind)
        guard kind.isWorking else {
          arithmetic.skip(to: end, kind)
          continue
        }
      }
      let close = closing(of: date)
      if pauses.contains(close) {
        arithmetic.extend(to: end, .paused)
        continue
      }
      counted += 1
      let isLast = counted == count
      if isLast, !working { return date }
      arithmetic.extend(to: isLast ? close : end, kind?.reason ?? .calendarDay, counted: 1)
      if isLast { return date }
    }
    return nil
  }

  /// The last calendar day moves on from rest days and holidays, not from make-up days (民法典 art. 203), and not
  /// into a pause.
  private func roll(from last: CivilDate, _ pauses: Pauses, _ arithmetic: inout Arithmetic) -> CivilDate? {
    for offset in 0...Limits.deadlineHorizonDays {
      let date = last + offset
      let end = zone.midnight(date + 1)
      guard end > arithmetic.cursor else { continue }
      let isCounted = offset == 0
      let kind = kind(of: date)
      arithmetic.note(kind)
      let close = closing(of: date)
      if !kind.isWorking {
        arithmetic.extend(to: end, .rolled, counted: isCounted ? 1 : 0, name: kind.name)
      } else if pauses.contains(close) {
        arithmetic.extend(to: end, .paused)
      } else {
        let reason = isCounted && !kind.isPresumed ? .calendarDay : kind.reason
        arithmetic.extend(to: close, reason, counted: isCounted ? 1 : 0)
        return date
      }
    }
    return nil
  }

  /// `eod`: the first close of business after `start`, on a working day.
  private func nextClose(after start: Instant, _ pauses: Pauses, _ arithmetic: inout Arithmetic) -> Instant {
    let first = day(at: start)
    for offset in 0...Limits.deadlineHorizonDays {
      let date = first + offset
      let end = zone.midnight(date + 1)
      guard end > arithmetic.cursor else { continue }
      let kind = kind(of: date)
      let close = closing(of: date)
      arithmetic.note(kind)
      if !kind.isWorking {
        arithmetic.skip(to: end, kind)
      } else if close <= start {
        arithmetic.extend(to: end, .outsideHours)
      } else if pauses.contains(close) {
        arithmetic.extend(to: end, .paused)
      } else {
        arithmetic.extend(to: close, kind.reason, counted: 1)
        return close
      }
    }
    return arithmetic.cursor
  }
}

extension DayKind {
  /// How the working hours of a working day stand in the arithmetic of hours.
  fileprivate var openReason: DeadlineSpan.Reason { self == .working ? .workingHours : reason }
}
