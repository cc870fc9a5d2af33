import GRDB
import Glibc

/// The files that SQLite works on, as they were when it opened them.
///
/// Removed or replaced by hand they stay open and in use, and what is recorded from then on goes with them when the
/// process ends; another process that makes the shared memory anew no longer sees what this one does, nor its locks
/// (https://www.sqlite.org/howtocorrupt.html, 1.4 and 4).
struct LedgerPlace {
  private let files: [(path: String, identity: FileIdentity)]

  /// - Parameter path: of the main file, which is open and has been read.
  init(_ path: String) {
    files = ["", "-wal", "-shm"].map { path + $0 }.compactMap { path in FileIdentity(path).map { (path, $0) }
    }
  }

  /// The first file that is no longer where it was.
  var firstRemoved: String? { files.first { FileIdentity($0.path) != $0.identity }?.path }
}

/// What tells whether a path still leads to the same file or folder.
struct FileIdentity: Sendable, Equatable {
  private let device: dev_t
  private let inode: ino_t

  /// Nil where nothing is there.
  init?(_ path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    (device, inode) = (found.st_dev, found.st_ino)
  }
}

extension Ledger {
  /// The first of the ledger's files that was removed or replaced since it was opened: what is recorded into such a one
  /// is lost. Nil where all are in place.
  public var removedFile: String? { place.firstRemoved }

  /// Looks whether the ledger's files are still the ones that are open: before anything is recorded, and from time to
  /// time.
  /// - Throws: `removed`; what had been recorded is in the main file then.
  public func requireInPlace() throws(LedgerError) {
    guard let path = place.firstRemoved else { return }
    // The log may be one that nobody else can open any more.
    _ = try? connection.perform { db in try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    throw .removed(path)
  }
}
