/// When a case next does something by itself. `tick` performs exactly what these name, so that the timer of a case
/// is never late and never idle.
struct CaseTimers {
  let state: CaseState
  let rulebook: Rulebook
  let facts: CaseFacts

  struct Escalation {
    let rule: EscalationRule
    let occasion: String
    let stage: Stage?
    let at: Instant
  }

  /// The earliest of everything. Cheap ones come first: what cannot be earlier than the best so far is not counted
  /// out, since this is asked for every case that is taken.
  var next: Instant? {
    guard state.phase.isOpen else { return nil }
    var next = pauseEnd
    func consider(_ instant: Instant?) {
      guard let instant else { return }
      next = min(next ?? instant, instant)
    }
    consider(visitDelivery)
    for running in lapsing { consider(running.set.deadline.due + 1) }
    for plan in reminderPlans { consider(plan.next(before: next)) }
    for rule in rulebook.escalation where state.alert == nil {
      for escalation in escalations(of: rule, before: next) { consider(escalation.at) }
    }
    return next
  }

  var pauseEnd: Instant? { state.isPaused ? state.pauses.last?.until : nil }

  /// Running stages that a day in the reply started.
  var anchored: [CaseState.Running] {
    state.runningDeadlines.filter { $0.set.item == nil && $0.set.stage.isAnchored }
  }

  /// Deadlines that nobody answers: the time for a return, and stages that a day in the reply started.
  var lapsing: [CaseState.Running] {
    anchored + state.runningDeadlines.filter { $0.set.stage == .return }
  }
}

/// Follow-up visits.
extension CaseTimers {
  /// When the item of the next visit is delivered: in the morning of its day, at once when the interval is in hours.
  var visitDelivery: Instant? {
    guard state.phase == .followUp, state.openItems(.followUp).isEmpty, let running = state.running(.followUp)
    else { return nil }
    let deadline = running.set.deadline
    switch deadline.limit {
    case .hours, .workingHours: return deadline.start
    case .workingDays, .days, .endOfDay: break
    }
    let calendar = rulebook.calendar
    let day = calendar.zone.civil(at: deadline.due + -1).date
    let opening = calendar.nextOpening(atOrAfter: calendar.zone.instant(day, second: 0))
    return max(deadline.start, min(opening, deadline.due))
  }

  /// The visit with this number after the present resolution, and the row that asks for visits.
  func plannedVisit(_ number: Int) -> (deadline: Deadline, row: RuleID)? {
    guard let base = state.effectiveAt else { return nil }
    let (calendar, intervals) = (rulebook.calendar, rulebook.followUps(for: facts))
    var visits = intervals.map { calendar.deadline(from: base, limit: $0) }
    for instalment in state.resolution?.instalments ?? [] {
      let day = calendar.zone.instant(instalment.date, second: 0)
      let visit = calendar.deadline(from: day, limit: .days(1))
      if visit.due > base { visits.append(visit) }
    }
    visits.sort { $0.due < $1.due }
    guard visits.indices.contains(number - 1) else { return nil }
    return (visits[number - 1], row(naming: intervals))
  }

  private func row(naming intervals: [TimeLimit]) -> RuleID {
    let rows = rulebook.deadlines.filter {
      $0.followUp == intervals && $0.head.when.holds(for: facts, in: rulebook)
    }
    return rows.map(\.head.id).min() ?? RuleID("follow_up")
  }
}

/// Escalations by time.
extension CaseTimers {
  /// Those not yet done that come before `limit`; nil: all.
  func escalations(before limit: Instant?) -> [Escalation] {
    rulebook.escalation.flatMap { escalations(of: $0, before: limit) }
  }

  private func escalations(of rule: EscalationRule, before limit: Instant?) -> [Escalation] {
    let found = occasions(of: rule, before: limit).filter {
      !state.escalated.contains("\(rule.id)/\($0.occasion)")
    }
    return found.isEmpty || !rule.when.holds(for: facts, in: rulebook) ? [] : found
  }

  private func occasions(of rule: EscalationRule, before limit: Instant?) -> [Escalation] {
    switch rule.on {
    case .overdue(let stage, let by):
      guard isTicking(stage) else { return [] }
      return state.deadlines.lazy
        .filter { $0.ended == nil && $0.set.stage == stage && ($0.set.deadline.due + 1).comes(before: limit) }
        .map { overdue($0.set, by: by, rule) }
    case .age(let age):
      guard state.phase.isWork, !state.isPaused, (state.takenAt + age.leastSeconds).comes(before: limit)
      else {
        return []
      }
      let old = rulebook.calendar.deadline(from: state.takenAt, limit: age).due
      return [Escalation(rule: rule, occasion: "age", stage: nil, at: old)]
    case .repeated(let atLeast):
      guard state.phase.isWork, !state.isPaused, state.history.sameMatter.count + 1 >= atLeast else {
        return []
      }
      return [Escalation(rule: rule, occasion: "repeated-\(atLeast)", stage: nil, at: state.takenAt)]
    case .returned, .followUp, .resolved, .raised, .cluster, .daily: return []
    }
  }

  private func overdue(_ set: CaseEvent.DeadlineSet, by: TimeLimit, _ rule: EscalationRule) -> Escalation {
    let due = set.deadline.due
    let calendar = rulebook.calendar(of: set.item == nil ? nil : set.department)
    let passed = by.count == 0 ? due : calendar.instant(after: due, by: by)
    let item = set.item.map { "/\($0.role.rawValue)-\($0.ordinal)" } ?? ""
    return Escalation(
      rule: rule, occasion: "\(set.stage)\(item)@\(due.seconds)", stage: set.stage, at: max(passed, due + 1))
  }

  /// Whether anybody is expected to act on the stage now: not during a pause, and not on the work itself while the
  /// resolution waits for approval.
  func isTicking(_ stage: Stage) -> Bool {
    switch state.phase {
    case .paused: stage.runsInPause
    case .approval: stage == .approve
    case .assigned, .accepted, .returned, .followUp: true
    case .closed, .withdrawn, .merged, .diverted: false
    }
  }
}

extension Stage {
  /// A stage that a row names and a day in the reply starts; the life of a case knows it by no other sign.
  var isAnchored: Bool { !Self.known.contains(self) }

  private static let known: Set<Stage> = [
    .accept, .contact, .report, .resolve, .redo, .assist, .whistle, .adjudicate, .approve, .followUp, .return,
    .alert,
  ]
}

extension Instant {
  func comes(before limit: Instant?) -> Bool { limit.map { self < $0 } ?? true }
}

extension TimeLimit {
  /// So many seconds pass at least before a time of this limit ends, whatever the calendar says: a day may begin
  /// just before its close of business.
  var leastSeconds: Int64 { leastSeconds(percent: 100) }

  func leastSeconds(percent: Int) -> Int64 {
    switch self {
    case .hours(let n), .workingHours(let n): Int64(n) * 36 * Int64(percent)
    case .workingDays(let n), .days(let n): max(0, Int64(n * percent / 100) - 2) * 86_400
    case .endOfDay: 0
    }
  }
}
