import Glibc
public import TriageCore
import TriageLedger
import TriageRules

/// The daemon: one loop that sleeps until something may have happened, then does what is to be done, in this order:
/// rules, time, intake, departments, outbox, worklists.
///
/// It decides nothing; the core does. It never sleeps on a promise of inotify: every `rescan` seconds all folders
/// are looked at. A failure of the ledger ends it, and the next start goes on from what the ledger holds.
public final class Daemon {
  let office: Office
  let notifier = Notifier()
  let lock: RootLock
  let watcher: Watcher
  let overseer: Overseer?
  let waiter: Waiter
  let door: MainDoor
  let desks: Desks
  let casePath: CasePath
  let timekeeper: Timekeeper
  let rules: RulesReload
  let lists: ListKeeper
  private let word: PersonsWord
  var jumps: ClockJumps
  /// SIGTERM or SIGINT came.
  var isStopped = false
  /// SIGHUP came while nobody looked at it.
  var isReloadWanted = false
  var isUnwatchedSaid = false
  var lastStatus = ""

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
    watcher = Watcher(isOn: configuration.watches)
    waiter = Waiter(watcher: watcher.descriptor)
    // In virtual time many daemons come and go, and nobody stops them from outside.
    overseer = configuration.watches ? Overseer(configuration.language) : nil
    if configuration.watches, overseer == nil { throw .lacking(.threadsUsedUp) }
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
      throw .unusable(.rootUnusable(path, SystemFault(errno)))
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
    let keeper = RulebookKeeper(
      directory: directory, layout: layout, settle: configuration.settleRules, configuration.language)
    office = try Self.open(
      configuration, keeper, journal, traces: traces, word, clock: clock)
    door = MainDoor(office: office, nudge: waiter.nudge)
    desks = Desks(office, door, watcher)
    office.desks = desks
    office.missing = { [lock, ledger = office.ledger] in
      if !lock.isInPlace(at: layout.lock) { return layout.lock }
      return ledger.removedFile
    }
    casePath = CasePath(office, desks, watcher)
    timekeeper = Timekeeper(office)
    rules = RulesReload(office, keeper, watcher, nudge: waiter.nudge)
    office.places.nudge = { [nudge = waiter.nudge] in nudge() }
    lists = ListKeeper(office)
    office.lists = lists
    jumps = ClockJumps(clock: office.clock)
  }

  /// Works until SIGTERM, or with `once` until there is nothing more to do; then the process is to end.
  ///
  /// - Returns: the exit status.
  public func run(once: Bool) -> Int32 {
    BlockedSignals.keep()
    if once { return round().isComplete ? 0 : 1 }
    let isWell = working { () throws(LedgerError) in
      if !isStopped { try serve() }
      try flushDone()
      try desks.keepMarkers(atOnce: true)
    }
    return isWell ? 0 : 1
  }

  /// What begins and ends every run.
  /// - Returns: false where the ledger failed, which ends it.
  func working(_ work: () throws(LedgerError) -> Void) -> Bool {
    let journal = office.journal
    // However it ends.
    defer { casePath.giveBack() }
    do throws(LedgerError) {
      try Recovery(office, desks, word).run(whileTrue: takesSignals)
      journal.notice(
        .daemonReady, ["root": "\(office.layout.root)", "rulebook": "\(office.rulebook.digest.prefix(12))"])
      try work()
      finishMetrics()
      journal.notice(.daemonStopped)
      return true
    } catch {
      journal.error(.ledgerFailed(error.message[office.language]))
      return false
    }
  }

  /// Between two batches of the start, which may be long.
  /// - Returns: whether it is to go on.
  private func takesSignals() -> Bool {
    overseer?.goesOn()
    notifier.starting()
    let wake = waiter.wait(seconds: 0)
    door.serve()
    isStopped = isStopped || wake.stop
    isReloadWanted = isReloadWanted || wake.reload
    return !isStopped
  }
}
