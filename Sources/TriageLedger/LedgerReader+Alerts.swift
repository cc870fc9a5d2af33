import GRDB
public import TriageCore

/// A case as a cluster rule looks at it.
public struct TakenCase: Sendable, Equatable {
  /// Of the ledger's file, ascending in the order of taking.
  public let number: Int64
  public let id: CaseID
  public let category: CategoryID
  public let level: LevelID
  public let channel: ChannelID
  public let area: AreaID?
  public let takenAt: Instant
}

/// What is asked of many cases together, for alerts.
extension LedgerReader {
  /// How far the look of that name has come; nil: it was never done.
  public func look(_ name: String) throws(LedgerError) -> Int64? {
    try connection.perform { db in try db.row("SELECT value FROM looks WHERE name = ?", [name]).map { $0[0] }
    }
  }

  /// Cases after that number, in the order of taking.
  public func taken(after number: Int64, limit: Int) throws(LedgerError) -> [TakenCase] {
    try connection.perform { db in
      try db.rows(
        """
        SELECT number, id, category, level, channel, area, taken_at FROM cases
        WHERE number > ? AND alert = 0 ORDER BY number LIMIT ?
        """, [number, limit]
      ).map { row in
        TakenCase(
          number: row[0], id: CaseID(row[1]), category: CategoryID(row[2]), level: LevelID(row[3]),
          channel: ChannelID(row[4]), area: (row[5] as String?).map { AreaID($0) },
          takenAt: Instant(seconds: row[6]))
      }
    }
  }

  /// The number of the last case taken before an instant; 0 when there is none. Costs what was taken since.
  public func lastNumber(before instant: Instant) throws(LedgerError) -> Int64 {
    try connection.perform { db in
      try db.row(
        "SELECT number FROM cases WHERE taken_at < ? ORDER BY number DESC LIMIT 1", [instant.seconds]
      ).map { $0[0] } ?? 0
    }
  }

  /// The cases of a group taken at or after an instant, in the order of taking; it has no upper end, for the clock may
  /// have been put back meanwhile. Found by the index of their
  /// category or area: costs what the window holds of it, whatever the ledger holds. Cases whose contents were erased
  /// are none of it: nothing can be done for them.
  /// - Parameter areas: the group's area with everything below it; nil when it names none.
  public func cluster(
    _ group: ClusterGroup, areas: [AreaID]?, from: Instant
  ) throws(LedgerError) -> [CaseID] {
    var condition = "alert = 0 AND erased_at IS NULL AND taken_at >= ?"
    var arguments: StatementArguments = [from.seconds]
    let same: [(String, String?)] = [
      ("category", group.category?.rawValue), ("level", group.level?.rawValue),
      ("channel", group.channel?.rawValue),
    ]
    for case (let column, let value?) in same {
      condition += " AND \(column) = ?"
      arguments += [value]
    }
    if let areas {
      let marks = Array(repeating: "?", count: areas.count).joined(separator: ", ")
      condition += " AND area IN (\(marks))"
      arguments += StatementArguments(areas.map(\.rawValue))
    }
    let sql = "SELECT id FROM cases WHERE \(condition) ORDER BY number"
    return try connection.perform { db in
      try Row.fetchAll(db, sql: sql, arguments: arguments).map { CaseID($0[0]) }
    }
  }

  /// When an alert about this group was raised last, and how many cases it had then.
  public func lastAlert(
    by rule: RuleID, on cluster: String
  ) throws(LedgerError) -> (members: Int, at: Instant)? {
    try connection.perform { db in
      try db.row(
        "SELECT members, raised_at FROM alerts WHERE rule = ? AND cluster = ? ORDER BY raised_at DESC LIMIT 1",
        [rule.rawValue, cluster]
      ).map { ($0[0], Instant(seconds: $0[1])) }
    }
  }

  /// The last running number among the alerts of a day; 0 when there is none.
  public func lastAlertNumber(on day: CivilDate) throws(LedgerError) -> Int {
    try connection.perform { db in
      let last: Int = try db.row("SELECT max(number) FROM alerts WHERE day = ?", [day.compact])?[0] ?? 0
      let given = try db.row("SELECT value FROM looks WHERE name = ?", [Ledger.alertNumbers(day.compact)])
      return max(last, given?[0] ?? 0)
    }
  }

  /// Open cases whose lead got the item before an instant and has not accepted it, oldest first.
  public func unaccepted(before instant: Instant) throws(LedgerError) -> [CaseID] {
    try connection.perform { db in
      try db.rows(
        """
        SELECT c.id FROM cases c JOIN assignments a ON a.case_number = c.number
        WHERE c.open = 1 AND c.alert = 0 AND a.role = 'lead' AND a.status = 'new' AND a.opened_at < ?
        ORDER BY c.number
        """, [instant.seconds]
      ).map { CaseID($0[0]) }
    }
  }

  /// How many reminders each department got at once on a day.
  public func reminded(on day: CivilDate) throws(LedgerError) -> [DepartmentID: Int] {
    try connection.perform { db in
      let rows = try db.rows("SELECT department, sent FROM reminded WHERE day = ?", [day.day])
      return Dictionary(uniqueKeysWithValues: rows.map { (DepartmentID($0[0]), $0[1]) })
    }
  }
}
