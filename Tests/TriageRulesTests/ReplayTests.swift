import Testing
import TriageCore
import TriageRules
import TriageText

@Suite("Replay tells what other rules would have changed")
struct ReplayTests {
  private static let taken = "2026-09-14T09:00"

  private func compiled(_ change: (String) -> String = { $0 }) throws -> CompiledRulebook {
    let files = try Fixture.sample().mapValues(change)
    let result = try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }
    return try #require(result.rulebook, "\(result.findings.map(\.message.en))")
  }

  private func instant(_ text: String) throws -> Instant {
    try #require(Instant(iso8601: text + ":00+08:00", zone: .utc))
  }

  /// A case of the sample rulebook with what people did to it, as the ledger would hold it.
  private func recorded(
    _ rules: CompiledRulebook, area: String? = nil, _ deeds: [(Command, String)] = []
  ) throws -> RecordedCase {
    let at = try instant(Self.taken)
    let input = CaseInput(channel: "hotline", title: "物业费", text: "物业乱收停车费", area: area)
    let decision = rules.decide(input, at: at, history: CaseHistory(), scratch: rules.text.makeScratch())
    let first = Lifecycle.take(
      input, decision: decision, history: CaseHistory(), at: at, original: "", row: nil, under: rules.rulebook
    )
    var course = CaseCourse(id: "ZZ20260914-0001", taken: first, at: at, under: rules.rulebook)
    for (command, time) in deeds {
      guard case .success = course.perform(command, at: try instant(time)) else {
        Issue.record("refused: \(command)")
        continue
      }
    }
    let events = course.log.map { (event: $0.event, at: $0.at) }
    return try #require(RecordedCase(id: course.state.id, events: events))
  }

  private func replay(
    _ recorded: RecordedCase, _ present: CompiledRulebook, _ candidate: CompiledRulebook,
    to end: String = "2026-11-01T09:00"
  ) throws -> CaseDifference {
    CaseReplay(present: present, candidate: candidate, end: try instant(end))
      .run(recorded, scratch: candidate.text.makeScratch())
  }

  private static let settled = Reply(result: .settled, summary: "已退费")
  private static let deeds: [(Command, String)] = [
    (.accept(ItemKey(.lead, 1)), "2026-09-15T10:00"),
    (.request(Request(verb: .contact, by: "urban", at: Instant(seconds: 0))), "2026-09-15T10:10"),
    (.answer(ItemKey(.lead, 1), settled), "2026-09-17T10:00"),
    (.answer(ItemKey(.followUp, 1), Reply(satisfied: .yes)), "2026-09-21T10:00"),
  ]

  @Test("The same rules change nothing")
  func same() throws {
    let rules = try compiled()
    let recorded = try recorded(rules, Self.deeds)
    #expect(recorded.deeds.count == 4)
    let difference = try replay(recorded, rules, rules)
    #expect(!difference.isChanged && difference.dropped == 0)
    #expect(!difference.remindersBefore.isEmpty)
  }

  @Test("What people did is done by whoever leads under the other rules")
  func otherLead() throws {
    let present = try compiled()
    let candidate = try compiled {
      $0.replacing(
        "{id: property, when: {category: property}, lead: urban}",
        with: "{id: property, when: {category: property}, lead: police}")
    }
    let difference = try replay(try recorded(present, Self.deeds), present, candidate)
    #expect(difference.before.lead == "urban" && difference.after.lead == "police")
    #expect(difference.movesDepartment && !difference.movesLevel)
    #expect(difference.dropped == 0)
    // Reminded on the same days, another department.
    #expect(difference.remindersAfter.map(\.day) == difference.remindersBefore.map(\.day))
    #expect(Set(difference.remindersAfter.map(\.department)) == ["police"])
    #expect(difference.deadlines == [])
  }

  @Test("Shorter deadlines come earlier and escalate more, longer ones less")
  func deadlines() throws {
    let (long, short) = (
      try compiled(), try compiled { $0.replacing("resolve: 5wd,", with: "resolve: 1wd,") }
    )
    let recorded = try recorded(
      long, [Self.deeds[0], (.answer(ItemKey(.lead, 1), Self.settled), "2026-09-21T18:00")])
    let tighter = try replay(recorded, long, short)
    #expect(tighter.deadlines.map(\.stage) == ["resolve"])
    #expect(
      tighter.deadlines.allSatisfy { ($0.after ?? .init(seconds: 0)) < ($0.before ?? .init(seconds: 0)) })
    #expect(tighter.changedEscalations.contains { $0.rule == "ladder-2" && $0.before == 0 && $0.after == 1 })
    var summary = ReplaySummary(candidate: short.rulebook)
    summary.add(tighter)
    #expect(summary.deadlines["resolve"]?.earlier == 1 && summary.deadlines["resolve"]?.later == 0)
    #expect(summary.escalations["ladder-2"]?.gained == 1)
    #expect(summary.changed == 1 && summary.moved == 0 && summary.movedPercent == 0)
    let wider = try replay(recorded, short, long)
    #expect(wider.changedEscalations.contains { $0.rule == "ladder-2" && $0.before == 1 && $0.after == 0 })
  }

  @Test("A deed that the other rules do not allow is left out and counted")
  func dropped() throws {
    let present = try compiled()
    let candidate = try compiled { $0.replacing("return: 2wd,", with: "return: never,") }
    let recorded = try recorded(
      present,
      [
        (.returnItem(ItemKey(.lead, 1), Reply(returnReason: "not_competent")), "2026-09-14T11:00"),
        (.answer(ItemKey(.adjudicate, 1), Reply(assignTo: "police", reason: "涉治安")), "2026-09-14T15:00"),
      ])
    let difference = try replay(recorded, present, candidate)
    #expect(difference.dropped == 2)
    #expect(try replay(recorded, present, present).dropped == 0)
  }

  @Test("Raised and lowered levels, categories and worst days are counted by name")
  func summary() throws {
    let present = try compiled()
    let candidate = try compiled {
      $0.replacing("then: {category: property, score: 1}", with: "then: {category: labor, score: 12}")
    }
    var summary = ReplaySummary(candidate: candidate.rulebook)
    for _ in 1...3 { summary.add(try replay(try recorded(present), present, candidate)) }
    #expect(summary.cases == 3 && summary.moved == 3 && summary.movedPercent == 100)
    #expect(summary.raised.map { "\($0.key.from) \($0.key.to) \($0.value)" } == ["green red 3"])
    #expect(summary.lowered.isEmpty)
    #expect(summary.categories.map { "\($0.key.from) \($0.key.to) \($0.value)" } == ["property labor 3"])
    #expect(summary.departments.map { "\($0.key.from) \($0.key.to) \($0.value)" } == ["urban task-force 3"])
    #expect(summary.reminders["urban"]?.worstBefore?.cases == 3)
    #expect(summary.reminders["urban"]?.worstAfter == nil)
    #expect(try #require(summary.reminders["task-force"]?.worstAfter).cases == 3)
  }
}
