public import TriageCore

/// A stretch of a centre's life to be run in virtual time: what comes in, how each department behaves, what breaks.
///
/// Read from YAML by `ScenarioLoader`; every share is between 0 and 1. Numbers that a scenario does not give are the
/// measured ones of real exports where there are any (domain.md 4.3).
public struct Scenario: Sendable {
  public var title: String
  /// The rulebook's directory.
  public var rulebook: String
  /// The first and the last day, in the rulebook's zone.
  public var days: ClosedRange<CivilDate>
  /// The same scenario and seed give the same life.
  public var seed: UInt64
  public var profile: Profile
  public var arrivals: [Arrival]
  public var repeats: Repeats
  /// Share of the cases that are told by one of the texts marked `severe`.
  public var severe: Double
  /// Of a category what people write, in the order of the files.
  public var texts: [CategoryID: [CaseText]]
  public var behaviours: Behaviours
  public var outages: [Outage]
  public var ruleChanges: [RuleChange]

  public var dayCount: Int { days.upperBound - days.lowerBound + 1 }

  /// When people turn up.
  public struct Profile: Sendable, Equatable {
    /// Share of all cases that come on rest days and holidays.
    public var restDays = 0.16
    /// Share of a day's cases that come outside working hours.
    public var offHours = 0.34
  }

  /// One stream of cases.
  public struct Arrival: Sendable {
    public var channel: ChannelID
    /// Mean over all days.
    public var perDay: Double
    /// Weights, by category in the order of their ids.
    public var categories: [(id: CategoryID, weight: Double)]
    public var format: FileFormat
    /// Share that was settled on the spot before it was handed in.
    public var onTheSpot: Double
  }

  /// How a sender writes its files.
  public enum FileFormat: String, Sendable, CaseIterable { case yaml, json, csv, txt }

  /// People who ask again.
  public struct Repeats: Sendable, Equatable {
    /// Share of the cases that come a second time as they are: same channel, number and text.
    public var same = 0.02
    /// Share that comes again in other words, under a number of its own.
    public var near = 0.03
    /// The second time comes within so many days.
    public var withinDays = 10
  }

  /// Something does not work for a while.
  public struct Outage: Sendable, Equatable {
    /// The department whose share is gone; nil: the daemon is down.
    public var queue: DepartmentID?
    public var from: LocalTime
    public var until: LocalTime
  }

  /// From then on another rulebook is in force.
  public struct RuleChange: Sendable, Equatable {
    public var at: LocalTime
    public var rulebook: String
  }

  /// A time on the clock of the rulebook's zone.
  public struct LocalTime: Sendable, Equatable, Comparable {
    public var date: CivilDate
    public var time: CivilTime
    public static func < (a: Self, b: Self) -> Bool { (a.date, a.time) < (b.date, b.time) }
    public func instant(in zone: Zone) -> Instant { zone.instant(date, time) }
  }
}
