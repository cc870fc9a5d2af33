/// The Gregorian face of a day: year, month, day, weekday, and `2026-10-01` in and out.
///
/// Civil dates from day numbers and back after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
extension CivilDate {
  /// `20261121`, as names of cases and alerts have it.
  public var compact: String {
    String(decoding: description.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
  }
}

extension CivilDate: CustomStringConvertible {
  /// Nil where the calendar has no such day (no 30 February); years 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(day: Self.dayNumber(year, month, day))
  }

  /// Exactly `yyyy-MM-dd`.
  public init?(_ text: String) {
    var scanner = ByteScanner(text)
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
      let day = scanner.digits(2), scanner.atEnd
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public var year: Int { parts.year }
  public var month: Int { parts.month }
  /// The day of the month, 1…31 (`day` counts from 1970).
  public var dayOfMonth: Int { parts.day }
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[(day + 3).modulo(7)]
  }
  public var description: String {
    ByteWriter.text { $0.put(self) }
  }

  /// Year, month and day of the month in one computation.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = marchYear.floored(by: 400)
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

extension CivilTime: CustomStringConvertible {
  /// `08:30` or `8:30`, from 00:00 to 24:00.
  public init?(_ text: String) {
    var scanner = ByteScanner(text)
    guard let hour = scanner.digits(1, 2), scanner.take(":"), let minute = scanner.digits(2), scanner.atEnd,
      hour < 24 && minute < 60 || hour == 24 && minute == 0
    else { return nil }
    self.init(hour, minute)
  }

  public var description: String {
    ByteWriter.text { $0.put(clock: minute * 60) }
  }
}

extension BinaryInteger {
  /// Division that rounds towards minus infinity; `divisor` is positive.
  func floored(by divisor: Self) -> Self {
    let quotient = self / divisor
    return quotient * divisor > self ? quotient - 1 : quotient
  }
  /// The remainder that goes with `floored(by:)`, never negative.
  func modulo(_ divisor: Self) -> Self { self - floored(by: divisor) * divisor }
}
