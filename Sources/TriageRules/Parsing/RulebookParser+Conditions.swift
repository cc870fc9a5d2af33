import TriageCore

/// Conditions, in classification rules and in rows.
extension RulebookParser {
  /// Which conditions may be asked, by what is known at that time.
  enum ConditionScope {
    /// Text and fields; the category, level and scales are not decided yet.
    case classification
    /// What the ledger keeps of a case; no text.
    case row
  }

  /// A condition, and its keys for comparing rows.
  struct ParsedCondition {
    var condition: Condition
    var keys: [String: Condition]
    static let always = ParsedCondition(condition: .always, keys: [:])
  }

  static let conditionKeys: Set<String> = [
    "all", "any", "none", "text", "quantity", "field", "area", "channel", "tag", "category", "level",
    "during", "repeat",
    "is", "in", "at_least", "at_most", "present", "starts_with", "matches",
  ]

  /// `when` of an entry; without one the entry always holds.
  func when(_ reader: EntryReader, _ scope: ConditionScope) -> ParsedCondition {
    guard let node = reader.node("when") else { return .always }
    return condition(node, scope, depth: 0) ?? .always
  }

  /// All keys of one mapping must hold.
  func condition(_ located: Located, _ scope: ConditionScope, depth: Int) -> ParsedCondition? {
    guard depth < Limits.conditionDepth else {
      findings.error(.tooDeep, located.place, .Rules.conditionTooDeep(limit: Limits.conditionDepth))
      return nil
    }
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    if reader.keys.isEmpty {
      findings.error(.missingKey, reader.place, .Rules.emptyCondition)
      return nil
    }
    var keys: [String: Condition] = [:]
    keys.merge(combinations(reader, scope, depth: depth)) { a, _ in a }
    keys.merge(textAndFields(reader, scope)) { a, _ in a }
    keys.merge(circumstances(reader)) { a, _ in a }
    keys.merge(classified(reader, scope)) { a, _ in a }
    let parts = keys.sorted { $0.key < $1.key }.map(\.value)
    return ParsedCondition(condition: parts.count == 1 ? parts[0] : .all(parts), keys: keys)
  }

  private func combinations(
    _ reader: EntryReader, _ scope: ConditionScope, depth: Int
  ) -> [String: Condition] {
    var keys: [String: Condition] = [:]
    if let node = reader.node("all") {
      let parts = conditions(node, scope, depth: depth)
      // The parts of `all` are keys like those beside it, unless two ask about the same thing.
      var flat: [String: Condition] = [:]
      let isFlat = parts.allSatisfy { part in
        part.keys.allSatisfy { key, value in
          !reader.has(key) && flat.updateValue(value, forKey: key) == nil
        }
      }
      keys = isFlat ? flat : ["all": .all(parts.map(\.condition))]
    }
    if let node = reader.node("any") {
      keys["any"] = .any(conditions(node, scope, depth: depth).map(\.condition))
    }
    if let node = reader.node("none") {
      keys["none"] = .none(conditions(node, scope, depth: depth).map(\.condition))
    }
    return keys
  }

  private func conditions(_ located: Located, _ scope: ConditionScope, depth: Int) -> [ParsedCondition] {
    located.oneOrMore.compactMap { condition($0, scope, depth: depth + 1) }
  }

  private func textAndFields(_ reader: EntryReader, _ scope: ConditionScope) -> [String: Condition] {
    var keys: [String: Condition] = [:]
    if let node = scope == .row ? reader.refusedNode("text") : reader.node("text") {
      if scope == .row {
        findings.error(.textInRow, reader.keyPlace("text"), .Rules.textInRow, hint: .Rules.textInRowHint)
      } else if let condition = textCondition(node) {
        keys["text"] = condition
      }
    }
    if let node = scope == .row ? reader.refusedNode("quantity") : reader.node("quantity") {
      if scope == .row {
        findings.error(.textInRow, reader.keyPlace("quantity"), .Rules.textInRow, hint: .Rules.textInRowHint)
      } else if let condition = quantityCondition(node) {
        keys["quantity"] = condition
      }
    }
    for (key, condition) in fieldConditions(reader, scope) { keys[key] = condition }
    return keys
  }

