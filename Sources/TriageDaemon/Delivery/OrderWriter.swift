import TriageCore
import TriageLedger

/// Turns effects of the outbox into files and moves: renders what departments will read.
struct OrderWriter {
  private let office: Office
  private let items: ItemDocument
  private let notices: NoticeDocument

  init(_ office: Office) {
    self.office = office
    items = office.items
    notices = office.notices
  }

  /// The orders of one department, oldest effect first.
  ///
  /// An effect that has nothing to do any more is marked as done.
  /// - Parameter retried: keys that an earlier process, or an earlier try, may have performed already.
  func orders(
    _ effects: [PendingEffect], of department: DepartmentID, retried: Set<String>
  ) throws(LedgerError) -> [QueueOrder] {
    var orders: [QueueOrder] = []
    var digests: [CivilDate: [PendingEffect]] = [:]
    for effect in effects {
      if case .remind(_, _, _, let date?) = effect.planned.effect {
        digests[date, default: []].append(effect)
        continue
      }
      if let order = try order(effect, of: department, isRetried: retried.contains(effect.key)) {
        orders.append(order)
      } else {
        office.ledger.deferDone([effect.key])
      }
    }
    for (date, effects) in digests.sorted(by: { $0.key < $1.key }) {
      var lines: [DigestDocument.Line] = []
      for effect in effects {
        guard case .remind(let id, _, let slot, _) = effect.planned.effect else { continue }
        let day = effect.planned.notBefore ?? office.clock.now()
        if let line = try reminder(id, slot, at: day) { lines.append(line) }
      }
      guard !lines.isEmpty else {
        office.ledger.deferDone(effects.map(\.key))
        continue
      }
      let file = DigestDocument.render(lines, of: department, on: date, office.rulebook, office.language)
      let digest = QueueFile(.folder(.reminders), name: file.name, bytes: file.bytes, policy: .complete)
      orders.append(.publish(digest, keys: effects.map(\.key)))
    }
    return orders
  }

  private func order(
    _ effect: PendingEffect, of department: DepartmentID, isRetried: Bool
  ) throws(LedgerError) -> QueueOrder? {
    let file: QueueFile?
    switch effect.planned.effect {
    case .retire(let item, _): return .move(item, .closed, key: effect.key)
    case .fileRequest(_, _, let request): return .file(request: request, key: effect.key)
    case .deliver(let item, _): file = try delivery(item, isRetried ? .again : .first)
    case .notice(let id, _, let number): file = try notice(id, department, number)
    case .remind(let id, _, let slot, _):
      file = try reminder(id, slot, at: office.clock.now()).map { line in
        let text = DigestDocument.renderSingle(line, slot: slot, office.rulebook, office.language)
        return QueueFile(.folder(.reminders), name: text.name, bytes: text.bytes)
      }
    }
    return file.map { .publish($0, keys: [effect.key]) }
  }

  /// Nil for an item that ended before it was delivered.
  private func delivery(_ item: ItemID, _ policy: QueueFile.Policy) throws(LedgerError) -> QueueFile? {
    guard let state = try office.state(of: item.caseID), let assignment = state.assignment(item.key),
      assignment.status != .ended
    else { return nil }
    let file: (name: String, bytes: [UInt8])
    if let alert = state.alert {
      var cases: [CaseIndex] = []
      for id in alert.cases { if let index = try office.ledger.read.index(of: id) { cases.append(index) } }
      file = items.render(alert: alert, state, assignment, cases: cases)
    } else {
      file = items.render(state, assignment)
    }
    // One that a clerk removed goes where it had come to.
    let folder = QueueFolder(of: assignment.status)
    return QueueFile(.folder(folder), name: file.name, bytes: file.bytes, item: item, policy: policy)
  }

  private func notice(_ id: CaseID, _ department: DepartmentID, _ number: Int) throws(LedgerError)
    -> QueueFile?
  {
    guard let state = try office.state(of: id), let told = state.told(department, number: number)
    else { return nil }
    let file = notices.render(state, told)
    return QueueFile(.beside(id), name: file.name, bytes: file.bytes)
  }

  /// - Parameter time: decides what is overdue: of a digest its own, so that it reads the same whenever it is written.
  private func reminder(
    _ id: CaseID, _ slot: String, at time: Instant
  ) throws(LedgerError) -> DigestDocument.Line? {
    try office.state(of: id).flatMap { DigestDocument.line($0, slot: slot, now: time) }
  }
}

/// Renders the worklists of a department.
struct WorklistWriter {
  private let office: Office

  init(_ office: Office) { self.office = office }

  func orders(of department: DepartmentID, now: Instant) throws(LedgerError) -> [QueueOrder] {
    let ids = Set(try office.ledger.read.openItems(of: department).map(\.item.caseID))
    var cases: [CaseIndex] = []
    for id in ids.sorted() {
      if let index = try office.ledger.read.index(of: id) { cases.append(index) }
    }
    let worklist = Worklist(department, cases, office.rulebook, now: now)
    let files = [
      ("worklist.html", worklist.html(office.rulebook, office.language)),
      ("worklist.csv", worklist.csv(office.rulebook, office.language)),
    ]
    return files.map { name, bytes in
      .publish(QueueFile(.folder(.top), name: name, bytes: bytes, policy: .replace), keys: [])
    }
  }
}
