import CLinux
import Glibc
import TriageCore

/// What came of reading a form or a request.
enum ReadOutcome: Sendable, Equatable {
  case bytes([UInt8])
  /// Somebody still writes it: look again later.
  case beingWritten
  /// It is not the file that was seen: scan again.
  case changed
  case tooLarge
  case failed(FileFailure)
}

/// Reads files of a queue that clerks may still have open.
struct QueueReader {
  /// Where no lease tells whether a file is open for writing (another owner's file, a share), it must have been
  /// unchanged for so long.
  static let quietSeconds: Int64 = 2

  private let queue: OpenQueue
  init(_ queue: OpenQueue) { self.queue = queue }

  /// One descriptor serves for the check and for the reading.
  func read(_ entry: QueueEntry, atMost limit: Int, now: Instant) -> ReadOutcome {
    do throws(FileFailure) {
      let file = try queue.folder(entry.folder).openFile(entry.name)
      defer { close(file) }
      var st = stat()
      guard fstat(file, &st) == 0 else { throw FileFailure(call: "fstat", code: errno) }
      let stamp = FileStamp(st)
      guard stamp.isUnchanged(from: entry.stamp), stamp.isRegular else { return .changed }
      guard stamp.size <= Int64(limit) else { return .tooLarge }
      if isBeingWritten(file, entry, now) { return .beingWritten }
      let bytes = try OpenFolder.read(file, atMost: limit + 1)
      // It grew or was rewritten while it was read.
      guard fstat(file, &st) == 0, FileStamp(st).isUnchanged(from: entry.stamp) else { return .changed }
      return .bytes(bytes)
    } catch {
      return error.code == ENOENT ? .changed : .failed(error)
    }
  }

  private func isBeingWritten(_ file: Int32, _ entry: QueueEntry, _ now: Instant) -> Bool {
    if clinux_no_writer(file) == 0 { return false }
    if errno == EAGAIN { return true }
    // A future modification time is a server's clock, not a write to come.
    let changed = Instant(seconds: entry.stamp.mtimeNanos / 1_000_000_000)
    return changed <= now && now - changed < Self.quietSeconds
  }
}
