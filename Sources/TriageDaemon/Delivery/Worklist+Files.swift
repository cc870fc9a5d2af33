import TriageCore

/// The two files of a worklist. They say nothing of the moment in which they were written, so that they change only
/// when the list does.
extension Worklist {
  func html(_ rulebook: Rulebook, _ language: Language) -> [UInt8] {
    var writer = TextWriter(capacity: 2048 + rows.count * 400)
    let title = Message.worklistTitle(RulebookTitles(rulebook)[department])[language]
    writer.raw("<!DOCTYPE html>\n<html lang=\"\(language == .zh ? "zh-CN" : "en")\">\n<head>\n")
    writer.raw("<meta charset=\"utf-8\">\n")
    // Nothing is loaded and nothing runs, whatever a title holds (CSP Level 3).
    writer.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    )
    writer.raw("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
    writer.html(title)
    writer.raw("</title>\n<style>\(Self.style)</style>\n</head>\n<body>\n<h1>")
    writer.html(title)
    writer.raw("</h1>\n<p>")
    writer.html(
      (rows.isEmpty ? Message.worklistEmpty : .worklistCount(rows.count, overdue: overdue))[language])
    writer.raw("</p>\n")
    if !rows.isEmpty { table(rulebook, language, &writer) }
    writer.raw("</body>\n</html>\n")
    Seal.closePage(&writer, language)
    return writer.bytes
  }

  private func table(_ rulebook: Rulebook, _ language: Language, _ writer: inout TextWriter) {
    writer.raw("<table>\n<thead><tr>")
    for heading in Self.headings {
      writer.raw("<th>")
      writer.html(heading[language])
      writer.raw("</th>")
    }
    writer.raw("</tr></thead>\n<tbody>\n")
    for row in rows {
      writer.raw(row.isOverdue ? "<tr class=\"overdue\">" : "<tr>")
      for (column, cell) in cells(row, rulebook, language).enumerated() {
        writer.raw(column == 3 ? "<td class=\"level l\(min(row.severity, 4))\">" : "<td>")
        writer.html(cell)
        writer.raw("</td>")
      }
      writer.raw("</tr>\n")
    }
    writer.raw("</tbody>\n</table>\n")
  }

  /// UTF-8 with a byte order mark, by which spreadsheets know Chinese; lines end with CR LF (RFC 4180).
  func csv(_ rulebook: Rulebook, _ language: Language) -> [UInt8] {
    var body = TextWriter(capacity: rows.count * 200)
    for row in rows { line(cells(row, rulebook, language) + [""], &body) }
    var head = TextWriter(capacity: 512)
    head.raw("\u{FEFF}")
    line(Self.headings.map { $0[language] } + [Seal.heading(over: body.bytes, language)], &head)
    return head.bytes + body.bytes
  }

  private func line(_ cells: [String], _ writer: inout TextWriter) {
    for (column, cell) in cells.enumerated() {
      if column > 0 { writer.raw(",") }
      writer.csv(cell)
    }
    writer.raw("\r\n")
  }

  private static let headings: [Message] = [
    .worklistCase, .worklistCaseTitle, .worklistCategory, .worklistLevel, .worklistStage, .worklistDue,
    .worklistRole, .worklistState,
  ]

  private func cells(_ row: Row, _ rulebook: Rulebook, _ language: Language) -> [String] {
    var due = row.due?.clockText(in: rulebook.calendar.zone) ?? ""
    var marks: [String] = []
    if row.isOverdue { marks.append(Message.worklistOverdue[language]) }
    if row.isProvisional { marks.append(Message.worklistProvisional[language]) }
    if !marks.isEmpty {
      due += language == .zh ? "（\(marks.joined(separator: "，"))）" : " (\(marks.joined(separator: ", ")))"
    }
    let state: Message = row.isPaused ? .title(of: CaseState.Phase.paused) : .title(of: row.status)
    return [
      row.item.description, row.title, row.category, row.level,
      row.stage.map { rulebook.title(of: $0)[language] } ?? "", due,
      Message.title(of: row.item.role)[language], state[language],
    ]
  }

  private static let style = """
    body{font:16px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:1.5em;color:#1a1a1a}
    h1{font-size:1.4em;margin:0 0 .2em}
    table{border-collapse:collapse;width:100%}
    th,td{text-align:left;padding:.4em .7em;border-bottom:1px solid #d8d8d8;vertical-align:top}
    th{background:#f2f2f2;white-space:nowrap}
    td:first-child,td:nth-child(6){white-space:nowrap}
    tr.overdue td{background:#fdecea}
    tr.overdue td:nth-child(6){color:#a40000;font-weight:bold}
    .level{font-weight:bold}
    .l0{color:#1b6e3c}.l1{color:#8a5a00}.l2,.l3,.l4{color:#a40000}
    @media print{body{margin:0}}
    """
}
