/// What a date or time turned out to be that a person or a spreadsheet wrote.
public enum TimeReading: Sendable, Equatable {
  case instant(Instant)
  /// The day number of a spreadsheet, counted in the 1900 date system (ECMA-376 part 1, 18.17.4.1). Whether the sheet
  /// used the 1904 system (1,462 days later) cannot be told from the number.
  case serial(Instant)
  /// `2/11/2026`: either of the first two numbers may be the month.
  case ambiguous
  case unreadable

  /// Also where it was a day number.
  public var instant: Instant? {
    switch self {
    case .instant(let instant), .serial(let instant): instant
    case .ambiguous, .unreadable: nil
    }
  }
}

/// Instants as real exports and clerks write them.
extension Instant {
  /// What `init(iso8601:zone:)` reads, and also `2020/1/6 12:09:38`, `2020.1.6`, `2020-1-6 9:05`,
  /// `2020年1月6日 12时9分`, `二〇二〇年一月六日`, `2020/1/6 下午 3:05`, `20200106120938`, `20200106 12:09`, `25/12/2026`,
  /// `1-Jan-2027`; full-width digits and marks, days of the week and spaces around. The year always has four digits:
  /// nothing is guessed. Nil for days and times that do not exist, and for the day numbers of spreadsheets.
  public init?(lenient text: String, zone: Zone) {
    guard case .instant(let instant) = Self.reading(text, zone: zone) else { return nil }
    self = instant
  }

  /// What `init(lenient:zone:)` reads, day numbers of spreadsheets (`46327.4`), and why there is no instant.
  public static func reading(_ text: String, zone: Zone) -> TimeReading {
    var scanner = ByteScanner(bytes: LenientTime.plain(text))
    scanner.skipSpaces()
    if let (day, second) = scanner.serialDay() { return .serial(zone.instant(day, second: second)) }
    let isCompact = scanner.digitsAhead >= 8
    let date: CivilDate
    switch scanner.date(isCompact: isCompact) {
    case .read(let read): date = read
    case .ambiguous: return .ambiguous
    case .none: return .unreadable
    }
    if scanner.digitsAhead == 0, scanner.take("t") == false { scanner.skipMarks() }
    if scanner.atEnd { return .instant(zone.midnight(date)) }
    let clock = isCompact && scanner.digitsAhead >= 4 ? scanner.compactClock() : scanner.twelveHourClock()
    guard let clock, let offset = scanner.trailingOffset(), scanner.atEnd else { return .unreadable }
    return .instant(Instant(date, clock, offset: offset, zone: zone))
  }
}

extension CivilDate {
  /// A day in any of the writings that `Instant.reading` takes; a time of the day beside it is without effect.
  public static func reading(_ text: String) -> TimeReading { Instant.reading(text, zone: .utc) }

  /// The day of `reading`, if it is one.
  public init?(_ reading: TimeReading) {
    guard let instant = reading.instant else { return nil }
    self = Zone.utc.civil(at: instant).date
  }
}

/// Folds the marks of Chinese dates and full-width forms to ASCII; what cannot be part of a time becomes a byte that no
/// reader takes.
private enum LenientTime {
  /// `am`, `pm`; `nm` is noon, `em` the evening. Longer words stand before their beginnings.
  private static let words: [(word: [Unicode.Scalar], plain: String)] = [
    ("上午", "am"), ("凌晨", "am"), ("早上", "am"), ("早晨", "am"), ("清晨", "am"), ("下午", "pm"), ("中午", "nm"),
    ("正午", "nm"), ("晚上", "em"), ("傍晚", "em"), ("晚", "em"), ("a.m.", "am"), ("p.m.", "pm"), ("点半", ":30"),
    ("點半", ":30"), ("时半", ":30"), ("点钟", ":"), ("點鐘", ":"), ("点整", ":"), ("时整", ":"),
  ].map { (Array($0.unicodeScalars), $1) }

