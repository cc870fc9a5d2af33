import GRDB
import TriageCore

/// Writes the columns of a case: what `CaseIndex` says, and nothing of its own.
struct CaseRows {
  let db: Database

  /// What the ledger knows of a new case besides its index.
  struct Origin {
    var original: Int64
    var row: Int?
    var duplicateKey: [UInt8]
    var sourceKey: String?
    /// The first case of its matter, when that is another.
    var matter: Int64?
  }

  /// - Parameter number: the case's in this file; nil: the next.
  /// - Returns: the case's number in this file.
  func insert(_ index: CaseIndex, origin: Origin, number: Int64? = nil) throws -> Int64 {
    try db.run(
      """
      INSERT INTO cases (number, id, phase, open, channel, source_id, title, category, level, lead, area, taken_at,
        resolved_at, closed_at, next_timer, version, original, original_row, duplicate_key, source_key, alert,
        matter)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      number, index.id.rawValue, index.phase.rawValue, index.phase.isOpen, index.channel.rawValue,
      index.sourceID,
      index.title, index.category.rawValue, index.level.rawValue, index.lead.rawValue, index.area?.rawValue,
      index.takenAt.seconds, index.resolvedAt?.seconds, index.closedAt?.seconds, index.nextTimer?.seconds,
      index.version, origin.original, origin.row, origin.duplicateKey, origin.sourceKey, index.isAlert,
      origin.matter)
    return db.lastInsertedRowID
  }

  func update(_ index: CaseIndex, number: Int64) throws {
    try db.run(
      """
      UPDATE cases SET phase = ?, open = ?, channel = ?, source_id = ?, title = ?, category = ?, level = ?,
        lead = ?, area = ?, resolved_at = ?, closed_at = ?, next_timer = ?, version = ?
      WHERE number = ?
      """,
      index.phase.rawValue, index.phase.isOpen, index.channel.rawValue, index.sourceID, index.title,
      index.category.rawValue, index.level.rawValue, index.lead.rawValue, index.area?.rawValue,
      index.resolvedAt?.seconds, index.closedAt?.seconds, index.nextTimer?.seconds, index.version, number)
  }

  /// The items of a new case: plain inserts, since upserts make the recording of a case a sixth slower.
  func insert(items: [CaseIndex.ItemRow], number: Int64) throws {
    for item in items { try write(item, number, Self.insertItem) }
  }

  func insert(deadlines: [CaseIndex.DeadlineRow], number: Int64) throws {
    for (position, deadline) in deadlines.enumerated() {
      try write(deadline, position, number, Self.insertDeadline)
    }
  }

  func update(items: [CaseIndex.ItemRow], number: Int64) throws {
    for item in items { try write(item, number, Self.upsertItem) }
  }

  /// A deadline is known by its place in the list; places are written over and never moved.
  func update(deadlines: [CaseIndex.DeadlineRow], number: Int64) throws {
    for (position, deadline) in deadlines.enumerated() {
      try write(deadline, position, number, Self.upsertDeadline)
    }
    // What a longer list left behind.
    try db.run("DELETE FROM deadlines WHERE case_number = ? AND position >= ?", number, deadlines.count)
  }

  private static let insertItem = """
    INSERT INTO assignments (case_number, role, ordinal, department, status, opened_at)
    VALUES (?, ?, ?, ?, ?, ?)
    """
  private static let upsertItem =
    insertItem + """
       ON CONFLICT (case_number, role, ordinal) DO UPDATE SET
        department = excluded.department, status = excluded.status, opened_at = excluded.opened_at
      WHERE department <> excluded.department OR status <> excluded.status OR opened_at <> excluded.opened_at
      """

  private func write(_ row: CaseIndex.ItemRow, _ number: Int64, _ sql: String) throws {
    try db.run(
      sql, number, row.item.role.rawValue, row.item.ordinal, row.department.rawValue, row.status.rawValue,
      row.openedAt.seconds)
  }

  private static let insertDeadline = """
    INSERT INTO deadlines (case_number, position, stage, item_role, item_ordinal, department, start, due,
      provisional, ended)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let upsertDeadline =
    insertDeadline + """
       ON CONFLICT (case_number, position) DO UPDATE SET
        stage = excluded.stage, item_role = excluded.item_role, item_ordinal = excluded.item_ordinal,
        department = excluded.department, start = excluded.start, due = excluded.due,
        provisional = excluded.provisional, ended = excluded.ended
      WHERE due <> excluded.due OR ended IS NOT excluded.ended OR provisional <> excluded.provisional
        OR stage <> excluded.stage OR start <> excluded.start OR department IS NOT excluded.department
        OR item_role IS NOT excluded.item_role OR item_ordinal IS NOT excluded.item_ordinal
      """

  private func write(
    _ row: CaseIndex.DeadlineRow, _ position: Int, _ number: Int64, _ sql: String
  ) throws {
    try db.run(
      sql, number, position, row.stage.rawValue, row.item?.role.rawValue, row.item?.ordinal,
      row.department?.rawValue, row.start.seconds, row.due.seconds, row.provisional, row.ended?.rawValue)
  }

  /// Enters a link and makes one matter of both sides.
  func link(_ number: Int64, _ linked: CaseEvent.Linked) throws {
    guard let row = try db.row("SELECT number FROM cases WHERE id = ?", [linked.to.rawValue]) else {
      throw LedgerError.unknownCase(linked.to)
    }
    let other: Int64 = row[0]
    try db.run(
      "INSERT INTO links (case_number, other, why) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      number, other, linked.why.rawValue)
    let matters = Matters(db: db)
    try matters.unite([try matters.first(of: number), try matters.first(of: other)])
  }
}
