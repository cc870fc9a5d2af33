import TriageCore

/// Tells the values that stand in a cell and name nobody and nothing: placeholders, error marks, and numbers that a
/// spreadsheet rounded. As an identity such a value would join cases that have nothing in common.
enum UnusableText {
  /// What a table's other rows say about numbers of more than fifteen digits.
  enum LongNumbers {
    case unknown
    /// Some of them go on after the fifteenth digit: no spreadsheet cut them.
    case whole
    /// None of several does.
    case cut
  }

  /// - Parameter text: trimmed, not empty.
  static func reason(
    _ text: String, for field: CaseField, longNumbers: LongNumbers = .unknown
  ) -> UnusableValue? {
    guard let kind = field.sense, text.utf8.count <= 60 else { return nil }
    if isErrorMark(text) { return .errorMark }
    if kind == .words { return nil }
    if isScientific(text) { return .rounded }
    if kind == .number, isCutShort(text, longNumbers) || isBeyondDouble(text) { return .rounded }
    return isPlaceholder(text) || FieldName.find(text)?.field == field ? .placeholder : nil
  }

  /// `#N/A`, `#REF!`, `#NAME?`, `########`, `Err:502`: what Excel, LibreOffice and WPS show for a failed formula and a
  /// column that is too narrow.
  static func isErrorMark(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first.map(FieldName.halfWidth), "#=E".unicodeScalars.contains(first)
    else { return false }
    let bytes = Array(halfWidth(text).utf8)
    if bytes.starts(with: Array("Err:".utf8)) {
      return bytes.count > 4 && bytes.dropFirst(4).allSatisfy(isDigit)
    }
    let mark = bytes.first == UInt8(ascii: "=") ? bytes.dropFirst() : bytes[...]
    guard mark.first == UInt8(ascii: "#"), mark.count > 1 else { return false }
    let rest = mark.dropFirst()
    if rest.allSatisfy({ $0 == UInt8(ascii: "#") }) { return true }
    if rest.elementsEqual("N/A".utf8) || rest.elementsEqual("GETTING_DATA".utf8) { return true }
    guard rest.last == UInt8(ascii: "!") || rest.last == UInt8(ascii: "?") else { return false }
    return rest.dropLast().allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x2F || $0 == 0x30 }
  }

  /// `2.02606E+13`: the digits behind are lost. `3E10`, without a point or a sign, may be somebody's numbering.
  static func isScientific(_ text: String) -> Bool { Scientific(text) != nil }

  /// Excel keeps fifteen digits and writes zeros for the others. A sixteenth digit is a zero by chance in one number of
  /// ten, so that one counts only where several of a table say the same.
  static func isCutShort(_ text: String, _ longNumbers: LongNumbers) -> Bool {
    guard longNumbers != .whole, endsInZeros(text) else { return false }
    return text.unicodeScalars.count > 16 || longNumbers == .cut
  }

  /// More than fifteen digits, and zeros after the fifteenth.
  static func endsInZeros(_ text: String) -> Bool {
    guard let digits = longDigits(text) else { return false }
    return digits.dropFirst(15).allSatisfy { $0 == 0x30 } && digits.prefix(15).contains { $0 != 0x30 }
  }

  /// The digits of a number of more than fifteen; nil for anything else.
  static func longDigits(_ text: String) -> [UInt8]? {
    guard text.utf8.count >= 16, text.utf8.count <= 120 else { return nil }
    let folded = text.unicodeScalars.map(FieldName.halfWidth)
    guard folded.count >= 16, folded.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    return folded.map { UInt8($0.value) }
  }

  /// What people and programs write where they had to write something.
  static func isPlaceholder(_ text: String) -> Bool {
    let (word, unit) = FieldName.fold(text)
    if words.contains(word), unit.isEmpty || words.contains(unit) { return true }
    if ValueReading.isEmpty(halfWidth(text)) { return true }
    // 000000, 0.00, 00-00, xxxx, ???, ……
    let marks = text.unicodeScalars.map(FieldName.halfWidth)
    if marks.contains("0"), marks.allSatisfy({ $0 == "0" || $0 == "." || $0 == "-" }) { return true }
    if marks.allSatisfy({ $0 == "x" || $0 == "X" || $0 == "×" || $0 == "*" }) { return true }
    return marks.allSatisfy { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
  }

  private static let words: Set<String> = [
    "无", "没有", "無", "无编号", "无单号", "无号", "无号码", "没有编号", "未编号", "暂无", "暂无编号", "暂缺", "缺", "空", "空白", "空值", "不详",
    "不明", "不清楚", "不知道", "未知", "未填", "未填写", "未提供", "未登记", "未留", "待补", "待补充", "待定", "待填", "待填写", "待查", "待核实",
    "待完善", "待分配", "待生成", "待编号", "略", "同上", "同前", "测试", "示例", "样例", "默认", "null", "none", "nil", "nan", "na",
    "undefined", "unknown", "unassigned", "test", "testing", "demo", "sample", "example", "dummy", "tbd",
    "todo", "tba",
    "pending", "notavailable", "notapplicable", "empty", "blank", "infinity", "objectobject",
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func halfWidth(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map(FieldName.halfWidth)))
  }
}

