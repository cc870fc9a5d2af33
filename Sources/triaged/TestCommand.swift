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
      case .text where !result.passed: print(result.render(UserLanguage.current))
      case .text: break
      }
    }
    let failed = results.count { !$0.passed }
    if output.format == .text { print("\(results.count - failed) passed, \(failed) failed") }
    if failed > 0 { throw ExitCode(ExitStatus.no) }
  }
}
