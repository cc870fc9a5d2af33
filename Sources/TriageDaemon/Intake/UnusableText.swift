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

  /// - Parameters:
  ///   - text: trimmed, not empty.
  ///   - key: the name that it stands under; a header among the rows repeats it.
  static func reason(
    _ text: String, for field: CaseField, key: String = "", longNumbers: LongNumbers = .unknown
  ) -> UnusableValue? {
    if isErrorMark(text) { return .errorMark }
    guard let sense = field.sense, sense != .words, text.utf8.count <= Limits.placeholderBytes else {
      return nil
    }
    let value = halfWidth(text)
    if isFormula(value) { return .errorMark }
    let signs = Signs(value)
    if signs.hasDigit, sense == .number || sense == .amount {
      if signs.hasExponent, Scientific(value)?.isRounded(of: sense) == true { return .rounded }
      if sense == .number, isCutShort(value, longNumbers) || isBeyondDouble(value) { return .rounded }
    }
    return text == key || Placeholder.isOne(value, signs, field, sense) ? .placeholder : nil
  }

  /// `#N/A`, `#REF!`, `#NAME?`, `########`, `Err:502`, `错误:502`: what Excel, LibreOffice and WPS show for a failed formula
  /// and a column that is too narrow.
  static func isErrorMark(_ text: String) -> Bool {
    guard text.utf8.count <= Limits.placeholderBytes else { return false }
    let value = halfWidth(text)
    switch value.utf8.first {
    case UInt8(ascii: "#"), UInt8(ascii: "="), UInt8(ascii: "E"), 0xE9: break
    default: return false
    }
    let bytes = Array(value.utf8)
    for word in ["Err:", "错误:", "錯誤:"] where bytes.starts(with: word.utf8) {
      let number = bytes.dropFirst(word.utf8.count)
      return !number.isEmpty && number.allSatisfy(isDigit)
    }
    let mark = bytes.first == UInt8(ascii: "=") ? bytes.dropFirst() : bytes[...]
    guard mark.first == UInt8(ascii: "#"), mark.count > 1 else { return false }
    let rest = mark.dropFirst()
    if rest.allSatisfy({ $0 == UInt8(ascii: "#") }) { return true }
    if rest.elementsEqual("N/A".utf8) || rest.elementsEqual("GETTING_DATA".utf8) { return true }
    guard rest.last == UInt8(ascii: "!") || rest.last == UInt8(ascii: "?") else { return false }
    return rest.dropLast().allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x2F || $0 == 0x30 }
  }

  /// `=A1`, `=VLOOKUP(…)`: what a spreadsheet was to work out, and did not.
  private static func isFormula(_ value: String) -> Bool {
    value.utf8.first == UInt8(ascii: "=") && value.utf8.count > 1
  }

  /// Excel keeps fifteen digits and writes zeros for the others. A sixteenth digit is a zero by chance in one number of
  /// ten, so that one counts only where several of a table say the same.
  private static func isCutShort(_ value: String, _ longNumbers: LongNumbers) -> Bool {
    guard longNumbers != .whole, endsInZeros(value) else { return false }
    return value.utf8.count > 16 || longNumbers == .cut
  }

  /// More than fifteen digits, and zeros after the fifteenth.
  static func endsInZeros(_ text: String) -> Bool {
    guard let digits = longDigits(text) else { return false }
    return digits.dropFirst(15).allSatisfy { $0 == 0x30 } && digits.prefix(15).contains { $0 != 0x30 }
  }

  /// The digits of a number of more than fifteen; nil for anything else.
  static func longDigits(_ text: String) -> [UInt8]? {
    guard text.utf8.count >= 16, text.utf8.count <= 2 * Limits.placeholderBytes else { return nil }
    let digits = Array(halfWidth(text).utf8)
    return digits.count >= 16 && digits.allSatisfy(isDigit) ? digits : nil
  }

  fileprivate static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The text itself where nothing in it is full-width: such signs begin with E3 or EF.
  private static func halfWidth(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0xE3 || $0 == 0xEF }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map(\.halfWidth)))
  }
}

/// What a value is made of, seen in one pass.
private struct Signs {
  var hasDigit = false
  /// E or e.
  var hasExponent = false
  /// Only digits, and how many.
  var isNumber = true
  /// Only zeros, points, hyphens and blanks.
  var isZeros = true
  var count = 0

  init(_ value: String) {
    for byte in value.utf8 {
      count += 1
      let isDigit = UnusableText.isDigit(byte)
      hasDigit = hasDigit || isDigit
      isNumber = isNumber && isDigit
      hasExponent = hasExponent || byte | 0x20 == UInt8(ascii: "e")
      isZeros = isZeros && (byte == 0x30 || byte == 0x2E || byte == 0x2D || byte == 0x20)
    }
  }
}

