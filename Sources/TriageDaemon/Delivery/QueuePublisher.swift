import CLinux
import Glibc
import TriageCore
import TriageLedger

/// A file to be put into a queue.
struct QueueFile: Sendable {
  enum Place: Sendable, Hashable {
    case folder(QueueFolder)
    /// Where an item of this case lies: a notice is found beside what it speaks of. Else in `new/`.
    case beside(CaseID)
    /// `attachments/CASE-ID/`.
    case attachments(CaseID)
  }
  enum Policy: Sendable, Hashable {
    /// An item that is put there for the first time by this process: only the name in its folder is looked at.
    case first
    /// An item that may have been put there before: looked for by its id in all folders of the queue.
    case again
    /// Takes the place of what bears the name; not written when the content is the same.
    case replace
    /// As `replace`; where somebody else wrote in the file that lies there (`Seal`), that is kept in this folder.
    case revise(keeping: QueueFolder)
    /// A file of the case: not written where one of its name, or of its name with a number, holds the same.
    case once
  }

  var place: Place
  var name: EntryName
  var content: FileContent
  /// The item that the file is; nil for all other files.
  var item: ItemID?
  var policy: Policy

  init(_ place: Place, name: String, bytes: [UInt8], item: ItemID? = nil, policy: Policy = .again) {
    self.init(place, name: EntryName(name), content: .bytes(bytes), item: item, policy: policy)
  }

  init(_ place: Place, name: EntryName, content: FileContent, item: ItemID? = nil, policy: Policy) {
    self.place = place
    self.name = name
    self.content = content
    self.item = item
    self.policy = policy
  }
}

enum PublishOutcome: Sendable, Equatable {
  /// The file and its name are on disk.
  case published
  /// The same, under another name: something else, that is not the daemon's to remove, bears its own.
  case publishedAs(EntryName)
  /// It was there before; nothing was written.
  case alreadyThere(QueueFolder)
  /// The original that was to be copied cannot be read. Trying again mends nothing.
  case originalGone
  case failed(FileFailure)

  var isNew: Bool {
    switch self {
    case .published, .publishedAs: true
    case .alreadyThere, .originalGone, .failed: false
    }
  }
}

/// Puts files into one queue by the protocol of DESIGN.md section 3: written under a temporary name in the folder
/// itself, made durable together, given their names without overwriting, the folders made durable.
///
/// When `publish` returns `published`, a power cut leaves the file there whole. Killed at any point it leaves at
/// most temporary files, which `QueueSetup` sweeps at the next start, and files that a second call finds by their id,
/// or by their content.
struct QueuePublisher {
  static let mode: UInt32 = 0o660
  /// So many names are tried where others are taken by what is no file of the daemon's.
  static let names = 1...Limits.namesTried

  private let queue: OpenQueue
  private let syncsTogether: Bool

  init(_ queue: OpenQueue) {
    self.queue = queue
    syncsTogether = FileSystem(clinux_fs_type_of(queue.top.descriptor)).syncsAsOne
  }

  /// An item that was put there under its own name, as it was before anybody could see it.
  struct Delivered {
    let item: ItemID
    let folder: QueueFolder
    let name: EntryName
    let stamp: FileStamp
  }

  /// - Parameter note: told of each item that got its name.
  /// - Returns: one outcome for each file, in their order. Names are given in that order too.
  func publish(_ files: [QueueFile], note: (Delivered) -> Void = { _ in }) -> [PublishOutcome] {
    var presence = QueuePresence(queue)
    var outcomes = [PublishOutcome?](repeating: nil, count: files.count)
    var written: [Written] = []
    var found: [(index: Int, folder: OpenFolder)] = []
    for (index, file) in files.enumerated() {
      do throws(FileFailure) {
        let spot = try spot(of: file, &presence)
        if let known = try presence.find(file, at: spot) {
          outcomes[index] = .alreadyThere(known)
          // What a killed process put there may not be on the disk yet.
          if file.policy != .replace {
            found.append((index, known == .attachments ? spot.open : try queue.folder(known)))
          }
        } else {
          written.append(try write(file, at: spot, index: index, durable: false))
        }
      } catch {
        outcomes[index] = Self.outcome(of: error)
      }
    }
    makeDurable(&written, files, &outcomes)
    let named = giveNames(written, files, &outcomes, note)
    sync(found + named, &outcomes)
    return outcomes.map { $0 ?? .failed(FileFailure(call: "publish", code: EIO)) }
  }

  private static func outcome(of failure: FileFailure) -> PublishOutcome {
    failure.call == FileContent.sourceCall ? .originalGone : .failed(failure)
  }

  /// Where a file goes, and where it lies while it is written: a folder in which temporary files are swept.
  struct Spot {
    let folder: QueueFolder
    let open: OpenFolder
    let staging: OpenFolder
  }

  private struct Written {
    let index: Int
    let spot: Spot
    var temporary: EntryName
  }

  private func spot(of file: QueueFile, _ presence: inout QueuePresence) throws(FileFailure) -> Spot {
    let folder: QueueFolder
    switch file.place {
    case .attachments(let id):
      return Spot(
        folder: .attachments, open: try queue.attachmentsMade(of: id),
        staging: try queue.folderMade(.attachments))
    case .folder(let wanted): folder = wanted
    case .beside(let id): folder = try presence.folder(beside: id, for: file.name)
    }
    let open = try queue.folderMade(folder)
    return Spot(folder: folder, open: open, staging: open)
  }

