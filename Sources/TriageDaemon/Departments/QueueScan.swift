import Glibc
import Synchronization
import TriageCore

/// One file in a queue, as it was seen.
struct QueueEntry: Sendable, Hashable {
  let folder: QueueFolder
  let name: EntryName
  let stamp: FileStamp
  /// The item that it is, by its head or its name.
  let item: ItemID?
  /// The item that its name speaks of, where it is no form: a document, a photograph.
  var paper: ItemID?
  /// Since when it has been as it is, as far as that is known.
  let unchangedSince: Instant
  /// `QueueScan.leave` was called for it and it has not changed since.
  var wasReported = false
  /// What stands in its form; nil: nothing does. Looked at only where an item has several files.
  var form: ReplyForm.Filling?

  func isUnchanged(for seconds: Int64, at now: Instant) -> Bool { now - unchangedSince >= seconds }

  /// What tells a request from a later one of the same name (`Effect.fileRequest`).
  var requestFile: String { "\(stamp.size) \(stamp.mtimeNanos) \(name.shown)" }
}

/// What one look into a queue found.
struct QueueSnapshot: Sendable {
  var department: DepartmentID
  /// Files that are items, wherever they lie.
  var entries: [QueueEntry] = []
  /// Files in `requests/`, those that were refused and have not changed since among them.
  var requests: [QueueEntry] = []
  /// The daemon's own notes beside items and requests.
  var notes: [QueueEntry] = []
  /// What the daemon has told on one case, and in `reminders/`; only where everything was looked at.
  var told: [QueueEntry] = []
  /// Files that are neither.
  var unknown: [QueueEntry] = []
  /// Files that bear an item's name and are no forms.
  var papers: [QueueEntry] = []
  /// Folders that people put among the items; only where everything was looked at.
  var nests: [QueueNest] = []
  /// Folders of the queue into which nobody could look: what is not seen may lie there.
  var shut: [QueueFolder: FileFailure] = [:]
  /// Files were moved about while it was taken: what is not seen may still be there.
  var isUnsteady = false
  /// Only some folders were looked into, and these items came there or were written to since the look before: of
  /// others it says nothing. Nil: everything was looked at.
  var news: Set<ItemID>?

  /// Items that lie here and are not among those that the department should have.
  func strangers(_ expected: [CaseIndex.ItemRow]) -> Set<ItemID> {
    Set(entries.compactMap(\.item)).subtracting(expected.lazy.map(\.item))
  }
}

/// Looks into one queue. What it has read once is remembered by inode, time and size, so that a scan of an idle
/// queue lists its folders and reads nothing. Keep one for each department; its memory is not needed for anything
/// but speed and for reporting things once.
///
/// A queue may hold a hundred thousand items: of a file that is the item of its name only a hash is kept.
final class QueueScan: Sendable {
  /// A file as it was: folder, name, inode, time and size, by their hash of 64 bits.
  private typealias Key = Int

  /// What is kept of a file that is not just what its name says.
  private struct Note {
    var item: ItemID?
    var firstSeen: Instant
    /// It bears another name than it was delivered with.
    var isRenamed = false
    /// Reported and not to be reported again until it changes.
    var isLeft = false
  }

  private struct Files {
    /// Items under the names that they were delivered with.
    var plain: Set<Key> = []
    var notes: [Key: Note] = [:]
    /// Items that have ended and lie in `closed/`: nothing is to be said of them any more.
    var retired: Set<Key> = []
  }
  private struct Memory {
    var folders: [QueueFolder: Files] = [:]
    /// Items that came or were written to and have not been judged since.
    var news: Set<ItemID> = []
  }

  /// How far a look goes.
  enum Breadth: Sendable, Equatable {
    /// Every folder that an item may have got into.
    case everything
    /// Only these, in which something may have happened.
    case folders(Set<QueueFolder>)

