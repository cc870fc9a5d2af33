/// A day of the proleptic Gregorian calendar, without time or zone.
public struct CivilDate: Hashable, Sendable, Comparable, Codable {
  /// Days since 1970-01-01.
  public let day: Int

  public init(day: Int) { self.day = day }

  public static func < (a: Self, b: Self) -> Bool { a.day < b.day }
  /// So many days later; earlier for a negative count.
  public static func + (a: Self, days: Int) -> Self { CivilDate(day: a.day + days) }
  /// Days from `b` to `a`.
  public static func - (a: Self, b: Self) -> Int { a.day - b.day }

  public init(from decoder: any Decoder) throws {
    day = try decoder.singleValueContainer().decode(Int.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(day)
  }
}

/// Days of the week, Monday first (ISO 8601).
public enum Weekday: Int, Sendable, Codable, CaseIterable {
  case mon = 1, tue, wed, thu, fri, sat, sun
}

/// A time of day in minutes since midnight, 0…1440 (24:00 ends a half-open span).
public struct CivilTime: Hashable, Sendable, Comparable, Codable {
  public let minute: Int

  public init(minute: Int) { self.minute = minute }
  public init(_ hour: Int, _ minute: Int) { self.minute = hour * 60 + minute }

  public static func < (a: Self, b: Self) -> Bool { a.minute < b.minute }
}
