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

  init(_ town: RandomTown) {
    open = .allocate(capacity: minutes)
    closes = .allocate(capacity: minutes)
    days = .allocate(capacity: minutes)
    hasHours = !town.spans.isEmpty
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
  func due(from start: Int, _ limit: TimeLimit, _ pauses: [(Int, Int)]) -> (minute: Int, provisional: Bool)? {
    switch limit {
    case .hours(let count):
      return passed(count * 60, from: start, pauses, onlyOpen: false).map { ($0, false) }
    case .workingHours(let count):
      guard let end = passed(count * 60, from: start, pauses, onlyOpen: true) else { return nil }
      return (end, isUnknown[days[start]...days[end - 1]].contains(true))
    case .workingDays(let count):
      guard let (end, last) = close(count, from: start, pauses, after: days[start], only: { works[$0] })
      else {
        return nil
      }
      return (end, isUnknown[(days[start] + 1)...last].contains(true))
    case .endOfDay:
      guard let (end, last) = close(1, from: start + 1, pauses, after: -1, only: { works[$0] }) else {
        return nil
      }
      return (end, isUnknown[days[start]...last].contains(true))
    case .days(let count):
      guard let (_, last) = close(count, from: start, pauses, after: days[start], only: { _ in true }),
        let (end, rolled) = close(1, from: start, pauses, after: last - 1, only: { works[$0] })
      else { return nil }
      return (end, isUnknown[last...rolled].contains(true))
    }
  }

  /// Where a limit of an even number is half over: as far as one of half the number goes.
  func half(of limit: TimeLimit, from start: Int, _ pauses: [(Int, Int)]) -> Int? {
    switch limit {
    case .hours(let count): passed(count * 30, from: start, pauses, onlyOpen: false)
    case .workingHours(let count): passed(count * 30, from: start, pauses, onlyOpen: true)
    case .workingDays(let count) where count % 2 == 0:
      close(count / 2, from: start, pauses, after: days[start], only: { works[$0] })?.minute
    case .days(let count) where count % 2 == 0:
      close(count / 2, from: start, pauses, after: days[start], only: { _ in true })?.minute
    default: nil
    }
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