  private func write(
    _ file: QueueFile, at spot: Spot, index: Int, durable: Bool
  ) throws(FileFailure) -> Written {
    let temporary = TemporaryName.next()
    try spot.staging.write(file.content, as: temporary, mode: Self.mode, durable: durable)
    return Written(index: index, spot: spot, temporary: temporary)
  }

  /// The first crash argument: no name appears before its content is on disk.
  private func makeDurable(
    _ written: inout [Written], _ files: [QueueFile], _ outcomes: inout [PublishOutcome?]
  ) {
    guard !written.isEmpty else { return }
    // The descriptor was opened before the writing, so an error since then is reported here (syncfs(2)).
    if syncsTogether, written.count >= Limits.syncTogether, clinux_syncfs(queue.top.descriptor) == 0 {
      return
    }
    let together = syncsTogether && written.count >= Limits.syncTogether
    var durable: [Written] = []
    for entry in written {
      // After a failed syncfs nobody knows which file it was: all are written anew, on new descriptors.
      if !together, Self.sync(entry) {
        durable.append(entry)
        continue
      }
      try? entry.spot.staging.remove(entry.temporary)
      do {
        durable.append(try write(files[entry.index], at: entry.spot, index: entry.index, durable: true))
      } catch {
        outcomes[entry.index] = Self.outcome(of: error)
      }
    }
    written = durable
  }

  /// fsync(2) on a second descriptor writes out the same pages; an error met since the file was opened for writing
  /// is seen by it as well, for nobody has been told yet (errseq, Linux 4.13).
  private static func sync(_ entry: Written) -> Bool {
    guard let file = try? entry.spot.staging.openFile(entry.temporary) else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }

  private func giveNames(
    _ written: [Written], _ files: [QueueFile], _ outcomes: inout [PublishOutcome?],
    _ note: (Delivered) -> Void
  ) -> [(index: Int, folder: OpenFolder)] {
    var named: [(index: Int, folder: OpenFolder)] = []
    for entry in written {
      do throws(FileFailure) {
        let file = files[entry.index]
        let stamp = file.item == nil ? nil : try entry.spot.staging.stamp(of: entry.temporary)
        let outcome = try giveName(entry, file)
        outcomes[entry.index] = outcome
        if outcome == .published, let item = file.item, let stamp {
          note(Delivered(item: item, folder: entry.spot.folder, name: file.name, stamp: stamp))
        }
        named.append((entry.index, entry.spot.open))
      } catch {
        outcomes[entry.index] = .failed(error)
      }
      if outcomes[entry.index]?.isNew != true { try? entry.spot.staging.remove(entry.temporary) }
    }
    return named
  }

  private func giveName(_ entry: Written, _ file: QueueFile) throws(FileFailure) -> PublishOutcome {
    let (open, staging) = (entry.spot.open, entry.spot.staging)
    for number in Self.names {
      let name = number == 1 ? file.name : file.name.numbered(number)
      let done: PublishOutcome = number == 1 ? .published : .publishedAs(name)
      switch file.policy {
      case .replace, .revise:
        // A folder cannot be replaced, and is not the daemon's to remove.
        if try open.stamp(of: name)?.isFolder == true { continue }
        if case .revise(let keeping) = file.policy { try keepAside(name, in: open, keeping) }
        try open.replace(entry.temporary, as: name)
        return done
      case .first, .again, .once:
        do throws(FileFailure) {
          try staging.move(entry.temporary, to: open, as: name)
          return done
        } catch {
          if error.code != EEXIST { throw error }
        }
        // The very file from before a crash, or something else of that name: a folder, a link, somebody's own file.
        if try isThere(file, as: name, in: open) { return .alreadyThere(entry.spot.folder) }
      }
    }
    throw FileFailure(call: "renameat2", code: EEXIST)
  }

  private func isThere(_ file: QueueFile, as name: EntryName, in open: OpenFolder) throws(FileFailure) -> Bool
  {
    guard let item = file.item else { return try open.holds(file.content, as: name) }
    return try open.stamp(of: name)?.isRegular == true && ItemNaming.item(of: name, in: open) == item
  }

  /// Puts aside what somebody made of the daemon's file.
  private func keepAside(_ name: EntryName, in open: OpenFolder, _ keeping: QueueFolder) throws(FileFailure) {
    guard let stamp = try open.stamp(of: name) else { return }
    if stamp.isRegular, stamp.size <= Int64(Limits.listBytes),
      Seal.isIntact(try open.read(name, atMost: Limits.listBytes))
    {
      return
    }
    let folder = try queue.folderMade(keeping)
    for number in Self.names {
      do throws(FileFailure) {
        try open.move(name, to: folder, as: number == 1 ? name : name.numbered(number))
        return try folder.sync()
      } catch {
        if error.code != EEXIST { throw error }
      }
    }
    throw FileFailure(call: "renameat2", code: EEXIST)
  }

  /// The second crash argument: the names are on disk before the ledger marks the effects.
  private func sync(
    _ entries: [(index: Int, folder: OpenFolder)], _ outcomes: inout [PublishOutcome?]
  ) {
    for (_, same) in Dictionary(grouping: entries, by: { ObjectIdentifier($0.folder) }) {
      do {
        try same.first?.folder.sync()
      } catch {
        // The files stay; the next call finds them by their ids and syncs their folder again.
        for entry in same { outcomes[entry.index] = .failed(error) }
      }
    }
  }
}