  static func plain(_ text: String) -> [UInt8] {
    let scalars = text.unicodeScalars.map(folded)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count + 8)
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      // Most times are written in plain digits and marks.
      if scalar.isASCII, scalar != "a", scalar != "p" {
        if let byte = byte(scalar) { bytes.append(byte) }
        place += 1
      } else if let length = weekday(scalars, place) {
        bytes.append(UInt8(ascii: " "))
        place += length
      } else if let found = words.first(where: { scalars[place...].starts(with: $0.word) }) {
        bytes.append(contentsOf: found.plain.utf8)
        place += found.word.count
      } else if let (number, length) = numeral(scalars, place) {
        bytes.append(contentsOf: number.utf8)
        place += length
      } else {
        if let byte = byte(scalar) { bytes.append(byte) }
        place += 1
      }
    }
    return bytes
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) + 32)
    case "\u{FF21}"..."\u{FF3A}": Unicode.Scalar(UInt8(scalar.value - 0xFEE0) + 32)
    case "\u{FF01}"..."\u{FF5E}": Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
    default: scalar
    }
  }

  /// Nil: without meaning in a time.
  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "年", "月": UInt8(ascii: "-")
    case "日", "号", "號", "(", ")", "\u{3000}", "\u{A0}", "\u{202F}", "\r", "\n": UInt8(ascii: " ")
    case "时", "時", "点", "點", "分": UInt8(ascii: ":")
    case "秒", "\u{200B}", "\u{200E}", "\u{FEFF}": nil
    default: scalar.isASCII ? UInt8(scalar.value) : 0
    }
  }

  /// `星期四`, `周四`, `礼拜天`: the scalars that it takes.
  private static func weekday(_ scalars: [Unicode.Scalar], _ place: Int) -> Int? {
    for start in weeks where scalars[place...].starts(with: start) {
      let end = place + start.count
      if end < scalars.count, days.contains(scalars[end]) { return start.count + 1 }
    }
    return nil
  }

  private static let weeks = ["星期", "礼拜", "周"].map { Array($0.unicodeScalars) }
  private static let days: Set<Unicode.Scalar> = ["一", "二", "三", "四", "五", "六", "日", "天"]

  /// A run of Chinese numerals as digits: 二〇二七 digit by digit, 十二 and 三十一 by their value.
  private static func numeral(_ scalars: [Unicode.Scalar], _ place: Int) -> (number: String, length: Int)? {
    let run = scalars[place...].prefix { digit($0) != nil || $0 == "十" }
    guard !run.isEmpty, run.count <= 4 else { return nil }
    guard let ten = run.firstIndex(of: "十") else {
      return (run.compactMap(digit).map(String.init).joined(), run.count)
    }
    let (tens, ones) = (run[..<ten], run[(ten + 1)...])
    guard tens.count <= 1, ones.count <= 1, !ones.contains("十") else { return nil }
    let value = (tens.first.flatMap(digit) ?? 1) * 10 + (ones.first.flatMap(digit) ?? 0)
    return (String(value), run.count)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零", "○": 0
    case "一": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }
}

extension ByteScanner {
  fileprivate enum DateFound {
    case read(CivilDate)
    case ambiguous
    case none

    init(_ date: CivilDate?) { self = date.map(DateFound.read) ?? .none }
  }

  fileprivate mutating func date(isCompact: Bool) -> DateFound {
    if isCompact { return DateFound(compactDate()) }
    switch digitsAhead {
    case 4: return DateFound(separatedDate())
    case 1, 2: return dateWithYearLast()
    case 0: return DateFound(dateWithMonthFirst())
    default: return .none
    }
  }

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

  /// `25/12/2026` or `12/25/2026`, where only one of the two numbers can be the month; `1-jan-2027`, `1 january 2027`.
  private mutating func dateWithYearLast() -> DateFound {
    guard let first = digits(1, 2), let separator = take(anyOf: "-/. ") else { return .none }
    skipSpaces()
    if let month = monthName() {
      skipSeparators()
      guard let year = digits(4) else { return .none }
      return DateFound(CivilDate(year: year, month: month, day: first))
    }
    guard separator != 0x20, let second = digits(1, 2), take(anyOf: "-/.") == separator, let year = digits(4)
    else { return .none }
    let readings = [(first, second), (second, first)].compactMap { month, day in
      CivilDate(year: year, month: month, day: day)
    }
    guard let one = readings.first else { return .none }
    return readings.allSatisfy { $0 == one } ? .read(one) : .ambiguous
  }

