import CLinux
import Glibc
import TriageCore
import TriageLedger

/// Looks through the inbox and tells what is complete (`Readiness`). The scan is the truth; events only say when to look,
/// and what nobody else can tell of a file: that it was renamed in, or is still being written.
///
/// Every folder is watched before it is listed. Nothing is opened here but folders and those regular files of which a
/// lease decides how long they wait: whoever reads a file asks for one anyway. Links are never followed. Confined to one
/// thread.
public final class InboxScan {
  private let path: String
  private let settle: (ChannelID) -> Int64
  private let watcher: Watcher?
  private let asking: (EntryName, OpenFolder) -> Writing
  private let readiness = Readiness()
  /// What could not be read or set aside, until it changes.
  private var left: Set<FileStamp> = []
  private var leftNow: Set<FileStamp> = []
  private var unreadable: [ChannelID: Int32] = [:]
  private var now: Int64 = 0
  private var wall: Int64 = 0

  /// - Parameters:
  ///   - inbox: its path; the administrator's link to another place is followed.
  ///   - settle: of a channel, nanoseconds without a change after which its files count as complete.
  ///   - asking: tells whether somebody writes a file.
  init(
    inbox: String, settle: @escaping (ChannelID) -> Int64, watcher: Watcher? = nil,
    asking: @escaping (EntryName, OpenFolder) -> Writing = { Writing.ask($0, in: $1) }
  ) {
    path = inbox
    self.settle = settle
    self.watcher = watcher
    self.asking = asking
  }

  /// - Parameters:
  ///   - now: by a clock that is never set, nanoseconds.
  ///   - wall: nanoseconds since 1970 by the wall clock, as file systems count.
  ///   - away: folders of the inbox that are mounts and not there: what lies in their place is left alone.
  /// - Throws: where the inbox itself cannot be listed.
  func scan(
    now: Int64, wall: Int64, without away: Set<EntryName> = []
  ) throws(InboxUnavailable) -> InboxSnapshot {
    var snapshot = InboxSnapshot()
    (self.now, self.wall) = (now, wall)
    leftNow = []
    watcher?.watch(entry: path)
    watcher?.watch(path)
    do throws(FileFailure) {
      let root = try OpenFolder(path: path)
      let here = Place(folder: root, channel: Self.direct, prefix: [], path: Array(path.utf8))
      for name in try root.names().sorted()
      where !away.contains(name) && !isWaiting(name, in: here, &snapshot) {
        guard let entry = InboxEntry(name, in: root) else { continue }
        if entry.kind == .folder {
          look(intoChannel: name, in: here, &snapshot)
        } else {
          look(at: name, entry, in: here, &snapshot)
        }
      }
    } catch {
      throw InboxUnavailable(code: error.code)
    }
    left = leftNow
    readiness.forget(notAskedSince: now)
    snapshot.ready.sort { a, b in
      a.file.mtimeNanos != b.file.mtimeNanos
        ? a.file.mtimeNanos < b.file.mtimeNanos : a.file.path.lexicographicallyPrecedes(b.file.path)
    }
    return snapshot
  }

  /// The channel of what lies in the inbox itself.
  static let direct: ChannelID = "direct"

  /// Leaves the entry where it is, unreported, until it changes: it could not be read or could not be moved.
  public func leave(_ candidate: InboxCandidate) {
    let stamp = candidate.entry.stamp
    left.insert(candidate.contents.isEmpty ? stamp : stamp.spanning(candidate.contents))
  }

  /// Somebody writes it, or one of its files, as whoever was to read it found: it waits until nobody does.
  func wait(for candidate: InboxCandidate) {
    for stamp in [candidate.entry.stamp] + candidate.contents.map(\.stamp) {
      readiness.isWritten(stamp, now: now)
    }
  }

  private struct Place {
    let folder: OpenFolder
    let channel: ChannelID
    let prefix: [UInt8]
    /// The whole path of the folder, and as it is known to the watcher.
    let path: [UInt8]
    let watched: String

    init(folder: OpenFolder, channel: ChannelID, prefix: [UInt8], path: [UInt8]) {
      (self.folder, self.channel, self.prefix, self.path) = (folder, channel, prefix, path)
      watched = String(decoding: path, as: UTF8.self)
    }
    func path(of name: EntryName) -> EntryName { EntryName(bytes: path + [0x2F] + name.bytes) }
  }

