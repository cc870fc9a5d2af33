import TriageCore
import TriageLedger

/// The daemon in the hands of somebody who also holds its clock: the same steps as in service, taken when told.
///
/// What the main loop does by inotify, poll and the periodic scan is done here by calls; nothing else differs.
extension Daemon {
  /// What the start of `run` does.
  func begin() throws(LedgerError) {
    try Recovery(office, desks, PersonsWord()).run { true }
    scanAll()
  }

  /// Works until nothing is left to be done at the present instant.
  /// - Parameter touched: folders in which somebody did something.
  func work(touched: Set<String>) throws(LedgerError) {
    desks.touched(touched)
    casePath.touched(touched)
    while try workStep() {}
  }

  /// What the main loop does when nothing more is in hand; worklists, which nobody reads, wait for the end.
  func tidy() throws(LedgerError) {
    try flushDone()
    casePath.tidy()
  }

  /// What a stop in good order does.
  func end() throws(LedgerError) {
    try tidy()
    try desks.writeWorklists()
    try flushDone()
    try desks.keepMarkers(atOnce: true)
    finishMetrics()
  }

  /// The earliest instant after now for which something waits.
  var nextTimer: Instant? {
    let now = office.clock.now()
    return timers.filter { $0 > now }.min()
  }

  /// SIGTERM or SIGINT came.
  var isAskedToStop: Bool { waiter.wait(seconds: 0).stop }
}
