import Glibc
import TriageCore

/// Counters and gauges of the daemon, and their file `state/metrics.prom` in the text format of Prometheus.
///
/// Rewritten by rename, and only when something changed. Labels are ids of the rulebook, never words of a case.
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
  }
  enum Gauge: String, CaseIterable {
    case openCases = "triaged_open_cases"
    case effectsWaiting = "triaged_effects_waiting"
    case queuesGone = "triaged_queues_gone"
    case queuesHung = "triaged_queues_hung"
    /// 1: the folder was known by its marker and its mount is not there.
    case inboxGone = "triaged_inbox_gone"
    case setAsideGone = "triaged_set_aside_gone"
    case reportsGone = "triaged_reports_gone"
    case intakePaused = "triaged_intake_paused"
    /// Files of the inbox that somebody has been writing for minutes.
    case filesStillWritten = "triaged_inbox_files_still_written"
    case rulesRefused = "triaged_rules_refused"
    /// Days until the end of the last year whose holidays are known.
    case calendarDays = "triaged_calendar_days_left"
    case lastScan = "triaged_last_scan_timestamp_seconds"
  }

  private var counters: [Counter: Int] = [:]
  private var gauges: [Gauge: Int64] = [:]
  /// The time of the last scan alone is no news worth a write.
  private var changed = true

  mutating func add(_ counter: Counter, _ amount: Int = 1) {
    guard amount > 0 else { return }
    counters[counter, default: 0] += amount
    changed = true
  }

  mutating func set(_ gauge: Gauge, _ value: Int64) {
    guard gauges[gauge] != value else { return }
    gauges[gauge] = value
    if gauge != .lastScan { changed = true }
  }

  func value(_ gauge: Gauge) -> Int64 { gauges[gauge] ?? 0 }
  func value(_ counter: Counter) -> Int { counters[counter] ?? 0 }

  /// Writes the file when something changed; a failure is left to the next change.
  mutating func write(to path: String) {
    guard changed else { return }
    var text = ""
    for counter in Counter.allCases {
      text += "# TYPE \(counter.rawValue) counter\n\(counter.rawValue) \(counters[counter] ?? 0)\n"
    }
    for gauge in Gauge.allCases {
      text += "# TYPE \(gauge.rawValue) gauge\n\(gauge.rawValue) \(gauges[gauge] ?? 0)\n"
    }
    let temporary = path + ".tmp"
    guard let file = fopen(temporary, "w") else { return }
    let complete = fputs(text, file) >= 0
    // Not synced: it is rewritten at the next start anyway.
    if fclose(file) == 0, complete, rename(temporary, path) == 0 { changed = false }
  }
}
