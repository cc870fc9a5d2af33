import TriageCore

/// Reads what people write where a number or a yes is wanted: `约30余人`, `12.5万元`, `三百五十元`, `是`.
///
/// Nil means that it could not be told for sure; the caller then keeps the words and says so, it never guesses.
enum ValueReading {
  static func number(_ written: String) -> Double? {
    var reading = NumberReading()
    for original in written.unicodeScalars {
      guard reading.take(FieldName.halfWidth(original)) else { return nil }
    }
    return reading.finish()
  }

  /// A whole number of people; fractions and negative numbers are none.
  static func count(_ written: String) -> Int? {
    guard let number = number(written), number == number.rounded(), number < 1e9 else { return nil }
    return Int(number)
  }

  /// Yuan. `unit` is what the column's name says; it counts where the value has no unit of its own.
  static func amount(_ written: String, unit: String) -> Double? {
    guard let number = number(written) else { return nil }
    let isBare = written.unicodeScalars.allSatisfy { $0.value < 0x80 || FieldName.halfWidth($0).value < 0x80 }
    guard isBare else { return number }
    if unit.unicodeScalars.contains("亿") { return number * 1e8 }
    if unit.unicodeScalars.contains("万") { return number * 1e4 }
    if unit.unicodeScalars.contains("千") { return number * 1e3 }
    return number
  }

  static func flag(_ written: String) -> Bool? {
    switch FieldName.fold(written).name {
    case "true", "yes", "y", "1", "是", "有", "已", "√", "保密", "匿名", "已办结", "办结", "对", "需要", "要求保密": true
    case "false", "no", "n", "0", "否", "无", "未", "×", "不", "公开", "不保密", "不匿名", "未办结", "不需要", "非匿名", "实名":
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
    // ASCII ends that are visible: nothing to do. The marks all begin with C2, E2, E3 or EF and end above 7F.
    if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return text }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !isBlank($0) }),
      let end = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[start...end])
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x2000...0x200D, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000,
      0xFEFF:
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
  private var lastUnit = 1.0
  private var sawZero = false
  private var sawNumber = false
  /// A word after the number was read: another number would be a second one (3户12人).
  private var ended = false

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".": return takeDigit(UInt8(scalar.value))
    case ",", "，", " ", "\u{A0}", "\t", "_": return true
    case "零", "〇":
      sawZero = true
      return endDigits() && takeNumeral(0)
    case "一", "壹": return takeNumeral(1)
    case "二", "两", "贰": return takeNumeral(2)
    case "三", "叁": return takeNumeral(3)
    case "四", "肆": return takeNumeral(4)
    case "五", "伍": return takeNumeral(5)
    case "六", "陆": return takeNumeral(6)
    case "七", "柒": return takeNumeral(7)
    case "八", "捌": return takeNumeral(8)
    case "九", "玖": return takeNumeral(9)
    case "十", "拾": return takeUnit(10)
    case "百", "佰": return takeUnit(100)
    case "千", "仟": return takeUnit(1_000)
    case "万": return takeSection(1e4)
    case "亿": return takeSection(1e8)
    case "余", "多", "来": return true
    case "约", "近", "共", "计", "合", "大", "概", "¥", "￥", "民", "币": return !sawNumber || ended
    case "人": return !sawNumber || end()
    case "元", "块", "圆", "名", "户", "个", "位", "次", "钱", "整", "左", "右", "以", "上", "下": return end()
    default: return false
    }
  }

  private mutating func takeDigit(_ digit: UInt8) -> Bool {
    guard !ended, current == nil else { return false }
    sawNumber = true
    digits.append(digit)
    return digits.count <= 18
  }

  private mutating func endDigits() -> Bool {
    guard !digits.isEmpty else { return true }
    guard current == nil, let number = Double(String(decoding: digits, as: UTF8.self)) else { return false }
    current = number
    digits = []
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
