import Glibc
public import TriageCore
public import TriageLedger
import TriageRules

/// The daemon: one loop that sleeps until something may have happened, then does what is to be done, in this order:
/// rules, time, intake, departments, outbox, worklists.
///
/// It decides nothing; the core does. It never sleeps on a promise of inotify: every `rescan` seconds all folders
/// are looked at. A failure of the ledger ends it, and the next start goes on from what the ledger holds.
public final class Daemon {
  let office: Office
  private let notifier = Notifier()
  private let lock: RootLock
  private let watcher: Watcher
  private let overseer: Overseer?
  let waiter: Waiter
  private let door: MainDoor
  let desks: Desks
  let casePath: CasePath
  private let timekeeper: Timekeeper
  private let rules: RulesReload
  private let lists: ListKeeper
  private let word: PersonsWord
  private var jumps: ClockJumps

  /// Why the daemon cannot start.
  public enum StartFailure: Error {
    case badTime
    /// A person's word names what there is not.
    case usage(Message)
    case held(pid: Int32?)
    case unusable(Message)
    case ledger(LedgerError)

    init(_ failure: RootLock.Failure, path: String) {
      switch failure {
      case .held(let pid): self = .held(pid: pid)
      case .io(let code): self = .unusable(.rootUnusable(path, String(cString: strerror(code))))
      }
    }
  }

  /// Takes the root: lock, ledger, rulebook.
  ///
  /// - Parameters:
  ///   - word: what a person has said, to be done at the start.
  ///   - clock: made once the rulebook's zone is known; nil when the time given for it is none.
  public init(
    configuration: Configuration, word: PersonsWord = PersonsWord(), clock: (Zone) -> Clock?
  ) throws(StartFailure) {
    umask(0o007)
    if let message = ProcessLimits.prepare() { throw .unusable(message) }
    Waiter.blockSignals()
    watcher = Watcher(isOn: configuration.watches)
    waiter = Waiter(watcher: watcher.descriptor)
    // In virtual time many daemons come and go, and nobody stops them from outside.
    overseer = configuration.watches ? Overseer(signals: waiter.signals, configuration.language) : nil
    if configuration.watches, overseer == nil { throw .unusable(.threadsUsedUp) }
    guard let directory = configuration.rules else { throw .unusable(.rulesMissing) }
    self.word = word
    // Before anything is made: a state folder made here would hide that there was another.
    let traces = RootTraces.look(RootLayout(root: configuration.root))
    do throws(LedgerError) {
      try traces.check(state: RootLayout(root: configuration.root).state, knowing: word.known)
    } catch {
      throw .ledger(error)
    }
    if let path = RootLayout(root: configuration.root).create() {
      throw .unusable(.rootUnusable(path, SystemFault.words(errno, configuration.language)))
    }
    // Mount points are told by their real paths.
    let layout = RootLayout(root: configuration.root).real
    var configuration = configuration
    configuration.root = layout.root
    do throws(RootLock.Failure) {
      lock = try RootLock(path: layout.lock)
    } catch {
      throw StartFailure(error, path: layout.lock)
    }
    let journal = Journal(level: configuration.logLevel, language: configuration.language)
    let keeper = RulebookKeeper(directory: directory, layout: layout, language: configuration.language)
    office = try Self.open(configuration, keeper, journal, traces, word, clock)
    door = MainDoor(office: office, nudge: waiter.nudge)
    desks = Desks(office, door, watcher)
    office.desks = desks
    office.missing = { [lock, ledger = office.ledger] in
      if !lock.isInPlace(at: layout.lock) { return layout.lock }
      return ledger.isInPlace ? nil : Ledger.path(in: layout.state)
    }
    casePath = CasePath(office, desks, watcher)
    timekeeper = Timekeeper(office)
    rules = RulesReload(office, keeper, watcher, nudge: waiter.nudge)
    lists = ListKeeper(office)
    office.lists = lists
    jumps = ClockJumps(clock: office.clock)
  }

