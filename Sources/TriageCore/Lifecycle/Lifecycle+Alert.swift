/// Alerts: a list of cases that a department is to look at as a whole. An alert is kept like a case, with one item; it
/// is accepted, answered and over.
extension Lifecycle {
  /// The first event of an alert.
  /// - Parameter cases: those that the rule met together; not empty.
  /// - Parameter title: what it is about, in the language of the office.
  public static func raiseAlert(
    _ rule: RuleID, occasion: String, to department: DepartmentID, title: String, cases: [CaseIndex],
    at: Instant, under rulebook: Rulebook
  ) -> CaseEvent.AlertRaised {
    let ranked = cases.map(\.level).max { (rulebook.levelIndex($0) ?? -1) < (rulebook.levelIndex($1) ?? -1) }
    let level = ranked ?? rulebook.levels.first?.id ?? ""
    let category = Set(cases.map(\.category))
    let area = Set(cases.map(\.area))
    let key = ItemKey(.alert, 1)
    var alert = CaseEvent.AlertRaised(
      rule: rule, occasion: occasion, department: department, title: title, level: level,
      category: category.count == 1 ? category.first ?? "" : rulebook.fallback.category,
      area: area.count == 1 ? area.first ?? nil : nil, cases: cases.map(\.id).sorted(),
      assignment: Assignment(key: key, department: department, openedAt: at, cause: .escalated(by: rule)),
      deadlines: [], rulebook: rulebook.digest)
    let facts = CaseState(id: "", alert: alert, at: at).facts(under: rulebook)
    let clock = StageClock(rulebook: rulebook, facts: facts, pauses: [])
    alert.deadlines = clock.set(.alert, item: key, of: department, from: at).map { [$0] } ?? []
    return alert
  }

  /// The alerts that these events of a case ask for, by rule.
  public static func alerts(
    of events: [CaseEvent], under rulebook: Rulebook
  ) -> [(rule: EscalationRule, occasion: String, department: DepartmentID)] {
    events.compactMap { event in
      guard case .escalated(let step) = event,
        let rule = rulebook.escalation.first(where: { $0.id == step.rule }), !rule.on.isOfMany,
        let department = rule.then.alert
      else { return nil }
      return (rule, step.occasion, department)
    }
  }
}

extension EscalationRule.Trigger {
  /// Looks at many cases together; the others at one.
  public var isOfMany: Bool {
    switch self {
    case .cluster, .daily: true
    case .overdue, .returned, .followUp, .resolved, .age, .repeated, .raised: false
    }
  }
}

extension CaseDraft {
  mutating func list(_ listed: CaseEvent.Listed) {
    guard state.phase.isOpen, !state.alerts.contains(listed) else { return }
    add(.listed(listed))
  }

  /// All that can happen to an alert.
  mutating func performOnAlert(_ command: Command) throws(Refusal) {
    switch command {
    case .tick:
      guard state.phase.isOpen else { return }
      takeNewCalendar()
      remindIfDue()
    case .accept(let key): try accept(key)
    case .answer(let key, let reply): try answerAlert(try openItem(key), reply)
    case .takeBack(let key): _ = try openItem(key)
    case .mend(let key, let what):
      _ = try item(key)
      add(.mended(CaseEvent.Mended(item: key, what: what)))
    case .typed(let key, let text):
      add(.noted(CaseEvent.Noted(by: try item(key).department, text: text)))
    case .request(let request) where request.verb == .note:
      guard request.by == state.lead else { throw .notAssigned(request.by) }
      add(.noted(CaseEvent.Noted(by: request.by, text: request.reason)))
    case .returnItem: throw .returnNotAllowed
    case .request, .correct, .fire, .list, .cited, .brought, .saysMore: throw .isAlert
    }
  }

  private mutating func answerAlert(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    guard !(reply.summary ?? "").isEmpty else { throw .missing(fields: ["summary"]) }
    complete(item, reply, stage: .alert)
    add(.closed(CaseEvent.Closed(how: .answered)))
  }
}
