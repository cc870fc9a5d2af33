import ArgumentParser
import TriageCore
import TriageRules

/// `triaged test [D]`: the rulebook's own tests, what they do not reach; the last line is `N passed, N failed`.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: Message.helpTest.localised,
    discussion: JSONOutput.test.localised)

  @Argument(help: ArgumentHelp(Message.argumentDirectory.localised), completion: .directory)
  var directory: String?
  @Option(
    name: .customLong("fail-under"),
    help: ArgumentHelp(Message.optionFailUnder.localised, valueName: "percent"))
  var failUnder: Percent?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  func run() throws {
    let rules = try Rules.load(directory ?? Rules.directory(places.configuration()))
    let results = RuleTests.run(rules)
    let coverage = RuleTests.coverage(results, of: rules)
    let failed = results.count { !$0.passed }
    // First the cause, then what may follow from it.
    for (year, tests) in rules.yearsOfTestsUnknown {
      StandardError.write(Message.Rules.testsLackYear(year, tests).localised)
      StandardError.write(Message.Rules.hint.localised + Message.Rules.calendarHint(year).localised)
    }
    switch output.format {
    case .json:
      for result in results { print(try JSONLine.encode(TestReport(result, rules.rulebook))) }
      print(try JSONLine.encode(CoverageReport(coverage, passed: results.count - failed, failed: failed)))
    case .text:
      for result in results where !result.passed { print(text(result, rules.rulebook)) }
      print(text(coverage))
      print("\(results.count - failed) passed, \(failed) failed")
    }
    if let failUnder, coverage.percent < failUnder.value {
      throw Failure(.testCoverageLow(Percent(coverage.percent).text, wanted: failUnder.text))
    }
    if failed > 0 { throw ExitCode(ExitStatus.no) }
  }

  private func text(_ result: RuleTestResult, _ rulebook: Rulebook) -> String {
    var lines = ["\(result.place.file):\(result.place.line): \(result.name)"]
    for failure in result.failures {
      let place = failure.place == result.place ? "" : "\(failure.place.file):\(failure.place.line): "
      lines.append("  \(place)\(failure.message.localised)")
      lines += failure.because.map { "    - \($0.localised)" }
    }
    if !result.timeline.isEmpty { lines.append("  " + Message.testTimeline.localised) }
    for line in result.timeline {
      lines.append("    \(line.at.clockText(in: rulebook.calendar.zone))  \(line.text.localised)")
    }
    return lines.joined(separator: "\n")
  }

  private func text(_ coverage: RuleCoverage) -> String {
    var lines: [String] = []
    for part in coverage.parts {
      lines.append(Message.testCoverage(part.table, part.covered, of: part.all).localised)
      lines += part.uncovered.map { "  \($0)" }
    }
    lines.append(Message.testCoverageOverall(Percent(coverage.percent).text).localised)
    return lines.joined(separator: "\n")
  }
}

/// One test as JSON.
private struct TestReport: Encodable {
  struct Failure: Encodable {
    var line: Int
    var message: String
    var because: [String]
  }
  struct Event: Encodable {
    var at: String
    var text: String
  }
  var name: String
  var file: String
  var line: Int
  var passed: Bool
  var failures: [Failure]
  var timeline: [Event]

  init(_ result: RuleTestResult, _ rulebook: Rulebook) {
    name = result.name
    file = result.place.file
    line = result.place.line
    passed = result.passed
    failures = result.failures.map {
      Failure(line: $0.place.line, message: $0.message.localised, because: $0.because.map(\.localised))
    }
    timeline = result.timeline.map {
      Event(at: $0.at.iso8601(in: rulebook.calendar.zone), text: $0.text.localised)
    }
  }
}

/// The last object of the JSON output.
private struct CoverageReport: Encodable {
  struct Part: Encodable {
    var table: String
    var covered: Int
    var all: Int
    var uncovered: [String]
  }
  var passed: Int
  var failed: Int
  var percent: Double
  var coverage: [Part]

  init(_ coverage: RuleCoverage, passed: Int, failed: Int) {
    self.passed = passed
    self.failed = failed
    percent = (coverage.percent * 10).rounded(.down) / 10
    self.coverage = coverage.parts.map {
      Part(
        table: $0.table.rawValue, covered: $0.covered, all: $0.all, uncovered: $0.uncovered.map(\.rawValue))
    }
  }
}
