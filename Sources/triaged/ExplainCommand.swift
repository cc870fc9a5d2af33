import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageRules

/// `triaged explain FILE…`: the decision on each case, for a person or as JSON lines. Without a root the history
/// is empty; `--at` is the time of taking.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: Message.helpExplain.localised)

  @Argument(help: ArgumentHelp(Message.argumentFiles.localised))
  var files: [String]
  @Option(help: ArgumentHelp(Message.optionAt.localised, valueName: "time"))
  var at: String?
  @Option(name: .customLong("why-not"), help: ArgumentHelp(Message.optionWhyNot.localised, valueName: "rule"))
  var whyNot: String?
  @Option(help: ArgumentHelp(Message.optionChannel.localised))
  var channel = "direct"
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  func run() throws {
    let rules = try Rules.load(Rules.directory(places.configuration()))
    let zone = rules.rulebook.calendar.zone
    let now =
      try at.map { text in
        guard let instant = Instant(lenient: text, zone: zone) else {
          throw Failure(.usageBadTime(text), status: ExitStatus.usage)
        }
        return instant
      } ?? places.now
    let context = IntakeContext(
      channel: ChannelID(channel), zone: zone, now: now, fields: rules.rulebook.fields)
    let explainer = CaseExplainer(
      rules, at: now, colour: output.format == .text && isatty(STDOUT_FILENO) == 1)
    var refused = false
    for file in files {
      let bytes = try read(file)
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let result = CaseDecoder.decode(bytes, fileName: name, context: context)
      for part in result.refused {
        refused = true
        let row = part.row.map { "\($0): " } ?? ""
        StandardError.write("\(file): \(row)\(part.refusal.message.localised)")
      }
      for decoded in result.cases {
        if let whyNot {
          print(try explainer.whyNot(RuleID(whyNot), decoded.input))
        } else if output.format == .json {
          print(try explainer.json(decoded.input, file: file))
        } else {
          print(explainer.text(decoded.input, file: file))
        }
      }
    }
    if refused { throw ExitCode(ExitStatus.no) }
  }

  private func read(_ file: String) throws -> [UInt8] {
    guard let bytes = WholeFile.read(file, limit: Limits.caseFileBytes) else {
      throw Failure(.usageFileUnreadable(file, String(cString: strerror(errno))))
    }
    return bytes
  }
}
