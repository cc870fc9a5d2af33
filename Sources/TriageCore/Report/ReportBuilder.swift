/// Draws up a report case by case; what it keeps grows with the lists' rows, not with the cases.
public struct ReportBuilder {
  private let rulebook: Rulebook
  private let period: ReportPeriod
  private var report: CentreReport
  private var categories: [CategoryID: CentreReport.Volume] = [:]
  private var levels: [LevelID: CentreReport.Volume] = [:]
  private var departments: [DepartmentID: CentreReport.Volume] = [:]
  private var channels: [ChannelID: CentreReport.Volume] = [:]
  private var topics: [TopicKey: Int] = [:]
  private var units: UnitLedger
  private var lists: [ListCollector]
  private var subsidies: SubsidyLedger

  private struct TopicKey: Hashable {
    var category: CategoryID
    var area: AreaID?
  }

  public init(rulebook: Rulebook, period: ReportPeriod) {
    self.rulebook = rulebook
    self.period = period
    report = CentreReport(period: period)
    report.indicators = rulebook.reports.indicators.map { CentreReport.IndicatorResult(indicator: $0) }
    units = UnitLedger(rulebook: rulebook, period: period)
    lists = rulebook.reports.lists.map { ListCollector($0) }
    subsidies = SubsidyLedger(rulebook: rulebook, period: period)
  }

  /// - Parameter account: as of `period.at`; of a case taken before, and open at some time in the period.
  public mutating func add(_ account: CaseAccount) {
    count(account)
    units.add(account)
    subsidies.add(account)
    for index in report.indicators.indices { measure(&report.indicators[index], account) }
    for index in lists.indices { lists[index].add(account, rulebook) }
  }

  /// A case whose content is gone.
  public mutating func addErased(_ count: Int) { report.erased += count }

  public func finish() -> CentreReport {
    var report = report
    let severity = Dictionary(
      rulebook.levels.enumerated().map { ($1.id.rawValue, -$0) }, uniquingKeysWith: { a, _ in a })
    report.categories = Self.sorted(categories.values)
    report.levels = levels.values.sorted {
      (severity[$0.id] ?? 1, $0.id) < (severity[$1.id] ?? 1, $1.id)
    }
    report.departments = Self.sorted(departments.values)
    report.channels = Self.sorted(channels.values)
    report.topics = topTopics()
    report.units = units.figures
    report.lists = lists.map { $0.result(rulebook) }
    (report.subsidies, report.subsidyUnits) = (subsidies.rows, subsidies.units)
    return report
  }

  private static func sorted(_ volumes: some Sequence<CentreReport.Volume>) -> [CentreReport.Volume] {
    volumes.sorted { (-$0.taken, -$0.open, $0.id) < (-$1.taken, -$1.open, $1.id) }
  }

  // MARK: Volumes and topics

  private mutating func count(_ account: CaseAccount) {
    let state = account.state
    let isTaken = period.contains(state.takenAt)
    let isResolved = account.resolutions.contains { period.contains($0.at) }
    let isOverdue = account.isOpen && account.overdue != nil
    report.taken += isTaken ? 1 : 0
    report.resolved += isResolved ? 1 : 0
    report.open += account.isOpen ? 1 : 0
    report.overdue += isOverdue ? 1 : 0
    if account.isClosedOut, let closed = state.closedAt, period.contains(closed) { report.closed += 1 }
    func add(_ volume: inout CentreReport.Volume) {
      volume.taken += isTaken ? 1 : 0
      volume.resolved += isResolved ? 1 : 0
      volume.open += account.isOpen ? 1 : 0
      volume.overdue += isOverdue ? 1 : 0
    }
    let (category, level, channel) = (state.category, state.level, state.input.channel)
    add(&categories[category, default: .init(id: category.rawValue, title: rulebook.title(of: category))])
    add(&levels[level, default: .init(id: level.rawValue, title: rulebook.title(of: level))])
    add(&channels[channel, default: .init(id: channel.rawValue, title: rulebook.title(of: channel))])
    let unit = account.unit
    add(&departments[unit, default: .init(id: unit.rawValue, title: rulebook.title(of: unit))])
    if isTaken { topics[TopicKey(category: category, area: state.decision.area), default: 0] += 1 }
  }

  /// A case alone is no topic.
  private func topTopics() -> [CentreReport.Topic] {
    let all = topics.filter { $0.value > 1 }.map { key, taken in
      let place = key.area.map { " · " + rulebook.title(of: $0) } ?? ""
      return CentreReport.Topic(
        category: key.category, area: key.area, title: rulebook.title(of: key.category) + place, taken: taken)
    }
    let sorted = all.sorted {
      (-$0.taken, $0.category, $0.area ?? "") < (-$1.taken, $1.category, $1.area ?? "")
    }
    return Array(sorted.prefix(Limits.reportTopics))
  }

  // MARK: Indicators

  private func measure(_ result: inout CentreReport.IndicatorResult, _ account: CaseAccount) {
    let indicator = result.indicator
    guard belongs(account, to: indicator.of) else { return }
    result.of += 1
    if indicator.selection.holds(for: account, under: rulebook) { result.count += 1 }
  }

  private func belongs(_ account: CaseAccount, to population: Indicator.Population) -> Bool {
    switch population {
    case .taken: return period.contains(account.state.takenAt)
    case .due(let stage): return account.counted(stage).contains { period.contains($0.set.deadline.due) }
    case .resolved: return account.resolutions.contains { period.contains($0.at) }
    case .visited: return account.visits.contains { period.contains($0.at) }
    case .closed: return account.isClosedOut && account.state.closedAt.map(period.contains) == true
    case .open: return account.isOpen
    }
  }
}
