/// Levels: raised by rules or people, lowered only by a person with a reason. A raise chooses routes and deadlines
/// again and takes the earlier end; a lowering counts deadlines anew; a correction does both.
extension CaseDraft {
  func isHigher(_ a: LevelID, than b: LevelID) -> Bool {
    (rulebook.levelIndex(a) ?? -1) > (rulebook.levelIndex(b) ?? -1)
  }

  /// The level named, or the one so many steps from the present one.
  func level(_ named: LevelID?, steps: Int) throws(Refusal) -> LevelID {
    if let named {
      guard rulebook.levelIndex(named) != nil else { throw .levelUnknown(named.rawValue) }
      return named
    }
    return level(stepsUp: steps)
  }

  /// Not beyond the ends of the list.
  func level(stepsUp steps: Int) -> LevelID {
    guard let now = rulebook.levelIndex(state.level) else { return state.level }
    return rulebook.levels[max(0, min(now + steps, rulebook.levels.count - 1))].id
  }

  /// Who changes a level.
  enum LevelAuthor {
    case department(DepartmentID, reason: String)
    case rule(RuleID)
  }

  mutating func setLevel(_ level: LevelID, by author: LevelAuthor, why: CaseEvent.DeadlineSet.Why) {
    let before = rulebook.route(for: facts)
    changeLevel(level, by: author)
    guard state.phase.isWork else { return }
    if why == .raised { reroute(from: before) }
    limitAgain(why)
  }

  /// The level alone, with the word to all concerned.
  mutating func changeLevel(_ level: LevelID, by author: LevelAuthor) {
    let old = state.level
    let notice: Notice
    switch author {
    case .department(let department, let reason):
      add(
        .levelChanged(CaseEvent.LevelChanged(from: old, to: level, by: department.rawValue, reason: reason)))
      notice = .levelChanged(from: old, to: level, reason: reason)
    case .rule(let rule):
      add(.levelChanged(CaseEvent.LevelChanged(from: old, to: level, by: rule.rawValue, reason: "")))
      notice = .raisedByRule(rule, from: old, to: level)
    }
    notify([state.lead] + concerned, notice)
  }

  /// A new lead by the routes takes over and the old one helps it. While a return is being decided the adjudicator
  /// keeps the case: it will choose.
  private mutating func reroute(from before: RouteChoice) {
    let route = rulebook.route(for: facts)
    if state.phase != .returned, route.lead != before.lead, route.lead != state.lead {
      moveLead(to: route.lead, cause: .raised, former: .assists)
    }
    join(route.assist.filter { !before.assist.contains($0) }, watch: route.watch)
  }

  private mutating func join(_ assist: [DepartmentID], watch: [DepartmentID]) {
    for department in assist { addAssist(department, cause: .assisting) }
    for department in watch where !state.watch.contains(department) && department != state.lead {
      notify(department, .watching(lead: state.lead))
    }
  }

  /// Chooses the limits of running stages again. The citizen's stages count from their old start. Those of an item
  /// count from the raise, for its department learns only now that it has less time.
  private mutating func limitAgain(_ why: CaseEvent.DeadlineSet.Why) {
    for running in state.runningDeadlines where running.set.stage.isLimitedByLevel {
      let old = running.set
      guard let (row, limit) = clock.limit(of: old.stage) else {
        if old.stage == .return || old.stage == .report { cancel(old.stage, item: old.item) }
        continue
      }
      guard limit != old.deadline.limit else { continue }
      var set = old
      set.row = row
      set.why = why
      set.deadline.limit = limit
      if why == .raised {
        set.extensions = nil
        if old.item != nil { set.deadline.start = at }
      }
      set.deadline = clock.count(set)
      if why == .raised, set.deadline.due >= old.deadline.due { continue }
      replace(running, with: set)
    }
    openFirstSteps()
  }

  /// What the lead owes at the beginning may be asked of it only at the new level.
  private mutating func openFirstSteps() {
    guard let lead = state.leadItem, lead.status == .new || lead.status == .accepted else { return }
    let owed: [(Stage, Instant?)] = [(.contact, state.contactedAt), (.report, state.reportedAt)]
    for (stage, done) in owed where done == nil && state.running(stage, item: lead.key) == nil {
      open(stage, item: lead.key, of: lead.department)
    }
  }
}

/// Corrections (更正) of category, area or fields by those who may: the phases were run again by the caller.
extension CaseDraft {
  mutating func correct(_ request: Request, _ input: CaseInput, _ decision: Decision) throws(Refusal) {
    try checkAsker(request)
    let decision = try withCorrectedCategory(request, input, decision)
    let old = state.decision
    guard !request.corrections.isEmpty, input != state.input || decision != old else {
      throw .nothingToCorrect
    }
    let level = levelAfter(request, decision)
    let (before, wasWork) = (state.level, state.phase.isWork)
    add(.corrected(CaseEvent.Corrected(request: request, input: input, decision: decision)))
    if level != state.level { changeLevel(level, by: .department(request.by, reason: request.reason)) }
    guard state.phase.isWork else { return }
    if state.phase != .returned, decision.lead != old.lead, decision.lead != state.lead {
      moveLead(to: decision.lead, cause: .reassigned(by: request.by, reason: request.reason))
    }
    join(decision.assist.filter { !old.assist.contains($0) }, watch: decision.watch)
    limitAgain(.corrected)
    fireRaised(from: before, wasWork: wasWork)
  }

  /// A category that a person names wins over the votes, and the route follows it.
  private func withCorrectedCategory(
    _ request: Request, _ input: CaseInput, _ decision: Decision
  ) throws(Refusal) -> Decision {
    guard let name = request.corrections["category"] else { return decision }
    guard let category = rulebook.categories.first(where: { $0.id.rawValue == name || $0.title == name })
    else {
      throw .correctionUnknown(name)
    }
    var decision = decision
    decision.category = category.id
    if decision.secondCategory == category.id { decision.secondCategory = nil }
    let facts = rulebook.facts(
      of: input, decision: decision, takenAt: state.takenAt, history: state.history)
    let route = rulebook.route(for: facts)
    decision.lead = route.lead
    decision.assist = route.assist
    decision.watch = route.watch
    decision.route = route.route
    decision.beaten = route.beaten
    return decision
  }

  /// A correction raises like a rule. It lowers only with a reason, and never what was raised since the taking.
  private func levelAfter(_ request: Request, _ decision: Decision) -> LevelID {
    if isHigher(decision.level, than: state.level) { return decision.level }
    let mayLower = !request.reason.isEmpty && state.level == state.decision.level
    return mayLower ? decision.level : state.level
  }
}

extension Stage {
  /// Stages of the work itself; those of decisions and of what follows the resolution stay as they are.
  fileprivate var isLimitedByLevel: Bool {
    [.accept, .contact, .report, .resolve, .redo, .assist, .whistle, .return].contains(self)
  }
}
