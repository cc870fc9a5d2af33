import TriageCore
import TriageDaemon

/// A report for people: a heading, the sums, tables, the first rows of each list.
struct ReportText {
  private let report: CentreReport
  private let rulebook: Rulebook
  /// Rows of a list that the report shows.
  private static let listRows = 15

  init(_ report: CentreReport, _ rulebook: Rulebook) {
    self.report = report
    self.rulebook = rulebook
  }

  var text: String {
    let zone = rulebook.calendar.zone
    var parts: [String] = []
    let span = Message.Report.span(
      report.period.start.clockText(in: zone), report.period.at.clockText(in: zone))
    var head = [Message.Report.heading(rulebook.name).localised, span.localised, "", summary.localised]
    if report.erased > 0 { head.append(Message.Report.erased(report.erased).localised) }
    parts.append(head.joined(separator: "\n"))
    for table in ReportDocument(report, UserLanguage.current).tables {
      var text = TextTable(columns: table.columns)
      for row in table.rows { text.add(row.map(TextTable.plain)) }
      let lines = text.text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
      parts.append(table.title + "\n" + lines)
    }
    for result in report.lists where result.total > 0 { parts.append(list(result)) }
    return parts.joined(separator: "\n\n")
  }

  private var summary: Message {
    .Report.summary(
      taken: report.taken, resolved: report.resolved, closed: report.closed, open: report.open,
      overdue: report.overdue)
  }

  private func list(_ result: CentreReport.ListResult) -> String {
    let bytes = ListDocument.text(
      result, at: report.period.at, rulebook, UserLanguage.current, shown: Self.listRows)
    // The document's own heading tells the time once more; here one line is enough.
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst(2)
    let heading = Message.Report.listHeading(result.list.title, result.total).localised
    return ([heading] + lines.map { "  " + $0 }).joined(separator: "\n")
  }
}
