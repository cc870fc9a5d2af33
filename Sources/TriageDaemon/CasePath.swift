import Glibc
import TriageCore
import TriageLedger

/// The path of a case from the inbox to the ledger, top to bottom:
///
///     inbox file ─► claim ─► decode ─► normalise ─► evidence ─► decide ─► record ═ hand-over ═► deliver, remove
///
/// Before the hand-over the file is the truth, after it the ledger is (DESIGN.md section 3). Files are taken in
/// batches: read and decided in parallel, recorded in one transaction. Whatever cannot be taken in is set aside with
/// its reason, or left and reported once; nothing is deleted that the ledger does not hold.
final class CasePath {
  private unowned let office: Office
  private let desks: Desks
  private let scan: InboxScan
  private let attempts: Attempts
  private let aside: AsideDesk
  private let clearance: InboxClearance
  private var workers: [Preparation] = []
  /// Complete files of the last scan that were not taken yet.
  private var ready: ArraySlice<InboxCandidate> = []
  /// The next batch, being read and decided while the one before it is recorded and delivered.
  private var upcoming: BatchPreparation?
  private var mustScan = true
  /// What the last scan left for later.
  private(set) var waiting: [InboxWait] = []
  /// The disk was full or not writable at the last try.
  private(set) var isPaused = false
  /// When something that waits may be ready, monotonic nanoseconds.
  private(set) var nextLook: Int64?
  private let untaken = Untaken()

  init(_ office: Office, _ desks: Desks, _ watcher: Watcher) {
    self.office = office
    self.desks = desks
    let (layout, configuration) = (office.layout, office.configuration)
    scan = InboxScan(
      inbox: layout.inbox,
      settle: { Int64(configuration.settleChannels[$0] ?? configuration.settleInbox) * 1_000_000_000 },
      watcher: watcher)
    attempts = Attempts(path: layout.attempts)
    aside = AsideDesk(office, scan, untaken)
    clearance = InboxClearance(office)
  }

  // MARK: Hints

  func touched(_ folders: Set<String>?) {
    guard let folders else { return mustScan = true }
    if folders.contains(where: { $0.hasPrefix(office.layout.inbox) }) { mustScan = true }
  }

  func scanAll() {
    untaken.begin()
    aside.catchUp()
    scanAgain()
  }

  /// As `scanAll`, and what could not be taken before is not forgotten.
  func scanAgain() {
    mustScan = true
    isPaused = false
    clearance.tryAgain()
  }

  /// Deletes the files that the ledger has, when nothing is in hand that it would slow down.
  func tidy() { clearance.tidy() }

  // MARK: Taking in

  /// Takes in one batch.
  /// - Returns: whether more may be ready.
  func takeIn() throws(LedgerError) -> Bool {
    if let at = nextLook, at <= Clock.monotonicNanoseconds() { mustScan = true }
    guard !isPaused else { return false }
    do throws(LedgerError) {
      if try clearance.finish() { mustScan = true }
      if ready.isEmpty, upcoming == nil, mustScan { try look() }
      guard !ready.isEmpty || upcoming != nil else { return false }
      try takeNext()
      resumed()
      return !ready.isEmpty || upcoming != nil || mustScan
    } catch {
      guard error.passes else { throw error }
      pause(error)
      return false
    }
  }

  private func look() throws(LedgerError) {
    if let path = office.missing() { throw .missing(path) }
    mustScan = false
    nextLook = nil
    guard isOpen else { return note([]) }
    try office.places.takeUpChannels()
    let away = office.places.channelsAway()
    let snapshot: InboxSnapshot
    do throws(InboxUnavailable) {
      snapshot = try scan.scan(
        now: Clock.monotonicNanoseconds(), wall: Clock.wallNanoseconds(), without: away)
    } catch {
      let fault = SystemFault(error.code)
      if untaken.add("", fault) { office.journal.error(.inboxUnreadable(fault)) }
      return
    }
    nextLook = snapshot.nextLook
    untaken.remove("")
    note(snapshot.waiting)
    for folder in snapshot.unreadable {
      let fault = SystemFault(folder.code)
      _ = untaken.add("\(folder.channel)", fault)
      // The scan names one when that begins and when it changes.
      office.journal.warning(.channelUnreadable(fault), ["channel": "\(folder.channel)"])
    }
    for oddity in snapshot.oddities {
      try setAside(oddity.candidate, [RefusedPart(refusal: oddity.refusal)], sha256: nil)
    }
    // What is recorded already only waits for its removal.
    let recorded = Set(try office.ledger.pendingRemovals())
    let fresh = snapshot.ready.filter { recorded.isDisjoint(with: $0.files) }
    attempts.keep(only: Set(snapshot.ready.map(\.file.key)))
    ready = fresh[...]
  }

