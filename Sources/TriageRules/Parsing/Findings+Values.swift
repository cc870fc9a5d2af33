import TriageCore

/// Reads scalars as the type that the key wants; what does not fit is a finding and nil.
extension Findings {
  func text(_ located: Located?) -> Placed<String>? {
    guard let located else { return nil }
    guard let text = located.node.text else {
      error(.wrongType, located.place, .Rules.wantsText(located.node.kind))
      return nil
    }
    return Placed(value: text, place: located.place)
  }

  func integer(_ located: Located?, in range: ClosedRange<Int> = -1_000_000...1_000_000) -> Int? {
    guard let located else { return nil }
    guard case .scalar(let text, plain: true) = located.node.value, let number = Int(text) else {
      error(.wrongType, located.place, .Rules.wantsInteger(shown(located)))
      return nil
    }
    guard range.contains(number) else {
      error(.wrongValue, located.place, .Rules.outOfRange(number, range.lowerBound, range.upperBound))
      return nil
    }
    return number
  }

  func number(_ located: Located?) -> Double? {
    guard let located else { return nil }
    guard case .scalar(let text, plain: true) = located.node.value, let number = Double(text), number.isFinite
    else {
      error(.wrongType, located.place, .Rules.wantsNumber(shown(located)))
      return nil
    }
    return number
  }

  /// A sum of money in yuan, to the cent.
  func money(_ located: Located?, in range: ClosedRange<Int>) -> Money? {
    guard let located else { return nil }
    guard case .scalar(let text, plain: true) = located.node.value, let money = Money(text) else {
      error(.wrongType, located.place, .Rules.wantsMoney(shown(located)))
      return nil
    }
    guard money >= Money(cents: range.lowerBound * 100), money <= Money(cents: range.upperBound * 100) else {
      error(
        .wrongValue, located.place,
        .Rules.moneyOutOfRange(shown(located), range.lowerBound, range.upperBound))
      return nil
    }
    return money
  }

  func flag(_ located: Located?) -> Bool? {
    guard let located else { return nil }
    switch located.node.value {
    case .scalar("true", plain: true): return true
    case .scalar("false", plain: true): return false
    default:
      error(.wrongType, located.place, .Rules.wantsFlag(shown(located)))
      return nil
    }
  }

  /// One of a few words.
  func word<Word: RawRepresentable<String>>(_ located: Located?, of words: [Word]) -> Word? {
    guard let located, let text = text(located) else { return nil }
    if let word = words.first(where: { $0.rawValue == text.value }) { return word }
    let known = words.map(\.rawValue)
    error(
      .wrongValue, text.place, .Rules.notOneOf(text.value, known),
      hint: nearest(to: text.value, among: known).map { .Rules.didYouMean($0) })
    return nil
  }

  /// A list of phrases; one phrase alone counts as a list. YAML readers elsewhere take a bare `12315`, `no` or
  /// `08:30` for something that is not text, so such words must stand in quotes.
  func phrases(_ located: Located?) -> [Placed<String>] {
    guard let located else { return [] }
    return located.oneOrMore.compactMap { item in
      guard let text = text(item) else { return nil }
      if case .scalar(let bare, plain: true) = item.node.value, YamlTraps.isNotText(bare) {
        error(.needsQuotes, item.place, .Rules.needsQuotes(bare), hint: .Rules.needsQuotesHint(bare))
        return nil
      }
      if case .scalar(let bare, plain: true) = item.node.value { warnOfPunctuation(in: bare, at: item.place) }
      return text
    }
  }

  /// One phrase, not a list.
  func phrase(_ located: Located?) -> Placed<String>? {
    guard let located, text(located) != nil else { return nil }
    return phrases(located).first
  }

  /// A Chinese keyboard gives `，` for the comma between two phrases and `“` for a quote; both then belong to the text.
  private func warnOfPunctuation(in bare: String, at place: SourcePlace) {
    if let comma = bare.unicodeScalars.first(where: { FullWidth.commas.contains($0) }) {
      warning(
        .fullWidth, self.place(of: String(comma), from: place), .Rules.fullWidthComma(bare),
        hint: .Rules.fullWidthCommaHint)
    } else if let first = bare.unicodeScalars.first, "“”‘’＂＇".unicodeScalars.contains(first) {
      warning(.fullWidth, place, .Rules.fullWidthQuotes(bare), hint: .Rules.fullWidthQuotesHint)
    }
  }

  func limit(_ located: Located?, negative: Bool = false) -> TimeLimit? {
    guard let located, let text = text(located) else { return nil }
    guard let limit = TimeLimit(lenient: text.value) else {
      error(.wrongValue, text.place, .Rules.notALimit(text.value), hint: .Rules.limitHint)
      return nil
    }
    if !negative, limit.count <= 0 {
      error(.wrongValue, text.place, .Rules.notPositive(text.value))
      return nil
    }
    return limit
  }

  func time(_ located: Located?) -> CivilTime? {
    guard let located, let text = text(located) else { return nil }
    if let time = CivilTime(text.value) { return time }
    error(.wrongValue, text.place, .Rules.notATime(text.value))
    return nil
  }

  func date(_ located: Located?) -> CivilDate? {
    guard let located, let text = text(located) else { return nil }
    if let date = CivilDate(text.value) { return date }
    error(.wrongValue, text.place, .Rules.notADate(text.value))
    return nil
  }

  private func shown(_ located: Located) -> String { located.node.text ?? "" }
}

/// Plain scalars that YAML 1.1 or 1.2 readers take for something else than text.
enum YamlTraps {
  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "",
  ]

  static func isNotText(_ plain: String) -> Bool {
    if words.contains(plain.lowercased()) { return true }
    // Numbers in any notation, times (sexagesimal numbers to YAML 1.1) and dates.
    let isNumeric = plain.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x3A, 0x5F, 0x2C].contains(byte)
    }
    return isNumeric || Double(plain) != nil
  }
}
