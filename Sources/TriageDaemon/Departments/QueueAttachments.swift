import Glibc
import TriageCore

/// A file that a department put beside its answer, in `attachments/CASE-ID/`.
struct QueueAttachment: Sendable, Hashable {
  let name: EntryName
  let stamp: FileStamp
}

/// What lies in `attachments/CASE-ID/` when the item enters `done/`.
///
/// Regular files only; links, devices and folders are counted and never opened. The answer waits for files that
/// programs still write.
struct QueueAttachments: Sendable, Equatable {
  private(set) var files: [QueueAttachment] = []
  /// Larger than `Limits.attachmentBytes`.
  private(set) var tooLarge: [EntryName] = []
  /// Under the names of unfinished uploads.
  private(set) var unfinished: [QueueAttachment] = []
  /// No regular files.
  private(set) var odd: [EntryName] = []
  /// There are more than `Limits.attachmentsPerCase`; the rest is left.
  private(set) var isCutShort = false

  /// Empty when the department made no such folder.
  init(of id: CaseID, in queue: OpenQueue) throws(FileFailure) {
    guard let folder = try Self.folder(of: id, in: queue) else { return }
    for name in try folder.names().sorted() where !name.isTemporary || name.isUpload {
      guard let stamp = try folder.stamp(of: name) else { continue }
      if name.isUpload {
        unfinished.append(QueueAttachment(name: name, stamp: stamp))
      } else if !stamp.isRegular {
        odd.append(name)
      } else if stamp.size > Int64(Limits.attachmentBytes) {
        tooLarge.append(name)
      } else if files.count == Limits.attachmentsPerCase {
        isCutShort = true
      } else {
        files.append(QueueAttachment(name: name, stamp: stamp))
      }
    }
  }

  /// Whether some of them is not complete yet; nil when all are. An upload that was broken off is given up after a
  /// while and stays where it is.
  /// - Parameter settle: nanoseconds that a file must lie unchanged.
  func wait(
    by arrivals: QueueArrivals, of id: CaseID, in queue: OpenQueue, settle: Int64
  ) throws(FileFailure) -> Readiness.Wait? {
    guard !files.isEmpty || !unfinished.isEmpty, let folder = try Self.folder(of: id, in: queue) else {
      return nil
    }
    let patience = max(settle, Limits.uploadPatience * 1_000_000_000)
    var last: Readiness.Wait?
    for (file, settle) in files.map({ ($0, settle) }) + unfinished.map({ ($0, patience) }) {
      let verdict = arrivals.judge(file, of: id, settle: settle) { Writing.ask(file.name, in: folder) }
      guard case .waits(let wait) = verdict else { continue }
      let isOverdue = wait.isOverdue || last?.isOverdue == true
      last = max(wait, last ?? wait)
      last?.isOverdue = isOverdue
    }
    return last
  }

  /// Opens one of them for reading, if it is still the file that was seen; the caller closes the descriptor.
  static func open(_ file: QueueAttachment, of id: CaseID, in queue: OpenQueue) throws(FileFailure) -> Int32?
  {
    guard let folder = try folder(of: id, in: queue) else { return nil }
    let descriptor = try folder.openFile(file.name)
    var st = stat()
    guard fstat(descriptor, &st) == 0, FileStamp(st).isUnchanged(from: file.stamp) else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func folder(of id: CaseID, in queue: OpenQueue) throws(FileFailure) -> OpenFolder? {
    // A case id is made by the daemon and holds no slash; a strange one has no folder.
    guard !id.rawValue.isEmpty, !id.rawValue.utf8.contains(UInt8(ascii: "/")), !id.rawValue.hasPrefix(".")
    else {
      return nil
    }
    do {
      let all = try queue.folder(.attachments)
      return try OpenFolder(id.rawValue, in: all)
    } catch {
      // ELOOP, ENOTDIR: a link or a file in the folder's place.
      if [ENOENT, ELOOP, ENOTDIR].contains(error.code) { return nil }
      throw error
    }
  }
}
