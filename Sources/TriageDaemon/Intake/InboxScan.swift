import CLinux
import Glibc
import TriageCore
import TriageLedger

/// Looks through the inbox and tells what is complete. The scan is the truth; events only say when to look.
///
/// A file is complete when nothing happened to it for the settle time: at once where its last change is that old
/// (it was renamed in, or the daemon was away), else when it looked the same since it was first seen. Where a lease
/// can be had, nobody has the file open for writing, and a tenth of the time is enough. Nothing is opened here but
/// folders and regular files that are asked for a lease; links are never followed. Confined to one thread.
public final class InboxScan {
  private let path: String
  private let settle: Int64
  /// A case folder without a case file may still be filled by hand.
  private let folderPatience: Int64
  private var seen: [Sighting: Int64] = [:]
  private var seenNow: [Sighting: Int64] = [:]
  /// What could not be read or set aside, until it changes.
  private var left: Set<Sighting> = []
  private var leftNow: Set<Sighting> = []
  private var unreadable: [ChannelID: Int32] = [:]

  /// An entry in one state; any change of it is another sighting.
  private struct Sighting: Hashable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let mtime: Int64
    let ctime: Int64
  }

  /// - Parameters:
  ///   - inbox: its path; the administrator's link to another place is followed.
  ///   - settle: nanoseconds without a change after which a file counts as complete.
  public init(inbox: String, settle: Int64) {
    path = inbox
    self.settle = max(settle, 0)
    folderPatience = max(settle * 10, settle > 0 ? 60_000_000_000 : 0)
  }

  /// - Parameter now: nanoseconds since 1970 by the wall clock, as file systems count.
  /// - Throws: where the inbox itself cannot be listed.
  public func scan(now: Int64) throws(InboxUnavailable) -> InboxSnapshot {
    var snapshot = InboxSnapshot()
    seenNow = [:]
    leftNow = []
    do throws(FileFailure) {
      let root = try OpenFolder(path: path)
      for name in try root.names().sorted() where !name.waits {
        guard let entry = InboxEntry(name, in: root) else { continue }
        if entry.kind == .folder {
          look(intoChannel: name, in: root, now: now, &snapshot)
        } else {
          look(
            at: name, entry, in: Place(folder: root, channel: Self.direct, prefix: []), now: now, &snapshot)
        }
      }
    } catch {
      throw InboxUnavailable(code: error.code)
    }
    seen = seenNow
    left = leftNow
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
    left.insert(Self.sighting(candidate.entry))
  }

  private struct Place {
    let folder: OpenFolder
    let channel: ChannelID
    let prefix: [UInt8]
  }

  private func look(
    intoChannel name: EntryName, in root: OpenFolder, now: Int64, _ snapshot: inout InboxSnapshot
  ) {
    let channel = ChannelID(name.text ?? name.shown)
    snapshot.channels.append(channel)
    do throws(FileFailure) {
      let folder = try OpenFolder(name, in: root)
      let place = Place(folder: folder, channel: channel, prefix: name.bytes + [0x2F])
      let names = try folder.names()
      unreadable[channel] = nil
      for entryName in names where !isWaiting(entryName, &snapshot) {
        guard let entry = InboxEntry(entryName, in: folder) else { continue }
        look(at: entryName, entry, in: place, now: now, &snapshot)
      }
    } catch {
      if unreadable[channel] != error.code {
        snapshot.unreadable.append(.init(channel: channel, code: error.code))
      }
      unreadable[channel] = error.code
    }
  }

  private func isWaiting(_ name: EntryName, _ snapshot: inout InboxSnapshot) -> Bool {
    guard name.waits else { return false }
    if !name.isIgnored { snapshot.waiting += 1 }
    return true
  }

  private func look(
    at name: EntryName, _ entry: InboxEntry, in place: Place, now: Int64, _ snapshot: inout InboxSnapshot
  ) {
    let sighting = Self.sighting(entry)
    if left.contains(sighting) {
      leftNow.insert(sighting)
      return
    }
    switch entry.kind {
    case .odd(let kind):
      snapshot.oddities.append(
        InboxOddity(candidate: candidate(name, entry, in: place), refusal: .notRegular(kind)))
    case .file where entry.links > 1:
      // Programs that deliver by link and unlink show a hard link for a moment: only one that stays is odd.
      let since = min(firstSeen(sighting, now), max(entry.stamp.ctimeNanos, 0))
      if isOver(settle, since: since, now, &snapshot) {
        let refusal = IntakeRefusal.hardLink(count: Int(entry.links))
        snapshot.oddities.append(InboxOddity(candidate: candidate(name, entry, in: place), refusal: refusal))
      }
    case .file:
      if isSettled(name, entry.stamp, sighting, in: place.folder, now, &snapshot) {
        snapshot.ready.append(candidate(name, entry, in: place))
      }
    case .folder: look(atCaseFolder: name, entry, in: place, now: now, &snapshot)
    }
  }

  // MARK: Being complete

  private func isSettled(
    _ name: EntryName, _ stamp: FileStamp, _ sighting: Sighting, in folder: OpenFolder, _ now: Int64,
    _ snapshot: inout InboxSnapshot
  ) -> Bool {
    // A time of change ahead of the clock (another machine's) says nothing; what was seen here does.
    if stamp.mtimeNanos <= now - settle { return true }
    let since = firstSeen(sighting, now)
    guard since <= now - settle / 10 else { return isOver(settle / 10, since: since, now, &snapshot) }
    if since > now - settle, Self.hasNoWriter(name, in: folder) { return true }
    return isOver(settle, since: since, now, &snapshot)
  }

  private func isOver(_ time: Int64, since: Int64, _ now: Int64, _ snapshot: inout InboxSnapshot) -> Bool {
    if since <= now - time { return true }
    snapshot.waiting += 1
    let next = since + time
    snapshot.nextLook = min(snapshot.nextLook ?? next, next)
    return false
  }

  /// When this state of the entry was first seen. A clock that was put back must not make it wait for ever.
  private func firstSeen(_ sighting: Sighting, _ now: Int64) -> Int64 {
    let first = min(seen[sighting] ?? now, now)
    seenNow[sighting] = first
    return first
  }

  /// fcntl(2) F_SETLEASE gives a read lease only while nobody has the file open for writing.
  private static func hasNoWriter(_ name: EntryName, in folder: OpenFolder) -> Bool {
    guard let file = try? folder.openFile(name) else { return false }
    defer { close(file) }
    return clinux_no_writer(file) == 0
  }

  // MARK: Case folders

  /// A case folder is complete when nothing in it changed for the settle time and no name in it waits.
  private func look(
    atCaseFolder name: EntryName, _ entry: InboxEntry, in place: Place, now: Int64,
    _ snapshot: inout InboxSnapshot
  ) {
    let contents: [(name: EntryName, entry: InboxEntry)]
    do throws(FileFailure) {
      let folder = try OpenFolder(name, in: place.folder)
      contents = try folder.names().sorted().filter { !$0.isIgnored }.compactMap { name in
        InboxEntry(name, in: folder).map { (name, $0) }
      }
    } catch {
      snapshot.unreadable.append(.init(channel: place.channel, code: error.code))
      left.insert(Self.sighting(entry))
      leftNow.insert(Self.sighting(entry))
      return
    }
    if contents.isEmpty || contents.contains(where: { $0.name.waits }) {
      snapshot.waiting += 1
      return
    }
    let files = contents.map { InboxContent(name: $0.name, stamp: $0.entry.stamp) }
    let seenAs = candidate(name, entry, in: place, contents: files)
    let state = Self.sighting(seenAs.file, entry, files)
    if left.contains(state) {
      leftNow.insert(state)
      return
    }
    let since = firstSeen(state, now)
    let changed = seenAs.file.mtimeNanos
    let quietSince = changed <= now ? min(since, changed) : since
    if let problem = Self.problem(contents) {
      // What no waiting mends goes at once, a case file that is still to come has more time.
      let patience = problem == .folderWithoutCase ? folderPatience : settle
      if isOver(patience, since: quietSince, now, &snapshot) {
        snapshot.oddities.append(InboxOddity(candidate: seenAs, refusal: problem))
      }
    } else if isOver(settle, since: quietSince, now, &snapshot) {
      snapshot.ready.append(seenAs)
    }
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

  private static func sighting(_ entry: InboxEntry) -> Sighting {
    let stamp = entry.stamp
    return Sighting(
      device: stamp.device, inode: stamp.inode, size: stamp.size, mtime: stamp.mtimeNanos,
      ctime: stamp.ctimeNanos)
  }

  /// Of a folder with its files: the sum of the sizes and the latest of all changes.
  private static func sighting(
    _ file: InboxFile, _ entry: InboxEntry, _ contents: [InboxContent]
  ) -> Sighting {
    let ctime = contents.map(\.stamp.ctimeNanos).max() ?? 0
    return Sighting(
      device: file.device, inode: file.inode, size: file.size, mtime: file.mtimeNanos,
      ctime: max(ctime, entry.stamp.ctimeNanos))
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
  /// changed after the folder was read keeps the folder from being removed.
  static func of(
    path: [UInt8], _ stamp: FileStamp, contents: [InboxContent], isFolder: Bool
  ) -> InboxFile {
    guard isFolder else {
      return InboxFile(
        path: path, device: stamp.device, inode: stamp.inode, size: stamp.size, mtimeNanos: stamp.mtimeNanos)
    }
    let size = contents.reduce(0) { $0 + $1.stamp.size }
    let mtime = contents.reduce(stamp.mtimeNanos) { max($0, $1.stamp.mtimeNanos) }
    return InboxFile(
      path: path, device: stamp.device, inode: stamp.inode, size: size, mtimeNanos: mtime, isFolder: true)
  }
}

extension EntryName {
  /// What the daemon leaves alone while it bears this name: still written, or a desktop's own bookkeeping.
  var waits: Bool { isTemporary || isIgnored }

  /// Dot files and what desktops leave in folders.
  var isIgnored: Bool {
    bytes.first == UInt8(ascii: ".") || Self.desktopFiles.contains(lowered)
  }

  private static let desktopFiles: Set<[UInt8]> = Set(
    ["thumbs.db", "desktop.ini", "__macosx"].map { Array($0.utf8) })
}
