/// The arithmetic of a deadline in words: what `triaged due --explain` prints and the timeline of a case shows.
extension Deadline {
  /// One line for the start, one for each span, one for the end, and one more when the deadline is provisional.
  public func narrative(in zone: Zone) -> [Message] {
    var lines = [Message.countedFrom(start.clockText(in: zone), zone.civil(at: start).date.weekday, limit)]
    var sum = 0
    for span in arithmetic {
      lines.append(line(for: span, after: sum, in: zone))
      sum += span.counted
    }
    for pauses in pauseSums { lines += pauses.sum.narrative(of: pauses.limit, in: zone) }
    lines.append(.due(due.clockText(in: zone), zone.civil(at: due).date.weekday))
    if provisional { lines.append(.provisional(years: unknownYears(in: zone))) }
    return lines
  }

  private func line(for span: DeadlineSpan, after sum: Int, in zone: Zone) -> Message {
    let what = countsHours ? span.inHours(after: sum) : span.inDays(after: sum, of: limit)
    if countsHours || limit == .endOfDay {
      return .arithmeticLine(span.clockTimes(in: zone), nil, what)
    }
    let (first, last) = span.days(in: zone)
    return first == last
      ? .arithmeticLine(first.description, first.weekday, what)
      : .arithmeticLine("\(first) … \(last)", nil, what)
  }

  private var countsHours: Bool {
    switch limit {
    case .hours, .workingHours: true
    case .workingDays, .days, .endOfDay: false
    }
  }

  /// The years of the presumed spans; where those were rolled over, the year in which it is due.
  private func unknownYears(in zone: Zone) -> String {
    let presumed = arithmetic.filter { $0.reason == .presumedRest || $0.reason == .presumedWorkingDay }
    guard let first = presumed.first?.days(in: zone).first.year,
      let last = presumed.last?.days(in: zone).last.year
    else { return "\(zone.civil(at: due).date.year)" }
    return first == last ? "\(first)" : "\(first)–\(last)"
  }
}

extension DeadlineSpan {
  /// The days that it touches.
  fileprivate func days(in zone: Zone) -> (first: CivilDate, last: CivilDate) {
    (zone.civil(at: from).date, zone.civil(at: until + -1).date)
  }

  /// `2026-10-09 14:30 … 17:30`, with the second date where it is another.
  fileprivate func clockTimes(in zone: Zone) -> String {
    let end = zone.civil(at: until).date == zone.civil(at: from).date
    let text = until.clockText(in: zone)
    return "\(from.clockText(in: zone)) … \(end ? String(text.suffix(5)) : text)"
  }

  fileprivate func inDays(after sum: Int, of limit: TimeLimit) -> Message {
    guard counted > 0 else { return isWorked ? .firstWorkingDayAfter : skipped }
    if limit == .endOfDay { return .untilClose }
    if reason == .rolled { return .lastDayMovesOn(sum + counted, name: name) }
    let numbers = sum + 1...sum + counted
    if case .days = limit { return .calendarDays(numbers) }
    return switch reason {
    case .makeUpDay: .makeUpDays(numbers)
    case .presumedWorkingDay: .presumedWorkingDays(numbers)
    default: .workingDays(numbers)
    }
  }

  fileprivate func inHours(after sum: Int) -> Message {
    counted > 0 ? .counted(reason, seconds: counted, sum: sum > 0 ? sum + counted : nil) : skipped
  }

  private var isWorked: Bool {
    reason == .workingDay || reason == .makeUpDay || reason == .presumedWorkingDay
  }

  private var skipped: Message {
    switch reason {
    case .startDay: .startDayNotCounted
    case .holiday: .holidayNotCounted(name)
    case .weeklyRest: .weeklyRestNotCounted
    case .presumedRest: .presumedRestNotCounted
    case .rolled: .movesOn(name: name)
    case .paused: .pausedNotCounted
    case .madeUp: .madeUpForPauses
    case .outsideHours, .workingDay, .makeUpDay, .presumedWorkingDay, .workingHours, .wallClock, .calendarDay:
      .outsideHoursNotCounted
    }
  }
}

extension PauseSum {
  /// A line for each pause, and one for what they come to.
  func narrative(of limit: TimeLimit, in zone: Zone) -> [Message] {
    let isWorking = limit.dayUnit != .calendar
    var lines: [Message] = []
    if carried > 0 { lines.append(.pauseCarried(carried)) }
    for part in parts {
      let until = part.until.clockText(in: zone)
      let isOneDay = zone.civil(at: part.until).date == zone.civil(at: part.from).date
      lines.append(
        .pausePart(
          "\(part.from.clockText(in: zone)) … \(isOneDay ? String(until.suffix(5)) : until)", part.seconds,
          isWorking: isWorking))
    }
    lines.append(.pauseSum(self, isWorking: isWorking))
    return lines
  }
}