/// What people and programs write where they had to write something.
private enum Placeholder {
  static func isOne(_ value: String, _ signs: Signs, _ field: CaseField, _ sense: CaseField.Sense) -> Bool {
    if signs.hasDigit {
      // 0 is an amount, and so it is a number of people.
      if signs.isZeros { return sense != .amount }
      if sense == .number, signs.isNumber { return isRow(value, of: field) }
      return isNumbered(value)
    }
    if ValueReading.isEmpty(value) || isOfMarks(value) { return true }
    // No placeholder is longer, whatever stands between its letters.
    let (word, unit) = FieldName.fold(value)
    guard word.utf8.count <= longest else { return false }
    if words.contains(word), unit.isEmpty || words.contains(unit) { return true }
    return FieldName.isName(word, of: field) || deniesField(word, field)
  }

  /// xxxx, xxx-xxxx, ???, ……
  private static func isOfMarks(_ value: String) -> Bool {
    let scalars = value.unicodeScalars
    if scalars.allSatisfy({ "xX×*- ".unicodeScalars.contains($0) }) { return true }
    return scalars.allSatisfy { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
  }

  /// 111111, 123456, 12345678901: fingers on a row of keys. A telephone may be 88888888.
  private static func isRow(_ digits: String, of field: CaseField) -> Bool {
    let digits = Array(digits.utf8)
    guard digits.count >= 6 else { return false }
    let steps = zip(digits, digits.dropFirst()).map { ($1 &- $0 &+ 10) % 10 }
    if steps.allSatisfy({ $0 == 0 }) {
      let mayBeTelephone = field == .contactPhone && digits.count <= 8 && (0x32...0x38).contains(digits[0])
      return !mayBeTelephone
    }
    return digits[0] <= 0x31 && steps.allSatisfy { $0 == 1 }
  }

  /// 测试1, test02.
  private static func isNumbered(_ value: String) -> Bool {
    let word = FieldName.fold(value).name
    let letters = word.utf8.prefix { !UnusableText.isDigit($0) }
    let digits = word.utf8.dropFirst(letters.count)
    guard (1...3).contains(digits.count), digits.allSatisfy(UnusableText.isDigit) else { return false }
    // A hyphen makes it somebody's numbering.
    return !value.utf8.contains(UInt8(ascii: "-")) && samples.contains(String(Substring(letters)))
  }

  /// 暂无工单号, 没有联系方式, 编号待定.
  private static func deniesField(_ word: String, _ field: CaseField) -> Bool {
    for denial in denials where word.hasPrefix(denial) {
      if isNameOf(field, String(word.dropFirst(denial.count))) { return true }
    }
    for ending in endings where word.hasSuffix(ending) {
      if isNameOf(field, String(word.dropLast(ending.count))) { return true }
    }
    return false
  }

  private static func isNameOf(_ field: CaseField, _ word: String) -> Bool {
    guard !word.isEmpty else { return false }
    return FieldName.isName(word, of: field) || field.sense == .number && generic.contains(word)
  }

  private static let denials = ["暂无", "没有", "尚无", "无", "未填写", "未填", "未提供", "未登记", "未留", "没留", "不详", "缺"]
  private static let endings = [
    "暂无", "没有", "未填写", "未填", "未提供", "未登记", "未留", "不详", "不明", "待补", "待补充", "待定", "待查", "待核实", "未知", "无",
  ]
  private static let generic: Set<String> = ["编号", "单号", "号", "号码", "编码", "电话号", "联系电话", "联系方式"]
  private static let samples: Set<String> = [
    "测试", "示例", "样例", "test", "testing", "demo", "sample", "example",
  ]

  private static let words: Set<String> = [
    "无", "没有", "無", "无编号", "无单号", "无号", "无号码", "没有编号", "未编号", "暂无", "暂无编号", "暂缺", "缺", "空", "空白", "空值", "不详",
    "不明", "不清楚", "不知道", "未知", "未填", "未填写", "未提供", "未登记", "未留", "待补", "待补充", "待定", "待填", "待填写", "待查", "待核实",
    "待完善", "待分配", "待生成", "待编号", "略", "同上", "同前", "测试", "测试工单", "测试数据", "示例", "样例", "默认", "null", "none",
    "nil", "nan", "na", "undefined", "unknown", "unassigned", "test", "testing", "demo", "sample", "example",
    "dummy", "tbd", "todo", "tba", "pending", "notavailable", "notapplicable", "empty", "blank", "infinity",
    "objectobject",
  ]

  /// Bytes of the longest word that may be one, a denial and a field's name included.
  private static let longest = {
    let name = CaseField.allCases.flatMap(\.names).map(\.utf8.count).max() ?? 0
    let denial = (denials + endings).map(\.utf8.count).max() ?? 0
    return max(words.map(\.utf8.count).max() ?? 0, name + denial)
  }()
}

/// A number in the notation of spreadsheets and programs: `2.02606E+13`, with the comma of other countries, `1.38E10`,
/// `1e20`.
private struct Scientific {
  /// Without the point.
  let digits: ArraySlice<UInt8>
  /// Digits behind the point.
  let decimals: Int
  let exponent: Int
  let exponentDigits: Int
  /// Before the exponent: `+`, which spreadsheets always write, `-`, or nothing, as programs do.
  let sign: UInt8?

