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
    let row = RowCondition(when: rule.when)
    if case .impossible = CaseSearch.run(rulebook, CaseValues(rulebook, [row]), wanted: [row]) {
      findings.warning(.neverFires, rule.place, .Rules.neverFires)
    }
    guard case .overdue(let stage, _) = rule.on else { return }
    let hasDeadline = rulebook.deadlines.contains { row in
      row.limits[stage] != nil || stage == .followUp && row.followUp != nil || row.anchored?.stage == stage
    }
    // A reopened case has `redo` from `resolve` where no row names it.
    if !hasDeadline, stage != .redo {
      findings.warning(.neverFires, rule.place, .Rules.stepNeverComes(stage.rawValue))
    }
  }
}
