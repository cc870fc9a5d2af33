/// The life of a case: the one place that says what may happen to it and what follows (DESIGN.md section 7).
///
/// Pure: the case, a command and the time go in; events or a refusal with its reason come out. The shell records the
/// events, then performs `effects`, and calls with `.tick` when `nextTimer` has come.
public enum Lifecycle {
  /// - Parameter reminded: What departments were sent today, for rows with a daily limit.
  /// - Returns: The events to record, in order; none when the command asks for what is already so.
  public static func handle(
    _ command: Command, on state: CaseState, at: Instant, under rulebook: Rulebook,
    reminded: RemindersToday = RemindersToday()
  ) -> Result<[CaseEvent], Refusal> {
    var draft = CaseDraft(state, at: at, under: rulebook, reminded: reminded)
    do throws(Refusal) {
      try draft.perform(command)
      return .success(draft.events)
    } catch {
      return .failure(error)
    }
  }
}

extension CaseDraft {
  mutating func perform(_ command: Command) throws(Refusal) {
    if state.alert != nil { return try performOnAlert(command) }
    switch command {
    case .fire(let rule, let occasion): fire(rule, occasion: occasion)
    case .list(let listed): list(listed)
    case .tick: tick()
    case .cited(let id):
      guard state.phase.isOpen else { throw .caseNotOpen(state.phase) }
      notify(state.lead, .cited(by: id))
    case .brought(let files):
      guard state.phase.isOpen else { throw .caseNotOpen(state.phase) }
      notify(state.openAssignments.map(\.department), .filesCame(count: files))
    case .saysMore(let changes):
      guard state.phase.isOpen else { throw .caseNotOpen(state.phase) }
      notify(state.lead, .recordChanged(changes))
    case .mend(let key, let what):
      _ = try item(key)
      add(.mended(CaseEvent.Mended(item: key, what: what)))
    case .typed(let key, let text):
      add(.noted(CaseEvent.Noted(by: try item(key).department, text: text)))
    case .accept(let key): try accept(key)
    case .answer(let key, let reply): try answer(key, reply)
    case .returnItem(let key, let reply): try returnItem(key, reply)
    case .takeBack(let key): try takeBack(key)
    case .request(let request): try take(request)
    case .correct(let request, let input, let decision): try correct(request, input, decision)
    }
  }

  func item(_ key: ItemKey) throws(Refusal) -> Assignment {
    guard let item = state.assignment(key) else { throw .itemUnknown }
    return item
  }

  /// The item, if its department can still do something with it.
  func openItem(_ key: ItemKey) throws(Refusal) -> Assignment {
    let item = try item(key)
    guard state.phase.isOpen else { throw .caseNotOpen(state.phase) }
    guard item.status != .ended else { throw .itemEnded }
    return item
  }

  mutating func accept(_ key: ItemKey) throws(Refusal) {
    let item = try openItem(key)
    switch item.status {
    case .new: acceptIfNew(item, implied: false)
    case .accepted: break
    case .done: try takeBack(key)
    case .returned, .ended: throw .caseNotOpen(state.phase)
    }
  }

  /// An answer that waits for its approval can be taken back; the approver's item goes with it.
  private mutating func takeBack(_ key: ItemKey) throws(Refusal) {
    let item = try openItem(key)
    guard item.status == .done else { return }
    add(.takenBack(CaseEvent.ItemStep(item: key)))
    if key.role == .lead, let approval = state.approvalItem {
      end(approval, .withdrawn, tell: .itemEnded(approval.key, .withdrawn))
    }
  }

  private mutating func answer(_ key: ItemKey, _ reply: Reply) throws(Refusal) {
    let item = try openItem(key)
    switch item.status {
    case .new, .accepted: break
    case .done: throw .caseNotOpen(state.phase)
    case .returned, .ended: throw .itemEnded
    }
    switch key.role {
    case .lead: try resolve(item, reply)
    case .assist: try answerAssist(item, reply)
    case .approve: try decide(item, reply)
    case .adjudicate: try adjudicate(item, reply)
    case .followUp: try answerFollowUp(item, reply)
    case .alert: throw .itemUnknown
    }
  }

  private mutating func answerAssist(_ item: Assignment, _ reply: Reply) throws(Refusal) {
    let isEmpty = [reply.summary, reply.measure].allSatisfy { ($0 ?? "").isEmpty }
    guard !isEmpty || reply.result != nil else { throw .missing(fields: ["summary"]) }
    complete(item, reply, stage: item.key.stageOfAssist(in: state))
  }

  /// Records the answer to an item that needs no further decision and ends it.
  mutating func complete(_ item: Assignment, _ reply: Reply, stage: Stage) {
    acceptIfNew(item, implied: true)
    add(.answered(CaseEvent.Answered(item: item.key, reply: reply)))
    meet(stage, item: item.key)
    end(item, item.key.role == .approve ? .decided : .answered)
  }
}

extension ItemKey {
  /// A called-in department answers within `whistle`, any other helper within `assist`.
  fileprivate func stageOfAssist(in state: CaseState) -> Stage {
    state.running(.whistle, item: self) == nil ? .assist : .whistle
  }
}
