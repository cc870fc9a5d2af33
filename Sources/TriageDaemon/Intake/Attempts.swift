import Glibc
import TriageLedger

/// Counts how often reading a file was begun and not ended: a file that crashed the daemon is not read for ever.
///
/// When the daemon dies over a batch, any file of it may be the reason: all are suspected and read one at a time from
/// then on, and only a death over a file that was read alone is counted against it. So a kill, or a few, in the middle
/// of a busy day do not condemn good files.
///
/// Written before a batch is parsed and emptied after it was recorded. A plain file without fsync: what it guards
/// against is a crash of the process, which the page cache survives; after a power cut nothing is suspected.
final class Attempts {
  private let path: String
  /// Begun and never ended, from earlier processes; 0 for one that was not read alone.
  private var crashed: [String: Int] = [:]
  /// Begun by this process and not ended, with what a death now would count against each: two batches may be in hand.
  private var begun: [String: Int] = [:]

  /// Reads what a dead process left.
  init(path: String) {
    self.path = path
    guard let bytes = FileBytes.read(path: path, limit: 16 << 20) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      if parts.count == 2, let count = Int(parts[0]) { crashed[String(parts[1])] = count }
    }
  }

  /// How often this file was being read alone when the daemon died.
  func count(of file: InboxFile) -> Int { crashed[file.key] ?? 0 }

  /// Some file of the last batch crashed the daemon and nobody knows which: read one at a time.
  var suspectsRemain: Bool { !crashed.isEmpty }

  /// Notes that these files are about to be read.
  func begin(_ files: [InboxFile]) {
    let isAlone = files.count == 1 && begun.isEmpty
    for file in files { begun[file.key] = (crashed[file.key] ?? 0) + (isAlone ? 1 : 0) }
    write()
  }

  /// These files were read and recorded, or set aside.
  func end(_ files: [InboxFile]) {
    for file in files {
      crashed[file.key] = nil
      begun[file.key] = nil
    }
    write()
  }

  /// Forgets files that are no longer in the inbox.
  func keep(only keys: Set<String>) {
    guard crashed.contains(where: { !keys.contains($0.key) }) else { return }
    crashed = crashed.filter { keys.contains($0.key) }
    write()
  }

  private func write() {
    let counts = crashed.merging(begun) { _, now in now }
    let text = counts.sorted { $0.key < $1.key }.map { "\($0.value)\t\($0.key)\n" }.joined()
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    // Best effort: a full disk must not stop the reading of what is there.
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }
}
