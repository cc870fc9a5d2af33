/// Collects the spans of a deadline from its start on, without holes; neighbours of one kind become one.
struct Arithmetic {
  private(set) var spans: [DeadlineSpan] = []
  /// Up to where the time is accounted for.
  private(set) var cursor: Instant
  /// A day was judged whose year has no holiday notice.
  private(set) var touchesPresumed = false

  init(from start: Instant) { cursor = start }

  /// Accounts for the time up to `until`; nothing where that is not later.
  mutating func extend(
    to until: Instant, _ reason: DeadlineSpan.Reason, counted: Int = 0, name: String? = nil
  ) {
    guard until > cursor else { return }
    if let last = spans.last, last.reason == reason, last.name == name {
      spans[spans.count - 1].until = until
      spans[spans.count - 1].counted += counted
    } else {
      spans.append(
        DeadlineSpan(from: cursor, until: until, reason: reason, counted: counted, name: name))
    }
    cursor = until
  }

  mutating func note(_ kind: DayKind) {
    if kind.isPresumed { touchesPresumed = true }
  }

  /// Skips up to `until` because of what the day is.
  mutating func skip(to until: Instant, _ kind: DayKind) {
    extend(to: until, kind.reason, name: kind.name)
  }

  func deadline(from start: Instant, _ limit: TimeLimit, due: Instant) -> Deadline {
    Deadline(start: start, limit: limit, due: due, provisional: touchesPresumed, arithmetic: spans)
  }
}

extension DayKind {
  /// How a whole day of this kind stands in the arithmetic.
  var reason: DeadlineSpan.Reason {
    switch self {
    case .working: .workingDay
    case .makeUp: .makeUpDay
    case .weeklyRest: .weeklyRest
    case .holiday: .holiday
    case .presumedWorking: .presumedWorkingDay
    case .presumedRest: .presumedRest
    }
  }

  var name: String? {
    if case .holiday(let name) = self { name } else { nil }
  }
}
