import GRDB
public import TriageCore

/// What `triaged cases` and `status` ask.
public struct CaseQuery: Sendable, Equatable {
  public var phases: Set<CaseState.Phase>?
  public var open: Bool?
  public var level: LevelID?
  public var category: CategoryID?
  /// A department with an item of the case, ended or not.
  public var department: DepartmentID?
  public var lead: DepartmentID?
  public var area: AreaID?
  public var channel: ChannelID?
  /// Found in title, case id or source id.
  public var text: String?
  /// Open cases with a running deadline that has passed by then.
  public var overdueAt: Instant?
  /// Cases of the matter that this one belongs to, itself included.
  public var sameAs: CaseID?
  public var takenSince: Instant?
  public var takenBefore: Instant?
  public var limit: Int

  public init(
    phases: Set<CaseState.Phase>? = nil, open: Bool? = nil, level: LevelID? = nil,
    category: CategoryID? = nil,
    department: DepartmentID? = nil, lead: DepartmentID? = nil, area: AreaID? = nil,
    channel: ChannelID? = nil,
    text: String? = nil, overdueAt: Instant? = nil, sameAs: CaseID? = nil,
    takenSince: Instant? = nil, takenBefore: Instant? = nil,
    limit: Int = 1000
  ) {
    self.phases = phases
    self.open = open
    self.level = level
    self.category = category
    self.department = department
    self.lead = lead
    self.area = area
    self.channel = channel
    self.text = text
    self.overdueAt = overdueAt
    self.sameAs = sameAs
    self.takenSince = takenSince
    self.takenBefore = takenBefore
    self.limit = limit
  }
}

/// Numbers of the whole ledger.
public struct LedgerCounts: Sendable, Equatable {
  public var cases = 0
  public var byPhase: [CaseState.Phase: Int] = [:]
  /// Of open cases.
  public var byLevel: [LevelID: Int] = [:]
  /// Open cases with a running deadline that has passed.
  public var overdue = 0
  /// Alerts that nobody has answered yet; none of the other numbers counts them.
  public var openAlerts = 0
  public var events = 0
  public var pendingEffects = 0
  public var pendingRemovals = 0
}

extension LedgerReader {
  /// Newest first; alerts are no cases.
  public func search(_ query: CaseQuery) throws(LedgerError) -> [CaseIndex] {
    var filter = Filter()
    filter.add(query)
    let sql = "SELECT c.* FROM cases c\(filter.sql) ORDER BY c.number DESC LIMIT ?"
    let arguments = filter.arguments + [query.limit]
    return try connection.snapshot { db in
      try Row.fetchAll(db, sql: sql, arguments: arguments).map { try CaseReading.index($0, db) }
    }
  }

  /// How many cases the query finds, whatever its limit.
  public func count(_ query: CaseQuery) throws(LedgerError) -> Int {
    var filter = Filter()
    filter.add(query)
    let (sql, arguments) = ("SELECT count(*) FROM cases c\(filter.sql)", filter.arguments)
    return try connection.perform { db in try Self.count(db, sql, arguments) }
  }

  /// Numbers over all cases.
  /// - Parameter now: decides what is overdue.
  public func counts(at now: Instant) throws(LedgerError) -> LedgerCounts {
    try connection.snapshot { db in
      var counts = LedgerCounts()
      for row in try db.rows("SELECT phase, count(*) FROM cases WHERE alert = 0 GROUP BY phase") {
        guard let phase = CaseState.Phase(rawValue: row[0]) else { continue }
        counts.byPhase[phase] = row[1]
        counts.cases += row[1] as Int
      }
      for row in try db.rows("SELECT level, count(*) FROM cases WHERE open = 1 AND alert = 0 GROUP BY level")
      {
        counts.byLevel[LevelID(row[0])] = row[1]
      }
      counts.overdue = try Self.count(
        db, "SELECT count(*) FROM cases c WHERE c.open = 1 AND c.alert = 0 AND \(Filter.overdue)",
        [now.seconds])
      counts.openAlerts = try Self.count(db, "SELECT count(*) FROM cases WHERE open = 1 AND alert = 1")
      counts.events = try Self.count(db, "SELECT coalesce(max(sequence), 0) FROM events")
      counts.pendingEffects = try Self.count(db, "SELECT count(*) FROM effects")
      counts.pendingRemovals = try Self.count(db, "SELECT count(*) FROM removals")
      return counts
    }
  }

  /// How many events of each kind there are.
  public func eventCounts() throws(LedgerError) -> [String: Int] {
    try connection.perform { db in
      let rows = try db.rows("SELECT kind, count(*) FROM events GROUP BY kind")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }
  }

  private static func count(
    _ db: Database, _ sql: String, _ arguments: StatementArguments = StatementArguments()
  ) throws -> Int {
    try db.row(sql, arguments)?[0] ?? 0
  }
}

/// Conditions of a query, as SQL and its arguments.
private struct Filter {
  static let overdue = """
    c.phase <> 'paused' AND EXISTS (SELECT 1 FROM deadlines d
      WHERE d.case_number = c.number AND d.ended IS NULL AND d.stage <> 'return' AND d.due < ?)
    """
  private var conditions: [String] = []
  private(set) var arguments = StatementArguments()
  var sql: String { conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ") }

  mutating func add(_ query: CaseQuery) {
    add("c.alert = 0", [])
    if let phases = query.phases {
      let marks = Array(repeating: "?", count: phases.count).joined(separator: ", ")
      add("c.phase IN (\(marks))", StatementArguments(phases.map(\.rawValue).sorted()))
    }
    if let open = query.open { add("c.open = ?", [open]) }
    if let level = query.level { add("c.level = ?", [level.rawValue]) }
    if let category = query.category { add("c.category = ?", [category.rawValue]) }
    if let lead = query.lead { add("c.lead = ?", [lead.rawValue]) }
    if let area = query.area { add("c.area = ?", [area.rawValue]) }
    if let channel = query.channel { add("c.channel = ?", [channel.rawValue]) }
    if let since = query.takenSince { add("c.taken_at >= ?", [since.seconds]) }
    if let before = query.takenBefore { add("c.taken_at < ?", [before.seconds]) }
    if let department = query.department {
      add(
        "EXISTS (SELECT 1 FROM assignments a WHERE a.case_number = c.number AND a.department = ?)",
        [department.rawValue])
    }
    if let instant = query.overdueAt { add("c.open = 1 AND \(Self.overdue)", [instant.seconds]) }
    if let id = query.sameAs {
      let first = "(SELECT coalesce(matter, number) FROM cases WHERE id = ?)"
      add("(c.number = \(first) OR c.matter = \(first))", [id.rawValue, id.rawValue])
    }
    if let text = query.text {
      // instr, not LIKE: what is looked for may hold % and _.
      let wanted = text.lowercased()
      add(
        "(instr(lower(c.title), ?) OR instr(lower(c.id), ?) OR instr(lower(coalesce(c.source_id, '')), ?))",
        [wanted, wanted, wanted])
    }
  }

  private mutating func add(_ condition: String, _ more: StatementArguments) {
    conditions.append(condition)
    arguments += more
  }
}
