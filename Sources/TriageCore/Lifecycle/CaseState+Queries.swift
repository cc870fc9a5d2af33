/// What is often asked of a state.
extension CaseState {
  public var category: CategoryID { decision.category }

  /// Open or ended; nil when the case never had it.
  public func assignment(_ key: ItemKey) -> Assignment? { assignments.first { $0.key == key } }

  /// Assignments that have not ended.
  public var openAssignments: [Assignment] { assignments.filter { $0.status != .ended } }

  /// The lead's item; while a return is adjudicated it is the returned one.
  public var leadItem: Assignment? { assignments.last { $0.key.role == .lead && $0.status != .ended } }

  /// Assignments of a role that have not ended, oldest first.
  public func openItems(_ role: Role) -> [Assignment] {
    assignments.filter { $0.key.role == role && $0.status != .ended }
  }

  /// The deadline that now runs for the stage (and item).
  public func running(_ stage: Stage, item: ItemKey? = nil) -> Running? {
    deadlines.last { $0.ended == nil && $0.set.stage == stage && $0.set.item == item }
  }

  public var runningDeadlines: [Running] { deadlines.filter { $0.ended == nil } }

  /// What a department was told, by number.
  public func told(_ department: DepartmentID, number: Int) -> Told? {
    told.first { $0.noticed.department == department && $0.noticed.number == number }
  }

  /// The id that the item bears in its file.
  public func itemID(_ key: ItemKey) -> ItemID { ItemID(id, key.role, key.ordinal) }

  /// What rows may ask of the case now.
  public func facts(under rulebook: Rulebook) -> CaseFacts {
    var facts = rulebook.facts(of: input, decision: decision, takenAt: takenAt, history: history)
    facts.level = level
    return facts
  }

  /// Follow-up visits have been agreed on or are over: the work is done and nothing waits for approval.
  var isResolved: Bool { effectiveAt != nil }

  /// The open approval of the resolution.
  var approvalItem: Assignment? {
    assignments.last {
      guard $0.status != .ended, $0.key.role == .approve, case .resolution = $0.cause else { return false }
      return true
    }
  }

  func nextKey(_ role: Role) -> ItemKey {
    ItemKey(role, assignments.lazy.filter { $0.key.role == role }.count + 1)
  }

  /// For the calendar.
  var countedPauses: [Pause] {
    pauses.map { Pause($0.from..<max($0.from, $0.until), counting: $0.counting ?? .closes) }
  }
}

extension CaseEvent.Reminded {
  /// With the case the key of the reminder: `resolve//50%`, `accept/lead-1/0`.
  public var key: String { Self.key(stage, item, slot) }

  static func key(_ stage: Stage, _ item: ItemKey?, _ slot: String) -> String {
    "\(stage)/\(item.map { "\($0.role.rawValue)-\($0.ordinal)" } ?? "")/\(slot)"
  }
}

extension CaseEvent.Escalated {
  public var key: String { "\(rule)/\(occasion)" }
}

extension CaseEvent.Taken {
  /// Settled by who took it: nothing is assigned.
  public var isOnTheSpot: Bool {
    decision.onTheSpot && input.handled && !(input.result ?? "").isEmpty
  }
}
