import TriageCore

/// A report as `--format json` prints it.
struct ReportJSON: Encodable {
  struct Period: Encodable {
    var from: String
    var to: String
    var at: String
  }
  struct Indicator: Encodable {
    var id: RuleID
    var title: String
    var measure: String
    var count: Int
    var of: Int
    /// Percent of a rate.
    var value: Double?
    var target: Double?
    /// `at_least` or `at_most`.
    var targetIs: String?
    var met: Bool?
  }
  struct List: Encodable {
    var id: RuleID
    var title: String
    var total: Int
    var cases: [ListRowJSON]
  }
  struct Subsidy: Encodable {
    var id: RuleID
    var title: String
    /// Yuan for each case.
    var amount: Money
    var cases: Int
    var sum: Money
  }
  struct Sums: Encodable {
    var taken: Int
    var resolved: Int
    var closed: Int
    var open: Int
    var overdue: Int
    var erased: Int
  }

  var period: Period
  var sums: Sums
  var categories: [CentreReport.Volume]
  var levels: [CentreReport.Volume]
  var departments: [CentreReport.Volume]
  var channels: [CentreReport.Volume]
  var topics: [CentreReport.Topic]
  var units: [CentreReport.DepartmentFigures]
  var indicators: [Indicator]
  var lists: [List]
  var subsidies: [Subsidy]
  var subsidyUnits: [CentreReport.UnitSum]
  var rulebook: String

  init(_ report: CentreReport, _ rulebook: Rulebook) {
    let zone = rulebook.calendar.zone
    period = Period(
      from: report.period.start.iso8601(in: zone), to: report.period.end.iso8601(in: zone),
      at: report.period.at.iso8601(in: zone))
    sums = Sums(
      taken: report.taken, resolved: report.resolved, closed: report.closed, open: report.open,
      overdue: report.overdue, erased: report.erased)
    categories = report.categories
    levels = report.levels
    departments = report.departments
    channels = report.channels
    topics = report.topics
    units = report.units
    indicators = report.indicators.map(Self.indicator)
    lists = report.lists.map { result in
      List(
        id: result.list.id, title: result.list.title, total: result.total,
        cases: result.rows.map { ListRowJSON($0, zone) })
    }
    subsidies = report.subsidies.map {
      Subsidy(id: $0.id, title: $0.title, amount: $0.amount, cases: $0.cases, sum: $0.sum)
    }
    subsidyUnits = report.subsidyUnits
    self.rulebook = rulebook.digest
  }

  private static func indicator(_ result: CentreReport.IndicatorResult) -> Indicator {
    var target: Double?
    var kind: String?
    switch result.indicator.target {
    case .atLeast(let wanted): (target, kind) = (wanted, "at_least")
    case .atMost(let wanted): (target, kind) = (wanted, "at_most")
    case nil: break
    }
    return Indicator(
      id: result.indicator.id, title: result.indicator.title, measure: result.indicator.measure.rawValue,
      count: result.count, of: result.of, value: result.value, target: target, targetIs: kind,
      met: result.isMet)
  }
}

/// One case of a list. Never contact data.
struct ListRowJSON: Encodable {
  var `case`: CaseID
  var title: String
  var category: CategoryID
  var level: LevelID
  var lead: DepartmentID
  var area: AreaID?
  var phase: String
  var takenAt: String
  var stage: Stage?
  var due: String?
  var overdue: Bool
  var result: String?

  init(_ row: CentreReport.ListRow, _ zone: Zone) {
    `case` = row.caseID
    title = row.title
    category = row.category
    level = row.level
    lead = row.lead
    area = row.area
    phase = row.phase.rawValue
    takenAt = row.takenAt.iso8601(in: zone)
    stage = row.stage
    due = row.due?.iso8601(in: zone)
    overdue = row.isOverdue
    result = row.result?.rawValue
  }
}
