import Glibc
import TriageCore

/// `state/spent/`: inbox files that the ledger has, on their way to being deleted.
///
/// Deleting them one by one between the creation of queue files makes ext4 look for free inodes among those just
/// freed, again and again (`recently_deleted` took a fifth of all time). Moving them here costs a rename; they are
/// deleted when no batch is in hand. And a rename shows what was moved: a file that took the name in the last moment
/// is given back, where an unlink would have lost it.
final class SpentFiles {
  private let folder: OpenFolder

  init(state: String) throws(FileFailure) {
    let parent = try OpenFolder(path: state)
    _ = try parent.makeFolder("spent", mode: 0o700)
    folder = try OpenFolder("spent", in: parent)
  }

  /// Takes the file out of the inbox if it is the one that was recorded.
  /// - Returns: false when another file bears the name by now: it stays.
  func take(_ name: EntryName, _ expected: FileStamp, from source: OpenFolder) throws(FileFailure) -> Bool {
    let spent = Self.name(of: expected)
    do throws(FileFailure) {
      try source.move(name, to: folder, as: spent)
    } catch {
      switch error.code {
      // The inbox is on another file system.
      case EXDEV: try source.remove(name)
      // Left from before a crash that undid the removal and not this.
      case EEXIST: try source.remove(name)
      default: throw error
      }
      return true
    }
    if let moved = try folder.stamp(of: spent), !moved.isUnchanged(from: expected) {
      try folder.move(spent, to: source, as: name)
      return false
    }
    return true
  }

  /// Deletes what lies here and is what its name says: that is in the ledger, so a failure or a crash only leaves it
  /// for the next time. Anything else was moved here in place of a recorded file by a process that died before it
  /// could give it back: it goes back into the inbox.
  func empty(givingBackTo inbox: String) {
    for name in (try? folder.names()) ?? [] {
      guard let stamp = try? folder.stamp(of: name) else { continue }
      if Self.name(of: stamp) == name {
        try? folder.remove(name)
      } else if let inbox = try? OpenFolder(path: inbox) {
        try? folder.move(name, to: inbox, as: EntryName("given-back-\(stamp.inode)"))
        try? inbox.sync()
      }
    }
  }

  private static func name(of stamp: FileStamp) -> EntryName {
    EntryName("\(stamp.device)-\(stamp.inode)-\(stamp.mtimeNanos)")
  }
}
