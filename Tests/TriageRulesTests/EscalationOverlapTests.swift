import Testing
import TriageCore
import TriageRules

@Suite("Escalations on one occasion that want different things")
struct EscalationOverlapTests {
  private func overlaps(_ rules: String...) throws -> [Finding] {
    var files = try Fixture.sample()
    files["more.yaml"] = "escalation:\n" + rules.map { "  - \($0)\n" }.joined()
    return try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }.findings.filter {
      $0.code == "overlap"
    }
  }

  @Test(
    "The same occasion and another assign, adjudicate or raise_to is an error with a case that meets both",
    arguments: [
      ("{returned: 1}", "{assign: center}", "{assign: leader}", "assign"),
      ("{age: 9d}", "{adjudicate: center}", "{adjudicate: leader}", "adjudicate"),
      ("{raised: true}", "{raise_to: yellow}", "{raise_to: red}", "raise_to"),
      ("{overdue: resolve, by: 9wd}", "{assign: center}", "{escalate: 1}", "assign, escalate"),
      ("{repeat: 4}", "{assign: center}", "{adjudicate: leader}", "adjudicate, assign"),
      ("{follow_up: failed}", "{assign: center}", "{assign: leader}", "assign"),
      ("{resolved: partial}", "{assign: center}", "{assign: leader}", "assign"),
    ])
  func same(on: String, first: String, second: String, what: String) throws {
    let found = try overlaps(
      "{id: zz-a, on: \(on), then: \(first)}", "{id: zz-b, on: \(on), then: \(second)}")
    #expect(found.count == 1, "\(on)")
    #expect(found.first?.severity == .error)
    #expect(found.first?.place == SourcePlace(file: "more.yaml", line: 3, column: 5))
    #expect(found.first?.message.en.contains("(\(what))") == true, "\(found.map(\.message.en))")
    #expect(found.first?.message.en.contains("'zz-b' says") == true)
    #expect(found.first?.witness != nil)
  }

  @Test("Conditions that exclude each other, other occasions, and steps that add up are no contradiction")
  func apart() throws {
    #expect(
      try overlaps(
        "{id: a, on: {returned: 1}, when: {level: red}, then: {assign: center}}",
        "{id: b, on: {returned: 1}, when: {none: [{level: red}]}, then: {assign: leader}}"
      ).isEmpty)
    #expect(
      try overlaps(
        "{id: a, on: {overdue: resolve, by: 8wd}, then: {assign: center}}",
        "{id: b, on: {overdue: resolve, by: 9wd}, then: {assign: leader}}"
      ).isEmpty)
    #expect(
      try overlaps(
        "{id: a, on: {age: 9d}, then: {assign: center, notify: leader}}",
        "{id: b, on: {age: 9d}, then: {assign: center, raise: 1}}"
      ).isEmpty)
    #expect(
      try overlaps(
        "{id: a, on: {overdue: resolve, by: 9wd}, then: {escalate: 1}}",
        "{id: b, on: {overdue: resolve, by: 9wd}, then: {escalate: 2}}"
      ).isEmpty)
  }

  @Test("A condition that is narrower does not help: escalations that hold are all done")
  func narrower() throws {
    let found = try overlaps(
      "{id: a, on: {returned: 1}, then: {assign: center}}",
      "{id: b, on: {returned: 1}, when: {level: red}, then: {assign: leader}}")
    #expect(found.map(\.severity) == [.error])
    #expect(found.first?.message.en.contains("level: red") == true)
  }

  @Test(
    "The second time is also one of the first: a ladder is warned of, one whose lower step comes last is an error"
  )
  func ladders() throws {
    let good = try overlaps(
      "{id: failed-1, on: {resolved: partial}, then: {assign: center}}",
      "{id: failed-2, on: {resolved: partial, times: 2}, then: {assign: leader}}")
    #expect(good.map(\.severity) == [.warning])
    let bad = try overlaps(
      "{id: failed-b, on: {resolved: partial}, then: {assign: center}}",
      "{id: failed-a, on: {resolved: partial, times: 2}, then: {assign: leader}}")
    #expect(bad.map(\.severity) == [.error])
    #expect(
      try overlaps(
        "{id: again-3, on: {repeat: 3}, then: {raise_to: yellow}}",
        "{id: again-5, on: {repeat: 5}, then: {raise_to: red}}"
      ).isEmpty)
  }
}
