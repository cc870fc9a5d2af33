import TriageCore

/// Renders reminders: `reminders/DATE.txt`, the day's digest of a department, and single ones that do not wait for it.
///
/// A digest is published with `QueueFile.Policy.complete`: what the day's file says already stays, and a line that
/// stands there is not added again, so that an effect done twice shows once.
enum DigestDocument {
  /// One reminder as its department reads it.
  struct Line: Sendable, Equatable {
    var caseID: CaseID
    var title: String
    var stage: Stage
    /// The reminder's key in its case: `resolve//50%`.
    var slot: String
    var due: Instant
    var isOverdue: Bool
  }

  /// The line of a reminder; nil when nothing is to be reminded of any more: what it waited for in the quiet hours has
  /// been done, or the case is paused.
  ///
  /// - Parameter slot: `STAGE/ITEM/SLOT`, as `Effect.remind` has it.
  static func line(_ state: CaseState, slot: String, now: Instant) -> Line? {
    let parts = slot.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let stage = Stage(String(parts[0]))
    let running = state.deadlines.last { entry in
      let item = entry.set.item.map { "\($0.role.rawValue)-\($0.ordinal)" } ?? ""
      return entry.set.stage == stage && item == parts[1]
    }
    guard let running, running.ended == nil, !state.isPaused else { return nil }
    let due = running.set.deadline.due
    return Line(
      caseID: state.id, title: state.input.title, stage: stage, slot: slot, due: due, isOverdue: due <= now)
  }

  static func render(
    _ lines: [Line], of department: DepartmentID, on date: CivilDate, _ rulebook: Rulebook,
    _ language: Language
  ) -> (name: String, bytes: [UInt8]) {
    var writer = TextWriter(capacity: 128 + lines.count * 160)
    let title = rulebook.departments[department]?.title ?? department.rawValue
    writer.visible(Message.digestHeading(title, date.description)[language])
    writer.newline()
    for line in lines.sorted(by: { ($0.due, $0.caseID, $0.slot) < ($1.due, $1.caseID, $1.slot) }) {
      write(line, rulebook, language, &writer)
    }
    return ("\(date).txt", writer.bytes)
  }

  /// A reminder that is sent at once.
  static func renderSingle(
    _ line: Line, slot: String, _ rulebook: Rulebook, _ language: Language
  ) -> (name: String, bytes: [UInt8]) {
    var writer = TextWriter(capacity: 256)
    writer.raw(Message.reminderHeading[language])
    writer.newline()
    write(line, rulebook, language, &writer)
    return ("\(line.caseID).\(plain(slot)).txt", writer.bytes)
  }

  private static func write(
    _ line: Line, _ rulebook: Rulebook, _ language: Language, _ writer: inout TextWriter
  ) {
    writer.raw(line.isOverdue ? "! " : "- ")
    let due = line.due.clockText(in: rulebook.calendar.zone)
    let text = Message.reminderLine(
      line.caseID.rawValue, line.title, rulebook.title(of: line.stage), due: due, overdue: line.isOverdue)
    writer.visible(text[language])
    writer.raw("  [")
    writer.visible(line.slot)
    writer.raw("]\n")
  }

  /// A slot's key as part of a file name: `resolve/lead-1/80%` is `resolve-lead-1-80pct`.
  private static func plain(_ slot: String) -> String {
    var name = ""
    for scalar in slot.unicodeScalars {
      switch scalar {
      case "%": name += "pct"
      case "a"..."z", "A"..."Z", "0"..."9", "_", "@", "+", "-": name.unicodeScalars.append(scalar)
      default: name += "-"
      }
    }
    return name
  }
}
