/// When something is due, and how that was counted.
public struct Deadline: Sendable, Equatable, Codable {
  public var start: Instant
  public var limit: TimeLimit
  public var due: Instant
  /// A day of a year without a holiday notice was touched; recomputed when the data comes.
  public var provisional: Bool
  /// Every span counted or skipped, in order of time, neighbours of one kind merged.
  public var arithmetic: [DeadlineSpan]
  /// What the pauses of the stage come to where they are added up; nil where none is.
  public var pauses: PauseSum?
  /// Those that came in the time of extensions whose days are counted in another way, in order of time.
  public var furtherPauses: [FurtherPauses]?

  /// The pauses in the time of one limit, that of the stage or of an extension.
  public struct FurtherPauses: Sendable, Equatable, Codable {
    public var limit: TimeLimit
    public var sum: PauseSum
  }

  /// What all pauses come to, by the limits in whose time they came.
  var pauseSums: [FurtherPauses] {
    (pauses.map { [FurtherPauses(limit: limit, sum: $0)] } ?? []) + (furtherPauses ?? [])
  }

  public init(
    start: Instant, limit: TimeLimit, due: Instant, provisional: Bool, arithmetic: [DeadlineSpan],
    pauses: PauseSum? = nil
  ) {
    self.start = start
    self.limit = limit
    self.due = due
    self.provisional = provisional
    self.arithmetic = arithmetic
    self.pauses = pauses
  }

  /// Adds the pauses of an extension. What an earlier sum left over goes into the next one of the same days: the two are
  /// told as one.
  mutating func add(_ sum: PauseSum, of limit: TimeLimit) {
    var further = furtherPauses ?? []
    if let last = further.last {
      if limit.dayUnit == last.limit.dayUnit, let both = last.sum.followed(by: sum) {
        further[further.count - 1].sum = both
        furtherPauses = further
        return
      }
    } else if limit.dayUnit == self.limit.dayUnit {
      guard let pauses else {
        pauses = sum
        return
      }
      if let both = pauses.followed(by: sum) {
        self.pauses = both
        return
      }
    }
    further.append(FurtherPauses(limit: limit, sum: sum))
    furtherPauses = further
  }
}

/// One line of a deadline's arithmetic.
public struct DeadlineSpan: Sendable, Equatable, Codable {
  /// Why a span was counted or skipped.
  public enum Reason: String, Sendable, Codable {
    /// The day of the start, which periods of days do not count (民法典 art. 201).
    case startDay
    case workingDay
    /// A rest day worked by decree (调休上班).
    case makeUpDay
    case weeklyRest
    case holiday
    /// Time of a working day outside the working hours.
    case outsideHours
    case workingHours
    case wallClock
    case calendarDay
    /// The last day fell on a rest day or holiday and moved on (民法典 art. 203).
    case rolled
    case paused
    /// A day that makes up for paused time (`PauseSum`).
    case madeUp
    /// A day of an unknown year, judged by the weekly rest alone.
    case presumedWorkingDay
    case presumedRest
  }
  public var from: Instant
  /// Half-open.
  public var until: Instant
  public var reason: Reason
  /// What the span adds to the count: days for day limits, seconds for hour limits; 0 when skipped.
  public var counted: Int
  /// The holiday's name where the calendar has one.
  public var name: String?

  public init(from: Instant, until: Instant, reason: Reason, counted: Int, name: String? = nil) {
    self.from = from
    self.until = until
    self.reason = reason
    self.counted = counted
    self.name = name
  }
}
