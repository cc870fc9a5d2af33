public import TriageCore

/// Renders a list of cases: a text to read out in the meeting, a CSV for the spreadsheet. Case titles are the only
/// words of a citizen in it, as on worklists.
public enum ListDocument {
  /// - Parameter shown: rows that the text has; the CSV has all.
  public static func text(
    _ result: CentreReport.ListResult, at instant: Instant, _ rulebook: Rulebook, _ language: Language,
    shown: Int = .max
  ) -> [UInt8] {
    var writer = TextWriter(capacity: 256 + min(result.rows.count, shown) * 160)
    writer.visible("\(result.list.title)  \(instant.clockText(in: rulebook.calendar.zone))")
    writer.newline()
    let overdue = result.rows.count { $0.isOverdue }
    writer.visible(Message.Report.listCount(result.total, overdue: overdue)[language])
    writer.newline()
    if !result.rows.isEmpty { writer.newline() }
    let titles = RulebookTitles(rulebook)
    for row in result.rows.prefix(shown) { line(row, titles, rulebook, language, &writer) }
    if result.total > min(result.rows.count, shown) {
      writer.visible(Message.Report.listShortened(min(result.rows.count, shown))[language])
      writer.newline()
    }
    return writer.bytes
  }

  private static func line(
    _ row: CentreReport.ListRow, _ titles: RulebookTitles, _ rulebook: Rulebook, _ language: Language,
    _ writer: inout TextWriter
  ) {
    writer.raw(row.isOverdue ? "! " : "- ")
    var parts = [
      row.caseID.rawValue, row.title, titles[row.level], titles[row.category], titles[row.lead],
      Message.title(of: row.phase)[language],
    ]
    if let due = dueText(row, rulebook, language) { parts.append(due) }
    writer.visible(parts.filter { !$0.isEmpty }.joined(separator: "  "))
    writer.newline()
  }

  private static func dueText(
    _ row: CentreReport.ListRow, _ rulebook: Rulebook, _ language: Language
  ) -> String? {
    guard let stage = row.stage, let due = row.due else { return nil }
    let text = "\(Message.title(of: stage)[language]) \(due.clockText(in: rulebook.calendar.zone))"
    guard row.isOverdue else { return text }
    return text + (language == .zh ? "（\(Message.worklistOverdue.zh)）" : " (\(Message.worklistOverdue.en))")
  }

  /// UTF-8 with a byte order mark, by which spreadsheets know Chinese; lines end with CR LF (RFC 4180).
  public static func csv(
    _ result: CentreReport.ListResult, _ rulebook: Rulebook, _ language: Language
  ) -> [UInt8] {
    var writer = TextWriter(capacity: 256 + result.rows.count * 240)
    writer.raw("\u{FEFF}")
    writer.csvLine(headings.map { $0[language] })
    let titles = RulebookTitles(rulebook)
    for row in result.rows { writer.csvLine(cells(row, titles, rulebook.calendar.zone, language)) }
    return writer.bytes
  }

  private static let headings: [Message] = [
    .worklistCase, .worklistCaseTitle, .worklistCategory, .worklistLevel, .Report.unit, .Report.area,
    .worklistState, .Report.takenAt, .worklistStage, .worklistDue, .Report.overdue, .Report.result,
  ]

  private static func cells(
    _ row: CentreReport.ListRow, _ titles: RulebookTitles, _ zone: Zone, _ language: Language
  ) -> [String] {
    [
      row.caseID.rawValue, row.title, titles[row.category], titles[row.level], titles[row.lead],
      row.area.map { titles[$0] } ?? "", Message.title(of: row.phase)[language],
      row.takenAt.clockText(in: zone), row.stage.map { Message.title(of: $0)[language] } ?? "",
      row.due?.clockText(in: zone) ?? "", row.isOverdue ? Message.Report.met(true)[language] : "",
      row.result.map { Message.title(of: $0)[language] } ?? "",
    ]
  }
}

extension TextWriter {
  mutating func csvLine(_ cells: [String]) {
    for (column, cell) in cells.enumerated() {
      if column > 0 { raw(",") }
      csv(cell)
    }
    raw("\r\n")
  }
}