  /// Whether cases can be taken in at all: what lies under the mount point of an inbox that is gone is none, and what
  /// is refused has to go somewhere.
  private var isOpen: Bool { [.inbox, .setAside].allSatisfy { office.places.isThere($0) } }

  /// What is not complete yet: what waits for very long is said by name, once.
  private func note(_ waiting: [InboxWait]) {
    self.waiting = waiting
    overdue.formIntersection(waiting.map(\.shownPath))
    for wait in waiting where wait.isOverdue {
      overdue.insert(wait.shownPath)
      let minutes = Int(Limits.arrivalPatience / 60)
      let message: Message =
        switch wait.reason {
        case .settling, .written: .fileStillWritten(minutes: minutes)
        case .upload, .named: .fileWaitsByName(minutes: minutes)
        }
      office.journal.warning(message, ["file": "\(wait.shownPath)"])
    }
    office.metrics.set(.filesStillWritten, Int64(overdue.count))
  }
  private var overdue: Set<String> = []

  /// Gives back what was begun and will not be taken now: nobody is to suspect these files.
  func giveBack() {
    guard let candidates = upcoming?.finish().candidates else { return }
    upcoming = nil
    attempts.end(candidates.map(\.file))
    ready = candidates + ready
  }

  /// Names what stays in the inbox when `run --once` ends.
  /// - Returns: whether all was taken in.
  /// - Parameter seconds: that were waited; nil: it was ended before.
  func sayWhatIsLeft(after seconds: Int?) -> Bool {
    var isAll =
      untaken.isEmpty && !clearance.isStuck && !isPaused && isOpen
      && office.places.isInboxWhole && ready.isEmpty
    for candidate in ready.prefix(Limits.loggedFiles) {
      office.journal.warning(.fileLeftUntaken, ["file": "\(candidate.shownPath)"])
    }
    if ready.count > Limits.loggedFiles {
      office.journal.warning(.filesLeftUntaken(more: ready.count - Limits.loggedFiles))
    }
    for wait in waiting {
      let message: Message
      switch wait.reason {
      case .settling: message = seconds.map { .fileLeftSettling(seconds: $0) } ?? .fileLeftUntaken
      case .written: message = seconds.map { .fileLeftWritten(seconds: $0) } ?? .fileLeftUntaken
      case .upload: message = .fileLeftNamed
      case .named:
        // What an editor left lies there for ever, and nobody waits for it.
        office.journal.notice(.fileLeftNamed, ["file": "\(wait.shownPath)"])
        continue
      }
      isAll = false
      office.journal.warning(message, ["file": "\(wait.shownPath)"])
    }
    return isAll
  }

  private func nextBatch() -> [InboxCandidate] {
    // One of the files of the last batch crashed the daemon: they are read one at a time, so that it is found.
    let most = attempts.suspectsRemain ? 1 : Limits.batchCases
    var batch: [InboxCandidate] = []
    var bytes: Int64 = 0
    while batch.count < most, let candidate = ready.first {
      bytes += candidate.file.size
      if !batch.isEmpty, bytes > Int64(Limits.batchBytes) { break }
      batch.append(candidate)
      ready.removeFirst()
    }
    return batch
  }

  /// Takes the batch in hand; the one after it is being prepared meanwhile.
  private func takeNext() throws(LedgerError) {
    if let next = upcoming, next.rules !== office.rules { upcoming = begin(next.finish().candidates) }
    if upcoming == nil { upcoming = try beginNext() }
    guard let current = upcoming else { return }
    upcoming = nil
    // A file under suspicion is read alone: if the daemon dies again, it was that one.
    if !attempts.suspectsRemain { upcoming = try beginNext() }
    let (candidates, results) = current.finish()
    // They were read: whatever keeps them from being recorded, none of them ends the daemon.
    defer { attempts.end(candidates.map(\.file)) }
    do throws(LedgerError) {
      var records: [(InboxCandidate, IntakeRecord)] = []
      for (candidate, result) in zip(candidates, results) {
        if let record = try sort(candidate, try result.get()) { records.append((candidate, record)) }
      }
      try record(records, at: current.at)
    } catch {
      // Not recorded: the files are in the inbox and are looked at anew.
      mustScan = true
      throw error
    }
  }

