/// Tests of fields. Sources are careless with types (a CSV has only text), so a value is read as the other side's
/// type where that is possible; where it is not, the test does not hold.
extension FieldTest {
  /// - Parameter fold: folds texts alike on both sides (width, case, script).
  func holds(for value: FieldValue?, fold: (String) -> String) -> Bool {
    switch self {
    case .present(let wanted): return (value?.isEmpty == false) == wanted
    case .is(let wanted): return value?.isSame(as: wanted, fold: fold) ?? false
    case .in(let wanted):
      return value.map { value in wanted.contains { value.isSame(as: $0, fold: fold) } } ?? false
    case .atLeast(let bound): return value?.number.map { $0 >= bound } ?? false
    case .atMost(let bound): return value?.number.map { $0 <= bound } ?? false
    case .notBefore(let day): return value?.date.map { $0 >= day } ?? false
    case .notAfter(let day): return value?.date.map { $0 <= day } ?? false
    case .startsWith(let start):
      let folded = fold(start)
      return value?.texts.contains { fold($0).utf8.starts(with: folded.utf8) } ?? false
    case .matches: return false
    }
  }
}

extension FieldValue {
  /// Nothing but white space counts as empty, too.
  var isEmpty: Bool {
    switch self {
    case .text(let text): text.trimmed.isEmpty
    case .list(let items): items.allSatisfy { $0.trimmed.isEmpty }
    case .number, .flag, .date: false
    }
  }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .text(let text): Double(text.trimmed)
    case .flag, .date, .list: nil
    }
  }

  var date: CivilDate? {
    switch self {
    case .date(let date): date
    case .text(let text): CivilDate(String(text.trimmed.prefix(10)))
    case .number, .flag, .list: nil
    }
  }

  var flag: Bool? {
    switch self {
    case .flag(let flag): return flag
    case .text(let text):
      switch text.trimmed.lowercased() {
      case "true", "yes", "y", "1", "是", "有", "对": return true
      case "false", "no", "n", "0", "否", "无", "不是", "没有": return false
      default: return nil
      }
    case .number(let number): return number == 1 ? true : number == 0 ? false : nil
    case .date, .list: return nil
    }
  }

  var texts: [String] {
    switch self {
    case .text(let text): [text.trimmed]
    case .list(let items): items.map(\.trimmed)
    case .number(let number): [number.plainText]
    case .date(let date): [date.description]
    case .flag: []
    }
  }

  /// The value as that type; unchanged where it cannot be read so.
  func read(as type: FieldType) -> FieldValue {
    switch type {
    case .text, .list: self
    case .number: number.map(FieldValue.number) ?? self
    case .flag: flag.map(FieldValue.flag) ?? self
    case .date: date.map(FieldValue.date) ?? self
    }
  }

  /// Whether the case's value is what the rule wants; a list is when one of its items is.
  func isSame(as wanted: FieldValue, fold: (String) -> String) -> Bool {
    if self == wanted { return true }
    switch wanted {
    case .number(let number): return self.number == number
    case .flag(let flag): return self.flag == flag
    case .date(let date): return self.date == date
    case .text(let text):
      let folded = fold(text)
      return texts.contains { fold($0) == folded }
    case .list(let items): return items.allSatisfy { isSame(as: .text($0), fold: fold) }
    }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return first == startIndex && scalars.index(after: last) == endIndex
      ? self : String(scalars[first...last])
  }
}