  private func circumstances(_ reader: EntryReader) -> [String: Condition] {
    var keys: [String: Condition] = [:]
    if let node = reader.node("area"), let areaReader = EntryReader(node, findings) {
      let under = areaReader.required("under").map { resolveAll($0, &areaNames) } ?? []
      areaReader.finish()
      if !under.isEmpty { keys["area"] = .area(under: under) }
    }
    if let node = reader.node("channel") {
      let channels = node.oneOrMore.compactMap { channel($0) }.sorted()
      if !channels.isEmpty { keys["channel"] = .channel(channels) }
    }
    if let node = reader.node("tag") {
      let tags = node.oneOrMore.compactMap { item -> TagID? in
        guard let text = findings.text(item) else { return nil }
        testedTags.append(Placed(value: TagID(text.value), place: text.place))
        return TagID(text.value)
      }.sorted()
      if !tags.isEmpty { keys["tag"] = .tag(tags) }
    }
    if let node = reader.node("repeat"), let condition = repeated(node) { keys["repeat"] = condition }
    if let node = reader.node("during"), let during = findings.word(node, of: During.allCases) {
      keys["during"] = .during(workingHours: during == .workingHours)
    }
    return keys
  }

  /// `{at_least: 3, within: 30d}`: the third filing of one matter in thirty days, and every later one.
  private func repeated(_ located: Located) -> Condition? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let atLeast = findings.integer(reader.required("at_least"), in: Self.filings)
    let within = findings.limit(reader.required("within"))
    guard let atLeast, let within else { return nil }
    return .repeated(atLeast: atLeast, within: within)
  }

  /// How many filings a rule may ask for: one is every case, and a case remembers only so many.
  static let filings = 2...(Limits.historyLength + 1)

  private enum During: String, CaseIterable {
    case workingHours = "working_hours"
    case outsideHours = "outside_hours"
  }

  /// Channels need no declaration (a folder of the inbox is enough); once some are declared, others are slips.
  func channel(_ located: Located) -> ChannelID? {
    if channels.isEmpty { return identifier(located, ChannelKind.self)?.value }
    guard let text = findings.text(located) else { return nil }
    return text.value == "direct" ? "direct" : channelNames.resolve(text, findings)
  }

  private func classified(_ reader: EntryReader, _ scope: ConditionScope) -> [String: Condition] {
    var keys: [String: Condition] = [:]
    if let node = laterPhase(reader, "category", scope) {
      let ids = resolveAll(node, &categoryNames)
      if !ids.isEmpty { keys["category"] = .category(ids) }
    }
    if let node = laterPhase(reader, "level", scope) {
      let ids = resolveAll(node, &levelNames)
      if !ids.isEmpty { keys["level"] = .level(ids) }
    }
    for scale in scales {
      guard let node = laterPhase(reader, scale.id.rawValue, scope) else { continue }
      var names = valueNames[scale.id] ?? Names(.scaleValue)
      let ids = resolveAll(node, &names)
      valueNames[scale.id] = names
      if !ids.isEmpty { keys[scale.id.rawValue] = .scale(scale.id, ids) }
    }
    return keys
  }

  private func laterPhase(_ reader: EntryReader, _ key: String, _ scope: ConditionScope) -> Located? {
    if scope == .row { return reader.node(key) }
    guard reader.refusedNode(key) != nil else { return nil }
    findings.error(.laterPhase, reader.keyPlace(key), .Rules.laterPhase(key), hint: .Rules.laterPhaseHint)
    return nil
  }

  /// A name or a list of names, sorted.
  func resolveAll<Kind>(_ located: Located, _ names: inout Names<Kind>) -> [Identifier<Kind>] {
    var ids: Set<Identifier<Kind>> = []
    for item in located.oneOrMore {
      if let id = names.resolve(findings.text(item), findings) { ids.insert(id) }
    }
    return ids.sorted()
  }
}
