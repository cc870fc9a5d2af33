import TriageCore

/// Reads what people write where a number or a yes is wanted: `约30余人`, `12.5万元`, `三百五十元`, `是`.
///
/// Nil means that it could not be told for sure; the caller then keeps the words and says so, it never guesses.
enum ValueReading {
  static func number(_ written: String) -> Double? {
    guard written.utf8.count <= Limits.valueBytes else { return nil }
    var reading = NumberReading()
    for original in written.unicodeScalars {
      guard reading.take(original.halfWidth) else { return nil }
    }
    return reading.finish()
  }

  /// A whole number of people; fractions and negative numbers are none.
  static func count(_ written: String) -> Int? {
    guard let number = number(written), number == number.rounded(), number < 1e9 else { return nil }
    return Int(number)
  }

  /// Yuan, to the cent (1.1万 is 11000 and no binary fraction beside it). `unit` is what the column's name says; it
  /// counts where the value has no unit of its own.
  static func amount(_ written: String, unit: String) -> Double? {
    guard written.utf8.count <= Limits.valueBytes else { return nil }
    if let (yuan, cents) = withCents(written) {
      if yuan.isEmpty { return Money(cents: cents).yuan }
      return number(yuan).flatMap { Money(yuan: $0) }.map { Money(cents: $0.cents + cents).yuan }
    }
    return yuan(written, unit: unit).flatMap { Money(yuan: $0)?.yuan }
  }

  private static func yuan(_ written: String, unit: String) -> Double? {
    guard let number = number(withoutCurrency(written)) else { return nil }
    // 五十 is a number; only 万 and what stands for the currency are units.
    let hasUnit = written.unicodeScalars.contains { "万亿元块圆萬億圓塊".unicodeScalars.contains($0) }
    if hasUnit { return number }
    // 3千 where 万元 is counted may be three thousand yuan or so many times 万; 三千 is a number as 3000 is.
    if unit.unicodeScalars.contains(where: { "亿億万萬千".unicodeScalars.contains($0) }), hasUnitOfDigits(written)
    {
      return nil
    }
    if unit.unicodeScalars.contains(where: { $0 == "亿" || $0 == "億" }) { return number * 1e8 }
    if unit.unicodeScalars.contains(where: { $0 == "万" || $0 == "萬" }) { return number * 1e4 }
    if unit.unicodeScalars.contains("千") { return number * 1e3 }
    return number
  }

  /// Whether a 千, 百 or 十 counts what stands in digits before it.
  private static func hasUnitOfDigits(_ written: String) -> Bool {
    let scalars = written.unicodeScalars.map(\.halfWidth).filter { !isBlank($0) }
    return zip(scalars, scalars.dropFirst()).contains { before, unit in
      ("0"..."9").contains(before) && "千仟百佰十拾".unicodeScalars.contains(unit)
    }
  }

  /// Without RMB or CNY at its beginning or end.
  private static func withoutCurrency(_ written: String) -> String {
    let text = trimmed(written)
    for code in ["rmb", "cny"] {
      if text.lowercased().hasPrefix(code) { return String(text.dropFirst(3)) }
      if text.lowercased().hasSuffix(code) { return String(text.dropLast(3)) }
    }
    return text
  }

  /// `91元5角2分`, `五百元零五分`, `三块五`, `5角`: what stands up to 元, and the cents behind it. Nil where no cents are named.
  private static func withCents(_ written: String) -> (yuan: String, cents: Int)? {
    let scalars = withoutCurrency(written).unicodeScalars.map(\.halfWidth).filter { !isBlank($0) }
    let mark = scalars.firstIndex { "元块圆塊圓".unicodeScalars.contains($0) }
    var rest = mark.map { scalars[($0 + 1)...] } ?? scalars[...]
    var cents = 0
    var named = false
    while let first = rest.first, let digit = digit(first) {
      rest = rest.dropFirst()
      switch rest.first {
      case "角", "毛": cents += digit * 10
      case "分": cents += digit
      // 五百元零五分, and 三块五 for five times ten cents.
      case .some where digit == 0 && !named: continue
      case nil where !named && mark.map { scalars[$0] == "块" || scalars[$0] == "塊" } ?? false:
        cents += digit * 10
      default: return nil
      }
      rest = rest.dropFirst()
      named = true
    }
    if rest.first == "整" || rest.first == "钱" || rest.first == "錢" { rest = rest.dropFirst() }
    guard named, rest.isEmpty, cents < 100 else { return nil }
    return (mark.map { String(String.UnicodeScalarView(scalars[...$0])) } ?? "", cents)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    ("0"..."9").contains(scalar) ? Int(scalar.value) - 0x30 : ChineseNumeral.digit(scalar)
  }

  static func flag(_ written: String) -> Bool? {
    guard written.utf8.count <= Limits.valueBytes else { return nil }
    return switch FieldName.fold(written).name {
    case "true", "yes", "y", "1", "是", "有", "已", "√", "保密", "匿名", "已办结", "办结", "对", "真", "需要", "要求保密": true
    case "false", "no", "n", "0", "否", "假", "无", "未", "×", "不", "公开", "不保密", "不匿名", "未办结", "不需要", "非匿名", "实名":
      false
    default: nil
    }
  }

