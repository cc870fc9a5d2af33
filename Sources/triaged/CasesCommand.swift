import ArgumentParser
import TriageCore
import TriageLedger

/// `triaged cases`: search, newest first.
struct CasesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cases", abstract: Message.helpCases.localised,
    discussion: JSONOutput.cases.localised)

  @Argument(help: ArgumentHelp(Message.argumentSearch.localised))
  var text: String?
  @Option(name: .customLong("case"), help: ArgumentHelp(Message.argumentCase.localised, valueName: "case-id"))
  var caseID: String?
  @Option(help: ArgumentHelp(Message.columnLevel.localised)) var level: String?
  @Option(help: ArgumentHelp(Message.columnCategory.localised)) var category: String?
  @Option(help: ArgumentHelp(Message.optionDepartment.localised)) var department: String?
  @Option(help: ArgumentHelp(Message.optionChannelFilter.localised)) var channel: String?
  @Option(
    name: .customLong("same-as"), help: ArgumentHelp(Message.optionSameAs.localised, valueName: "case-id"))
  var sameAs: String?
  @Flag(help: ArgumentHelp(Message.optionOpen.localised)) var open = false
  @Flag(help: ArgumentHelp(Message.optionOverdue.localised)) var overdue = false
  @Option(help: ArgumentHelp(Message.optionLimit.localised)) var limit = 1000
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  func run() throws {
    guard limit > 0 else { throw Failure(.usageBadLimit(limit), status: ExitStatus.usage) }
    let root = try RootReader(places)
    let (found, total) = try find(root)
    if total == 0 { try refuseUnknown(root.rulebook) }
    let reports = try found.map { try CaseReport($0, root: root) }
    switch output.format {
    case .json: for report in reports { print(try JSONLine.encode(report)) }
    case .text:
      guard !reports.isEmpty else { return StandardError.write(Message.noCases.localised) }
      var table = TextTable(columns: CaseReport.columns)
      for report in reports { table.add(report.row) }
      print(table.text)
    }
    if reports.count < total { StandardError.write(Message.casesCut(reports.count, of: total).localised) }
  }

  /// Nothing is found also where an id is mistyped. What only old cases have is known by being found.
  private func refuseUnknown(_ rulebook: Rulebook) throws {
    let asked: [(String?, Message, [String])] = [
      (level, .columnLevel, rulebook.levels.map(\.id.rawValue)),
      (category, .columnCategory, rulebook.categories.map(\.id.rawValue)),
      (department, .columnDepartment, rulebook.departments.keys.map(\.rawValue)),
      (channel, .columnChannel, ["direct"] + rulebook.channels.keys.map(\.rawValue)),
    ]
    for case (let id?, let what, let known) in asked where !known.contains(id) {
      throw Failure(.filterUnknown(id, what, known: known.sorted()), status: ExitStatus.usage)
    }
  }

  /// The newest up to the limit, and how many there are.
  private func find(_ root: RootReader) throws -> ([CaseIndex], total: Int) {
    if let caseID {
      guard let index = try root.ask({ (ledger) throws(LedgerError) in try ledger.index(of: CaseID(caseID)) })
      else { throw Failure(.caseUnknown(caseID)) }
      return ([index], total: 1)
    }
    if let sameAs,
      try root.ask({ (ledger) throws(LedgerError) in try ledger.index(of: CaseID(sameAs)) }) == nil
    {
      throw Failure(.caseUnknown(sameAs))
    }
    let query = CaseQuery(
      open: open ? true : nil, level: level.map { LevelID($0) }, category: category.map { CategoryID($0) },
      department: department.map { DepartmentID($0) }, channel: channel.map { ChannelID($0) }, text: text,
      overdueAt: overdue ? places.now : nil, sameAs: sameAs.map { CaseID($0) }, limit: limit)
    return try root.ask { (ledger) throws(LedgerError) in
      let found = try ledger.search(query)
      return (found, total: found.count < limit ? found.count : try ledger.count(query))
    }
  }
}

/// One case as `cases` and `show` print it. Never contact data.
struct CaseReport: Encodable {
  struct Stage: Encodable {
    var stage: String
    var department: String?
    var due: String
    var provisional: Bool
    var ended: String?
  }
  var id: String
  var sourceID: String?
  var channel: String
  var title: String
  var category: String
  var level: String
  var lead: String
  var area: String?
  var phase: String
  var takenAt: String
  /// Titles of the rules that fired.
  var why: [String]
  var route: String?
  var acceptDue: String?
  var resolveDue: String?
  var provisional: Bool
  var deadlines: [Stage]
  private let row_: [String]

  var row: [String] { row_ }

  static var columns: [String] {
    [
      Message.columnCase, .columnTitle, .columnCategory, .columnLevel, .columnLead, .columnPhase, .columnWhy,
      .columnAcceptBy, .columnResolveBy,
    ].map(\.localised)
  }

  private enum CodingKeys: String, CodingKey {
    case id, sourceID = "source_id", channel, title, category, level, lead, area, phase, takenAt, why, route
    case acceptDue, resolveDue, provisional, deadlines
  }

  init(_ index: CaseIndex, root: RootReader) throws {
    let zone = root.zone
    id = index.id.rawValue
    sourceID = index.sourceID
    channel = index.channel.rawValue
    title = index.publicTitle
    category = index.category.rawValue
    level = index.level.rawValue
    lead = index.lead.rawValue
    area = index.area?.rawValue
    phase = index.phase.rawValue
    takenAt = index.takenAt.iso8601(in: zone)
    // An anonymised case has columns and no events any more.
    let decision = try? root.ask { (ledger) throws(LedgerError) in try ledger.state(of: index.id) }?.decision
    why = decision?.fired.map { root.rulebook.title(of: $0.rule) } ?? []
    route = decision?.route?.rawValue
    deadlines = index.deadlines.map {
      Stage(
        stage: $0.stage.rawValue, department: $0.department?.rawValue, due: $0.due.iso8601(in: zone),
        provisional: $0.provisional, ended: $0.ended?.rawValue)
    }
    let accept = index.deadlines.last { $0.stage == .accept }
    let resolve = index.deadlines.last { $0.stage == .resolve }
    acceptDue = accept?.due.iso8601(in: zone)
    resolveDue = resolve?.due.iso8601(in: zone)
    provisional = index.deadlines.contains { $0.provisional && $0.ended == nil }
    row_ = [
      id, TextTable.cut(TextTable.plain(title), to: 24), root.rulebook.title(of: index.category),
      root.rulebook.title(of: index.level),
      root.rulebook.title(of: index.lead), Message.title(of: index.phase).localised,
      TextTable.cut(why.joined(separator: Message.listSeparator.localised), to: 36),
      Self.short(accept, zone), Self.short(resolve, zone),
    ]
  }

  private static func short(_ deadline: CaseIndex.DeadlineRow?, _ zone: Zone) -> String {
    guard let deadline else { return "-" }
    return deadline.due.clockText(in: zone) + (deadline.provisional ? Message.provisionalMark.localised : "")
  }
}