  private func watch(_ name: EntryName, in place: Place) {
    let whole = place.path(of: name)
    watcher?.watch(String(decoding: whole.bytes, as: UTF8.self), at: whole)
  }

  private func passage(of name: EntryName, in place: Place) -> Passage? {
    watcher?.passage(of: name, in: place.watched)
  }

  private func look(intoChannel name: EntryName, in root: Place, _ snapshot: inout InboxSnapshot) {
    let channel = ChannelID(name.text ?? name.shown)
    watch(name, in: root)
    do throws(FileFailure) {
      let folder = try OpenFolder(name, in: root.folder)
      let place = Place(
        folder: folder, channel: channel, prefix: name.bytes + [0x2F], path: root.path(of: name).bytes)
      let names = try folder.names()
      unreadable[channel] = nil
      for entryName in names where !isWaiting(entryName, in: place, &snapshot) {
        guard let entry = InboxEntry(entryName, in: folder) else { continue }
        look(at: entryName, entry, in: place, &snapshot)
      }
    } catch {
      if unreadable[channel] != error.code {
        snapshot.unreadable.append(.init(channel: channel, code: error.code))
      }
      unreadable[channel] = error.code
    }
  }

  private func isWaiting(_ name: EntryName, in place: Place, _ snapshot: inout InboxSnapshot) -> Bool {
    guard name.waits else { return false }
    if !name.isLeaving, name != QueueMarker.name, let entry = InboxEntry(name, in: place.folder),
      entry.kind != .folder || holdsSomething(name, in: place)
    {
      snapshot.waiting.append(
        waiting(
          name, in: place, name.isUpload ? .upload : .named,
          isOverdue: readiness.isOverdue(entry.stamp, now: now)))
    }
    return true
  }

  /// A folder that waits by its name is worth a word only where somebody put something into it.
  private func holdsSomething(_ name: EntryName, in place: Place) -> Bool {
    guard let names = try? OpenFolder(name, in: place.folder).names() else { return true }
    return names.contains { !$0.isLeaving }
  }

  private func look(
    at name: EntryName, _ entry: InboxEntry, in place: Place, _ snapshot: inout InboxSnapshot
  ) {
    if left.contains(entry.stamp) {
      leftNow.insert(entry.stamp)
      return
    }
    switch entry.kind {
    case .odd(let kind):
      snapshot.oddities.append(
        InboxOddity(candidate: candidate(name, entry, in: place), refusal: .notRegular(kind)))
    case .file where entry.links > 1:
      // Programs that deliver by link and unlink show a hard link for a moment: only one that stays is odd.
      if isOver(settle(place.channel), since: quietSince(entry.stamp), name, in: place, &snapshot) {
        let refusal = IntakeRefusal.hardLink(count: Int(entry.links))
        snapshot.oddities.append(InboxOddity(candidate: candidate(name, entry, in: place), refusal: refusal))
      }
    case .file:
      let verdict = readiness.judge(
        entry.stamp, settle: settle(place.channel), passage: passage(of: name, in: place), now: now,
        isAskedAgain: true
      ) { asking(name, place.folder) }
      switch verdict {
      case .ready: snapshot.ready.append(candidate(name, entry, in: place))
      case .waits(let wait): note(wait, name, in: place, &snapshot)
      }
    case .folder: look(atCaseFolder: name, entry, in: place, &snapshot)
    }
  }

  // MARK: Waiting

  private func note(
    _ wait: Readiness.Wait, _ name: EntryName, in place: Place, _ snapshot: inout InboxSnapshot
  ) {
    snapshot.waiting.append(
      waiting(name, in: place, wait.reason == .written ? .written : .settling, isOverdue: wait.isOverdue))
    snapshot.nextLook = min(snapshot.nextLook ?? wait.until, wait.until)
  }

  private func waiting(
    _ name: EntryName, in place: Place, _ reason: InboxWait.Reason, isOverdue: Bool = false
  ) -> InboxWait {
    InboxWait(
      shownPath: EntryName(bytes: place.prefix + name.bytes).shown, reason: reason, isOverdue: isOverdue)
  }

