import TriageCore
import TriageLedger

/// What one step does of an effect: all of it, or of a delivery with many or large files of its case some of these.
struct EffectPortion: Sendable {
  let effect: PendingEffect
  /// The files of the case that go with the item.
  var files: [CaseFile] = []
  /// Those of them that are put there now; those before them lie there.
  var share = 0..<0

  /// Whether the effect is done with it.
  var isWhole: Bool { share.upperBound == files.count }

  /// Whether it tells the department something, in a file of that day.
  var tells: Bool {
    switch effect.planned.effect {
    case .notice, .remind: true
    case .deliver, .redeliver, .retire, .fileRequest: false
    }
  }
}

/// The files of the cases of one step. To name one its first bytes may have to be read: only those that get room are.
private struct StepFiles {
  private let materials: [CaseID: [CaseMaterial]]
  private let ledger: LedgerReader
  private var named: [CaseID: [CaseFile]] = [:]

  init(of materials: [CaseID: [CaseMaterial]], in ledger: LedgerReader) {
    self.materials = materials
    self.ledger = ledger
  }

  func has(_ item: ItemID?) -> Bool { item.flatMap { materials[$0.caseID]?.isEmpty } == false }

  mutating func named(of id: CaseID) -> [CaseFile] {
    if let files = named[id] { return files }
    let files = CaseFiles.named(materials[id] ?? [], in: ledger)
    named[id] = files
    return files
  }
}

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

  /// What one step does of these effects. Those with files of their case share what a step may put into queues, the
  /// oldest first; those without do not wait for them.
  /// - Parameter begun: what an earlier step did last of them, by their keys.
  func portions(
    of effects: [PendingEffect], begun: [String: EffectPortion]
  ) throws(LedgerError) -> [EffectPortion] {
    var files = StepFiles(
      of: try office.ledger.read.materials(of: cases(of: effects, begun)), in: office.ledger.read)
    var portions: [EffectPortion] = []
    var room = Limits.deliveryBytes
    for effect in effects {
      let earlier = begun[effect.key]
      // What gets no room is not looked at.
      if room <= 0, earlier != nil || files.has(effect.planned.effect.delivered) { continue }
      let given = try given(effect, earlier, &files)
      let start = min(earlier?.share.upperBound ?? 0, given.count)
      var end = start
      while end < given.count {
        let size = max(given[end].content.size, Limits.deliveryFileBytes)
        if size > room, room < Limits.deliveryBytes { break }
        room -= size
        end += 1
      }
      if end > start || end == given.count {
        portions.append(EffectPortion(effect: effect, files: given, share: start..<end))
      }
    }
    return portions
  }

  /// The cases whose files go with deliveries that were not begun yet.
  private func cases(of effects: [PendingEffect], _ begun: [String: EffectPortion]) -> [CaseID] {
    let fresh = effects.lazy.filter { begun[$0.key] == nil }
    let ids = fresh.compactMap { $0.planned.effect.delivered?.caseID }.filter { !$0.isAlert }
    return Set(ids).sorted()
  }

  /// The files that go with a delivery: as they were when it was begun.
  private func given(
    _ effect: PendingEffect, _ earlier: EffectPortion?, _ files: inout StepFiles
  ) throws(LedgerError) -> [CaseFile] {
    guard let item = effect.planned.effect.delivered, earlier != nil || files.has(item),
      let state = try office.state(of: item.caseID), let assignment = state.assignment(item.key),
      assignment.status != .ended
    else { return [] }
    if let earlier { return earlier.files }
    return CaseFiles.given(to: assignment.department, files.named(of: item.caseID), of: state)
  }

  /// The orders of one department, oldest effect first; files that gather several effects come last.
  ///
  /// An effect that has nothing to do any more is marked as done.
  /// - Parameter retried: keys that an earlier process, or an earlier try, may have performed already.
  func orders(
    _ portions: [EffectPortion], of department: DepartmentID, retried: Set<String>
  ) throws(LedgerError) -> [QueueOrder] {
    var orders: [QueueOrder?] = []
    var days = DayFiles()
    for portion in portions {
      let effect = portion.effect
      let policy: QueueFile.Policy = retried.contains(effect.key) ? .again : .first
      switch effect.planned.effect {
      case .retire(let item, _): orders.append(.move(item, .closed, key: effect.key))
      case .fileRequest(_, _, let request): orders.append(.file(request: request, key: effect.key))
      case .deliver(let item, _): orders.append(try delivery(item, portion, policy))
      // The item was there once, and may have been put back by hand.
      case .redeliver(let item, _):
        orders.append(try delivery(item, portion, .again, counting: true))
      case .notice(let id, _, let number, .none): try days.add(effect, notice(id, department, number), office)
      case .notice, .remind: days.add(effect, today: today)
      }
    }
    for (notice, keys) in days.notices { orders.append(try order(notice, of: department, keys)) }
    for (date, effects) in days.digests { orders.append(try digest(date, effects, of: department)) }
    let keys = Set(orders.compactMap { $0 }.flatMap(\.keys))
    office.ledger.deferDone(
      portions.lazy.filter { $0.isWhole && !keys.contains($0.effect.key) }.map(\.effect.key))
    return orders.compactMap { $0 }
  }

  private var today: CivilDate { day(of: office.clock.now()) }
  private func day(of instant: Instant) -> CivilDate { office.rulebook.calendar.zone.civil(at: instant).date }

  // MARK: Items

  /// The files of the case, then the item that lists them; nil for an item that ended before it was delivered.
  private func delivery(
    _ item: ItemID, _ portion: EffectPortion, _ policy: QueueFile.Policy, counting: Bool = false
  ) throws(LedgerError) -> QueueOrder? {
    guard let state = try office.state(of: item.caseID), let assignment = state.assignment(item.key),
      assignment.status != .ended
    else { return nil }
    let attachments = portion.files[portion.share].map { file in
      QueueFile(.attachments(item.caseID), name: EntryName(file.name), content: file.content, policy: .once)
    }
    // The item that lists them comes when all of them are there.
    guard portion.isWhole else { return .publish(attachments, keys: []) }
    let file: (name: String, bytes: [UInt8])
    if let alert = state.alert {
      var cases: [CaseIndex] = []
      for id in alert.cases { if let index = try office.ledger.read.index(of: id) { cases.append(index) } }
      file = items.render(alert: alert, state, assignment, cases: cases)
    } else {
      file = items.render(state, assignment, files: portion.files.map(\.name))
    }
    // One that a clerk removed goes where it had come to.
    let folder = QueueFolder(of: assignment.status)
    let own = QueueFile(.folder(folder), name: file.name, bytes: file.bytes, item: item, policy: policy)
    return .publish(attachments + [own], keys: [portion.effect.key], redelivers: counting ? item : nil)
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

extension Effect {
  /// The item that it puts into a queue.
  fileprivate var delivered: ItemID? {
    switch self {
    case .deliver(let item, _), .redeliver(let item, _): item
    case .retire, .fileRequest, .notice, .remind: nil
    }
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
      // What somebody wrote into a list is kept; one that is too large to be looked at is only ever read.
      let policy = bytes.count <= Limits.listBytes ? QueueFile.Policy.revise(keeping: .notices) : .replace
      return .publish([QueueFile(.folder(.top), name: name, bytes: bytes, policy: policy)], keys: [])
    }
  }
}
