import TriageCore

/// Renders `reminders/DATE.txt`: what a department is reminded of on a day, and what it is told then of many cases at
/// once.
///
/// The file is written whole from the ledger each time a line is added: what was done meanwhile stands in it no more.
enum DigestDocument {
  /// One reminder as its department reads it.
  struct Line: Sendable, Equatable {
    var caseID: CaseID
    var title: String
    var stage: Stage
    var item: String
    var due: Instant
    var isOverdue: Bool

    /// Slots of one stage and item are one line.
    fileprivate var key: [String] { [caseID.rawValue, stage.rawValue, item] }
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
      caseID: state.id, title: state.input.publicTitle, stage: stage, item: String(parts[1]), due: due,
      isOverdue: due <= now)
  }

  /// - Parameter notices: lines of what the department is told, in their order.
  static func render(
    _ lines: [Line], notices: [String] = [], of department: DepartmentID, on date: CivilDate,
    _ rulebook: Rulebook, _ language: Language
  ) -> (name: String, bytes: [UInt8]) {
    var writer = TextWriter(capacity: 256 + (lines.count + notices.count) * 160)
    let title = rulebook.departments[department]?.title ?? department.rawValue
    writer.visible(Message.digestHeading(title, date.description)[language])
    writer.newline()
    var written: Set<[String]> = []
    for line in lines.sorted(by: {
      ($0.due, $0.caseID, $0.stage, $0.item) < ($1.due, $1.caseID, $1.stage, $1.item)
    })
    where written.insert(line.key).inserted {
      write(line, rulebook, language, &writer)
    }
    if !notices.isEmpty {
      writer.newline()
      writer.visible(Message.digestNotices[language])
      writer.newline()
    }
    for notice in notices {
      writer.raw("- ")
      writer.visible(notice)
      writer.newline()
    }
    Seal.close(&writer, language)
    return (name(of: date), writer.bytes)
  }

  static func name(of date: CivilDate) -> String { "\(date).txt" }

  private static func write(
    _ line: Line, _ rulebook: Rulebook, _ language: Language, _ writer: inout TextWriter
  ) {
    writer.raw(line.isOverdue ? "! " : "- ")
    let due = line.due.clockText(in: rulebook.calendar.zone)
    let text = Message.reminderLine(
      line.caseID.rawValue, line.title, rulebook.title(of: line.stage), due: due, overdue: line.isOverdue)
    writer.visible(text[language])
    writer.newline()
  }
}
