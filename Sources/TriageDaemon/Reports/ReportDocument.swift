public import TriageCore

/// A report as tables, from which text and CSV are made alike.
public struct ReportDocument: Sendable {
  public struct Table: Sendable {
    public var title: String
    public var columns: [String]
    public var rows: [[String]]
  }

  /// Indicators, volumes, topics, units, subsidies; those without rows are left out.
  public let tables: [Table]
  private let language: Language

  public init(_ report: CentreReport, _ language: Language) {
    self.language = language
    var tables = [Self.indicators(report, language)]
    tables.append(Self.volumes(report.levels, .Report.levels, language))
    tables.append(Self.volumes(report.categories, .Report.categories, language))
    tables.append(Self.topics(report, language))
    tables.append(Self.volumes(report.channels, .Report.channels, language))
    tables.append(Self.units(report, language))
    tables += Self.subsidies(report, language)
    self.tables = tables.filter { !$0.rows.isEmpty }
  }

  /// Every table in one: a row for each number (section, name, item, value), for spreadsheets to filter.
  public func csv(_ report: CentreReport) -> [UInt8] {
    var writer = TextWriter(capacity: 4096)
    writer.raw("\u{FEFF}")
    let heads: [Message] = [.Report.section, .Report.name, .Report.item, .Report.value]
    writer.csvLine(heads.map { $0[language] })
    let totals: [(Message, Int)] = [
      (.Report.taken, report.taken), (.Report.resolved, report.resolved), (.Report.closed, report.closed),
      (.Report.open, report.open), (.Report.overdue, report.overdue),
    ]
    for (name, value) in totals {
      writer.csvLine([Message.Report.total[language], "", name[language], String(value)])
    }
    for table in tables {
      for row in table.rows {
        for (column, cell) in zip(table.columns, row).dropFirst() where !cell.isEmpty {
          writer.csvLine([table.title, row[0], column, cell])
        }
      }
    }
    return writer.bytes
  }

  // MARK: Tables

  private static func indicators(_ report: CentreReport, _ language: Language) -> Table {
    let columns: [Message] = [.Report.name, .Report.value, .Report.basis, .Report.target, .Report.isMet]
    let rows = report.indicators.map { result -> [String] in
      let isRate = result.indicator.measure == .rate
      let value = result.value.map { isRate ? percent($0) : String(result.count) } ?? "–"
      let target: String
      switch result.indicator.target {
      case .atLeast(let wanted): target = "≥ " + number(wanted, isRate)
      case .atMost(let wanted): target = "≤ " + number(wanted, isRate)
      case nil: target = ""
      }
      return [
        result.indicator.title, value, isRate ? "\(result.count)/\(result.of)" : "\(result.of)", target,
        Message.Report.met(result.isMet)[language],
      ]
    }
    return Table(
      title: Message.Report.indicators[language], columns: columns.map { $0[language] }, rows: rows)
  }

  private static func volumes(
    _ volumes: [CentreReport.Volume], _ title: Message, _ language: Language
  ) -> Table {
    let columns: [Message] = [.Report.name, .Report.taken, .Report.resolved, .Report.open, .Report.overdue]
    return Table(
      title: title[language], columns: columns.map { $0[language] },
      rows: volumes.map { [$0.title] + [$0.taken, $0.resolved, $0.open, $0.overdue].map { String($0) } })
  }

  private static func topics(_ report: CentreReport, _ language: Language) -> Table {
    Table(
      title: Message.Report.topics[language],
      columns: [Message.Report.name[language], Message.Report.taken[language]],
      rows: report.topics.map { [$0.title, String($0.taken)] })
  }

  private static func units(_ report: CentreReport, _ language: Language) -> Table {
    let columns: [Message] = [
      .Report.unit, .Report.assigned, .Report.resolved, .Report.returned, .Report.acceptInTime,
      .Report.resolveInTime, .Report.otherInTime, .Report.open, .Report.overdue,
    ]
    let rows = report.units.map { unit in
      [
        unit.title, String(unit.assigned), String(unit.resolved), String(unit.returned), share(unit.accept),
        share(unit.resolve), share(unit.other), String(unit.open), String(unit.overdue),
      ]
    }
    return Table(title: Message.Report.units[language], columns: columns.map { $0[language] }, rows: rows)
  }

  private static func subsidies(_ report: CentreReport, _ language: Language) -> [Table] {
    let kinds = report.subsidies.filter { $0.cases > 0 }.map {
      [$0.title, $0.amount.description, String($0.cases), $0.sum.description]
    }
    guard !kinds.isEmpty else { return [] }
    let cases = report.subsidies.reduce(0) { $0 + $1.cases }
    let sum = report.subsidies.reduce(Money(cents: 0)) { $0 + $1.sum }
    let total = [Message.Report.total[language], "", String(cases), sum.description]
    let columns: [Message] = [.Report.name, .Report.amount, .Report.basis, .Report.sum]
    let unitColumns: [Message] = [.Report.unit, .Report.basis, .Report.sum]
    return [
      Table(
        title: Message.Report.subsidy[language], columns: columns.map { $0[language] }, rows: kinds + [total]),
      Table(
        title: Message.Report.subsidy[language], columns: unitColumns.map { $0[language] },
        rows: report.subsidyUnits.map { [$0.title, String($0.cases), $0.sum.description] }),
    ]
  }

  // MARK: Numbers

  private static func share(_ timeliness: CentreReport.Timeliness) -> String {
    if timeliness.due == 0 { return "–" }
    let value = Double(timeliness.met) * 100 / Double(timeliness.due)
    return "\(percent(value)) \(timeliness.met)/\(timeliness.due)"
  }

  private static func number(_ value: Double, _ isRate: Bool) -> String {
    isRate ? percent(value) : String(Int(value.rounded()))
  }

  /// One decimal, rounded down: 99.96 % is not yet a hundred.
  private static func percent(_ value: Double) -> String {
    let tenths = Int((value * 10 + 1e-9).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}
