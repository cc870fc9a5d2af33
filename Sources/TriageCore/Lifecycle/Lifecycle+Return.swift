/// Returns (退回): the lead says why the case is not its own; whoever is above it decides and leads meanwhile. A helper
/// that was called in wrongly just leaves, and the lead is told.
extension CaseDraft {
  mutating func returnItem(_ key: ItemKey, _ reply: Reply) throws(Refusal) {
    let item = try openItem(key)
    if key.role == .assist { return try leave(item, reply) }
    guard key.role == .lead, rulebook.limit(of: .return, for: facts)?.limit != .never else {
      throw .returnNotAllowed
    }
    guard item.status == .new || item.status == .accepted else { throw .itemEnded }
    guard state.returns < Limits.returnsPerCase else { throw .returnsFinal }
    try checkReturnTime(of: item)
    let reason = try returnReason(of: reply)
    if state.isPaused { endPause(atLimit: false) }
    acceptIfNew(item, implied: true)
    meet(.return, item: key)
    cancelAll { $0.item == key }
    let text = reply.reason ?? reply.summary ?? ""
    let judge = above(item.department) ?? rulebook.fallback.lead
    add(
      .returned(
        CaseEvent.Returned(
          item: key, by: item.department, reason: reason, text: text, adjudication: state.nextKey(.adjudicate)
        ))
    )
    assign(
      .adjudicate, to: judge, cause: .returned(by: item.department, reason: reason, text: text),
      stages: [.adjudicate])
    if judge != state.lead { add(.leadChanged(CaseEvent.LeadChanged(from: state.lead, to: judge))) }
    endRequests(.decided)
    fireRules(.returned(times: state.returns))
  }

  private mutating func leave(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    _ = try returnReason(of: reply)
    acceptIfNew(item, implied: true)
    add(.answered(CaseEvent.Answered(item: item.key, reply: reply)))
    end(item, .returned)
    notify(state.lead, .itemEnded(item.key, .returned))
  }

  /// Where a row limits the time for a return, only an item that got such a deadline can be returned, and in time.
  private func checkReturnTime(of item: Assignment) throws(Refusal) {
    guard clock.limit(of: .return) != nil else { return }
    guard let window = state.deadlines.last(where: { $0.set.isOf(.return, item.key) }) else {
      throw .returnNotAllowed
    }
    let due = window.set.deadline.due
    guard at <= due else { throw .returnTooLate(due) }
  }

  private func returnReason(of reply: Reply) throws(Refusal) -> ReasonID {
    guard let reason = reply.returnReason else { throw .reasonMissing }
    guard rulebook.returnReasons.contains(where: { $0.id == reason }) else {
      throw .reasonUnknown(reason.rawValue, known: rulebook.returnReasons)
    }
    return reason
  }

  /// The adjudicator's answer names the lead. After the last return that a case may have it is final.
  mutating func adjudicate(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    guard reply.assignTo != nil else { throw .missing(fields: ["assign_to"]) }
    let department = try known(reply.assignTo)
    let reason = reply.reason ?? reply.summary ?? ""
    guard !reason.isEmpty else { throw .missing(fields: ["reason"]) }
    complete(item, reply, stage: .adjudicate)
    moveLead(to: department, cause: .adjudicated(by: item.department, reason: reason))
    if state.returns >= Limits.returnsPerCase { notify(department, .returnsFinal) }
  }
}
