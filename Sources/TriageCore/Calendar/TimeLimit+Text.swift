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
  /// What `init(_:)` reads, and also 5个工作日, 十五个工作日, 一百八十天, 30 天, 2小时, 4个工作小时, 2周, 5天内, 24h内, 当日;
  /// `5 working days`. A number without a unit is none: neither are months and halves, which have no fixed length.
  public init?(lenient text: String) {
    guard text.utf8.count <= Limits.timeBytes else { return nil }
    var scalars = text.unicodeScalars.compactMap(Self.folded)
    for ending in Self.endings where scalars.ends(with: ending) {
      scalars.removeLast(ending.unicodeScalars.count)
      break
    }
    let word = Self.string(scalars)
    if let limit = TimeLimit(word) {
      self = limit
      return
    }
    if Self.endOfDayWords.contains(word) {
      self = .endOfDay
      return
    }
    let isNegative = scalars.first == "-"
    if isNegative || scalars.first == "+" { scalars.removeFirst() }
    let numerals = scalars.prefix { ("0"..."9").contains($0) || ChineseNumeral.isPart($0) }
    guard let number = Self.number(numerals),
      let (unit, factor) = Self.units[Self.string(Array(scalars.dropFirst(numerals.count)))]
    else { return nil }
    self.init("\(isNegative ? "-" : "")\(number * factor)\(unit)")
  }

  /// The words of `init(lenient:)` as alternatives of a regular expression (ECMA-262), for editors that check rule files:
  /// what counts, the units, the ends of a day, and what may follow.
  public enum Grammar {
    /// At most six digits of either width, or Chinese numerals.
    public static let number = "([0-9０-９]{1,6}|[一二两兩三四五六七八九十百千零〇○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]{1,8})"
    /// Blanks may stand before it.
    public static let unit =
      "[ 　]*" + any(["wd", "wh", "h", "d"] + TimeLimit.units.keys.sorted())
    /// May be missing.
    public static let ending = "[ 　]*" + any(TimeLimit.endings) + "?"
    /// The close of business of the day.
    public static let endOfDay = any(TimeLimit.endOfDayWords.sorted()) + ending

    private static func any(_ words: [String]) -> String {
      "(" + words.map(spaced).joined(separator: "|") + ")"
    }

    /// A word as people write it: `workingdays` in two, letters large or small, characters in either script.
    private static func spaced(_ word: String) -> String {
      for start in ["working", "business", "calendar"] where word.hasPrefix(start) {
        return letters(start) + " *" + letters(word.dropFirst(start.count))
      }
      return letters(word)
    }

    private static func letters(_ word: some StringProtocol) -> String {
      word.unicodeScalars.map { scalar in
        let other =
          scalar.isASCII
          ? scalar.properties.uppercaseMapping
          : TimeLimit.traditional.first { $0.value == scalar }.map { String($0.key) }
        return other.map { "[\(scalar)\($0)]" } ?? String(scalar)
      }.joined()
    }
  }

  fileprivate static let endings = ["以内", "之内", "内"]
  fileprivate static let endOfDayWords: Set<String> = ["eod", "当日", "当天", "当日下班前", "当天下班前", "下班前"]

  /// Characters of the words below that have another form in the Traditional script, by that form.
  fileprivate static let traditional: [Unicode.Scalar: Unicode.Scalar] = [
    "個": "个", "時": "时", "週": "周", "禮": "礼", "當": "当", "內": "内", "鐘": "钟", "頭": "头", "曆": "历",
  ]

  /// Full width to half width, small letters, Simplified, no blanks.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let plain = scalar.halfWidth
    switch plain {
    case " ", "\t", "\u{A0}", "\u{200B}", "\u{FEFF}": return nil
    case "A"..."Z": return Unicode.Scalar(UInt8(plain.value) + 32)
    default: return traditional[plain] ?? plain
    }
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// `15`, 五, 十五, 三十; not 一五 or 1十.
  private static func number(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    if scalars.allSatisfy(\.isASCII) { return scalars.count <= 6 ? Int(string(scalars)) : nil }
    return ChineseNumeral.value(scalars)
  }

  fileprivate static let units: [String: (unit: String, factor: Int)] = {
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
