import Glibc
import TriageCore

enum MoveOutcome: Sendable, Equatable {
  /// Under this name.
  case moved(EntryName)
  /// A clerk moved or changed it since it was seen: look again.
  case changed
  case failed(FileFailure)
}

/// Moves files between the folders of one queue while clerks do the same: without overwriting, and only the inode
/// that was seen. `sync` makes the moves durable; an effect may be marked after it.
final class ItemMover {
  private let queue: OpenQueue
  private var touched: Set<QueueFolder> = []

  init(_ queue: OpenQueue) { self.queue = queue }

  /// - Parameter name: the name it gets; nil keeps its own. Where the name is taken a number is added.
  func move(_ entry: QueueEntry, to folder: QueueFolder, as name: EntryName? = nil) -> MoveOutcome {
    do throws(FileFailure) {
      let source = try queue.folder(entry.folder)
      let target = try queue.folderMade(folder)
      guard let now = try source.stamp(of: entry.name), now.isSameFile(as: entry.stamp) else {
        return .changed
      }
      let new = try rename(entry.name, in: source, to: target, as: name ?? entry.name)
      touched.formUnion([entry.folder, folder])
      // Between the look and the rename another file may have taken the name: give it back.
      if let moved = try target.stamp(of: new), !moved.isSameFile(as: entry.stamp) {
        try target.move(new, to: source, as: entry.name)
        return .changed
      }
      return .moved(new)
    } catch {
      return error.code == ENOENT ? .changed : .failed(error)
    }
  }

  /// Puts a file that lies in this queue into the queue of the department that it belongs to.
  func move(_ entry: QueueEntry, to folder: QueueFolder, of owner: OpenQueue, as name: EntryName)
    -> MoveOutcome
  {
    do throws(FileFailure) {
      let source = try queue.folder(entry.folder)
      let target = try owner.folderMade(folder)
      guard let now = try source.stamp(of: entry.name), now.isSameFile(as: entry.stamp) else {
        return .changed
      }
      let new: EntryName
      do throws(FileFailure) {
        new = try rename(entry.name, in: source, to: target, as: name)
      } catch {
        guard error.code == EXDEV else { throw error }
        new = try copy(entry, from: source, to: target, as: name)
      }
      try target.sync()
      touched.insert(entry.folder)
      return .moved(new)
    } catch {
      return error.code == ENOENT ? .changed : .failed(error)
    }
  }

  /// Takes a file out of a folder that somebody made; the folder goes when nothing is left in it.
  func lift(_ entry: QueueEntry, from nest: QueueNest, to folder: QueueFolder) -> MoveOutcome {
    do throws(FileFailure) {
      let outer = try queue.folder(nest.folder)
      let source = try OpenFolder(nest.name, in: outer)
      let target = try queue.folderMade(folder)
      guard let now = try source.stamp(of: entry.name), now.isSameFile(as: entry.stamp) else {
        return .changed
      }
      let new = try rename(entry.name, in: source, to: target, as: entry.name)
      try source.sync()
      touched.formUnion([nest.folder, folder])
      // Refused where something is left.
      try? outer.removeFolder(nest.name)
      return .moved(new)
    } catch {
      return error.code == ENOENT ? .changed : .failed(error)
    }
  }

  /// Takes a note of the daemon's own out of the way that has served: removed, or where somebody wrote in it kept.
  func clear(note entry: QueueEntry) {
    guard let folder = try? queue.folder(entry.folder), let now = try? folder.stamp(of: entry.name),
      now.isSameFile(as: entry.stamp)
    else { return }
    if now.size <= Int64(Limits.replyBytes),
      let bytes = try? folder.read(entry.name, atMost: Limits.replyBytes), Seal.isIntact(bytes)
    {
      try? folder.remove(entry.name)
    } else {
      _ = move(entry, to: .notices)
    }
  }

  /// - Returns: nil when all moves so far are on disk.
  func sync() -> FileFailure? {
    for folder in touched {
      do {
        try queue.folder(folder).sync()
      } catch {
        return error
      }
    }
    touched = []
    return nil
  }

  private func rename(
    _ name: EntryName, in source: OpenFolder, to target: OpenFolder, as wanted: EntryName
  ) throws(FileFailure) -> EntryName {
    for number in 1...1000 {
      let new = number == 1 ? wanted : wanted.numbered(number)
      if source === target, new == name { return name }
      do {
        try source.move(name, to: target, as: new)
        return new
      } catch {
        if error.code != EEXIST { throw error }
      }
    }
    throw FileFailure(call: "renameat2", code: EEXIST)
  }

  /// To a queue on another file system: the copy is durable and has its name before the original is removed.
  private func copy(
    _ entry: QueueEntry, from source: OpenFolder, to target: OpenFolder, as wanted: EntryName
  ) throws(FileFailure) -> EntryName {
    let bytes = try source.read(entry.name, atMost: Limits.replyBytes + 1)
    guard bytes.count <= Limits.replyBytes else { throw FileFailure(call: "read", code: EFBIG) }
    let temporary = TemporaryName.next()
    try target.write(bytes, as: temporary, mode: QueuePublisher.mode, durable: true)
    let new = try rename(temporary, in: target, to: target, as: wanted)
    try target.sync()
    if let now = try source.stamp(of: entry.name), now.isUnchanged(from: entry.stamp) {
      try source.remove(entry.name)
    }
    return new
  }
}

extension EntryName {
  /// `NAME (2).yaml`, cut to the 255 bytes that file systems allow.
  func numbered(_ number: Int) -> EntryName {
    let dot = bytes.lastIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
    let tail = Array(" (\(number))".utf8) + bytes[dot...].prefix(32)
    return EntryName(bytes: Array(bytes[..<dot].prefix(255 - tail.count)) + tail)
  }
}
