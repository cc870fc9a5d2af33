/// Numbers in Chinese numerals where a whole number and nothing else is wanted: in dates and durations.
public enum ChineseNumeral {
  /// 〇 to 九 and 两, in either script, and the numerals of cheques (壹 to 玖).
  public static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零", "○": 0
    case "一", "壹": 1
    case "二", "两", "兩", "贰", "貳": 2
    case "三", "叁", "參": 3
    case "四", "肆": 4
    case "五", "伍": 5
    case "六", "陆", "陸": 6
    case "七", "柒": 7
    case "八", "捌": 8
    case "九", "玖": 9
    default: nil
    }
  }

  private static func unit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十", "拾": 10
    case "百", "佰": 100
    case "千", "仟": 1_000
    default: nil
    }
  }

  /// Whether it belongs to such a number.
  public static func isPart(_ scalar: Unicode.Scalar) -> Bool { digit(scalar) != nil || unit(scalar) != nil }

  /// 五, 十五, 三十, 一百八十, 一百零五, 一百五 (150), below 10,000. Nil for anything else, such as 一五.
  public static func value(_ numeral: some Collection<Unicode.Scalar>) -> Int? {
    guard (1...8).contains(numeral.count) else { return nil }
    var total = 0
    var current: Int?
    var last = 10_000
    var afterZero = false
    for scalar in numeral {
      if let unit = unit(scalar) {
        guard unit < last, !afterZero || current != nil else { return nil }
        // 十五 needs no digit before its unit; 零十 has none.
        guard current != nil || unit == 10 && total == 0, current != 0 else { return nil }
        total += (current ?? 1) * unit
        (current, last, afterZero) = (nil, unit, false)
      } else if let digit = digit(scalar) {
        guard current == nil else { return nil }
        if digit == 0, total > 0 {
          guard !afterZero else { return nil }
          afterZero = true
        } else {
          current = digit
        }
      } else {
        return nil
      }
    }
    guard let current else { return afterZero ? nil : total }
    guard last > 10, last < 10_000, !afterZero else { return total + current }
    return total + current * last / 10
  }
}

extension Unicode.Scalar {
  /// Full-width signs and letters as their ASCII ones, the ideographic space as a space (Unicode block FF00).
  public var halfWidth: Unicode.Scalar {
    switch value {
    case 0x3000: " "
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
    default: self
    }
  }
}
