import GRDB
public import TriageCore

/// What the daemon asks at every turn: what is due, and what lies where.
extension LedgerReader {
  /// Open or not: cases whose timer has come, earliest first.
  public func due(notAfter: Instant, limit: Int) throws(LedgerError) -> [CaseID] {
    try connection.perform { db in
      try db.rows(
        "SELECT id FROM cases WHERE next_timer <= ? ORDER BY next_timer, number LIMIT ?",
        [notAfter.seconds, limit]
      ).map { CaseID($0[0]) }
    }
  }

  /// The earliest timer of all cases.
  public func nextTimer() throws(LedgerError) -> Instant? {
    try instant("SELECT min(next_timer) FROM cases WHERE next_timer IS NOT NULL")
  }

  /// The earliest instant for which an effect waits; those that wait for nothing but the next turn do not count.
  public func nextEffect() throws(LedgerError) -> Instant? {
    try instant("SELECT min(not_before) FROM effects WHERE not_before IS NOT NULL")
  }

  private func instant(_ sql: String) throws(LedgerError) -> Instant? {
    try connection.perform { db in CaseReading.instant(try db.row(sql).flatMap { $0[0] }) }
  }

  /// The items of a department that have not ended, oldest first.
  public func openItems(of department: DepartmentID) throws(LedgerError) -> [CaseIndex.ItemRow] {
    try items(
      "a.department = ? AND a.status IN ('new', 'accepted', 'done', 'returned')", [department.rawValue])
  }

  /// All items of a department, ended ones too, opened at or after an instant.
  public func items(
    of department: DepartmentID, openedSince: Instant
  ) throws(LedgerError) -> [CaseIndex.ItemRow] {
    try items("a.department = ? AND a.opened_at >= ?", [department.rawValue, openedSince.seconds])
  }

  /// Nil for an item the ledger does not know.
  public func item(_ item: ItemID) throws(LedgerError) -> CaseIndex.ItemRow? {
    try items(
      "c.id = ? AND a.role = ? AND a.ordinal = ?", [item.caseID.rawValue, item.role.rawValue, item.ordinal]
    ).first
  }

  /// Departments with items that have not ended: their folders are served even when the rulebook dropped them.
  public func departmentsWithOpenItems() throws(LedgerError) -> Set<DepartmentID> {
    try connection.perform { db in
      let rows = try db.rows(
        """
        SELECT DISTINCT department FROM assignments WHERE status IN ('new', 'accepted', 'done', 'returned')
        """)
      return Set(rows.map { DepartmentID($0[0]) })
    }
  }

  private func items(
    _ condition: String, _ arguments: StatementArguments
  ) throws(LedgerError) -> [CaseIndex.ItemRow] {
    try connection.perform { db in
      try db.rows(
        """
        SELECT c.id, a.role, a.ordinal, a.department, a.status, a.opened_at
        FROM assignments a JOIN cases c ON c.number = a.case_number
        WHERE \(condition) ORDER BY a.opened_at, c.number, a.role, a.ordinal
        """, arguments
      ).map(CaseReading.item)
    }
  }

  /// The ids of all open cases, oldest first.
  public func openCases() throws(LedgerError) -> [CaseID] {
    try connection.perform { db in
      try db.rows("SELECT id FROM cases WHERE open = 1 AND alert = 0 ORDER BY number").map { CaseID($0[0]) }
    }
  }

  /// How many effects wait, by department.
  public func pendingEffectCounts() throws(LedgerError) -> [DepartmentID: Int] {
    try connection.perform { db in
      let rows = try db.rows("SELECT department, count(*) FROM effects GROUP BY department")
      return Dictionary(uniqueKeysWithValues: rows.map { (DepartmentID($0[0]), $0[1]) })
    }
  }

  /// Effects that wait, for `status` and `fsck`, oldest first.
  public func pendingEffects(limit: Int) throws(LedgerError) -> [PendingEffect] {
    try connection.perform { db in
      try Outbox(db: db).pending(
        notAfter: Instant(seconds: .max), of: nil, excluding: [], limit: limit)
    }
  }
}
