import TriageCore
import TriageRules

/// A replay's summary for a person: what changes, and nothing of what does not.
struct ReplayText {
  private let summary: ReplaySummary
  private let present: Rulebook
  private let candidate: Rulebook

  init(_ summary: ReplaySummary, present: Rulebook, candidate: Rulebook) {
    self.summary = summary
    self.present = present
    self.candidate = candidate
  }

  var text: String {
    guard let first = summary.first, let last = summary.last else { return Message.replayNone.localised }
    let zone = present.calendar.zone
    let head = [
      Message.replayHead(
        summary.cases, zone.civil(at: first).date.description, zone.civil(at: last).date.description,
        erased: summary.erased
      ).localised,
      Message.replayMoved(
        summary.moved, Percent(summary.movedPercent).text, changed: summary.changed
      ).localised,
    ]
    let tables = [
      moves(.replayDepartments, summary.departments) { $0.title(of: $1) },
      moves(.replayRaised, summary.raised) { $0.title(of: $1) },
      moves(.replayLowered, summary.lowered) { $0.title(of: $1) },
      moves(.replayCategories, summary.categories) { $0.title(of: $1) },
      deadlines, escalations, reminders,
    ].compactMap { $0 }
    let foot = summary.dropped > 0 ? [Message.replayDropped(summary.dropped).localised] : []
    return (head + tables + foot).joined(separator: "\n")
  }

  private func table(_ title: Message, _ columns: [Message], _ rows: [[String]]) -> String? {
    guard !rows.isEmpty else { return nil }
    var table = TextTable(columns: columns.map(\.localised))
    for row in rows { table.add(row) }
    let lines = table.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    return (["", title.localised] + lines).joined(separator: "\n")
  }

  /// The most frequent first.
  private func moves<Kind>(
    _ title: Message, _ counts: [ReplaySummary.Move<Kind>: Int],
    _ name: (Rulebook, Identifier<Kind>) -> String
  ) -> String? {
    let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return table(
      title, [.columnFrom, .columnTo, .columnCount],
      rows.map { [name(present, $0.key.from), name(candidate, $0.key.to), "\($0.value)"] })
  }

  private var deadlines: String? {
    table(
      .replayDeadlines, [.columnStage, .columnEarlier, .columnLater, .columnAdded, .columnRemoved],
      summary.deadlines.sorted { $0.key < $1.key }.map { stage, shifts in
        [Message.title(of: stage).localised]
          + [shifts.earlier, shifts.later, shifts.added, shifts.removed].map(Self.number)
      })
  }

  private var escalations: String? {
    let changed = summary.escalations.filter { $0.value.gained + $0.value.lost > 0 }
    return table(
      .replayEscalations, [.columnRule, .columnBefore, .columnAfter, .columnGained, .columnLost],
      changed.sorted { $0.key < $1.key }.map { rule, steps in
        [rule.rawValue] + [steps.before, steps.after, steps.gained, steps.lost].map(Self.number)
      })
  }

  private var reminders: String? {
    let changed = summary.reminders.filter { $0.value.isChanged }
    return table(
      .replayReminders,
      [.columnDepartment, .columnBefore, .columnAfter, .columnWorstBefore, .columnWorstAfter],
      changed.sorted { $0.key < $1.key }.map { department, load in
        let name =
          candidate.departments[department] == nil
          ? present.title(of: department) : candidate.title(of: department)
        return [
          name, Self.number(load.before), Self.number(load.after), Self.worst(load.worstBefore),
          Self.worst(load.worstAfter),
        ]
      })
  }

  private static func number(_ count: Int) -> String { count == 0 ? "-" : "\(count)" }

  private static func worst(_ day: (day: CivilDate, cases: Int)?) -> String {
    day.map { "\($0.cases) (\($0.day))" } ?? "-"
  }

  // MARK: One case

  /// What changes in a case, on one line.
  static func line(_ difference: CaseDifference, _ rulebook: Rulebook) -> String {
    let (before, after) = (difference.before, difference.after)
    let zone = rulebook.calendar.zone
    var parts: [String] = []
    func moved(_ label: Message, _ from: String, _ to: String) {
      if from != to { parts.append("\(label.localised) \(from) → \(to)") }
    }
    moved(.columnLead, before.lead.rawValue, after.lead.rawValue)
    moved(.columnLevel, before.level.rawValue, after.level.rawValue)
    moved(.columnCategory, before.category.rawValue, after.category.rawValue)
    for shift in difference.deadlines {
      let name = Message.title(of: shift.stage)
      moved(name, shift.before?.clockText(in: zone) ?? "-", shift.after?.clockText(in: zone) ?? "-")
    }
    for step in difference.changedEscalations {
      parts.append("\(step.rule) \(step.before) → \(step.after)")
    }
    let (few, many) = (difference.remindersBefore.count, difference.remindersAfter.count)
    moved(.columnReminders, "\(few)", "\(many)")
    if parts.isEmpty { parts.append(Message.replayRemindersMoved.localised) }
    return "\(difference.id)  \(parts.joined(separator: "; "))"
  }
}