extension UnusableText {
  /// A number in the notation of spreadsheets and programs: `2.02606E+13`, `1.38E10`.
  private struct Scientific {
    /// Without the point.
    let digits: [UInt8]
    let decimals: Int
    let exponent: Int

    init?(_ text: String) {
      guard text.unicodeScalars.lazy.map(FieldName.halfWidth).contains(where: { $0 == "e" || $0 == "E" })
      else {
        return nil
      }
      let scalars = text.unicodeScalars.map(FieldName.halfWidth).drop { $0 == "-" || $0 == "+" }
      guard let mark = scalars.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return nil }
      let mantissa = scalars[..<mark]
      let power = scalars[(mark + 1)...]
      let sign = power.first == "+" || power.first == "-" ? power.first : nil
      let exponent = power.dropFirst(sign == nil ? 0 : 1)
      let point = mantissa.firstIndex(of: ".")
      let digits = mantissa.filter { $0 != "." }
      guard (1...3).contains(exponent.count), exponent.allSatisfy(Self.isDigit), !digits.isEmpty,
        digits.allSatisfy(Self.isDigit), mantissa.count - digits.count <= 1, point != nil || sign != nil
      else { return nil }
      self.digits = digits.map { UInt8($0.value) }
      decimals = point.map { mantissa.endIndex - $0 - 1 } ?? 0
      let size = exponent.reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
      self.exponent = sign == "-" ? -size : size
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  }

  /// Programs that keep numbers as doubles write 20260609000123 as `20260609000123.0` or `2.0260609000123E13`: every
  /// digit is there, as long as a double holds it (2^53).
  static func withoutFraction(_ text: String) -> String {
    guard text.utf8.count <= 40 else { return text }
    let whole: [UInt8]
    if let number = Scientific(text) {
      guard number.decimals > 5, number.decimals == number.exponent else { return text }
      whole = number.digits
    } else {
      let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].count >= 6, parts[0].allSatisfy(isDigit), !parts[1].isEmpty,
        parts[1].allSatisfy({ $0 == 0x30 })
      else { return text }
      whole = Array(parts[0])
    }
    let digits = String(decoding: whole, as: UTF8.self)
    guard let number = Int64(digits), number <= 1 << 53 else { return text }
    return digits
  }

  /// `20260609000123456.0`: a double of that size holds no such number for sure.
  static func isBeyondDouble(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].count > 15 && parts[0].allSatisfy(isDigit)
      && !parts[1].isEmpty && parts[1].allSatisfy { $0 == 0x30 }
  }
}

extension CaseField {
  enum Sense {
    /// Tells one case or person from another: no digit may be missing.
    case number
    case plain
    /// Free words: only a mark of error says nothing.
    case words
  }

  /// What the value has to say to be one; nil where any value is.
  var sense: Sense? {
    switch self {
    case .sourceID, .contactPhone: .number
    case .area, .address, .peopleCount, .amount, .contactName, .contactOther, .result, .receivedAt: .plain
    case .title, .text: .words
    case .contact, .confidential, .handled, .fields, .channel, .ignored, .identityNumber: nil
    }
  }

  /// Of a person to be reached: never beside the other fields.
  var isContact: Bool {
    switch self {
    case .contact, .contactName, .contactPhone, .contactOther: true
    default: false
    }
  }
}