  private static func open(
    _ configuration: Configuration, _ keeper: RulebookKeeper, _ journal: Journal, _ traces: LedgerTraces,
    _ word: PersonsWord, _ makeClock: (Zone) -> Clock?
  ) throws(StartFailure) -> Office {
    let ledger: Ledger
    let places: RootPlaces
    let unusable: (path: String, reason: String)?
    let faults: [LedgerFault]
    let (layout, now) = (RootLayout(root: configuration.root), Clock().now())
    do throws(LedgerError) {
      ledger = try Ledger(directory: layout.state, traces: traces, knowing: word.known)
      faults = try ledger.read.verifyHead(rulebook: RulebookInForce.digest(in: layout.state))
    } catch {
      throw .ledger(error)
    }
    // Nothing more is built on a record that is not as it was written.
    if let fault = faults.first { throw .unusable(.startRefused(fault.message)) }
    let outcome: RulebookKeeper.Outcome
    do throws(LedgerError) {
      places = try RootPlaces(layout, ledger, journal)
      unusable = try places.prepare(
        anew: word.places.union(word.queuesLost ? [.queues] : []), at: now)
      keeper.places = places
      outcome = try keeper.start(with: ledger, now: now)
    } catch {
      throw .ledger(error)
    }
    if let unusable { throw .unusable(.rootUnusable(unusable.path, unusable.reason)) }
    let rules: CompiledRulebook
    switch outcome {
    case .inForce(let loaded, let warnings):
      journal.report(warnings)
      rules = loaded
    case .refused(let findings, let upgrade, let lastGood):
      guard let lastGood else {
        journal.report(findings)
        throw .unusable(.rulesUnusable(configuration.rules ?? "", errors: findings.count))
      }
      journal.error(.rulesRefused(errors: findings.count))
      if let upgrade { journal.warning(upgrade) }
      journal.report(findings)
      rules = lastGood
    }
    guard let clock = makeClock(rules.rulebook.calendar.zone) else { throw .badTime }
    let office = Office(
      configuration: configuration, clock: clock, journal: journal, ledger: ledger, places: places,
      rules: rules)
    try check(word, office)
    if case .refused = outcome { office.metrics.set(.rulesRefused, 1) }
    return office
  }

  /// A person may be mistaken in a name, or in what can be done at present.
  private static func check(_ word: PersonsWord, _ office: Office) throws(StartFailure) {
    guard !word.queues.isEmpty || word.afterRestore else { return }
    let known = Set((try? office.ledger.read.queues().keys.map { $0 }) ?? [])
    let all = known.union(office.rulebook.departments.keys)
    for id in word.queues.sorted() where !all.contains(id) {
      throw .usage(.queueUnknown(id, known: all.sorted()))
    }
    for place in [RootPlaces.Place.queues, .setAside] where office.places.gone.contains(place) {
      throw .unusable(.placeNeeded(place.rawValue, path: office.layout.path(of: place)))
    }
  }

  /// Works until SIGTERM, or with `once` until there is nothing more to do.
  ///
  /// - Returns: the exit status.
  public func run(once: Bool) -> Int32 {
    do throws(LedgerError) {
      try Recovery(office, desks, word).run()
      let journal = office.journal
      journal.notice(
        .daemonReady, ["root": "\(office.layout.root)", "rulebook": "\(office.rulebook.digest.prefix(12))"])
      var isAllTaken = true
      if once {
        isAllTaken = try workUntilDone()
      } else {
        try serve()
      }
      try flushDone()
      try desks.keepMarkers(atOnce: true)
      if once { waitForLanes() }
      finishMetrics()
      journal.notice(.daemonStopped)
      return isAllTaken ? 0 : 1
    } catch {
      office.journal.error(.ledgerFailed(error.message[office.language]))
      return 1
    }
  }

  // MARK: The loop

