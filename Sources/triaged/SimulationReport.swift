import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules

/// What a simulated life came to. It holds nothing that differs between two runs of the same scenario.
struct SimulationReport: Encodable {
  var scenario: String
  var from: String
  var to: String
  var seed: UInt64
  var sent: Int
  var cases: Int
  var duplicates: Int
  var setAside: Int
  var open: Int
  var overdue: Int
  var phases: [String: Int]
  var levels: [String: Int]
  var categories: [String: Int]
  /// Days until half, three quarters, and 95 % of the resolved cases were.
  var resolvedWithinDays: [Double]
  var events: [String: Int]
  var formsRefused: Int
  /// What `fsck` found.
  var folders: [String]
  /// What `ledger verify` found.
  var faults: [String]

  var isClean: Bool { folders.isEmpty && faults.isEmpty }

  init(_ scenario: Scenario, _ simulation: Simulation, root: String) throws(LedgerError) {
    let ledger = try LedgerReader(directory: RootLayout(root: root).state)
    let counts = try ledger.counts(at: simulation.end)
    let all = try ledger.search(CaseQuery(limit: .max))
    self.scenario = scenario.title
    from = scenario.days.lowerBound.description
    to = scenario.days.upperBound.description
    seed = scenario.seed
    sent = simulation.tally.sent
    cases = counts.cases
    open = counts.byPhase.filter(\.key.isOpen).reduce(0) { $0 + $1.value }
    overdue = counts.overdue
    phases = Dictionary(uniqueKeysWithValues: counts.byPhase.map { ($0.key.rawValue, $0.value) })
    levels = Self.counted(all.map(\.level.rawValue))
    categories = Self.counted(all.map(\.category.rawValue))
    resolvedWithinDays = Self.quantiles(
      all.compactMap { index in index.resolvedAt.map { $0 - index.takenAt } })
    events = try ledger.eventCounts()
    duplicates = events["duplicate_arrived"] ?? 0
    setAside = simulation.tally.setAside
    formsRefused = simulation.tally.formsRefused
    folders = try FolderCheck(root: root, ledger: ledger, now: simulation.end).run()
      .filter(\.what.isDisagreement)
      .map { "\($0.department): \($0.subject): \(Message.folderFinding($0.what.rawValue).localised)" }
    faults = try ledger.verify().faults.map(\.message.localised)
  }

  private static func counted(_ words: [String]) -> [String: Int] {
    words.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private static func quantiles(_ seconds: [Int64]) -> [Double] {
    guard !seconds.isEmpty else { return [] }
    let sorted = seconds.sorted()
    return [0.5, 0.75, 0.95].map { part in
      let index = min(sorted.count - 1, Int(Double(sorted.count) * part))
      return (Double(sorted[index]) / 8_640).rounded() / 10
    }
  }

  func text(_ rulebook: Rulebook) -> String {
    var lines = [
      Message.simulationHead(scenario, from: from, to: to, seed: seed).localised,
      Message.simulationCases(
        sent: sent, cases: cases, duplicates: duplicates, setAside: setAside, open: open, overdue: overdue
      ).localised,
    ]
    lines.append(
      "  "
        + CaseState.Phase.allCases.compactMap { phase in
          phases[phase.rawValue].map { "\(Message.title(of: phase).localised) \($0)" }
        }.joined(separator: Message.listSeparator.localised))
    lines.append(
      "  "
        + rulebook.levels.reversed().compactMap { level in
          levels[level.id.rawValue].map { "\(level.title) \($0)" }
        }.joined(separator: Message.listSeparator.localised))
    lines.append(
      "  "
        + rulebook.categories.compactMap { category in
          categories[category.id.rawValue].map { "\(category.title) \($0)" }
        }.joined(separator: Message.listSeparator.localised))
    if resolvedWithinDays.count == 3 {
      lines.append(Message.simulationPace(resolvedWithinDays).localised)
    }
    var table = TextTable(columns: ["  " + Message.simulationEvents.localised])
    for (kind, count) in events.sorted(by: { $0.key < $1.key }) {
      table.add(["  " + kind, "\(count)"])
    }
    lines.append(table.text)
    for line in folders + faults { lines.append(line) }
    lines.append((isClean ? Message.simulationClean : .simulationNotClean).localised)
    return lines.joined(separator: "\n")
  }
}
