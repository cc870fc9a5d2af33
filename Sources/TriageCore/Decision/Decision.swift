/// What the rulebook says of a case, and why. Stored as it is with the case (promise 5): offsets, no quotations.
public struct Decision: Sendable, Equatable, Codable {
  public var category: CategoryID
  public var secondCategory: CategoryID?
  public var votes: [CategoryID: Int]
  public var level: LevelID
  public var score: Int
  public var scales: [ScaleID: ScaleValueID]
  /// Sorted.
  public var tags: [TagID]
  public var area: AreaID?
  public var lead: DepartmentID
  public var assist: [DepartmentID]
  /// Departments that are told and need not act.
  public var watch: [DepartmentID]
  /// Nil: no route matched and the fallback took it.
  public var route: RuleID?
  /// Rows that also matched, or would have and could not be filled, with the reason.
  public var beaten: [BeatenRow]
  public var onTheSpot: Bool
  public var fired: [FiredRule]
  public var notes: [IntakeNote]
  /// Digest of the rulebook.
  public var rulebook: String

  public init(
    category: CategoryID, secondCategory: CategoryID? = nil, votes: [CategoryID: Int] = [:], level: LevelID,
    score: Int = 0, scales: [ScaleID: ScaleValueID] = [:], tags: [TagID] = [], area: AreaID? = nil,
    lead: DepartmentID, assist: [DepartmentID] = [], watch: [DepartmentID] = [], route: RuleID? = nil,
    beaten: [BeatenRow] = [], onTheSpot: Bool = false, fired: [FiredRule] = [], notes: [IntakeNote] = [],
    rulebook: String
  ) {
    self.category = category
    self.secondCategory = secondCategory
    self.votes = votes
    self.level = level
    self.score = score
    self.scales = scales
    self.tags = tags
    self.area = area
    self.lead = lead
    self.assist = assist
    self.watch = watch
    self.route = route
    self.beaten = beaten
    self.onTheSpot = onTheSpot
    self.fired = fired
    self.notes = notes
    self.rulebook = rulebook
  }
}

/// A route that matched and was not taken.
public struct BeatenRow: Sendable, Equatable, Codable {
  /// What it lacked.
  public enum Why: Sendable, Equatable, Codable {
    case lowerPriority
    case lessSpecific
    /// The template has no area to fill it, or names no department.
    case unfilled(String)
  }
  public var row: RuleID
  public var why: Why
  public init(row: RuleID, why: Why) {
    self.row = row
    self.why = why
  }
}

/// What the evaluator is told of earlier cases.
public struct CaseHistory: Sendable, Equatable, Codable {
  /// Instants of earlier cases about the same matter, ascending, without this one.
  public var sameMatter: [Instant]
  public init(sameMatter: [Instant] = []) { self.sameMatter = sameMatter }
}
