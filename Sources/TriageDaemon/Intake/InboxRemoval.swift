import Glibc
public import TriageLedger

/// What became of an inbox entry that was to be removed.
public enum RemovalOutcome: Sendable, Equatable {
  case removed
  /// Nothing of that name is there any more.
  case alreadyGone
  /// Another file bears the name, or this one changed after it was read: it stays and is taken in as a new one.
  case changed
  /// Somebody has it open for writing: it stays until it is closed.
  case written
  /// errno(3); to be tried again.
  case failed(Int32)
}

/// Removes inbox entries after the ledger has them. Only the entry that was recorded goes, never what took its name.
///
/// Removals need not be durable one by one: an entry that comes back after a power cut is still in the ledger's list
/// of removals. `sync` makes them durable together, before that list may forget them.
public final class InboxRemoval {
  private let inbox: OpenFolder
  private let spent: SpentFiles
  private var folders: [[UInt8]: OpenFolder] = [:]

  init(inbox: String, spent: SpentFiles) throws(InboxUnavailable) {
    self.spent = spent
    do throws(FileFailure) { self.inbox = try OpenFolder(path: inbox) } catch {
      throw InboxUnavailable(code: error.code)
    }
  }

  public func remove(_ file: InboxFile) -> RemovalOutcome {
    do throws(FileFailure) {
      let (folder, name) = try locate(file)
      guard let entry = InboxEntry(name, in: folder) else { return .alreadyGone }
      return file.isFolder
        ? try removeFolder(file, entry, name, in: folder) : try removeFile(file, entry, name, in: folder)
    } catch {
      return error.code == ENOENT || error.code == ENOTDIR ? .alreadyGone : .failed(error.code)
    }
  }

  /// Makes all removals so far durable.
  /// - Returns: false where that failed; the removals are to be kept in the ledger's list then.
  public func sync() -> Bool {
    defer { folders = [:] }
    return folders.values.allSatisfy { fsync($0.descriptor) == 0 } && fsync(inbox.descriptor) == 0
  }

  private func locate(_ file: InboxFile) throws(FileFailure) -> (OpenFolder, EntryName) {
    let parts = file.path.split(separator: 0x2F).map { EntryName(bytes: Array($0)) }
    guard let name = parts.last, !parts.contains(where: { $0.bytes == [0x2E, 0x2E] }) else {
      throw FileFailure(call: "openat", code: ENOENT)
    }
    guard parts.count > 1 else { return (inbox, name) }
    let channel = parts[0]
    if let folder = folders[channel.bytes] { return (folder, name) }
    let folder = try OpenFolder(channel, in: inbox)
    folders[channel.bytes] = folder
    return (folder, name)
  }

  private func removeFile(
    _ file: InboxFile, _ entry: InboxEntry, _ name: EntryName, in folder: OpenFolder
  ) throws(FileFailure) -> RemovalOutcome {
    let now = InboxIdentity.of(path: file.path, entry.stamp, contents: [], isFolder: false)
    guard entry.kind == .file, now == file else { return .changed }
    return try spent.take(name, entry.stamp, from: folder, channel: file.channel)
  }

  /// Contents first, the folder last. What is no longer as it was recorded stays, and the folder with it.
  private func removeFolder(
    _ file: InboxFile, _ entry: InboxEntry, _ name: EntryName, in parent: OpenFolder
  ) throws(FileFailure) -> RemovalOutcome {
    guard entry.kind == .folder, entry.stamp.inode == file.inode else {
      return .changed
    }
    let folder = try OpenFolder(name, in: parent)
    var contents: [InboxContent] = []
    var leavings: [EntryName] = []
    for name in try folder.names() {
      guard let inner = InboxEntry(name, in: folder) else { continue }
      if folder.isLeaving(name, inner) {
        leavings.append(name)
        continue
      }
      guard inner.kind == .file else { return .changed }
      contents.append(InboxContent(name: name, stamp: inner.stamp))
    }
    let isWhole = InboxIdentity.all(path: file.path, entry.stamp, contents: contents, isFolder: true)
      .contains(file)
    guard isWhole || Self.isRest(contents, of: file) else { return .changed }
    for content in contents where Writing.ask(content.name, in: folder) == .somebody { return .written }
    // One by one by what they are: what takes a name in the last moment is given back.
    for content in contents {
      let outcome = try spent.take(content.name, content.stamp, from: folder, channel: file.channel)
      guard outcome == .removed else { return outcome }
    }
    for leaving in leavings { try folder.removeLeaving(leaving) }
    return try removeEmpty(name, in: parent)
  }

  /// A removal that was broken off has removed some of the files already: what is left must be older than the record and
  /// less.
  private static func isRest(_ contents: [InboxContent], of file: InboxFile) -> Bool {
    contents.allSatisfy { $0.stamp.lastChange <= file.mtimeNanos }
      && contents.reduce(0) { $0 + $1.stamp.size } < file.size
  }

  private func removeEmpty(_ name: EntryName, in parent: OpenFolder) throws(FileFailure) -> RemovalOutcome {
    if name.withPath({ unlinkat(parent.descriptor, $0, AT_REMOVEDIR) }) == 0 { return .removed }
    // Somebody put a file into it meanwhile: it is a new case folder.
    if errno == ENOTEMPTY || errno == EEXIST { return .changed }
    throw FileFailure(call: "unlinkat", code: errno)
  }
}

extension InboxFile {
  /// The folder of its channel; nil for what lies in the inbox itself.
  fileprivate var channel: EntryName? {
    path.firstIndex(of: 0x2F).map { EntryName(bytes: Array(path[..<$0])) }
  }
}
