import ArgumentParser
import TriageCore
import TriageRules

/// `triaged due --from T DURATION`: one deadline; the first line is the instant, ISO 8601 with offset.
struct DueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: Message.helpDue.localised,
    discussion: JSONOutput.due.localised)

  @Option(help: ArgumentHelp(Message.optionFrom.localised, valueName: "time"))
  var from: String
  @Argument(help: ArgumentHelp(Message.argumentDuration.localised))
  var duration: String
  @Option(help: ArgumentHelp(Message.optionCalendarOf.localised, valueName: "id"))
  var department: String?
  @Option(help: ArgumentHelp(Message.optionPause.localised, valueName: "from..until"))
  var pause: [String] = []
  @Flag(help: ArgumentHelp(Message.optionArithmetic.localised))
  var explain = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  func run() throws {
    let rulebook = try Rules.load(Rules.directory(places.configuration())).rulebook
    let zone = rulebook.calendar.zone
    guard let start = Instant(lenient: from, zone: zone) else {
      throw Failure(.usageBadTime(from), status: ExitStatus.usage)
    }
    guard let limit = TimeLimit(lenient: duration) else {
      throw Failure(.usageBadDuration(duration), status: ExitStatus.usage)
    }
    guard limit.count >= 0 else { throw Failure(.usageNegativeDuration(duration), status: ExitStatus.usage) }
    let deadline = try calendar(rulebook).deadline(from: start, limit: limit, pauses: try pauses(zone))
    switch output.format {
    case .json: print(try JSONLine.encode(DeadlineReport(deadline, zone: zone)))
    case .text:
      print(deadline.due.iso8601(in: zone))
      if deadline.provisional { StandardError.write("triaged: " + Message.dueProvisional.localised) }
      if explain { for line in deadline.narrative(in: zone) { print(line.localised) } }
    }
  }

  private func pauses(_ zone: Zone) throws -> [Pause] {
    try pause.map { text in
      let ends = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
      let times = ends.compactMap { Instant(lenient: $0, zone: zone) }
      guard ends.count == 2, times.count == 2, times[0] <= times[1] else {
        throw Failure(.usageBadPause(text), status: ExitStatus.usage)
      }
      return Pause(times[0]..<times[1])
    }
  }

  private func calendar(_ rulebook: Rulebook) throws -> WorkCalendar {
    guard let department else { return rulebook.calendar }
    guard rulebook.departments[DepartmentID(department)] != nil else {
      throw Failure(.usageDepartmentUnknown(department), status: ExitStatus.usage)
    }
    return rulebook.calendar(of: DepartmentID(department))
  }
}
