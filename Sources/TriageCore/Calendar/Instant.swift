/// A point on the time line: whole seconds since 1970-01-01T00:00:00Z. Stored and compared in UTC, always.
public struct Instant: Hashable, Sendable, Comparable, Codable {
  public let seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  public init(from decoder: any Decoder) throws {
    seconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seconds)
  }

  public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
  /// So many seconds later; earlier for a negative count.
  public static func + (a: Self, seconds: Int64) -> Self { Instant(seconds: a.seconds + seconds) }
  /// Seconds from `b` to `a`.
  public static func - (a: Self, b: Self) -> Int64 { a.seconds - b.seconds }
}
