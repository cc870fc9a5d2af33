import TriageCore

/// Tests of fields, with their types checked: a number compared with a word is an error at load.
extension RulebookParser {
  private static let tests = ["is", "in", "at_least", "at_most", "present", "starts_with", "matches"]

  /// `{field: people_count, at_least: 5}`: one condition for each test, keyed by field and test.
  func fieldConditions(_ reader: EntryReader, _ scope: ConditionScope) -> [String: Condition] {
    if scope == .row { reader.refuse(["matches"]) }
    guard let node = reader.node("field") else {
      for key in Self.tests where reader.has(key) {
        _ = reader.node(key)
        findings.error(.missingKey, reader.keyPlace(key), .Rules.testWithoutField(key))
      }
      return [:]
    }
    guard let field = fieldNames.resolve(findings.text(node), findings), let type = fieldType(field) else {
      for key in Self.tests { _ = reader.node(key) }
      return [:]
    }
    if scope == .row, FieldID.seenOnlyByClassification.contains(field) {
      findings.error(.textInRow, node.place, .Rules.textInRow, hint: .Rules.textInRowHint)
    }
    var keys: [String: Condition] = [:]
    for key in Self.tests {
      guard let value = reader.node(key) else { continue }
      guard let test = test(key, value, of: field, type, scope, at: reader.keyPlace(key)) else { continue }
      keys["field \(field.rawValue) \(key)"] = .field(field, test)
    }
    if !Self.tests.contains(where: reader.has) {
      let usable = Self.tests.filter { scope == .classification || $0 != "matches" }
      findings.error(.missingKey, node.place, .Rules.fieldWithoutTest(field.rawValue, usable))
    }
    return keys
  }

  private func test(
    _ key: String, _ value: Located, of field: FieldID, _ type: FieldType, _ scope: ConditionScope,
    at place: SourcePlace
  ) -> FieldTest? {
    switch key {
    case "is": return fieldValue(value, type).map(FieldTest.is)
    case "in":
      let values = value.oneOrMore.compactMap { fieldValue($0, type) }
      return values.isEmpty ? nil : .in(values)
    case "at_least", "at_most": return bound(key, value, of: field, type, at: place)
    case "present": return findings.flag(value).map(FieldTest.present)
    case "starts_with":
      guard wantsText(key, of: field, type, at: place) else { return nil }
      return value.node.items == nil
        ? checkedPhrases(value).first.map { .startsWith($0.value) } : listForText(value)
    default:
      guard wantsText(key, of: field, type, at: place) else { return nil }
      if scope == .row {
        findings.error(.textInRow, place, .Rules.textInRow, hint: .Rules.textInRowHint)
        return nil
      }
      let patterns = checkedPatterns(value)
      if patterns.isEmpty { return nil }
      let probe = TextProbe(phrases: [], patterns: patterns.map(\.value), fields: [field], strength: .any)
      let places = ProbeList.Places(whole: place, phrases: [], patterns: patterns.map(\.place))
      return .matches(probe: probes.number(of: probe, at: places))
    }
  }

  private func bound(
    _ key: String, _ value: Located, of field: FieldID, _ type: FieldType, at place: SourcePlace
  ) -> FieldTest? {
    switch type {
    case .number:
      return findings.number(value).map { key == "at_least" ? .atLeast($0) : .atMost($0) }
    case .date:
      return findings.date(value).map { key == "at_least" ? .notBefore($0) : .notAfter($0) }
    default:
      findings.error(.wrongType, place, .Rules.notComparable(field.rawValue, type.rawValue, key))
      return nil
    }
  }

  private func wantsText(_ key: String, of field: FieldID, _ type: FieldType, at place: SourcePlace) -> Bool {
    if type == .text || type == .list { return true }
    findings.error(.wrongType, place, .Rules.notComparable(field.rawValue, type.rawValue, key))
    return false
  }

  private func listForText(_ located: Located) -> FieldTest? {
    _ = findings.text(located)
    return nil
  }

  private func fieldValue(_ located: Located, _ type: FieldType) -> FieldValue? {
    switch type {
    case .number: findings.number(located).map(FieldValue.number)
    case .flag: findings.flag(located).map(FieldValue.flag)
    case .date: findings.date(located).map(FieldValue.date)
    case .text, .list: findings.phrase(located).map { .text($0.value) }
    }
  }
}
