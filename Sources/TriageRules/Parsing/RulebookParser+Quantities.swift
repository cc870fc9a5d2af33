import TriageCore
import TriageText

/// Conditions on quantities that the text states: `quantity: {of: people, at_least: 30}`.
extension RulebookParser {
  func quantityCondition(_ located: Located) -> Condition? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let kind = findings.word(reader.required("of"), of: QuantityTest.Kind.allCases)
    let atLeast = bound(reader.node("at_least"))
    let atMost = bound(reader.node("at_most"))
    let options = textOptions(reader)
    if !reader.has("at_least"), !reader.has("at_most") {
      findings.error(.missingKey, reader.place, .Rules.quantityWithoutBound)
      return nil
    }
    if let atLeast, let atMost, atMost < atLeast {
      findings.error(.wrongValue, reader.keyPlace("at_most"), .Rules.quantityBoundsCrossed)
      return nil
    }
    guard let kind else { return nil }
    let probe = TextProbe(
      phrases: [], fields: options.fields, strength: options.strength, except: options.except.map(\.value),
      negators: options.negators ?? TextIndex.defaultNegators,
      weakeners: options.weakeners ?? TextIndex.defaultWeakeners, quantity: kind)
    let places = ProbeList.Places(
      whole: reader.place, phrases: [], patterns: [], except: options.except.map(\.place))
    // Whatever their bounds, conditions ask about the same finds.
    let number = probes.number(
      of: probe, at: places, sharing: options.sharingKey(of: "quantity", kind.rawValue))
    return .quantity(QuantityTest(of: kind, atLeast: atLeast, atMost: atMost), probe: number)
  }

  private func bound(_ located: Located?) -> Double? {
    guard let located, let number = findings.number(located) else { return nil }
    if number < 0 { findings.error(.wrongValue, located.place, .Rules.quantityBoundNegative) }
    return number
  }
}
