/// Instants as real exports and clerks write them.
extension Instant {
  /// What `init(iso8601:zone:)` reads, and also `2020/1/6 12:09:38`, `2020.1.6`, `2020-1-6 9:05`,
  /// `2020年1月6日 12时9分`, `二〇二〇年一月六日`, `2020/1/6 下午 3:05`, `20200106120938`, `20200106 12:09`, `25/12/2026`,
  /// `1-Jan-2027`; full-width digits and marks, days of the week and spaces around. The year always has four digits:
  /// nothing is guessed. Nil for days and times that do not exist, and for the day numbers of spreadsheets.
  public init?(lenient text: String, zone: Zone) {
    let written = WrittenTime(text)
    guard !written.isSerial, let instant = written.instant(in: zone) else { return nil }
    self = instant
  }
}

extension WrittenTime {
  /// What `Instant.init(lenient:zone:)` takes, and day numbers of spreadsheets (`46327.4`); texts that are longer than any
  /// time (`Limits.timeBytes`) are not looked at.
  /// - Parameter order: which number comes first in `2/11/2026`, where something else tells it.
  public init(_ text: String, order: DateOrder? = nil) {
    guard text.utf8.count <= Limits.timeBytes else {
      self = .unreadable
      return
    }
    self = WrittenTime(iso8601: text) ?? WrittenTime(plain: LenientTime.plain(text), order)
  }

  private init(plain bytes: [UInt8], _ order: DateOrder?) {
    self = .unreadable
    var scanner = ByteScanner(bytes: bytes)
    scanner.skipSpaces()
    if let (day, second) = scanner.serialDay() {
      self = .serial(day, second: second)
      return
    }
    let isCompact = scanner.digitsAhead >= 8
    let date: CivilDate
    switch scanner.date(isCompact: isCompact, order) {
    case .read(let read): date = read
    case .ambiguous:
      self = .ambiguous
      return
    case .none: return
    }
    if scanner.digitsAhead == 0, scanner.take("t") == false { scanner.skipMarks() }
    if scanner.atEnd {
      self = .day(date)
      return
    }
    let clock = isCompact && scanner.digitsAhead >= 4 ? scanner.compactClock() : scanner.twelveHourClock()
    guard let clock, let offset = scanner.trailingOffset(), scanner.atEnd else { return }
    self = .time(date, clock, offset: offset)
  }
}

extension DateOrder {
  /// Of `25/11/2026` and `11/25/2026`; nil where the numbers do not tell it, and for all other writings.
  public init?(of text: String) {
    guard text.utf8.count <= Limits.timeBytes else { return nil }
    var scanner = ByteScanner(bytes: LenientTime.plain(text))
    scanner.skipSpaces()
    guard let first = scanner.digits(1, 2), let separator = scanner.take(anyOf: "-/."),
      let second = scanner.digits(1, 2), scanner.take(anyOf: "-/.") == separator, scanner.digits(4) != nil,
      first > 12 || second > 12, first <= 12 || second <= 12
    else { return nil }
    self = first > 12 ? .dayFirst : .monthFirst
  }
}

/// Folds the marks of Chinese dates and full-width forms to ASCII; what cannot be part of a time becomes a byte that no
/// reader takes.
private enum LenientTime {
  /// `am`, `pm`; `nm` is noon, `em` the evening. Longer words stand before their beginnings.
  private static let words: [(word: [Unicode.Scalar], plain: String)] = [
    ("上午", "am"), ("凌晨", "am"), ("早上", "am"), ("早晨", "am"), ("清晨", "am"), ("下午", "pm"), ("中午", "nm"),
    ("正午", "nm"), ("晚上", "em"), ("傍晚", "em"), ("晚", "em"), ("a.m.", "am"), ("p.m.", "pm"), ("点半", ":30"),
    ("點半", ":30"), ("时半", ":30"), ("時半", ":30"), ("点钟", ":"), ("點鐘", ":"), ("点整", ":"), ("點整", ":"),
    ("时整", ":"), ("時整", ":"),
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
    let plain = scalar.halfWidth
    return ("A"..."Z").contains(plain) ? Unicode.Scalar(UInt8(plain.value) + 32) : plain
  }

  /// Nil: without meaning in a time.
  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "年", "月": UInt8(ascii: "-")
    case "日", "号", "號", "(", ")", "\u{A0}", "\u{202F}", "\r", "\n": UInt8(ascii: " ")
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

  private static let weeks = ["星期", "礼拜", "禮拜", "周", "週"].map { Array($0.unicodeScalars) }
  private static let days: Set<Unicode.Scalar> = ["一", "二", "三", "四", "五", "六", "日", "天"]

  /// A run of Chinese numerals as digits: 二〇二七 digit by digit, 十二 and 三十一 by their value.
  private static func numeral(_ scalars: [Unicode.Scalar], _ place: Int) -> (number: String, length: Int)? {
    // One more than any that is a part of a date.
    let run = scalars[place...].prefix(5).prefix { ChineseNumeral.digit($0) != nil || $0 == "十" }
    guard !run.isEmpty, run.count <= 4 else { return nil }
    guard run.contains("十") else {
      return (run.compactMap(ChineseNumeral.digit).map(String.init).joined(), run.count)
    }
    return ChineseNumeral.value(run).map { (String($0), run.count) }
  }
}

extension ByteScanner {
  fileprivate enum DateFound {
    case read(CivilDate)
    case ambiguous
    case none

    init(_ date: CivilDate?) { self = date.map(DateFound.read) ?? .none }
  }

  fileprivate mutating func date(isCompact: Bool, _ order: DateOrder?) -> DateFound {
    if isCompact { return DateFound(compactDate()) }
    switch digitsAhead {
    case 4: return DateFound(separatedDate())
    case 1, 2: return dateWithYearLast(order)
    case 0: return DateFound(dateWithMonthName())
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
  private mutating func dateWithYearLast(_ order: DateOrder? = nil) -> DateFound {
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
    if readings.count > 1, let order { return .read(order == .monthFirst ? readings[0] : readings[1]) }
    return readings.allSatisfy { $0 == one } ? .read(one) : .ambiguous
  }

  /// `jan 1, 2027`, `friday, january 1, 2027`, `fri, 1 jan 2027`.
  private mutating func dateWithMonthName() -> CivilDate? {
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
