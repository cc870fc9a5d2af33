import TriageCore

/// Tells the values in a column of numbers that no system gives to a case: they come from a spreadsheet or a program that
/// took the number for something else. As an identity each would join cases that have nothing in common.
enum IdentityText {
  /// - Parameters:
  ///   - value: as it stood in the file.
  ///   - text: the same, trimmed and unwrapped, not empty.
  static func reason(_ value: CaseValue, _ text: String) -> UnusableValue? {
    if case .map = value { return .placeholder }
    guard text.utf8.count <= 40 else { return nil }
    let scalars = text.unicodeScalars.map(\.halfWidth)
    if isRowNumber(scalars) || isFlag(scalars) || isDay(scalars) { return .placeholder }
    return isRoundedElsewhere(scalars) ? .rounded : nil
  }

  /// One or two digits: a place in a list, which the next list has too.
  private static func isRowNumber(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.count <= 2 && scalars.allSatisfy(isDigit)
  }

  private static func isFlag(_ scalars: [Unicode.Scalar]) -> Bool {
    ["true", "false", "yes", "no", "是", "否", "真", "假"]
      .contains(String(String.UnicodeScalarView(scalars)).lowercased())
  }

  /// `2026-11-30`, `2026/1/5`, `2026年11月30日`, with or without a time. `2026-1-15` may be somebody's numbering.
  private static func isDay(_ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars.count >= 8, scalars.prefix(4).allSatisfy(isDigit), scalars[0] == "1" || scalars[0] == "2"
    else { return false }
    let separator = scalars[4]
    guard "-/.年".unicodeScalars.contains(separator) else { return false }
    var rest = scalars.dropFirst(5)
    let month = rest.prefix(while: isDigit)
    rest = rest.dropFirst(month.count)
    guard let second = rest.first, second == separator || separator == "年" && second == "月" else {
      return false
    }
    let day = rest.dropFirst().prefix(while: isDigit)
    rest = rest.dropFirst(1 + day.count)
    if rest.first == "日" || rest.first == "号" { rest = rest.dropFirst() }
    guard (1...12).contains(number(month)), (1...31).contains(number(day)), month.count <= 2, day.count <= 2
    else { return false }
    if separator == "-" || separator == ".", month.count + day.count < 4 { return false }
    // Nothing but a time behind it.
    return rest.allSatisfy { isDigit($0) || ": T.+Z".unicodeScalars.contains($0) }
      && (rest.isEmpty || rest.contains(":"))
  }

  /// `2,02606E+13`, as spreadsheets of other countries write it; `1e20`, as programs do.
  private static func isRoundedElsewhere(_ scalars: [Unicode.Scalar]) -> Bool {
    guard let mark = scalars.firstIndex(where: { $0 == "e" || $0 == "E" }), mark > 0 else { return false }
    let mantissa = scalars[..<mark]
    let power = scalars[(mark + 1)...]
    let isSigned = power.first == "+" || power.first == "-"
    let exponent = power.dropFirst(isSigned ? 1 : 0)
    guard (1...3).contains(exponent.count), exponent.allSatisfy(isDigit) else { return false }
    let commas = mantissa.count { $0 == "," }
    guard mantissa.allSatisfy({ isDigit($0) || $0 == "," }), mantissa.contains(where: isDigit) else {
      return false
    }
    return commas == 1 || commas == 0 && scalars[mark] == "e" && exponent.count > 1
  }

  private static func number(_ digits: some Collection<Unicode.Scalar>) -> Int {
    digits.count > 4 ? 0 : digits.reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
