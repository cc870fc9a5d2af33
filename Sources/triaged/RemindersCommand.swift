import ArgumentParser
import TriageCore
import TriageLedger
import TriageRules

/// `triaged reminders --forecast 14d`: what each department will get, day by day, if nobody does anything.
struct RemindersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reminders", abstract: Message.helpReminders.localised,
    discussion: JSONOutput.reminders.localised)

  @Option(help: ArgumentHelp(Message.optionForecast.localised, valueName: "duration"))
  var forecast: String
  @Option(help: ArgumentHelp(Message.optionForecastFrom.localised, valueName: "time"))
  var from: String?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private static let batch = 256

  func run() throws {
    let root = try RootReader(places)
    let (start, end) = try span(root.rulebook.calendar)
    let forecast = try count(root, from: start, to: end)
    let rows = forecast.counts.sorted { $0.key < $1.key }
    switch output.format {
    case .json: for row in rows { print(try JSONLine.encode(Report(row.key, row.value, root.rulebook))) }
    case .text: print(text(rows, forecast.cases, root.rulebook, from: start, to: end))
    }
  }

  /// A forecast of days goes to the end of its last day.
  private func span(_ calendar: WorkCalendar) throws -> (start: Instant, end: Instant) {
    guard let limit = TimeLimit(lenient: forecast) else {
      throw Failure(.usageBadDuration(forecast), status: ExitStatus.usage)
    }
    guard limit.count > 0 else { throw Failure(.usageNegativeDuration(forecast), status: ExitStatus.usage) }
    let zone = calendar.zone
    var start = places.now
    if let from {
      guard let instant = Instant(lenient: from, zone: zone) else {
        throw Failure(.usageBadTime(from), status: ExitStatus.usage)
      }
      start = instant
    }
    switch limit {
    case .days(let count): return (start, zone.midnight(zone.civil(at: start).date + count + 1))
    default: return (start, calendar.deadline(from: start, limit: limit).due)
    }
  }

  private func count(_ root: RootReader, from start: Instant, to end: Instant) throws -> DepartmentForecast {
    let rulebook = root.rulebook
    let none = DepartmentForecast(from: start, to: end, in: root.zone)
    var forecast = none
    var cursor: Int64 = 0
    while true {
      let last = cursor
      let cases = try root.ask { (ledger) throws(LedgerError) in
        try ledger.cases(.open, after: last, limit: Self.batch)
      }
      guard let next = cases.last?.number else { return forecast }
      cursor = next
      let parts = ParallelMap.run(cases, prepare: {}) { stored, _ in
        Result { () throws(LedgerError) in
          var part = none
          if let state = CaseState(id: stored.id, events: try stored.decoded()) {
            part.add(state, under: rulebook)
          }
          return part
        }
      }
      for part in parts {
        do { forecast.formUnion(try part.get()) } catch { throw Failure(error) }
      }
    }
  }

  private struct Report: Encodable {
    var department: String
    var title: String
    var day: String
    var atOnce: Int
    var digest: Int
    var escalations: Int
    var visits: Int
    var overdue: Int

    init(_ key: DepartmentForecast.Key, _ counts: DepartmentForecast.Counts, _ rulebook: Rulebook) {
      department = key.department.rawValue
      title = rulebook.title(of: key.department)
      day = key.day.description
      atOnce = counts.atOnce
      digest = counts.digestLines
      escalations = counts.escalations
      visits = counts.visits
      overdue = counts.overdue
    }
  }

  private func text(
    _ rows: [(key: DepartmentForecast.Key, value: DepartmentForecast.Counts)], _ cases: Int,
    _ rulebook: Rulebook, from start: Instant, to end: Instant
  ) -> String {
    let zone = rulebook.calendar.zone
    var lines = [Message.forecastHead(cases, start.clockText(in: zone), end.clockText(in: zone)).localised]
    if rows.isEmpty { return (lines + [Message.forecastNothing.localised]).joined(separator: "\n") }
    var table = TextTable(
      columns: [
        Message.columnDepartment, .columnDay, .columnAtOnce, .columnDigest, .columnEscalations, .columnVisits,
        .columnOverdue,
      ].map(\.localised))
    var last: DepartmentID?
    for (key, counts) in rows {
      let title = key.department == last ? "" : rulebook.title(of: key.department)
      last = key.department
      let numbers = [
        counts.atOnce, counts.digestLines, counts.escalations, counts.visits, counts.overdue,
      ]
      table.add([title, day(key.day)] + numbers.map { $0 == 0 ? "-" : "\($0)" })
    }
    lines.append(table.text)
    return lines.joined(separator: "\n")
  }

  private func day(_ day: CivilDate) -> String { "\(day) \(Message.weekday(day.weekday).localised)" }
}
