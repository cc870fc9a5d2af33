/// What events say about alerts: a list of cases that a department is to look at as a whole.
extension CaseEvent {
  /// An alert as it was raised. It names cases and quotes nothing of them: what their titles are and who leads them is
  /// looked up when the item is written.
  public struct AlertRaised: Sendable, Equatable, Codable {
    public var rule: RuleID
    /// What made it due, with the rule the key: `property/c1@ZZ20261121-0005`, `2026-11-21`.
    public var occasion: String
    public var department: DepartmentID
    /// What the alert is about, in the words of the rulebook.
    public var title: String
    /// The most severe among its cases.
    public var level: LevelID
    public var category: CategoryID
    public var area: AreaID?
    /// Ascending.
    public var cases: [CaseID]
    public var assignment: Assignment
    public var deadlines: [DeadlineSet]
    /// Digest of the rulebook.
    public var rulebook: String
    public init(
      rule: RuleID, occasion: String, department: DepartmentID, title: String, level: LevelID,
      category: CategoryID, area: AreaID?, cases: [CaseID], assignment: Assignment, deadlines: [DeadlineSet],
      rulebook: String
    ) {
      self.rule = rule
      self.occasion = occasion
      self.department = department
      self.title = title
      self.level = level
      self.category = category
      self.area = area
      self.cases = cases
      self.assignment = assignment
      self.deadlines = deadlines
      self.rulebook = rulebook
    }
  }

  /// In a case: the alert that names it.
  public struct Listed: Sendable, Equatable, Codable {
    public var alert: CaseID
    public var rule: RuleID
    public var department: DepartmentID
    public init(alert: CaseID, rule: RuleID, department: DepartmentID) {
      self.alert = alert
      self.rule = rule
      self.department = department
    }
  }
}
