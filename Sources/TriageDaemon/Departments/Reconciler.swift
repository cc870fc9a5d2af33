import TriageCore

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
  /// Items that lie one folder too deep.
  private let nested: [ItemID: [(nest: QueueNest, file: QueueEntry)]]
  private var lifted: Set<QueueEntry> = []

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
    var nested: [ItemID: [(nest: QueueNest, file: QueueEntry)]] = [:]
    for nest in snapshot.nests where nest.folder != .requests {
      for file in nest.files { if let item = file.item { nested[item, default: []].append((nest, file)) } }
    }
    self.nested = nested
  }

  private mutating func run() {
    let expected = Dictionary(
      knowledge.expected.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    var lying: [ItemID: [QueueEntry]] = [:]
    for entry in snapshot.entries {
      if let item = entry.item { lying[item, default: []].append(entry) }
    }
    findings += snapshot.shut.sorted { $0.key.rawValue < $1.key.rawValue }.map { .shut($0.key, $0.value) }
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
    findPapers(expected)
    findNestedRequests()
    findings += Self.news(snapshot.requests).map { .request($0) }
    findings += strange(snapshot.unknown)
  }

  /// One that is still being copied here would be told of again when it is whole.
  private func strange(_ entries: [QueueEntry]) -> [QueueFinding] {
    Self.news(entries.filter { $0.isUnchanged(for: waits.copySeconds, at: now) }).map { .unknown($0) }
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
    if lift(row, files, home) { return }
    guard let best = files.max(by: Self.isLessAdvanced) else {
      if let document = document(of: row.item) {
        return findings.append(.unreadable(row.item, document))
      }
      // A snapshot taken while files moved about, or a delivery yet to come, proves no deletion.
      let isExcused = knowledge.undelivered.contains(row.item) || !snapshot.shut.isEmpty
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

  /// What lies one folder too deep, and is further on than what lies in its place.
  /// - Returns: whether the item is to be judged when it lies in its place.
  private mutating func lift(
    _ row: CaseIndex.ItemRow, _ files: [QueueEntry], _ home: QueueFolder
  ) -> Bool {
    let here = files.isEmpty ? -2 : files.compactMap(\.folder.advance).max() ?? -1
    let found = (nested[row.item] ?? []).filter { ($0.nest.folder.advance ?? -1) > here }
    for (nest, file) in found where file.isUnchanged(for: waits.copySeconds, at: now) {
      let target = nest.folder.advance == nil ? home : nest.folder
      // What lies with the form in its folder goes with it.
      let papers = nest.files.filter { $0.paper?.caseID == row.item.caseID }
      for entry in [file] + papers where lifted.insert(entry).inserted {
        findings.append(.lift(entry, from: nest, to: target))
      }
    }
    return !found.isEmpty
  }

  private func document(of item: ItemID) -> QueueEntry? {
    snapshot.papers.filter { $0.paper == item && ItemNaming.isDocument($0.name) }
      .max { ($0.folder.advance ?? -1, $0.name) < ($1.folder.advance ?? -1, $1.name) }
  }

  /// Papers of the department's cases belong to an answer; others are strange here.
  private mutating func findPapers(_ expected: [ItemID: CaseIndex.ItemRow]) {
    let cases = Set(expected.keys.map(\.caseID))
    let strangers = snapshot.papers.filter { entry in
      guard let item = entry.paper, !cases.contains(item.caseID) else { return false }
      return knowledge.lookup(item)?.department != snapshot.department
    }
    if snapshot.news == nil { findings += strange(strangers) }
  }

  private mutating func findNestedRequests() {
    for nest in snapshot.nests where nest.folder == .requests && !nest.isEmpty {
      let whole = nest.files.filter { $0.isUnchanged(for: waits.copySeconds, at: now) }
      findings += whole.map { .lift($0, from: nest, to: .requests) }
      let since = nest.stamp.unchangedSince(now: now, firstSeen: now)
      if nest.files.isEmpty, now - since >= waits.copySeconds { findings.append(.folderRequest(nest)) }
    }
  }

  /// Several files of one item: the most advanced folder counts with the form that lies in it; where nothing stands in
  /// that, with the form that is filled in elsewhere.
  private mutating func judge(
    _ row: CaseIndex.ItemRow, _ files: [QueueEntry], _ best: QueueEntry, _ home: QueueFolder, areSettled: Bool
  ) {
    // What was handed in is on record; no other file takes its place.
    let isTaken = row.status == .done || row.status == .returned
    let handedIn = isTaken ? files.filter { $0.folder == home } : []
    let candidates = handedIn.isEmpty ? files : handedIn
    var saved: [Int: Int64] = [:]
    for file in candidates {
      if let form = file.form?.digest { saved[form] = max(saved[form] ?? .min, file.stamp.mtimeNanos) }
    }
    let place = handedIn.isEmpty ? best.folder : home
    guard let kept = candidates.max(by: { Self.isLess($0, $1, row.item, saved, at: place) }) else { return }
    let step = step(row, kept, home)
    guard areSettled else {
      // One of them may still be written, to which an empty form must not be preferred, and of which nobody would learn
      // that other words stood in it.
      let areOne = files.allSatisfy { $0.form == nil || $0.form?.digest == kept.form?.digest }
      if kept.folder == place, let step, kept.form != nil && areOne || step.isAcceptance {
        findings.append(step)
      }
      return
    }
    findings += files.filter { $0 != kept && $0.folder != .closed }.sorted {
      ($0.folder.rawValue, $0.name) < ($1.folder.rawValue, $1.name)
    }
    .map { .copy(row.item, $0, kept: kept, place: place) }
    // With the others out of the way: a form that is put back from there must not meet them again.
    guard kept.folder == place else { return findings.append(.gather(row.item, kept, to: place)) }
    if let step { findings.append(step) }
    if place.advance != nil, !ItemNaming.isGiven(kept.name, to: row.item) {
      findings.append(.renamed(row.item, kept))
    }
  }

  /// Whose form counts: one in which what the folder asks for is filled in before one with a few words, and that before
  /// an empty one; then the more advanced; of two that differ in one folder the one that was saved last; then the one
  /// that bears the item's name.
  /// - Parameters:
  ///   - saved: when each form was saved last; a copy says nothing new.
  ///   - place: the most advanced folder.
  private static func isLess(
    _ a: QueueEntry, _ b: QueueEntry, _ item: ItemID, _ saved: [Int: Int64], at place: QueueFolder
  ) -> Bool {
    let (low, high) = (
      a.form?.worth(of: item.role, in: place) ?? 0, b.form?.worth(of: item.role, in: place) ?? 0
    )
    if low != high { return low < high }
    let (x, y) = (a.folder.advance ?? -1, b.folder.advance ?? -1)
    if x != y { return x < y }
    let (first, second) = (a.form.flatMap { saved[$0.digest] }, b.form.flatMap { saved[$0.digest] })
    if first != second { return first ?? .min < second ?? .min }
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
      return findings += strange(entries)
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
    // Of folders nothing is known where only a part was looked at.
    let requested =
      snapshot.requests.map(\.name) + snapshot.nests.filter { $0.folder == .requests }.map(\.name)
    // Notes in `closed/` are there to stay: they tell of a file beside them.
    for note in snapshot.notes
    where note.folder != .closed && (note.folder != .requests || snapshot.news == nil) {
      let item = ItemNaming.item(inName: note.name.bytes)
      let isSpent =
        note.folder == .requests
        ? !requested.contains { ProblemNote.isAbout(note.name, $0) }
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

extension ReplyForm.Filling {
  /// 2: what the step into the folder needs is there; 1: something else is.
  fileprivate func worth(of role: Role, in place: QueueFolder) -> Int {
    switch place {
    case .returned: isReturn ? 2 : 1
    // Who assists, and who was warned, answers in a few words.
    case .done: isAnswer || role == .assist || role == .alert ? 2 : 1
    default: 2
    }
  }
}

extension QueueFinding {
  /// The item of which a step is about to be taken or refused.
  fileprivate var judged: ItemID? {
    switch self {
    case .accepted(let item, _), .handedIn(let item, _, _), .returned(let item, _, _),
      .takenBack(let item, _), .unreadable(let item, _):
      item
    default: nil
    }
  }

  fileprivate var isAcceptance: Bool { if case .accepted = self { true } else { false } }
}
