/// The working calendar of a rulebook or of one department: hours, weekly rest, decreed years, local overlay.
public struct WorkCalendar: Sendable, Equatable {
  /// Half-open, ascending, not overlapping; 24:00 allowed as an end.
  public var hours: [HourSpan]
  public var rest: Set<Weekday>
  /// Years that have a holiday notice; a year not listed is unknown.
  public var years: [Int: Year]
  /// Local days that win over the national notice (ethnic festivals, emergency changes).
  public var overlay: Year
  public var zone: Zone

  /// Working hours of a day without a break, half open.
  public struct HourSpan: Sendable, Equatable, Codable {
    public var from: CivilTime
    public var until: CivilTime
    public init(from: CivilTime, until: CivilTime) {
      self.from = from
      self.until = until
    }
  }

  /// A year whose holiday notice is known.
  public struct Year: Sendable, Equatable {
    /// Days off by decree, with the holiday's name where given.
    public var off: [CivilDate: String?]
    /// Rest days that are worked.
    public var on: Set<CivilDate>
    public init(off: [CivilDate: String?] = [:], on: Set<CivilDate> = []) {
      self.off = off
      self.on = on
    }
  }

  public init(
    hours: [HourSpan], rest: Set<Weekday>, years: [Int: Year], overlay: Year = Year(), zone: Zone
  ) {
    self.hours = hours
    self.rest = rest
    self.years = years
    self.overlay = overlay
    self.zone = zone
  }
}
