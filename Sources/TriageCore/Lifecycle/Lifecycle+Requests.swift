/// Requests: who may ask for what, and what takes effect at once.
extension CaseDraft {
  mutating func take(_ request: Request) throws(Refusal) {
    try checkAsker(request)
    switch request.verb {
    case .note: add(.noted(CaseEvent.Noted(by: request.by, text: request.reason)))
    case .contact: contact(request)
    case .resume: try resume(request)
    case .whistle: try whistle(request)
    case .extend, .pause, .lower, .withdraw: try ask(request)
    case .assign: try reassign(request)
    case .raise: try raise(request)
    case .merge: try merge(request)
    case .correct: throw .nothingToCorrect
    }
  }

  func checkAsker(_ request: Request) throws(Refusal) {
    guard state.phase.isOpen, state.phase.isWork || !request.verb.needsWork else {
      throw .caseNotOpen(state.phase)
    }
    let isInvolved =
      request.by == state.lead || state.openAssignments.contains { $0.department == request.by }
    switch request.verb.right {
    case .involved:
      guard isInvolved || isEntitled(request.by) else { throw .notAssigned(request.by) }
    case .lead:
      guard isInvolved else { throw .notAssigned(request.by) }
      guard request.by == state.lead else { throw .onlyLead(request.verb) }
    case .above:
      guard isInvolved || isEntitled(request.by) else { throw .notAssigned(request.by) }
      guard isEntitled(request.by) else { throw .notEntitled(request.verb) }
    }
  }

  /// The fallback department, the lead's `escalates_to` chain, and an adjudicator.
  private func isEntitled(_ department: DepartmentID) -> Bool {
    department == rulebook.fallback.lead || chain(above: state.lead).contains(department)
      || state.openItems(.adjudicate).contains { $0.department == department }
  }

  /// Puts a request that needed nobody's approval on record.
  private mutating func grantAtOnce(_ request: Request) {
    add(.decided(CaseEvent.Decided(request: request, granted: true, by: request.by, reason: "")))
  }

  private mutating func contact(_ request: Request) {
    add(.contacted(CaseEvent.Contacted(by: request.by, text: request.reason)))
    for running in state.runningDeadlines where running.set.stage == .contact {
      meet(.contact, item: running.set.item)
    }
  }

  private mutating func resume(_ request: Request) throws(Refusal) {
    guard state.isPaused else { throw .notPaused }
    grantAtOnce(request)
    endPause(atLimit: false)
  }

  private mutating func whistle(_ request: Request) throws(Refusal) {
    let department = try known(request.department)
    guard department != state.lead else { throw .assignToItself }
    guard !state.openItems(.assist).contains(where: { $0.department == department }) else {
      throw .alreadyAsked(.whistle)
    }
    grantAtOnce(request)
    addAssist(department, cause: .whistled(by: request.by, reason: request.reason), stage: .whistle)
  }

  private mutating func reassign(_ request: Request) throws(Refusal) {
    let department = try known(request.department)
    guard department != state.lead || state.phase == .returned else { throw .assignToItself }
    grantAtOnce(request)
    moveLead(to: department, cause: .reassigned(by: request.by, reason: request.reason))
  }

  private mutating func raise(_ request: Request) throws(Refusal) {
    let level = try level(request.level, steps: 1)
    guard isHigher(level, than: state.level) else { throw .levelNotHigher }
    grantAtOnce(request)
    setLevel(level, by: request.by.rawValue, reason: request.reason, why: .raised)
  }

  private mutating func merge(_ request: Request) throws(Refusal) {
    guard let other = request.into, other != state.id else {
      throw .caseUnknown(request.into ?? CaseID(""))
    }
    grantAtOnce(request)
    add(.linked(CaseEvent.Linked(to: other, why: .merged)))
    close(.merged, items: .merged)
  }
}

extension Request.Verb {
  enum Right { case involved, lead, above }

  /// Who may ask (DESIGN.md section 4).
  var right: Right {
    switch self {
    case .note: .involved
    case .contact, .resume, .whistle, .extend, .pause, .lower, .withdraw: .lead
    case .assign, .correct, .raise, .merge: .above
    }
  }

  /// Makes sense only while somebody works on the case.
  var needsWork: Bool {
    switch self {
    case .contact, .resume, .whistle, .extend, .pause, .lower, .assign, .raise: true
    case .note, .withdraw, .correct, .merge: false
    }
  }
}
