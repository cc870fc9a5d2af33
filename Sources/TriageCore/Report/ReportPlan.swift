/// What a rulebook wants to be told of the cases: lists at fixed times, indicators with targets, subsidies.
public struct ReportPlan: Sendable, Equatable {
  /// By id.
  public var lists: [CaseList]
  public var indicators: [Indicator]
  public var subsidies: [Subsidy]
  public init(lists: [CaseList] = [], indicators: [Indicator] = [], subsidies: [Subsidy] = []) {
    self.lists = lists
    self.indicators = indicators
    self.subsidies = subsidies
  }
}

/// Cases that somebody looks through together: the weekly dispatch (周调度), what nobody has accepted.
public struct CaseList: Sendable, Equatable {
  public var id: RuleID
  public var title: String
  /// When the daemon writes it; nil: only in reports.
  public var every: Cadence?
  public var selection: CaseSelection
  /// Departments that are told when it is written.
  public var to: [DepartmentID]
  public init(
    id: RuleID, title: String, every: Cadence? = nil, selection: CaseSelection = CaseSelection(),
    to: [DepartmentID] = []
  ) {
    self.id = id
    self.title = title
    self.every = every
    self.selection = selection
    self.to = to
  }
}

/// A number over a period: how many cases, or the share of those for which something holds (按期办结率).
public struct Indicator: Sendable, Equatable {
  /// The cases that are counted.
  public enum Population: Sendable, Equatable {
    /// Taken in the period.
    case taken
    /// A deadline of the stage fell due in the period.
    case due(Stage)
    /// A resolution took effect in the period.
    case resolved
    /// A visit in the period reached somebody.
    case visited
    /// Ended in the period by close-out, not withdrawn or merged.
    case closed
    /// Open at the end of the period.
    case open

    /// Whether its cases are open; nil where they may be either.
    public var isOpen: Bool? { self == .open ? true : nil }
  }
  public enum Measure: String, Sendable, Equatable { case rate, count }
  /// What is good: at least so much, or at most. Percent of a rate, a number for a count.
  public enum Target: Sendable, Equatable {
    case atLeast(Double)
    case atMost(Double)
  }

  public var id: RuleID
  public var title: String
  public var of: Population
  public var selection: CaseSelection
  public var measure: Measure
  public var target: Target?
  public init(
    id: RuleID, title: String, of: Population, selection: CaseSelection = CaseSelection(), measure: Measure,
    target: Target? = nil
  ) {
    self.id = id
    self.title = title
    self.of = of
    self.selection = selection
    self.measure = measure
    self.target = target
  }
}

/// What is paid to the unit that resolved a case (以案定补); of several rows that hold the highest counts.
public struct Subsidy: Sendable, Equatable {
  public var id: RuleID
  public var title: String
  public var selection: CaseSelection
  /// For a closed case.
  public var amount: Money
  public init(id: RuleID, title: String, selection: CaseSelection, amount: Money) {
    self.id = id
    self.title = title
    self.selection = selection
    self.amount = amount
  }
}
