extension EntryName {
  /// What the daemon leaves alone in a channel while it bears this name: still written, or a program's bookkeeping.
  var waits: Bool { isTemporary || isLeaving }

  /// What desktops, file servers and office programs put beside people's files, by names that nobody gives to a file
  /// of his own: never a case, nothing of one, and no loss when it goes with the folder of a case.
  var isLeaving: Bool {
    let low = lowered
    if Self.leavings.contains(low) { return true }
    // `._x` is what macOS keeps beside `x`, `~$x` and `.~lock.x#` are the locks of office programs, `.#x` that of Emacs.
    return Self.leavingBeginnings.contains { low.count > $0.count && low.starts(with: $0) }
  }

  var isDotted: Bool { bytes.first == UInt8(ascii: ".") }

  /// In the folder of a case: it bears the name of a file that is still being brought there. An editor's `x~` and
  /// what is left of its `.x.swp` are files like others there.
  var isUnfinished: Bool {
    isDotted ? EntryName(bytes: Array(bytes.drop { $0 == UInt8(ascii: ".") })).isUpload : isUpload
  }

  private static let leavings: Set<[UInt8]> = Set(
    [
      ".ds_store", ".localized", ".directory", ".hidden", ".apdisk", ".appledouble", ".spotlight-v100",
      ".trashes", ".fseventsd", ".temporaryitems", ".thumbnails", "__macosx", "thumbs.db", "ehthumbs.db",
      "desktop.ini",
    ].map { Array($0.utf8) })
  private static let leavingBeginnings = ["._", "~$", ".~lock.", ".#"].map { Array($0.utf8) }
}

extension OpenFolder {
  /// Whether nothing in the entry is anybody's file: a leaving, or a folder of such with nothing but leavings in it.
  func isLeaving(_ name: EntryName, _ entry: InboxEntry, depth: Int = 0) -> Bool {
    guard name.isLeaving, depth < 8 else { return false }
    switch entry.kind {
    case .file, .odd(.symlink): return true
    case .odd: return false
    case .folder:
      guard let inner = try? OpenFolder(name, in: self), let names = try? inner.names() else { return false }
      return names.allSatisfy { name in
        InboxEntry(name, in: inner).map { inner.isLeaving(name, $0, depth: depth + 1) } ?? true
      }
    }
  }

  /// Removes a leaving, with what lies in it where it is a folder.
  func removeLeaving(_ name: EntryName) throws(FileFailure) {
    guard let entry = InboxEntry(name, in: self), isLeaving(name, entry) else { return }
    guard entry.kind == .folder else { return try remove(name) }
    let inner = try OpenFolder(name, in: self)
    for name in try inner.names() { try inner.removeLeaving(name) }
    try removeFolder(name)
  }
}
