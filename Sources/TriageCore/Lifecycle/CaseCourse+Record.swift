/// What is counted of a course: by rule tests, by `replay` and by the forecast alike.
extension CaseCourse {
  /// That a department was reminded of the case on a day. Slots of several stages on one day are one: a clerk reads
  /// them together.
  public struct ReminderDay: Hashable, Sendable, Comparable {
    public let day: CivilDate
    public let department: DepartmentID

    public static func < (a: Self, b: Self) -> Bool { (a.day, a.department) < (b.day, b.department) }
  }

  /// Days on which somebody was reminded, ascending.
  public var reminderDays: [ReminderDay] {
    let zone = rulebook.calendar.zone
    var days: Set<ReminderDay> = []
    for entry in log {
      guard case .reminded(let reminder) = entry.event, reminder.how != .skipped else { continue }
      let day = reminder.digest ?? zone.civil(at: entry.at).date
      days.insert(ReminderDay(day: day, department: reminder.department))
    }
    return days.sorted()
  }

  /// Escalation rules in the order in which they were carried out.
  public var escalations: [RuleID] {
    log.compactMap { if case .escalated(let step) = $0.event { step.rule } else { nil } }
  }

  /// Every rule and row that had a part in the course so far.
  public var rulesInUse: RulesInUse {
    var used = RulesInUse()
    guard let first = log.first, case .taken(let taken) = first.event else { return used }
    var state = CaseState(id: self.state.id, taken: taken, at: first.at)
    var facts = state.facts(under: rulebook)
    used.add(taken, facts, rulebook)
    for entry in log.dropFirst() {
      state.apply(entry.event, at: entry.at)
      switch entry.event {
      case .levelChanged, .corrected:
        facts = state.facts(under: rulebook)
        used.addRows(facts, rulebook)
      default: used.add(entry.event, facts, rulebook)
      }
    }
    return used
  }
}

/// The entries of a rulebook that had a part in a case, by table: what the coverage of tests counts.
public struct RulesInUse: Sendable, Equatable {
  /// A table of the rulebook, by its key.
  public enum Table: String, Sendable, CaseIterable, Comparable {
    case classification, routes, also, deadlines, require, reminders, escalation

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  public private(set) var ids: [Table: Set<RuleID>] = [:]

  public init() {}

  public mutating func insert(_ id: RuleID, _ table: Table) { ids[table, default: []].insert(id) }

  public mutating func formUnion(_ other: RulesInUse) { ids.merge(other.ids) { $0.union($1) } }

  mutating func add(_ taken: CaseEvent.Taken, _ facts: CaseFacts, _ rulebook: Rulebook) {
    for fired in taken.decision.fired { insert(fired.rule, .classification) }
    for set in taken.deadlines { insert(set.row, .deadlines) }
    addRows(facts, rulebook)
  }

  /// Rows that are chosen for the case as it now is, whatever happens next. Rows of deadlines that limit a stage
  /// count when that stage begins; those that only say more of it count here.
  mutating func addRows(_ facts: CaseFacts, _ rulebook: Rulebook) {
    if let route = rulebook.route(for: facts).route { insert(route, .routes) }
    for row in rulebook.also where row.head.when.holds(for: facts, in: rulebook) {
      insert(row.head.id, .also)
    }
    for row in rulebook.deadlines where row.startsNothing && row.head.when.holds(for: facts, in: rulebook) {
      insert(row.head.id, .deadlines)
    }
  }

  mutating func add(_ event: CaseEvent, _ facts: CaseFacts, _ rulebook: Rulebook) {
    switch event {
    case .deadlineSet(let set): insert(set.row, .deadlines)
    case .escalated(let step): insert(step.rule, .escalation)
    case .resolved: addRequirements(facts, rulebook)
    case .reminded(let reminder):
      if let row = rulebook.reminders(of: reminder.stage, for: facts) { insert(row.head.id, .reminders) }
    default: break
    }
  }

  /// The row that guards the resolution of such a case, whether it was let through or not.
  public mutating func addRequirements(_ facts: CaseFacts, _ rulebook: Rulebook) {
    for row in rulebook.requirements(before: .resolve, for: facts) { insert(row.head.id, .require) }
  }
}

extension DeadlineRow {
  /// It gives no stage a time of its own, only extensions, pauses and the like.
  fileprivate var startsNothing: Bool {
    followUp == nil && anchored == nil && limits.values.allSatisfy { $0 == .never }
  }
}
