@testable import TriageCore

/// The rulebook of DESIGN.md section 5 with everything that the life of a case asks for.
enum LifeRulebook {
  static let departments =
    Sample.departments + [Department(id: "justice", title: "司法所", escalatesTo: "leader")]

  static let deadlines: [DeadlineRow] = [
    DeadlineRow(
      head: Sample.head("base"),
      limits: [
        .accept: .within(.workingDays(1)), .contact: .within(.workingDays(1)),
        .resolve: .within(.workingDays(5)), .assist: .within(.workingDays(3)),
        .whistle: .within(.workingDays(1)), .adjudicate: .within(.workingHours(4)),
        .approve: .within(.workingDays(1)), .return: .within(.workingDays(2)),
        .redo: .within(.workingDays(3)),
      ],
      followUp: [.workingDays(3)], extend: .init(times: 1, by: .workingDays(10)),
      pause: .init(reasons: ["appraisal", "hearing"], max: .days(30))),
    DeadlineRow(
      head: Sample.head("yellow", ["level": .level(["yellow"])]),
      limits: [.resolve: .within(.workingDays(7))],
      followUp: [.workingDays(3), .days(15)]),
    DeadlineRow(
      head: Sample.head("red", ["level": .level(["red"])]),
      limits: [
        .accept: .within(.hours(1)), .contact: .within(.hours(2)), .resolve: .within(.days(3)),
        .return: .never,
        .redo: .within(.workingDays(2)),
      ]),
    DeadlineRow(
      head: Sample.head("confirm", ["category": .category(["labor"])]),
      anchored: .init(stage: "confirm", replyField: "reply.agreement_date", within: .days(30))),
  ]

  static let reminders: [ReminderRow] = [
    ReminderRow(
      head: Sample.head("base"),
      at: [.percent(50), .percent(80), .offset(.workingDays(-1)), .expiry, .every(.workingDays(1), max: 10)],
      quiet: .some(.init(from: CivilTime(20, 0), until: CivilTime(8, 0))), digest: CivilTime(8, 30)),
    ReminderRow(
      head: Sample.head("red", ["level": .level(["red"])]),
      at: [.offset(.hours(-2)), .expiry, .every(.hours(4), max: 20)], quiet: .some(nil)),
  ]

  static func escalation(_ id: RuleID, _ on: EscalationRule.Trigger, _ then: EscalationRule.Actions)
    -> EscalationRule
  {
    EscalationRule(id: id, place: Sample.place, on: on, then: then)
  }

  static let ladder: [EscalationRule] = [
    escalation("accept-late", .overdue(.accept, by: .workingHours(4)), .init(notify: ["leader"])),
    escalation("ladder-2", .overdue(.resolve, by: .workingDays(3)), .init(escalate: 1)),
    escalation("unsatisfied", .followUp(outcome: "not_satisfied", times: 1), .init(raise: 1, reopen: true)),
    escalation("failed-twice", .resolved(result: "failed", times: 2), .init(raise: 1, assign: "center")),
    escalation("returned-twice", .returned(times: 2), .init(notify: ["leader"])),
    escalation("ageing", .age(.days(30)), .init(raise: 1)),
    escalation("third-time", .repeated(atLeast: 3), .init(raise: 1, assist: ["justice"])),
  ]

  static func make(
    deadlines: [DeadlineRow] = deadlines, require: [RequireRow] = [],
    reminders: [ReminderRow] = [], escalation: [EscalationRule] = [],
    calendar: WorkCalendar = Sample.calendar,
    calendars: [DepartmentID: WorkCalendar] = [:], onReload: ReloadPolicy = .keep
  ) -> Rulebook {
    Rulebook(
      name: "某街道综治中心", digest: "life", caseIDPrefix: "ZZ", levels: Sample.rulebook.levels,
      scales: Sample.rulebook.scales, categories: Sample.rulebook.categories,
      fallback: Fallback(category: "other", lead: "center"),
      returnReasons: [
        Reason(id: "not_competent", title: "非本单位职责"), Reason(id: "incomplete", title: "要素不全"),
      ],
      areas: AreaTree(Sample.areas),
      departments: Dictionary(uniqueKeysWithValues: departments.map { ($0.id, $0) }),
      channels: ["platform": Channel(id: "platform", title: "平台", clock: .receivedAt)],
      calendar: calendar, departmentCalendars: calendars, routes: Sample.routes, also: Sample.also,
      deadlines: deadlines, require: require, reminders: reminders, escalation: escalation, onReload: onReload
    )
  }

  /// All tables filled.
  static let whole: Rulebook = {
    var rows = deadlines
    rows[2].limits[.report] = .within(.hours(24))
    var rulebook = make(
      deadlines: rows, require: Sample.require, reminders: reminders, escalation: ladder + later)
    rulebook.procedures = [Procedure(id: "court", title: "诉讼", tell: "可向区人民法院起诉")]
    return rulebook
  }()

  /// Triggers and actions that come on top of the ladder.
  static let later: [EscalationRule] = [
    escalation("raised", .raised, .init(notify: ["leader"], assist: ["police"])),
    escalation("who", .overdue(.accept, by: .workingDays(2)), .init(adjudicate: "center")),
    escalation(
      "hopeless", .resolved(result: "failed", times: 3), .init(adjudicate: "leader", alert: "center")),
    escalation(
      "cluster",
      .cluster(.init(same: [.category, .areaKind("community")], atLeast: 5, within: .days(7))),
      .init(raiseTo: "yellow", alert: "center")),
    escalation("day-end", .daily(CivilTime(17, 0)), .init(alert: "center")),
  ]
}

/// Local time of the sample's town.
func at(_ text: String) -> Instant {
  Instant(iso8601: text, zone: Sample.shanghai) ?? Instant(seconds: -1)
}
