import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules

/// What a simulated life came to: the report of a live root over all its days, and whether everything agrees. It holds
/// nothing that differs between two runs of the same scenario.
struct SimulationReport: Encodable {
  var scenario: String
  var from: String
  var to: String
  var seed: UInt64
  /// Files that senders put into the inbox.
  var sent: Int
  /// Moves and requests of clerks.
  var moves: Int
  var duplicates: Int
  var setAside: Int
  /// Forms and requests that were not taken as they were.
  var formsRefused: Int
  /// How many of each kind the ledger holds.
  var events: [String: Int]
  var report: ReportJSON
  /// What `fsck` found.
  var folders: [String]
  /// What `ledger verify` found.
  var faults: [String]
  private let reportText: String

  private enum CodingKeys: CodingKey {
    case scenario, from, to, seed, sent, moves, duplicates, setAside, formsRefused, events, report, folders
    case faults
  }

  var isClean: Bool { folders.isEmpty && faults.isEmpty }

  init(_ scenario: Scenario, _ simulation: Simulation, root: String) throws(LedgerError) {
    let ledger = try LedgerReader(directory: RootLayout(root: root).state)
    let rulebook = simulation.rulebook
    let start = rulebook.calendar.zone.midnight(scenario.days.lowerBound)
    let period = ReportPeriod(start: start, end: simulation.end, at: simulation.end + -1)
    let centre = try CentreReport.make(reader: ledger, rulebook: rulebook, period: period)
    report = ReportJSON(centre, rulebook)
    reportText = ReportText(centre, rulebook).text
    self.scenario = scenario.title
    from = scenario.days.lowerBound.description
    to = scenario.days.upperBound.description
    seed = scenario.seed
    sent = simulation.tally.sent
    moves = simulation.tally.moves
    events = try ledger.eventCounts()
    duplicates = events["duplicate_arrived"] ?? 0
    setAside = simulation.tally.setAside
    formsRefused = simulation.tally.formsRefused
    folders = try FolderCheck(root: root, ledger: ledger, now: simulation.end).run()
      .filter(\.what.isDisagreement)
      .map { "\($0.department): \($0.shown.localised): \(Message.folderFinding($0.what.rawValue).localised)" }
    faults = try LedgerTruth(root: root).verify().faults.map(\.message.localised)
  }

  var text: String {
    let head = [
      Message.simulationHead(scenario, from: from, to: to, seed: seed).localised,
      Message.simulationTraffic(sent: sent, duplicates: duplicates, setAside: setAside, moves: moves)
        .localised,
      Message.simulationCourse(
        reminders: events["reminded"] ?? 0, escalations: events["escalated"] ?? 0,
        returns: events["returned"] ?? 0, reopened: events["reopened"] ?? 0
      ).localised,
    ]
    let check = folders + faults + [(isClean ? Message.simulationClean : .simulationNotClean).localised]
    return [head.joined(separator: "\n"), reportText, check.joined(separator: "\n")].joined(separator: "\n\n")
  }
}
