/// Deadlines, requirements and reminders of a case: phase 6 of DESIGN.md section 5. Each is taken stage by stage, or
/// setting by setting, from the most binding row that matches the case and names it.
extension Rulebook {
  /// The limit of a stage; nil when no row that matches names it.
  public func limit(of stage: Stage, for facts: CaseFacts) -> (row: RuleID, limit: DeadlineRow.Limit)? {
    rowIndex.deadlines.first(for: facts, in: self) { $0.limits[stage] }
      .map { ($0.row.head.id, $0.value) }
  }

  /// When the follow-up visits are due, each counted from the resolution; empty: none.
  public func followUps(for facts: CaseFacts) -> [TimeLimit] { setting(for: facts, \.followUp) ?? [] }

  /// How often and by how much a deadline may be extended; nil: never.
  public func extensionRule(for facts: CaseFacts) -> DeadlineRow.Extension? { setting(for: facts, \.extend) }

  /// For what reasons and how long the clock may be paused; nil: never.
  public func pauseRule(for facts: CaseFacts) -> DeadlineRow.Pause? { setting(for: facts, \.pause) }

  /// Whether the lead may resolve only after every assist answered.
  public func waitsForAssist(for facts: CaseFacts) -> Bool { setting(for: facts, \.waitForAssist) ?? false }

  /// Who makes the follow-up visits; nil: whoever resolved. A template that the case's area does not fill leaves it to
  /// the next row.
  public func followUpBy(for facts: CaseFacts) -> DepartmentID? {
    setting(for: facts) { row in row.followUpBy.flatMap { department($0, for: facts) } }
  }

  /// The stages that start on a day which the reply names, by stage.
  public func anchored(for facts: CaseFacts) -> [(row: RuleID, DeadlineRow.Anchored)] {
    var chosen: [Stage: (row: RuleID, DeadlineRow.Anchored)] = [:]
    for row in rowIndex.deadlines.matching(facts, in: self) {
      if let anchored = row.anchored, chosen[anchored.stage] == nil {
        chosen[anchored.stage] = (row.head.id, anchored)
      }
    }
    return chosen.sorted { $0.key < $1.key }.map(\.value)
  }

  private func setting<Value>(for facts: CaseFacts, _ says: (DeadlineRow) -> Value?) -> Value? {
    rowIndex.deadlines.first(for: facts, in: self, where: says)?.value
  }

  /// What must be filled in, and who must approve, before the step: the most binding row for it, with the fields or
  /// the approval that it does not name taken from the rows below. Empty when nothing guards the step.
  public func requirements(before stage: Stage, for facts: CaseFacts) -> [RequireRow] {
    let rows = rowIndex.require.matching(facts, in: self).filter { $0.before == stage }
    guard var chosen = rows.first else { return [] }
    chosen.fields = rows.first { !$0.fields.isEmpty }?.fields ?? []
    chosen.approveBy = rows.lazy.compactMap(\.approveBy).first
    return [chosen]
  }

  /// The reminders of a stage, with the quiet hours and the digest that the row does not name taken from the rows
  /// below; nil: none.
  public func reminders(of stage: Stage, for facts: CaseFacts) -> ReminderRow? {
    let rows = rowIndex.reminders.matching(facts, in: self).filter { $0.stages?.contains(stage) ?? true }
    guard var chosen = rows.first else { return nil }
    chosen.quiet = rows.lazy.compactMap(\.quiet).first
    chosen.digest = rows.lazy.compactMap(\.digest).first
    chosen.maxPerDay = rows.lazy.compactMap(\.maxPerDay).first
    return chosen
  }

  /// The calendar that the department works by; the rulebook's without one of its own.
  public func calendar(of department: DepartmentID?) -> WorkCalendar {
    department.flatMap { departmentCalendars[$0] } ?? calendar
  }

  /// The place of a level in the list, from mild to severe.
  public func levelIndex(_ level: LevelID) -> Int? { levels.firstIndex { $0.id == level } }
}
