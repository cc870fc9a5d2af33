import Glibc
import TriageCore
import TriageLedger

/// The loop of the daemon in service, and the step of it that every way of running takes.
extension Daemon {
  /// Works until it is asked to stop.
  func serve() throws(LedgerError) {
    notifier.ready(status: statusLine())
    var lastScan = -Double.infinity
    var more = false
    if isReloadWanted { rules.demand() }
    while true {
      let (wake, touched) = sleep(seconds: more ? 0 : sleepTime(lastScan))
      door.serve()
      notifier.alive()
      if wake.stop { break }
      if wake.reload {
        notifier.reloading()
        rules.demand()
      }
      lookAtClock()
      note(touched)
      if Clock.monotonic() - lastScan >= Double(office.configuration.rescan) {
        lastScan = Clock.monotonic()
        try office.ledger.requireInPlace()
        scanAll()
        rules.scan()
        lookAtCalendar()
        office.metrics.set(.lastScan, office.clock.now().seconds)
      }
      if let outcome = try rules.step() { try take(outcome) }
      // Whoever asked for a reload waits for this.
      if rules.takeGivenUp() { notifier.ready(status: statusLine()) }
      more = try workStep()
      publishHealth()
      try closeRound(more: more)
      sayWhatIsNotWatched()
    }
    notifier.stopping()
    office.journal.notice(.daemonStopping)
  }

  /// The periodic scan: every folder is to be looked at.
  func scanAll() {
    office.places.lookAtMounts()
    desks.scanAll()
    casePath.scanAll()
  }

  /// Sleeps until there may be something to do. That somebody goes on writing into an open file is nothing.
  /// - Returns: what woke it, and the paths with which something happened; nil when events were lost.
  func sleep(seconds: Double) -> (Waiter.Wake, Set<String>?) {
    let end = Clock.monotonic() + seconds
    while true {
      overseer?.rests()
      let wake = waiter.wait(seconds: end - Clock.monotonic())
      overseer?.goesOn()
      guard wake.folders else { return (wake, []) }
      let touched = watcher.drain()
      let isNothing = touched.isWritingOnly && !wake.stop && !wake.reload && !wake.nudged
      if !isNothing || Clock.monotonic() >= end { return (wake, touched.paths) }
    }
  }

  func note(_ touched: Set<String>?) {
    desks.touched(touched)
    casePath.touched(touched)
    rules.touched(touched)
  }

  func sayWhatIsNotWatched() {
    guard let code = watcher.takeFailure(), !isUnwatchedSaid else { return }
    isUnwatchedSaid = true
    office.journal.warning(.foldersNotWatched(SystemFault.words(code, office.language)))
  }

  /// One step of each duty, short enough that signals and the watchdog are served in between. A full disk ends
  /// nothing: what could not be recorded is found again at the next scan.
  func workStep() throws(LedgerError) -> Bool {
    defer { office.forgetFresh() }
    overseer?.goesOn()
    do throws(LedgerError) {
      var more = try timekeeper.tick()
      more = try casePath.takeIn() || more
      more = desks.look() || more
      more = try desks.perform() || more
      more = try lists.step() || more
      if let failure = office.ledgerFailure { throw failure }
      casePath.wentWell()
      return more
    } catch {
      guard error.passes else { throw error }
      office.ledgerFailure = nil
      casePath.pause(error)
      return false
    }
  }

  /// Marks that the full disk does not let in are kept for the next time.
  func flushDone() throws(LedgerError) {
    do throws(LedgerError) {
      try office.ledger.flushDone()
    } catch {
      guard error.passes else { throw error }
      casePath.pause(error)
    }
  }

  /// When something that is not complete yet may be so, monotonic seconds.
  var nextSettled: Double? {
    [casePath.nextLook, desks.nextSettled].compactMap { $0 }.min().map { Double($0) / 1e9 }
  }

  /// What is written once per round, when nothing more is in hand.
  private func closeRound(more: Bool) throws(LedgerError) {
    desks.watchLanes()
    guard !more else { return }
    try flushDone()
    casePath.tidy()
    try desks.writeWorklists()
    try desks.keepMarkers()
    finishMetrics()
  }

  private func sleepTime(_ lastScan: Double) -> Double {
    var seconds = lastScan + Double(office.configuration.rescan) - Clock.monotonic()
    if let interval = notifier.watchdogInterval { seconds = min(seconds, interval) }
    let now = office.clock.now()
    // What was due before was just tried: where it could not be done (a share is gone, the disk is full) it waits for
    // the next scan.
    for timer in timers where timer - now > -2 {
      seconds = min(seconds, max(Double(timer - now), 0.2))
    }
    for look in [rules.nextLook, nextSettled].compactMap({ $0 }) {
      seconds = min(seconds, look - Clock.monotonic())
    }
    return max(seconds, 0)
  }

  /// The instants for which something waits that no event will tell of.
  var timers: [Instant] {
    let timers = [
      try? office.ledger.read.nextTimer(), try? office.ledger.read.nextEffect(), desks.nextLook,
      lists.nextLook, timekeeper.nextLook,
    ]
    return timers.compactMap { $0 ?? nil }
  }
}
