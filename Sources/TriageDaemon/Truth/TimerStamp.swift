import Crypto
import TriageCore
import TriageLedger

/// Tells under which rules, and by which way of counting, the timers of open cases were counted.
enum TimerStamp {
  static func of(_ rulebook: Rulebook) -> Int64 {
    let hash = SHA256.hash(data: Array("\(rulebook.digest)/\(Lifecycle.timerRules)".utf8))
    return hash.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }
}

extension Office {
  /// Reminders and escalations follow the rules in force: where others were in force before, every open case is looked
  /// at again.
  func keepTimers() throws(LedgerError) {
    try ledger.keepTimers(countedBy: TimerStamp.of(rulebook), at: clock.now())
  }
}
