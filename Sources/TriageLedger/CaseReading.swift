import GRDB
import TriageCore

/// Columns back into `CaseIndex`.
enum CaseReading {
  /// - Parameter row: of `SELECT * FROM cases`.
  static func index(_ row: Row, _ db: Database) throws -> CaseIndex {
    let id = CaseID(row["id"])
    let number: Int64 = row["number"]
    guard let phase = CaseState.Phase(rawValue: row["phase"]) else {
      throw LedgerError.inconsistent("\(id): a phase of a newer version")
    }
    return CaseIndex(
      id: id, phase: phase, channel: ChannelID(row["channel"]), sourceID: row["source_id"],
      title: row["title"], category: CategoryID(row["category"]), level: LevelID(row["level"]),
      lead: DepartmentID(row["lead"]), area: (row["area"] as String?).map { AreaID($0) },
      takenAt: Instant(seconds: row["taken_at"]), resolvedAt: instant(row["resolved_at"]),
      closedAt: instant(row["closed_at"]), nextTimer: instant(row["next_timer"]), version: row["version"],
      isAlert: row["alert"],
      items: try items(of: number, id, db), deadlines: try deadlines(of: number, id, db))
  }

  private static func items(of number: Int64, _ id: CaseID, _ db: Database) throws -> [CaseIndex.ItemRow] {
    try db.rows(
      """
      SELECT ? AS id, role, ordinal, department, status, opened_at FROM assignments WHERE case_number = ?
      ORDER BY opened_at, role, ordinal
      """, [id.rawValue, number]
    ).map(item)
  }

  /// - Parameter row: id, role, ordinal, department, status, opened_at.
  static func item(_ row: Row) throws -> CaseIndex.ItemRow {
    guard let role = Role(rawValue: row[1]), let status = Assignment.Status(rawValue: row[4]) else {
      throw LedgerError.inconsistent("\(row[0] as String): an item of a newer version")
    }
    return CaseIndex.ItemRow(
      item: ItemID(CaseID(row[0]), role, row[2]), department: DepartmentID(row[3]), status: status,
      openedAt: Instant(seconds: row[5]))
  }

  private static func deadlines(
    of number: Int64, _ id: CaseID, _ db: Database
  ) throws -> [CaseIndex.DeadlineRow] {
    try db.rows(
      """
      SELECT stage, item_role, item_ordinal, department, start, due, provisional, ended
      FROM deadlines WHERE case_number = ? ORDER BY position
      """, [number]
    ).map { row in
      let role = (row[1] as String?).flatMap { Role(rawValue: $0) }
      return CaseIndex.DeadlineRow(
        stage: Stage(row[0]), item: role.map { ItemID(id, $0, row[2]) },
        department: (row[3] as String?).map { DepartmentID($0) }, start: Instant(seconds: row[4]),
        due: Instant(seconds: row[5]), provisional: row[6],
        ended: (row[7] as String?).flatMap { CaseEvent.DeadlineEnded.How(rawValue: $0) })
    }
  }

  static func instant(_ seconds: Int64?) -> Instant? { seconds.map { Instant(seconds: $0) } }
}
