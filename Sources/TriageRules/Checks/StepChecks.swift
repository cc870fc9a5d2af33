import TriageCore

/// Escalation steps and reminders that can never come, and steps that change nothing.
struct StepChecks {
  let rulebook: Rulebook
  let findings: Findings
  private let deadlines: [ChoiceRow]
  private let values: CaseValues

  init(rulebook: Rulebook, findings: Findings) {
    self.rulebook = rulebook
    self.findings = findings
    deadlines = rulebook.choiceTables.first { $0.section == "deadlines" }?.rows ?? []
    values = CaseValues(
      rulebook, deadlines.map(\.condition) + rulebook.escalation.map { RowCondition(when: $0.when) })
  }

  func run() {
    for rule in rulebook.escalation { check(rule) }
    for row in rulebook.reminders {
      for stage in row.stages ?? [] where !comes(stage, when: row.head.when) {
        findings.warning(.neverFires, row.head.place, .Rules.stepNeverComes(stage.rawValue))
      }
    }
  }

  private func check(_ rule: EscalationRule) {
    if isImpossible([RowCondition(when: rule.when)]) {
      findings.warning(.neverFires, rule.place, .Rules.neverFires)
      return
    }
    checkTrigger(rule)
    checkActions(rule)
  }

  private func checkTrigger(_ rule: EscalationRule) {
    func never(_ stage: Stage) {
      if comes(stage, when: rule.when) { return }
      findings.warning(.neverFires, rule.place, .Rules.stepNeverComes(stage.rawValue))
    }
    switch rule.on {
    // Alerts go up no ladder.
    case .overdue(.alert, _):
      findings.warning(.neverFires, rule.place, .Rules.stepNeverComes(Stage.alert.rawValue))
    // A reopened case has `redo` from `resolve` where no row names it.
    case .overdue(.redo, _): never(names(.redo) ? .redo : .resolve)
    case .overdue(let stage, _): never(stage)
    case .followUp: never(.followUp)
    case .returned(let times) where times > Limits.returnsPerCase:
      findings.warning(.neverFires, rule.place, .Rules.returnsAreFewer(times, Limits.returnsPerCase))
    case .returned:
      if names(.return), !comes(.return, when: rule.when) {
        findings.warning(.neverFires, rule.place, .Rules.neverReturned)
      }
    case .raised: checkRaise(rule)
    default: break
    }
  }

  private func names(_ stage: Stage) -> Bool { deadlines.contains { $0.says[stage.rawValue] != nil } }

  /// A raise that is answered by a raise goes up to the top at once.
  private func checkRaise(_ rule: EscalationRule) {
    if rule.then.raise > 0 {
      findings.error(.escalationLoop, rule.place, .Rules.raiseLoop, hint: .Rules.raiseLoopHint)
    }
    // Nothing is raised to the mildest level.
    if let mildest = rulebook.levels.first?.id,
      isImpossible([RowCondition(when: rule.when)], excluded: [RowCondition(when: .level([mildest]))])
    {
      findings.warning(.neverFires, rule.place, .Rules.neverRaisedTo(mildest.rawValue))
    }
  }

  /// Whether some case for which the condition holds has a deadline of that stage.
  private func comes(_ stage: Stage, when: Condition) -> Bool {
    let naming = deadlines.filter { $0.says[stage.rawValue] != nil }
    return naming.contains { row in
      if row.forbids.contains(stage) { return false }
      let better = naming.filter { $0.forbids.contains(stage) && $0.beats(row, in: rulebook) }
      return !isImpossible([RowCondition(when: when), row.condition], excluded: better.map(\.condition))
    }
  }

  private func checkActions(_ rule: EscalationRule) {
    let when = RowCondition(when: rule.when)
    if rule.then.escalate > 0, !rulebook.departments.values.contains(where: { $0.escalatesTo != nil }) {
      findings.warning(.neverFires, rule.place, .Rules.nobodyToEscalateTo)
    }
    if rule.then.raise > 0, let top = rulebook.levels.last?.id,
      isImpossible([when], excluded: [RowCondition(when: .level([top]))])
    {
      findings.warning(.neverFires, rule.place, .Rules.alreadyTop)
    }
    if let wanted = rule.then.raiseTo, let place = rulebook.levels.firstIndex(where: { $0.id == wanted }),
      isImpossible([when, RowCondition(when: .level(rulebook.levels[..<place].map(\.id)))])
    {
      findings.warning(.neverFires, rule.place, .Rules.raisesNothing(wanted.rawValue))
    }
  }

  private func isImpossible(_ wanted: [RowCondition], excluded: [RowCondition] = []) -> Bool {
    if case .impossible = CaseSearch.run(rulebook, values, wanted: wanted, excluded: excluded) { return true }
    return false
  }
}