    /// The folders in which people work; `closed/`, which only ever grows, is left out.
    static let work = folders(Set(QueueFolder.working + [.requests]))

    fileprivate var folders: [QueueFolder] {
      let all = QueueFolder.searched + [.requests]
      if case .folders(let some) = self { return all.filter(some.contains) }
      return all
    }

    func covers(_ folder: QueueFolder) -> Bool {
      if case .folders(let some) = self { some.contains(folder) } else { true }
    }

    /// As far as both.
    func union(_ other: Breadth) -> Breadth {
      guard case .folders(let mine) = self, case .folders(let theirs) = other else { return .everything }
      return .folders(mine.union(theirs))
    }
  }

  private let memory = Mutex(Memory())

  init() {}

  /// Items that came or were written to since this was last asked.
  func takeNews() -> Set<ItemID> {
    memory.withLock { memory in
      defer { memory.news = [] }
      return memory.news
    }
  }

  func scan(
    _ queue: OpenQueue, now: Instant, _ breadth: Breadth = .everything
  ) throws(FileFailure) -> QueueSnapshot {
    var snapshot = QueueSnapshot(department: queue.department)
    for _ in 0..<3 {
      snapshot = QueueSnapshot(department: queue.department)
      let before = try stamps(queue, breadth)
      for folder in breadth.folders {
        do throws(FileFailure) {
          try look(queue, folder, now, seesAll: breadth == .everything, &snapshot)
        } catch {
          guard error.isOfOneFolder else { throw error }
          snapshot.shut[folder] = error
        }
      }
      if case .folders(let some) = breadth, try !completeNews(queue, some, now, &snapshot) {
        return try scan(queue, now: now, breadth.union(.work))
      }
      snapshot.isUnsteady = try stamps(queue, breadth) != before
      if !snapshot.isUnsteady { break }
    }
    lookIntoCopies(queue, &snapshot)
    return snapshot
  }

  /// Which of several files of an item have a form with something in it.
  private func lookIntoCopies(_ queue: OpenQueue, _ snapshot: inout QueueSnapshot) {
    var places: [ItemID: [Int]] = [:]
    for (place, entry) in snapshot.entries.enumerated() where entry.folder != .closed {
      if let item = entry.item { places[item, default: []].append(place) }
    }
    for place in places.values.filter({ $0.count > 1 }).joined() {
      let entry = snapshot.entries[place]
      let bytes = try? queue.folder(entry.folder).read(entry.name, atMost: Limits.replyBytes)
      snapshot.entries[place].form = bytes.flatMap { ReplyForm.filling($0) }
    }
  }

  /// Of an item that came, every file that people work with must be known, or a copy would pass for the item.
  /// - Returns: false where such a file bears another name and lies in a folder that was not looked into.
  private func completeNews(
    _ queue: OpenQueue, _ folders: Set<QueueFolder>, _ now: Instant, _ snapshot: inout QueueSnapshot
  ) throws(FileFailure) -> Bool {
    let (news, known) = memory.withLock { ($0.news, $0.folders) }
    for folder in QueueFolder.working where !folders.contains(folder) && !news.isEmpty {
      for note in known[folder]?.notes.values ?? [:].values where note.isRenamed {
        if let item = note.item, news.contains(item) { return false }
      }
      for item in news {
        do throws(FileFailure) {
          if let entry = try entry(of: item, queue, folder, now) { snapshot.add(entry) }
        } catch {
          guard error.isOfOneFolder else { throw error }
        }
      }
    }
    return true
  }

  /// The item's file under the name that it was delivered with.
  func entry(
    of item: ItemID, _ queue: OpenQueue, _ folder: QueueFolder, _ now: Instant
  ) throws(FileFailure) -> QueueEntry? {
    let name = EntryName("\(item).yaml")
    guard let open = try existing(queue, folder, orShut: false), let stamp = try open.stamp(of: name),
      stamp.isRegular,
      ItemNaming.item(of: name, in: open) == item
    else { return nil }
    return QueueEntry(
      folder: folder, name: name, stamp: stamp, item: item,
      unchangedSince: stamp.unchangedSince(now: now, firstSeen: now))
  }

