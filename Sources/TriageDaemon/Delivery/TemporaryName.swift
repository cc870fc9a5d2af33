import Glibc
import Synchronization

/// Names for files that are being written; hidden, and known to be the daemon's own.
enum TemporaryName {
  static let prefix = ".triaged-"
  private static let number = Atomic<UInt64>(0)

  /// Not given twice in one process, whatever thread asks.
  static func next() -> EntryName {
    EntryName("\(mine)\(number.add(1, ordering: .relaxed).newValue).tmp")
  }

  private static let mine = "\(prefix)\(getpid())-"

  /// Whether this process made the name; another command of the same program is another process.
  static func isMine(_ name: EntryName) -> Bool { name.bytes.starts(with: mine.utf8) }

  static func isOurs(_ name: EntryName) -> Bool {
    name.bytes.starts(with: prefix.utf8) && name.hasSuffix(".tmp")
  }
}

extension OpenFolder {
  /// Removes temporary files of a daemon that was killed: only one daemon runs on a root, so they are nobody's.
  func removeTemporary() {
    for name in (try? names()) ?? [] where TemporaryName.isOurs(name) { try? remove(name) }
  }
}
