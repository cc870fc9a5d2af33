import Glibc
import TriageCore

/// A file that a department put beside its answer.
struct QueueAttachment: Sendable, Hashable {
  let folder: QueueFolder
  /// The folders from there down to the file.
  let path: [EntryName]
  let name: EntryName
  let stamp: FileStamp

  /// What it is called among the files of the case: with the folder in the case's own.
  var title: String { (path.dropFirst() + [name]).map(\.shown).joined(separator: " ") }
  /// Where it lies, for people.
  var shown: String { ([folder.rawValue] + (path + [name]).map(\.shown)).joined(separator: "/") }

  /// The folder in which it lies.
  func place(in queue: OpenQueue) throws(FileFailure) -> OpenFolder {
    var open = try queue.folder(folder)
    for name in path { open = try OpenFolder(name, in: open) }
    return open
  }

  /// Opens it for reading, if it is still the file that was seen; the caller closes the descriptor.
  func open(in queue: OpenQueue) throws(FileFailure) -> Int32? {
    let descriptor = try place(in: queue).openFile(name)
    var st = stat()
    guard fstat(descriptor, &st) == 0, FileStamp(st).isUnchanged(from: stamp) else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}

/// What a department put beside its answer, looked at when the item enters `done/`: what begins with the case's number
/// in `attachments/` and beside the answer, a file or a folder, and in such a folder one level of folders more.
///
/// Regular files only; links, devices and deeper folders are named and never opened. What desktops put there for
/// themselves is left out. The answer waits for files that programs still write.
struct QueueAttachments: Sendable, Equatable {
  /// Why a file is not taken.
  enum Reason: Sendable, Equatable { case tooLarge, tooMany, odd, empty, tooDeep }
  struct Left: Sendable, Equatable {
    /// Where it lies, for people.
    let shown: String
    let reason: Reason
  }

  private(set) var files: [QueueAttachment] = []
  /// Under the names of unfinished uploads.
  private(set) var unfinished: [QueueAttachment] = []
  /// What is not taken, and stays where it is.
  private(set) var left: [Left] = []
  /// Folders that the daemon may not enter, for people.
  private(set) var shut: [String] = []

  /// Empty when the department put nothing there.
  /// - Parameter answer: the folder in which the answer lies.
  init(
    of id: CaseID, beside answer: QueueFolder = .done, in index: AttachmentIndex
  ) throws(FileFailure) {
    // A case id is made by the daemon; a strange one names nothing.
    guard !id.rawValue.isEmpty, !id.rawValue.utf8.contains(UInt8(ascii: "/")), !id.rawValue.hasPrefix(".")
    else {
      return
    }
    for folder in [QueueFolder.attachments, answer] {
      do throws(FileFailure) {
        try look(folder, at: index.names(of: id, in: folder), in: index.queue)
      } catch {
        if error.isOfOneFolder { shut.append(folder.rawValue) } else if error.code != ENOENT { throw error }
      }
    }
  }

  private mutating func look(
    _ folder: QueueFolder, at names: [EntryName], in queue: OpenQueue
  ) throws(FileFailure) {
    let open = try queue.folder(folder)
    for name in names {
      guard let stamp = try open.stamp(of: name) else { continue }
      if stamp.isFolder {
        try enter(open, folder, [name])
      } else if folder == .attachments || stamp.isRegular && !isForm(name, in: open) {
        take(QueueAttachment(folder: folder, path: [], name: name, stamp: stamp))
      }
    }
  }

  private func isForm(_ name: EntryName, in open: OpenFolder) -> Bool {
    ItemNaming.isForm(name) || ItemNaming.item(of: name, in: open) != nil
  }

  private mutating func enter(
    _ outer: OpenFolder, _ folder: QueueFolder, _ path: [EntryName]
  ) throws(FileFailure) {
    do throws(FileFailure) {
      guard let name = path.last else { return }
      let open = try OpenFolder(name, in: outer)
      for inner in try open.names().sorted()
      where !inner.isLeaving && (!inner.isTemporary || inner.isUpload) {
        guard let stamp = try open.stamp(of: inner) else { continue }
        let file = QueueAttachment(folder: folder, path: path, name: inner, stamp: stamp)
        if !stamp.isFolder {
          take(file)
        } else if path.count == 1 {
          try enter(open, folder, path + [inner])
        } else {
          left.append(Left(shown: file.shown, reason: .tooDeep))
        }
      }
    } catch {
      guard error.isOfPermission else { throw error }
      shut.append(([folder.rawValue] + path.map(\.shown)).joined(separator: "/"))
    }
  }

  private mutating func take(_ file: QueueAttachment) {
    if file.name.isUpload {
      unfinished.append(file)
    } else if let reason = reason(against: file.stamp) {
      left.append(Left(shown: file.shown, reason: reason))
    } else {
      files.append(file)
    }
  }

  private func reason(against stamp: FileStamp) -> Reason? {
    if !stamp.isRegular { return .odd }
    if stamp.size == 0 { return .empty }
    if stamp.size > Int64(Limits.attachmentBytes) { return .tooLarge }
    return files.count >= Limits.attachmentsPerCase ? .tooMany : nil
  }

  /// Whether some of them is not complete yet; nil when all are. An upload that was broken off is given up after a
  /// while and stays where it is.
  /// - Parameter settle: nanoseconds that a file must lie unchanged.
  func wait(
    by arrivals: QueueArrivals, in queue: OpenQueue, settle: Int64
  ) throws(FileFailure) -> Readiness.Wait? {
    let patience = max(settle, Limits.uploadPatience * 1_000_000_000)
    var last: Readiness.Wait?
    let all = files.map { ($0, settle) } + unfinished.map { ($0, patience) }
    // Each folder is opened once.
    for lying in Dictionary(grouping: all, by: { [EntryName($0.0.folder.rawValue)] + $0.0.path }).values {
      guard let first = lying.first else { continue }
      let place = try first.0.place(in: queue)
      for (file, settle) in lying {
        let verdict = arrivals.judge(file, settle: settle) { Writing.ask(file.name, in: place) }
        guard case .waits(let wait) = verdict else { continue }
        let isOverdue = wait.isOverdue || last?.isOverdue == true
        last = max(wait, last ?? wait)
        last?.isOverdue = isOverdue
      }
    }
    return last
  }
}
