/// Follow-up visits (回访) and close-out (销号).
///
/// Visits are due at each interval from when the resolution counts, and on the day after each instalment that the
/// agreement names. The item of a visit comes in the morning of its day. Who is reached on none of three days is
/// given up for that visit; the case is closed with the last one.
extension CaseDraft {
  mutating func scheduleVisit() {
    guard let planned = timers.plannedVisit(state.visit) else { return }
    let late = planned.deadline.due <= at
    let next = late ? rulebook.calendar.deadline(from: at, limit: .workingDays(1)) : planned.deadline
    setVisit(next, row: planned.row)
  }

  private mutating func setVisit(_ deadline: Deadline, row: RuleID) {
    let visitor = rulebook.followUpBy(for: facts) ?? state.resolvedBy ?? state.lead
    add(
      .deadlineSet(CaseEvent.DeadlineSet(stage: .followUp, department: visitor, deadline: deadline, row: row))
    )
  }

  mutating func deliverVisitIfDue() {
    guard let due = timers.visitDelivery, due <= at, let running = state.running(.followUp) else { return }
    assign(.followUp, to: running.set.department ?? state.lead, cause: .followUp(number: state.visit))
  }

  mutating func answerFollowUp(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    try checkVisit(reply)
    acceptIfNew(item, implied: true)
    add(.answered(CaseEvent.Answered(item: item.key, reply: reply)))
    if reply.satisfied == .unreachable {
      end(item, .answered)
      tryAgainOrGiveUp()
    } else {
      meet(.followUp)
      end(item, .answered)
    }
    for outcome in reply.outcomes where state.isResolved {
      let times = state.followUps.lazy.filter { $0.reply.outcomes.contains(outcome) }.count
      fireRules(.followUp(outcome, times: times))
    }
    guard state.isResolved else { return }
    if let why = reply.outcomes.first(where: { $0.reopens }) { return reopen(why.rawValue) }
    if state.running(.followUp) == nil { scheduleVisit() }
    closeIfOver()
  }

  private func checkVisit(_ reply: Reply) throws(Refusal) {
    if reply.satisfied == .unreachable { return }
    var missing: [String] = []
    if reply.satisfied == nil { missing.append("satisfied") }
    let agreed = state.resolution?.agreement ?? Reply.Agreement.none
    if agreed != .none, reply.performed == nil { missing.append("performed") }
    guard missing.isEmpty else { throw .missing(fields: missing) }
  }

  private mutating func tryAgainOrGiveUp() {
    let zone = rulebook.calendar.zone
    let days = Set(state.unreached.map { zone.civil(at: $0).date })
    guard days.count < Limits.visitAttempts, let running = state.running(.followUp) else {
      return cancel(.followUp)
    }
    setVisit(rulebook.calendar.deadline(from: at, limit: .workingDays(1)), row: running.set.row)
  }

  /// Closes a resolved case of which nothing is awaited any more; a request that nobody decided ends with it.
  mutating func closeIfOver() {
    guard state.phase == .followUp, state.openItems(.followUp).isEmpty,
      state.runningDeadlines.allSatisfy({ $0.set.stage == .approve })
    else { return }
    let last = state.deadlines.last { $0.set.stage == .followUp && !$0.isReplaced }
    close(last?.ended == .cancelled ? .givenUp : .followedUp)
  }

  /// - Parameter tell: What all concerned are told; nil: how it was closed.
  mutating func close(
    _ how: CaseEvent.Closed.How, items why: CaseEvent.Ended.Why = .closed, tell: Notice? = nil
  ) {
    let listeners = concerned
    for item in state.openAssignments { end(item, why) }
    cancelAll { _ in true }
    add(.closed(CaseEvent.Closed(how: how)))
    notify(listeners, tell ?? .closed(how))
  }
}

/// What a visit found, by the names that escalation rules use.
enum VisitOutcome: String, CaseIterable {
  case notSatisfied = "not_satisfied"
  case notPerformed = "not_performed"
  case partlyPerformed = "partly_performed"
  case residualRisk = "residual_risk"
  case failed
  case unreachable
  case satisfied

  /// The dispute is not settled: the lead's work begins again, whether or not a rule says more.
  var reopens: Bool {
    switch self {
    case .notSatisfied, .notPerformed, .residualRisk, .failed: true
    case .partlyPerformed, .unreachable, .satisfied: false
    }
  }
}

extension Reply {
  var outcomes: [VisitOutcome] {
    var found: [VisitOutcome] = []
    switch satisfied {
    case .no: found.append(.notSatisfied)
    case .unreachable: found.append(.unreachable)
    case .yes, .basically: found.append(.satisfied)
    case nil: break
    }
    switch performed {
    case .no: found.append(.notPerformed)
    case .partly: found.append(.partlyPerformed)
    case .yes, nil: break
    }
    if residualRisk == true { found.append(.residualRisk) }
    if result == .failed { found.append(.failed) }
    return found
  }
}
