public import TriageCore

/// An alert to be recorded: its first event, what it is found by, what is to be done for it.
public struct AlertRecord: Sendable {
  public var id: CaseID
  /// The day and the running number in its id.
  public var day: CivilDate
  public var number: Int
  public var alert: CaseEvent.AlertRaised
  /// The group that a cluster rule counted; nil for other rules.
  public var cluster: String?
  /// How many cases the rule met, more perhaps than the list holds.
  public var members: Int
  public var index: CaseIndex
  public var effects: [PlannedEffect]
  public init(
    id: CaseID, day: CivilDate, number: Int, alert: CaseEvent.AlertRaised, cluster: String?, members: Int,
    index: CaseIndex, effects: [PlannedEffect]
  ) {
    self.id = id
    self.day = day
    self.number = number
    self.alert = alert
    self.cluster = cluster
    self.members = members
    self.index = index
    self.effects = effects
  }
}

/// What goes into a transaction beside the changes of cases.
public struct SideRecords: Sendable {
  public var alerts: [AlertRecord] = []
  /// How far a look over many cases has come, by its name.
  public var looks: [String: Int64] = [:]
  /// Reminders sent at once on a day, by department.
  public var reminded: [DepartmentID: RemindedOnDay] = [:]
  public init() {}

  public var isEmpty: Bool { alerts.isEmpty && looks.isEmpty && reminded.isEmpty }
}

/// How many reminders a department got at once on a day.
public struct RemindedOnDay: Sendable, Equatable {
  public var day: CivilDate
  public var sent: Int
  public init(day: CivilDate, sent: Int) {
    self.day = day
    self.sent = sent
  }
}
