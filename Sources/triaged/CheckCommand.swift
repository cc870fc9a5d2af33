import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageRules

/// `triaged check [D]`: findings as `file:line:column: error: message [code]`, the line, a caret, a hint.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: Message.helpCheck.localised,
    discussion: JSONOutput.check.localised)

  @Argument(help: ArgumentHelp(Message.argumentDirectory.localised), completion: .directory)
  var directory: String?
  @Flag(help: ArgumentHelp(Message.optionStrict.localised))
  var strict = false
  @Option(help: ArgumentHelp(Message.optionUntil.localised, valueName: "date"))
  var until: String?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  func run() throws {
    let path = try directory ?? Rules.directory(places.configuration())
    let today = Zone.utc.civil(at: Clock().now()).date
    let last = try until.map { text in
      guard let date = CivilDate(text) else { throw Failure(.usageBadDate(text), status: ExitStatus.usage) }
      return date
    }
    let result = RulebookLoader.check(directory: path, today: today, until: last)
    let errors = result.findings.count { $0.severity == .error }
    let warnings = result.findings.count - errors
    // The notice for a year comes out late in the year before: until it begins, or longer if so wished, a calendar that
    // lacks it is right as it is, and deadlines over it are marked provisional.
    let later = result.findings.count { $0.matters.map { $0 > last ?? today } ?? false }
    switch output.format {
    case .json:
      for finding in result.findings { print(try JSONLine.encode(FindingReport(finding))) }
    case .text:
      let colour = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
      for finding in result.findings { print(finding.render(language: UserLanguage.current, colour: colour)) }
      if let rulebook = result.rulebook?.rulebook {
        let phrases = Set(rulebook.probes.flatMap(\.phrases)).count
        print(
          Message.checkSummary(
            errors: errors, warnings: warnings, rules: rulebook.classification.count, phrases: phrases
          ).localised)
      } else {
        print(Message.checkSummaryUnusable(errors: errors, warnings: warnings).localised)
      }
    }
    if strict, later > 0 {
      StandardError.write(Message.checkNotStrict(later, until: (last ?? today).description).localised)
    }
    if errors > 0 || (strict && warnings > later) { throw ExitCode(ExitStatus.no) }
  }
}

struct FindingReport: Encodable {
  var file: String
  var line: Int
  var column: Int
  var severity: String
  var code: String
  var message: String
  var hint: String?
  /// A case file that shows it, and the options of `explain` that it needs.
  var witness: String?
  var witnessOptions: String?
  var source: String?

  init(_ finding: Finding) {
    file = finding.place.file
    line = finding.place.line
    column = finding.place.column
    severity = finding.severity.rawValue
    code = finding.code
    message = finding.message.localised
    hint = finding.hint?.localised
    witness = finding.witness?.file
    witnessOptions = finding.witness?.options.trimmingPrefix { $0 == " " }.description
    source = finding.sourceLine
  }
}
