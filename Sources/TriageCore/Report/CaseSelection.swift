/// Which cases a list, an indicator or a subsidy means: what rows may ask of a case, and how it stands.
public struct CaseSelection: Sendable, Equatable {
  /// Whether no case can ever stand so: what has ended is neither overdue nor waiting to be accepted.
  /// - Parameter isOpen: whether the cases among which is chosen are open; nil where they may be either.
  public func isImpossible(among isOpen: Bool? = nil) -> Bool {
    let asksForEnded = standings.contains(.open(false)) || isOpen == false
    let asksForOpen =
      isOpen == true
      || standings.contains { standing in
        switch standing {
        case .open(true), .overdue(_, true), .unaccepted(true): true
        default: false
        }
      }
    return asksForEnded && asksForOpen
  }

  /// What has become of a case.
  public enum Standing: Sendable, Equatable {
    case open(Bool)
    /// A running deadline has passed: of one of these stages, of any when there are none.
    case overdue([Stage], Bool)
    /// The lead has not accepted it.
    case unaccepted(Bool)
    case phase([CaseState.Phase])
    /// The kind of area that the responsible unit is for: 就地化解 is `community`.
    case tier([String])
    case lead([DepartmentID])
    /// Taken at least so long ago.
    case age(TimeLimit)
    /// The last resolution had one of these results; any when there are none.
    case resolved([Reply.Result], Bool)
    /// Returned at least so often.
    case returned(Int)
    case reopened(Bool)
    case escalated(Bool)
    /// A visit reached somebody.
    case visited(Bool)
    case satisfied([Reply.Satisfied])
    case performed([Reply.Performed])
    case agreement([Reply.Agreement])
    /// The stages were done in time.
    case met([Stage])
    /// One of the stages was done late or is late.
    case late([Stage])
  }

  /// Of level, category, area, tags, fields, …
  public var condition: Condition
  /// All of them must hold.
  public var standings: [Standing]

  public init(condition: Condition = .always, standings: [Standing] = []) {
    self.condition = condition
    self.standings = standings
  }

  /// Whether the account's case is meant.
  public func holds(for account: CaseAccount, under rulebook: Rulebook) -> Bool {
    guard standings.allSatisfy({ $0.holds(for: account, under: rulebook) }) else { return false }
    return condition == .always || condition.holds(for: account.state.facts(under: rulebook), in: rulebook)
  }
}

extension CaseSelection.Standing {
  func holds(for account: CaseAccount, under rulebook: Rulebook) -> Bool {
    let state = account.state
    switch self {
    case .open(let wanted): return account.isOpen == wanted
    case .overdue(let stages, let wanted): return isOverdue(account, stages) == wanted
    case .unaccepted(let wanted): return (state.phase == .assigned) == wanted
    case .phase(let wanted): return wanted.contains(state.phase)
    case .tier(let kinds): return rulebook.tier(of: account.unit).map(kinds.contains) ?? false
    case .lead(let departments): return departments.contains(account.unit)
    case .age(let limit):
      return state.takenAt <= rulebook.calendar.windowStart(of: limit, before: account.at)
    case .returned(let times): return account.returns.count >= times
    case .reopened(let wanted): return (state.reopenings > 0) == wanted
    case .escalated(let wanted): return !state.escalated.isEmpty == wanted
    case .met(let stages): return stages.allSatisfy(account.isMet)
    case .late(let stages):
      return stages.contains { stage in account.counted(stage).contains(where: account.isLate) }
    case .resolved, .visited, .satisfied, .performed, .agreement: return hasOutcome(account)
    }
  }

  private func isOverdue(_ account: CaseAccount, _ stages: [Stage]) -> Bool {
    if stages.isEmpty { return account.overdue != nil }
    return stages.contains { stage in
      account.state.runningDeadlines.contains {
        $0.set.stage == stage && $0.set.deadline.due < account.at && !account.state.isPaused
      }
    }
  }

  /// What work and visits came to.
  private func hasOutcome(_ account: CaseAccount) -> Bool {
    switch self {
    case .resolved(let results, let wanted):
      guard let last = account.resolutions.last else { return !wanted }
      return (results.isEmpty || last.result.map(results.contains) == true) == wanted
    case .visited(let wanted): return !account.visits.isEmpty == wanted
    case .satisfied(let wanted): return account.satisfied.map(wanted.contains) ?? false
    case .performed(let wanted): return account.performed.map(wanted.contains) ?? false
    case .agreement(let wanted): return wanted.contains(account.lastForm?.agreement ?? .none)
    default: return false
    }
  }
}

extension Rulebook {
  /// The kind of area that a department is for; nil for one that is for none.
  public func tier(of department: DepartmentID) -> String? {
    departments[department]?.area.flatMap { areas.areas[$0]?.kind }
  }
}
