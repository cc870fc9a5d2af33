import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageLedger

enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

enum PeriodName: String, ExpressibleByArgument, CaseIterable {
  case day, week, month, quarter

  var kind: ReportPeriod.Kind {
    switch self {
    case .day: .day
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    }
  }
}

/// `triaged report --period …`: indicators, volumes, units, lists and subsidies of a period.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: Message.helpReport.localised,
    discussion: JSONOutput.report.localised)

  @Option(help: ArgumentHelp(Message.optionPeriod.localised, valueName: "period"))
  var period: PeriodName = .week
  @Option(help: ArgumentHelp(Message.optionReportAt.localised, valueName: "time"))
  var at: String?
  @Flag(help: ArgumentHelp(Message.optionPrevious.localised))
  var previous = false
  @Option(help: ArgumentHelp(Message.optionList.localised, valueName: "id"))
  var list: String?
  @Option(help: ArgumentHelp(Message.optionReportFormat.localised))
  var format: ReportFormat = .text
  @OptionGroup var places: PlaceOptions

  func run() throws {
    let root = try RootReader(places)
    let instant = try time(root.zone)
    let span =
      previous
      ? ReportPeriod(period.kind, before: instant, in: root.zone)
      : ReportPeriod(period.kind, containing: instant, in: root.zone)
    var rulebook = root.rulebook
    if let list {
      let known = rulebook.reports.lists
      rulebook.reports = ReportPlan(lists: known.filter { $0.id.rawValue == list })
      guard !rulebook.reports.lists.isEmpty else {
        throw Failure(.unknownList(list, known.map(\.id.rawValue)), status: ExitStatus.usage)
      }
    }
    let plan = rulebook
    let report = try root.ask { (ledger) throws(LedgerError) in
      try CentreReport.make(reader: ledger, rulebook: plan, period: span)
    }
    if list != nil, let result = report.lists.first {
      try show(result, report, rulebook)
    } else {
      try show(report, rulebook)
    }
  }

  private func time(_ zone: Zone) throws -> Instant {
    guard let at else { return places.now }
    guard let instant = Instant(lenient: at, zone: zone) else {
      throw Failure(.usageBadTime(at), status: ExitStatus.usage)
    }
    return instant
  }

  private func show(_ report: CentreReport, _ rulebook: Rulebook) throws {
    switch format {
    case .json: print(try JSONLine.encode(ReportJSON(report, rulebook)))
    case .csv: write(ReportDocument(report, UserLanguage.current).csv(report))
    case .text: print(ReportText(report, rulebook).text)
    }
  }

  private func show(
    _ result: CentreReport.ListResult, _ report: CentreReport, _ rulebook: Rulebook
  ) throws {
    let language = UserLanguage.current
    switch format {
    case .json:
      for row in result.rows { print(try JSONLine.encode(ListRowJSON(row, rulebook.calendar.zone))) }
    case .csv: write(ListDocument.csv(result, rulebook, language))
    case .text: write(ListDocument.text(result, at: report.period.at, rulebook, language))
    }
  }

  private func write(_ bytes: [UInt8]) { print(String(decoding: bytes, as: UTF8.self), terminator: "") }
}
