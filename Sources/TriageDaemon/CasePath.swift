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
  private let setAside: SetAside
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
  /// What is complete and could not be taken in since the last scan for everything, by its path below the inbox.
  private(set) var failed: Set<String> = []
  private var spent: SpentFiles?
  /// Something may lie there; at the start what an earlier process left.
  private var hasSpent = true

  init(_ office: Office, _ desks: Desks, _ watcher: Watcher) {
    self.office = office
    self.desks = desks
    let (layout, configuration) = (office.layout, office.configuration)
    scan = InboxScan(
      inbox: layout.inbox,
      settle: { Int64(configuration.settleChannels[$0] ?? configuration.settleInbox) * 1_000_000_000 },
      watcher: watcher)
    attempts = Attempts(path: layout.attempts)
    setAside = SetAside(
      directory: layout.setAside, language: office.language, zone: office.rulebook.calendar.zone)
  }

  // MARK: Hints

  func touched(_ folders: Set<String>?) {
    guard let folders else { return mustScan = true }
    if folders.contains(where: { $0.hasPrefix(office.layout.inbox) }) { mustScan = true }
  }

  func scanAll() {
    failed = []
    scanAgain()
  }

  /// As `scanAll`, and what failed before is not forgotten: it is reported only once.
  func scanAgain() {
    mustScan = true
    isPaused = false
  }

  // MARK: Taking in

  /// Takes in one batch.
  /// - Returns: whether more may be ready.
  func takeIn() throws(LedgerError) -> Bool {
    if let at = nextLook, at <= Clock.monotonicNanoseconds() { mustScan = true }
    guard !isPaused else { return false }
    do throws(LedgerError) {
      try finishRemovals()
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
    guard isOpen else { return waiting = [] }
    let snapshot: InboxSnapshot
    do throws(InboxUnavailable) {
      snapshot = try scan.scan(now: Clock.monotonicNanoseconds(), wall: Clock.wallNanoseconds())
    } catch {
      office.journal.error(.inboxUnreadable(SystemFault.words(error.code, office.language)))
      failed.insert("")
      return
    }
    nextLook = snapshot.nextLook
    failed.remove("")
    note(snapshot.waiting)
    for folder in snapshot.unreadable {
      failed.insert("\(folder.channel)")
      office.journal.warning(
        .channelUnreadable(SystemFault.words(folder.code, office.language)), ["channel": "\(folder.channel)"])
    }
    for oddity in snapshot.oddities { try setOddityAside(oddity) }
    // What is recorded already only waits for its removal.
    let recorded = Set(try office.ledger.pendingRemovals())
    let fresh = snapshot.ready.filter { !recorded.contains($0.file) }
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
      office.journal.warning(
        .fileStillWritten(minutes: Int(Limits.arrivalPatience / 60)), ["file": "\(wait.shownPath)"])
    }
    office.metrics.set(.filesStillWritten, Int64(overdue.count))
  }
  private var overdue: Set<String> = []

  /// Names what stays in the inbox when `run --once` ends.
  /// - Returns: whether all was taken in.
  func sayWhatIsLeft() -> Bool {
    let seconds = Int(office.configuration.onceWaits)
    var isAll = failed.isEmpty && !isPaused && isOpen
    for wait in waiting {
      let message: Message
      switch wait.reason {
      case .settling: message = .fileLeftSettling(seconds: seconds)
      case .written: message = .fileLeftWritten(seconds: seconds)
      case .unfinished: message = .fileLeftNamed
      case .named:
        // It may lie there for ever: an editor's backup, an upload that was broken off.
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
    attempts.end(candidates.map(\.file))
  }

  private func beginNext() throws(LedgerError) -> BatchPreparation? {
    var sound: [InboxCandidate] = []
    while sound.isEmpty, !ready.isEmpty {
      for candidate in nextBatch() {
        let crashes = attempts.count(of: candidate.file)
        if crashes >= Limits.intakeAttempts {
          try refuse(candidate, [RefusedPart(refusal: .crashedBefore(times: crashes))], sha256: nil)
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
      if let rows {
        let (sha256, now) = (record.original.sha256, office.clock.now())
        let isAside = try aside(candidate) { () throws(SetAsideFailure) in
          try setAside.write(rows, of: candidate, sha256: sha256, at: now)
        }
        guard isAside else { return nil }
        office.metrics.add(.setAside, refused.count)
      }
      return record
    case .refused(let parts, let sha256):
      try refuse(candidate, parts, sha256: sha256)
      return nil
    case .changed, .gone:
      mustScan = true
      return nil
    case .unreadable(let code):
      // What the machine lacks at present it may have at the next scan; what is wrong with the file stays so.
      if !SystemFault.isShortage(code) { scan.leave(candidate) }
      if failed.insert(candidate.shownPath).inserted {
        office.journal.warning(
          .fileUnreadable(SystemFault.words(code, office.language)), ["file": "\(candidate.shownPath)"])
      }
      return nil
    }
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
    try remove(records.compactMap(\.1.inbox))
  }

  private func note(taken id: CaseID) throws(LedgerError) {
    guard let state = try office.state(of: id) else { return }
    let rulebook = office.rulebook
    office.journal.info(
      .caseTaken(level: rulebook.title(of: state.level), lead: rulebook.title(of: state.lead)),
      ["case": "\(id)", "level": "\(state.level)", "lead": "\(state.lead)"])
  }

  /// Removals that an earlier process, or a failure, left undone.
  private func finishRemovals() throws(LedgerError) {
    guard !removalsChecked else { return }
    removalsChecked = true
    try remove(try office.ledger.pendingRemovals())
  }
  private var removalsChecked = false

  /// Removes what the ledger has; marked only when the removals are on the disk.
  private func remove(_ files: [InboxFile]) throws(LedgerError) {
    guard !files.isEmpty else { return }
    hasSpent = true
    removalsChecked = false
    try office.ledger.keepHead()
    // What is under the mount point tells nothing of the files.
    guard office.places.isThere(.inbox) else { return }
    removalsChecked = true
    do throws(InboxUnavailable) {
      let removal = try InboxRemoval(inbox: office.layout.inbox, spent: spentFiles())
      var done: [String] = []
      var refused: [(file: InboxFile, code: Int32)] = []
      for file in files {
        switch removal.remove(file) {
        case .removed, .alreadyGone:
          done.append(file.key)
          if !stuck.isEmpty {
            let path = EntryName(bytes: file.path).shown
            stuck[path] = nil
            failed.remove(path)
          }
        case .changed:
          done.append(file.key)
          mustScan = true
        case .failed(let code): refused.append((file, code))
        }
      }
      guard removal.sync() else { throw InboxUnavailable(code: EIO) }
      office.ledger.deferDone(done)
      notRemoved(refused.map { (EntryName(bytes: $0.file.path).shown, $0.code) })
    } catch {
      notRemoved(files.map { (EntryName(bytes: $0.path).shown, error.code) })
    }
  }

  /// Says once which recorded files stay, and why; they are tried again at the next scan.
  private func notRemoved(_ files: [(path: String, code: Int32)]) {
    guard !files.isEmpty else { return }
    removalsChecked = false
    let news = files.filter { stuck[$0.path] != $0.code }
    for (path, code) in news.prefix(Limits.loggedFiles) {
      office.journal.warning(
        .fileNotRemoved(SystemFault.words(code, office.language)), ["file": "\(path)"])
    }
    if news.count > Limits.loggedFiles {
      office.journal.warning(.filesNotRemoved(more: news.count - Limits.loggedFiles))
    }
    for (path, code) in files { stuck[path] = code }
    failed.formUnion(files.map(\.path))
  }
  private var stuck: [String: Int32] = [:]

  private func spentFiles() throws(InboxUnavailable) -> SpentFiles {
    if let spent { return spent }
    do throws(FileFailure) {
      let opened = try SpentFiles(state: office.layout.state)
      spent = opened
      return opened
    } catch {
      throw InboxUnavailable(code: error.code)
    }
  }

  /// Deletes the files that the ledger has, when nothing is in hand that it would slow down.
  func tidy() {
    guard hasSpent, office.places.isThere(.inbox), let spent = try? spentFiles() else { return }
    spent.empty(givingBackTo: office.layout.inbox)
    hasSpent = false
  }

  // MARK: What cannot be taken in

  private func refuse(
    _ candidate: InboxCandidate, _ parts: [RefusedPart], sha256: String?
  ) throws(LedgerError) {
    let now = office.clock.now()
    let isAside = try aside(candidate) { () throws(SetAsideFailure) in
      try setAside.move(candidate, because: parts, sha256: sha256, at: now)
    }
    if isAside { noteAside(candidate, parts.first?.refusal) }
  }

  private func noteAside(_ candidate: InboxCandidate, _ refusal: IntakeRefusal?) {
    office.metrics.add(.setAside)
    office.journal.notice(
      .fileSetAside, ["file": "\(candidate.shownPath)", "code": "\(refusal?.code ?? "")"])
  }

  private func setOddityAside(_ oddity: InboxOddity) throws(LedgerError) {
    do throws(SetAsideFailure) {
      let part = RefusedPart(refusal: oddity.refusal)
      try setAside.move(oddity.candidate, because: [part], at: office.clock.now())
      noteAside(oddity.candidate, oddity.refusal)
    } catch {
      // It stays where it is; reported once, until it changes.
      if case .failed(_, let code) = error, SystemFault.isShortage(code) {
        throw .shortage(SystemFault(code), path: office.layout.setAside)
      }
      scan.leave(oddity.candidate)
      failed.insert(oddity.candidate.shownPath)
      office.journal.warning(.oddityLeft, ["file": "\(oddity.candidate.shownPath)"])
      if error == .diskFull { throw .diskFull(office.layout.setAside) }
    }
  }

  /// - Returns: false when the entry changed meanwhile: the next scan sees what it is; and when it may not be moved: it
  ///   stays, and is named once.
  private func aside(
    _ candidate: InboxCandidate, _ step: () throws(SetAsideFailure) -> SetAsideEntry
  ) throws(LedgerError) -> Bool {
    do throws(SetAsideFailure) {
      _ = try step()
      return true
    } catch {
      switch error {
      case .changed:
        mustScan = true
        return false
      case .diskFull: throw .diskFull(office.layout.setAside)
      case .failed(let call, let code):
        switch SystemFault(code) {
        case .ioError:
          throw .io(path: office.layout.setAside, detail: "\(call): \(SystemFault.words(code, .en))")
        case let fault where fault.isShortage: throw .shortage(fault, path: office.layout.setAside)
        case let fault:
          scan.leave(candidate)
          failed.insert(candidate.shownPath)
          office.journal.warning(
            .fileNotSetAside(fault.message[office.language]), ["file": "\(candidate.shownPath)"])
          return false
        }
      }
    }
  }

  // MARK: A full disk

  /// Until the next scan; also when another duty found the disk full or a resource short.
  func pause(_ error: LedgerError) {
    isPaused = true
    nextLook = nil
    ready = []
    upcoming = nil
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
