import Testing
import TriageCore

@testable import TriageRules

@Suite("How departments of a scenario behave")
struct BehaviourTests {
  @Test("Between two quantiles times lie on a straight line, beyond the last one they stay")
  func quantiles() {
    let delays = Delays([(0.5, .hours(4)), (0.75, .hours(8)), (0.95, .days(1))])
    let workday: Int64 = 6 * 3_600
    #expect(delays.seconds(at: 0, workday: workday) == 0)
    #expect(delays.seconds(at: 0.25, workday: workday) == 2 * 3_600)
    #expect(delays.seconds(at: 0.5, workday: workday) == 4 * 3_600)
    #expect(delays.seconds(at: 0.625, workday: workday) == 6 * 3_600)
    #expect(delays.seconds(at: 0.99, workday: workday) == 86_400)
    #expect(!delays.isWorkingTime)
  }

  @Test("Working days have the department's working seconds")
  func workingDays() {
    let delays = Delays([(1, .workingDays(2))])
    #expect(delays.isWorkingTime)
    #expect(delays.seconds(at: 0.999_999, workday: 21_600) == 43_200)
  }

  @Test("The most particular entry wins, key by key")
  func entries() {
    var all = Behaviour()
    all.shares = [.returns: 0.1, .forgets: 0.2]
    var communities = Behaviour()
    communities.shares = [.returns: 0.3]
    var one = Behaviour()
    one.shares = [.forgets: 0.4]
    one.levels = ["red": communities]
    let behaviours = Behaviours(entries: [("community@c1", one), ("community@*", communities), ("*", all)])
    #expect(behaviours.of("urban").share(.returns) == 0.1)
    #expect(behaviours.of("community@c2").share(.returns) == 0.3)
    #expect(behaviours.of("community@c2").share(.forgets) == 0.2)
    #expect(behaviours.of("community@c1").share(.forgets) == 0.4)
    #expect(behaviours.of("community@c1").share(.forgets, at: "red") == 0.4)
    #expect(behaviours.of("community@c1").share(.returns, at: "red") == 0.3)
    #expect(behaviours.of("urban").share(.heeds) == Behaviour.Habit.heeds.usual)
  }

  @Test("A text is cut at its slots; an unknown or unclosed one is told")
  func slots() throws {
    #expect(
      try CaseText.pieces(of: "{address}的{2..4}条狗")
        == [.slot(.address), .words("的"), .slot(.number(2...4)), .words("条狗")])
    #expect(throws: CaseText.Flaw.unknown("adress")) { try CaseText.pieces(of: "{adress}") }
    #expect(throws: CaseText.Flaw.unclosed) { try CaseText.pieces(of: "一{area") }
    #expect(CaseText.range("4..2") == nil)
  }

  @Test("The scenario that is shipped can be used")
  func shipped() {
    let file = Fixture.root + "/../../../Scenarios/street-year.yaml"
    let loaded = ScenarioLoader.load(file: file)
    #expect(loaded.findings.filter { $0.severity == .error } == [])
    #expect(loaded.scenario?.dayCount == 365)
    #expect(loaded.scenario?.texts.count == loaded.rulebook?.rulebook.categories.count)
  }
}
