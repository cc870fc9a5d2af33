import TriageCore

/// Classification rules and escalation steps that can never come.
struct FiringChecks {
  let rulebook: Rulebook
  let findings: Findings
  let today: CivilDate?

  func run() {
    var givers: [TagID: Set<RuleID>] = [:]
    for rule in rulebook.classification {
      for tag in rule.gives.tags { givers[tag, default: []].insert(rule.id) }
    }
    for rule in rulebook.classification { check(rule, givers) }
    for rule in rulebook.escalation { check(rule) }
  }

  private func check(_ rule: ClassificationRule, _ givers: [TagID: Set<RuleID>]) {
    if case .dates(_, let to)? = rule.active, let today, to < today {
      findings.warning(.neverFires, rule.place, .Rules.campaignOver(to.description))
    }
    // A tag that only the rule itself gives is not there when its condition is looked at.
    let own = rule.when.testedTags.filter { givers[$0] == [rule.id] }.sorted()
    let row = RowCondition(when: rule.when)
    let values = CaseValues(rulebook, [row])
    let without = own.map { RowCondition(when: .tag([$0])) }
    guard case .impossible = CaseSearch.run(rulebook, values, wanted: [row], excluded: without) else {
      return
    }
    if let tag = own.first {
      findings.warning(.neverFires, rule.place, .Rules.tagNeverGiven(tag.rawValue))
    } else {
      findings.warning(.neverFires, rule.place, .Rules.neverFires)
    }
  }

  private func check(_ rule: EscalationRule) {
    checkLevels(rule)
    let row = RowCondition(when: rule.when)
    if case .impossible = CaseSearch.run(rulebook, CaseValues(rulebook, [row]), wanted: [row]) {
      findings.warning(.neverFires, rule.place, .Rules.neverFires)
    }
    switch rule.on {
    case .overdue(let stage, _): checkStage(stage, rule)
    case .raised: checkRaise(rule)
    case .returned(let times) where times > Limits.returnsPerCase:
      findings.warning(.neverFires, rule.place, .Rules.returnsAreFewer(times, Limits.returnsPerCase))
    case .returned: checkReturns(rule)
    case .followUp, .resolved, .age, .repeated, .cluster, .daily: break
    }
  }

  private func checkStage(_ stage: Stage, _ rule: EscalationRule) {
    let hasDeadline = rulebook.deadlines.contains { row in
      row.limits[stage] != nil || stage == .followUp && row.followUp != nil || row.anchored?.stage == stage
    }
    // A reopened case has `redo` from `resolve` where no row names it; alerts go up no ladder.
    if stage == .alert || !hasDeadline && stage != .redo {
      findings.warning(.neverFires, rule.place, .Rules.stepNeverComes(stage.rawValue))
    }
  }

  /// A raise that is answered by a raise goes up to the top at once.
  private func checkRaise(_ rule: EscalationRule) {
    if rule.then.raise > 0 {
      findings.error(.escalationLoop, rule.place, .Rules.raiseLoop, hint: .Rules.raiseLoopHint)
    }
    // Nothing is raised to the mildest level.
    if let mildest = rulebook.levels.first?.id, rule.when.levels == [mildest] {
      findings.warning(.neverFires, rule.place, .Rules.neverRaisedTo(mildest.rawValue))
    }
  }

  /// What raises only to a level that the case must have already does nothing.
  private func checkLevels(_ rule: EscalationRule) {
    guard let target = rule.then.raiseTo, let goal = rulebook.levelIndex(target),
      let wanted = rule.when.levels,
      wanted.allSatisfy({ (rulebook.levelIndex($0) ?? -1) >= goal })
    else { return }
    findings.warning(.neverFires, rule.place, .Rules.raisesNothing(target.rawValue))
  }

  private func checkReturns(_ rule: EscalationRule) {
    let limits = rulebook.deadlines.compactMap { $0.limits[.return] }
    if !limits.isEmpty, limits.allSatisfy({ $0 == .never }) {
      findings.warning(.neverFires, rule.place, .Rules.neverReturned)
    }
  }
}

extension Condition {
  /// The levels that the condition as a whole asks for; nil: it asks for none.
  fileprivate var levels: [LevelID]? {
    switch self {
    case .level(let wanted): wanted
    case .all(let parts): parts.lazy.compactMap(\.levels).first
    default: nil
    }
  }
}
