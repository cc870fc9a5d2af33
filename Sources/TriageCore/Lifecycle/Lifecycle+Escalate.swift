/// Escalations: what the rulebook's ladder does on time and on events, each step once for its occasion.
extension CaseDraft {
  /// Something that happened just now and that rules may wait for.
  enum Occurrence {
    case returned(times: Int)
    case followUp(VisitOutcome, times: Int)
    case resolved(Reply.Result, times: Int)
    case raised(to: LevelID, at: Instant)
  }

  /// Rules in the order of their ids: that of the files must not count.
  mutating func fireRules(_ occurrence: Occurrence) {
    let rules = rulebook.escalation.filter { occurrence.meets($0.on) }.sorted { $0.id < $1.id }
    for rule in rules where rule.when.holds(for: facts, in: rulebook) {
      escalate(rule, occasion: occurrence.occasion, stage: nil)
    }
  }

  /// One after the other, the earliest first: each may change what the next finds.
  mutating func escalateIfDue() {
    while state.phase.isOpen {
      let due = timers.escalations(before: at + 1).filter { $0.at <= at }
      guard let first = due.min(by: { ($0.at, $0.rule.id) < ($1.at, $1.rule.id) }) else { return }
      escalate(first.rule, occasion: first.occasion, stage: first.stage)
    }
  }

  /// What a rule that looks at many cases together does to one of them.
  mutating func fire(_ id: RuleID, occasion: String) {
    guard state.phase.isOpen, let rule = rulebook.escalation.first(where: { $0.id == id }) else { return }
    escalate(rule, occasion: occasion, stage: nil)
  }

  /// Rules that wait for a raise: of a case at which somebody works, not of one that is reopened by the same step.
  mutating func fireRaised(from old: LevelID, wasWork: Bool) {
    guard wasWork, state.phase.isWork, isHigher(state.level, than: old) else { return }
    fireRules(.raised(to: state.level, at: at))
  }

  private mutating func escalate(_ rule: EscalationRule, occasion: String, stage: Stage?) {
    let step = CaseEvent.Escalated(rule: rule.id, occasion: occasion)
    guard !state.escalated.contains(step.key) else { return }
    add(.escalated(step))
    notify(rule.then.notify, .escalated(rule: rule.id, stage: stage))
    let isAgain = state.isResolved && (rule.then.reopen || rule.isOnResult && rule.then.givesWork)
    let (former, level, wasWork) = (state.lead, state.level, state.phase.isWork)
    raise(by: rule)
    if isAgain {
      reopenAt(newLead(by: rule), rule)
    } else if let lead = newLead(by: rule), lead != state.lead {
      handUp(to: lead, rule, stage)
    }
    if state.lead != former, rule.then.escalate > 0, state.phase.isWork {
      addAssist(former, cause: .assisting)
    }
    if state.phase.isWork {
      if let judge = rule.then.adjudicate { letDecide(judge, rule) }
      for department in rule.then.assist { addAssist(department, cause: .escalated(by: rule.id)) }
    }
    fireRaised(from: level, wasWork: wasWork)
  }

  /// Without a return, a department is asked who shall handle the case, and leads it until it has answered. The lead
  /// there was has nothing more to do; a decision under way goes to the department named.
  private mutating func letDecide(_ judge: DepartmentID, _ rule: EscalationRule) {
    if let item = state.openItems(.adjudicate).last {
      if item.department != judge { passDecision(item, to: judge) }
      return
    }
    if state.isPaused { endPause(atLimit: false) }
    let old = state.leadItem
    assign(.adjudicate, to: judge, cause: .escalated(by: rule.id), stages: [.adjudicate])
    if let old { end(old, .replaced, tell: .leadIsNow(judge)) }
    if judge != state.lead { add(.leadChanged(CaseEvent.LeadChanged(from: state.lead, to: judge))) }
    endRequests(.decided)
  }

  private mutating func passDecision(_ item: Assignment, to judge: DepartmentID) {
    assign(.adjudicate, to: judge, cause: item.cause, stages: [.adjudicate])
    end(item, .replaced, tell: .leadIsNow(judge))
    add(.leadChanged(CaseEvent.LeadChanged(from: state.lead, to: judge)))
  }

  private mutating func raise(by rule: EscalationRule) {
    var target = level(stepsUp: max(0, rule.then.raise))
    if let named = rule.then.raiseTo, isHigher(named, than: target) { target = named }
    guard isHigher(target, than: state.level) else { return }
    setLevel(target, by: .rule(rule.id), why: .raised)
  }

  /// Whom the rule makes lead; nil when it names nobody or nobody is above.
  private func newLead(by rule: EscalationRule) -> DepartmentID? {
    if let named = rule.then.assign { return named }
    return rule.then.escalate > 0 ? above(state.lead, steps: rule.then.escalate) : nil
  }

  /// The work begins again, by the routes of the present level where the rule names nobody.
  private mutating func reopenAt(_ lead: DepartmentID?, _ rule: EscalationRule) {
    let raised = rule.then.raise > 0 || rule.then.raiseTo != nil
    let routed = rulebook.route(for: facts).lead
    let before = state.lead
    let target = lead ?? (raised && routed != state.decision.lead ? routed : before)
    reopen(rule.id.rawValue, lead: target, cause: target == before ? nil : .escalated(by: rule.id))
    if target != before { addAssist(before, cause: .assisting) }
  }

  /// Hands the work up. While a return is decided, the decision goes up instead; with nobody at work, the new
  /// department is told.
  private mutating func handUp(to lead: DepartmentID, _ rule: EscalationRule, _ stage: Stage?) {
    guard state.phase.isWork else { return notify(lead, .escalated(rule: rule.id, stage: stage)) }
    guard state.phase == .returned, rule.then.assign == nil, let item = state.openItems(.adjudicate).last
    else {
      return moveLead(to: lead, cause: .escalated(by: rule.id))
    }
    passDecision(item, to: lead)
  }
}

extension CaseDraft.Occurrence {
  /// A further occurrence is as bad as the one that the rule waits for.
  func meets(_ trigger: EscalationRule.Trigger) -> Bool {
    switch (self, trigger) {
    case (.returned(let count), .returned(let times)): count >= times
    case (.followUp(let found, let count), .followUp(let outcome, let times)):
      found.rawValue == outcome && count >= times
    case (.resolved(let found, let count), .resolved(let result, let times)):
      found.rawValue == result && count >= times
    case (.raised, .raised): true
    default: false
    }
  }

  var occasion: String {
    switch self {
    case .returned(let times): "returned-\(times)"
    case .followUp(let outcome, let times): "follow_up-\(outcome.rawValue)-\(times)"
    case .resolved(let result, let times): "resolved-\(result.rawValue)-\(times)"
    case .raised(let level, let at): "raised-\(level)@\(at.seconds)"
    }
  }
}

extension EscalationRule {
  fileprivate var isOnResult: Bool {
    switch on {
    case .followUp, .resolved: true
    case .overdue, .returned, .age, .repeated, .raised, .cluster, .daily: false
    }
  }
}

extension EscalationRule.Actions {
  /// Somebody is to work on the case by it.
  fileprivate var givesWork: Bool { assign != nil || adjudicate != nil }
}
