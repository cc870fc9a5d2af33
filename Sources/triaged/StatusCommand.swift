import ArgumentParser
import Foundation
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged status`: counts and health of a root; exit 1 when something is wrong.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: Message.helpStatus.localised,
    discussion: JSONOutput.status.localised)

  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    var root: String
    var running: Bool
    var rulebook: String
    var rulesRefused: Bool
    /// What is wrong with the rules that were refused.
    var findings: String?
    /// Until the end of the last year whose holidays are known.
    var calendarDaysLeft: Int?
    var intakePaused: Bool
    var queuesGone: Int
    var queuesHung: Int
    var queuesFailing: Int
    var inboxWaiting: Int
    /// Folders of the root whose mounts are gone.
    var foldersGone: [String]
    /// How the ledger differs from what the root says of it.
    var ledger: String?
    /// Of the disk that the ledger is on.
    var diskFreeBytes: Int64?
    var diskReadOnly: Bool
    var cases: Int
    var open: Int
    var overdue: Int
    var phases: [String: Int]
    var levels: [String: Int]
    var openAlerts: Int
    var effectsWaiting: Int
    var setAside: Int
    var events: Int
    /// When the daemon last looked at all folders.
    var lastScan: String?
  }

  func run() throws {
    let root = try RootReader(places)
    let now = places.now
    let counts = try root.ask { (ledger) throws(LedgerError) in try ledger.counts(at: now) }
    let health = DaemonHealth(of: root.layout)
    let disk = DiskRoom(of: root.layout.state)
    let report = Report(
      root: root.layout.root, running: health.isRunning, rulebook: root.rulebook.digest,
      rulesRefused: health.areRulesRefused,
      findings: RefusedRulebook.findings(in: root.layout),
      calendarDaysLeft: root.rulebook.calendar.daysLeft(at: now),
      intakePaused: health.isIntakePaused, queuesGone: health.queuesGone, queuesHung: health.queuesHung,
      queuesFailing: health.queuesFailing,
      inboxWaiting: health.inboxWaiting, foldersGone: health.foldersGone,
      ledger: root.loss.map { LedgerError.lost($0).message.localised },
      diskFreeBytes: disk?.free, diskReadOnly: disk?.isReadOnly ?? false,
      cases: counts.cases, open: counts.byPhase.filter(\.key.isOpen).reduce(0) { $0 + $1.value },
      overdue: counts.overdue,
      phases: Dictionary(uniqueKeysWithValues: counts.byPhase.map { ($0.key.rawValue, $0.value) }),
      levels: Dictionary(uniqueKeysWithValues: counts.byLevel.map { ($0.key.rawValue, $0.value) }),
      openAlerts: counts.openAlerts, effectsWaiting: counts.pendingEffects, setAside: setAside(root.layout),
      events: counts.events,
      lastScan: health.lastScan.map { Instant(seconds: $0).iso8601(in: root.zone) })
    switch output.format {
    case .json: print(try JSONLine.encode(report))
    case .text: print(text(report, counts, root))
    }
    if report.rulesRefused || report.intakePaused || report.diskReadOnly
      || report.queuesGone + report.queuesHung + report.queuesFailing > 0 || !report.foldersGone.isEmpty
      || report.ledger != nil
    {
      throw ExitCode(ExitStatus.no)
    }
  }

  private func setAside(_ layout: RootLayout) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.setAside)) ?? []
    return names.count { $0.hasSuffix(".reason.yaml") }
  }

  private func text(_ report: Report, _ counts: LedgerCounts, _ root: RootReader) -> String {
    var lines = [
      Message.statusRoot(report.root, running: report.running).localised,
      Message.statusRules(String(report.rulebook.prefix(12)), refused: report.rulesRefused).localised,
      Message.statusCases(report.cases, open: report.open, overdue: report.overdue).localised,
    ]
    let phases = CaseState.Phase.allCases.compactMap { phase in
      counts.byPhase[phase].map { "\(Message.title(of: phase).localised) \($0)" }
    }
    let levels = root.rulebook.levels.reversed().compactMap { level in
      counts.byLevel[level.id].map { "\(level.title) \($0)" }
    }
    for counts in [phases, levels] where !counts.isEmpty {
      lines.append("  " + counts.joined(separator: Message.listSeparator.localised))
    }
    lines.append(Message.statusWork(waiting: report.effectsWaiting, setAside: report.setAside).localised)
    if report.rulesRefused, let findings = report.findings { lines.append(findings) }
    if let days = report.calendarDaysLeft, days <= Limits.calendarNoticeDays {
      lines.append(Message.statusCalendar(daysLeft: days).localised)
    }
    if report.openAlerts > 0 { lines.append(Message.statusAlerts(report.openAlerts).localised) }
    if report.intakePaused { lines.append(Message.intakePaused.localised) }
    if report.diskReadOnly {
      lines.append(Message.statusDiskReadOnly.localised)
    } else if let free = report.diskFreeBytes, free < Limits.diskNoticeBytes {
      lines.append(Message.statusDiskLow(megabytes: free >> 20).localised)
    }
    if report.queuesGone > 0 { lines.append("\(Message.queueGone.localised) (\(report.queuesGone))") }
    if !report.foldersGone.isEmpty { lines.append(Message.foldersGone(report.foldersGone).localised) }
    if let ledger = report.ledger { lines.append(ledger) }
    if report.inboxWaiting > 0 { lines.append(Message.statusInboxWaiting(report.inboxWaiting).localised) }
    if report.queuesHung > 0 { lines.append(Message.statusHung(report.queuesHung).localised) }
    if report.queuesFailing > 0 { lines.append(Message.statusFailing(report.queuesFailing).localised) }
    return lines.joined(separator: "\n")
  }
}

/// What the file system says of the disk that the ledger is on.
private struct DiskRoom {
  var free: Int64
  var isReadOnly: Bool

  init?(of path: String) {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    free = Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    isReadOnly = status.f_flag & UInt(ST_RDONLY) != 0
  }
}
