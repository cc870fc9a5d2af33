/// Who leads. Every open case has exactly one lead department; while somebody works on it, exactly one lead item (or
/// the item of whoever adjudicates its return).
extension CaseDraft {
  enum FormerLead { case leaves, assists }

  /// Hands the work to another department (or, anew, to the same one).
  mutating func moveLead(
    to department: DepartmentID, cause: Assignment.Cause, former: FormerLead = .leaves
  ) {
    let old = state.leadItem
    let wasLead = state.lead
    let listeners = concerned
    endLeadership()
    if let helper = state.openItems(.assist).first(where: { $0.department == department }) {
      end(helper, .replaced)
    }
    if wasLead != department { add(.leadChanged(CaseEvent.LeadChanged(from: wasLead, to: department))) }
    openLeadItem(for: department, cause: cause)
    if former == .assists, let old, old.department != department {
      addAssist(old.department, cause: .assisting)
    }
    notify((old.map { [$0.department] } ?? []) + listeners, except: department, .leadIsNow(department))
  }

  /// Ends the lead's item and, during a return, that of whoever adjudicates.
  private mutating func endLeadership() {
    for item in state.openItems(.adjudicate) { end(item, .decided) }
    guard let old = state.leadItem else { return }
    end(old, old.status == .returned ? .returned : .replaced)
  }

  private mutating func openLeadItem(for department: DepartmentID, cause: Assignment.Cause) {
    var stages: [Stage] = [.accept]
    if state.contactedAt == nil { stages.append(.contact) }
    if state.reportedAt == nil { stages.append(.report) }
    if state.returns < Limits.returnsPerCase { stages.append(.return) }
    assign(.lead, to: department, cause: cause, stages: stages)
  }

  /// The same work again: a new item, stages `accept` and `redo`.
  ///
  /// A department that had the case before cannot return what it resolved; a new one may.
  mutating func reopen(_ why: String, lead: DepartmentID? = nil, cause: Assignment.Cause? = nil) {
    let department = lead ?? state.lead
    let isNew = department != state.lead
    endAll([.followUp], .replaced)
    if let item = state.leadItem { end(item, .decided) }
    cancelAll { $0.item == nil && $0.stage != .resolve }
    add(.reopened(CaseEvent.Reopened(why: why)))
    if isNew { add(.leadChanged(CaseEvent.LeadChanged(from: state.lead, to: department))) }
    assign(
      .lead, to: department, cause: cause ?? .reopened(why: why),
      stages: isNew && state.returns < Limits.returnsPerCase ? [.accept, .return] : [.accept])
    open(.redo)
    notify(state.watch, except: department, .reopened(why: why))
  }

  /// The department so many steps above, as far as there is one; nil when nobody is above.
  func above(_ department: DepartmentID, steps: Int = 1) -> DepartmentID? {
    let chain = chain(above: department)
    return chain.isEmpty ? nil : chain[min(steps, chain.count) - 1]
  }

  /// Everybody above, the nearest first.
  func chain(above department: DepartmentID) -> [DepartmentID] {
    var chain: [DepartmentID] = []
    var next = rulebook.departments[department]?.escalatesTo
    while let current = next, current != department, !chain.contains(current) {
      chain.append(current)
      next = rulebook.departments[current]?.escalatesTo
    }
    return chain
  }

  func known(_ department: DepartmentID?) throws(Refusal) -> DepartmentID {
    guard let department, rulebook.departments[department] != nil else {
      throw .departmentUnknown(department?.rawValue ?? "")
    }
    return department
  }
}
