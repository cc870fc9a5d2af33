/// Requests that need a reason and somebody's approval, and the decisions on them and on resolutions.
extension CaseDraft {
  /// Sends the request to whoever is above the asker; never to the asker itself.
  mutating func ask(_ request: Request) throws(Refusal) {
    guard !request.reason.trimmed.isEmpty else { throw .reasonMissing }
    guard !state.pending.values.contains(where: { $0.verb == request.verb }) else {
      throw .alreadyAsked(request.verb)
    }
    let request = try completed(request)
    let fallback = rulebook.fallback.lead
    guard let approver = above(request.by) ?? (fallback == request.by ? nil : fallback) else {
      throw .notEntitled(request.verb)
    }
    let key = assign(.approve, to: approver, cause: .asked(request), stages: [.approve])
    add(.requested(CaseEvent.Requested(request: request, approval: key)))
  }

  /// The request with everything that it leaves to the rulebook.
  private func completed(_ request: Request) throws(Refusal) -> Request {
    var request = request
    switch request.verb {
    case .extend: request.extendBy = try extent(of: request)
    case .pause: request.pauseReason = try pauseReason(of: request)
    case .lower:
      let level = try level(request.level, steps: -1)
      guard isHigher(state.level, than: level) else { throw .levelNotLower }
      request.level = level
    default: break
    }
    return request
  }

  private func extent(of request: Request) throws(Refusal) -> TimeLimit {
    let rule = rulebook.extensionRule(for: facts)
    guard let rule, state.extensions < rule.times else { throw .extensionsUsed(state.extensions) }
    guard let wanted = request.extendBy else { return rule.by }
    let calendar = rulebook.calendar
    let most = calendar.deadline(from: at, limit: rule.by).due
    guard wanted.count > 0, calendar.deadline(from: at, limit: wanted).due <= most else {
      throw .extensionTooLong(rule.by)
    }
    return wanted
  }

  private func pauseReason(of request: Request) throws(Refusal) -> ReasonID {
    guard !state.isPaused else { throw .alreadyPaused }
    guard let rule = rulebook.pauseRule(for: facts) else { throw .pauseNotAllowed }
    guard let reason = request.pauseReason, rule.reasons.contains(reason) else {
      throw .reasonUnknown(
        request.pauseReason?.rawValue ?? "", known: rule.reasons.map { Reason(id: $0, title: $0.rawValue) })
    }
    return reason
  }

  /// The answer to an `approve` item: on a request, or on the resolution.
  mutating func decide(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    guard let verdict = reply.decision else { throw .missing(fields: ["decision"]) }
    let reason = reply.reason ?? reply.summary ?? ""
    guard verdict == .grant || !reason.isEmpty else { throw .reasonMissing }
    let request = state.pending[item.key]
    complete(item, reply, stage: .approve)
    if let request {
      let granted = verdict == .grant
      add(
        .decided(
          CaseEvent.Decided(request: request, granted: granted, by: item.department, reason: reason)))
      if granted { grant(request) } else { notify(request.by, .requestRefused(request.verb, reason: reason)) }
    } else if let lead = state.leadItem {
      if verdict == .grant { finish(lead) } else { refuseResolution(lead, reason) }
    }
  }

  /// The lead's work begins again; the citizen's clock was never stopped.
  private mutating func refuseResolution(_ lead: Assignment, _ reason: String) {
    reopen(reason)
    notify(lead.department, .resolutionRefused(reason: reason))
  }

  /// A grant counts from the request's time.
  private mutating func grant(_ request: Request) {
    switch request.verb {
    case .extend: extend(request)
    case .pause: pause(request)
    case .lower:
      guard let level = request.level, isHigher(state.level, than: level) else { return }
      setLevel(level, by: .department(request.by, reason: request.reason), why: .lowered)
    case .withdraw: close(.withdrawn, items: .withdrawn)
    default: break
    }
  }

  /// Adds to the present end, wherever that lies: a request made in time is not lost because it was decided late.
  private mutating func extend(_ request: Request) {
    guard let running = state.running(.redo) ?? state.running(.resolve), let more = request.extendBy else {
      return
    }
    var set = running.set
    set.extensions = (set.extensions ?? []) + [more]
    set.deadline = clock.count(set)
    set.why = .extended
    replace(running, with: set, quietly: true)
    notify(request.by, .requestGranted(.extend))
    notify(
      state.lead,
      .deadlineMoved(
        set.stage, from: running.set.deadline.due, to: set.deadline.due, provisional: set.deadline.provisional
      ))
  }

  private mutating func pause(_ request: Request) {
    guard let reason = request.pauseReason, let rule = rulebook.pauseRule(for: facts), !state.isPaused else {
      return
    }
    let until = rulebook.calendar.deadline(from: request.at, limit: rule.max).due
    add(.paused(CaseEvent.Paused(reason: reason, from: request.at, until: until)))
    recount(why: .paused, quietly: true) { !$0.set.stage.runsInPause }
    notify(state.lead, .paused(until: until))
  }

  /// A pause ends on request, at its limit, and when the case is resolved or returned meanwhile.
  mutating func endPause(atLimit: Bool) {
    let end = atLimit ? state.pauses.last.map { min($0.until, at) } ?? at : at
    add(.resumed(CaseEvent.Resumed(at: end, atLimit: atLimit)))
    recount(why: .resumed) { !$0.set.stage.runsInPause }
    if atLimit { notify(state.lead, .resumed) }
  }
}
