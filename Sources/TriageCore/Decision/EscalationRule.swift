/// What happens to a case by itself, and what is then done.
public struct EscalationRule: Sendable {
  /// The occasion.
  public enum Trigger: Sendable, Equatable {
    /// A stage's deadline passed by so much.
    case overdue(Stage, by: TimeLimit)
    case returned(times: Int)
    case followUp(outcome: String, times: Int)
    case resolved(result: String, times: Int)
    case age(TimeLimit)
    case repeated(atLeast: Int)
    /// The level was raised while somebody works on the case.
    case raised
    /// Many cases of a kind in a short time.
    case cluster(Cluster)
    /// At this time of every working day of the rulebook's calendar: cases whose lead has not accepted.
    case daily(CivilTime)
  }
  /// So many cases that are the same in these respects, taken within the time.
  public struct Cluster: Sendable, Equatable {
    /// A respect in which cases are the same.
    public enum Key: Sendable, Hashable {
      case category, level, channel
      /// The nearest area of that kind.
      case areaKind(String)
    }
    public var same: [Key]
    public var atLeast: Int
    public var within: TimeLimit
    public init(same: [Key], atLeast: Int, within: TimeLimit) {
      self.same = same
      self.atLeast = atLeast
      self.within = within
    }
  }
  /// What is done, all of it.
  public struct Actions: Sendable, Equatable {
    /// Departments that get a notice.
    public var notify: [DepartmentID]
    /// So many steps up the lead's `escalates_to`; 0: none.
    public var escalate: Int
    /// So many levels up; 0: none.
    public var raise: Int
    public var raiseTo: LevelID?
    public var assign: DepartmentID?
    public var assist: [DepartmentID]
    public var reopen: Bool
    /// Gets an item that asks who shall handle the case, and leads it until then.
    public var adjudicate: DepartmentID?
    /// Gets an alert that lists the cases that the rule met together.
    public var alert: DepartmentID?
    public init(
      notify: [DepartmentID] = [], escalate: Int = 0, raise: Int = 0, raiseTo: LevelID? = nil,
      assign: DepartmentID? = nil, assist: [DepartmentID] = [], reopen: Bool = false,
      adjudicate: DepartmentID? = nil, alert: DepartmentID? = nil
    ) {
      self.notify = notify
      self.escalate = escalate
      self.raise = raise
      self.raiseTo = raiseTo
      self.assign = assign
      self.assist = assist
      self.reopen = reopen
      self.adjudicate = adjudicate
      self.alert = alert
    }
  }
  public var id: RuleID
  public var place: SourcePlace
  public var on: Trigger
  public var when: Condition
  public var then: Actions
  public init(id: RuleID, place: SourcePlace, on: Trigger, when: Condition = .always, then: Actions) {
    self.id = id
    self.place = place
    self.on = on
    self.when = when
    self.then = then
  }
}
