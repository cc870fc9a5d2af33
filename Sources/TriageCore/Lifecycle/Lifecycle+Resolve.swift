/// Resolution (办结): what must be filled in, who must approve, and what ends with it.
extension CaseDraft {
  mutating func resolve(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    let requirement = rulebook.requirements(before: .resolve, for: facts)
    try check(reply, against: requirement)
    try checkAssists()
    if state.isPaused { endPause(atLimit: false) }
    acceptIfNew(item, implied: true)
    let approver = approver(of: requirement.lazy.compactMap(\.approveBy).first, for: item.department)
    let approval = approver.map { _ in state.nextKey(.approve) }
    add(.resolved(CaseEvent.Answered(item: item.key, reply: reply, approval: approval)))
    meet(.contact, item: item.key)
    meet(.report, item: item.key)
    if let approver {
      assign(.approve, to: approver, cause: .resolution(reply), stages: [.approve])
    } else {
      finish(item)
    }
  }

  private func check(_ reply: Reply, against rows: [RequireRow]) throws(Refusal) {
    var missing: [String] = []
    for field in ["result"] + rows.flatMap(\.fields)
    where !reply.isFilled(field) && !missing.contains(field) { missing.append(field) }
    guard missing.isEmpty else { throw .missing(fields: missing) }
  }

  private func checkAssists() throws(Refusal) {
    let open = state.openItems(.assist).map(\.department)
    guard open.isEmpty || !rulebook.waitsForAssist(for: facts) else { throw .assistsOpen(open) }
  }

  /// Nobody approves its own resolution: then whoever is above does, and where nobody is, none is needed.
  private func approver(of named: DepartmentID?, for department: DepartmentID) -> DepartmentID? {
    named == department ? above(department) : named
  }

  /// The resolution counts from now: what ran for it ends as of its handing in, the rest of the work is called off.
  mutating func finish(_ item: Assignment) {
    for stage in [Stage.resolve, .redo] { meet(stage, doneAt: state.resolvedAt) }
    end(item, .resolved)
    endAll([.assist], .resolved)
    endRequests(.resolved)
    openAnchored()
    if let result = state.results.last {
      fireRules(.resolved(result, times: state.results.lazy.filter { $0 == result }.count))
    }
    guard state.isResolved else { return }
    scheduleVisit()
    closeIfOver()
  }

  /// Requests that nobody will decide any more.
  mutating func endRequests(_ why: CaseEvent.Ended.Why) {
    for item in state.openItems(.approve) where state.pending[item.key] != nil {
      end(item, why, tell: .itemEnded(item.key, why))
    }
  }

  /// Stages that start on a day named in the reply, as the judicial confirmation of an agreement does.
  private mutating func openAnchored() {
    guard let reply = state.resolution else { return }
    for (row, anchored) in rulebook.anchored(for: facts) {
      guard let date = reply.date(anchored.replyField) else { continue }
      let start = rulebook.calendar.zone.instant(date, second: 0)
      let deadline = rulebook.calendar.deadline(from: start, limit: anchored.within)
      guard deadline.due > at else { continue }
      add(
        .deadlineSet(
          CaseEvent.DeadlineSet(
            stage: anchored.stage, department: state.resolvedBy, deadline: deadline, row: row)))
    }
  }
}

extension Reply {
  /// Whether the form says anything under this name.
  func isFilled(_ field: String) -> Bool {
    switch field {
    case "result": result != nil
    case "summary": !(summary ?? "").isEmpty
    case "measure": !(measure ?? "").isEmpty
    case "agreement": agreement != nil
    case "agreement_date": agreementDate != nil
    case "instalments": !instalments.isEmpty
    case "performed": performed != nil
    case "satisfied": satisfied != nil
    case "residual_risk": residualRisk != nil
    case "reason": !(reason ?? "").isEmpty
    default: !(extra[field] ?? "").isEmpty
    }
  }

  /// A date by its name in rows: `reply.agreement_date`, or a declared field.
  func date(_ name: String) -> CivilDate? {
    let field = name.hasPrefix("reply.") ? String(name.dropFirst(6)) : name
    return field == "agreement_date" ? agreementDate : extra[field].flatMap { CivilDate($0) }
  }
}
