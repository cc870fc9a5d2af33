import Glibc
import TriageCore
import TriageLedger

/// Goes on from a ledger that was put back from an older copy, by a person's word.
///
/// The queues are ahead of it then: items of cases that it does not know go into `set-aside/CASE-ID/`, a case folder
/// that can be put into the inbox to be taken again, with all that departments had typed; further items of cases that
/// it knows go there one by one. Items that it has open and that had ended since come back out of `closed/`. Numbers
/// that were given are not given again. Killed on the way it is simply done again: the head is taken up last.
struct AfterRestore {
  private let office: Office
  private let layout: QueueLayout

  init(_ office: Office) {
    self.office = office
    layout = QueueLayout(root: office.layout.root)
  }

  /// Queues that the ledger knows and that are not there: what they hold of numbers and items nobody sees now, so that
  /// the same number would be given to two cases.
  func queuesAway() throws(LedgerError) -> [DepartmentID] {
    let there = Set(folders().map(\.department))
    return try office.ledger.read.queues().keys.filter { !there.contains($0) }.sorted()
  }

  func run() throws(LedgerError) {
    var seen = GivenNumbers()
    let former = try office.ledger.formerHead()
    seen.add(former)
    var known = former?.sequence ?? 0
    var queues: [OpenQueue] = []
    for queue in try ownQueues() {
      if let head = queue.marker.head {
        seen.add(head)
        known = max(known, head.sequence)
      }
      queues.append(queue)
    }
    var aside = RestoredCases(office)
    for queue in queues { try sort(queue, &seen, &aside) }
    try office.ledger.raiseNumbering(cases: seen.cases, alerts: seen.alerts)
    let (cases, items) = try aside.put()
    let went = LedgerEvent.WentOn(known: known, cases: cases, items: items)
    try office.ledger.record(.wentOnAfterRestore(went), at: office.clock.now())
    try office.ledger.takeUpHead()
    let head = try office.ledger.read.head()
    for queue in queues {
      do throws(FileFailure) { try queue.marker.note(head, in: queue.top) } catch {
        throw error.ending(at: queue.path)
      }
    }
    office.journal.notice(.wentOnAfterRestore(cases: cases, items: items))
  }

  /// Queues of this root that are there; one that was made after the backup is the ledger's from now on.
  private func ownQueues() throws(LedgerError) -> [OpenQueue] {
    let known = try office.ledger.read.queues()
    let queues = folders()
    for queue in queues where known[queue.department] != queue.marker.id {
      try office.ledger.register(queue: queue.department, marker: queue.marker.id)
    }
    return queues
  }

  private func folders() -> [OpenQueue] {
    var queues: [OpenQueue] = []
    for name in ((try? OpenFolder(path: layout.queues).names()) ?? []).sorted() {
      guard let text = name.text, QueueLayout.isUsable(DepartmentID(text)) else { continue }
      let id = DepartmentID(text)
      guard let marker = QueueMarker.at(layout.path(of: id)), marker.root == office.ledger.rootID,
        let queue = try? OpenQueue(layout, id, marker: marker.id)
      else { continue }
      queues.append(queue)
    }
    return queues
  }

  private func sort(
    _ queue: OpenQueue, _ seen: inout GivenNumbers, _ aside: inout RestoredCases
  ) throws(LedgerError) {
    let snapshot: QueueSnapshot
    do throws(FileFailure) {
      snapshot = try QueueScan().scan(queue, now: office.clock.now())
    } catch {
      throw error.ending(at: queue.path)
    }
    let read = office.ledger.read
    var working: Set<ItemID> = []
    var put: [ItemID: QueueEntry] = [:]
    for entry in snapshot.entries {
      guard let item = entry.item else { continue }
      seen.add(item.caseID)
      let isCaseKnown = try isKnown(entry, item, in: queue)
      let row = isCaseKnown ? try read.item(item) : nil
      if row == nil {
        aside.add(entry, item, in: queue, isCaseKnown: isCaseKnown)
      } else if entry.folder.advance != nil {
        working.insert(item)
      } else {
        put[item] = entry
      }
    }
    for row in try read.openItems(of: queue.department) where !working.contains(row.item) {
      guard let entry = put[row.item] else { continue }
      let mover = ItemMover(queue)
      let name = EntryName("\(row.item).yaml")
      if case .failed(let failure) = mover.move(entry, to: QueueFolder(of: row.status), as: name) {
        throw failure.ending(at: queue.path)
      }
      _ = mover.sync()
      office.journal.notice(
        .itemReopened, ["case": "\(row.item.caseID)", "department": "\(queue.department)"])
    }
  }
}

extension AfterRestore {
  /// Whether the ledger has the case that an item belongs to. The number alone does not tell: where a queue was away
  /// when it was gone on, another case may have got it.
  private func isKnown(_ entry: QueueEntry, _ item: ItemID, in queue: OpenQueue) throws(LedgerError) -> Bool {
    guard try office.ledger.read.version(of: item.caseID) != nil else { return false }
    guard !item.caseID.isAlert,
      let bytes = try? queue.folder(entry.folder).read(entry.name, atMost: Limits.replyBytes)
    else { return true }
    do throws(LedgerError) {
      guard let state = try office.ledger.read.state(of: item.caseID) else { return false }
      return RestoredItem(bytes).mayBe(of: state, in: office.rulebook.calendar.zone)
    } catch {
      // Nothing is left by which it could be told.
      if case .erased = error { return true }
      throw error
    }
  }
}

/// The highest numbers that were given on each day, as far as anything shows.
struct GivenNumbers {
  private(set) var cases: [String: Int] = [:]
  private(set) var alerts: [String: Int] = [:]

  mutating func add(_ head: LedgerHead?) {
    if let number = head?.cases { add(number.day, number.last, to: \.cases) }
    if let number = head?.alerts { add(number.day, number.last, to: \.alerts) }
  }

  /// `ZZ20261121-0001`: the day and the number stand at its end.
  mutating func add(_ id: CaseID) {
    let parts = id.rawValue.split(separator: "-")
    guard parts.count > 1, let number = Int(parts[parts.count - 1]) else { return }
    let day = String(parts[parts.count - 2].suffix(8))
    guard day.utf8.count == 8, day.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return }
    add(day, number, to: id.isAlert ? \.alerts : \.cases)
  }

  private mutating func add(
    _ day: String, _ number: Int, to table: WritableKeyPath<GivenNumbers, [String: Int]>
  ) {
    self[keyPath: table][day] = max(self[keyPath: table][day] ?? 0, number)
  }
}
