import CLinux
import Glibc
import TriageCore

/// A file to be put into a queue.
struct QueueFile: Sendable {
  enum Place: Sendable, Hashable {
    case folder(QueueFolder)
    /// Where an item of this case lies: a notice is found beside what it speaks of. Else in `new/`.
    case beside(CaseID)
  }
  enum Policy: Sendable, Hashable {
    /// Put there for the first time by this process: only the name in its folder is looked at.
    case first
    /// May have been put there before a crash: looked for by its id in all folders of the queue.
    case again
    /// Takes the place of what bears the name; not written when the content is the same.
    case replace
    /// As `replace`, with what the present file says kept and only the lines added that it does not have.
    case complete

    var overwrites: Bool { self == .replace || self == .complete }
  }

  var place: Place
  var name: EntryName
  var bytes: [UInt8]
  /// The item that the file is; nil for notices, reminders, worklists.
  var item: ItemID?
  var policy: Policy

  init(_ place: Place, name: String, bytes: [UInt8], item: ItemID? = nil, policy: Policy = .again) {
    self.init(place, name: EntryName(name), bytes: bytes, item: item, policy: policy)
  }

  init(_ place: Place, name: EntryName, bytes: [UInt8], item: ItemID? = nil, policy: Policy = .again) {
    self.place = place
    self.name = name
    self.bytes = bytes
    self.item = item
    self.policy = policy
  }
}

enum PublishOutcome: Sendable, Equatable {
  /// The file and its name are on disk.
  case published
  /// It was there before; nothing was written.
  case alreadyThere(QueueFolder)
  /// Nothing was written into this queue; it is tried again when the share is back.
  case shareGone
  case failed(FileFailure)
}

/// Puts files into one queue by the protocol of DESIGN.md section 3: written under a temporary name in the folder
/// itself, made durable together, given their names without overwriting, the folders made durable.
///
/// When `publish` returns `published`, a power cut leaves the file there whole. Killed at any point it leaves at
/// most temporary files, which `QueueSetup` sweeps at the next start, and files that a second call finds by their id.
struct QueuePublisher {
  /// From so many files on one syncfs(2) costs less than an fsync(2) each.
  static let syncTogether = 4
  static let mode: UInt32 = 0o660

  private let queue: OpenQueue
  private let syncsTogether: Bool

  init(_ queue: OpenQueue) {
    self.queue = queue
    // syncfs(2) reports write errors, and reaches the server, only where the file system does its own writing.
    let local: Set<UInt64> = [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0xF2F5_2010]
    syncsTogether = local.contains(clinux_fs_type(queue.path))
  }

  /// - Returns: one outcome for each file, in their order.
  func publish(_ wanted: [QueueFile]) -> [PublishOutcome] {
    var files = wanted
    var presence = QueuePresence(queue)
    var outcomes = [PublishOutcome?](repeating: nil, count: files.count)
    var written: [Written] = []
    for index in files.indices {
      do {
        let folder = try presence.folder(for: files[index].place)
        let file = try presence.completed(files[index], in: folder)
        files[index] = file
        if let known = try presence.find(file, in: folder) {
          outcomes[index] = .alreadyThere(known)
        } else {
          written.append(try write(file, in: folder, index: index, durable: false))
        }
      } catch {
        outcomes[index] = .failed(error)
      }
    }
    makeDurable(&written, files, &outcomes)
    giveNames(written, files, &outcomes)
    return outcomes.map { $0 ?? .failed(FileFailure(call: "publish", code: EIO)) }
  }

  private struct Written {
    let index: Int
    let folder: QueueFolder
    let open: OpenFolder
    var temporary: EntryName
  }

  private func write(
    _ file: QueueFile, in folder: QueueFolder, index: Int, durable: Bool
  ) throws(FileFailure) -> Written {
    let open = try queue.folderMade(folder)
    let temporary = TemporaryName.next()
    try open.write(file.bytes, as: temporary, mode: Self.mode, durable: durable)
    return Written(index: index, folder: folder, open: open, temporary: temporary)
  }

  /// The first crash argument: no name appears before its content is on disk.
  private func makeDurable(
    _ written: inout [Written], _ files: [QueueFile], _ outcomes: inout [PublishOutcome?]
  ) {
    guard !written.isEmpty else { return }
    // The descriptor was opened before the writing, so an error since then is reported here (syncfs(2)).
    if syncsTogether, written.count >= Self.syncTogether, clinux_syncfs(queue.top.descriptor) == 0 { return }
    let together = syncsTogether && written.count >= Self.syncTogether
    var durable: [Written] = []
    for entry in written {
      // After a failed syncfs nobody knows which file it was: all are written anew, on new descriptors.
      if !together, Self.sync(entry) {
        durable.append(entry)
        continue
      }
      try? entry.open.remove(entry.temporary)
      do {
        durable.append(try write(files[entry.index], in: entry.folder, index: entry.index, durable: true))
      } catch {
        outcomes[entry.index] = .failed(error)
      }
    }
    written = durable
  }

  /// fsync(2) on a second descriptor writes out the same pages; an error met since the file was opened for writing
  /// is seen by it as well, for nobody has been told yet (errseq, Linux 4.13).
  private static func sync(_ entry: Written) -> Bool {
    guard let file = try? entry.open.openFile(entry.temporary) else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }

  private func giveNames(
    _ written: [Written], _ files: [QueueFile], _ outcomes: inout [PublishOutcome?]
  ) {
    var touched: [QueueFolder: OpenFolder] = [:]
    for entry in written {
      let file = files[entry.index]
      do {
        if file.policy.overwrites {
          try entry.open.replace(entry.temporary, as: file.name)
        } else {
          try entry.open.move(entry.temporary, to: entry.open, as: file.name)
        }
        touched[entry.folder] = entry.open
        outcomes[entry.index] = .published
      } catch {
        try? entry.open.remove(entry.temporary)
        // The name is taken: names are unique, so it is this very file from before a crash.
        outcomes[entry.index] = error.code == EEXIST ? .alreadyThere(entry.folder) : .failed(error)
        if error.code == EEXIST { touched[entry.folder] = entry.open }
      }
    }
    syncFolders(touched, written, &outcomes)
  }

  /// The second crash argument: the names are on disk before the ledger marks the effects.
  private func syncFolders(
    _ touched: [QueueFolder: OpenFolder], _ written: [Written], _ outcomes: inout [PublishOutcome?]
  ) {
    for (folder, open) in touched {
      do {
        try open.sync()
      } catch {
        // The files stay; the next call finds them by their ids and syncs their folder again.
        for entry in written where entry.folder == folder { outcomes[entry.index] = .failed(error) }
      }
    }
  }
}