  /// Does not report this file again until it changes: a request that was refused, a file that is not known, a form
  /// that was put back.
  func leave(_ entry: QueueEntry) {
    let key = Self.key(entry.folder, entry.name, entry.stamp)
    memory.withLock { memory in
      guard var files = memory.folders[entry.folder],
        files.plain.remove(key) != nil || files.notes[key] != nil
      else { return }
      files.notes[key, default: Note(item: entry.item, firstSeen: entry.unchangedSince)].isLeft = true
      memory.folders[entry.folder] = files
    }
  }

  /// Items that the daemon has just put there under their own names: they need not be read to be known.
  func delivered(_ files: [QueuePublisher.Delivered]) {
    guard !files.isEmpty else { return }
    memory.withLock { memory in
      for file in files where ItemNaming.isGiven(file.name, to: file.item) {
        memory.folders[file.folder, default: Files()].plain.insert(
          Self.key(file.folder, file.name, file.stamp))
      }
    }
  }

  /// Leaves these out until they change: items that have ended and lie where they should.
  func retire(_ entries: [QueueEntry]) {
    memory.withLock { memory in
      for entry in entries {
        let key = Self.key(entry.folder, entry.name, entry.stamp)
        memory.folders[entry.folder]?.plain.remove(key)
        memory.folders[entry.folder]?.notes[key] = nil
        memory.folders[entry.folder, default: Files()].retired.insert(key)
      }
    }
  }

  private static func key(_ folder: QueueFolder, _ name: EntryName, _ stamp: FileStamp) -> Key {
    var hasher = Hasher()
    hasher.combine(folder)
    hasher.combine(name)
    hasher.combine(stamp.inode)
    hasher.combine(stamp.mtimeNanos)
    hasher.combine(stamp.size)
    return hasher.finalize()
  }

  private func look(
    _ queue: OpenQueue, _ folder: QueueFolder, _ now: Instant, seesAll: Bool,
    _ snapshot: inout QueueSnapshot
  ) throws(FileFailure) {
    let known = memory.withLock { $0.folders[folder] ?? Files() }
    var seen = Files()
    var news: Set<ItemID> = []
    defer { remember(seen, news, in: folder) }
    guard let open = try existing(queue, folder, orShut: false) else { return }
    for name in try open.names() where !name.waits && !Self.isOwn(name, folder) {
      if folder == .reminders
        ? ToldName.isDay(name) : ItemNaming.isCompanion(name) && !ItemNaming.isNote(name)
      {
        if seesAll { try snapshot.add(told: name, folder, open, now) }
        continue
      }
      guard let stamp = try open.stamp(of: name) else { continue }
      if stamp.isFolder {
        if seesAll, let nest = QueueNest(name, stamp, in: folder, open, now: now) {
          snapshot.nests.append(nest)
        }
        continue
      }
      let key = Self.key(folder, name, stamp)
      if known.retired.contains(key) {
        seen.retired.insert(key)
        continue
      }
      let named = ItemNaming.item(inName: name.bytes)
      let isPlain = known.plain.contains(key)
      let note =
        known.notes[key]
        ?? Note(item: isPlain ? named : item(name, stamp, folder, open), firstSeen: now)
      let isPaper = note.item == nil && stamp.isRegular && folder.advance != nil
      let paper = isPaper && !ItemNaming.isCompanion(name) ? named : nil
      if !isPlain, known.notes[key] == nil, let item = note.item ?? paper { news.insert(item) }
      let since = stamp.unchangedSince(now: now, firstSeen: note.firstSeen)
      let isGiven = note.item.map { $0 == named && ItemNaming.isGiven(name, to: $0) } ?? false
      if !note.isLeft, isGiven, !stamp.isAhead(of: now) {
        seen.plain.insert(key)
      } else {
        seen.notes[key] = note
        seen.notes[key]?.isRenamed = !isGiven
      }
      snapshot.add(
        QueueEntry(
          folder: folder, name: name, stamp: stamp, item: note.item, paper: paper, unchangedSince: since,
          wasReported: note.isLeft))
    }
  }

