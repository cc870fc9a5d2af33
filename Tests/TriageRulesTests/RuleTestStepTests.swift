import Testing
import TriageCore
import TriageRules

@Suite("A rulebook's tests follow a case through its life")
struct RuleTestStepTests {
  /// The sample with one more test.
  private func load(_ steps: String, expect: String = "") throws -> LoadResult {
    let test = """
      tests:
        - name: 例
          case: {channel: hotline, title: 物业费, text: 物业乱收停车费, area: 一社区, received_at: 2026-09-14T19:30}
      \(expect.isEmpty ? "" : "    expect: " + expect)
          then:
      \(steps.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
      """
    let files = try Fixture.sample().merging(["more.yaml": test]) { $1 }
    return try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }
  }

  private func run(_ steps: String) throws -> RuleTestResult {
    let loaded = try load(steps)
    let compiled = try #require(loaded.rulebook, "\(loaded.findings.map(\.message.en))")
    return try #require(RuleTests.run(compiled).first { $0.name == "例" })
  }

  private func failures(_ steps: String) throws -> [String] { try run(steps).failures.map(\.message.en) }

  /// Findings with an error, as `line:column message`.
  private func errors(_ steps: String) throws -> [String] {
    try load(steps).findings.filter { $0.severity == .error && $0.place.file == "more.yaml" }
      .map { "\($0.place.line):\($0.place.column) \($0.message.en)" }
  }

  @Test("Silence, acceptance, work, resolution and visit, each at its time")
  func wholeLife() throws {
    #expect(
      try failures(
        """
        - {at: +1wd, expect: {reminders: 1, phase: assigned, items: {'community@c1': lead}}}
        - {at: 2026-09-16T15:00, expect: {escalated_by: [accept-late], not_escalated_by: [ladder-2]}}
        - {at: +2wd, accept: 'community@c1', expect: {phase: accepted, accept_due: none}}
        - {at: +3wd, contact: {by: 'community@c1', reason: 已上门}, expect: {contact_due: none, resolve_due: 2026-09-20}}
        - {at: +4wd, resolve: {by: 'community@c1', result: settled, summary: 已退费}, expect: {phase: follow_up, items: {}}}
        - {at: +7wd, follow_up: {satisfied: yes}, expect: {closed: followed_up, told: [leader]}}
        """) == [])
  }

  @Test("The end of the day has its words here too")
  func endOfDay() throws {
    #expect(try failures("- {at: 当日, expect: {phase: assigned}}") == [])
    #expect(try failures("- {at: eod, expect: {phase: assigned}}") == [])
  }

  @Test("Promise 8: over the holidays nobody is reminded and nothing passes")
  func holidays() throws {
    let files = try Fixture.sample().merging([
      "more.yaml": """
      tests:
        - name: 例
          case: {text: 物业乱收停车费, area: 一社区, received_at: 2026-09-30T18:00}
          then:
            - {at: 2026-10-08T08:00, expect: {reminders: 0, resolve_due: 2026-10-13}}
            - {at: +1wd, expect: {reminders: 1}}
            - {at: 2026-10-08T17:30, expect: {reminders: 1}}
      """
    ]) { $1 }
    let compiled = try #require(
      try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }.rulebook)
    let result = try #require(RuleTests.run(compiled).first { $0.name == "例" })
    #expect(result.failures.map(\.message.en) == [])
  }

  @Test("A return is adjudicated, and after the second one refused")
  func returns() throws {
    #expect(
      try failures(
        """
        - {at: +1h, return: {by: 'community@c1', return_reason: not_competent}, expect: {lead: center, phase: returned}}
        - {at: +2h, adjudicate: {assign_to: urban, reason: 由城建办办理}, expect: {lead: urban}}
        - {at: +3h, return: {by: urban, return_reason: incomplete}}
        - {at: +4h, adjudicate: {by: leader, assign_to: urban, reason: 照办}}
        - {at: +1wd, return: {by: urban, return_reason: incomplete}, expect: {refused: returns_final, lead: urban}}
        """) == [])
  }

  @Test("Every verb of a request can be a step")
  func requests() throws {
    #expect(
      try failures(
        """
        - {at: +1h, whistle: {department: police, reason: 请出警}, expect: {assist: [police], whistle_due: 2026-09-15}}
        - {at: +1h, assist: {by: police, summary: 已到场}, expect: {assist: []}}
        - {at: +1wd, extend: {by: 'community@c1', reason: 等鉴定, extend_by: 2wd}}
        - {at: +1wd, approve: {by: center, decision: grant}, expect: {resolve_due: 2026-09-22}}
        - {at: +2wd, pause: {reason: 等听证, pause_reason: hearing}}
        - {at: +2wd, approve: {decision: grant}, expect: {phase: paused}}
        - {at: +3wd, resume: {}, expect: {phase: assigned, resolve_due: 2026-09-23}}
        - {at: +3wd, raise: {by: center, level: yellow, reason: 多人反映}, expect: {level: yellow, lead: urban}}
        - {at: +4wd, lower: {by: urban, level: green, reason: 已缓和}}
        - {at: +4wd, approve: {by: leader, decision: refuse, reason: 再看看}, expect: {level: yellow}}
        - {at: +4wd, assign: {by: center, department: police, reason: 涉治安}, expect: {lead: police}}
        - {at: +4wd, correct: {by: center, category: labor, reason: 实为欠薪}, expect: {category: labor}}
        - {at: +5wd, withdraw: {by: police, reason: 当事人撤回}}
        - {at: +5wd, approve: {by: leader, decision: grant}, expect: {closed: withdrawn, items: {}}}
        """) == [])
  }

  @Test("A failure says at which step, what was expected, what is, and why")
  func why() throws {
    let result = try run(
      """
      - {at: +1wd, accept: urban}
      - {at: +2wd, expect: {reminders: 7, escalated_by: [ladder-2, failed-twice], lead: center, closed: true}}
      - {at: +3wd, resolve: {by: 'community@c1'}}
      """)
    #expect(
      result.failures.map(\.message.en) == [
        "+1wd (2026-09-15 17:30): accept: 城建办 has no item for it; items are with 一社区调委会 (lead)",
        "+2wd (2026-09-16 17:30): lead: center wanted, community@c1 found",
        "+2wd (2026-09-16 17:30): reminders: 7 wanted, 2 found",
        "+2wd (2026-09-16 17:30): escalated_by: ladder-2 wanted, accept-late found",
        "+2wd (2026-09-16 17:30): escalated_by: failed-twice wanted, accept-late found",
        "+2wd (2026-09-16 17:30): closed: true wanted, false found",
        "+3wd (2026-09-17 17:30): resolve was refused [missing]: please fill in: result",
      ])
    #expect(result.failures[2].because.map(\.en).first == "2026-09-15 一社区调委会 was reminded")
    #expect(
      result.failures[3].because.map(\.en) == ["if nobody does anything more it comes at 2026-09-23 17:30"])
    #expect(result.failures[4].because.map(\.en) == ["what it waits for has not happened"])
    #expect(result.timeline.contains { $0.text.en == "escalation accept-late" })
    #expect(result.failures[0].place.line == result.place.line + 4)
  }

  @Test("A refusal that is expected for another reason, or does not come, fails")
  func refusals() throws {
    #expect(
      try failures("- {at: +1h, resolve: {result: settled}, expect: {refused: true}}")
        == ["+1h (2026-09-14 20:30): resolve was to be refused, and was not"])
    #expect(
      try failures("- {at: +1h, resolve: {summary: 好}, expect: {refused: returns_final}}")
        == ["+1h (2026-09-14 20:30): resolve was refused [missing]: please fill in: result"])
  }

  @Test(
    "A mistake in a step is found where it stands",
    arguments: [
      ("- {at: +1month, accept: urban}", "6:14 '+1month' is no moment"),
      ("- {at: 2026-10-09, accept: urban}", "6:14 '2026-10-09' is no moment"),
      (
        "- {at: +1wd}\n- {at: +1h, accept: urban}",
        "7:14 '+1h' is before the step above; write the steps in order of time"
      ),
      (
        "- {at: +1wd, accept: urban, resume: urban}",
        "6:35 a step has one action, this has accept, resume; make several steps (they may have the same time)"
      ),
      ("- {at: +1wd, acept: urban}", "6:20 unknown key 'acept'"),
      ("- {at: +1wd, accept: urbn}", "6:28 there is no department 'urbn'"),
      ("- {at: +1wd, expect: {escalated_by: [ladder]}}", "6:44 there is no rule 'ladder'"),
      (
        "- {at: +1wd, resolve: {result: done}}",
        "6:38 'done' will not do, one of these is wanted: settled, failed, partial"
      ),
      ("- {at: +1wd, extend: {department: urban, extend_by: 2x}}", "6:59 '2x' is no duration"),
      ("- {at: +1wd, expect: {}}", "6:28 'expect' has no value"),
    ])
  func mistakes(step: String, error: String) throws {
    #expect(try errors(step) == [error])
  }

  @Test("What the tests reach is counted by table")
  func coverage() throws {
    let compiled = try #require(
      try load("- {at: +8wd, expect: {escalated_by: [ladder-2]}}").rulebook)
    let results = RuleTests.run(compiled)
    let coverage = RuleTests.coverage(results, of: compiled)
    #expect(coverage.uncovered(.classification) == [])
    #expect(coverage.uncovered(.routes) == ["property"])
    #expect(coverage.uncovered(.also) == [])
    #expect(coverage.uncovered(.deadlines) == ["confirm"])
    #expect(coverage.uncovered(.require) == ["red-close"])
    #expect(coverage.uncovered(.reminders) == ["red"])
    #expect(coverage.uncovered(.escalation) == ["ageing", "failed-twice", "unsatisfied"])
    #expect(coverage.covered == 13 && coverage.all == 20 && coverage.percent == 65)
  }

  @Test("check warns of the rules that no test reaches, whether or not a test names them")
  func untested() throws {
    func untested(_ more: String) throws -> [String] {
      let files = try Fixture.sample().merging(["more.yaml": more]) { $1 }
      return try Fixture.withRulebook(files) { RulebookLoader.check(directory: $0) }.findings
        .filter { $0.code == "no-test" }.map(\.message.en)
    }
    let rule = "classification:\n  - {id: heat, when: {text: {any: [暖气不热]}}, then: {category: property}}\n"
    #expect(try untested(rule) == ["1 classification rules have no test: heat"])
    let reached =
      "tests:\n  - {name: 暖, case: {text: 暖气不热, received_at: 2026-01-05T09:00}, expect: {level: green}}\n"
    #expect(try untested(rule + reached) == [])
  }
}
