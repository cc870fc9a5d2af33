public import TriageCore
import TriageText

/// What became of one test.
public struct RuleTestResult: Sendable {
  public var name: String
  public var place: SourcePlace
  /// Empty: passed.
  public var failures: [Failure]
  /// What happened to the case, a line each; for a failed test with steps.
  public var timeline: [Line]
  /// What had a part in the test's case.
  public var used: RulesInUse

  public var passed: Bool { failures.isEmpty }

  /// An expectation that did not come true.
  public struct Failure: Sendable, Equatable {
    /// The step's own, else the test's.
    public var place: SourcePlace
    /// What was expected, and what is.
    public var message: Message
    /// Why, as far as it can be told.
    public var because: [Message]
  }

  public struct Line: Sendable, Equatable {
    public var at: Instant
    public var text: Message
  }
}

/// Runs a rulebook's own tests through the evaluator and the life of a case, in virtual time.
public enum RuleTests {
  /// What `route:` says when no route is to match.
  public static let fallbackRoute: RuleID = "fallback"

  /// Every test by itself, on the history that it states.
  public static func run(_ compiled: CompiledRulebook) -> [RuleTestResult] {
    let scratch = compiled.text.makeScratch()
    return compiled.tests.map { test in
      var run = RuleTestRun(test, compiled, scratch)
      return run.result()
    }
  }

  /// What of the rulebook had a part in some test.
  public static func coverage(_ results: [RuleTestResult], of compiled: CompiledRulebook) -> RuleCoverage {
    RuleCoverage(results.map(\.used), of: compiled.rulebook)
  }
}
