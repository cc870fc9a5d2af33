/// The state that events make. Every legal change was checked by `Lifecycle` before it became an event; here nothing
/// is refused.
extension CaseState {
  public init(id: CaseID, taken: CaseEvent.Taken, at: Instant) {
    self.init(id: id, input: taken.input, decision: taken.decision, history: taken.history, at: at)
    assignments = taken.assignments
    deadlines = taken.deadlines.map { Running(set: $0, at: at) }
    if taken.isOnTheSpot { settleOnTheSpot(at: at) }
    for department in watch { note(Self.watching(department, lead: lead), at: at) }
  }

  /// An alert: its department leads it, and its only item is of the role `alert`.
  public init(id: CaseID, alert: CaseEvent.AlertRaised, at: Instant) {
    let decision = Decision(
      category: alert.category, level: alert.level, area: alert.area, lead: alert.department,
      rulebook: alert.rulebook)
    self.init(
      id: id, input: CaseInput(channel: "", title: alert.title), decision: decision, history: CaseHistory(),
      at: at)
    self.alert = alert
    assignments = [alert.assignment]
    deadlines = alert.deadlines.map { Running(set: $0, at: at) }
  }

  private init(id: CaseID, input: CaseInput, decision: Decision, history: CaseHistory, at: Instant) {
    self.id = id
    takenAt = at
    self.input = input
    record = ArrivedRecord(input)
    self.decision = decision
    self.history = history
    level = decision.level
    phase = .assigned
    lead = decision.lead
    watch = decision.watch
    assignments = []
    deadlines = []
    pauses = []
    isPaused = false
    returns = 0
    extensions = 0
    pending = [:]
    results = []
    failures = 0
    reopenings = 0
    followUps = []
    visit = 1
    unreached = []
    reminded = []
    escalated = []
    notices = [:]
    told = []
    links = []
    mendings = 0
    version = 1
  }

  /// The state after these events; nil when the first neither takes a case nor raises an alert.
  public init?(id: CaseID, events: [(CaseEvent, Instant)]) {
    guard let (first, at) = events.first else { return nil }
    switch first {
    case .taken(let taken): self.init(id: id, taken: taken, at: at)
    case .alertRaised(let alert): self.init(id: id, alert: alert, at: at)
    default: return nil
    }
    for (event, at) in events.dropFirst() { apply(event, at: at) }
  }

  /// The notice that every watching department gets with the taking; it has no event of its own.
  static func watching(_ department: DepartmentID, lead: DepartmentID) -> CaseEvent.Noticed {
    CaseEvent.Noticed(department: department, number: 1, notice: .watching(lead: lead))
  }

  private mutating func settleOnTheSpot(at: Instant) {
    resolution = Reply(result: .settled, summary: input.result)
    resolvedBy = lead
    resolvedAt = at
    effectiveAt = at
    firstResult = .settled
    results = [.settled]
    closedAt = at
    closedHow = .onTheSpot
    phase = .closed
  }

  /// The state after one more event.
  public mutating func apply(_ event: CaseEvent, at: Instant) {
    version += 1
    switch event {
    case .taken, .noted, .alertRaised: break
    case .duplicateArrived(let again): record.add(again)
    case .linked(let linked): links.append(linked)
    case .assigned(let assignment): assignments.append(assignment)
    case .accepted(let accepted): change(accepted.item) { $0.accept(at: at) }
    case .takenBack(let step): takeBack(step.item)
    case .contacted: contactedAt = contactedAt ?? at
    case .reported: reportedAt = reportedAt ?? at
    case .resolved(let answered): resolve(answered, at: at)
    case .answered(let answered): answer(answered, at: at)
    case .returned(let returned):
      returns += 1
      change(returned.item) { $0.status = .returned }
    case .requested(let requested): pending[requested.approval] = requested.request
    case .decided(let decided):
      if decided.granted, decided.request.verb == .extend { extensions += 1 }
    case .ended(let ended): end(ended, at: at)
    case .deadlineSet(let set): start(set, at: at)
    case .deadlineEnded(let ended): stop(ended, at: at)
    case .paused(let pause):
      pauses.append(pause)
      isPaused = true
    case .resumed(let resumed): resume(resumed)
    case .leadChanged(let change): lead = change.to
    case .levelChanged(let change): level = change.to
    case .corrected(let corrected):
      input = corrected.input
      decision = corrected.decision
    case .reminded(let reminder): reminded.insert(reminder.key)
    case .escalated(let step): escalated.insert(step.key)
    case .reopened: reopen()
    case .closed(let closed):
      closedAt = at
      closedHow = closed.how
    case .noticed(let notice): note(notice, at: at)
    case .mended: mendings += 1
    case .attached(let file): attachments.append(file)
    case .diverted(let diverted): diversion = diverted
    case .listed(let listed): alerts.append(listed)
    }
    phase = currentPhase
  }

