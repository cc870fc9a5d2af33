import TriageCore
import TriageLedger

/// Writes the rulebook's lists at their times into `reports/`, and tells the departments for which they are.
///
/// Each occasion once, whatever happens in between: `state/lists` says which was written last. After a downtime only
/// the last occasion of a list is made up for, with the cases as they stand then. Cases are read a page at a turn, so
/// that intake does not wait for a long list. Main thread only.
final class ListKeeper {
  private unowned let office: Office
  private var marks: ListMarks
  private var job: Job?
  /// Departments whose queue is being written or did not take its list; tried again after a while.
  private var asked: Set<Telling> = []
  private var tryAgainAt = 0.0

  /// After a failure nothing is tried for so long, seconds.
  private static let pause = 30.0

  /// A list on its way.
  private struct Job {
    var occasion: Instant
    /// Cases that ended before have been on an earlier one.
    var since: Instant
    var at: Instant
    var collector: ListCollector
    var after: Int64 = 0
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
    if tryAgainAt > 0, Clock.monotonic() >= tryAgainAt {
      (asked, tryAgainAt) = ([], 0)
    }
    if tryAgainAt > 0 { return tell() }
    if job != nil {
      try read()
      return true
    }
    if tell() { return true }
    return begin()
  }

  // MARK: Writing

  /// Takes up a list whose time has come. A list that is new begins with its next occasion.
  private func begin() -> Bool {
    guard office.places.isThere(.reports) else { return false }
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

  private func write(_ work: Job) {
    guard office.places.isThere(.reports) else {
      tryAgainAt = Clock.monotonic() + Self.pause
      return
    }
    let list = work.collector.list
    let result = work.collector.result(office.rulebook)
    let name = name(list.id, work.occasion)
    do throws(FileFailure) {
      let folder = try OpenFolder(path: office.layout.reports)
      let csv = ListDocument.csv(result, office.rulebook, office.language)
      let text = ListDocument.text(result, at: work.at, office.rulebook, office.language)
      try folder.put(csv, as: EntryName(name + ".csv"), mode: QueuePublisher.mode)
      try folder.put(text, as: EntryName(name + ".txt"), mode: QueuePublisher.mode)
    } catch {
      return failed(list.title, error)
    }
    marks.marks[list.id] = ListMarks.Mark(occasion: work.occasion, untold: Set(list.to))
    if keepMarks(list: list.title) {
      office.journal.notice(.Report.written(list.title), ["file": name, "cases": String(result.total)])
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
    guard let desks = office.desks, office.places.isThere(.reports) else { return false }
    for (id, mark) in marks.marks.sorted(by: { $0.key < $1.key }) {
      for department in mark.untold.sorted() {
        let telling = Telling(list: id, occasion: mark.occasion, department: department)
        guard asked.insert(telling).inserted else { continue }
        let name = EntryName(name(id, mark.occasion) + ".txt")
        let read = (try? OpenFolder(path: office.layout.reports))
          .flatMap { try? $0.read(name, atMost: Limits.listBytes) }
        // Removed since, or for a department that is no more: nothing is left to tell.
        guard let bytes = read, desks.all.contains(department) else {
          told(telling, isThere: true)
          return true
        }
        let file = QueueFile(.folder(.reminders), name: name, content: .bytes(bytes), policy: .replace)
        desks.put(file, for: telling)
        return true
      }
    }
    return false
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
