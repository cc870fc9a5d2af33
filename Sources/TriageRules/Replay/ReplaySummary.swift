public import TriageCore

/// What other rules would have changed for all the cases of a ledger. Its size does not grow with the cases.
public struct ReplaySummary: Sendable {
  /// From one name to another.
  public struct Move<Kind>: Hashable, Sendable, Comparable {
    public let from: Identifier<Kind>
    public let to: Identifier<Kind>

    public static func < (a: Self, b: Self) -> Bool { (a.from, a.to) < (b.from, b.to) }
  }
  public struct Shifts: Sendable, Equatable {
    public var earlier = 0
    public var later = 0
    /// There was none before.
    public var added = 0
    public var removed = 0
  }
  /// Counts of one escalation rule.
  public struct Steps: Sendable, Equatable {
    public var before = 0
    public var after = 0
    /// Cases in which it comes more, or less often.
    public var gained = 0
    public var lost = 0
  }
  /// What a department is reminded of: cases on days, and how many on its worst day.
  public struct Load: Sendable, Equatable {
    public var before = 0
    public var after = 0
    var daysBefore: [CivilDate: Int] = [:]
    var daysAfter: [CivilDate: Int] = [:]

    /// Other cases or other days.
    public var isChanged: Bool { daysBefore != daysAfter }

    public var worstBefore: (day: CivilDate, cases: Int)? { Self.worst(daysBefore) }
    public var worstAfter: (day: CivilDate, cases: Int)? { Self.worst(daysAfter) }

    /// The earliest of equal ones.
    private static func worst(_ days: [CivilDate: Int]) -> (day: CivilDate, cases: Int)? {
      days.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
    }
  }

  public private(set) var cases = 0
  /// Erased ones, of which nothing is left to replay.
  public var erased = 0
  public private(set) var first: Instant?
  public private(set) var last: Instant?
  public private(set) var departments: [Move<DepartmentKind>: Int] = [:]
  public private(set) var raised: [Move<LevelKind>: Int] = [:]
  public private(set) var lowered: [Move<LevelKind>: Int] = [:]
  public private(set) var categories: [Move<CategoryKind>: Int] = [:]
  public private(set) var deadlines: [Stage: Shifts] = [:]
  public private(set) var escalations: [RuleID: Steps] = [:]
  public private(set) var reminders: [DepartmentID: Load] = [:]
  /// Cases with a change of any kind.
  public private(set) var changed = 0
  /// Cases that change department or level.
  public private(set) var moved = 0
  /// Deeds that are not possible under the other rules.
  public private(set) var dropped = 0

  private let levels: [LevelID]

  /// - Parameter rulebook: the candidate, whose order of levels tells a raise from a lowering.
  public init(candidate rulebook: Rulebook) { levels = rulebook.levels.map(\.id) }

  /// The share of cases that change department or level; 0 without cases.
  public var movedPercent: Double { cases == 0 ? 0 : Double(moved) * 100 / Double(cases) }

  public mutating func add(_ case: CaseDifference) {
    cases += 1
    first = min(first ?? `case`.takenAt, `case`.takenAt)
    last = max(last ?? `case`.takenAt, `case`.takenAt)
    dropped += `case`.dropped
    if `case`.isChanged { changed += 1 }
    if `case`.movesDepartment || `case`.movesLevel { moved += 1 }
    addMoves(`case`)
    for shift in `case`.deadlines { deadlines[shift.stage, default: Shifts()].add(shift) }
    for step in `case`.escalations { escalations[step.rule, default: Steps()].add(step) }
    for day in `case`.remindersBefore {
      reminders[day.department, default: Load()].before += 1
      reminders[day.department, default: Load()].daysBefore[day.day, default: 0] += 1
    }
    for day in `case`.remindersAfter {
      reminders[day.department, default: Load()].after += 1
      reminders[day.department, default: Load()].daysAfter[day.day, default: 0] += 1
    }
  }

  private mutating func addMoves(_ case: CaseDifference) {
    let (before, after) = (`case`.before, `case`.after)
    if `case`.movesDepartment { departments[Move(from: before.lead, to: after.lead), default: 0] += 1 }
    if `case`.movesCategory { categories[Move(from: before.category, to: after.category), default: 0] += 1 }
    guard `case`.movesLevel else { return }
    // A level that the candidate no longer has counts as the mildest.
    let isRaise = place(after.level) > place(before.level)
    let move = Move(from: before.level, to: after.level)
    if isRaise { raised[move, default: 0] += 1 } else { lowered[move, default: 0] += 1 }
  }

  private func place(_ level: LevelID) -> Int { levels.firstIndex(of: level) ?? -1 }
}

extension ReplaySummary.Shifts {
  mutating func add(_ shift: CaseDifference.Shift) {
    switch (shift.before, shift.after) {
    case (let before?, let after?) where after < before: earlier += 1
    case (.some, .some): later += 1
    case (nil, .some): added += 1
    case (.some, nil): removed += 1
    case (nil, nil): break
    }
  }
}

extension ReplaySummary.Steps {
  mutating func add(_ step: CaseDifference.Step) {
    before += step.before
    after += step.after
    if step.after > step.before { gained += 1 }
    if step.after < step.before { lost += 1 }
  }
}
