import TriageCore
import TriageLedger

/// Looking into queues: which and how far, and what it means.
extension Desks {
  /// Something may have happened in these folders; nil: anywhere.
  func touched(_ folders: Set<String>?) {
    guard let folders else { return markAll() }
    guard !folders.isEmpty else { return }
    for id in desks.keys {
      for folder in QueueFolder.watched where folders.contains(queues.path(of: folder, id)) {
        // What was not complete is judged again, though it may not have changed since: it was closed.
        mark(id, folder.isWorkedIn && settling[id] == nil ? .folders([folder]) : .everything)
      }
      // Something beside an answer that waits for it.
      for file in settling[id]?.keys ?? [:].keys where folders.contains("\(queues.path(of: id))/\(file)") {
        mark(id)
      }
    }
  }

  func mark(_ id: DepartmentID, _ breadth: QueueScan.Breadth = .everything) {
    dirty[id] = dirty[id]?.union(breadth) ?? breadth
  }

  func markAll() { for id in desks.keys { dirty[id] = .everything } }

  /// The queues in which findings were acted on since this was last called are to be looked at.
  func markWorkedIn() {
    for id in workedIn where desks[id] != nil { dirty[id] = .everything }
    workedIn = []
  }

  /// Every queue is to be looked at: the periodic scan.
  func scanAll() {
    markAll()
    failing = []
    forgetWhatIsOver()
    office.markStale(failures.filter { $0.value[.worklist] != nil }.keys)
    for id in desks.keys { assignLane(id) }
    prepareAgain()
  }

  /// A delivery that failed and that the ledger wants no longer is no failure.
  private func forgetWhatIsOver() {
    let now = office.clock.now()
    for (id, failed) in failures where failed[.deliver] != nil {
      let pending = try? office.ledger.pendingEffects(notAfter: now, of: id, limit: 1)
      if pending?.isEmpty == true { wentWell(.deliver, of: id) }
    }
  }

  /// Looks into the queues that changed and acts on what was found.
  /// - Returns: whether anything was done.
  func look() -> Bool {
    let now = office.clock.now()
    for (id, at) in lookAgain where at <= now {
      lookAgain[id] = nil
      mark(id)
    }
    let present = Clock.monotonicNanoseconds()
    for (id, waiting) in settling where waiting.values.contains(where: { $0.until <= present }) {
      settling[id] = nil
      mark(id)
    }
    let due = dirty.filter { desks[$0.key] != nil && !unmade.contains($0.key) }
    dirty = [:]
    var findings: [(desk: QueueDesk, found: [QueueFinding])] = []
    for (id, breadth) in due.sorted(by: { $0.key < $1.key }) {
      guard let desk = desks[id] else { continue }
      guard lanes[id] == nil else {
        lookOnLane(desk, now: now)
        continue
      }
      switch desk.look(now: now, breadth) {
      case .success(let snapshot):
        looked(into: id, breadth)
        findings.append((desk, judge(snapshot, of: desk, now: now)))
      case .failure(let trouble): prepared(id, trouble, after: .look)
      }
    }
    var hasActed = false
    // All local queues have been seen before anything is called missing: it may have gone from one to another.
    for (desk, found) in findings {
      let certain = withoutStrangers(found, of: desk.department)
      let id = desk.department
      guard !certain.isEmpty else {
        wentWell(.act, of: id)
        continue
      }
      hasActed = true
      workedIn.insert(id)
      unmarked.insert(id)
      take(desk.act(on: certain, now: now), of: id, after: .act)
    }
    return hasActed
  }

  private func looked(into id: DepartmentID, _ breadth: QueueScan.Breadth) {
    // What is not complete yet is found anew, or is complete, or is not there any more.
    if breadth == .everything { settling[id] = nil }
    take(QueueDesk.Report(), of: id, after: .look)
  }

  /// What lies in another department's queue is not missing: it is put back from there, not delivered anew.
  private func withoutStrangers(_ found: [QueueFinding], of id: DepartmentID) -> [QueueFinding] {
    found.filter { finding in
      guard case .missing(let item) = finding else { return true }
      return !strangers.contains { $0.key != id && $0.value.contains(item) }
    }
  }

  private func lookOnLane(_ desk: QueueDesk, now: Instant) {
    let id = desk.department
    let begun = run(id) { [door] in
      switch desk.look(now: now) {
      case .failure(let trouble): door.ask { office in office.desks?.prepared(id, trouble, after: .look) }
      case .success(let snapshot):
        let findings = door.ask { office in office.desks?.judgeOnLane(snapshot, of: desk, now: now) ?? [] }
        let report = desk.act(on: findings, now: now)
        door.ask { office in office.desks?.acted(on: findings, in: id, report) }
      }
    }
    // Busy, perhaps hung: looked at when it is free.
    if !begun { mark(id) }
  }

  private func acted(on findings: [QueueFinding], in id: DepartmentID, _ report: QueueDesk.Report) {
    if !findings.isEmpty {
      workedIn.insert(id)
      unmarked.insert(id)
    }
    take(report, of: id, after: .act)
  }

  private func judgeOnLane(_ snapshot: QueueSnapshot, of desk: QueueDesk, now: Instant) -> [QueueFinding] {
    looked(into: snapshot.department, .everything)
    return withoutStrangers(judge(snapshot, of: desk, now: now), of: snapshot.department)
  }

  private func judge(_ snapshot: QueueSnapshot, of desk: QueueDesk, now: Instant) -> [QueueFinding] {
    let read = office.ledger.read
    let id = snapshot.department
    guard let expected = try? expected(snapshot, read) else { return [] }
    let undelivered = (try? office.ledger.pendingEffects(notAfter: now, of: id, limit: .max / 2)) ?? []
    // On record and only waiting to be moved out of the way.
    let filed = Set(undelivered.compactMap(\.planned.effect.requestFile))
    var snapshot = snapshot
    snapshot.requests.removeAll { filed.contains($0.requestFile) }
    if snapshot.news == nil { strangers[id] = snapshot.strangers(expected) }
    var ended: Set<ItemID> = []
    let knowledge = Reconciler.Knowledge(
      expected: expected, undelivered: Set(undelivered.compactMap(\.planned.effect.item)),
      today: office.rulebook.calendar.zone.civil(at: now).date,
      lookup: { item in
        let row = (try? read.item(item)) ?? nil
        if let row, row.status == .ended, row.department == id { ended.insert(item) }
        return row
      })
    let findings = Reconciler.plan(snapshot, knowledge, now: now)
    desk.scan.retire(
      snapshot.entries.filter { $0.folder == .closed && $0.item.map(ended.contains) == true })
    return findings
  }

  /// Open items of the department: all, or where only a part was looked at those of which it brought news.
  private func expected(
    _ snapshot: QueueSnapshot, _ read: LedgerReader
  ) throws(LedgerError) -> [CaseIndex.ItemRow] {
    guard let news = snapshot.news else { return try read.openItems(of: snapshot.department) }
    var rows: [CaseIndex.ItemRow] = []
    for item in news {
      if let row = try read.item(item), row.department == snapshot.department, row.status != .ended {
        rows.append(row)
      }
    }
    return rows
  }
}
