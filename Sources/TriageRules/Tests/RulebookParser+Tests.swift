import TriageCore

/// `tests:` entries: a case as a file would give it, what is expected of it, and what happens to it later.
extension RulebookParser {
  /// Tests are called by their names.
  private enum TestKind {}

  func parseTests(calendar: WorkCalendar?) -> [RuleTest] {
    var names = Taken<TestKind>()
    let tests = (sections.entries["tests"] ?? []).compactMap { located -> RuleTest? in
      guard let reader = EntryReader(located, findings) else { return nil }
      defer { reader.finish() }
      let name = findings.text(reader.required("name")).flatMap { name in
        names.define(Identifier(name.value), at: name.place, findings) ? name.value : nil
      }
      let taken = reader.required("case").flatMap { testCase($0, calendar?.zone) }
      let later = reader.node("then")
      // A test with steps may say everything in them.
      let first = later == nil ? reader.required("expect") : reader.node("expect")
      let expect = first.map { expectation($0, calendar?.zone, isStep: false) } ?? RuleTest.Expectation()
      guard let name, let taken, let expect, let calendar else { return nil }
      return RuleTest(
        name: name, place: reader.place, input: taken.input, at: taken.at, history: taken.history,
        expect: expect, steps: later.map { steps($0, from: taken.at, calendar) } ?? [])
    }
    return tests.sorted { ($0.name, $0.place.file, $0.place.line) < ($1.name, $1.place.file, $1.place.line) }
  }

  private func testCase(_ located: Located, _ zone: Zone?) -> (
    input: CaseInput, at: Instant, history: CaseHistory
  )? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let channel = reader.node("channel").flatMap { self.channel($0) }
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
}
