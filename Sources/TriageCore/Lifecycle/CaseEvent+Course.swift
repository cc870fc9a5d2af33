/// What events say about the course of the case as a whole: who leads, which level, how it ended.
extension CaseEvent {
  public struct LeadChanged: Sendable, Equatable, Codable {
    public var from: DepartmentID
    public var to: DepartmentID
    public init(from: DepartmentID, to: DepartmentID) {
      self.from = from
      self.to = to
    }
  }

  /// A rule or a person moved the case to another level.
  public struct LevelChanged: Sendable, Equatable, Codable {
    public var from: LevelID
    public var to: LevelID
    /// The rule or the department that did it.
    public var by: String
    public var reason: String
    public init(from: LevelID, to: LevelID, by: String, reason: String) {
      self.from = from
      self.to = to
      self.by = by
      self.reason = reason
    }
  }

  /// Facts were corrected and the case decided anew (更正).
  public struct Corrected: Sendable, Equatable, Codable {
    public var request: Request
    public var input: CaseInput
    public var decision: Decision
    public init(request: Request, input: CaseInput, decision: Decision) {
      self.request = request
      self.input = input
      self.decision = decision
    }
  }

  /// An escalation rule was carried out (提级).
  public struct Escalated: Sendable, Equatable, Codable {
    public var rule: RuleID
    /// What made it due, with the rule the key: `resolve@1790000000`, `returned-2`.
    public var occasion: String
    public init(rule: RuleID, occasion: String) {
      self.rule = rule
      self.occasion = occasion
    }
  }

  public struct Reopened: Sendable, Equatable, Codable {
    public var why: String
    public init(why: String) { self.why = why }
  }

  public struct Closed: Sendable, Equatable, Codable {
    public enum How: String, Sendable, Codable, CaseIterable {
      case followedUp, givenUp, withdrawn, merged, onTheSpot, diverted
      /// Of an alert: its department answered it.
      case answered
    }
    public var how: How
    public init(how: How) { self.how = how }
  }

  /// The case was handed to another procedure; what the rulebook said of it then is kept.
  public struct Diverted: Sendable, Equatable, Codable {
    public var to: ProcedureID
    public var title: String
    /// The route that the citizen is told, as the rulebook had it.
    public var route: String
    public var by: DepartmentID
    /// How and when the citizen was told, in the department's words.
    public var told: String
    public init(to: ProcedureID, title: String, route: String, by: DepartmentID, told: String) {
      self.to = to
      self.title = title
      self.route = route
      self.by = by
      self.told = told
    }
  }

  /// A department was told something.
  public struct Noticed: Sendable, Equatable, Codable {
    public var department: DepartmentID
    /// From 1: the department's notices on the case in their order.
    public var number: Int
    public var notice: Notice
    public init(department: DepartmentID, number: Int, notice: Notice) {
      self.department = department
      self.number = number
      self.notice = notice
    }
  }
}
