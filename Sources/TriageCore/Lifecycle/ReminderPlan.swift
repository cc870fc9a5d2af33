/// The reminders of one running deadline: which slots are still to come, and when each may be sent.
///
/// A slot is one share, offset or repeat of the row. A slot in the quiet hours, on a rest day of the department, or
/// in the short time between the end of the quiet hours and the digest waits for the digest.
struct ReminderPlan {
  let running: CaseState.Running
  let row: ReminderRow
  let department: DepartmentID
  /// Of the deadline.
  let clock: StageClock
  /// Of the department: its working days and its digest.
  let calendar: WorkCalendar
  /// Slots up to here are of the past: the deadline was set, or the item delivered, only then.
  let after: Instant
  let done: Set<String>

  struct Slot {
    let name: String
    let at: Instant
    let delivery: Delivery
  }
  struct Delivery {
    let at: Instant
    /// The digest that it waits for; nil: sent at once.
    let digest: CivilDate?
  }

  /// When the first of the open slots may be sent.
  var next: Instant? { slots(until: nil).map(\.delivery.at).min() }

  /// Open slots in order of time. Of a repeat those up to `until`, and the next one only when it is nil.
  func slots(until: Instant?) -> [Slot] {
    var slots: [Slot] = []
    for slot in row.at {
      switch slot {
      case .percent(let share):
        if let deadline = running.set.whole {
          add("\(share)%", to: &slots) {
            clock.calendar(of: running.set).instant(percent: share, of: deadline, pauses: clock.pauses)
          }
        }
      case .offset(let offset):
        add("\(offset)", to: &slots) { clock.calendar(of: running.set).instant(due, offsetBy: offset) }
      case .expiry: add("0", to: &slots) { due }
      case .every(let period, let max): addRepeats(period, max, until, to: &slots)
      }
    }
    return slots.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(
      \.element)
  }

  private var due: Instant { running.set.deadline.due }

  private func addRepeats(_ period: TimeLimit, _ max: Int, _ until: Instant?, to slots: inout [Slot]) {
    guard max > 0 else { return }
    for number in 1...max {
      let before = slots.count
      var instant = due
      add("every-\(number)", to: &slots) {
        instant = clock.calendar(of: running.set).instant(after: due, by: period.times(number))
        return instant
      }
      guard slots.count > before else { continue }
      guard let until else { return }
      if instant > until {
        slots.removeLast()
        return
      }
    }
  }

  /// Adds a slot that was neither sent nor skipped and does not lie in the past.
  private func add(_ name: String, to slots: inout [Slot], _ instant: () -> Instant) {
    let name = running.generation == 1 ? name : "\(name)#\(running.generation)"
    guard !done.contains(CaseEvent.Reminded.key(running.set.stage, running.set.item, name)) else { return }
    let at = instant()
    guard at > after else { return }
    slots.append(Slot(name: name, at: at, delivery: delivery(at)))
  }

  /// When something that falls on `instant` may be sent.
  func delivery(_ instant: Instant) -> Delivery {
    if case .some(.none) = row.quiet { return Delivery(at: instant, digest: nil) }
    let (date, second) = calendar.zone.civil(at: instant)
    if calendar.isWorkingDay(date), !isQuiet(second / 60) { return Delivery(at: instant, digest: nil) }
    for ahead in 0...Limits.deadlineHorizonDays where calendar.isWorkingDay(date + ahead) {
      let digest = calendar.zone.instant(date + ahead, digestTime)
      if digest >= instant { return Delivery(at: digest, digest: date + ahead) }
    }
    return Delivery(at: instant, digest: nil)
  }

  private var digestTime: CivilTime { row.digest ?? calendar.hours.first?.from ?? CivilTime(minute: 510) }

  private func isQuiet(_ minute: Int) -> Bool {
    guard let quiet = row.quiet ?? nil else { return false }
    let (from, digest) = (quiet.from.minute, digestTime.minute)
    let until = quiet.until.minute <= digest && digest < from ? digest : quiet.until.minute
    return from <= until ? (from..<until).contains(minute) : minute >= from || minute < until
  }
}

extension CaseTimers {
  /// None while the case is paused; those of the work end with the resolution.
  var reminderPlans: [ReminderPlan] {
    guard !state.isPaused else { return [] }
    let clock = StageClock(rulebook: rulebook, facts: facts, pauses: state.pauseRanges)
    return state.runningDeadlines.compactMap { plan(of: $0, clock) }
  }

  private func plan(of running: CaseState.Running, _ clock: StageClock) -> ReminderPlan? {
    let set = running.set
    guard isTicking(set.stage), let row = rulebook.reminders(of: set.stage, for: facts) else { return nil }
    // The time for a return is a right and no duty: only a row that names it reminds of it.
    if set.stage == .return, row.stages?.contains(.return) != true { return nil }
    var after = max(running.at, set.deadline.start)
    if set.stage == .followUp {
      guard let visit = state.openItems(.followUp).last else { return nil }
      after = max(after, visit.openedAt)
    }
    let department = set.department ?? state.lead
    return ReminderPlan(
      running: running, row: row, department: department, clock: clock,
      calendar: rulebook.calendar(of: department), after: after, done: state.reminded)
  }
}

extension CaseEvent.DeadlineSet {
  /// The deadline with its extensions as one limit, for shares of the whole; nil when their units differ.
  fileprivate var whole: Deadline? {
    guard let extensions else { return deadline }
    var whole = deadline
    for more in extensions {
      guard let sum = whole.limit.adding(more) else { return nil }
      whole.limit = sum
    }
    return whole
  }
}

extension TimeLimit {
  func times(_ factor: Int) -> TimeLimit {
    switch self {
    case .hours(let n): .hours(n * factor)
    case .workingHours(let n): .workingHours(n * factor)
    case .workingDays(let n): .workingDays(n * factor)
    case .days(let n): .days(n * factor)
    case .endOfDay: factor == 1 ? .endOfDay : .workingDays(factor - 1)
    }
  }

  /// The sum in one unit; nil where the units differ.
  func adding(_ other: TimeLimit) -> TimeLimit? {
    switch (self, other) {
    case (.hours(let a), .hours(let b)): .hours(a + b)
    case (.workingHours(let a), .workingHours(let b)): .workingHours(a + b)
    case (.workingDays(let a), .workingDays(let b)): .workingDays(a + b)
    case (.days(let a), .days(let b)): .days(a + b)
    default: nil
    }
  }
}
