/// Deadlines: from an instant and a limit to the instant it ends, with every span counted or skipped.
///
/// Days are walked one by one, hours span by span; nothing looks at single minutes. A walk that finds too few
/// working days or hours ends `Limits.deadlineHorizonDays` after the start, so that a calendar without any gives a
/// far deadline and no endless loop.
extension WorkCalendar {
  /// When `limit` ends that began at `start`.
  ///
  /// A clock that stands still counts nothing. Hours lose the paused time exactly. For days the paused time is added
  /// up in the deadline's own unit and moves the deadline by the whole days that it fills (`PauseSum`).
  /// - Parameter limit: A count of zero ends at once; a negative one counts back.
  /// - Parameter pauses: In any order, overlapping or not; what lies before `start` is without effect, and so is a pause
  ///   that begins when the deadline is over.
  public func deadline(from start: Instant, limit: TimeLimit, pauses: [Pause] = []) -> Deadline {
    deadline(from: start, limit: limit, pauses: Pauses(pauses), after: nil)
  }

  /// A deadline that goes on where another ended (an extension): its pauses were counted there, what they left over is
  /// kept.
  func deadline(_ limit: TimeLimit, continuing first: Deadline, pauses: [Pause]) -> Deadline {
    // A pause that began before the end counts as a whole where the end is that of days.
    let isOfDays = first.limit.dayUnit != nil
    let later = pauses.filter { !isOfDays || $0.counting == .closes || $0.range.lowerBound >= first.due }
    return deadline(from: first.due, limit: limit, pauses: Pauses(later), after: first)
  }

  private func deadline(from start: Instant, limit: TimeLimit, pauses: Pauses, after first: Deadline?)
    -> Deadline
  {
    guard limit.count > 0 else {
      let due = limit.count == 0 ? start : instant(before: start, by: limit)
      return Deadline(start: start, limit: limit, due: due, provisional: false, arithmetic: [])
    }
    var arithmetic = Arithmetic(from: start)
    switch limit {
    case .hours(let count):
      let due = countWall(Int64(count) * 3_600, pauses, &arithmetic)
      return arithmetic.deadline(from: start, limit, due: due)
    case .workingHours(let count):
      let due = countOpen(Int64(count) * 3_600, pauses, &arithmetic)
      return arithmetic.deadline(from: start, limit, due: due)
    case .workingDays, .days, .endOfDay:
      let isSameUnit = first.map { $0.limit.dayUnit == limit.dayUnit } ?? false
      let carried = isSameUnit ? first?.pauses?.rest ?? 0 : 0
      let sum = sum(of: pauses, from: start, limit.dayUnit, carried: carried, &arithmetic) { moved in
        var trial = Arithmetic(from: start)
        return dueDay(limit, movedBy: moved, pauses, &trial)
      }
      let due = dueDay(limit, movedBy: sum.days, pauses, &arithmetic)
      var deadline = arithmetic.deadline(from: start, limit, due: due)
      if !sum.parts.isEmpty { deadline.pauses = sum }
      return deadline
    }
  }

  /// The close of business at which a limit of days ends.
  /// - Parameter moved: days that pauses add.
  private func dueDay(
    _ limit: TimeLimit, movedBy moved: Int, _ pauses: Pauses, _ arithmetic: inout Arithmetic
  )
    -> Instant
  {
    switch limit {
    case .workingDays(let count):
      let first = day(at: arithmetic.cursor)
      let last = countDays(count, madeUp: moved, working: true, after: first, pauses, &arithmetic)
      return last.map(closing) ?? arithmetic.cursor
    case .days(let count):
      let first = day(at: arithmetic.cursor)
      let last = countDays(count, madeUp: moved, working: false, after: first, pauses, &arithmetic)
      return last.flatMap { roll(from: $0, isMadeUp: moved > 0, pauses, &arithmetic) }.map(closing)
        ?? arithmetic.cursor
    case .hours, .workingHours, .endOfDay:
      return nextClose(after: arithmetic.cursor, madeUp: moved, pauses, &arithmetic)
    }
  }

  /// Adds up the pauses that begin before the deadline, which each of them may move on.
  /// - Parameter due: the deadline when it moves by so many days.
  func sum(
    of pauses: Pauses, from start: Instant, _ unit: DayUnit?, carried: Int = 0,
    _ arithmetic: inout Arithmetic,
    due: (Int) -> Instant
  ) -> PauseSum {
    var sum = PauseSum(day: unit == .calendar ? 86_400 : secondsOfDay, carried: carried)
    guard !pauses.timed.isEmpty else { return sum }
    var end = due(sum.days)
    for pause in pauses.timed where pause.upperBound > start {
      guard pause.lowerBound < end else { break }
      let range = max(pause.lowerBound, start)..<pause.upperBound
      let seconds =
        unit == .calendar ? range.upperBound - range.lowerBound : workingTime(in: range, &arithmetic)
      sum.parts.append(.init(from: range.lowerBound, until: range.upperBound, seconds: Int(seconds)))
      end = due(sum.days)
    }
    return sum
  }

