public import TriageCore
import TriageLedger

/// One round of work, for `run --once` and `fsck --repair`.
extension Daemon {
  /// What a round came to.
  public struct Round: Sendable {
    /// The ledger failed, which ended the round.
    public fileprivate(set) var hasFailed = false
    /// A signal ended it before all was done.
    public fileprivate(set) var isStopped = false
    /// Queues that could not be used, or not altogether: what was to be done there is left for the next run.
    public fileprivate(set) var queuesLeft: [DepartmentID] = []
    /// Something in the inbox or of what departments wrote is left for the next run.
    fileprivate var hasUnread = false

    /// Whether all was done that there was to be done.
    public var isComplete: Bool { !hasFailed && !isStopped && queuesLeft.isEmpty && !hasUnread }
  }

  /// Works until there is nothing more to do.
  /// - Parameter waiting: whether what is not complete yet is waited for, some seconds, and named where it is left.
  public func round(waiting: Bool = true) -> Round {
    var round = Round()
    let isWell = working { () throws(LedgerError) in
      if !isStopped { try workUntilDone(waiting: waiting) }
      casePath.tidy()
      try desks.writeWorklists()
      waitForLanes()
      try flushDone()
      try desks.keepMarkers(atOnce: true)
      waitForLanes()
      sayWhatIsNotWatched()
      if isStopped {
        office.journal.warning(.roundStopped)
        casePath.giveBack()
      }
      if waiting || isStopped {
        let seconds = isStopped ? nil : Int(office.configuration.onceWaits)
        let isInboxTaken = casePath.sayWhatIsLeft(after: seconds)
        round.hasUnread = !desks.sayWhatIsUnread(after: seconds) || !isInboxTaken
      }
      round.queuesLeft = try desks.sayWhatIsUndone()
    }
    (round.hasFailed, round.isStopped) = (!isWell, isStopped)
    return round
  }

  private func workUntilDone(waiting: Bool) throws(LedgerError) {
    scanAll()
    var quiet = 0
    var pause = 0.0
    var end: Double?
    var isLast = false
    // A second look after the last action: what was done may have made something to do.
    while quiet < 2 {
      let (wake, touched) = sleep(seconds: desks.isWaitingForLanes ? 0.05 : pause)
      pause = 0
      door.serve()
      if wake.stop { return isStopped = true }
      note(touched)
      desks.watchLanes()
      let acted = try workStep()
      quiet = acted || desks.isWaitingForLanes ? 0 : quiet + 1
      if !acted && quiet == 1 {
        casePath.scanAgain()
        // Once: what cannot be mended is found again at every look.
        if !isLast { desks.markWorkedIn() }
        isLast = true
      }
      guard waiting, quiet == 2, let look = nextSettled else { continue }
      // All else is done: what is not complete yet is waited for, but not for ever.
      let now = Clock.monotonic()
      let latest = end ?? now + Double(office.configuration.onceWaits)
      end = latest
      if now < latest {
        quiet = 1
        pause = min(max(look - now, 0.01), latest - now)
      }
    }
  }

  /// What was begun is ended, or a share that does not answer is given up.
  private func waitForLanes() {
    while desks.isWaitingForLanes {
      if sleep(seconds: 0.05).0.stop { isStopped = true }
      door.serve()
      desks.watchLanes()
    }
  }
}
