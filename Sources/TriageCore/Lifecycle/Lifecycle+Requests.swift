/// Requests: who may ask for what, and what takes effect at once.
extension CaseDraft {
  mutating func take(_ request: Request) throws(Refusal) {
    try checkAsker(request)
    switch request.verb {
    case .note: add(.noted(CaseEvent.Noted(by: request.by, text: request.reason)))
    case .contact: contact(request)
    case .report: report(request)
    case .complete: try complete(request)
    case .resume: try resume(request)
    case .whistle: try whistle(request)
    case .extend, .pause, .lower, .withdraw: try ask(request)
    case .assign: try reassign(request)
    case .raise: try raise(request)
    case .merge: try merge(request)
    case .divert: try divert(request)
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

  /// Reports may come as often as there is something to say; the first meets the stage.
  private mutating func report(_ request: Request) {
    add(.reported(CaseEvent.Contacted(by: request.by, text: request.reason)))
    for running in state.runningDeadlines where running.set.stage == .report {
      meet(.report, item: running.set.item)
    }
  }

  /// Ticks off a stage that a day in the reply started. With the last of them a resolved case is over.
  private mutating func complete(_ request: Request) throws(Refusal) {
    let waiting = timers.anchored.map(\.set.stage)
    let stage = request.stage ?? (waiting.count == 1 ? waiting.first : nil)
    guard let stage, waiting.contains(stage) else { throw .stageNotRunning(waiting) }
    grantAtOnce(request)
    meet(stage)
    closeIfOver()
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
    let before = state.level
    setLevel(level, by: .department(request.by, reason: request.reason), why: .raised)
    fireRaised(from: before, wasWork: true)
  }

  private mutating func merge(_ request: Request) throws(Refusal) {
    guard let other = request.into, other != state.id else {
      throw .caseUnknown(request.into ?? CaseID(""))
    }
    grantAtOnce(request)
    add(.linked(CaseEvent.Linked(to: other, why: .merged)))
    close(.merged, items: .merged)
  }

  /// Another procedure takes the case over. Nobody is sent away with nothing: the citizen is told the route.
  private mutating func divert(_ request: Request) throws(Refusal) {
    guard let procedure = rulebook.procedures.first(where: { $0.id == request.procedure }) else {
      throw .procedureUnknown(request.procedure?.rawValue ?? "", known: rulebook.procedures)
    }
    guard !request.reason.trimmed.isEmpty else { throw .reasonMissing }
    grantAtOnce(request)
    add(
      .diverted(
        CaseEvent.Diverted(
          to: procedure.id, title: procedure.title, route: procedure.tell, by: request.by,
          told: request.reason)))
    close(.diverted, items: .diverted, tell: .diverted(title: procedure.title, route: procedure.tell))
  }
}

extension Request.Verb {
  enum Right { case involved, lead, above }

  /// Who may ask (DESIGN.md section 4).
  var right: Right {
    switch self {
    case .note, .complete: .involved
    case .contact, .report, .resume, .whistle, .extend, .pause, .lower, .withdraw: .lead
    case .assign, .correct, .raise, .merge, .divert: .above
    }
  }

  /// Makes sense only while somebody works on the case.
  var needsWork: Bool {
    switch self {
    case .contact, .report, .resume, .whistle, .extend, .pause, .lower, .assign, .raise: true
    case .note, .complete, .withdraw, .correct, .merge, .divert: false
    }
  }
}
