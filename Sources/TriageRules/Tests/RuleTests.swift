public import TriageCore
import TriageText

/// What became of one test.
public struct RuleTestResult: Sendable {
  public var name: String
  public var place: SourcePlace
  /// Empty: passed.
  public var failures: [Message]
  /// Rules that fired, for the coverage.
  public var fired: [RuleID]
  /// Rows that decided: the route and the deadline rows.
  public var rows: [RuleID]

  public var passed: Bool { failures.isEmpty }
}

/// Runs a rulebook's own tests through the evaluator and the life of a case, in virtual time.
public enum RuleTests {
  /// What `route:` says when no route is to match.
  public static let fallbackRoute: RuleID = "fallback"

  /// Every test by itself, on the history that it states.
  public static func run(_ compiled: CompiledRulebook) -> [RuleTestResult] {
    let scratch = compiled.text.makeScratch()
    return compiled.tests.map { run($0, compiled, scratch) }
  }

  /// Classification rules that fired in no test.
  public static func uncovered(_ results: [RuleTestResult], of compiled: CompiledRulebook) -> [RuleID] {
    let fired = Set(results.flatMap(\.fired))
    return compiled.rulebook.classification.map(\.id).filter { !fired.contains($0) }.sorted()
  }

  private static func run(
    _ test: RuleTest, _ compiled: CompiledRulebook, _ scratch: TextScratch
  ) -> RuleTestResult {
    let history = test.history
    let decision = compiled.decide(test.input, at: test.at, history: history, scratch: scratch)
    let taken = Lifecycle.take(
      test.input, decision: decision, history: history, at: test.at, original: "", row: nil,
      under: compiled.rulebook)
    var failures = compare(test.expect, decision)
    for (stage, due) in test.expect.due.sorted(by: { $0.key < $1.key }) {
      let set = taken.deadlines.first { $0.stage == stage }
      if let failure = compare(stage, due, set?.deadline.due, compiled.rulebook.calendar.zone) {
        failures.append(failure)
      }
    }
    return RuleTestResult(
      name: test.name, place: test.place, failures: failures, fired: decision.fired.map(\.rule),
      rows: Set([decision.route].compactMap { $0 } + taken.deadlines.map(\.row)).sorted())
  }

  private static func compare(_ expect: RuleTest.Expectation, _ decision: Decision) -> [Message] {
    var failures: [Message] = []
    func same<Value: Equatable & CustomStringConvertible>(_ what: String, _ wanted: Value?, _ found: Value?) {
      guard let wanted, wanted != found else { return }
      failures.append(.Rules.testDiffers(what, wanted.description, found?.description ?? "–"))
    }
    same("category", expect.category, decision.category)
    same("level", expect.level, decision.level)
    for (scale, value) in expect.scales.sorted(by: { $0.key < $1.key }) {
      same(scale.rawValue, value, decision.scales[scale])
    }
    same("lead", expect.lead, decision.lead)
    same("assist", expect.assist, decision.assist.sorted())
    same("tags", expect.tags, decision.tags.sorted())
    same("route", expect.route, decision.route ?? fallbackRoute)
    let fired = Set(decision.fired.map(\.rule))
    for rule in expect.fired ?? [] where !fired.contains(rule) {
      failures.append(.Rules.testNotFired(rule.rawValue))
    }
    for rule in expect.notFired ?? [] where fired.contains(rule) {
      failures.append(.Rules.testFired(rule.rawValue))
    }
    return failures
  }

  private static func compare(_ stage: Stage, _ wanted: RuleTest.Due, _ found: Instant?, _ zone: Zone)
    -> Message?
  {
    let shown = found?.iso8601(in: zone) ?? "–"
    switch wanted {
    case .day(let day):
      if found.map({ zone.civil(at: $0).date }) == day { return nil }
      return .Rules.testDiffers(stage.rawValue + "_due", day.description, shown)
    case .instant(let instant):
      if found == instant { return nil }
      return .Rules.testDiffers(stage.rawValue + "_due", instant.iso8601(in: zone), shown)
    }
  }
}
