/// What a centre reports of a period: units and cases, never persons (DESIGN.md section 12).
///
/// `CentreReport.make(reader:rulebook:period:)` in TriageLedger draws it up from a ledger, `ReportBuilder` from
/// accounts; `ReportDocument` in TriageDaemon renders it as text and CSV.
public struct CentreReport: Sendable, Equatable {
  /// Of a case's step: how often it fell due, and how often it was done in time.
  public struct Timeliness: Sendable, Equatable, Codable {
    public var due = 0
    public var met = 0
  }

  /// Cases of one category, level, department or channel.
  public struct Volume: Sendable, Equatable, Codable {
    public var id: String
    public var title: String
    /// In the period.
    public var taken = 0
    public var resolved = 0
    /// At its end.
    public var open = 0
    public var overdue = 0
  }

  /// What came up most: a category in an area.
  public struct Topic: Sendable, Equatable, Codable {
    public var category: CategoryID
    public var area: AreaID?
    public var title: String
    public var taken: Int
  }

  /// A unit's work in the period.
  public struct DepartmentFigures: Sendable, Equatable, Codable {
    public var department: DepartmentID
    public var title: String
    /// Items it was to lead.
    public var assigned = 0
    public var resolved = 0
    public var returned = 0
    public var accept = Timeliness()
    /// The citizen's date of cases it answers for.
    public var resolve = Timeliness()
    /// Everything else with a deadline: contact, help, decisions, visits.
    public var other = Timeliness()
    public var open = 0
    public var overdue = 0
  }

  public struct IndicatorResult: Sendable, Equatable {
    public var indicator: Indicator
    /// Cases that were counted, and those of them for which the condition held.
    public var of = 0
    public var count = 0
    /// Percent or a number; nil for a share of nothing.
    public var value: Double? {
      if indicator.measure == .count { return Double(count) }
      return of == 0 ? nil : Double(count) * 100 / Double(of)
    }
    /// Whether the target was met; nil without one, or without a value.
    public var isMet: Bool? {
      guard let value, let target = indicator.target else { return nil }
      switch target {
      case .atLeast(let wanted): return value >= wanted
      case .atMost(let wanted): return value <= wanted
      }
    }
  }

  /// One case of a list.
  public struct ListRow: Sendable, Equatable {
    public var caseID: CaseID
    public var title: String
    public var category: CategoryID
    public var level: LevelID
    public var lead: DepartmentID
    public var area: AreaID?
    public var phase: CaseState.Phase
    public var takenAt: Instant
    /// The next deadline, the first of those that have passed.
    public var stage: Stage?
    public var due: Instant?
    public var isOverdue: Bool
    public var result: Reply.Result?
  }

  public struct ListResult: Sendable, Equatable {
    public var list: CaseList
    /// The most urgent first.
    public var rows: [ListRow]
    /// How many there are, also where only some are kept.
    public var total: Int
  }

  public struct SubsidyResult: Sendable, Equatable {
    public var id: RuleID
    public var title: String
    public var amount: Money
    public var cases = 0
    public var sum: Money { amount * cases }
  }

  public struct UnitSum: Sendable, Equatable, Codable {
    public var department: DepartmentID
    public var title: String
    public var cases = 0
    public var sum = Money(cents: 0)
  }

  public var period: ReportPeriod
  public var taken = 0
  public var resolved = 0
  public var closed = 0
  /// At the end of the period.
  public var open = 0
  public var overdue = 0
  /// Cases of the period whose content was erased; they are not counted.
  public var erased = 0
  public var categories: [Volume] = []
  public var levels: [Volume] = []
  public var departments: [Volume] = []
  public var channels: [Volume] = []
  public var topics: [Topic] = []
  public var units: [DepartmentFigures] = []
  public var indicators: [IndicatorResult] = []
  public var lists: [ListResult] = []
  public var subsidies: [SubsidyResult] = []
  public var subsidyUnits: [UnitSum] = []

  public init(period: ReportPeriod) { self.period = period }
}
