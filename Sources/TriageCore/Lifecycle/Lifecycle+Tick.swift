/// What a case does by itself when its time has come.
extension CaseDraft {
  /// Performs everything that is due, and what that makes due.
  mutating func tick() {
    takeNewCalendar()
    takeNewLimits()
    for _ in 0..<Limits.tickRounds where state.phase.isOpen {
      let before = events.count
      if let end = timers.pauseEnd, end <= at { endPause(atLimit: true) }
      lapse()
      deliverVisitIfDue()
      escalateIfDue()
      remindIfDue()
      if events.count == before { return }
    }
  }

  private mutating func lapse() {
    for running in timers.lapsing where running.set.deadline.due < at {
      cancel(running.set.stage, item: running.set.item)
    }
    closeIfOver()
  }

  /// Provisional deadlines are counted again: the holidays of their year may be known by now.
  mutating func takeNewCalendar() {
    guard state.phase.isOpen else { return }
    recount(why: .calendar) { $0.set.deadline.provisional }
  }

  /// `on_reload`: by default open cases stay as they are.
  private mutating func takeNewLimits() {
    guard rulebook.onReload != .keep, state.phase.isWork else { return }
    for running in state.runningDeadlines {
      guard let (row, limit) = clock.limit(of: running.set.stage), limit != running.set.deadline.limit else {
        continue
      }
      var set = running.set
      set.row = row
      set.why = .rules
      set.deadline.limit = limit
      set.deadline = clock.count(set)
      if rulebook.onReload == .forward, set.deadline.due >= running.set.deadline.due { continue }
      replace(running, with: set)
    }
  }

  // MARK: Reminders

  mutating func remindIfDue() {
    for plan in timers.reminderPlans {
      let slots = plan.slots(until: at)
      guard let newest = slots.lastIndex(where: { $0.delivery.at <= at }) else { continue }
      // Slots that meet are one: the last one speaks for those before it.
      for slot in slots[..<newest] { add(.reminded(plan.reminder(slot, .skipped))) }
      add(.reminded(reminder(slots[newest], of: plan)))
    }
  }

  private func reminder(_ slot: ReminderPlan.Slot, of plan: ReminderPlan) -> CaseEvent.Reminded {
    let today = plan.calendar.zone.civil(at: at).date
    let isMissed = at - slot.delivery.at > Limits.reminderGrace
    if isMissed, case .none = plan.row.quiet { return digest(slot, of: plan) }
    if isMissed, case .some(.some) = plan.row.quiet { return digest(slot, of: plan) }
    guard let day = slot.delivery.digest else {
      guard reminded.isFull(plan.department, plan.row) else { return plan.reminder(slot, .atOnce, today) }
      let next = plan.nextDigest(after: at)
      return plan.reminder(slot, .digest, next.digest, next.at)
    }
    return plan.reminder(slot, .digest, day, slot.delivery.at)
  }

  /// After a downtime: what was missed goes into one digest, today's if this is no time of quiet.
  private func digest(_ slot: ReminderPlan.Slot, of plan: ReminderPlan) -> CaseEvent.Reminded {
    let delivery = plan.delivery(at)
    let today = plan.calendar.zone.civil(at: at).date
    return plan.reminder(slot, .digest, delivery.digest ?? today, delivery.at)
  }
}

extension ReminderPlan {
  func reminder(
    _ slot: Slot, _ how: CaseEvent.Reminded.How, _ digest: CivilDate? = nil, _ notBefore: Instant? = nil
  ) -> CaseEvent.Reminded {
    CaseEvent.Reminded(
      stage: running.set.stage, item: running.set.item, department: department, slot: slot.name, due: slot.at,
      how: how, digest: digest, notBefore: notBefore)
  }
}
