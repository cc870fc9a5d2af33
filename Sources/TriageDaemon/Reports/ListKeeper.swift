import Glibc
import TriageCore
import TriageLedger

/// Writes the rulebook's lists at their times into `reports/`, and tells the departments for which they are.
///
/// Each occasion once, whatever happens in between: `state/lists` says which was written last. After a downtime only
/// the last occasion of a list is made up for, with the cases as they stand then. Cases are read a page at a turn, so
/// that intake does not wait for a long list. `reports/` may be a share that hangs: it is asked only when there is
/// something to do in it, and now and then, and its own thread does the work. Main thread only.
final class ListKeeper {
  private unowned let office: Office
  private var marks: ListMarks
  private var job: Job?
  /// Departments whose queue is being written or did not take its list; tried again after a while.
  private var asked: Set<Telling> = []
  private var tryAgainAt = 0.0
  /// When `reports/` is to be looked at although nothing is to be done in it, monotonic seconds.
  private var lookAt = 0.0
  /// A list that is being written, and one that is being read to be told.
  private var writing: BeingWritten?
  private var reading: (telling: Telling, work: ShareWork<Result<[UInt8]?, FileFailure>>)?

  /// After a failure nothing is tried for so long, seconds.
  private static let pause = 30.0

  /// A list whose cases are being collected.
  private struct Job {
    var occasion: Instant
    /// Cases that ended before have been on an earlier one.
    var since: Instant
    var at: Instant
    var collector: ListCollector
    var after: Int64 = 0
  }

  /// A list on its way into `reports/`.
  private struct BeingWritten {
    var list: CaseList
    var occasion: Instant
    var total: Int
    var work: ShareWork<Result<Void, FileFailure>>
  }

  struct Telling: Hashable, Sendable {
    var list: RuleID
    var occasion: Instant
    var department: DepartmentID
  }

  init(_ office: Office) {
    self.office = office
    marks = ListMarks.read(in: office.layout.state)
  }

  private var lists: [CaseList] { office.rulebook.reports.lists }
  private var zone: Zone { office.rulebook.calendar.zone }

  /// The next occasion of any list.
  var nextLook: Instant? {
    let now = office.clock.now()
    return lists.compactMap { $0.every?.next(after: now, in: zone) }.min()
  }

  /// One piece of work.
  /// - Returns: whether there may be more.
  func step() throws(LedgerError) -> Bool {
    look()
    if tryAgainAt > 0, Clock.monotonic() >= tryAgainAt {
      (asked, tryAgainAt) = ([], 0)
    }
    if let writing {
      guard let outcome = writing.work.value() else { return false }
      wrote(writing, outcome)
      return true
    }
    if let reading {
      guard let outcome = reading.work.value() else { return false }
      tell(reading.telling, outcome)
      return true
    }
    if tryAgainAt > 0 { return tell() }
    if job != nil {
      try read()
      return true
    }
    if tell() { return true }
    return begin()
  }

  /// Whether `reports/` is there is said without a list, too; when it has come back, what waited is tried at once.
  private func look() {
    guard Clock.monotonic() >= lookAt else { return }
    lookAt = Clock.monotonic() + Double(office.configuration.rescan)
    let wasGone = office.places.gone.contains(.reports)
    if office.places.isThere(.reports), wasGone { (asked, tryAgainAt) = ([], 0) }
  }

  private func isThere() -> Bool {
    if tryAgainAt > 0, office.places.gone.contains(.reports) { return false }
    if office.places.isThere(.reports) { return true }
    tryAgainAt = max(tryAgainAt, Clock.monotonic() + Self.pause)
    return false
  }

  // MARK: Writing

  /// Takes up a list whose time has come. A list that is new begins with its next occasion.
  private func begin() -> Bool {
    let now = office.clock.now()
    let known = marks
    for list in lists {
      guard let last = list.every?.last(notAfter: now, in: zone) else { continue }
      guard let mark = marks.marks[list.id] else {
        marks.marks[list.id] = ListMarks.Mark(occasion: last)
        continue
      }
      if job == nil, last > mark.occasion {
        job = Job(occasion: last, since: mark.occasion, at: now, collector: ListCollector(list))
      }
    }
    let ids = Set(lists.map(\.id))
    marks.marks = marks.marks.filter { ids.contains($0.key) || !$0.value.untold.isEmpty }
    if marks != known { keepMarks(list: "") }
    if job != nil, !isThere() { job = nil }
    return job != nil
  }

  private func read() throws(LedgerError) {
    guard var work = job else { return }
    let filter = LedgerReader.AccountFilter(work.collector.list.selection, now: work.at)
    let page = try office.ledger.read.accounts(
      openSince: work.since, at: work.at, filter: filter, after: work.after)
    for account in page.accounts { work.collector.add(account, office.rulebook) }
    if let next = page.next {
      work.after = next
      job = work
    } else {
      job = nil
      write(work)
    }
  }

