import Glibc
import TriageCore

/// Counters and gauges of the daemon, and their file `state/metrics.prom` in the text format of Prometheus.
///
/// Names follow its conventions (https://prometheus.io/docs/practices/naming): counters end in `_total`, units are base
/// units, moments are seconds since 1970. Labels would be ids of the rulebook, never words of a case.
struct Metrics {
  enum Counter: String, CaseIterable {
    case casesTaken = "triaged_cases_taken_total"
    case duplicates = "triaged_duplicates_total"
    case setAside = "triaged_set_aside_total"
    case delivered = "triaged_items_delivered_total"
    case reminders = "triaged_reminders_total"
    case escalations = "triaged_escalations_total"
    case alerts = "triaged_alerts_total"
    case formsRefused = "triaged_forms_refused_total"
    case namesBlocked = "triaged_names_blocked_total"
    case reloads = "triaged_reloads_total"
    case reloadsRefused = "triaged_reloads_refused_total"
    case clockJumps = "triaged_clock_jumps_total"

    /// English, as monitoring shows it.
    var help: String {
      switch self {
      case .casesTaken: "Cases taken in since the start."
      case .duplicates: "Records that came again and made no second case."
      case .setAside: "Files and rows that could not be taken in and wait for a person."
      case .delivered: "Items put into the departments' queues."
      case .reminders: "Reminders sent, at once or in a digest."
      case .escalations: "Escalation steps taken."
      case .alerts: "Alerts raised."
      case .formsRefused: "Reply forms and requests that were not valid."
      case .namesBlocked: "Items delivered under another name, since something else had theirs."
      case .reloads: "Rulebooks taken into force after a change."
      case .reloadsRefused: "Changed rulebooks that were refused."
      case .clockJumps: "Jumps of the wall clock against the monotonic one."
      }
    }
  }
  enum Gauge: String, CaseIterable {
    case openCases = "triaged_open_cases"
    case effectsWaiting = "triaged_effects_waiting"
    case queuesGone = "triaged_queues_gone"
    case queuesHung = "triaged_queues_hung"
    case queuesFailing = "triaged_queues_failing"
    /// 1: the folder was known by its marker and its mount is not there.
    case inboxGone = "triaged_inbox_gone"
    case setAsideGone = "triaged_set_aside_gone"
    case reportsGone = "triaged_reports_gone"
    case channelsGone = "triaged_channels_gone"
    case intakePaused = "triaged_intake_paused"
    case filesStillWritten = "triaged_inbox_files_still_written"
    case rulesRefused = "triaged_rules_refused"
    case calendarEnd = "triaged_calendar_end_timestamp_seconds"
    case lastScan = "triaged_last_scan_timestamp_seconds"

    var help: String {
      switch self {
      case .openCases: "Cases that are not closed."
      case .effectsWaiting: "Deliveries and moves that the ledger wants and no queue has yet."
      case .queuesGone: "Queues whose share is gone; their deliveries wait."
      case .inboxGone: "1 while the share of the inbox is gone and nothing is taken in."
      case .setAsideGone: "1 while the share of set-aside is gone."
      case .reportsGone: "1 while the share of the reports is gone and lists wait."
      case .channelsGone: "Folders of the inbox whose shares are gone and from which nothing is taken."
      case .queuesHung: "Queues whose share does not answer."
      case .queuesFailing: "Queues that cannot be made, read or written; tried again at every scan."
      case .intakePaused: "1 while the disk is full or may not be written and nothing is taken in."
      case .filesStillWritten:
        "Files of the inbox that have been written to for minutes, or bear an unfinished file's name."
      case .rulesRefused: "1 while changed rules are refused and the last good ones stay in force."
      case .calendarEnd: "When the holiday data end; deadlines after it are provisional."
      case .lastScan: "When all folders were last looked at; the file is written at least once a minute."
      }
    }
  }

  private var counters: [Counter: Int] = [:]
  private var gauges: [Gauge: Int64] = [:]
  private var changed = true
  /// The scan that the file tells of: the next one alone is no news, but one that is a minute old would look like a
  /// daemon that hangs.
  private var writtenScan: Int64 = 0

  /// The file's size is a multiple of this, bytes: there is room to overwrite it in its place.
  private static let block = 4096

  mutating func add(_ counter: Counter, _ amount: Int = 1) {
    guard amount > 0 else { return }
    counters[counter, default: 0] += amount
    changed = true
  }

  mutating func set(_ gauge: Gauge, _ value: Int64) {
    guard gauges[gauge] != value else { return }
    gauges[gauge] = value
    if gauge != .lastScan || abs(value - writtenScan) >= 60 { changed = true }
  }

  func value(_ gauge: Gauge) -> Int64 { gauges[gauge] ?? 0 }
  func value(_ counter: Counter) -> Int { counters[counter] ?? 0 }

  /// The file's text: of each metric a block of HELP, TYPE and sample, then empty lines up to a whole block.
  var text: String {
    var text = ""
    for counter in Counter.allCases {
      add(counter.rawValue, counter.help, "counter", Int64(value(counter)), to: &text)
    }
    for gauge in Gauge.allCases { add(gauge.rawValue, gauge.help, "gauge", value(gauge), to: &text) }
    let rest = text.utf8.count % Self.block
    return text + String(repeating: "\n", count: rest == 0 ? 0 : Self.block - rest)
  }

  private func add(_ name: String, _ help: String, _ type: String, _ value: Int64, to text: inout String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(name) \(value)\n"
  }

  /// Writes the file when something changed; a failure is left to the next change.
  mutating func write(to path: String) {
    guard changed else { return }
    let text = text
    guard Self.replace(path, text) || Self.overwrite(path, text) else { return }
    changed = false
    writtenScan = value(.lastScan)
  }

  /// By rename, so that no reader sees a half. Not synced: it is rewritten at the next start anyway.
  private static func replace(_ path: String, _ text: String) -> Bool {
    let temporary = path + ".tmp"
    guard let file = fopen(temporary, "we") else { return false }
    let complete = fputs(text, file) >= 0
    if fclose(file) == 0, complete, rename(temporary, path) == 0 { return true }
    unlink(temporary)
    return false
  }

  /// On a full disk, of which monitoring is to know: into the blocks that the file has.
  private static func overwrite(_ path: String, _ text: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    let bytes = Array(text.utf8)
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == bytes.count
    else { return false }
    return pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
  }
}
