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

/// Durations as people write them, read alike in rules, forms, requests and on the command line.
extension TimeLimit {
  /// What `init(_:)` reads, and also 5个工作日, 十五个工作日, 30 天, 2小时, 4个工作小时, 2周, 5天内, 当日; `5 working days`.
  /// A number without a unit is none.
  public init?(lenient text: String) {
    var scalars = text.unicodeScalars.compactMap(Self.folded)
    if let limit = TimeLimit(Self.string(scalars)) {
      self = limit
      return
    }
    for ending in ["以内", "之内", "内"] where scalars.ends(with: ending) {
      scalars.removeLast(ending.unicodeScalars.count)
    }
    if ["当日", "当天", "当日下班前", "当天下班前", "下班前"].contains(Self.string(scalars)) {
      self = .endOfDay
      return
    }
    let hasSign = scalars.first == "+" || scalars.first == "-"
    let isNegative = scalars.first == "-"
    if hasSign { scalars.removeFirst() }
    let numerals = scalars.prefix { Self.digit($0) != nil || $0 == "十" }
    guard let number = Self.number(Array(numerals)),
      let (unit, factor) = Self.units[Self.string(Array(scalars.dropFirst(numerals.count)))]
    else { return nil }
    self.init("\(isNegative ? "-" : "")\(number * factor)\(unit)")
  }

  /// Full width to half width, small letters, no blanks.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case " ", "\t", "\u{3000}", "\u{A0}", "\u{200B}", "\u{FEFF}": nil
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) + 32)
    case "\u{FF21}"..."\u{FF3A}": Unicode.Scalar(UInt8(scalar.value - 0xFEE0) + 32)
    case "\u{FF01}"..."\u{FF5E}": Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
    case "個": "个"
    case "時": "时"
    case "週": "周"
    default: scalar
    }
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "0"..."9": Int(scalar.value) - 0x30
    case "一": 1
    case "二", "两": 2
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

  /// `15`, 五, 十五, 三十; not 一五.
  private static func number(_ scalars: [Unicode.Scalar]) -> Int? {
    guard !scalars.isEmpty, scalars.count <= 6 else { return nil }
    if scalars.allSatisfy(\.isASCII) { return Int(string(scalars)) }
    guard let ten = scalars.firstIndex(of: "十") else { return scalars.count == 1 ? digit(scalars[0]) : nil }
    let (tens, ones) = (scalars[..<ten], scalars[(ten + 1)...])
    guard tens.count <= 1, ones.count <= 1, (tens + ones).allSatisfy({ !$0.isASCII && digit($0) != nil })
    else {
      return nil
    }
    return (tens.first.flatMap(digit) ?? 1) * 10 + (ones.first.flatMap(digit) ?? 0)
  }

  private static let units: [String: (unit: String, factor: Int)] = {
    let names: [(String, Int, [String])] = [
      ("wd", 1, ["个工作日", "工作日", "个工作天", "工作天", "workingdays", "workingday", "businessdays", "businessday"]),
      ("d", 1, ["天", "日", "个自然日", "自然日", "个日历日", "日历日", "days", "day", "calendardays", "calendarday"]),
      ("h", 1, ["小时", "个小时", "个钟头", "钟头", "hours", "hour"]),
      ("wh", 1, ["个工作小时", "工作小时", "workinghours", "workinghour"]),
      ("d", 7, ["周", "个星期", "星期", "个礼拜", "礼拜", "weeks", "week"]),
    ]
    var units: [String: (unit: String, factor: Int)] = [:]
    for (unit, factor, words) in names { for word in words { units[word] = (unit, factor) } }
    return units
  }()
}

extension [Unicode.Scalar] {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.unicodeScalars.count).elementsEqual(text.unicodeScalars)
  }
}
