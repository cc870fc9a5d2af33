import TriageCore

/// Counts by walking every minute of the window on a clock that is never set back: it keeps the latest wall time
/// that it has seen, so a repeated hour belongs to what was going on when it began.
struct MinuteOracle {
  private let minutes = (RandomTown.days - 2) * 1_440
  /// Whether the minute lies in the hours of a working day, and the day whose close it is (or -1).
  private let open: UnsafeMutablePointer<Bool>
  private let closes: UnsafeMutablePointer<Int>
  private let days: UnsafeMutablePointer<Int>
  private let works: [Bool]
  private let isUnknown: [Bool]
  private let hasHours: Bool
  /// Working minutes of a day.
  private let dayLength: Int

  init(_ town: RandomTown) {
    open = .allocate(capacity: minutes)
    closes = .allocate(capacity: minutes)
    days = .allocate(capacity: minutes)
    hasHours = !town.spans.isEmpty
    dayLength = hasHours ? town.spans.reduce(0) { $0 + $1.1 - $1.0 } : 1_440
    let unknown = (0..<RandomTown.days).map { !town.isKnown[$0 < RandomTown.firstYearDays ? 0 : 1] }
    // The first day is a Saturday: weekday 5 when Monday is 0.
    works = (0..<RandomTown.days).map { day in
      let isRest = town.rest.contains((day + 5) % 7)
      switch town.fates[day] {
      case .localOff: return false
      case .localOn: return true
      case .ordinary: return !isRest
      case .off: return unknown[day] && !isRest
      case .on: return !unknown[day] || !isRest
      }
    }
    isUnknown = (0..<RandomTown.days).map { day in
      unknown[day] && town.fates[day] != .localOff && town.fates[day] != .localOn
    }
    fill(town)
  }

  private func fill(_ town: RandomTown) {
    let isOpenAt = UnsafeMutablePointer<Bool>.allocate(capacity: 1_440)
    defer { isOpenAt.deallocate() }
    isOpenAt.initialize(repeating: false, count: 1_440)
    for (from, until) in town.spans { for minute in from..<until { isOpenAt[minute] = true } }
    let closing = town.spans.last?.1 ?? 1_440
    var shift = 0
    var latest = -1
    var nextClose = closing
    var jump = 0
    var minute = 0
    while minute < minutes {
      if jump < town.jumps.count, town.jumps[jump].minute == minute {
        shift += town.jumps[jump].by
        jump += 1
      }
      if minute + shift > latest { latest = minute + shift }
      let day = latest / 1_440
      days[minute] = day
      open[minute] = isOpenAt[latest % 1_440] ? works[day] : false
      closes[minute] = -1
      // The clock may jump over the close: then the first minute after the jump is it.
      if latest >= nextClose {
        closes[minute] = (nextClose - closing) / 1_440
        nextClose += 1_440
      }
      minute += 1
    }
  }

  func free() {
    open.deallocate()
    closes.deallocate()
    days.deallocate()
  }

  func isOpen(_ minute: Int) -> Bool { open[minute] }

  /// Nil when the answer lies beyond the window.
  func due(
    from start: Int, _ limit: TimeLimit, _ pauses: [(Int, Int)], _ counting: Pause.Counting
  ) -> (minute: Int, provisional: Bool)? {
    let closed = counting == .closes ? pauses : []
    let timed = counting == .time ? pauses : []
    switch limit {
    case .hours(let count):
      return passed(count * 60, from: start, pauses, onlyOpen: false).map { ($0, false) }
    case .workingHours(let count):
      guard let end = passed(count * 60, from: start, pauses, onlyOpen: true) else { return nil }
      return (end, isUnknown[days[start]...days[end - 1]].contains(true))
    case .workingDays(let count):
      let first = days[start]
      func end(_ more: Int) -> (minute: Int, day: Int)? {
        close(count + more, from: start, closed, after: first, only: { works[$0] })
      }
      guard let (moved, guessed) = movedDays(timed, from: start, end), let (end, last) = end(moved) else {
        return nil
      }
      return (end, guessed || isUnknown[(first + 1)...last].contains(true))
    case .endOfDay:
      func end(_ more: Int) -> (minute: Int, day: Int)? {
        close(1 + more, from: start + 1, closed, after: -1, only: { works[$0] })
      }
      guard let (moved, guessed) = movedDays(timed, from: start, end), let (end, last) = end(moved) else {
        return nil
      }
      return (end, guessed || isUnknown[days[start]...last].contains(true))
    case .days(let count):
      func rolled(_ more: Int) -> (minute: Int, day: Int, last: Int)? {
        guard
          let (_, last) = close(count + more, from: start, closed, after: days[start], only: { _ in true }),
          let (end, day) = close(1, from: start, closed, after: last - 1, only: { works[$0] })
        else { return nil }
        return (end, day, last)
      }
      let moved = movedCalendarDays(timed, from: start) { more in rolled(more).map { ($0.minute, $0.day) } }
      guard let moved, let (end, day, last) = rolled(moved) else { return nil }
      return (end, isUnknown[last...day].contains(true))
    }
  }