  /// For what is never taken in: what is to be set aside only has to lie still.
  private func isOver(
    _ time: Int64, since: Int64, _ name: EntryName, in place: Place, _ snapshot: inout InboxSnapshot
  ) -> Bool {
    if since <= now - time { return true }
    note(Readiness.Wait(reason: .settling, until: since + time), name, in: place, &snapshot)
    return false
  }

  /// Since when an entry has been as it is: since it was first seen so, or longer by its time of change. One ahead of
  /// the clock (another machine's) says nothing.
  private func quietSince(_ stamp: FileStamp) -> Int64 {
    min(readiness.since(stamp, now: now), now - max(wall - stamp.ctimeNanos, 0))
  }

  // MARK: Case folders

  /// A case folder is complete when it is and each file in it, and no name in it is that of an upload.
  private func look(
    atCaseFolder name: EntryName, _ entry: InboxEntry, in place: Place, _ snapshot: inout InboxSnapshot
  ) {
    watch(name, in: place)
    let inner: Place
    let contents: [(name: EntryName, entry: InboxEntry)]
    do throws(FileFailure) {
      let folder = try OpenFolder(name, in: place.folder)
      inner = Place(
        folder: folder, channel: place.channel, prefix: place.prefix + name.bytes + [0x2F],
        path: place.path(of: name).bytes)
      contents = try folder.names().sorted().compactMap { name in
        InboxEntry(name, in: folder).flatMap { folder.isLeaving(name, $0) ? nil : (name, $0) }
      }
    } catch {
      snapshot.unreadable.append(.init(channel: place.channel, code: error.code))
      if SystemFault.isShortage(error.code) { return }
      left.insert(entry.stamp)
      leftNow.insert(entry.stamp)
      return
    }
    // What lies in it makes it a case; an event tells of that.
    if contents.isEmpty { return }
    if let unfinished = contents.first(where: { $0.name.isUnfinished }) {
      let isOverdue = readiness.isOverdue(unfinished.entry.stamp, now: now)
      return snapshot.waiting.append(waiting(unfinished.name, in: inner, .upload, isOverdue: isOverdue))
    }
    let files = contents.map { InboxContent(name: $0.name, stamp: $0.entry.stamp) }
    let seenAs = candidate(name, entry, in: place, contents: files)
    let state = entry.stamp.spanning(files)
    if left.contains(state) {
      leftNow.insert(state)
      return
    }
    if let problem = Self.problem(contents) {
      // What no waiting mends goes at once, a case file that is still to come has more time.
      let settle = settle(place.channel)
      let patience =
        problem == .folderWithoutCase && settle > 0 ? max(settle * 10, 60_000_000_000) : settle
      let since = ([entry.stamp] + files.map(\.stamp)).map(quietSince).max() ?? now
      if isOver(patience, since: since, name, in: place, &snapshot) {
        snapshot.oddities.append(InboxOddity(candidate: seenAs, refusal: problem))
      }
    } else if isComplete(name, entry, files, in: place, inner, &snapshot) {
      snapshot.ready.append(seenAs)
    }
  }

  private func isComplete(
    _ name: EntryName, _ entry: InboxEntry, _ files: [InboxContent], in place: Place, _ inner: Place,
    _ snapshot: inout InboxSnapshot
  ) -> Bool {
    let settle = settle(place.channel)
    let arrival = passage(of: name, in: place)
    var waits: [(Readiness.Wait, EntryName?)] = []
    func add(_ verdict: Readiness.Verdict, _ file: EntryName?) {
      if case .waits(let wait) = verdict { waits.append((wait, file)) }
    }
    add(readiness.judge(entry.stamp, settle: settle, passage: arrival, now: now) { .nobody }, nil)
    for file in files {
      // A folder that was renamed in brought its files with it; in one that was made here some may have been begun
      // before it could be watched.
      let seen = passage(of: file.name, in: inner) ?? (arrival == .movedIn ? .movedIn : nil)
      // Programs that bring files write them under such names; one that nobody writes any more is a file as others are.
      let least = file.name.isDotted ? settle * Limits.unseenPatience : 0
      let verdict = readiness.judge(
        file.stamp, settle: settle, passage: seen, patience: Limits.unseenPatience, atLeast: least, now: now,
        isAskedAgain: !file.name.isDotted
      ) { asking(file.name, inner.folder) }
      add(verdict, file.name)
    }
    // Until the last of them there is no use in looking, and what is still written matters most.
    guard let last = waits.max(by: { $0.0.until < $1.0.until }) else { return true }
    let told = waits.first { $0.0.isOverdue } ?? waits.first { $0.0.reason == .written } ?? last
    let wait = Readiness.Wait(reason: told.0.reason, until: last.0.until, isOverdue: told.0.isOverdue)
    if let file = told.1 {
      note(wait, file, in: inner, &snapshot)
    } else {
      note(wait, name, in: place, &snapshot)
    }
    return false
  }

