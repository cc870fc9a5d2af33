import TriageCore

/// Ids of one kind that are taken, and where.
struct Taken<Kind> {
  private(set) var places: [Identifier<Kind>: SourcePlace] = [:]

  /// - Returns: false, with a finding that names both places, when the name is taken.
  mutating func define(_ id: Identifier<Kind>, at place: SourcePlace, _ findings: Findings) -> Bool {
    if let first = places[id] {
      // The places are told apart in order, so that the finding does not depend on the order of files.
      let (early, late) = Self.isBefore(first, place) ? (first, place) : (place, first)
      findings.error(.duplicateID, late, .Rules.duplicateID(id.rawValue, early))
      places[id] = early
      return false
    }
    places[id] = place
    return true
  }

  private static func isBefore(_ a: SourcePlace, _ b: SourcePlace) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }
}

/// Names of things in the rulebook: which there are, which are used, and what a mistyped one probably means.
struct Names<Kind> {
  private var taken = Taken<Kind>()
  private(set) var used: Set<Identifier<Kind>> = []
  private(set) var titles = KnownTitles()
  let thing: Message.Rules.Thing

  init(_ thing: Message.Rules.Thing) { self.thing = thing }

  var places: [Identifier<Kind>: SourcePlace] { taken.places }
  var all: [Identifier<Kind>] { places.keys.sorted() }
  var unused: [Identifier<Kind>] { all.filter { !used.contains($0) } }

  func contains(_ id: Identifier<Kind>) -> Bool { places[id] != nil }

  /// - Returns: false, with a finding, when the name is taken.
  /// - Parameter title: what people call it, with other names that they have for it.
  mutating func define(
    _ id: Identifier<Kind>, at place: SourcePlace, title: String? = nil, also aliases: [String] = [],
    _ findings: Findings
  ) -> Bool {
    guard taken.define(id, at: place, findings) else { return false }
    titles.add(title, also: aliases, of: id.rawValue)
    return true
  }

  mutating func use(_ id: Identifier<Kind>) { used.insert(id) }

  /// The name that a text refers to, marked as used; an undefined one is a finding.
  mutating func resolve(_ text: Placed<String>?, _ findings: Findings) -> Identifier<Kind>? {
    guard let text else { return nil }
    let id = Identifier<Kind>(text.value)
    if contains(id) {
      used.insert(id)
      return id
    }
    if let comma = text.value.unicodeScalars.first(where: { FullWidth.commas.contains($0) }) {
      findings.error(
        thing.undefined, findings.place(of: String(comma), from: text.place),
        .Rules.undefined(text.value, thing), hint: .Rules.fullWidthCommaHint)
      return nil
    }
    findings.error(
      thing.undefined, text.place, .Rules.undefined(text.value, thing),
      hint: findings.hint(
        for: text.value, among: places.keys.lazy.map(\.rawValue), titles: titles))
    return nil
  }
}

extension Message.Rules.Thing {
  /// The code of a finding about a name of this kind that is not defined.
  var undefined: FindingCode {
    switch self {
    case .department: .undefinedDepartment
    case .category: .undefinedCategory
    case .level: .undefinedLevel
    case .scaleValue: .undefinedScaleValue
    case .tag: .undefinedTag
    case .lexicon: .undefinedLexicon
    case .area: .undefinedArea
    case .areaKind: .undefinedAreaKind
    case .field: .undefinedField
    case .channel: .undefinedChannel
    case .stage: .undefinedStage
    case .rule: .undefinedRule
    case .reason: .undefinedReason
    }
  }
}
