import TriageCore

/// `expect:` of a test and of its steps.
extension RulebookParser {
  /// - Parameter isStep: of a step of `then:`, which may also expect that its action is refused.
  func expectation(_ located: Located, _ zone: Zone?, isStep: Bool) -> RuleTest.Expectation? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    var expect = RuleTest.Expectation()
    expect.category = known(reader.node("category"), categoryNames)
    expect.level = known(reader.node("level"), levelNames)
    for scale in scales {
      guard let node = reader.node(scale.id.rawValue), let names = valueNames[scale.id] else { continue }
      expect.scales[scale.id] = known(node, names)
    }
    expect.lead = known(reader.node("lead"), departmentNames)
    expect.assist = departments(reader.node("assist"))
    expect.tags = reader.node("tags")?.oneOrMore.compactMap { known($0, tagNames) }.sorted()
    expect.route = ruleIDs(reader.node("route"), of: "routes", or: RuleTests.fallbackRoute)?.first
    expect.fired = ruleIDs(reader.node("fired"), of: "classification")
    expect.notFired = ruleIDs(reader.node("not_fired"), of: "classification")
    for stage in Self.limitStages + [.followUp] + anchoredStages.sorted() {
      if let node = reader.node(stage.rawValue + "_due") { expect.due[stage] = due(node, zone) }
    }
    readCourse(reader, &expect)
    if isStep { expect.refused = reader.node("refused").flatMap { refusal($0) } }
    if reader.keys.isEmpty { findings.error(.givesNothing, located.place, .Rules.emptyValue("expect")) }
    return expect
  }

  /// What is asked of the life of the case.
  private func readCourse(_ reader: EntryReader, _ expect: inout RuleTest.Expectation) {
    expect.reminders = findings.integer(reader.node("reminders"), in: 0...100_000)
    expect.escalatedBy = ruleIDs(reader.node("escalated_by"), of: "escalation")
    expect.notEscalatedBy = ruleIDs(reader.node("not_escalated_by"), of: "escalation")
    expect.phase = findings.word(reader.node("phase"), of: CaseState.Phase.allCases)
    expect.items = reader.node("items").flatMap { items($0) }
    expect.closed = reader.node("closed").flatMap { closing($0) }
    expect.told = departments(reader.node("told"))
  }

  /// A name that must be defined; to be expected by a test is no use of it.
  func known<Kind>(_ located: Located?, _ names: Names<Kind>) -> Identifier<Kind>? {
    var copy = names
    return copy.resolve(findings.text(located), findings)
  }

  private func departments(_ located: Located?) -> [DepartmentID]? {
    located?.oneOrMore.compactMap { known($0, departmentNames) }.sorted()
  }

  private func ruleIDs(_ located: Located?, of section: String, or extra: RuleID? = nil) -> [RuleID]? {
    guard let located else { return nil }
    let known = idsOfSection[section, default: []].union([extra?.rawValue].compactMap { $0 })
    return located.oneOrMore.compactMap { item in
      guard let text = findings.text(item) else { return nil }
      if known.contains(text.value) { return RuleID(text.value) }
      findings.error(
        .undefinedRule, text.place, .Rules.undefined(text.value, .rule),
        hint: findings.hint(
          for: text.value, among: known, titles: titlesOfSection[section] ?? KnownTitles()))
      return nil
    }
  }

  private func due(_ located: Located, _ zone: Zone?) -> RuleTest.Due? {
    guard let text = findings.text(located) else { return nil }
    if text.value == "none" { return .notRunning }
    if let day = CivilDate(text.value) { return .day(day) }
    // What is wrong with the zone is said of the zone.
    guard let zone else { return nil }
    if let instant = Instant(iso8601: text.value, zone: zone) { return .instant(instant) }
    findings.error(.wrongValue, text.place, .Rules.notAnInstant(text.value))
    return nil
  }

  /// `{urban: lead, police: [assist, approve]}`: everybody who has an item.
  private func items(_ located: Located) -> [DepartmentID: [Role]]? {
    guard let entries = located.node.entries else {
      findings.error(.wrongType, located.place, .Rules.wantsMapping(located.node.kind))
      return nil
    }
    var items: [DepartmentID: [Role]] = [:]
    for entry in entries {
      let place = SourcePlace(file: located.file, mark: entry.keyMark)
      var names = departmentNames
      guard let department = names.resolve(Placed(value: entry.key, place: place), findings) else { continue }
      let roles = Located(file: located.file, node: entry.value).oneOrMore
      items[department] = roles.compactMap { findings.word($0, of: Role.allCases) }
        .sorted { $0.rawValue < $1.rawValue }
    }
    return items
  }

  /// `true`, `false`, or how: `followed_up`.
  private func closing(_ located: Located) -> RuleTest.Closing? {
    switch located.node.text {
    case "true": return .closed
    case "false": return .open
    default:
      let ways = CaseEvent.Closed.How.allCases
      guard let text = findings.text(located) else { return nil }
      if let how = ways.first(where: { SnakeCase.of($0.rawValue) == text.value }) { return .how(how) }
      findings.error(
        .wrongValue, text.place,
        .Rules.notOneOf(text.value, ["true", "false"] + ways.map { SnakeCase.of($0.rawValue) }))
      return nil
    }
  }

  private func refusal(_ located: Located) -> RuleTest.Refusal? {
    guard let text = findings.text(located) else { return nil }
    return text.value == "true" ? .anyhow : .because(text.value)
  }
}

/// `followedUp` as rule files write it: `followed_up`.
enum SnakeCase {
  static func of(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      if ("A"..."Z").contains(scalar) { result += "_" }
      result += scalar.properties.lowercaseMapping
    }
    return result
  }
}
