import ArgumentParser
import TriageCore
import TriageRules

/// `triaged test [D]`: the rulebook's own tests; the last line is `N passed, N failed`.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "test", abstract: Message.helpTest.localised)

  @Argument(help: ArgumentHelp(Message.argumentDirectory.localised))
  var directory: String?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  func run() throws {
    let rules = try Rules.load(directory ?? Rules.directory(places.configuration()))
    let results = RuleTests.run(rules)
    for result in results {
      switch output.format {
      case .json: print(try JSONLine.encode(TestReport(result)))
      case .text where !result.passed:
        print("\(result.place.file):\(result.place.line): \(result.name)")
        for failure in result.failures { print("  " + failure.localised) }
      case .text: break
      }
    }
    if output.format == .text { printCoverage(results, rules) }
    let failed = results.count { !$0.passed }
    if output.format == .text { print("\(results.count - failed) passed, \(failed) failed") }
    if failed > 0 { throw ExitCode(ExitStatus.no) }
  }

  private func printCoverage(_ results: [RuleTestResult], _ rules: CompiledRulebook) {
    let uncovered = RuleTests.uncovered(results, of: rules)
    let all = rules.rulebook.classification.count
    print(Message.testCoverage(all - uncovered.count, of: all).localised)
    for rule in uncovered { print("  \(rule)") }
  }
}

/// One test as JSON.
private struct TestReport: Encodable {
  var name: String
  var file: String
  var line: Int
  var passed: Bool
  var failures: [String]

  init(_ result: RuleTestResult) {
    name = result.name
    file = result.place.file
    line = result.place.line
    passed = result.passed
    failures = result.failures.map(\.localised)
  }
}
