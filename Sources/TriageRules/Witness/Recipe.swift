import TriageCore

/// What a case must hold so that a condition holds.
struct Recipe: Equatable {
  /// Sentences by the field that they must stand in.
  var sentences: [FieldID: [String]] = [:]
  var values: [FieldID: FieldValue] = [:]
  var channel: ChannelID?
  var area: AreaID?
  var tags: Set<TagID> = []
  var isOpen: Bool?
  /// The day of taking, for rules of a season.
  var day: CivilDate?

  /// Both; nil where they contradict each other.
  func and(_ other: Recipe) -> Recipe? {
    var both = self
    for (field, more) in other.sentences {
      for sentence in more where both.sentences[field]?.contains(sentence) != true {
        both.sentences[field, default: []].append(sentence)
      }
    }
    for (field, value) in other.values {
      if let own = values[field], own != value { return nil }
      both.values[field] = value
    }
    if let area = other.area {
      if let own = self.area, own != area { return nil }
      both.area = area
    }
    if let channel = other.channel {
      if let own = self.channel, own != channel { return nil }
      both.channel = channel
    }
    if let isOpen = other.isOpen {
      if let own = self.isOpen, own != isOpen { return nil }
      both.isOpen = isOpen
    }
    if let day = other.day {
      if let own = self.day, own != day { return nil }
      both.day = day
    }
    both.tags.formUnion(other.tags)
    return both
  }
}

/// Finds recipes for conditions: a few for each, not all. What comes of them the evaluator says.
struct RecipeBook {
  /// Ways that are tried for one condition.
  private static let ways = 4

  let rulebook: Rulebook

  func recipes(for condition: Condition) -> [Recipe] {
    switch condition {
    case .always, .none: return [Recipe()]
    case .all(let parts):
      return parts.reduce([Recipe()]) { ways, part in
        let more = recipes(for: part)
        return Array(ways.flatMap { way in more.compactMap { way.and($0) } }.prefix(Self.ways))
      }
    case .any(let parts): return Array(parts.lazy.flatMap { recipes(for: $0) }.prefix(Self.ways))
    case .text(let probe), .field(_, .matches(let probe)): return recipes(for: rulebook.probes[probe])
    case .quantity(let test, let probe): return recipes(for: test, rulebook.probes[probe])
    case .field(let field, let test): return value(for: test).map { [Recipe(values: [field: $0])] } ?? []
    case .area(let under): return under.prefix(Self.ways).map { Recipe(area: $0) }
    case .channel(let channels): return channels.prefix(Self.ways).map { Recipe(channel: $0) }
    case .tag(let tags): return tags.prefix(Self.ways).map { Recipe(tags: [$0]) }
    case .during(let isOpen): return [Recipe(isOpen: isOpen)]
    default: return []
    }
  }

  private func recipes(for probe: TextProbe) -> [Recipe] {
    let field = probe.fields?.first ?? .text
    // A weak hit needs a word before it that makes it weak.
    var before = ""
    if probe.strength == .weak {
      guard let weakener = probe.weakeners.first else { return [] }
      before = weakener
    }
    if probe.need == .allPhrases {
      return [Recipe(sentences: [field: probe.phrases.map { before + $0 }])]
    }
    let phrases = probe.phrases + probe.patterns.compactMap { PatternSample.text(of: $0) }
    return phrases.prefix(Self.ways).map { Recipe(sentences: [field: [before + $0]]) }
  }

  /// A sentence with as much as the condition asks for.
  private func recipes(for test: QuantityTest, _ probe: TextProbe) -> [Recipe] {
    guard probe.strength != .weak, let bound = test.atLeast ?? test.atMost else { return [] }
    let number = String(Int(exactly: bound.rounded(.up)) ?? 0)
    let sentence = test.of == .people ? "共有\(number)人" : "涉及\(number)元"
    return [Recipe(sentences: [probe.fields?.first ?? .text: [sentence]])]
  }

  private func value(for test: FieldTest) -> FieldValue? {
    switch test {
    case .is(let value): value
    case .in(let values): values.first
    case .atLeast(let bound), .atMost(let bound): .number(bound)
    case .notBefore(let day), .notAfter(let day): .date(day)
    case .startsWith(let start): .text(start)
    case .present(true): .text("有")
    case .present(false), .matches: nil
    }
  }
}

/// A text that a pattern matches, for the plain patterns that rules have.
struct PatternSample {
  private var rest: [Unicode.Scalar]

  /// - Returns: nil for what is not understood.
  static func text(of pattern: String) -> String? {
    var sample = PatternSample(rest: Array(pattern.unicodeScalars))
    guard let text = sample.alternatives(), sample.rest.isEmpty else { return nil }
    return text
  }

  /// The first of `a|b|c`.
  private mutating func alternatives() -> String? {
    guard let first = sequence() else { return nil }
    while rest.first == "|" {
      rest.removeFirst()
      guard sequence() != nil else { return nil }
    }
    return first
  }

  private mutating func sequence() -> String? {
    var text = ""
    while let next = rest.first, next != "|", next != ")" {
      guard let atom = atom() else { return nil }
      text += String(repeating: atom, count: repeats())
    }
    return text
  }

  private mutating func atom() -> String? {
    let scalar = rest.removeFirst()
    switch scalar {
    case "(":
      if rest.starts(with: ["?", ":"]) { rest.removeFirst(2) }
      guard rest.first != "?", let inside = alternatives(), rest.first == ")" else { return nil }
      rest.removeFirst()
      return inside
    case "[": return bracket()
    case ".": return "某"
    case "^", "$": return ""
    case "\\": return escape()
    case "*", "+", "?", "{": return nil
    default: return String(scalar)
    }
  }

  private mutating func bracket() -> String? {
    guard let end = rest.firstIndex(of: "]"), end > 0 else { return nil }
    let inside = rest[..<end]
    rest.removeFirst(end + 1)
    if inside.first == "^" { return inside.contains("某") ? nil : "某" }
    return inside.first.map { $0 == "\\" ? nil : String($0) } ?? nil
  }

  private mutating func escape() -> String? {
    guard let escaped = rest.first else { return nil }
    rest.removeFirst()
    switch escaped {
    case "d": return "1"
    case "s": return " "
    case "w": return "某"
    case ".", "+", "*", "?", "(", ")", "[", "]", "{", "}", "|", "\\", "-", "/": return String(escaped)
    default: return nil
    }
  }

  /// As few times as the quantifier allows.
  private mutating func repeats() -> Int {
    switch rest.first {
    case "?", "*":
      rest.removeFirst()
      dropLazy()
      return 0
    case "+":
      rest.removeFirst()
      dropLazy()
      return 1
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return 1 }
      var digits = String.UnicodeScalarView()
      digits.append(contentsOf: rest[1..<end].prefix { $0 != "," })
      rest.removeFirst(end + 1)
      dropLazy()
      return Int(String(digits)) ?? 0
    default: return 1
    }
  }

  private mutating func dropLazy() { if rest.first == "?" { rest.removeFirst() } }
}
