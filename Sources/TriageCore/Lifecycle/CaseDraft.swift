/// A case while one command is carried out: every event is applied as it is added, so that the next step sees its
/// effect and the live state is by construction what a replay makes.
struct CaseDraft {
  private(set) var state: CaseState
  private(set) var events: [CaseEvent] = []
  private(set) var facts: CaseFacts
  let at: Instant
  let rulebook: Rulebook
  private(set) var reminded: RemindersToday

  init(_ state: CaseState, at: Instant, under rulebook: Rulebook, reminded: RemindersToday) {
    self.state = state
    self.at = at
    self.rulebook = rulebook
    self.reminded = reminded
    facts = state.facts(under: rulebook)
  }

  mutating func add(_ event: CaseEvent) {
    state.apply(event, at: at)
    events.append(event)
    reminded.note(event)
    switch event {
    case .corrected, .levelChanged: facts = state.facts(under: rulebook)
    default: break
    }
  }

  var clock: StageClock { StageClock(rulebook: rulebook, facts: facts, pauses: state.countedPauses) }
  var timers: CaseTimers { CaseTimers(state: state, rulebook: rulebook, facts: facts) }

  // MARK: Notices

  mutating func notify(_ department: DepartmentID, _ notice: Notice) {
    let number = (state.notices[department] ?? 0) + 1
    add(.noticed(CaseEvent.Noticed(department: department, number: number, notice: notice)))
  }

  /// Each department once.
  mutating func notify(_ departments: [DepartmentID], except: DepartmentID? = nil, _ notice: Notice) {
    var told: [DepartmentID] = except.map { [$0] } ?? []
    for department in departments where !told.contains(department) {
      told.append(department)
      notify(department, notice)
    }
  }

  /// Whoever has work on the case or watches it.
  var concerned: [DepartmentID] { state.openAssignments.map(\.department) + state.watch }

  // MARK: Deadlines

  mutating func open(_ stage: Stage, item: ItemKey? = nil, of department: DepartmentID? = nil) {
    guard let set = clock.set(stage, item: item, of: department, from: at) else { return }
    add(.deadlineSet(set))
  }

  /// Ends a running deadline as done at `doneAt`: met up to the due instant, late after it.
  mutating func meet(_ stage: Stage, item: ItemKey? = nil, doneAt: Instant? = nil) {
    guard let running = state.running(stage, item: item) else { return }
    let isMet = (doneAt ?? at) <= running.set.deadline.due
    add(.deadlineEnded(CaseEvent.DeadlineEnded(stage: stage, item: item, how: isMet ? .met : .late)))
  }

  mutating func cancel(_ stage: Stage, item: ItemKey? = nil) {
    guard state.running(stage, item: item) != nil else { return }
    add(.deadlineEnded(CaseEvent.DeadlineEnded(stage: stage, item: item, how: .cancelled)))
  }

  mutating func cancelAll(where isMeant: (CaseEvent.DeadlineSet) -> Bool) {
    for running in state.runningDeadlines where isMeant(running.set) {
      cancel(running.set.stage, item: running.set.item)
    }
  }

  /// Puts another setting in place of a running deadline and tells who holds it; nothing happens when nothing moves.
  mutating func replace(_ running: CaseState.Running, with set: CaseEvent.DeadlineSet, quietly: Bool = false)
  {
    let (old, new) = (running.set.deadline, set.deadline)
    guard new.due != old.due || new.provisional != old.provisional else { return }
    add(.deadlineSet(set))
    guard !quietly, new.due != old.due, set.stage != .return else { return }
    notify(
      set.department ?? state.lead,
      .deadlineMoved(set.stage, from: old.due, to: new.due, provisional: new.provisional))
  }

  /// Counts running deadlines again: after a pause began or ended, or when the calendar knows more.
  mutating func recount(
    why: CaseEvent.DeadlineSet.Why, quietly: Bool = false, where isMeant: (CaseState.Running) -> Bool
  ) {
    for running in state.runningDeadlines where isMeant(running) {
      var set = running.set
      set.deadline = clock.count(running.set)
      set.why = why
      replace(running, with: set, quietly: quietly)
    }
  }

  // MARK: Items

  /// Opens an item with the stages that start with it.
  @discardableResult
  mutating func assign(
    _ role: Role, to department: DepartmentID, cause: Assignment.Cause, stages: [Stage] = []
  ) -> ItemKey {
    let key = state.nextKey(role)
    add(.assigned(Assignment(key: key, department: department, openedAt: at, cause: cause)))
    for stage in stages { open(stage, item: key, of: department) }
    return key
  }

  /// Ends an item and cancels what still runs for it.
  /// - Parameter tell: What the department is told; nil when it ended by its own doing.
  mutating func end(_ item: Assignment, _ why: CaseEvent.Ended.Why, tell: Notice? = nil) {
    cancelAll { $0.item == item.key }
    add(.ended(CaseEvent.Ended(item: item.key, why: why)))
    if let tell { notify(item.department, tell) }
  }

  /// Ends every item of these roles; the departments are told.
  mutating func endAll(_ roles: Set<Role>, _ why: CaseEvent.Ended.Why) {
    for item in state.openAssignments where roles.contains(item.key.role) {
      end(item, why, tell: .itemEnded(item.key, why))
    }
  }

  mutating func acceptIfNew(_ item: Assignment, implied: Bool) {
    guard item.acceptedAt == nil else { return }
    add(.accepted(CaseEvent.Accepted(item: item.key, implied: implied)))
    meet(.accept, item: item.key)
  }

  /// Calls a department in beside the lead; the lead itself and who already helps are left alone.
  mutating func addAssist(_ department: DepartmentID, cause: Assignment.Cause, stage: Stage = .assist) {
    guard department != state.lead, !state.openItems(.assist).contains(where: { $0.department == department })
    else { return }
    assign(.assist, to: department, cause: cause, stages: [stage])
    notify(state.lead, .assistJoined(department))
  }
}