  /// Where a limit of an even number is half over: as far as one of half the number goes.
  func half(of limit: TimeLimit, from start: Int, _ pauses: [(Int, Int)], _ counting: Pause.Counting) -> Int?
  {
    let closed = counting == .closes ? pauses : []
    let timed = counting == .time ? pauses : []
    switch limit {
    case .hours(let count): return passed(count * 30, from: start, pauses, onlyOpen: false)
    case .workingHours(let count): return passed(count * 30, from: start, pauses, onlyOpen: true)
    case .workingDays(let count) where count % 2 == 0:
      func end(_ more: Int) -> (minute: Int, day: Int)? {
        close(count / 2 + more, from: start, closed, after: days[start], only: { works[$0] })
      }
      return movedDays(timed, from: start, end).flatMap { end($0.days)?.minute }
    case .days(let count) where count % 2 == 0:
      func end(_ more: Int) -> (minute: Int, day: Int)? {
        close(count / 2 + more, from: start, closed, after: days[start], only: { _ in true })
      }
      return movedCalendarDays(timed, from: start, end).flatMap { end($0)?.minute }
    default: return nil
    }
  }

  /// Whole working days that fit into the paused working minutes, of pauses that begin before the end; whether a day
  /// of an unknown year was looked at for it.
  private func movedDays(
    _ pauses: [(Int, Int)], from start: Int, _ end: (Int) -> (minute: Int, day: Int)?
  ) -> (days: Int, guessed: Bool)? {
    var paused = 0
    var guessed = false
    guard var due = end(0) else { return nil }
    for (from, until) in Self.joined(pauses, from: start) {
      guard from < due.minute else { break }
      guard until < minutes else { return nil }
      for minute in from..<until where hasHours ? open[minute] : works[days[minute]] { paused += 1 }
      guessed = guessed || isUnknown[days[from]...days[until - 1]].contains(true)
      guard let next = end(paused / dayLength) else { return nil }
      due = next
    }
    return (paused / dayLength, guessed)
  }

  private func movedCalendarDays(
    _ pauses: [(Int, Int)], from start: Int, _ end: (Int) -> (minute: Int, day: Int)?
  ) -> Int? {
    var paused = 0
    guard var due = end(0) else { return nil }
    for (from, until) in Self.joined(pauses, from: start) {
      guard from < due.minute else { break }
      paused += until - from
      guard let next = end(paused / 1_440) else { return nil }
      due = next
    }
    return paused / 1_440
  }

  /// From the start on, in order, overlapping ones as one.
  private static func joined(_ pauses: [(Int, Int)], from start: Int) -> [(Int, Int)] {
    var joined: [(Int, Int)] = []
    for (from, until) in pauses.map({ (max($0.0, start), $0.1) }).filter({ $0.0 < $0.1 }).sorted(by: {
      $0.0 < $1.0
    }) {
      if let last = joined.last, from <= last.1 {
        joined[joined.count - 1].1 = max(last.1, until)
      } else {
        joined.append((from, until))
      }
    }
    return joined
  }

  /// Working time and days back from an instant; days only from a close.
  func back(from due: Int, _ limit: TimeLimit) -> Int? {
    var minute = due
    switch limit {
    case .workingHours(let count):
      var left = count * 60
      while left > 0, minute > 0 {
        minute -= 1
        if open[minute] { left -= 1 }
      }
      return left == 0 ? minute : nil
    case .workingDays(let count), .days(let count):
      guard closes[due] >= 0 else { return nil }
      var left = count
      while left > 0, minute > 0 {
        minute -= 1
        let day = closes[minute]
        if day >= 0, limit == .days(count) || works[day] { left -= 1 }
      }
      return left == 0 ? minute : nil
    case .hours(let count): return due - count * 60
    case .endOfDay: return nil
    }
  }

  private func passed(_ count: Int, from start: Int, _ pauses: [(Int, Int)], onlyOpen: Bool) -> Int? {
    var left = count
    var minute = start
    while minute < minutes {
      if onlyOpen ? open[minute] : true {
        if pauses.isEmpty ? true : !isPaused(minute, pauses) {
          left -= 1
          if left == 0 { return minute + 1 < minutes ? minute + 1 : nil }
        }
      }
      minute += 1
    }
    return nil
  }

  /// The `count`-th close, not paused, of days later than `first` that pass.
  private func close(
    _ count: Int, from start: Int, _ pauses: [(Int, Int)], after first: Int, only passes: (Int) -> Bool
  ) -> (minute: Int, day: Int)? {
    var left = count
    var minute = start
    while minute < minutes {
      let day = closes[minute]
      if day > first, passes(day), !isPaused(minute, pauses) {
        left -= 1
        if left == 0 { return (minute, day) }
      }
      minute += 1
    }
    return nil
  }

  private func isPaused(_ minute: Int, _ pauses: [(Int, Int)]) -> Bool {
    for pause in pauses where minute >= pause.0 && minute < pause.1 { return true }
    return false
  }
}
