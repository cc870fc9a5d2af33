/// Instants as real exports and clerks write them.
extension Instant {
  /// What `init(iso8601:zone:)` reads, and also `2020/1/6 12:09:38`, `2020.1.6`, `2020-1-6 9:05`,
  /// `2020年1月6日 12时9分`, `2020/1/6 下午 3:05`, `20200106120938`, `20200106 12:09`; full-width digits and marks,
  /// spaces around. The year always has four digits: nothing is guessed. Nil for days and times that do not exist.
  public init?(lenient text: String, zone: Zone) {
    var scanner = ByteScanner(bytes: Self.plain(text))
    scanner.skipSpaces()
    let isCompact = scanner.digitsAhead >= 8
    guard let date = isCompact ? scanner.compactDate() : scanner.separatedDate() else { return nil }
    if scanner.digitsAhead == 0, scanner.take("t") == false { scanner.skipSpaces() }
    if scanner.atEnd {
      self = zone.midnight(date)
      return
    }
    let clock = isCompact && scanner.digitsAhead >= 4 ? scanner.compactClock() : scanner.twelveHourClock()
    guard let clock, let offset = scanner.trailingOffset(), scanner.atEnd else { return nil }
    self.init(date, clock, offset: offset, zone: zone)
  }

  /// Folds the marks of Chinese dates and full-width forms to one ASCII byte each; what cannot be part of a time
  /// becomes a byte that no reader takes.
  private static func plain(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "年", "月": bytes.append(UInt8(ascii: "-"))
      case "日", "号", "\u{3000}", "\u{A0}", "\r", "\n": bytes.append(UInt8(ascii: " "))
      case "时", "時", "点", "點", "分": bytes.append(UInt8(ascii: ":"))
      case "上": bytes.append(UInt8(ascii: "a"))
      case "下": bytes.append(UInt8(ascii: "p"))
      case "午": bytes.append(UInt8(ascii: "m"))
      case "秒", "\u{200B}", "\u{FEFF}": continue
      case "A"..."Z": bytes.append(UInt8(scalar.value + 32))
      case "\u{FF01}"..."\u{FF5E}": bytes.append(UInt8(scalar.value - 0xFEE0))
      default: bytes.append(scalar.isASCII ? UInt8(scalar.value) : 0)
      }
    }
    return bytes
  }
}

extension ByteScanner {
  /// `yyyyMMdd`, whatever follows.
  fileprivate mutating func compactDate() -> CivilDate? {
    guard let year = leadingDigits(4), let month = leadingDigits(2), let day = leadingDigits(2) else {
      return nil
    }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Four, one or two, one or two digits between two equal separators.
  fileprivate mutating func separatedDate() -> CivilDate? {
    guard let year = digits(4), let separator = take(anyOf: "-/."), let month = digits(1, 2),
      take(anyOf: "-/.") == separator, let day = digits(1, 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// `HHmm` or `HHmmss`.
  fileprivate mutating func compactClock() -> ClockReading? {
    let hasSeconds = digitsAhead == 6
    guard hasSeconds || digitsAhead == 4, let hour = leadingDigits(2), let minute = leadingDigits(2),
      let second = hasSeconds ? leadingDigits(2) : 0
    else { return nil }
    return ClockReading(hour: hour, minute: minute, second: second)
  }

  /// `9:05`, `12:9:` (from 12时9分), `12:` (from 12时), with am or pm (上午, 下午) before or after.
  fileprivate mutating func twelveHourClock() -> ClockReading? {
    var half = dayHalf()
    guard var hour = digits(1, 2), take(":") else { return nil }
    let minute = digits(1, 2) ?? 0
    guard let second = looseSeconds() else { return nil }
    skipSpaces()
    half = half ?? dayHalf()
    if let half {
      // 12 is the noon or the midnight that begins its half; 下午15:05 is written too and means what it says.
      guard hour <= 12 || half == .afternoon else { return nil }
      if hour == 12 { hour = 0 }
      if half == .afternoon, hour < 12 { hour += 12 }
    }
    return ClockReading(hour: hour, minute: minute, second: second)
  }

  private enum DayHalf { case morning, afternoon }

  private mutating func dayHalf() -> DayHalf? {
    guard let letter = take(anyOf: "ap"), take("m") else { return nil }
    skipSpaces()
    return letter == UInt8(ascii: "a") ? .morning : .afternoon
  }

  /// As `secondsAndFraction`, but a colon may also end the text, as it does where 分 stood.
  private mutating func looseSeconds() -> Int? {
    var ahead = self
    if ahead.take(":"), ahead.digitsAhead == 0 {
      self = ahead
      return 0
    }
    return secondsAndFraction()
  }

  fileprivate mutating func trailingOffset() -> Int?? {
    skipSpaces()
    let read = offset()
    skipSpaces()
    return read
  }
}