  /// The length of an ordinary working day, seconds; 24 hours where the calendar has no hours.
  private var secondsOfDay: Int {
    hours.isEmpty ? 86_400 : hours.reduce(0) { $0 + ($1.until.minute - $1.from.minute) * 60 }
  }

  /// Seconds of working time in a range.
  private func workingTime(in range: Range<Instant>, _ arithmetic: inout Arithmetic) -> Int64 {
    var seconds: Int64 = 0
    let first = day(at: range.lowerBound)
    for offset in 0...Limits.deadlineHorizonDays {
      let date = first + offset
      guard zone.midnight(date) < range.upperBound else { break }
      let kind = kind(of: date)
      arithmetic.note(kind)
      guard kind.isWorking else { continue }
      for span in workedSpans(of: date) where span.overlaps(range) {
        let part = span.clamped(to: range)
        seconds += part.upperBound - part.lowerBound
      }
    }
    return seconds
  }

  /// The hours of a working day; the whole day where the calendar has none.
  private func workedSpans(of date: CivilDate) -> [Range<Instant>] {
    guard hours.isEmpty else { return openSpans(of: date) }
    let (from, until) = (zone.midnight(date), zone.midnight(date + 1))
    return from < until ? [from..<until] : []
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
  /// - Parameter madeUp: further days for what was paused.
  func countDays(
    _ count: Int, madeUp: Int = 0, working: Bool, after first: CivilDate, _ pauses: Pauses,
    _ arithmetic: inout Arithmetic
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
      if pauses.swallowClose(close) {
        arithmetic.extend(to: end, .paused)
        continue
      }
      counted += 1
      let isLast = counted == count + madeUp
      if isLast, !working { return date }
      let until = isLast ? close : end
      if counted > count {
        arithmetic.extend(to: until, .madeUp)
      } else {
        arithmetic.extend(to: until, kind?.reason ?? .calendarDay, counted: 1)
      }
      if isLast { return date }
    }
    return nil
  }

  /// The last calendar day moves on from rest days and holidays, not from make-up days (民法典 art. 203), and not
  /// into a pause.
  private func roll(from last: CivilDate, isMadeUp: Bool, _ pauses: Pauses, _ arithmetic: inout Arithmetic)
    -> CivilDate?
  {
    for offset in 0...Limits.deadlineHorizonDays {
      let date = last + offset
      let end = zone.midnight(date + 1)
      guard end > arithmetic.cursor else { continue }
      let isCounted = offset == 0 && !isMadeUp
      let kind = kind(of: date)
      arithmetic.note(kind)
      let close = closing(of: date)
      if !kind.isWorking {
        arithmetic.extend(to: end, .rolled, counted: isCounted ? 1 : 0, name: kind.name)
      } else if pauses.swallowClose(close) {
        arithmetic.extend(to: end, .paused)
      } else if isMadeUp, offset == 0 {
        arithmetic.extend(to: close, .madeUp)
        return date
      } else {
        let reason = isCounted && !kind.isPresumed ? .calendarDay : kind.reason
        arithmetic.extend(to: close, reason, counted: isCounted ? 1 : 0)
        return date
      }
    }
    return nil
  }

  /// `eod`: the first close of business after `start`, on a working day; for pauses so many working days later.
  private func nextClose(
    after start: Instant, madeUp: Int, _ pauses: Pauses, _ arithmetic: inout Arithmetic
  ) -> Instant {
    let first = day(at: start)
    var closes = 0
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
      } else if pauses.swallowClose(close) {
        arithmetic.extend(to: end, .paused)
      } else {
        closes += 1
        let until = closes > madeUp ? close : end
        if closes == 1 {
          arithmetic.extend(to: until, kind.reason, counted: 1)
        } else {
          arithmetic.extend(to: until, .madeUp)
        }
        if closes > madeUp { return close }
      }
    }
    return arithmetic.cursor
  }
}

extension DayKind {
  /// How the working hours of a working day stand in the arithmetic of hours.
  fileprivate var openReason: DeadlineSpan.Reason { self == .working ? .workingHours : reason }
}
