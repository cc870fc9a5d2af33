import TriageCore

/// `tests:` entries: a case as a file would give it, and what is expected of it.
extension RulebookParser {
  /// Tests are called by their names.
  private enum TestKind {}

  func parseTests(zone: Zone?) -> [RuleTest] {
    var names = Taken<TestKind>()
    let tests = (sections.entries["tests"] ?? []).compactMap { located -> RuleTest? in
      guard let reader = EntryReader(located, findings) else { return nil }
      defer { reader.finish() }
      let name = findings.text(reader.required("name")).flatMap { name in
        names.define(Identifier(name.value), at: name.place, findings) ? name.value : nil
      }
      let taken = reader.required("case").flatMap { testCase($0, zone) }
      let expect = reader.required("expect").flatMap { expectation($0, zone) }
      guard let name, let taken, let expect else { return nil }
      return RuleTest(
        name: name, place: reader.place, input: taken.input, at: taken.at, history: taken.history,
        expect: expect)
    }
    return tests.sorted { ($0.name, $0.place.file, $0.place.line) < ($1.name, $1.place.file, $1.place.line) }
  }

  private func testCase(_ located: Located, _ zone: Zone?) -> (
    input: CaseInput, at: Instant, history: CaseHistory
  )? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let channel = reader.node("channel").flatMap { identifier($0, ChannelKind.self)?.value }
    var input = CaseInput(channel: channel ?? "direct")
    input.title = findings.text(reader.node("title"))?.value ?? ""
    input.text = findings.text(reader.node("text"))?.value ?? ""
    input.area = findings.text(reader.node("area"))?.value
    input.address = findings.text(reader.node("address"))?.value
    input.sourceID = findings.text(reader.node("source_id"))?.value
    input.result = findings.text(reader.node("result"))?.value
    input.peopleCount = findings.integer(reader.node("people_count"), in: 0...10_000_000)
    input.amount = findings.number(reader.node("amount"))
    input.handled = findings.flag(reader.node("handled")) ?? false
    for (field, type) in fields.sorted(by: { $0.key < $1.key }) {
      if let node = reader.node(field.rawValue) { input.fields[field] = caseValue(node, type) }
    }
    let earlier = reader.node("history").map { instants($0, zone) } ?? []
    guard let received = findings.text(reader.required("received_at")), let zone else { return nil }
    guard let at = instant(received, zone) else { return nil }
    input.receivedAt = at
    return (input, at, CaseHistory(sameMatter: earlier))
  }

  /// When earlier cases of the same matter were taken, ascending.
  private func instants(_ located: Located, _ zone: Zone?) -> [Instant] {
    guard let zone else { return [] }
    return located.oneOrMore.compactMap { findings.text($0).flatMap { instant($0, zone) } }.sorted()
  }

  private func instant(_ text: Placed<String>, _ zone: Zone) -> Instant? {
    if let instant = Instant(iso8601: text.value, zone: zone) { return instant }
    findings.error(.wrongValue, text.place, .Rules.notAnInstant(text.value))
    return nil
  }

  private func caseValue(_ node: Located, _ type: FieldType) -> FieldValue? {
    switch type {
    case .text: findings.text(node).map { .text($0.value) }
    case .number: findings.number(node).map(FieldValue.number)
    case .flag: findings.flag(node).map(FieldValue.flag)
    case .date: findings.date(node).map(FieldValue.date)
    case .list: .list(node.oneOrMore.compactMap { findings.text($0)?.value })
    }
  }

  private func expectation(_ located: Located, _ zone: Zone?) -> RuleTest.Expectation? {
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
    expect.assist = reader.node("assist")?.oneOrMore.compactMap { known($0, departmentNames) }.sorted()
    expect.tags = reader.node("tags")?.oneOrMore.compactMap { known($0, tagNames) }.sorted()
    expect.route = ruleIDs(reader.node("route"), of: "routes", or: RuleTests.fallbackRoute)?.first
    expect.fired = ruleIDs(reader.node("fired"), of: "classification")
    expect.notFired = ruleIDs(reader.node("not_fired"), of: "classification")
    for stage in Self.limitStages {
      if let node = reader.node(stage.rawValue + "_due") { expect.due[stage] = due(node, zone) }
    }
    if reader.keys.isEmpty { findings.error(.givesNothing, located.place, .Rules.emptyValue("expect")) }
    return expect
  }

  /// A name that must be defined; to be expected by a test is no use of it.
  private func known<Kind>(_ located: Located?, _ names: Names<Kind>) -> Identifier<Kind>? {
    var copy = names
    return copy.resolve(findings.text(located), findings)
  }

  private func ruleIDs(_ located: Located?, of section: String, or extra: RuleID? = nil) -> [RuleID]? {
    guard let located else { return nil }
    let known = idsOfSection[section, default: []].union([extra?.rawValue].compactMap { $0 })
    return located.oneOrMore.compactMap { item in
      guard let text = findings.text(item) else { return nil }
      if known.contains(text.value) { return RuleID(text.value) }
      findings.error(
        .undefinedRule, text.place, .Rules.undefined(text.value, .rule),
        hint: Suggestion.nearest(to: text.value, among: known).map { .Rules.didYouMean($0) })
      return nil
    }
  }

  private func due(_ located: Located, _ zone: Zone?) -> RuleTest.Due? {
    guard let text = findings.text(located) else { return nil }
    if let day = CivilDate(text.value) { return .day(day) }
    if let zone, let instant = Instant(iso8601: text.value, zone: zone) { return .instant(instant) }
    findings.error(.wrongValue, text.place, .Rules.notAnInstant(text.value))
    return nil
  }
}
