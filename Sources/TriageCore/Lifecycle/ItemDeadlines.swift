/// Which deadlines an item has to keep: the one place from which item, worklist, alert and lists take their dates.
public enum ItemDeadlines {
  /// What a running deadline is to an item, what weighs most first.
  public enum Bearing: Sendable, Equatable {
    /// The step that the item's department has to take.
    case own
    /// Until then something may be done (a return); nothing is late when it passes.
    case right
    /// A date of the case as a whole, which its helpers should know.
    case ofCase
    /// Somebody else's.
    case none
  }

  /// - Parameters:
  ///   - owner: the item that the deadline was set for; nil for the citizen's stages.
  ///   - key: the item that is asked for.
  public static func bearing(_ stage: Stage, of owner: ItemKey?, on key: ItemKey) -> Bearing {
    if let owner, owner != key { return .none }
    if !stage.isDuty { return owner == nil ? .none : .right }
    if owner != nil { return .own }
    switch key.role {
    case .lead: return stage == .followUp ? .none : .own
    case .followUp: return stage == .followUp ? .own : .ofCase
    case .assist, .approve, .adjudicate: return stage == .followUp ? .none : .ofCase
    case .alert: return .none
    }
  }
}

extension Stage {
  /// Something is to be done by then. The time for a return is a right: it lapses.
  public var isDuty: Bool { self != .return }
}

extension CaseState {
  /// Running deadlines that an item shows, the earliest first.
  public func deadlines(on key: ItemKey) -> [Running] {
    runningDeadlines.filter { ItemDeadlines.bearing($0.set.stage, of: $0.set.item, on: key) != .none }
      .sorted { ($0.set.deadline.due, $0.set.stage) < ($1.set.deadline.due, $1.set.stage) }
  }

  /// What is to be done next on the case, by whomever.
  public var nextDeadline: Running? {
    runningDeadlines.filter(\.set.stage.isDuty).min {
      ($0.set.deadline.due, $0.set.stage) < ($1.set.deadline.due, $1.set.stage)
    }
  }
}

extension CaseIndex {
  /// What the department that holds the item has to do next; where nothing is asked of it by a day of its own, the
  /// date of the case.
  public func nextDeadline(of item: ItemID) -> DeadlineRow? {
    func first(_ wanted: ItemDeadlines.Bearing) -> DeadlineRow? {
      Self.first(
        deadlines.filter {
          $0.ended == nil && ItemDeadlines.bearing($0.stage, of: $0.item?.key, on: item.key) == wanted
        })
    }
    return first(.own) ?? first(.ofCase)
  }

  /// What is to be done next on the case, by whomever.
  public var nextDeadline: DeadlineRow? {
    Self.first(deadlines.filter { $0.ended == nil && $0.stage.isDuty })
  }

  private static func first(_ rows: [DeadlineRow]) -> DeadlineRow? {
    rows.min { ($0.due, $0.stage) < ($1.due, $1.stage) }
  }
}
