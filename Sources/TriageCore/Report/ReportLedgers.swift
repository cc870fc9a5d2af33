/// What each unit did in the period.
struct UnitLedger {
  let rulebook: Rulebook
  let period: ReportPeriod
  private var byUnit: [DepartmentID: CentreReport.DepartmentFigures] = [:]

  init(rulebook: Rulebook, period: ReportPeriod) {
    self.rulebook = rulebook
    self.period = period
  }

  /// Units that had anything to do, by id.
  var figures: [CentreReport.DepartmentFigures] { byUnit.values.sorted { $0.department < $1.department } }

  mutating func add(_ account: CaseAccount) {
    let state = account.state
    for item in state.assignments where item.key.role == .lead && period.contains(item.openedAt) {
      change(item.department) { $0.assigned += 1 }
    }
    for resolution in account.resolutions where period.contains(resolution.at) {
      change(resolution.by) { $0.resolved += 1 }
    }
    for back in account.returns where period.contains(back.at) { change(back.by) { $0.returned += 1 } }
    if account.isOpen {
      let isOverdue = account.overdue != nil
      change(account.unit) {
        $0.open += 1
        $0.overdue += isOverdue ? 1 : 0
      }
    }
    for stage in Set(state.deadlines.map(\.set.stage)) where stage != .return {
      for running in account.counted(stage) where period.contains(running.set.deadline.due) {
        note(running, of: running.set.department ?? account.unit)
      }
    }
  }

  private mutating func note(_ running: CaseState.Running, of unit: DepartmentID) {
    let met = running.ended == .met ? 1 : 0
    change(unit) { figures in
      switch running.set.stage {
      case .accept: figures.accept.add(met)
      case .resolve: figures.resolve.add(met)
      default: figures.other.add(met)
      }
    }
  }

  private mutating func change(_ id: DepartmentID, _ body: (inout CentreReport.DepartmentFigures) -> Void) {
    body(&byUnit[id, default: .init(department: id, title: rulebook.title(of: id))])
  }
}

extension CentreReport.Timeliness {
  fileprivate mutating func add(_ met: Int) {
    due += 1
    self.met += met
  }
}

/// Subsidies of cases closed in the period.
struct SubsidyLedger {
  let rulebook: Rulebook
  let period: ReportPeriod
  private(set) var rows: [CentreReport.SubsidyResult]
  private var byUnit: [DepartmentID: CentreReport.UnitSum] = [:]

  init(rulebook: Rulebook, period: ReportPeriod) {
    self.rulebook = rulebook
    self.period = period
    rows = rulebook.reports.subsidies.map { .init(id: $0.id, title: $0.title, amount: $0.amount) }
  }

  var units: [CentreReport.UnitSum] { byUnit.values.sorted { $0.department < $1.department } }

  /// Of several rows that hold the highest amount counts, then the first by id.
  mutating func add(_ account: CaseAccount) {
    guard account.isClosedOut, let closed = account.state.closedAt, period.contains(closed) else { return }
    let matching = rulebook.reports.subsidies.indices.filter {
      rulebook.reports.subsidies[$0].selection.holds(for: account, under: rulebook)
    }
    let best = matching.min {
      let (a, b) = (rows[$0], rows[$1])
      return a.amount != b.amount ? a.amount > b.amount : a.id < b.id
    }
    guard let best else { return }
    rows[best].cases += 1
    let unit = account.unit
    byUnit[unit, default: .init(department: unit, title: rulebook.title(of: unit))].cases += 1
    byUnit[unit]?.sum += rows[best].amount
  }
}

/// The cases of one list.
public struct ListCollector: Sendable {
  public let list: CaseList
  private var rows: [CentreReport.ListRow] = []
  private var total = 0

  public init(_ list: CaseList) { self.list = list }

  /// Takes the case if the list means it.
  public mutating func add(_ account: CaseAccount, _ rulebook: Rulebook) {
    guard list.selection.holds(for: account, under: rulebook) else { return }
    total += 1
    rows.append(Self.row(account))
    // Those that the list shows are kept, whatever the order in which the cases come.
    if rows.count >= 2 * Limits.reportListRows { rows = first(of: rows, rulebook) }
  }

  /// The list in its order: what is overdue the longest, then what is due next, then the severest.
  public func result(_ rulebook: Rulebook) -> CentreReport.ListResult {
    CentreReport.ListResult(list: list, rows: first(of: rows, rulebook), total: total)
  }

  private func first(of rows: [CentreReport.ListRow], _ rulebook: Rulebook) -> [CentreReport.ListRow] {
    let sorted = rows.sorted { a, b in
      if a.due != b.due {
        guard let first = a.due, let second = b.due else { return a.due != nil }
        return first < second
      }
      let (left, right) = (rulebook.levelIndex(a.level) ?? 0, rulebook.levelIndex(b.level) ?? 0)
      return left != right ? left > right : a.caseID < b.caseID
    }
    return Array(sorted.prefix(Limits.reportListRows))
  }

  private static func row(_ account: CaseAccount) -> CentreReport.ListRow {
    let state = account.state
    let next = state.nextDeadline
    return CentreReport.ListRow(
      caseID: state.id, title: state.input.publicTitle, category: state.category, level: state.level,
      lead: account.unit, area: state.decision.area, phase: state.phase, takenAt: state.takenAt,
      stage: next?.set.stage, due: next?.set.deadline.due, isOverdue: account.overdue != nil,
      result: account.resolutions.last?.result)
  }
}
