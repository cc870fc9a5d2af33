/// What events ask of the world outside, and what the ledger keeps in columns.
extension Lifecycle {
  /// The effects of events that were just handled, in order.
  /// - Parameter state: The case after these events.
  public static func effects(of events: [CaseEvent], on state: CaseState) -> [PlannedEffect] {
    var effects: [PlannedEffect] = []
    for event in events { append(event, of: state, to: &effects) }
    return effects
  }

  private static func append(_ event: CaseEvent, of state: CaseState, to effects: inout [PlannedEffect]) {
    switch event {
    case .taken(let taken):
      if taken.isOnTheSpot { break }
      for item in taken.assignments {
        effects.append(PlannedEffect(.deliver(state.itemID(item.key), item.department)))
      }
      for department in taken.decision.watch {
        effects.append(PlannedEffect(.notice(state.id, department, number: 1)))
      }
    case .alertRaised(let alert):
      effects.append(PlannedEffect(.deliver(state.itemID(alert.assignment.key), alert.department)))
    case .assigned(let item):
      effects.append(PlannedEffect(.deliver(state.itemID(item.key), item.department)))
    case .ended(let ended):
      guard let item = state.assignment(ended.item) else { return }
      effects.append(PlannedEffect(.retire(state.itemID(item.key), item.department)))
    case .noticed(let notice):
      effects.append(PlannedEffect(.notice(state.id, notice.department, number: notice.number)))
      guard case .filesCame = notice.notice,
        let item = state.openAssignments.first(where: { $0.department == notice.department })
      else { return }
      effects.append(PlannedEffect(.deliver(state.itemID(item.key), item.department)))
    case .reminded(let reminder) where reminder.how != .skipped:
      let effect = Effect.remind(
        state.id, reminder.department, slot: reminder.key, digest: reminder.digest)
      effects.append(PlannedEffect(effect, notBefore: reminder.notBefore))
    default: break
    }
  }

  /// The way in which `nextTimer` counts; raised with every change of it, so that the timers of open cases are counted
  /// anew at the first start after it.
  public static let timerRules = 1

  /// When `.tick` next has something to do; nil: never by itself. After a tick it lies later than the tick.
  public static func nextTimer(of state: CaseState, under rulebook: Rulebook) -> Instant? {
    guard state.phase.isOpen else { return nil }
    return CaseTimers(state: state, rulebook: rulebook, facts: state.facts(under: rulebook)).next
  }
}

extension CaseState {
  /// What the ledger keeps in columns; the timer is that of the rules given.
  public func index(under rulebook: Rulebook) -> CaseIndex {
    index(nextTimer: Lifecycle.nextTimer(of: self, under: rulebook))
  }

  /// As `index(under:)`, for a timer that is known or that nobody asks for: all the rest follows from events alone.
  public func index(nextTimer: Instant?) -> CaseIndex {
    CaseIndex(
      id: id, phase: phase, channel: input.channel, sourceID: input.sourceID, title: input.title,
      category: category, level: level, lead: lead, area: decision.area, takenAt: takenAt,
      resolvedAt: resolvedAt, closedAt: closedAt,
      nextTimer: nextTimer, version: version,
      isAlert: alert != nil,
      items: assignments.map {
        CaseIndex.ItemRow(
          item: itemID($0.key), department: $0.department, status: $0.status, openedAt: $0.openedAt)
      },
      deadlines: deadlines.filter { !$0.isReplaced }.map { running in
        let set = running.set
        return CaseIndex.DeadlineRow(
          stage: set.stage, item: set.item.map(itemID), department: set.department, start: set.deadline.start,
          due: set.deadline.due, provisional: set.deadline.provisional, ended: running.ended)
      })
  }
}
