public import TriageCore

/// One of the rulebook's own tests: a case, what must come of it at its taking, and what must come of it later.
public struct RuleTest: Sendable {
  public var name: String
  public var place: SourcePlace
  public var input: CaseInput
  /// The time of taking: the case's `received_at`.
  public var at: Instant
  /// Earlier filings of the same matter.
  public var history: CaseHistory
  /// At the taking.
  public var expect: Expectation
  /// What happens afterwards (`then:`), in order of time.
  public var steps: [Step]

  /// A moment of the test: somebody does something, or the time passes in silence; then it is looked at the case.
  public struct Step: Sendable {
    public var at: Instant
    /// As the test writes it: `+1wd`.
    public var written: String
    public var place: SourcePlace
    public var action: Action?
    public var expect: Expectation
  }

  /// What somebody does with the case.
  public struct Action: Sendable, Equatable {
    /// As the test writes it: `accept`, `resolve`, `extend`.
    public var name: String
    /// Who; nil: whoever has the item, and for a request the lead.
    public var by: DepartmentID?
    public var deed: Deed
  }

  public enum Deed: Sendable, Equatable {
    case accept
    case takeBack
    case returnItem(Reply)
    /// The answer to an item of the role; nil: to whatever item the department has.
    case answer(Role?, Reply)
    /// `by` and `at` are filled in when it is made.
    case request(Request)
  }

  /// What is wanted; what is nil is not looked at.
  public struct Expectation: Sendable, Equatable {
    public var category: CategoryID?
    public var level: LevelID?
    public var scales: [ScaleID: ScaleValueID] = [:]
    public var lead: DepartmentID?
    /// All who now help.
    public var assist: [DepartmentID]?
    /// `fallback` when no route is to match.
    public var route: RuleID?
    /// Rules that must fire; others may.
    public var fired: [RuleID]?
    /// Rules that must not fire.
    public var notFired: [RuleID]?
    public var tags: [TagID]?
    /// When a stage is due that now runs.
    public var due: [Stage: Due] = [:]
    /// Since the taking; all that reaches a department on one day is one.
    public var reminders: Int?
    /// Escalation rules that must have been carried out since the taking; others may.
    public var escalatedBy: [RuleID]?
    public var notEscalatedBy: [RuleID]?
    public var phase: CaseState.Phase?
    /// All items that have not ended, by department.
    public var items: [DepartmentID: [Role]]?
    public var closed: Closing?
    /// Departments that must have had a notice; others may.
    public var told: [DepartmentID]?
    /// Whether the step's action is to be refused, and why.
    public var refused: Refusal?

    public init() {}

    /// Nothing is asked of it.
    public var isEmpty: Bool { self == Expectation() }
  }

  public enum Due: Sendable, Equatable {
    /// The day on which the stage is due.
    case day(CivilDate)
    case instant(Instant)
    /// The stage does not run.
    case notRunning
  }

  public enum Closing: Sendable, Equatable {
    case open
    /// However it ended.
    case closed
    case how(CaseEvent.Closed.How)
  }

  public enum Refusal: Sendable, Equatable {
    case anyhow
    /// By the name of the reason: `returns_final`.
    case because(String)
  }
}
