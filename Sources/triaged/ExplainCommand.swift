import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageRules
import TriageText

/// `triaged explain FILE… | CASE…`: the decision on each case, for a person or as JSON lines. Of a file what `run`
/// would decide, with `--at` as the time of taking; of a case in the ledger the stored decision, under its own rulebook.
/// The history is that of the root given, without `--root` it is empty.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: Message.helpExplain.localised,
    discussion: JSONOutput.explain.localised)

  @Argument(help: ArgumentHelp(Message.argumentFiles.localised), completion: .file())
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
    var files = files
    let cases = try storedCases(&files)
    for one in cases { try show(one) }
    guard !files.isEmpty else { return }
    let rules = try Rules.load(Rules.directory(places.configuration()), draft: true)
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
    let scratch = rules.text.makeScratch()
    let past = try places.root.map { try RootPast($0, rules) }
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
        let matter = try past?.matter(of: decoded, bytes: bytes, at: now, scratch: scratch)
        try show(
          Explained(
            decoded.input, of: file, under: rules, at: now, matter: matter ?? ([], CaseHistory()),
            scratch: scratch))
      }
    }
    if refused { throw ExitCode(ExitStatus.no) }
  }

  /// Takes the names of cases out of the list: what is no file and is in the ledger of the root.
  private func storedCases(_ files: inout [String]) throws -> [Explained] {
    guard places.root != nil || places.config != nil else { return [] }
    var cases: [Explained] = []
    var others: [String] = []
    var root: RootReader?
    for name in files {
      if access(name, F_OK) == 0 {
        others.append(name)
        continue
      }
      let reader = try root ?? RootReader(places)
      root = reader
      guard let stored = try Explained(CaseID(name), in: reader) else {
        throw Failure(.explainNeitherFileNorCase(name))
      }
      cases.append(stored)
    }
    files = others
    return cases
  }

  private func show(_ one: Explained) throws {
    if let whyNot {
      let report = try WhyNotReport(whyNot, one, scratch: one.rules.text.makeScratch())
      print(output.format == .json ? try JSONLine.encode(report) : report.text)
    } else if output.format == .json {
      print(try JSONLine.encode(ExplainReport(one)))
    } else {
      let colour = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
      print(CaseExplainer(one, colour: colour).text)
    }
  }

  private func read(_ file: String) throws -> [UInt8] {
    guard let bytes = WholeFile.read(file, limit: Limits.caseFileBytes) else {
      throw Failure(.usageFileUnreadable(file, SystemFault(errno)))
    }
    return bytes
  }
}
