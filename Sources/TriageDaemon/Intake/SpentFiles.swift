import Glibc
import TriageCore

/// `state/spent/`: inbox files that the ledger has, on their way to being deleted.
///
/// Deleting them one by one between the creation of queue files makes ext4 look for free inodes among those just
/// freed, again and again (`recently_deleted` took a fifth of all time). Moving them here costs a rename; they are
/// deleted when no batch is in hand. And a rename shows what was moved: a file that took the name in the last moment
/// is given back, where an unlink would have lost it.
///
/// What comes from a channel lies in a folder of the channel's name, and keeps the ending of its name: what goes back is
/// what it was.
final class SpentFiles {
  private let folder: OpenFolder
  private let asking: (EntryName, OpenFolder) -> Writing
  private var channels: [EntryName: OpenFolder] = [:]

  /// - Parameter asking: tells whether somebody writes a file.
  init(
    state: String, asking: @escaping (EntryName, OpenFolder) -> Writing = { Writing.ask($0, in: $1) }
  ) throws(FileFailure) {
    self.asking = asking
    let parent = try OpenFolder(path: state)
    _ = try parent.makeFolder("spent", mode: 0o700)
    folder = try OpenFolder("spent", in: parent)
  }

  /// Takes the file out of the inbox if it is the one that was recorded.
  /// - Parameter channel: its folder in the inbox; nil for what lies in the inbox itself.
  /// - Returns: `changed` when another file bears the name by now: it stays; `written` while it cannot be moved here and
  ///   somebody has it open for writing.
  func take(
    _ name: EntryName, _ expected: FileStamp, from source: OpenFolder, channel: EntryName?
  ) throws(FileFailure) -> RemovalOutcome {
    let folder = try folder(of: channel)
    let spent = Self.name(of: expected, ending: name.ending)
    do throws(FileFailure) {
      try source.move(name, to: folder, as: spent)
    } catch {
      switch error.code {
      // The inbox is on another file system; or left from before a crash that undid the removal and not this. It is
      // deleted at once: whoever still writes would write for nobody.
      case EXDEV, EEXIST:
        if asking(name, source) == .somebody { return .written }
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

  private func folder(of channel: EntryName?) throws(FileFailure) -> OpenFolder {
    guard let channel else { return folder }
    if let open = channels[channel] { return open }
    try folder.makeFolder(channel, mode: 0o700)
    let open = try OpenFolder(channel, in: folder)
    channels[channel] = open
    return open
  }

  /// Deletes what lies here and is what its name says: that is in the ledger, so a failure or a crash only leaves it
  /// for the next time. Anything else was moved here in place of a recorded file by a process that died before it
  /// could give it back, or was written to since by somebody who had it open: it goes back into its channel. What somebody
  /// has open for writing waits for its closing.
  /// - Parameter inbox: asked for where something goes back into a channel, or into the inbox itself; nil while that is not
  ///   there.
  /// - Returns: whether nothing is left to be deleted later.
  func empty(givingBackTo inbox: (_ channel: EntryName?) -> OpenFolder?) -> Bool {
    var isEmpty = true
    func tryEach(in folder: OpenFolder, _ step: (EntryName) throws(FileFailure) -> Bool) {
      do throws(FileFailure) {
        for name in try folder.names() {
          do throws(FileFailure) { isEmpty = try step(name) && isEmpty } catch { isEmpty = false }
        }
      } catch {
        isEmpty = false
      }
    }
    tryEach(in: folder) { (name) throws(FileFailure) in
      guard let stamp = try folder.stamp(of: name) else { return true }
      guard stamp.isFolder else { return try end(name, stamp, in: folder, of: nil, inbox) }
      let inner = try OpenFolder(name, in: folder)
      tryEach(in: inner) { (spent) throws(FileFailure) in
        guard let stamp = try inner.stamp(of: spent) else { return true }
        return try end(spent, stamp, in: inner, of: name, inbox)
      }
      return true
    }
    return isEmpty
  }

  /// - Returns: false where it stays for now.
  private func end(
    _ name: EntryName, _ stamp: FileStamp, in folder: OpenFolder, of channel: EntryName?,
    _ inbox: (EntryName?) -> OpenFolder?
  ) throws(FileFailure) -> Bool {
    if asking(name, folder) == .somebody { return false }
    if Self.name(of: stamp, ending: name.ending) == name {
      try folder.remove(name)
      return true
    }
    guard var target = inbox(channel) else { return false }
    if let channel {
      try target.makeFolder(channel)
      target = try OpenFolder(channel, in: target)
    }
    try folder.move(
      name, to: target, as: EntryName(bytes: Array("given-back-\(stamp.inode)".utf8) + name.ending))
    try target.sync()
    return true
  }

  private static func name(of stamp: FileStamp, ending: [UInt8]) -> EntryName {
    EntryName(bytes: Array("\(stamp.device)-\(stamp.inode)-\(stamp.mtimeNanos)".utf8) + ending)
  }
}

extension EntryName {
  /// From its last dot on; empty where that tells nothing.
  fileprivate var ending: [UInt8] {
    guard let dot = bytes.lastIndex(of: 0x2E), dot > 0, bytes.count - dot <= 16 else { return [] }
    return Array(bytes[dot...])
  }
}
