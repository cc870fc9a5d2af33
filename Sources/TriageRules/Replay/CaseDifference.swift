public import TriageCore

/// What other rules would have made of one case.
public struct CaseDifference: Sendable, Equatable {
  /// A deadline of one stage at the taking, under either rules; nil: none.
  public struct Shift: Sendable, Equatable {
    public var stage: Stage
    public var before: Instant?
    public var after: Instant?
  }
  /// How often an escalation was carried out.
  public struct Step: Sendable, Equatable {
    public var rule: RuleID
    public var before: Int
    public var after: Int
  }

  public var id: CaseID
  public var takenAt: Instant
  public var before: Decision
  public var after: Decision
  /// Those that moved, by stage.
  public internal(set) var deadlines: [Shift] = []
  /// All that were carried out under either rules, by rule.
  public internal(set) var escalations: [Step] = []
  public internal(set) var remindersBefore: [CaseCourse.ReminderDay] = []
  public internal(set) var remindersAfter: [CaseCourse.ReminderDay] = []
  /// Deeds that were possible under the present rules and are not under the others.
  public internal(set) var dropped = 0

  init(id: CaseID, takenAt: Instant, before: Decision, after: Decision) {
    self.id = id
    self.takenAt = takenAt
    self.before = before
    self.after = after
  }

  public var movesDepartment: Bool { before.lead != after.lead }
  public var movesLevel: Bool { before.level != after.level }
  public var movesCategory: Bool { before.category != after.category }
  /// Escalations that come more or less often.
  public var changedEscalations: [Step] { escalations.filter { $0.before != $0.after } }

  /// Anything of it is different, reminders included.
  public var isChanged: Bool {
    movesDepartment || movesLevel || movesCategory || !deadlines.isEmpty || !changedEscalations.isEmpty
      || remindersBefore != remindersAfter
  }

  mutating func take(before: CaseCourse, after: CaseCourse) {
    var counts: [RuleID: (before: Int, after: Int)] = [:]
    for rule in before.escalations { counts[rule, default: (0, 0)].before += 1 }
    for rule in after.escalations { counts[rule, default: (0, 0)].after += 1 }
    escalations = counts.sorted { $0.key < $1.key }.map {
      Step(rule: $0.key, before: $0.value.before, after: $0.value.after)
    }
    remindersBefore = before.reminderDays
    remindersAfter = after.reminderDays
  }

  /// The first deadline of each stage that both give or one gives, where they differ.
  static func deadlines(_ before: CaseState, _ after: CaseState) -> [Shift] {
    func dues(_ state: CaseState) -> [Stage: Instant] {
      Dictionary(
        state.deadlines.map { ($0.set.stage, $0.set.deadline.due) }, uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (dues(before), dues(after))
    return Set(old.keys).union(new.keys).sorted().compactMap { stage in
      old[stage] == new[stage] ? nil : Shift(stage: stage, before: old[stage], after: new[stage])
    }
  }
}
