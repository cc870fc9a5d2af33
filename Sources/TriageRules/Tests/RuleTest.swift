public import TriageCore

/// One of the rulebook's own tests: a case, and what must come of it.
public struct RuleTest: Sendable {
  public var name: String
  public var place: SourcePlace
  public var input: CaseInput
  /// The time of taking: the case's `received_at`.
  public var at: Instant
  /// Earlier filings of the same matter.
  public var history: CaseHistory
  public var expect: Expectation

  /// What is wanted; what is nil is not looked at.
  public struct Expectation: Sendable, Equatable {
    public var category: CategoryID?
    public var level: LevelID?
    public var scales: [ScaleID: ScaleValueID] = [:]
    public var lead: DepartmentID?
    public var assist: [DepartmentID]?
    /// `fallback` when no route is to match.
    public var route: RuleID?
    /// Rules that must fire; others may.
    public var fired: [RuleID]?
    /// Rules that must not fire.
    public var notFired: [RuleID]?
    public var tags: [TagID]?
    /// The day on which a stage is due, or the minute when the test names one.
    public var due: [Stage: Due] = [:]
  }

  public enum Due: Sendable, Equatable {
    case day(CivilDate)
    case instant(Instant)
  }
}
