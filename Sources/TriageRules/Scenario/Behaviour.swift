public import TriageCore

/// How the clerks of a department work: how long they take, and what share of their items goes which way.
public struct Behaviour: Sendable {
  /// What a share is of; raw values are the scenario's keys.
  public enum Habit: String, Sendable, CaseIterable {
    /// Returned with a reason of the rulebook's list.
    case returns
    /// Left lying until a reminder is heeded.
    case forgets
    /// Reminders that make a clerk look after a forgotten item.
    case heeds
    /// Lead items for which more time is asked, and a pause.
    case extends, pauses
    /// Lead items on which the first contact is noted, and for which another department is called in.
    case contacts, whistles
    /// Resolutions that say failed, and partial.
    case fails, partly
    /// Follow-up visits that find people not satisfied, the agreement not performed, nobody.
    case unsatisfied
    case notPerformed = "not_performed"
    case unreachable
    /// Requests and resolutions that an approver refuses; returns that an adjudicator sends back.
    case refuses

    /// The share where a scenario says nothing.
    public var usual: Double {
      switch self {
      case .heeds, .contacts: 0.6
      case .forgets, .returns, .partly, .fails, .unsatisfied, .unreachable: 0.04
      case .extends, .notPerformed: 0.03
      case .pauses, .whistles: 0.02
      case .refuses: 0.1
      }
    }
  }

  /// What takes time; raw values are the scenario's keys.
  public enum Pace: String, Sendable, CaseIterable {
    /// From the first look at an item to its acceptance.
    case accept
    /// From the first look at a lead item to its answer.
    case resolve
    /// From the first look at any other item to its answer.
    case answer

    /// `resolve` are the response times of a city's hotline: median 4 days, 75 % within 8, 95 % within 17
    /// (domain.md 4.3).
    public var usual: Delays {
      switch self {
      case .accept: Delays([(0.5, .hours(1)), (0.9, .hours(5)), (1, .hours(24))])
      case .resolve:
        Delays([(0.05, .hours(3)), (0.5, .days(4)), (0.75, .days(8)), (0.95, .days(17)), (1, .days(40))])
      case .answer: Delays([(0.5, .hours(8)), (0.9, .days(2)), (1, .days(5))])
      }
    }
  }

  var shares: [Habit: Double] = [:]
  var delays: [Pace: Delays] = [:]
  var isOnDuty: Bool?
  /// Other paces and shares for items of a level.
  var levels: [LevelID: Behaviour] = [:]
  /// Days on which nobody is there.
  public internal(set) var away: [ClosedRange<CivilDate>] = []

  init() {}

  /// A share between 0 and 1, for an item of a level where that is known.
  public func share(_ habit: Habit, at level: LevelID? = nil) -> Double {
    level.flatMap { levels[$0]?.shares[habit] } ?? shares[habit] ?? habit.usual
  }

  /// How long something takes, for an item of a level where that is known.
  public func delays(_ pace: Pace, at level: LevelID? = nil) -> Delays {
    level.flatMap { levels[$0]?.delays[pace] } ?? delays[pace] ?? pace.usual
  }

  /// Somebody is there at all hours, at least for items of that level.
  public func onDuty(at level: LevelID? = nil) -> Bool {
    level.flatMap { levels[$0]?.isOnDuty } ?? isOnDuty ?? false
  }

  /// This behaviour with what another says in place of its own.
  func changed(by other: Behaviour) -> Behaviour {
    var result = self
    result.shares.merge(other.shares) { $1 }
    result.delays.merge(other.delays) { $1 }
    result.isOnDuty = other.isOnDuty ?? isOnDuty
    result.levels.merge(other.levels) { $0.changed(by: $1) }
    result.away += other.away
    return result
  }
}

/// A distribution by its quantiles: of this share of the items the thing is done within that time.
public struct Delays: Sendable, Equatable {
  /// Ascending in both; limits are positive hours and days, all of the clock or all of working time.
  var points: [(share: Double, limit: TimeLimit)]

  init(_ points: [(Double, TimeLimit)]) { self.points = points.map { ($0.0, $0.1) } }

  public static func == (a: Self, b: Self) -> Bool {
    a.points.elementsEqual(b.points) { $0 == $1 }
  }

  /// Seconds count working time.
  public var isWorkingTime: Bool {
    switch points.first?.limit {
    case .workingHours, .workingDays: true
    default: false
    }
  }

  /// Seconds until it is done for the item at this place of the distribution, straight lines between the points.
  /// - Parameter workday: working seconds of a day.
  public func seconds(at place: Double, workday: Int64) -> Int64 {
    var before = (share: 0.0, seconds: 0.0)
    for point in points {
      let seconds = Double(Self.seconds(point.limit, workday: workday))
      if place < point.share {
        let part = (place - before.share) / (point.share - before.share)
        return Int64((before.seconds + part * (seconds - before.seconds)).rounded())
      }
      before = (point.share, seconds)
    }
    return Int64(before.seconds)
  }

  static func seconds(_ limit: TimeLimit, workday: Int64) -> Int64 {
    switch limit {
    case .hours(let count), .workingHours(let count): Int64(count) * 3_600
    case .days(let count): Int64(count) * 86_400
    case .workingDays(let count): Int64(count) * workday
    case .endOfDay: 0
    }
  }
}

/// The behaviour of every department: entries by id, by the beginning of an id (`community@*`), or for all (`*`).
public struct Behaviours: Sendable {
  /// As written; a later one of the same length of pattern does not occur.
  var entries: [(pattern: String, behaviour: Behaviour)] = []

  /// What holds for a department: the general entries first, the most particular last.
  public func of(_ department: DepartmentID) -> Behaviour {
    let matching = entries.filter { Self.matches($0.pattern, department.rawValue) }
    return matching.sorted { Self.weight($0.pattern) < Self.weight($1.pattern) }
      .reduce(Behaviour()) { $0.changed(by: $1.behaviour) }
  }

  static func matches(_ pattern: String, _ id: String) -> Bool {
    pattern.hasSuffix("*") ? id.hasPrefix(pattern.dropLast()) : id == pattern
  }

  private static func weight(_ pattern: String) -> Int {
    pattern.hasSuffix("*") ? pattern.utf8.count - 1 : Int.max
  }
}
