import TriageCore

/// What a look into a queue means. Each finding names at most one file, which is moved or read only while it is
/// still the inode seen.
enum QueueFinding: Sendable, Equatable {
  /// The item was moved to `accepted/`.
  case accepted(ItemID, QueueEntry)
  /// The item was moved to `done/`; `from` is where it goes back when its form is not valid.
  case handedIn(ItemID, QueueEntry, from: QueueFolder)
  /// The item was moved to `returned/`.
  case returned(ItemID, QueueEntry, from: QueueFolder)
  /// The item was answered and has been moved back out of `done/`.
  case takenBack(ItemID, QueueEntry)
  /// The item of an open assignment is nowhere: deliver it again.
  case missing(ItemID)
  /// A second file of the item; goes to `closed/`. `kept` is the one that counts.
  case copy(ItemID, QueueEntry, kept: QueueEntry)
  /// Of several files of the item the one whose form counts; it goes where the item was moved to.
  case gather(ItemID, QueueEntry, to: QueueFolder)
  /// An item under another name than it was given; it gets its name back.
  case renamed(ItemID, QueueEntry)
  /// An item that lies where it cannot lie; goes back to this folder.
  case misplaced(ItemID, QueueEntry, to: QueueFolder)
  /// An item of another department; `to` is its folder there.
  case foreign(ItemID, QueueEntry, belongsTo: DepartmentID, to: QueueFolder)
  /// Its assignment has ended and it is not in `closed/` (any more).
  case ended(ItemID, QueueEntry)
  case request(QueueEntry)
  /// A note whose item has been handed in or has ended.
  case spentNote(QueueEntry)
  /// Notices and reminders of earlier days are put away; notices follow the item that they speak of.
  case shelve(QueueEntry, to: QueueFolder)
  /// No item and no request: left alone, to be reported once (`QueueScan.leave`).
  case unknown(QueueEntry)
}

/// Compares what lies in a queue with what the ledger says should (DESIGN.md section 4, "Clerks are human").
///
/// Pure. Files win over the ledger about what a department did, the ledger over files about what it may have.
struct Reconciler {
  /// How long a thing must have been unchanged before it is judged.
  struct Waits: Sendable {
    /// Of two files of one item, the more advanced may still be being copied.
    var copySeconds: Int64 = 10
  }

  /// What is known beside the snapshot.
  struct Knowledge {
    /// Items of this department whose assignment is open.
    var expected: [CaseIndex.ItemRow]
    /// Items whose delivery is still in the outbox: not missing.
    var undelivered: Set<ItemID> = []
    /// In the rulebook's zone.
    var today: CivilDate
    /// Any item of the ledger.
    var lookup: (ItemID) -> CaseIndex.ItemRow?
  }

  private let snapshot: QueueSnapshot
  private let knowledge: Knowledge
  private let now: Instant
  private let waits: Waits
  private var findings: [QueueFinding] = []

  /// - Returns: findings in the order of item ids, requests last by name.
  static func plan(
    _ snapshot: QueueSnapshot, _ knowledge: Knowledge, now: Instant, waits: Waits = Waits()
  ) -> [QueueFinding] {
    var reconciler = Reconciler(snapshot: snapshot, knowledge: knowledge, now: now, waits: waits)
    reconciler.run()
    return reconciler.findings
  }

  private init(snapshot: QueueSnapshot, knowledge: Knowledge, now: Instant, waits: Waits) {
    self.snapshot = snapshot
    self.knowledge = knowledge
    self.now = now
    self.waits = waits
  }