  private static func problem(_ contents: [(name: EntryName, entry: InboxEntry)]) -> IntakeRefusal? {
    if let odd = contents.first(where: { $0.entry.kind != .file || $0.entry.links > 1 }) {
      return .folderEntry(name: odd.name.shown)
    }
    if contents.count > Limits.attachmentsPerCase + 1 { return .tooManyAttachments(contents.count - 1) }
    switch CaseFolder.caseFile(among: contents.map(\.name)) {
    case .success: return nil
    case .failure(let refusal): return refusal
    }
  }

  // MARK: Identity

  private func candidate(
    _ name: EntryName, _ entry: InboxEntry, in place: Place, contents: [InboxContent] = []
  ) -> InboxCandidate {
    let file = InboxIdentity.of(
      path: place.prefix + name.bytes, entry.stamp, contents: contents, isFolder: entry.kind == .folder)
    return InboxCandidate(
      channel: place.channel, file: file, folder: place.folder, name: name, entry: entry, contents: contents)
  }
}

extension FileStamp {
  /// Of a folder with its files: the sum of their sizes and the latest of all changes, of files by the given time.
  fileprivate func spanning(
    _ contents: [InboxContent], by time: KeyPath<FileStamp, Int64> = \.lastChange
  ) -> FileStamp {
    var stamp = self
    stamp.size = contents.reduce(0) { $0 + $1.stamp.size }
    stamp.mtimeNanos = contents.reduce(mtimeNanos) { max($0, $1.stamp[keyPath: time]) }
    stamp.ctimeNanos = contents.reduce(ctimeNanos) { max($0, $1.stamp.ctimeNanos) }
    return stamp
  }
}

/// The inbox itself cannot be listed; the next scan tries again.
public struct InboxUnavailable: Error, Sendable, Equatable {
  /// errno(3).
  public let code: Int32
}

/// What is recorded of an inbox entry, so that the removal after the hand-over takes that entry and no other.
enum InboxIdentity {
  /// A folder's size is that of its files, its time the latest of their times and its own: a file that is added or
  /// changed after the folder was read keeps the folder from being removed. Their times of change count too, since a
  /// file that is renamed in brings an old time of its own.
  static func of(
    path: [UInt8], _ stamp: FileStamp, contents: [InboxContent], isFolder: Bool
  ) -> InboxFile {
    let whole = isFolder ? stamp.spanning(contents) : stamp
    return file(path, whole, isFolder)
  }

  /// The same, and what versions recorded that did not count times of change.
  static func all(
    path: [UInt8], _ stamp: FileStamp, contents: [InboxContent], isFolder: Bool
  ) -> [InboxFile] {
    let file = of(path: path, stamp, contents: contents, isFolder: isFolder)
    return isFolder ? [file, Self.file(path, stamp.spanning(contents, by: \.mtimeNanos), true)] : [file]
  }

  private static func file(_ path: [UInt8], _ whole: FileStamp, _ isFolder: Bool) -> InboxFile {
    InboxFile(
      path: path, device: whole.device, inode: whole.inode, size: whole.size, mtimeNanos: whole.mtimeNanos,
      isFolder: isFolder)
  }
}

extension FileStamp {
  /// The later of the times that a write sets and of that which any change sets.
  var lastChange: Int64 { max(mtimeNanos, ctimeNanos) }
}
