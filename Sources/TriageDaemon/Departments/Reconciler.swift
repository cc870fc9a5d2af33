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
  /// A second file of the item; goes to `closed/`.
  case copy(ItemID, QueueEntry)
  /// An item that lies where it cannot lie; goes back to this folder.
  case misplaced(ItemID, QueueEntry, to: QueueFolder)
  /// An item of another department; `to` is its folder there.
  case foreign(ItemID, QueueEntry, belongsTo: DepartmentID, to: QueueFolder)
  /// Its assignment has ended and it is not in `closed/` (any more).
  case ended(ItemID, QueueEntry)
  case request(QueueEntry)
  /// A problem note whose item has been handed in or has ended.
  case spentNote(QueueEntry)
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
    findNotes()
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
    guard let best = entries.max(by: Self.isLessAdvanced) else {
      // A snapshot taken while files moved about, or a delivery yet to come, proves no deletion.
      let isExcused = knowledge.undelivered.contains(row.item)
      if !snapshot.isUnsteady, snapshot.news == nil, !isExcused { findings.append(.missing(row.item)) }
      return
    }
    if entries.count > 1, best.isUnchanged(for: waits.copySeconds, at: now) {
      findings += entries.filter { $0 != best && $0.folder != .closed }.map { .copy(row.item, $0) }
    }
    if let step = step(row, best, home) { findings.append(step) }
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

  /// A problem note is spent when its item or its request is no longer beside it. While the item is being judged it
  /// stays: what comes of that may be the same note.
  private mutating func findNotes() {
    let judged = Set(findings.compactMap(\.judged))
    let lying = Set(snapshot.entries.map { Place(item: $0.item, folder: $0.folder) })
    for note in snapshot.notes {
      let item = ItemNaming.item(inName: note.name.bytes)
      let isSpent =
        note.folder == .requests
        ? !snapshot.requests.contains { ProblemNote.isAbout(note.name, $0.name) }
        : !lying.contains(Place(item: item, folder: note.folder)) && !(item.map(judged.contains) ?? false)
      if isSpent { findings.append(.spentNote(note)) }
    }
  }

  private struct Place: Hashable {
    let item: ItemID?
    let folder: QueueFolder
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
}
