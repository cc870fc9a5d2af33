import TriageCore

/// Tells the values in a column of numbers that no system gives to a case: they come from a spreadsheet or a program that
/// took the number for something else. As an identity each would join cases that have nothing in common.
enum IdentityText {
  /// - Parameters:
  ///   - value: as it stood in the file.
  ///   - text: the same, trimmed and unwrapped, not empty.
  static func reason(_ value: CaseValue, _ text: String) -> UnusableValue? {
    if case .map = value { return .placeholder }
    guard text.utf8.count <= Limits.timeBytes else { return nil }
    let scalars = text.unicodeScalars.map(\.halfWidth)
    let digits = scalars.count { ("0"..."9").contains($0) }
    let isPlaceholder =
      switch digits {
      // A place in a list, which the next list has too.
      case scalars.count: digits <= 2
      case 0: ValueReading.flag(text) != nil || isDay(text, scalars, digits)
      default: isDay(text, scalars, digits)
      }
    return isPlaceholder ? .placeholder : nil
  }

  /// `2026-11-30`, `2026/1/5`, `2026年11月30日`, with or without a time. `2026-1-15` and `20261130 0001` may be somebody's
  /// numbering.
  private static func isDay(_ text: String, _ scalars: [Unicode.Scalar], _ digits: Int) -> Bool {
    let mayBeNumber = scalars.allSatisfy { "0123456789-. ".unicodeScalars.contains($0) }
    switch WrittenTime(text) {
    case .day: return !mayBeNumber || digits >= 8
    case .time, .ambiguous: return !mayBeNumber
    case .serial, .unreadable: return false
    }
  }
}
