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
  /// Since when it has been as it is, as far as that is known.
  let unchangedSince: Instant
  /// `QueueScan.leave` was called for it and it has not changed since.
  var wasReported = false

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
  /// The daemon's own problem notes.
  var notes: [QueueEntry] = []
  /// Files that are neither.
  var unknown: [QueueEntry] = []
  /// Files were moved about while it was taken: what is not seen may still be there.
  var isUnsteady = false

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
    /// Reported and not to be reported again until it changes.
    var isLeft = false
  }

  private struct Memory {
    /// Files that are the items of their names.
    var plain: Set<Key> = []
    var notes: [Key: Note] = [:]
  }

  private let memory = Mutex(Memory())

  init() {}

  func scan(_ queue: OpenQueue, now: Instant) throws(FileFailure) -> QueueSnapshot {
    var snapshot = QueueSnapshot(department: queue.department)
    for _ in 0..<3 {
      snapshot = QueueSnapshot(department: queue.department)
      let before = try stamps(queue)
      var seen = Memory()
      for folder in QueueFolder.searched + [.requests] {
        try look(queue, folder, now, &snapshot, &seen)
      }
      snapshot.isUnsteady = try stamps(queue) != before
      memory.withLock { [seen] in $0 = seen }
      if !snapshot.isUnsteady { break }
    }
    return snapshot
  }

  /// Does not report this file again until it changes: a request that was refused, a file that is not known, a form
  /// that was put back.
  func leave(_ entry: QueueEntry) {
    let key = Self.key(entry.folder, entry.name, entry.stamp)
    memory.withLock { memory in
      guard memory.plain.remove(key) != nil || memory.notes[key] != nil else { return }
      memory.notes[key, default: Note(item: entry.item, firstSeen: entry.unchangedSince)].isLeft = true
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
    _ queue: OpenQueue, _ folder: QueueFolder, _ now: Instant, _ snapshot: inout QueueSnapshot,
    _ seen: inout Memory
  ) throws(FileFailure) {
    guard let open = try existing(queue, folder) else { return }
    for name in try open.names() where !name.isTemporary && !Self.isOwn(name, folder) {
      guard let stamp = try open.stamp(of: name), !stamp.isFolder else { continue }
      let key = Self.key(folder, name, stamp)
      let (isPlain, known) = memory.withLock { ($0.plain.contains(key), $0.notes[key]) }
      let named = ItemNaming.item(inName: name.bytes)
      let note =
        known
        ?? Note(item: isPlain ? named : item(name, stamp, folder, open), firstSeen: now)
      let since = stamp.unchangedSince(now: now, firstSeen: note.firstSeen)
      if !note.isLeft, let item = note.item, item == named, !stamp.isAhead(of: now) {
        seen.plain.insert(key)
      } else {
        seen.notes[key] = note
      }
      snapshot.add(
        QueueEntry(
          folder: folder, name: name, stamp: stamp, item: note.item, unchangedSince: since,
          wasReported: note.isLeft))
    }
  }

  /// Only a regular file is opened; a link is known by no name either: it is not the item.
  private func item(_ name: EntryName, _ stamp: FileStamp, _ folder: QueueFolder, _ open: OpenFolder)
    -> ItemID?
  {
    stamp.isRegular && folder != .requests ? ItemNaming.item(of: name, in: open) : nil
  }

  /// Renames into and out of a folder change its times.
  private func stamps(_ queue: OpenQueue) throws(FileFailure) -> [Int64] {
    var stamps: [Int64] = []
    for folder in QueueFolder.searched {
      let stamp = try existing(queue, folder)?.stamp()
      stamps += [stamp?.mtimeNanos ?? 0, stamp?.ctimeNanos ?? 0]
    }
    return stamps
  }

  private func existing(_ queue: OpenQueue, _ folder: QueueFolder) throws(FileFailure) -> OpenFolder? {
    do {
      return try queue.folder(folder)
    } catch {
      // Removed by a clerk; the next delivery makes it again.
      if error.code == ENOENT { return nil }
      throw error
    }
  }

  /// What the daemon itself keeps in the department's folder and in `reminders/`.
  private static func isOwn(_ name: EntryName, _ folder: QueueFolder) -> Bool {
    switch folder {
    case .top: ["worklist.html", "worklist.csv", "README.txt"].contains { name.bytes.elementsEqual($0.utf8) }
    case .reminders: name.hasSuffix(".txt") && !name.hasSuffix(".yaml.txt")
    default: false
    }
  }
}

extension QueueSnapshot {
  fileprivate mutating func add(_ entry: QueueEntry) {
    if ItemNaming.isProblemNote(entry.name) {
      notes.append(entry)
    } else if ItemNaming.isCompanion(entry.name) {
      return
    } else if entry.folder == .requests && entry.stamp.isRegular {
      requests.append(entry)
    } else if entry.item != nil {
      entries.append(entry)
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