  private func beginNext() throws(LedgerError) -> BatchPreparation? {
    var sound: [InboxCandidate] = []
    while sound.isEmpty, !ready.isEmpty {
      for candidate in nextBatch() {
        let crashes = attempts.count(of: candidate.file)
        if crashes >= Limits.intakeAttempts {
          try setAside(candidate, [RefusedPart(refusal: .crashedBefore(times: crashes))], sha256: nil)
          attempts.end([candidate.file])
        } else {
          sound.append(candidate)
        }
      }
    }
    return sound.isEmpty ? nil : begin(sound)
  }

  private func begin(_ batch: [InboxCandidate]) -> BatchPreparation {
    if workers.first?.rules !== office.rules {
      workers = (0..<Preparation.workers).map { _ in
        Preparation(office.rules, office.ledger.originals, root: office.ledger.rootID)
      }
    }
    attempts.begin(batch.map(\.file))
    return BatchPreparation(batch, by: workers, at: office.clock.now())
  }

  /// Deals with what is not to be recorded.
  private func sort(
    _ candidate: InboxCandidate, _ outcome: Preparation.Outcome
  ) throws(LedgerError) -> IntakeRecord? {
    switch outcome {
    case .prepared(let record, let refused, let rows):
      guard let rows else { return record }
      switch try aside.refuse(
        rows, of: candidate, sha256: record.original.sha256, count: refused.count)
      {
      case .done: return record
      case .lookAgain: mustScan = true
      case .left, .away: break
      }
      return nil
    case .refused(let parts, let sha256):
      try setAside(candidate, parts, sha256: sha256)
      return nil
    case .changed, .gone:
      mustScan = true
      return nil
    case .written:
      scan.wait(for: candidate)
      mustScan = true
      return nil
    case .unreadable(let code):
      // What the machine lacks at present it may have at the next scan; what is wrong with the file stays so.
      let fault = SystemFault(code)
      if !fault.isShortage { scan.leave(candidate) }
      if untaken.add(candidate.shownPath, fault) {
        office.journal.warning(.fileUnreadable(fault), ["file": "\(candidate.shownPath)"])
      }
      return nil
    }
  }

  private func setAside(
    _ candidate: InboxCandidate, _ parts: [RefusedPart], sha256: String?
  ) throws(LedgerError) {
    if case .lookAgain = try aside.refuse(candidate, parts, sha256: sha256) { mustScan = true }
  }

  // MARK: The hand-over

  /// One transaction for the batch. When it returns, the ledger holds the cases and the inbox files may go.
  private func record(_ records: [(InboxCandidate, IntakeRecord)], at now: Instant) throws(LedgerError) {
    guard !records.isEmpty else { return }
    let rulebook = office.rulebook
    let batch = IntakeBatch(office, at: now)
    let outcomes = try office.ledger.record(
      intake: records.map(\.1), at: now, prefix: rulebook.caseIDPrefix,
      day: rulebook.calendar.zone.civil(at: now).date, answers: batch.answers)
    // ═══ The hand-over line: from here on the ledger is the truth. ═══
    office.remember(fresh: batch.fresh)
    for state in batch.fresh { office.markStale(state.assignments.map(\.department)) }
    office.settled(batch.earlier)
    office.keep(batch.states.values)
    for outcome in outcomes.joined() {
      switch outcome {
      case .taken(let id):
        office.metrics.add(.casesTaken)
        try note(taken: id)
      case .duplicate(let id):
        office.metrics.add(.duplicates)
        office.journal.info(.caseDuplicate, ["case": "\(id)"])
      }
    }
    if try clearance.remove(records.compactMap(\.1.inbox)) { mustScan = true }
  }

  private func note(taken id: CaseID) throws(LedgerError) {
    guard office.journal.writesTransitions, let state = try office.state(of: id) else { return }
    let rulebook = office.rulebook
    office.journal.info(
      .caseTaken(level: rulebook.title(of: state.level), lead: rulebook.title(of: state.lead)),
      ["case": "\(id)", "level": "\(state.level)", "lead": "\(state.lead)"])
  }

  // MARK: A full disk

  /// Until the next scan; also when another duty found the disk full or a resource short.
  func pause(_ error: LedgerError) {
    isPaused = true
    nextLook = nil
    giveBack()
    ready = []
    guard office.metrics.value(.intakePaused) == 0 else { return }
    office.metrics.set(.intakePaused, 1)
    if case .shortage(let fault, _) = error {
      office.journal.error(.intakePausedFor(fault))
    } else {
      office.journal.error(.intakePaused)
    }
  }

  /// The ledger could be written, or had nothing to be written, since the last scan.
  func wentWell() { if !isPaused { resumed() } }

  private func resumed() {
    guard office.metrics.value(.intakePaused) == 1 else { return }
    office.metrics.set(.intakePaused, 0)
    office.journal.notice(.intakeResumed)
  }
}
