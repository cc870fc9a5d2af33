import Glibc
import TriageCore

/// What came of reading a form or a request.
enum ReadOutcome: Sendable, Equatable {
  case bytes([UInt8])
  /// It is not complete yet: look again later.
  case waits(Readiness.Wait)
  /// It is not the file that was seen: scan again.
  case changed
  case tooLarge
  case failed(FileFailure)
}

/// Reads files of a queue that clerks may still have open.
struct QueueReader {
  private let queue: OpenQueue
  private let arrivals: QueueArrivals
  private let settle: Int64

  /// - Parameter settle: nanoseconds that a file must lie unchanged.
  init(_ queue: OpenQueue, _ arrivals: QueueArrivals, settle: Int64) {
    self.queue = queue
    self.arrivals = arrivals
    self.settle = settle
  }

  /// One descriptor serves for the check and for the reading.
  func read(_ entry: QueueEntry, atMost limit: Int) -> ReadOutcome {
    do throws(FileFailure) {
      let file = try queue.folder(entry.folder).openFile(entry.name)
      defer { close(file) }
      var st = stat()
      guard fstat(file, &st) == 0 else { throw FileFailure(call: "fstat", code: errno) }
      let stamp = FileStamp(st)
      guard stamp.isUnchanged(from: entry.stamp), stamp.isRegular else { return .changed }
      let verdict = arrivals.judge(entry.name, stamp, in: entry.folder, settle: settle) { Writing.ask(file) }
      if case .waits(let wait) = verdict { return .waits(wait) }
      guard stamp.size <= Int64(limit) else { return .tooLarge }
      let bytes = try OpenFolder.read(file, atMost: limit + 1)
      // It grew or was rewritten while it was read.
      guard fstat(file, &st) == 0, FileStamp(st).isUnchanged(from: entry.stamp) else { return .changed }
      return .bytes(bytes)
    } catch {
      return error.code == ENOENT ? .changed : .failed(error)
    }
  }
}
