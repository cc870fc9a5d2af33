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

  /// The orders of one department, oldest effect first; files that gather several effects come last.
  ///
  /// An effect that has nothing to do any more is marked as done.
  /// - Parameter retried: keys that an earlier process, or an earlier try, may have performed already.
  func orders(
    _ effects: [PendingEffect], of department: DepartmentID, retried: Set<String>
  ) throws(LedgerError) -> [QueueOrder] {
    var orders: [QueueOrder?] = []
    var days = DayFiles()
    let files = try files(for: effects)
    for effect in effects {
      let policy: QueueFile.Policy = retried.contains(effect.key) ? .again : .first
      switch effect.planned.effect {
      case .retire(let item, _): orders.append(.move(item, .closed, key: effect.key))
      case .fileRequest(_, _, let request): orders.append(.file(request: request, key: effect.key))
      case .deliver(let item, _): orders.append(try delivery(item, effect.key, policy, files))
      // The item was there once, and may have been put back by hand.
      case .redeliver(let item, _):
        orders.append(try delivery(item, effect.key, .again, files, counting: true))
      case .notice(let id, _, let number, .none): try days.add(effect, notice(id, department, number), office)
      case .notice, .remind: days.add(effect, today: today)
      }
    }
    for (notice, keys) in days.notices { orders.append(try order(notice, of: department, keys)) }
    for (date, effects) in days.digests { orders.append(try digest(date, effects, of: department)) }
    let keys = Set(orders.compactMap { $0 }.flatMap(\.keys))
    office.ledger.deferDone(effects.lazy.map(\.key).filter { !keys.contains($0) })
    return orders.compactMap { $0 }
  }

  private var today: CivilDate { day(of: office.clock.now()) }
  private func day(of instant: Instant) -> CivilDate { office.rulebook.calendar.zone.civil(at: instant).date }

  // MARK: Items

  /// The files of the cases whose items are to be delivered, read together.
  private func files(for effects: [PendingEffect]) throws(LedgerError) -> [CaseID: [CaseFile]] {
    let ids = Set(
      effects.compactMap { effect -> CaseID? in
        switch effect.planned.effect {
        case .deliver(let item, _), .redeliver(let item, _): item.caseID.isAlert ? nil : item.caseID
        case .retire, .fileRequest, .notice, .remind: nil
        }
      })
    return try office.ledger.read.materials(of: ids.sorted()).mapValues {
      CaseFiles.named($0, in: office.ledger.read)
    }
  }

  /// The files of the case, then the item that lists them; nil for an item that ended before it was delivered.
  private func delivery(
    _ item: ItemID, _ key: String, _ policy: QueueFile.Policy, _ files: [CaseID: [CaseFile]],
    counting: Bool = false
  ) throws(LedgerError) -> QueueOrder? {
    guard let state = try office.state(of: item.caseID), let assignment = state.assignment(item.key),
      assignment.status != .ended
    else { return nil }
    let file: (name: String, bytes: [UInt8])
    var given: [CaseFile] = []
    if let alert = state.alert {
      var cases: [CaseIndex] = []
      for id in alert.cases { if let index = try office.ledger.read.index(of: id) { cases.append(index) } }
      file = items.render(alert: alert, state, assignment, cases: cases)
    } else {
      given = CaseFiles.given(to: assignment.department, files[item.caseID] ?? [], of: state)
      file = items.render(state, assignment, files: given.map(\.name))
    }
    let attachments = given.map { file in
      QueueFile(.attachments(item.caseID), name: EntryName(file.name), content: file.content, policy: .once)
    }
    // One that a clerk removed goes where it had come to.
    let folder = QueueFolder(of: assignment.status)
    let own = QueueFile(.folder(folder), name: file.name, bytes: file.bytes, item: item, policy: policy)
    return .publish(attachments + [own], keys: [key], redelivers: counting ? item : nil)
  }

  // MARK: Files of a day

  /// Effects by the files that gather them.
  private struct DayFiles {
    /// What the department is told of one case on one day.
    struct Notice: Hashable {
      let caseID: CaseID
      let day: CivilDate
    }
    private var byNotice: [Notice: [String]] = [:]
    private var byDay: [CivilDate: [PendingEffect]] = [:]

    mutating func add(_ effect: PendingEffect, _ told: CaseState.Told?, _ office: Office) {
      guard let told, case .notice(let id, _, _, _) = effect.planned.effect else { return }
      let day = office.rulebook.calendar.zone.civil(at: told.at).date
      byNotice[Notice(caseID: id, day: day), default: []].append(effect.key)
    }

    mutating func add(_ effect: PendingEffect, today: CivilDate) {
      byDay[effect.planned.effect.digest ?? today, default: []].append(effect)
    }

    var notices: [(Notice, [String])] {
      byNotice.sorted { ($0.key.caseID, $0.key.day) < ($1.key.caseID, $1.key.day) }.map { ($0.key, $0.value) }
    }
    var digests: [(CivilDate, [PendingEffect])] {
      byDay.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  private func notice(
    _ id: CaseID, _ department: DepartmentID, _ number: Int
  ) throws(LedgerError) -> CaseState.Told? {
    try office.state(of: id)?.told(department, number: number)
  }

  private func order(
    _ notice: DayFiles.Notice, of department: DepartmentID, _ keys: [String]
  ) throws(LedgerError) -> QueueOrder? {
    guard let state = try office.state(of: notice.caseID) else { return nil }
    let told = state.told.filter { $0.noticed.department == department && day(of: $0.at) == notice.day }
    let file = notices.render(state, told, on: notice.day)
    return .publish(
      [
        QueueFile(
          .beside(notice.caseID), name: file.name, bytes: file.bytes, policy: .revise(keeping: .notices))
      ], keys: keys)
  }

  /// The department's file of a day, with what it held before.
  private func digest(
    _ date: CivilDate, _ effects: [PendingEffect], of department: DepartmentID
  ) throws(LedgerError) -> QueueOrder? {
    let now = office.clock.now()
    let known = try office.ledger.read.dayLines(of: department, on: date)
    var reminders: [DigestDocument.Line] = []
    var told: [(CaseState.Told, String)] = []
    for line in Set(known).union(effects.compactMap { DayLine($0.planned.effect) }) {
      guard let state = try office.state(of: line.caseID) else { continue }
      switch line.what {
      case .reminder(let slot):
        if let reminder = DigestDocument.line(state, slot: slot, now: now) { reminders.append(reminder) }
      case .notice(let number):
        if let entry = state.told(department, number: number) {
          told.append((entry, notices.line(state, entry)))
        }
      }
    }
    guard !reminders.isEmpty || !told.isEmpty else { return nil }
    let lines = told.sorted { ($0.0.at, $0.1) < ($1.0.at, $1.1) }.map(\.1)
    let file = DigestDocument.render(
      reminders, notices: lines, of: department, on: date, office.rulebook, office.language)
    return .publish(
      [
        QueueFile(
          .folder(.reminders), name: file.name, bytes: file.bytes, policy: .revise(keeping: .archive))
      ], keys: effects.map(\.key))
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
      .publish([QueueFile(.folder(.top), name: name, bytes: bytes, policy: .replace)], keys: [])
    }
  }
}
