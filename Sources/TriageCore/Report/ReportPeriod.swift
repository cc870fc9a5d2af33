/// A day, week (from Monday, ISO 8601), month or quarter of the calendar, as far as it has come.
public struct ReportPeriod: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case day, week, month, quarter }

  public var start: Instant
  /// The first instant after it.
  public var end: Instant
  /// The cases are told as they stood then: the end of a period that is over, else the instant asked for.
  public var at: Instant

  public init(start: Instant, end: Instant, at: Instant) {
    self.start = start
    self.end = end
    self.at = at
  }

  /// The period in which the instant lies, up to that instant.
  public init(_ kind: Kind, containing instant: Instant, in zone: Zone) {
    let (first, next) = Self.days(kind, of: zone.civil(at: instant).date)
    self.init(start: zone.midnight(first), end: zone.midnight(next), at: instant)
  }

  /// The whole period before the one in which the instant lies.
  public init(_ kind: Kind, before instant: Instant, in zone: Zone) {
    let (first, _) = Self.days(kind, of: zone.civil(at: instant).date)
    let (start, _) = Self.days(kind, of: first + -1)
    let end = zone.midnight(first)
    self.init(start: zone.midnight(start), end: end, at: end + -1)
  }

  private static func days(_ kind: Kind, of date: CivilDate) -> (first: CivilDate, next: CivilDate) {
    switch kind {
    case .day: return (date, date + 1)
    case .week:
      let first = date + (1 - date.weekday.rawValue)
      return (first, first + 7)
    case .month: return months(1, of: date)
    case .quarter: return months(3, of: date)
    }
  }

  private static func months(_ count: Int, of date: CivilDate) -> (first: CivilDate, next: CivilDate) {
    let month = (date.month - 1) / count * count + 1
    let next = month + count > 12 ? (date.year + 1, 1) : (date.year, month + count)
    return (
      CivilDate(year: date.year, month: month, day: 1) ?? date,
      CivilDate(year: next.0, month: next.1, day: 1) ?? date
    )
  }

  /// Whether something happened in the period, as far as it has come.
  public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end && instant <= at }
}
