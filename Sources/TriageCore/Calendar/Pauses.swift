/// A time during which a clock stands still.
public struct Pause: Sendable, Equatable {
  /// How a deadline of days makes up for it. Hours lose exactly what was paused, either way.
  public enum Counting: String, Sendable, Codable {
    /// A day counts when its close of business comes while the clock runs. So pauses were counted once, and those
    /// that ended then keep what they gave.
    case closes
    /// The paused time of all pauses of a stage is added, in working time for working days and in clock time for
    /// calendar days, and the whole days that it fills move the deadline.
    case time
  }

  /// Half-open; a pause that goes on ends where it is looked at.
  public var range: Range<Instant>
  /// By the version that wrote its end.
  public var counting: Counting

  public init(_ range: Range<Instant>, counting: Counting = .time) {
    self.range = range
    self.counting = counting
  }
}

/// The times during which a clock stands still; they may overlap.
struct Pauses {
  /// Ascending by begin, none empty.
  private let ranges: [Range<Instant>]
  private let closes: [Range<Instant>]
  /// What is added up: ascending, none empty, none overlapping or touching another.
  let timed: [Range<Instant>]

  init(_ pauses: [Pause]) {
    func sorted(_ wanted: (Pause.Counting) -> Bool) -> [Range<Instant>] {
      pauses.filter { !$0.range.isEmpty && wanted($0.counting) }.map(\.range)
        .sorted { $0.lowerBound < $1.lowerBound }
    }
    ranges = sorted { _ in true }
    closes = sorted { $0 == .closes }
    timed = sorted { $0 == .time }.reduce(into: []) { merged, range in
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
  }

  /// Whether a day whose close of business this is does not count.
  func swallowClose(_ instant: Instant) -> Bool { closes.contains { $0.contains(instant) } }

  /// The range in pieces that run and pieces that stand still, in order.
  func pieces(of range: Range<Instant>) -> [(range: Range<Instant>, runs: Bool)] {
    Self.pieces(of: range, without: ranges)
  }

  /// What runs of a range in a count of days, which the pauses that are added up move as a whole.
  func running(of range: Range<Instant>) -> [Range<Instant>] {
    Self.pieces(of: range, without: closes).filter(\.runs).map(\.range)
  }

  private static func pieces(
    of range: Range<Instant>, without ranges: [Range<Instant>]
  ) -> [(range: Range<Instant>, runs: Bool)] {
    if ranges.isEmpty { return [(range, true)] }
    var pieces: [(range: Range<Instant>, runs: Bool)] = []
    var cursor = range.lowerBound
    for pause in ranges where pause.upperBound > cursor && pause.lowerBound < range.upperBound {
      if cursor < pause.lowerBound { pieces.append((cursor..<pause.lowerBound, true)) }
      let until = min(pause.upperBound, range.upperBound)
      pieces.append((max(cursor, pause.lowerBound)..<until, false))
      cursor = until
    }
    if cursor < range.upperBound { pieces.append((cursor..<range.upperBound, true)) }
    return pieces
  }
}

/// What the pauses of one stage come to, and how far they move its deadline of days.
///
/// It is rounded down once for the stage: whoever has to act loses less than one day, the citizen never any time. What
/// fills no day is kept for the next pause.
public struct PauseSum: Sendable, Equatable, Codable {
  public struct Part: Sendable, Equatable, Codable {
    /// Its begin, or that of the stage where it began before.
    public var from: Instant
    /// Half-open.
    public var until: Instant
    /// Of it so many seconds are counted: the working time, or all of it for calendar days.
    public var seconds: Int
  }
  /// In order of time.
  public var parts: [Part]
  /// The length of a day, seconds: the calendar's working hours, or 24 hours for calendar days.
  public var day: Int
  /// Seconds that earlier pauses of the stage left over.
  public var carried: Int

  init(day: Int, carried: Int = 0) {
    parts = []
    self.day = day
    self.carried = carried
  }

  /// What is counted of all pauses, with what was left over before.
  public var seconds: Int { parts.reduce(carried) { $0 + $1.seconds } }
  /// Whole days that the deadline moves.
  public var days: Int { day > 0 ? seconds / day : 0 }
  /// Seconds that fill no day.
  public var rest: Int { day > 0 ? seconds % day : 0 }

  /// With the pauses of an extension that took over what is left here; nil where it counted by itself.
  func followed(by next: PauseSum) -> PauseSum? {
    guard next.day == day, next.carried == rest else { return nil }
    var sum = self
    sum.parts += next.parts
    return sum
  }
}
