import CLinux
import Glibc

/// Moves an entry to another file system: copied, made durable, published without overwriting, then removed.
///
/// A link is made anew and never followed. Pipes, sockets and devices are made by no copy: they stay where they are.
enum EntryCopy {
  /// Folders inside a folder that is set aside.
  private static let depth = 16

  static func move(
    _ name: EntryName, _ entry: InboxEntry, from source: OpenFolder, to newName: EntryName,
    in target: OpenFolder
  ) throws(FileFailure) {
    let temporary = TemporaryName.next()
    do throws(FileFailure) {
      try copy(name, entry, from: source, to: temporary, in: target, depth: depth)
      try target.move(temporary, to: target, as: newName)
    } catch {
      try? removeTree(temporary, in: target, depth: depth)
      throw error
    }
    // The copy is on the disk, entry included, before the original goes.
    try target.sync()
    guard let now = InboxEntry(name, in: source), now.stamp.isUnchanged(from: entry.stamp) else { return }
    try removeTree(name, in: source, depth: depth)
  }

  private static func copy(
    _ name: EntryName, _ entry: InboxEntry, from source: OpenFolder, to newName: EntryName,
    in target: OpenFolder, depth: Int
  ) throws(FileFailure) {
    switch entry.kind {
    case .file: try copyFile(name, from: source, to: newName, in: target)
    case .odd(.symlink): try copyLink(name, from: source, to: newName, in: target)
    case .odd: throw FileFailure(call: "copy", code: EXDEV)
    case .folder:
      guard depth > 0 else { throw FileFailure(call: "copy", code: ELOOP) }
      guard newName.withPath({ mkdirat(target.descriptor, $0, 0o750) }) == 0 else {
        throw FileFailure(call: "mkdirat", code: errno)
      }
      let (from, to) = (try OpenFolder(name, in: source), try OpenFolder(newName, in: target))
      for inner in try from.names() {
        guard let innerEntry = InboxEntry(inner, in: from) else { continue }
        try copy(inner, innerEntry, from: from, to: inner, in: to, depth: depth - 1)
      }
      try to.sync()
    }
  }

  private static func copyFile(
    _ name: EntryName, from source: OpenFolder, to newName: EntryName, in target: OpenFolder
  ) throws(FileFailure) {
    let input = try source.openFile(name)
    defer { close(input) }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let output = newName.withPath { clinux_openat(target.descriptor, $0, flags, 0o640) }
    guard output >= 0 else { throw FileFailure(call: "openat", code: errno) }
    defer { close(output) }
    while true {
      let chunk = try OpenFolder.read(input, atMost: 256 << 10)
      if chunk.isEmpty { break }
      let failure = chunk.withUnsafeBytes { OpenFolder.writeAll($0, to: output) }
      if let failure { throw failure }
    }
    guard fsync(output) == 0 else { throw FileFailure(call: "fsync", code: errno) }
  }

  private static func copyLink(
    _ name: EntryName, from source: OpenFolder, to newName: EntryName, in target: OpenFolder
  ) throws(FileFailure) {
    var goal = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = name.withPath { readlinkat(source.descriptor, $0, &goal, Int(PATH_MAX)) }
    guard count >= 0 else { throw FileFailure(call: "readlinkat", code: errno) }
    goal[count] = 0
    guard newName.withPath({ symlinkat(goal, target.descriptor, $0) }) == 0 else {
      throw FileFailure(call: "symlinkat", code: errno)
    }
  }

  /// Removes an entry and, of a folder, what is in it; never through a link.
  private static func removeTree(_ name: EntryName, in folder: OpenFolder, depth: Int) throws(FileFailure) {
    guard let entry = InboxEntry(name, in: folder) else { return }
    guard entry.kind == .folder, depth > 0 else { return try folder.remove(name) }
    let inner = try OpenFolder(name, in: folder)
    for child in try inner.names() { try removeTree(child, in: inner, depth: depth - 1) }
    guard name.withPath({ unlinkat(folder.descriptor, $0, AT_REMOVEDIR) }) == 0 else {
      throw FileFailure(call: "unlinkat", code: errno)
    }
  }
}
