/// Durations in the writing of the rules.
extension TimeLimit: CustomStringConvertible {
  /// `2h`, `4wh`, `5wd`, `30d`, `eod`, with `-` or `+` before the number. Nil for anything else, and for a count
  /// beyond `Limits.deadlineHorizonDays`.
  public init?(_ text: String) {
    if text == "eod" {
      self = .endOfDay
      return
    }
    var scanner = ByteScanner(text)
    let sign = scanner.take(anyOf: "+-") == UInt8(ascii: "-") ? -1 : 1
    guard let count = scanner.digits(1, 6) else { return nil }
    let isWorking = scanner.take("w")
    let unit = scanner.take(anyOf: "hd")
    guard scanner.atEnd, let unit else { return nil }
    let isHours = unit == UInt8(ascii: "h")
    guard count <= Limits.deadlineHorizonDays * (isHours ? 24 : 1) else { return nil }
    switch (isHours, isWorking) {
    case (true, true): self = .workingHours(sign * count)
    case (true, false): self = .hours(sign * count)
    case (false, true): self = .workingDays(sign * count)
    case (false, false): self = .days(sign * count)
    }
  }

  public var description: String {
    switch self {
    case .hours(let count): "\(count)h"
    case .workingHours(let count): "\(count)wh"
    case .workingDays(let count): "\(count)wd"
    case .days(let count): "\(count)d"
    case .endOfDay: "eod"
    }
  }

  /// The same count in the other direction; the end of a day has none and stays.
  public var negated: TimeLimit {
    switch self {
    case .hours(let count): .hours(-count)
    case .workingHours(let count): .workingHours(-count)
    case .workingDays(let count): .workingDays(-count)
    case .days(let count): .days(-count)
    case .endOfDay: .endOfDay
    }
  }

  /// How many units; the end of a day is one.
  public var count: Int {
    switch self {
    case .hours(let count), .workingHours(let count), .workingDays(let count), .days(let count): count
    case .endOfDay: 1
    }
  }
}