  private func write(_ job: Job) {
    guard isThere() else { return }
    let list = job.collector.list
    let result = job.collector.result(office.rulebook)
    let (path, name) = (office.layout.reports, name(list.id, job.occasion))
    let csv = ListDocument.csv(result, office.rulebook, office.language)
    let text = ListDocument.text(result, at: job.at, office.rulebook, office.language)
    let work = office.places.begin(.reports) { () -> Result<Void, FileFailure> in
      Result { () throws(FileFailure) in
        let folder = try OpenFolder(path: path)
        try folder.put(csv, as: EntryName(name + ".csv"), mode: QueuePublisher.mode)
        try folder.put(text, as: EntryName(name + ".txt"), mode: QueuePublisher.mode)
      }
    }
    guard let work else {
      tryAgainAt = Clock.monotonic() + Self.pause
      return
    }
    let writing = BeingWritten(list: list, occasion: job.occasion, total: result.total, work: work)
    if let outcome = work.value(within: Limits.sharePatience) {
      wrote(writing, outcome)
    } else {
      self.writing = writing
    }
  }

  private func wrote(_ writing: BeingWritten, _ outcome: Result<Void, FileFailure>) {
    self.writing = nil
    let list = writing.list
    if case .failure(let failure) = outcome { return failed(list.title, failure) }
    marks.marks[list.id] = ListMarks.Mark(occasion: writing.occasion, untold: Set(list.to))
    if keepMarks(list: list.title) {
      office.journal.notice(
        .Report.written(list.title),
        ["file": name(list.id, writing.occasion), "cases": String(writing.total)])
    }
  }

  private func name(_ list: RuleID, _ occasion: Instant) -> String {
    "\(list)-\(zone.civil(at: occasion).date)"
  }

  @discardableResult
  private func keepMarks(list: String) -> Bool {
    do throws(FileFailure) {
      try marks.write(in: office.layout.state)
      return true
    } catch {
      failed(list, error)
      return false
    }
  }

  private func failed(_ list: String, _ failure: FileFailure) {
    office.journal.warning(.Report.notWritten(list, failure.words(office.language)))
    tryAgainAt = Clock.monotonic() + Self.pause
  }

  // MARK: Telling

  /// Puts written lists into the queues of those who are to know.
  /// - Returns: whether one was begun.
  private func tell() -> Bool {
    for (id, mark) in marks.marks.sorted(by: { $0.key < $1.key }) {
      for department in mark.untold.sorted() {
        let telling = Telling(list: id, occasion: mark.occasion, department: department)
        if asked.contains(telling) { continue }
        guard office.desks != nil, isThere() else { return false }
        asked.insert(telling)
        let (path, name) = (office.layout.reports, fileName(of: telling))
        let work = office.places.begin(.reports) { () -> Result<[UInt8]?, FileFailure> in
          Result { () throws(FileFailure) in try Self.read(name, in: path) }
        }
        guard let work else {
          tryAgainAt = Clock.monotonic() + Self.pause
          return false
        }
        if let outcome = work.value(within: Limits.sharePatience) {
          tell(telling, outcome)
        } else {
          reading = (telling, work)
        }
        return true
      }
    }
    return false
  }

  /// - Returns: nil where the list is not there.
  private static func read(_ name: EntryName, in path: String) throws(FileFailure) -> [UInt8]? {
    do throws(FileFailure) {
      return try OpenFolder(path: path).read(name, atMost: Limits.listBytes)
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }

  private func tell(_ telling: Telling, _ outcome: Result<[UInt8]?, FileFailure>) {
    reading = nil
    let list: [UInt8]?
    do throws(FileFailure) {
      list = try outcome.get()
    } catch {
      office.journal.warning(.Report.notTold(telling.list.rawValue, SystemFault(error.code)))
      tryAgainAt = Clock.monotonic() + Self.pause
      return
    }
    // Removed since, or for a department that is no more: nothing is left to tell.
    guard let bytes = list, let desks = office.desks, desks.all.contains(telling.department) else {
      return told(telling, isThere: true)
    }
    let file = QueueFile(
      .folder(.reminders), name: fileName(of: telling), content: .bytes(bytes),
      policy: .revise(keeping: .archive))
    desks.put(file, for: telling)
  }

  private func fileName(of telling: Telling) -> EntryName {
    EntryName(name(telling.list, telling.occasion) + ".txt")
  }

  /// What came of `tell`.
  func told(_ telling: Telling, isThere: Bool) {
    guard isThere else {
      tryAgainAt = max(tryAgainAt, Clock.monotonic() + Self.pause)
      return
    }
    asked.remove(telling)
    guard marks.marks[telling.list]?.occasion == telling.occasion else { return }
    marks.marks[telling.list]?.untold.remove(telling.department)
    keepMarks(list: telling.list.rawValue)
  }
}
