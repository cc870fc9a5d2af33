/// Makes the deadlines of one case: which row gives the limit, which calendar counts, from which instant.
///
/// A stage of an item runs in the calendar of the item's department. A stage without an item is the citizen's and
/// runs in the rulebook's calendar, so that moving a case never changes it.
struct StageClock {
  let rulebook: Rulebook
  let facts: CaseFacts
  let pauses: [Pause]

  /// The setting of a stage; nil when no row gives it a limit.
  func set(
    _ stage: Stage, item: ItemKey? = nil, of department: DepartmentID? = nil, from start: Instant,
    why: CaseEvent.DeadlineSet.Why = .opened
  ) -> CaseEvent.DeadlineSet? {
    guard let (row, limit) = limit(of: stage) else { return nil }
    return CaseEvent.DeadlineSet(
      stage: stage, item: item, department: department,
      deadline: calendar(item: item, department).deadline(from: start, limit: limit, pauses: pauses),
      row: row, why: why)
  }

  /// The limit of a stage. A second handling has that of the first, and a called-in department that of an assist,
  /// where the rulebook does not name theirs: every open stage has a deadline.
  func limit(of stage: Stage) -> (row: RuleID, limit: TimeLimit)? {
    if let (row, limit) = rulebook.limit(of: stage, for: facts), case .within(let time) = limit {
      return (row, time)
    }
    switch stage {
    case .redo: return limit(of: .resolve)
    case .whistle: return limit(of: .assist)
    default: return nil
    }
  }

  /// Counts a deadline anew with the pauses and extensions of today.
  func count(_ set: CaseEvent.DeadlineSet) -> Deadline {
    let calendar = calendar(item: set.item, set.department)
    var result = calendar.deadline(from: set.deadline.start, limit: set.deadline.limit, pauses: pauses)
    var last = result
    for more in set.extensions ?? [] {
      let next = calendar.deadline(more, continuing: last, pauses: pauses)
      result.due = next.due
      result.provisional = result.provisional || next.provisional
      result.arithmetic += next.arithmetic
      let rest = next.limit.dayUnit == last.limit.dayUnit ? last.pauses : nil
      last = next
      last.pauses = next.pauses ?? rest
      if let sum = next.pauses { result.add(sum, of: more) }
    }
    return result
  }

  func calendar(item: ItemKey?, _ department: DepartmentID?) -> WorkCalendar {
    item == nil ? rulebook.calendar : rulebook.calendar(of: department)
  }

  func calendar(of set: CaseEvent.DeadlineSet) -> WorkCalendar { calendar(item: set.item, set.department) }
}

extension Stage {
  /// Stages whose clock a pause of the case does not stop: decisions of others, and what follows the resolution.
  var runsInPause: Bool { self == .approve || self == .adjudicate || self == .followUp }
}