  /// The phase is what assignments, pause and resolution say; it is never set by itself.
  private var currentPhase: Phase {
    switch closedHow {
    case .followedUp, .givenUp, .onTheSpot, .answered: return .closed
    case .withdrawn: return .withdrawn
    case .merged: return .merged
    case .diverted: return .diverted
    case nil: break
    }
    if isResolved { return .followUp }
    if resolvedAt != nil { return .approval }
    if isPaused { return .paused }
    if assignments.contains(where: { $0.key.role == .adjudicate && $0.status != .ended }) { return .returned }
    let item = alert == nil ? leadItem : assignments.first
    return item?.acceptedAt == nil ? .assigned : .accepted
  }
}

extension CaseState {
  fileprivate mutating func change(_ key: ItemKey, _ body: (inout Assignment) -> Void) {
    guard let index = assignments.firstIndex(where: { $0.key == key }) else { return }
    body(&assignments[index])
  }

  fileprivate mutating func note(_ notice: CaseEvent.Noticed, at: Instant) {
    notices[notice.department] = notice.number
    told.append(Told(notice, at: at))
    if case .watching = notice.notice, !watch.contains(notice.department) { watch.append(notice.department) }
  }

  fileprivate mutating func resolve(_ answered: CaseEvent.Answered, at: Instant) {
    change(answered.item) { $0.status = .done }
    resolution = answered.reply
    resolvedBy = assignment(answered.item)?.department ?? lead
    resolvedAt = at
  }

  /// The resolution was taken back, refused or is to be done again.
  private mutating func forgetResolution() {
    resolution = nil
    resolvedAt = nil
    effectiveAt = nil
  }

  fileprivate mutating func takeBack(_ key: ItemKey) {
    change(key) { $0.status = .accepted }
    if key.role == .lead { forgetResolution() }
  }

  fileprivate mutating func answer(_ answered: CaseEvent.Answered, at: Instant) {
    change(answered.item) { $0.status = .done }
    guard answered.item.role == .followUp else { return }
    followUps.append(answered)
    if answered.reply.satisfied == .unreachable { unreached.append(at) }
  }

  fileprivate mutating func end(_ ended: CaseEvent.Ended, at: Instant) {
    pending[ended.item] = nil
    change(ended.item) {
      $0.status = .ended
      $0.endedAt = at
    }
    guard ended.item.role == .lead, ended.why == .resolved else { return }
    effectiveAt = at
    visit = 1
    unreached = []
    guard let result = resolution?.result else { return }
    firstResult = firstResult ?? result
    results.append(result)
    if result == .failed { failures += 1 }
  }

  fileprivate mutating func start(_ set: CaseEvent.DeadlineSet, at: Instant) {
    var generation = 1
    for index in deadlines.indices where deadlines[index].set.isOf(set.stage, set.item) {
      generation += 1
      guard deadlines[index].ended == nil else { continue }
      deadlines[index].ended = .cancelled
      deadlines[index].endedAt = at
      deadlines[index].isReplaced = true
    }
    deadlines.append(Running(set: set, at: at, generation: generation))
  }

  fileprivate mutating func stop(_ ended: CaseEvent.DeadlineEnded, at: Instant) {
    for index in deadlines.indices where deadlines[index].ended == nil {
      guard deadlines[index].set.isOf(ended.stage, ended.item) else { continue }
      deadlines[index].ended = ended.how
      deadlines[index].endedAt = at
    }
    // A visit is over with its deadline, answered or given up; one that reached nobody keeps both.
    guard ended.stage == .followUp else { return }
    visit += 1
    unreached = []
  }

  fileprivate mutating func resume(_ resumed: CaseEvent.Resumed) {
    isPaused = false
    guard let last = pauses.indices.last else { return }
    pauses[last].until = min(pauses[last].until, resumed.at)
    pauses[last].counting = resumed.counting ?? pauses[last].counting
  }

  fileprivate mutating func reopen() {
    forgetResolution()
    reopenings += 1
    visit = 1
    unreached = []
  }
}

extension Assignment {
  fileprivate mutating func accept(at: Instant) {
    acceptedAt = acceptedAt ?? at
    if status == .new { status = .accepted }
  }
}

extension CaseEvent.DeadlineSet {
  func isOf(_ stage: Stage, _ item: ItemKey?) -> Bool { self.stage == stage && self.item == item }
}