  private func serve() throws(LedgerError) {
    notifier.ready(status: statusLine())
    var lastScan = -Double.infinity
    var more = false
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
        desks.scanAll()
        casePath.scanAll()
        rules.scan()
        lookAtCalendar()
        office.metrics.set(.lastScan, office.clock.now().seconds)
      }
      if let outcome = try rules.step() { try take(outcome) }
      more = try workStep()
      publishHealth()
      try closeRound(more: more)
      sayWhatIsNotWatched()
    }
    notifier.stopping()
    office.journal.notice(.daemonStopping)
  }

  /// Sleeps until there may be something to do. That somebody goes on writing into an open file is nothing.
  /// - Returns: what woke it, and the paths with which something happened; nil when events were lost.
  private func sleep(seconds: Double) -> (Waiter.Wake, Set<String>?) {
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

  private func note(_ touched: Set<String>?) {
    desks.touched(touched)
    casePath.touched(touched)
    rules.touched(touched)
  }

  private func sayWhatIsNotWatched() {
    guard let code = watcher.takeFailure(), !isUnwatchedSaid else { return }
    isUnwatchedSaid = true
    office.journal.warning(.foldersNotWatched(SystemFault.words(code, office.language)))
  }
  private var isUnwatchedSaid = false

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

  /// - Returns: whether all was taken in that is there.
  private func workUntilDone() throws(LedgerError) -> Bool {
    casePath.scanAll()
    desks.scanAll()
    var quiet = 0
    var pause = 0.0
    var end: Double?
    var isStopped = false
    var isLast = false
    // A second look after the last action: what was done may have made something to do.
    while quiet < 2 {
      let (wake, touched) = sleep(seconds: desks.isWaitingForLanes ? 0.05 : pause)
      pause = 0
      door.serve()
      if wake.stop {
        isStopped = true
        break
      }
      note(touched)
      desks.watchLanes()
      let acted = try workStep()
      quiet = acted || desks.isWaitingForLanes ? 0 : quiet + 1
      if !acted && quiet == 1 {
        casePath.scanAgain()
        // Once: what cannot be mended is found again at every look.
        if !isLast { desks.markAll() }
        isLast = true
      }
      guard quiet == 2, let look = nextSettled else { continue }
      // All else is done: what is not complete yet is waited for, but not for ever.
      let now = Clock.monotonic()
      let latest = end ?? now + Double(office.configuration.onceWaits)
      end = latest
      if now < latest {
        quiet = 1
        pause = min(max(look - now, 0.01), latest - now)
      }
    }
    casePath.tidy()
    try desks.writeWorklists()
    waitForLanes()
    sayWhatIsNotWatched()
    if isStopped { return true }
    let isInboxTaken = casePath.sayWhatIsLeft()
    return desks.sayWhatIsLeft() && isInboxTaken
  }

  private func waitForLanes() {
    while desks.isWaitingForLanes {
      _ = sleep(seconds: 0.05)
      door.serve()
      desks.watchLanes()
    }
  }

  /// When something that is not complete yet may be so, monotonic seconds.
  private var nextSettled: Double? {
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

  // MARK: Around the work

  private func lookAtClock() {
    guard let jump = jumps.look(office.clock) else { return }
    office.metrics.add(.clockJumps)
    office.journal.warning(.clockJumped(seconds: jump))
  }

  private func lookAtCalendar() {
    if let end = office.rulebook.calendar.knownUntil { office.metrics.set(.calendarEnd, end.seconds) }
  }

  /// Reads the rules of another directory at once: a simulation's clock stands still meanwhile.
  func reload(from directory: String) throws(LedgerError) { try take(rules.read(directory)) }

  /// The rulebook was read anew; what does not load changes nothing.
  private func take(_ outcome: RulebookKeeper.Outcome) throws(LedgerError) {
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
    office.metrics.write(to: office.layout.metrics)
    publishHealth()
    let line = statusLine()
    if line != lastStatus {
      lastStatus = line
      notifier.status(line)
    }
  }

  private func publishHealth() {
    for sign in DaemonHealth.Sign.allCases { lock.publish(sign, office.metrics.value(sign.gauge)) }
  }

  private var lastStatus = ""

  private func statusLine() -> String {
    Message.statusLine(
      open: Int(office.metrics.value(.openCases)), waiting: Int(office.metrics.value(.effectsWaiting)),
      rulesRefused: office.metrics.value(.rulesRefused) == 1, paused: office.metrics.value(.intakePaused) == 1
    )[office.language]
  }
}
