import Glibc
import TriageCore
import TriageLedger
import TriageRules

/// The rules while the daemon runs: read anew on SIGHUP and when their directory changed and settled, compiled beside
/// the main loop, swapped whole or not at all (promise 6).
final class RulesReload {
  private let office: Office
  private let keeper: RulebookKeeper
  private let nudge: Waiter.Nudge
  private var watch: RulesWatch
  private var reading: RulesReading?
  /// When that was begun, since 1970.
  private var readSince = 0
  /// Asked for while another reading was going on, or while somebody wrote.
  private var isWanted = false
  /// A person asked for it, who may not have finished.
  private var isDemanded = false
  /// Since when it waits for somebody who writes, monotonic seconds.
  private var heldSince: Double?
  private var hasGivenUp = false

  init(_ office: Office, _ keeper: RulebookKeeper, _ watcher: Watcher, nudge: Waiter.Nudge) {
    self.office = office
    self.keeper = keeper
    self.nudge = nudge
    watch = RulesWatch(
      keeper.directory, known: keeper.look, settle: Double(office.configuration.settleRules), watcher)
    watch.follow([keeper.directory] + keeper.bases, readSince: keeper.readSince)
  }

  /// Monotonic seconds.
  var nextLook: Double? {
    [watch.nextLook, heldSince.map { _ in Clock.monotonic() + 0.25 }].compactMap { $0 }.min()
  }

  /// SIGHUP: read them whether they changed or not, as soon as nobody writes them.
  func demand() { (isWanted, isDemanded) = (true, true) }

  /// Whether a demand came to nothing, since somebody goes on writing; asked once.
  func takeGivenUp() -> Bool {
    defer { hasGivenUp = false }
    return hasGivenUp
  }

  /// - Parameter paths: nil when events were lost.
  func touched(_ paths: Set<String>?) { watch.touched(paths) }

  func scan() { watch.touched(nil) }

  /// Reads another directory's rules here and now; they are those in force from now on.
  func read(_ directory: String) throws(LedgerError) -> RulebookKeeper.Outcome {
    keeper.directory = directory
    let began = time(nil)
    let loaded = RulebookLoader.load(
      directory: directory, today: keeper.day(of: office.clock.now()),
      patterns: keeper.patterns)
    let outcome = try keeper.judge(loaded, office.ledger)
    watch.follow([directory] + keeper.bases, readSince: began)
    return outcome
  }

  /// - Returns: what became of a reading that is done; nil when there is none.
  func step() throws(LedgerError) -> RulebookKeeper.Outcome? {
    if let loaded = reading?.loaded {
      reading = nil
      let outcome = try keeper.judge(loaded, office.ledger)
      watch.follow([keeper.directory] + keeper.bases, readSince: readSince)
      return outcome
    }
    let now = Clock.monotonic()
    if watch.isChanged(now: now) { isWanted = true }
    if let seconds = watch.takeLongWait(now: now) {
      office.journal.warning(.ruleFileStillWritten(seconds: seconds))
    }
    if isWanted, reading == nil, !isHeld(now) {
      (isWanted, isDemanded) = (false, false)
      watch.isRead()
      readSince = time(nil)
      let today = keeper.day(of: office.clock.now())
      reading = RulesReading(
        directory: keeper.directory, today: today, patterns: keeper.patterns, nudge: nudge)
    }
    return nil
  }

  /// Whether a demand waits for somebody who writes: for a while; then the rules in force stay until that ends.
  private func isHeld(_ now: Double) -> Bool {
    guard isDemanded, let file = watch.writtenFile() else {
      heldSince = nil
      return false
    }
    if heldSince == nil {
      office.journal.notice(.rulesStillWritten(file, seconds: Limits.rulesWaitFor))
    }
    let since = heldSince ?? now
    heldSince = since
    guard now - since >= Double(Limits.rulesWaitFor) else { return true }
    office.journal.warning(.rulesLeftWritten(file))
    (isWanted, isDemanded, heldSince, hasGivenUp) = (false, false, nil, true)
    watch.touched(nil)
    return true
  }
}