  private func remember(_ files: Files, _ news: Set<ItemID>, in folder: QueueFolder) {
    memory.withLock { memory in
      memory.folders[folder] = files
      memory.news.formUnion(news)
    }
  }

  /// Only a regular file is opened; a link is known by no name either: it is not the item.
  private func item(_ name: EntryName, _ stamp: FileStamp, _ folder: QueueFolder, _ open: OpenFolder)
    -> ItemID?
  {
    stamp.isRegular && folder != .requests ? ItemNaming.item(of: name, in: open) : nil
  }

  /// Renames into and out of a folder change its times.
  private func stamps(_ queue: OpenQueue, _ breadth: Breadth) throws(FileFailure) -> [Int64] {
    var stamps: [Int64] = []
    for folder in breadth.folders where folder != .requests {
      let stamp = try existing(queue, folder)?.stamp()
      stamps += [stamp?.mtimeNanos ?? 0, stamp?.ctimeNanos ?? 0]
    }
    return stamps
  }

  /// - Parameter orShut: whether one that cannot be looked into counts as one that is not there.
  private func existing(
    _ queue: OpenQueue, _ folder: QueueFolder, orShut: Bool = true
  ) throws(FileFailure) -> OpenFolder? {
    do {
      return try queue.folder(folder)
    } catch {
      // Removed by a clerk; made again at the next scan.
      if error.code == ENOENT || orShut && error.isOfOneFolder { return nil }
      throw error
    }
  }

  /// What the daemon itself keeps in the department's folder, and other texts in `reminders/`.
  private static func isOwn(_ name: EntryName, _ folder: QueueFolder) -> Bool {
    switch folder {
    // A file in the place of a folder is told of as that.
    case .top:
      ["worklist.html", "worklist.csv", "README.txt"].contains { name.bytes.elementsEqual($0.utf8) }
        || name.text.flatMap(QueueFolder.init(rawValue:)) != nil
    case .reminders: name.hasSuffix(".txt") && !name.hasSuffix(".yaml.txt") && !ToldName.isDay(name)
    default: false
    }
  }
}

extension QueueSnapshot {
  fileprivate mutating func add(
    told name: EntryName, _ folder: QueueFolder, _ open: OpenFolder, _ now: Instant
  ) throws(FileFailure) {
    guard let stamp = try open.stamp(of: name), stamp.isRegular else { return }
    told.append(QueueEntry(folder: folder, name: name, stamp: stamp, item: nil, unchangedSince: now))
  }

  fileprivate mutating func add(_ entry: QueueEntry) {
    if ItemNaming.isNote(entry.name) {
      notes.append(entry)
    } else if ItemNaming.isCompanion(entry.name) {
      return
    } else if entry.folder == .requests && entry.stamp.isRegular {
      requests.append(entry)
    } else if entry.item != nil {
      entries.append(entry)
    } else if entry.paper != nil {
      papers.append(entry)
    } else {
      unknown.append(entry)
    }
  }
}

extension FileStamp {
  /// A rename sets the change time, a save both. Where the server's clock runs ahead of ours its times say nothing,
  /// and what counts is since when we have seen it so.
  func unchangedSince(now: Instant, firstSeen: Instant) -> Instant {
    isAhead(of: now) ? firstSeen : latest
  }

  fileprivate func isAhead(of now: Instant) -> Bool { latest > now }

  private var latest: Instant { Instant(seconds: max(mtimeNanos, ctimeNanos) / 1_000_000_000) }
}
