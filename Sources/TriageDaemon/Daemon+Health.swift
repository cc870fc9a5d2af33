import TriageCore
import TriageLedger
import TriageRules

/// What is said of the daemon's health, and the rules that are in force.
extension Daemon {
  func lookAtClock() {
    guard let jump = jumps.look(office.clock) else { return }
    office.metrics.add(.clockJumps)
    office.journal.warning(.clockJumped(seconds: jump))
  }

  func lookAtCalendar() {
    if let end = office.rulebook.calendar.knownUntil { office.metrics.set(.calendarEnd, end.seconds) }
  }

  /// Reads the rules of another directory at once: a simulation's clock stands still meanwhile.
  func reload(from directory: String) throws(LedgerError) { try take(rules.read(directory)) }

  /// The rulebook was read anew; what does not load changes nothing.
  func take(_ outcome: RulebookKeeper.Outcome) throws(LedgerError) {
    switch outcome {
    case .inForce(let rules, let warnings):
      let changed = rules.rulebook.digest != office.rulebook.digest
      office.take(rules)
      office.metrics.set(.rulesRefused, 0)
      office.metrics.add(.reloads)
      office.journal.notice(.rulesLoaded, ["rulebook": "\(rules.rulebook.digest.prefix(12))"])
      office.journal.report(warnings)
      if changed {
        // Reminders and escalations follow the rules in force; the deadlines of open cases as `on_reload` says.
        try office.keepTimers()
        try desks.open()
      }
    case .refused(let findings, let upgrade, _):
      office.metrics.set(.rulesRefused, 1)
      office.metrics.add(.reloadsRefused)
      office.journal.error(.rulesRefused(errors: findings.count))
      if let upgrade { office.journal.warning(upgrade) }
      office.journal.report(findings)
    }
    lookAtCalendar()
    notifier.ready(status: statusLine())
  }

  func finishMetrics() {
    if office.takeNews(), let counts = try? office.ledger.read.counts(at: office.clock.now()) {
      let open = counts.byPhase.filter(\.key.isOpen).reduce(0) { $0 + $1.value }
      office.metrics.set(.openCases, Int64(open))
      office.metrics.set(.effectsWaiting, Int64(counts.pendingEffects))
    }
    for (gauge, place) in [
      (Metrics.Gauge.inboxGone, RootPlaces.Place.inbox), (.setAsideGone, .setAside), (.reportsGone, .reports),
    ] {
      office.metrics.set(gauge, office.places.gone.contains(place) ? 1 : 0)
    }
    office.metrics.set(.channelsGone, Int64(office.places.gone.count(where: \.isChannel)))
    office.metrics.write(to: office.layout.metrics)
    publishHealth()
    let line = statusLine()
    if line != lastStatus {
      lastStatus = line
      notifier.status(line)
    }
  }

  func publishHealth() {
    for sign in DaemonHealth.Sign.allCases { lock.publish(sign, office.metrics.value(sign.gauge)) }
  }

  func statusLine() -> String {
    Message.statusLine(
      open: Int(office.metrics.value(.openCases)), waiting: Int(office.metrics.value(.effectsWaiting)),
      rulesRefused: office.metrics.value(.rulesRefused) == 1, paused: office.metrics.value(.intakePaused) == 1
    )[office.language]
  }
}