  /// `jan 1, 2027`, `friday, january 1, 2027`, `fri, 1 jan 2027`.
  private mutating func dateWithMonthFirst() -> CivilDate? {
    if dayName() {
      skipMarks()
      if digitsAhead > 0 {
        guard case .read(let date) = dateWithYearLast() else { return nil }
        return date
      }
    }
    guard let month = monthName() else { return nil }
    skipSeparators()
    guard let day = digits(1, 2) else { return nil }
    skipSeparators()
    guard let year = digits(4) else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
  private static let days = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// A month's English name, whole or its first three letters (Sept too).
  private mutating func monthName() -> Int? { name(Self.months).map { $0 + 1 } }

  private mutating func dayName() -> Bool { name(Self.days) != nil }

  private mutating func name(_ names: [String]) -> Int? {
    var ahead = self
    let word = ahead.letters()
    guard word.utf8.count >= 3, let place = names.firstIndex(where: { $0.hasPrefix(word) }),
      word == names[place] || word.utf8.count == 3 || word == "sept" || word == "thur" || word == "tues"
        || word == "thurs"
    else { return nil }
    self = ahead
    return place
  }

  fileprivate mutating func skipMarks() {
    while take(anyOf: " ,.\t") != nil {}
  }

  private mutating func skipSeparators() {
    while take(anyOf: " ,.-/") != nil {}
  }

  /// `46327` or `46327.4`: days from 2000 to 2099 in the 1900 date system, with the part of the day that has passed.
  fileprivate mutating func serialDay() -> (CivilDate, second: Int)? {
    var ahead = self
    guard let number = ahead.digits(5), (36_526...73_050).contains(number) else { return nil }
    var second = 0
    if ahead.take(".") {
      guard (1...15).contains(ahead.digitsAhead) else { return nil }
      let count = min(ahead.digitsAhead, 10)
      guard let fraction = ahead.leadingDigits(count) else { return nil }
      ahead.skipDigits()
      let scale = (0..<count).reduce(1) { product, _ in product * 10 }
      second = (fraction * 86_400 + scale / 2) / scale
    }
    ahead.skipSpaces()
    guard ahead.atEnd else { return nil }
    self = ahead
    // Day 1 is 1900-01-01 and day 60 a 29 February that never was: from day 61 on it is days since 1899-12-30.
    return (CivilDate(day: number - 25_569) + second / 86_400, second % 86_400)
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
    var half = dayPart()
    guard var hour = digits(1, 2), take(":") else { return nil }
    let minute = digits(1, 2) ?? 0
    guard let second = looseSeconds() else { return nil }
    skipSpaces()
    half = half ?? dayPart()
    if let half {
      guard let known = half.hour(hour) else { return nil }
      hour = known
    }
    return ClockReading(hour: hour, minute: minute, second: second)
  }

  private enum DayPart {
    case morning, noon, afternoon, evening

    /// The hour of the day; 12 is the noon or the midnight that begins its half. 下午15:05 is written too and means
    /// what it says; 晚上12点 may be either end of the night.
    func hour(_ written: Int) -> Int? {
      switch self {
      case .morning: written > 12 ? nil : written % 12
      case .noon: (11...14).contains(written) ? written : (1...2).contains(written) ? written + 12 : nil
      case .afternoon: written > 12 ? written : written % 12 + 12
      case .evening: written > 12 ? written : (5...11).contains(written) ? written + 12 : nil
      }
    }
  }

  private mutating func dayPart() -> DayPart? {
    guard let letter = take(anyOf: "apne"), take("m") else { return nil }
    skipSpaces()
    switch letter {
    case UInt8(ascii: "a"): return .morning
    case UInt8(ascii: "p"): return .afternoon
    case UInt8(ascii: "n"): return .noon
    default: return .evening
    }
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
