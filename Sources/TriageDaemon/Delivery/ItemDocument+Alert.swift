import TriageCore

/// Renders the item of an alert: why it was raised, the list of its cases, a short form.
extension ItemDocument {
  /// - Parameter cases: those of its list, as the ledger knows them now; an anonymised case has no title any more.
  func render(
    alert: CaseEvent.AlertRaised, _ state: CaseState, _ assignment: Assignment, cases: [CaseIndex]
  ) -> (name: String, bytes: [UInt8]) {
    let item = state.itemID(assignment.key)
    var writer = TextWriter(capacity: 1024 + cases.count * 240)
    writer.raw(guides[.alert] ?? [])
    writer.line("item: \(item)")
    writer.raw("role: alert")
    writer.remark(Message.title(of: Role.alert)[language])
    writer.pair("department", titles[assignment.department], id: assignment.department.rawValue)
    writer.pair("title", alert.title)
    due(state, assignment, &writer)
    writer.raw("why:")
    writer.remark(Message.itemWhy[language])
    bullet(Message.causeAlert(by: alert.rule)[language], &writer)
    writer.raw("cases:")
    writer.remark(Message.alertCases[language])
    for index in cases.sorted(by: { $0.id < $1.id }) { write(index, &writer) }
    form.renderAlert(&writer)
    return ("\(item).yaml", writer.bytes)
  }

  /// Title, lead, level, state and what is due next; nothing of the citizen.
  private func write(_ index: CaseIndex, _ writer: inout TextWriter) {
    writer.line("  - case: \(index.id)")
    writer.raw("    ")
    writer.pair("title", index.publicTitle)
    writer.raw("    ")
    writer.pair("lead", titles[index.lead], id: index.lead.rawValue)
    writer.raw("    ")
    writer.pair("level", titles[index.level], id: index.level.rawValue)
    writer.raw("    ")
    writer.pair("state", Message.title(of: index.phase)[language])
    guard let next = index.nextDeadline else { return }
    writer.raw("    due: ")
    writer.raw(next.due.clockText(in: rulebook.calendar.zone))
    writer.remark(rulebook.title(of: next.stage)[language])
  }
}
