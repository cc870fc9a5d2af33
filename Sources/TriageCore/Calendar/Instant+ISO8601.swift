/// Instants in the writing of ISO 8601 (RFC 3339 profile), the one that files, reports and the command line use.
extension Instant {
  /// `2026-10-13T17:30:00+08:00`; UTC is `+00:00`. An offset with seconds (before standard time) shows them.
  public func iso8601(in zone: Zone) -> String {
    let offset = zone.offset(at: self)
    let (date, second) = zone.civil(at: self)
    return ByteWriter.text {
      $0.put(date)
      $0.put("T")
      $0.put(clock: second)
      $0.put(":")
      $0.put(second % 60, width: 2)
      $0.put(offset < 0 ? "-" : "+")
      $0.put(clock: abs(offset))
      if offset % 60 != 0 {
        $0.put(":")
        $0.put(abs(offset) % 60, width: 2)
      }
    }
  }

  /// `2026-10-13 17:30`, for people who live in that zone.
  public func clockText(in zone: Zone) -> String {
    let (date, second) = zone.civil(at: self)
    return ByteWriter.text {
      $0.put(date)
      $0.put(" ")
      $0.put(clock: second)
    }
  }

  /// A date, or a date and a time after `T` or a space; the seconds and the offset may be missing. A date alone is
  /// its midnight, a time without an offset is on the clocks of `zone`, fractions of a second are dropped.
  /// Nil where the calendar or the clock has no such time.
  public init?(iso8601 text: String, zone: Zone) {
    guard let instant = WrittenTime(iso8601: text)?.instant(in: zone) else { return nil }
    self = instant
  }
}

extension WrittenTime {
  /// What `Instant.init(iso8601:zone:)` reads.
  init?(iso8601 text: String) {
    // Nothing of that form is longer, fractions of a second included.
    guard text.utf8.count <= Limits.timeBytes else { return nil }
    var scanner = ByteScanner(text)
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
      let day = scanner.digits(2), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if scanner.atEnd {
      self = .day(date)
      return
    }
    guard scanner.take(anyOf: "Tt ") != nil, let hour = scanner.digits(2), scanner.take(":"),
      let minute = scanner.digits(2), let second = scanner.secondsAndFraction(),
      let clock = ClockReading(hour: hour, minute: minute, second: second),
      let offset = scanner.offset(), scanner.atEnd
    else { return nil }
    self = .time(date, clock, offset: offset)
  }
}

/// A time of day that a clock can show, or 24:00:00.
public struct ClockReading: Sendable, Equatable {
  /// Second of the day, 0…86,400.
  public let second: Int

  init?(hour: Int, minute: Int, second: Int) {
    guard hour < 24 && minute < 60 && second < 60 || hour == 24 && minute == 0 && second == 0 else {
      return nil
    }
    self.second = hour * 3_600 + minute * 60 + second
  }
}

extension ByteScanner {
  /// `:SS`, `:SS.fff` or nothing (zero seconds); nil where a colon is followed by anything else.
  mutating func secondsAndFraction() -> Int? {
    guard take(":") else { return 0 }
    guard let second = digits(1, 2) else { return nil }
    if take(anyOf: ".,") != nil {
      guard digitsAhead > 0 else { return nil }
      skipDigits()
    }
    return second
  }

  /// `Z`, `+08:00`, `+0800`, `+08` in seconds; `.some(nil)` where no offset stands; nil where it is malformed.
  mutating func offset() -> Int?? {
    if take(anyOf: "Zz") != nil { return .some(0) }
    guard let sign = take(anyOf: "+-") else { return .some(nil) }
    guard let hour = leadingDigits(2) else { return nil }
    let hasColon = take(":")
    var minute = 0
    var second = 0
    if hasColon || digitsAhead > 0 {
      guard let read = leadingDigits(2) else { return nil }
      minute = read
      if hasColon, take(":") {
        guard let read = leadingDigits(2) else { return nil }
        second = read
      }
    }
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let magnitude = hour * 3_600 + minute * 60 + second
    return .some(sign == UInt8(ascii: "-") ? -magnitude : magnitude)
  }
}

extension ByteWriter {
  mutating func put(_ date: CivilDate) {
    let (year, month, day) = date.parts
    put(year, width: 4)
    put("-")
    put(month, width: 2)
    put("-")
    put(day, width: 2)
  }

  /// `HH:mm` of a second of the day.
  mutating func put(clock second: Int) {
    put(second / 3_600, width: 2)
    put(":")
    put(second / 60 % 60, width: 2)
  }
}
