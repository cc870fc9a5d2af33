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

  /// When the first of the open slots may be sent, if before `limit`; nil also when it is later.
  func next(before limit: Instant?) -> Instant? { open(before: limit).map(\.delivery.at).min() }

  /// Open slots up to `end`, in order of time.
  func slots(until end: Instant) -> [Slot] {
    open(before: end + 1, allRepeats: true).enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// Open slots that may lie before `limit` (nil: whenever), and of a repeat only the next one unless all are wanted.
  private func open(before limit: Instant?, allRepeats: Bool = false) -> [Slot] {
    var slots: [Slot] = []
    for slot in row.at {
      switch slot {
      case .percent(let share):
        guard let deadline = running.set.whole else { continue }
        let least = deadline.start + deadline.limit.leastSeconds(percent: min(share, 100))
        guard least.comes(before: limit), isOpen("\(share)%") else { continue }
        let at = calendarOfStage.instant(percent: share, of: deadline, pauses: clock.pauses)
        add("\(share)%", at, before: limit, to: &slots)
      case .offset(let offset):
        guard isOpen("\(offset)") else { continue }
        add("\(offset)", calendarOfStage.instant(due, offsetBy: offset), before: limit, to: &slots)
      case .expiry: if isOpen("0") { add("0", due, before: limit, to: &slots) }
      case .every(let period, let max):
        addRepeats(period, max, before: limit, all: allRepeats, to: &slots)
      }
    }
    return slots
  }

  private var due: Instant { running.set.deadline.due }
  private var calendarOfStage: WorkCalendar { clock.calendar(of: running.set) }

  private func addRepeats(
    _ period: TimeLimit, _ max: Int, before limit: Instant?, all: Bool, to slots: inout [Slot]
  ) {
    guard max > 0, due.comes(before: limit) else { return }
    for number in 1...max where isOpen("every-\(number)") {
      let at = calendarOfStage.instant(after: due, by: period.times(number))
      guard at.comes(before: limit) else { return }
      add("every-\(number)", at, before: limit, to: &slots)
      if !all, at > after { return }
    }
  }

  /// A deadline that was set again has slots of its own.
  private func named(_ slot: String) -> String {
    running.generation == 1 ? slot : "\(slot)#\(running.generation)"
  }

  /// Neither sent nor skipped.
  private func isOpen(_ slot: String) -> Bool {
    done.isEmpty || !done.contains(CaseEvent.Reminded.key(running.set.stage, running.set.item, named(slot)))
  }

  private func add(_ slot: String, _ at: Instant, before limit: Instant?, to slots: inout [Slot]) {
    guard at > after, at.comes(before: limit) else { return }
    slots.append(Slot(name: named(slot), at: at, delivery: delivery(at)))
  }

  /// When something that falls on `instant` may be sent.
  func delivery(_ instant: Instant) -> Delivery {
    if case .some(.none) = row.quiet { return Delivery(at: instant, digest: nil) }
    let (date, second) = calendar.zone.civil(at: instant)
    if calendar.isWorkingDay(date), !isQuiet(second / 60) { return Delivery(at: instant, digest: nil) }
    return nextDigest(from: instant, on: date)
  }

  /// The digest that comes after an instant, of a later day where today's was written.
  func nextDigest(after instant: Instant) -> Delivery {
    nextDigest(from: instant + 1, on: calendar.zone.civil(at: instant).date)
  }

  private func nextDigest(from instant: Instant, on date: CivilDate) -> Delivery {
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
    let clock = StageClock(rulebook: rulebook, facts: facts, pauses: state.countedPauses)
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
