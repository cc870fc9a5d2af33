import TriageCore
import TriageRules

/// A replay's summary as JSON: the last object of the output.
struct ReplayReport: Encodable {
  struct Move: Encodable {
    var from: String
    var to: String
    var cases: Int
  }
  struct Shift: Encodable {
    var stage: String
    var earlier: Int
    var later: Int
    var added: Int
    var removed: Int
  }
  struct Steps: Encodable {
    var rule: String
    var before: Int
    var after: Int
    var gained: Int
    var lost: Int
  }
  struct Day: Encodable {
    var day: String
    var cases: Int
  }
  struct Load: Encodable {
    var department: String
    var before: Int
    var after: Int
    var worstBefore: Day?
    var worstAfter: Day?
  }

  var cases: Int
  var erased: Int
  var first: String?
  var last: String?
  /// Cases that change department or level.
  var moved: Int
  var movedPercent: Double
  var changed: Int
  var droppedDeeds: Int
  var departments: [Move]
  var raised: [Move]
  var lowered: [Move]
  var categories: [Move]
  var deadlines: [Shift]
  var escalations: [Steps]
  var reminders: [Load]

  init(_ summary: ReplaySummary, zone: Zone) {
    cases = summary.cases
    erased = summary.erased
    first = summary.first?.iso8601(in: zone)
    last = summary.last?.iso8601(in: zone)
    moved = summary.moved
    movedPercent = summary.movedPercent
    changed = summary.changed
    droppedDeeds = summary.dropped
    departments = Self.moves(summary.departments)
    raised = Self.moves(summary.raised)
    lowered = Self.moves(summary.lowered)
    categories = Self.moves(summary.categories)
    deadlines = summary.deadlines.sorted { $0.key < $1.key }.map { stage, shifts in
      Shift(
        stage: stage.rawValue, earlier: shifts.earlier, later: shifts.later, added: shifts.added,
        removed: shifts.removed)
    }
    escalations = summary.escalations.sorted { $0.key < $1.key }.map { rule, steps in
      Steps(
        rule: rule.rawValue, before: steps.before, after: steps.after, gained: steps.gained, lost: steps.lost)
    }
    reminders = summary.reminders.sorted { $0.key < $1.key }.map { department, load in
      Load(
        department: department.rawValue, before: load.before, after: load.after,
        worstBefore: load.worstBefore.map { Day(day: $0.day.description, cases: $0.cases) },
        worstAfter: load.worstAfter.map { Day(day: $0.day.description, cases: $0.cases) })
    }
  }

  private static func moves<Kind>(_ counts: [ReplaySummary.Move<Kind>: Int]) -> [Move] {
    counts.sorted { $0.key < $1.key }.map {
      Move(from: $0.key.from.rawValue, to: $0.key.to.rawValue, cases: $0.value)
    }
  }
}

/// One changed case as JSON.
struct CaseDifferenceReport: Encodable {
  struct Side: Encodable {
    var lead: String
    var level: String
    var category: String
    var route: String?
    var reminders: Int
  }
  struct Shift: Encodable {
    var stage: String
    var before: String?
    var after: String?
  }
  struct Step: Encodable {
    var rule: String
    var before: Int
    var after: Int
  }
  var `case`: String
  var takenAt: String
  var before: Side
  var after: Side
  var deadlines: [Shift]
  var escalations: [Step]
  var droppedDeeds: Int

  init(_ difference: CaseDifference, zone: Zone) {
    `case` = difference.id.rawValue
    takenAt = difference.takenAt.iso8601(in: zone)
    before = Self.side(difference.before, difference.remindersBefore.count)
    after = Self.side(difference.after, difference.remindersAfter.count)
    deadlines = difference.deadlines.map {
      Shift(
        stage: $0.stage.rawValue, before: $0.before?.iso8601(in: zone), after: $0.after?.iso8601(in: zone))
    }
    escalations = difference.changedEscalations.map {
      Step(rule: $0.rule.rawValue, before: $0.before, after: $0.after)
    }
    droppedDeeds = difference.dropped
  }

  private static func side(_ decision: Decision, _ reminders: Int) -> Side {
    Side(
      lead: decision.lead.rawValue, level: decision.level.rawValue, category: decision.category.rawValue,
      route: decision.route?.rawValue, reminders: reminders)
  }
}
