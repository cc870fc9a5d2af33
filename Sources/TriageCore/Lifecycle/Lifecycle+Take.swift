/// The first event of a case.
extension Lifecycle {
  /// What the taking of a decided case assigns and from when its clocks run.
  /// - Parameter original: SHA-256 of the original's bytes, hex.
  /// - Parameter row: The row of a table that the case came in, from 1.
  public static func take(
    _ input: CaseInput, decision: Decision, history: CaseHistory, at: Instant, original: String, row: Int?,
    under rulebook: Rulebook
  ) -> CaseEvent.Taken {
    var taken = CaseEvent.Taken(
      input: input, decision: decision, history: history, assignments: [], deadlines: [], original: original,
      row: row)
    if taken.isOnTheSpot { return taken }
    let facts = rulebook.facts(of: input, decision: decision, takenAt: at, history: history)
    let clock = StageClock(rulebook: rulebook, facts: facts, pauses: [])
    let start = citizensStart(of: input, at: at, under: rulebook)
    taken.deadlines.append(contentsOf: clock.set(.resolve, from: start).map { [$0] } ?? [])
    taken.open(
      Assignment(
        key: ItemKey(.lead, 1), department: decision.lead, openedAt: at, cause: .routed(decision.route)),
      stages: [.accept, .contact, .report, .return], clock)
    for (index, department) in decision.assist.enumerated() {
      taken.open(
        Assignment(key: ItemKey(.assist, index + 1), department: department, openedAt: at, cause: .assisting),
        stages: [.assist], clock)
    }
    return taken
  }

  /// The citizen's clock starts with the taking, or with the filing where the channel says so.
  private static func citizensStart(of input: CaseInput, at: Instant, under rulebook: Rulebook) -> Instant {
    rulebook.channels[input.channel]?.clock == .receivedAt ? rulebook.receivedAt(of: input, takenAt: at) : at
  }
}

extension CaseEvent.Taken {
  fileprivate mutating func open(_ item: Assignment, stages: [Stage], _ clock: StageClock) {
    assignments.append(item)
    for stage in stages {
      if let set = clock.set(stage, item: item.key, of: item.department, from: item.openedAt) {
        deadlines.append(set)
      }
    }
  }
}