  init?(_ value: String) {
    var bytes = Array(value.utf8)[...]
    if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    guard let mark = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
    let mantissa = bytes[..<mark]
    var power = bytes[(mark + 1)...]
    sign = power.first == UInt8(ascii: "+") || power.first == UInt8(ascii: "-") ? power.first : nil
    if sign != nil { power = power.dropFirst() }
    let isPoint: (UInt8) -> Bool = { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    let point = mantissa.firstIndex(where: isPoint)
    digits = mantissa.filter { !isPoint($0) }[...]
    // One digit before the point, as every program writes it; 24E-001, 2026E15 and 3E10 are somebody's numbering.
    let isProgrammed = value.utf8.contains(UInt8(ascii: "e")) && power.count > 1
    guard (1...3).contains(power.count), power.allSatisfy(UnusableText.isDigit), !digits.isEmpty,
      digits.allSatisfy(UnusableText.isDigit), (point ?? mantissa.endIndex) == mantissa.startIndex + 1,
      mantissa.count - digits.count <= 1, point != nil || sign != nil || isProgrammed
    else { return nil }
    decimals = point.map { mantissa.endIndex - $0 - 1 } ?? 0
    exponentDigits = power.count
    let size = power.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    exponent = sign == UInt8(ascii: "-") ? -size : size
  }

  /// The digits behind are lost. `3E10` and `7E-102` may be somebody's numbering.
  func isRounded(of sense: CaseField.Sense) -> Bool {
    // A number that tells cases apart is large and whole.
    if sense == .number, exponent < 0 { return false }
    return decimals > 0 || exponentDigits == 2
  }

  /// `2.0260609000123E13`, `1.38123456E10`: a program wrote a double with all its digits, as many as a double holds
  /// (2^53). Zeros at the end are left out (Java, Double.toString).
  var whole: Int64? {
    guard sign == nil, decimals > 5, exponent >= decimals, exponent <= 15 else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    let value = (0..<(exponent - decimals)).reduce(number) { value, _ in value * 10 }
    return value <= 1 << 53 ? value : nil
  }
}

extension UnusableText {
  /// Programs that keep numbers as doubles write 20260609000123 as `20260609000123.0` or `2.0260609000123E13`: every
  /// digit is there, as long as a double holds it (2^53).
  static func withoutFraction(_ text: String) -> String {
    guard text.utf8.count <= 40,
      text.utf8.contains(UInt8(ascii: ".")), text.utf8.first.map(isDigit) == true
    else { return text }
    if let number = Scientific(text) { return number.whole.map(String.init) ?? text }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count >= 6, parts[0].allSatisfy(isDigit), !parts[1].isEmpty,
      parts[1].allSatisfy({ $0 == 0x30 }), let number = Int64(String(Substring(parts[0]))),
      number <= 1 << 53
    else { return text }
    return String(Substring(parts[0]))
  }

  /// `20260609000123456.0`: a double of that size holds no such number for sure.
  private static func isBeyondDouble(_ value: String) -> Bool {
    guard value.utf8.count > 17, value.utf8.contains(UInt8(ascii: ".")) else { return false }
    let parts = value.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].count > 15 && parts[0].allSatisfy(isDigit)
      && !parts[1].isEmpty && parts[1].allSatisfy { $0 == 0x30 }
  }
}

extension CaseField {
  enum Sense {
    /// Tells one case or person from another: no digit may be missing.
    case number
    /// A sum or a count: zero is one.
    case amount
    case plain
    /// Free words: only a mark of error says nothing.
    case words
  }

  /// What the value has to say to be one; nil where any value is.
  var sense: Sense? {
    switch self {
    case .sourceID, .contactPhone: .number
    case .peopleCount, .amount: .amount
    case .area, .address, .contactName, .contactOther, .result, .receivedAt: .plain
    case .title, .text: .words
    case .contact, .confidential, .handled, .fields, .channel, .ignored, .identityNumber, .sender, .recipient:
      nil
    }
  }

  /// Of a person to be reached: never beside the other fields.
  var isContact: Bool {
    switch self {
    case .contact, .contactName, .contactPhone, .contactOther: true
    default: false
    }
  }

  /// Says who somebody is or how to reach somebody: never in notes, and never left in a text where it was named.
  var isAboutPerson: Bool {
    switch self {
    case .identityNumber, .sender, .recipient: true
    default: isContact
    }
  }
}