  private mutating func run() {
    let expected = Dictionary(
      knowledge.expected.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    var lying: [ItemID: [QueueEntry]] = [:]
    for entry in snapshot.entries {
      if let item = entry.item { lying[item, default: []].append(entry) }
    }
    let all = Set(expected.keys).union(lying.keys)
    for item in (snapshot.news.map(all.intersection) ?? all).sorted() {
      let entries = lying[item] ?? []
      if let row = expected[item] {
        judge(row, Self.distinct(entries))
      } else {
        judgeUnexpected(item, Self.distinct(entries))
      }
    }
    findNotes(expected)
    if snapshot.news == nil { findTold() }
    findings += Self.news(snapshot.requests).map { .request($0) }
    findings += Self.news(snapshot.unknown).map { .unknown($0) }
  }

  private static func news(_ entries: [QueueEntry]) -> [QueueEntry] {
    entries.filter { !$0.wasReported }.sorted { $0.name < $1.name }
  }

  /// A file that was moved while the folders were listed shows twice; the later folder is where it went.
  private static func distinct(_ entries: [QueueEntry]) -> [QueueEntry] {
    var last: [QueueEntry] = []
    for entry in entries {
      last.removeAll { $0.stamp.isSameFile(as: entry.stamp) && $0.name == entry.name }
      last.append(entry)
    }
    return last
  }

  private mutating func judge(_ row: CaseIndex.ItemRow, _ entries: [QueueEntry]) {
    let home = QueueFolder(of: row.status)
    let open = entries.filter { $0.folder != .closed }
    let files = open.isEmpty ? entries : open
    guard let best = files.max(by: Self.isLessAdvanced) else {
      // A snapshot taken while files moved about, or a delivery yet to come, proves no deletion.
      let isExcused = knowledge.undelivered.contains(row.item)
      if !snapshot.isUnsteady, snapshot.news == nil, !isExcused { findings.append(.missing(row.item)) }
      return
    }
    let areSettled = files.allSatisfy { $0.isUnchanged(for: waits.copySeconds, at: now) }
    guard files.count > 1 else {
      if let step = step(row, best, home) { findings.append(step) }
      if areSettled, best.folder.advance != nil, !ItemNaming.isGiven(best.name, to: row.item) {
        findings.append(.renamed(row.item, best))
      }
      return
    }
    judge(row, files, best, home, areSettled: areSettled)
  }

  /// Several files of one item: the folder is that of the most advanced, the form that of the one that is filled in.
  private mutating func judge(
    _ row: CaseIndex.ItemRow, _ files: [QueueEntry], _ best: QueueEntry, _ home: QueueFolder, areSettled: Bool
  ) {
    // What was handed in is on record; no other file takes its place.
    let isTaken = row.status == .done || row.status == .returned
    let handedIn = isTaken ? files.filter { $0.folder == home } : []
    let candidates = handedIn.isEmpty ? files : handedIn
    var saved: [Int: Int64] = [:]
    for file in candidates {
      if let form = file.form { saved[form] = max(saved[form] ?? .min, file.stamp.mtimeNanos) }
    }
    guard let kept = candidates.max(by: { Self.isLess($0, $1, row.item, saved) }) else { return }
    let place = handedIn.isEmpty ? best.folder : home
    let step = step(row, kept, home)
    guard areSettled else {
      // One of them may still be written, to which an empty form must not be preferred.
      if kept.folder == place, let step, kept.form != nil || step.isAcceptance { findings.append(step) }
      return
    }
    findings += files.filter { $0 != kept && $0.folder != .closed }.sorted {
      ($0.folder.rawValue, $0.name) < ($1.folder.rawValue, $1.name)
    }
    .map { .copy(row.item, $0, kept: kept) }
    // With the others out of the way: a form that is put back from there must not meet them again.
    guard kept.folder == place else { return findings.append(.gather(row.item, kept, to: place)) }
    if let step { findings.append(step) }
    if place.advance != nil, !ItemNaming.isGiven(kept.name, to: row.item) {
      findings.append(.renamed(row.item, kept))
    }
  }

  /// Whose form counts: one that is filled in; of two that differ the one that was saved last; else the more advanced,
  /// then the one that bears the item's name.
  /// - Parameter saved: when each form was saved last; a copy says nothing new.
  private static func isLess(
    _ a: QueueEntry, _ b: QueueEntry, _ item: ItemID, _ saved: [Int: Int64]
  ) -> Bool {
    let (first, second) = (a.form.flatMap { saved[$0] }, b.form.flatMap { saved[$0] })
    if first != second { return first ?? .min < second ?? .min }
    let (x, y) = (a.folder.advance ?? -1, b.folder.advance ?? -1)
    if x != y { return x < y }
    let (isFirst, isSecond) = (ItemNaming.isGiven(a.name, to: item), ItemNaming.isGiven(b.name, to: item))
    return isFirst != isSecond ? isSecond : isLessAdvanced(a, b)
  }

  private func step(_ row: CaseIndex.ItemRow, _ entry: QueueEntry, _ home: QueueFolder) -> QueueFinding? {
    switch (row.status, entry.folder) {
    case (.new, .new), (.accepted, .accepted), (.done, .done), (.returned, .returned): nil
    case (.new, .accepted): .accepted(row.item, entry)
    case (.new, .done), (.accepted, .done): .handedIn(row.item, entry, from: home)
    case (.new, .returned), (.accepted, .returned): .returned(row.item, entry, from: home)
    case (.done, .accepted), (.done, .new): .takenBack(row.item, entry)
    default: .misplaced(row.item, entry, to: home)
    }
  }

  /// Of two copies the most advanced folder counts; in one folder the one that was worked on last, then the one
  /// with the shorter name, which is the original's.
  private static func isLessAdvanced(_ a: QueueEntry, _ b: QueueEntry) -> Bool {
    let (x, y) = (a.folder.advance ?? -1, b.folder.advance ?? -1)
    if x != y { return x < y }
    if a.stamp.mtimeNanos != b.stamp.mtimeNanos { return a.stamp.mtimeNanos < b.stamp.mtimeNanos }
    return (b.name.bytes.count, b.name) < (a.name.bytes.count, a.name)
  }

  /// Items that this department has no open assignment for.
  private mutating func judgeUnexpected(_ item: ItemID, _ entries: [QueueEntry]) {
    guard let row = knowledge.lookup(item) else {
      return findings += Self.news(entries).map { .unknown($0) }
    }
    for entry in entries {
      if row.department != snapshot.department {
        findings.append(
          .foreign(item, entry, belongsTo: row.department, to: QueueFolder(of: row.status)))
      } else if entry.folder != .closed {
        findings.append(.ended(item, entry))
      }
    }
  }

  /// A note is spent when its item or its request is no longer beside it, or was taken where it lies. While the item is
  /// being judged it stays: what comes of that may be the same note.
  private mutating func findNotes(_ expected: [ItemID: CaseIndex.ItemRow]) {
    let judged = Set(findings.compactMap(\.judged))
    let lying = Set(snapshot.entries.map { Place(item: $0.item, folder: $0.folder) })
    for note in snapshot.notes {
      let item = ItemNaming.item(inName: note.name.bytes)
      let isSpent =
        note.folder == .requests
        ? !snapshot.requests.contains { ProblemNote.isAbout(note.name, $0.name) }
        : !(item.map(judged.contains) ?? false)
          && (!lying.contains(Place(item: item, folder: note.folder))
            || isTaken(item, in: note.folder, expected))
      if isSpent { findings.append(.spentNote(note)) }
    }
  }

  /// The answer that lies there is on record.
  private func isTaken(
    _ item: ItemID?, in folder: QueueFolder, _ expected: [ItemID: CaseIndex.ItemRow]
  ) -> Bool {
    guard folder == .done || folder == .returned, let row = item.flatMap({ expected[$0] }) else {
      return false
    }
    return QueueFolder(of: row.status) == folder
  }

  private struct Place: Hashable {
    let item: ItemID?
    let folder: QueueFolder
  }

  // MARK: What was told

  /// Of notices the newest of a case stays beside its item, of reminders the newest file.
  private mutating func findTold() {
    var places: [CaseID: QueueFolder] = [:]
    for entry in snapshot.entries where entry.folder.advance != nil {
      guard let id = entry.item?.caseID else { continue }
      if let known = places[id], known.advance ?? -1 >= entry.folder.advance ?? -1 { continue }
      places[id] = entry.folder
    }
    var newest: [CaseID: CivilDate] = [:]
    var newestDay: [String: CivilDate] = [:]
    for entry in snapshot.told {
      if let notice = ToldName.notice(entry.name), let day = notice.day {
        newest[notice.caseID] = max(newest[notice.caseID] ?? day, day)
      } else if entry.folder == .reminders, let file = ToldName.day(entry.name), let day = file.day {
        newestDay[file.series] = max(newestDay[file.series] ?? day, day)
      }
    }
    for entry in snapshot.told.sorted(by: { ($0.folder.rawValue, $0.name) < ($1.folder.rawValue, $1.name) }) {
      if entry.folder == .reminders {
        guard let file = ToldName.day(entry.name) else { continue }
        if file.day.map({ $0 < newestDay[file.series] ?? $0 }) ?? true {
          findings.append(.shelve(entry, to: .archive))
        }
      } else if entry.folder.advance != nil, let notice = ToldName.notice(entry.name) {
        let place = places[notice.caseID]
        if isOver(notice, newest[notice.caseID], isAlone: place == nil) {
          findings.append(.shelve(entry, to: .notices))
        } else if let place, place != entry.folder {
          findings.append(.shelve(entry, to: place))
        }
      }
    }
  }

  /// Another came after it, or it has stood alone for long.
  private func isOver(_ notice: ToldName.Notice, _ newest: CivilDate?, isAlone: Bool) -> Bool {
    guard let day = notice.day else { return true }
    return day < newest ?? day || (isAlone && knowledge.today.day - day.day > Limits.noticeDays)
  }
}

extension QueueFinding {
  /// The item of which a step is about to be taken or refused.
  fileprivate var judged: ItemID? {
    switch self {
    case .accepted(let item, _), .handedIn(let item, _, _), .returned(let item, _, _),
      .takenBack(let item, _):
      item
    default: nil
    }
  }

  fileprivate var isAcceptance: Bool { if case .accepted = self { true } else { false } }
}
