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
  /// - Returns: `changed` when another file bears the name by now: it stays; `written` while it cannot be moved here and
  ///   somebody has it open for writing.
  func take(
    _ name: EntryName, _ expected: FileStamp, from source: OpenFolder
  ) throws(FileFailure) -> RemovalOutcome {
    let spent = Self.name(of: expected)
    do throws(FileFailure) {
      try source.move(name, to: folder, as: spent)
    } catch {
      switch error.code {
      // The inbox is on another file system; or left from before a crash that undid the removal and not this. It is
      // deleted at once: whoever still writes would write for nobody.
      case EXDEV, EEXIST:
        if Writing.ask(name, in: source) == .somebody { return .written }
        try source.remove(name)
      default: throw error
      }
      return .removed
    }
    if let moved = try folder.stamp(of: spent), !moved.isUnchanged(from: expected) {
      try folder.move(spent, to: source, as: name)
      return .changed
    }
    return .removed
  }

  /// Deletes what lies here and is what its name says: that is in the ledger, so a failure or a crash only leaves it
  /// for the next time. Anything else was moved here in place of a recorded file by a process that died before it
  /// could give it back, or was written to since by somebody who had it open: it goes back into the inbox. What somebody
  /// has open for writing waits for its closing.
  /// - Returns: whether nothing is left to be deleted later.
  func empty(givingBackTo inbox: String) -> Bool {
    var isEmpty = true
    for name in (try? folder.names()) ?? [] {
      if Writing.ask(name, in: folder) == .somebody {
        isEmpty = false
        continue
      }
      guard let stamp = try? folder.stamp(of: name) else { continue }
      if Self.name(of: stamp) == name {
        try? folder.remove(name)
      } else if let inbox = try? OpenFolder(path: inbox) {
        try? folder.move(name, to: inbox, as: EntryName("given-back-\(stamp.inode)"))
        try? inbox.sync()
      }
    }
    return isEmpty
  }

  private static func name(of stamp: FileStamp) -> EntryName {
    EntryName("\(stamp.device)-\(stamp.inode)-\(stamp.mtimeNanos)")
  }
}
