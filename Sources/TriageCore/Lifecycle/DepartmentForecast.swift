/// What each department will get, by day, if nobody does anything: counted from courses of the open cases. Its size
/// grows with departments and days, not with cases. `max_per_day` counts within each case only: what several cases
/// together bring beyond it is forecast as sent at once, and will stand in the digest.
public struct DepartmentForecast: Sendable {
  /// A department on a day.
  public struct Key: Hashable, Sendable, Comparable {
    public let department: DepartmentID
    public let day: CivilDate

    public static func < (a: Self, b: Self) -> Bool { (a.department, a.day) < (b.department, b.day) }
  }

  public struct Counts: Sendable, Equatable {
    /// Reminders that do not wait for the digest.
    public var atOnce = 0
    /// Lines of the day's digest.
    public var digestLines = 0
    /// Notices that a case was escalated.
    public var escalations = 0
    /// Items of follow-up visits.
    public var visits = 0
    /// Deadlines of its own that pass.
    public var overdue = 0
  }

  public private(set) var counts: [Key: Counts] = [:]
  /// Cases that were looked at.
  public private(set) var cases = 0
  private let zone: Zone
  private let start: Instant
  private let end: Instant

  /// - Parameters:
  ///   - start: what is due by then belongs to its day.
  ///   - end: the last instant that is looked at.
  public init(from start: Instant, to end: Instant, in zone: Zone) {
    self.start = start
    self.end = end
    self.zone = zone
  }

  /// Lives a case on to the end and counts what comes of it.
  public mutating func add(_ state: CaseState, under rulebook: Rulebook) {
    var course = CaseCourse(state, at: start, under: rulebook)
    course.advance(to: end)
    cases += 1
    for entry in course.log { add(entry) }
    addOverdue(course)
  }

  /// Adds what another forecast of the same days counted.
  public mutating func formUnion(_ other: DepartmentForecast) {
    cases += other.cases
    counts.merge(other.counts) { $0 + $1 }
  }

  private mutating func count(
    _ department: DepartmentID, _ day: CivilDate, _ path: WritableKeyPath<Counts, Int>
  ) {
    counts[Key(department: department, day: day), default: Counts()][keyPath: path] += 1
  }

  private func day(_ instant: Instant) -> CivilDate { zone.civil(at: instant).date }

  private mutating func add(_ entry: CaseCourse.Entry) {
    switch entry.event {
    case .reminded(let reminder) where reminder.how == .atOnce:
      count(reminder.department, day(entry.at), \.atOnce)
    case .reminded(let reminder) where reminder.how == .digest:
      count(reminder.department, reminder.digest ?? day(entry.at), \.digestLines)
    case .noticed(let notice):
      if case .escalated = notice.notice { count(notice.department, day(entry.at), \.escalations) }
    case .assigned(let item) where item.key.role == .followUp:
      count(item.department, day(entry.at), \.visits)
    default: break
    }
  }

  /// Deadlines whose end lies in the time and that still ran at it. The time for a return is a right and no duty.
  private mutating func addOverdue(_ course: CaseCourse) {
    for running in course.state.deadlines where running.set.stage != .return {
      let due = running.set.deadline.due
      guard due >= start, due < end, running.endedAt.map({ $0 > due }) ?? true else { continue }
      // A close of business at 24:00 belongs to the day that it ends.
      count(running.set.department ?? course.state.lead, day(due + -1), \.overdue)
    }
  }
}

extension DepartmentForecast.Counts {
  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.atOnce += b.atOnce
    sum.digestLines += b.digestLines
    sum.escalations += b.escalations
    sum.visits += b.visits
    sum.overdue += b.overdue
    return sum
  }
}
