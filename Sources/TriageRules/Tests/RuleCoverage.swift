public import TriageCore

/// Which rules and rows of a rulebook had a part in its tests. Escalations that look at many cases together are not
/// counted: a test has one.
public struct RuleCoverage: Sendable, Equatable {
  /// One table of the rulebook.
  public struct Part: Sendable, Equatable {
    public var table: RulesInUse.Table
    public var all: Int
    /// Sorted.
    public var uncovered: [RuleID]
    public var covered: Int { all - uncovered.count }
  }

  /// Tables that have entries, in the order of `RulesInUse.Table`.
  public var parts: [Part]

  public var all: Int { parts.reduce(0) { $0 + $1.all } }
  public var covered: Int { parts.reduce(0) { $0 + $1.covered } }
  /// Of all entries of all tables together; 100 for a rulebook without any.
  public var percent: Double { all == 0 ? 100 : Double(covered) * 100 / Double(all) }

  /// Entries of the table that no test reached.
  public func uncovered(_ table: RulesInUse.Table) -> [RuleID] {
    parts.first { $0.table == table }?.uncovered ?? []
  }

  init(_ used: [RulesInUse], of rulebook: Rulebook) {
    var together = RulesInUse()
    for one in used { together.formUnion(one) }
    parts = RulesInUse.Table.allCases.compactMap { table in
      let ids = rulebook.ids(of: table)
      let reached = together.ids[table] ?? []
      guard !ids.isEmpty else { return nil }
      return Part(table: table, all: ids.count, uncovered: ids.filter { !reached.contains($0) }.sorted())
    }
  }
}

extension Rulebook {
  fileprivate func ids(of table: RulesInUse.Table) -> [RuleID] {
    switch table {
    case .classification: classification.map(\.id)
    case .routes: routes.map(\.head.id)
    case .also: also.map(\.head.id)
    case .deadlines: deadlines.map(\.head.id)
    case .require: require.map(\.head.id)
    case .reminders: reminders.map(\.head.id)
    // A test has one case: what looks at many together is met by none.
    case .escalation: escalation.filter { !$0.on.isOfMany }.map(\.id)
    }
  }
}
