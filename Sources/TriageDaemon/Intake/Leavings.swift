import TriageCore

extension EntryName {
  /// What the daemon leaves alone while it bears this name: still written, or a program's bookkeeping.
  var waits: Bool { isTemporary || isLeaving }

  /// What desktops and file servers put beside people's files: never a case, nothing of one, and no loss when it goes
  /// with the folder of a case.
  var isLeaving: Bool { DesktopLeavings.contains(lowered) }

  var isDotted: Bool { bytes.first == UInt8(ascii: ".") }

  /// In the folder of a case: it bears the name of a file that is still being brought there. An editor's `x~` and
  /// what is left of its `.x.swp` are files like others there.
  var isUnfinished: Bool {
    isDotted ? EntryName(bytes: Array(bytes.drop { $0 == UInt8(ascii: ".") })).isUpload : isUpload
  }
}

extension OpenFolder {
  /// Whether nothing in the entry is anybody's file: a leaving, or a folder of such with nothing but leavings in it.
  /// - Parameter isInside: it lies in a folder in which everything is the server's own.
  func isLeaving(_ name: EntryName, _ entry: InboxEntry, isInside: Bool = false, depth: Int = 0) -> Bool {
    guard isInside || name.isLeaving, depth < 8 else { return false }
    switch entry.kind {
    case .file, .odd(.symlink): return true
    case .odd: return false
    case .folder:
      let isServers = isInside || DesktopLeavings.isFilledByServer(name.lowered)
      guard let inner = try? OpenFolder(name, in: self), let names = try? inner.names() else { return false }
      return names.allSatisfy { name in
        InboxEntry(name, in: inner).map {
          inner.isLeaving(name, $0, isInside: isServers, depth: depth + 1)
        } ?? true
      }
    }
  }

  /// Removes a leaving, with what lies in it where it is a folder.
  func removeLeaving(_ name: EntryName, isInside: Bool = false) throws(FileFailure) {
    guard let entry = InboxEntry(name, in: self), isLeaving(name, entry, isInside: isInside) else { return }
    guard entry.kind == .folder else { return try remove(name) }
    let isServers = isInside || DesktopLeavings.isFilledByServer(name.lowered)
    let inner = try OpenFolder(name, in: self)
    for name in try inner.names() { try inner.removeLeaving(name, isInside: isServers) }
    try removeFolder(name)
  }
}
