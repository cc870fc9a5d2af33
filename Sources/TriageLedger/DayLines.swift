import GRDB
public import TriageCore

/// One line of what a department is told on a day, in `reminders/DATE.txt`.
public struct DayLine: Hashable, Sendable {
  public enum What: Hashable, Sendable {
    /// `STAGE/ITEM/SLOT`, as `Effect.remind` has it.
    case reminder(slot: String)
    /// The department's notice on the case, by its number.
    case notice(number: Int)
  }
  public var caseID: CaseID
  public var what: What
  public init(caseID: CaseID, what: What) {
    self.caseID = caseID
    self.what = what
  }

  /// The line and its day, of an effect that is one; the day is nil where it is that of the writing.
  public init?(_ effect: Effect) {
    switch effect {
    case .remind(let id, _, let slot, _): self.init(caseID: id, what: .reminder(slot: slot))
    case .notice(let id, _, let number, .some): self.init(caseID: id, what: .notice(number: number))
    case .notice, .deliver, .redeliver, .retire, .fileRequest: return nil
    }
  }
}

/// The lines of departments' days; recorded with the effects that write them.
struct DayLines {
  let db: Database

  func add(_ effect: Effect) throws {
    guard let line = DayLine(effect), let day = effect.digest?.day else { return }
    let (kind, detail) = Self.columns(line.what)
    try db.run(
      "DELETE FROM day_lines WHERE department = ? AND day < ?", effect.department.rawValue,
      day - Limits.dayLinesKept)
    try db.run(
      """
      INSERT INTO day_lines (department, day, case_number, kind, detail)
      SELECT ?, ?, number, ?, ? FROM cases WHERE id = ? ON CONFLICT DO NOTHING
      """, effect.department.rawValue, day, kind, detail, line.caseID.rawValue)
  }

  private static func columns(_ what: DayLine.What) -> (kind: String, detail: String) {
    switch what {
    case .reminder(let slot): ("remind", slot)
    case .notice(let number): ("notice", String(number))
    }
  }

  func lines(of department: DepartmentID, on day: CivilDate) throws -> [DayLine] {
    try db.rows(
      """
      SELECT c.id, l.kind, l.detail FROM day_lines l JOIN cases c ON c.number = l.case_number
      WHERE l.department = ? AND l.day = ? ORDER BY l.case_number, l.kind, l.detail
      """, [department.rawValue, day.day]
    ).compactMap { row in
      let detail: String = row[2]
      let what: DayLine.What? =
        row[1] as String == "remind" ? .reminder(slot: detail) : Int(detail).map { .notice(number: $0) }
      return what.map { DayLine(caseID: CaseID(row[0]), what: $0) }
    }
  }
}

extension LedgerReader {
  /// What the department was told on that day of many cases together, and what it was reminded of.
  public func dayLines(of department: DepartmentID, on day: CivilDate) throws(LedgerError) -> [DayLine] {
    try connection.perform { db in try DayLines(db: db).lines(of: department, on: day) }
  }
}
