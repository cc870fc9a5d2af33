/// Shares of a deadline, for reminders such as `50%`.
extension WorkCalendar {
  /// The instant at which `percent` of the counted time has passed, in the deadline's own unit and without pauses.
  ///
  /// Half of five working days is half of the working time of the third; of calendar days likewise, whether the
  /// day is worked or not. Whole days end at their close of business. Never after `due`; 0 is the start, 100 is
  /// `due`, and what lies beyond counts as these.
  public func instant(percent: Int, of deadline: Deadline, pauses: [Pause] = []) -> Instant {
    guard deadline.limit.count > 0, deadline.start < deadline.due, percent < 100 else { return deadline.due }
    guard percent > 0 else { return deadline.start }
    var arithmetic = Arithmetic(from: deadline.start)
    let pauses = Pauses(pauses)
    let slot: Instant
    switch deadline.limit {
    case .hours(let count): slot = countWall(Int64(count * percent) * 36, pauses, &arithmetic)
    case .workingHours(let count): slot = countOpen(Int64(count * percent) * 36, pauses, &arithmetic)
    case .workingDays(let count), .days(let count):
      let unit = deadline.limit.dayUnit
      func day(_ moved: Int) -> Instant {
        var arithmetic = Arithmetic(from: deadline.start)
        return days(
          hundredths: count * percent + moved * 100, working: unit == .working, pauses, &arithmetic)
      }
      slot = day(sum(of: pauses, from: deadline.start, unit, &arithmetic, due: day).days)
    case .endOfDay:
      let open = openTime(from: deadline.start, to: deadline.due, pauses)
      slot = point(at: percent, in: open) ?? deadline.due
    }
    return min(slot, deadline.due)
  }

  /// So many hundredths of days after the start.
  private func days(
    hundredths: Int, working: Bool, _ pauses: Pauses, _ arithmetic: inout Arithmetic
  ) -> Instant {
    let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
    let first = day(at: arithmetic.cursor)
    let count = part == 0 ? whole : whole + 1
    guard let date = countDays(count, working: working, after: first, pauses, &arithmetic) else {
      return arithmetic.cursor
    }
    let spans = hours.isEmpty ? [zone.midnight(date)..<closing(of: date)] : openSpans(of: date)
    let running = spans.flatMap { pauses.running(of: $0) }
    return part == 0 ? closing(of: date) : point(at: part, in: running) ?? closing(of: date)
  }

  /// The working time between two instants that is not paused.
  private func openTime(from start: Instant, to due: Instant, _ pauses: Pauses) -> [Range<Instant>] {
    var open: [Range<Instant>] = []
    let first = day(at: start)
    for offset in 0...max(0, min(day(at: due) - first, Limits.deadlineHorizonDays))
    where isWorkingDay(first + offset) {
      for span in openSpans(of: first + offset) where span.overlaps(start..<due) {
        let clipped = span.clamped(to: start..<due)
        open += pauses.pieces(of: clipped).filter(\.runs).map(\.range)
      }
    }
    return open
  }

  /// The point at which `percent` of the ranges' time has passed; nil where they hold none.
  private func point(at percent: Int, in ranges: [Range<Instant>]) -> Instant? {
    let total = ranges.reduce(Int64(0)) { $0 + ($1.upperBound - $1.lowerBound) }
    var left = total * Int64(percent) / 100
    for range in ranges {
      let length = range.upperBound - range.lowerBound
      if length >= left { return range.lowerBound + left }
      left -= length
    }
    return nil
  }
}