  /// What exports write into an empty cell (pandas, databases, people).
  static func isEmpty(_ written: String) -> Bool {
    guard written.utf8.count <= 12 else { return false }
    switch trimmed(written) {
    case "", "None", "none", "NONE", "null", "NULL", "Null", "nan", "NaN", "N/A", "n/a", "-", "--", "—", "/",
      "\\", "~":
      return true
    default: return false
    }
  }

  /// Without white space at both ends, U+3000, U+00A0 and zero-width marks included.
  static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    // ASCII ends that are visible: nothing to do. The marks all begin and end above 7F.
    if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return text }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !isBlank($0) }),
      let end = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[start...end])
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0xAD, 0x061C, 0x2000...0x200F, 0x2028...0x202F, 0x205F, 0x2060,
      0x2066...0x2069, 0x3000, 0xFEFF:
      true
    default: false
    }
  }
}

/// The state of reading one number, digits and Chinese numerals mixed: 3万5千, 1.2亿, 一百二十, 两千余.
private struct NumberReading {
  /// Below the last 万 or 亿.
  private var section = 0.0
  private var total = 0.0
  /// What no unit has multiplied yet.
  private var current: Double?
  private var digits: [UInt8] = []
  /// How many digits stand between the separators before the point: 1,234 is one and three.
  private var groups: [Int] = []
  private var pending: Separator?
  private var lastUnit = 1.0
  private var sawZero = false
  private var sawNumber = false
  /// A word after the number was read: another number would be a second one (3户12人).
  private var ended = false

  private enum Separator { case comma, blank }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".": return takeDigit(UInt8(scalar.value))
    case ",", "_":
      pending = digits.isEmpty ? nil : .comma
      return true
    case " ", "\u{A0}", "\u{202F}", "\t":
      if !digits.isEmpty { pending = pending ?? .blank }
      return true
    default:
      // A comma belongs between digits: 1,元 may be half of a number.
      guard pending != .comma else { return false }
      return takeWord(scalar)
    }
  }

  private mutating func takeWord(_ scalar: Unicode.Scalar) -> Bool {
    if let digit = ChineseNumeral.digit(scalar), digit > 0 { return takeNumeral(Double(digit)) }
    switch scalar {
    case "零", "〇", "○":
      sawZero = true
      return endDigits() && takeNumeral(0)
    case "十", "拾": return takeUnit(10)
    case "百", "佰": return takeUnit(100)
    case "千", "仟": return takeUnit(1_000)
    case "万", "萬": return takeSection(1e4)
    case "亿", "億": return takeSection(1e8)
    case "余", "多", "来": return true
    case "约", "近", "共", "计", "合", "大", "概", "¥", "￥", "民", "币", "幣": return !sawNumber || ended
    case "人": return !sawNumber || end()
    case "元", "块", "圆", "圓", "塊", "名", "户", "个", "位", "次", "钱", "整", "左", "右", "以", "上", "下": return end()
    default: return false
    }
  }

  private mutating func takeDigit(_ digit: UInt8) -> Bool {
    guard !ended, current == nil else { return false }
    sawNumber = true
    if !digits.contains(UInt8(ascii: ".")), digit != UInt8(ascii: ".") {
      if groups.isEmpty || pending != nil { groups.append(0) }
      groups[groups.count - 1] += 1
    } else if pending != nil {
      return false
    }
    pending = nil
    digits.append(digit)
    return digits.count <= 18
  }

  private mutating func endDigits() -> Bool {
    guard !digits.isEmpty else { return true }
    // 12,34 and 1 2 may mean several things; 1,234,567 means one.
    let isGrouped = groups.count <= 1 || groups[0] <= 3 && groups.dropFirst().allSatisfy { $0 == 3 }
    guard isGrouped, pending != .comma, current == nil,
      let number = Double(String(decoding: digits, as: UTF8.self))
    else { return false }
    current = number
    digits = []
    groups = []
    pending = nil
    return true
  }

  private mutating func takeNumeral(_ value: Double) -> Bool {
    guard !ended, endDigits() else { return false }
    // A zero only says that units are skipped: 一千零五.
    if value == 0 {
      if !sawNumber { current = 0 }
      sawNumber = true
      return true
    }
    guard current == nil || current == 0 else { return false }
    sawNumber = true
    current = value
    return true
  }

  private mutating func takeUnit(_ unit: Double) -> Bool {
    guard !ended, endDigits() else { return false }
    sawNumber = true
    section += (current ?? 1) * unit
    current = nil
    lastUnit = unit
    sawZero = false
    return true
  }

  private mutating func takeSection(_ unit: Double) -> Bool {
    guard !ended, endDigits(), sawNumber else { return false }
    total += (section + (current ?? 0)) * unit
    section = 0
    current = nil
    lastUnit = unit
    sawZero = false
    return true
  }

  private mutating func end() -> Bool {
    ended = sawNumber
    return true
  }

  mutating func finish() -> Double? {
    guard sawNumber, endDigits() else { return nil }
    var rest = current ?? 0
    // 一万二 is twelve thousand, 三百五 three hundred and fifty.
    if rest > 0, rest < 10, rest == rest.rounded(), lastUnit > 10, !sawZero { rest *= lastUnit / 10 }
    return total + section + rest
  }
}
