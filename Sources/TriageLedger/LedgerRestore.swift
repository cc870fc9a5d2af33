import Foundation
import GRDB
import Glibc
public import TriageCore

/// Puts a backup into the place of a ledger that is lost.
///
/// It never overwrites: a damaged ledger is moved away first, by hand, so that nothing is destroyed on the way. The
/// ledger's file comes last, so a restore that was interrupted is simply done again; the restore is an event in it.
/// What was recorded after the backup is missing then, and the daemon does not start before a person has dealt with it
/// (`fsck --repair --after-restore`).
public enum LedgerRestore {
  /// - Parameter at: the time of the restore.
  /// - Returns: what the backup says of itself.
  /// - Throws: `alreadyThere` when the state folder holds a ledger; `notABackup`; `newerSchema`; `corrupt` when the
  ///   backup does not pass `verify`.
  @discardableResult
  public static func restore(
    from directory: String, to state: String, at: Instant
  ) throws(LedgerError) -> (manifest: BackupManifest, report: VerifyReport) {
    let target = Ledger.path(in: state)
    for name in [target, target + "-wal", target + "-shm"] where DurableFile.exists(name) {
      throw .alreadyThere(name)
    }
    let manifest = try readManifest(directory)
    let report = try check(directory, manifest)
    // On a new machine not even the root is there.
    try DurableFile.makeFolder(DurableFile.parent(of: state))
    try DurableFile.makeFolder(state)
    if let kind = FileSystem.networkKind(of: state) { throw .networkFileSystem(path: state, kind: kind) }
    let files = state + "/files"
    try DurableFile.makeFolder(files)
    for name in DurableFile.names(in: directory + "/files") where !DurableFile.exists(files + "/" + name) {
      try DurableFile.copy(directory + "/files/" + name, to: files + "/" + name)
    }
    let inForce = Ledger.rulebookInForce(in: directory)
    if DurableFile.exists(inForce) {
      try DurableFile.write(DurableFile.read(inForce), to: Ledger.rulebookInForce(in: state))
    }
    try putInPlace(Ledger.path(in: directory), at: target, manifest, at)
    return (manifest, report)
  }

  /// Brings back only the originals that the ledger names and that are not there.
  /// - Returns: how many came back, and how many the backup does not have either.
  /// - Throws: `notABackup`, `diskFull`, `io`; what `LedgerReader` throws.
  public static func restoreOriginals(
    from directory: String, to state: String
  ) throws(LedgerError) -> (copied: Int, missing: Int) {
    _ = try readManifest(directory)
    let reader = try LedgerReader(directory: state)
    let names = try reader.connection.perform { db in
      try db.rows("SELECT sha256 FROM originals WHERE place = 'file'").map { Hex.string($0[0] as Data) }
    }
    try DurableFile.makeFolder(state + "/files")
    var (copied, missing) = (0, 0)
    for name in names where !DurableFile.exists(reader.originals.path(of: name)) {
      guard DurableFile.exists(directory + "/files/" + name) else {
        missing += 1
        continue
      }
      // Hashed on the way: what is not what its name says lies under another one then, and nobody names it.
      let file = try Descriptor(directory + "/files/" + name, O_RDONLY | O_CLOEXEC)
      if try reader.originals.store(reading: file.number).sha256 == name { copied += 1 } else { missing += 1 }
    }
    return (copied, missing)
  }

  /// The file gets its name when the restore is recorded in it.
  private static func putInPlace(
    _ source: String, at target: String, _ manifest: BackupManifest, _ at: Instant
  ) throws(LedgerError) {
    let path = target + ".restoring"
    let log = [path + "-wal", path + "-shm"]
    for name in [path] + log { unlink(name) }
    try DurableFile.copy(source, to: path)
    let connection = try Connection(path: path, readonly: false)
    try connection.transaction { db in
      // The backup itself is the copy from before a migration.
      try Schema.migrate(db, from: try Schema.version(of: db, path: path))
      let restored = LedgerEvent.Restored(
        backupAt: manifest.at, events: manifest.events, head: manifest.head)
      try LedgerEvents.append(.restored(restored), db, root: try Opening.root(db), at: at)
    }
    try connection.perform { db in _ = try db.checkpoint(.truncate) }
    // Closing the last connection to it removes the log, of which all is in the file by now; SQLite says nothing where
    // the disk refuses that.
    do { try connection.queue.close() } catch { throw LedgerError(error, path: path) }
    for name in log { unlink(name) }
    try DurableFile.sync(path)
    try DurableFile.rename(path, to: target)
  }

  private static func readManifest(_ directory: String) throws(LedgerError) -> BackupManifest {
    let path = directory + "/" + BackupManifest.name
    guard DurableFile.exists(path) else { throw .notABackup(path: directory, detail: BackupManifest.name) }
    let bytes = try DurableFile.read(path)
    do { return try JSONDecoder().decode(BackupManifest.self, from: Data(bytes)) } catch {
      throw .notABackup(path: directory, detail: "\(error)")
    }
  }

  /// A backup is read whole before it is trusted.
  private static func check(
    _ directory: String, _ manifest: BackupManifest
  ) throws(LedgerError) -> VerifyReport {
    guard manifest.schema <= Schema.current else {
      throw .newerSchema(found: manifest.schema, known: Schema.current)
    }
    let path = Ledger.path(in: directory)
    guard DurableFile.exists(path) else { throw .notABackup(path: directory, detail: "ledger.sqlite") }
    let connection = try Connection(path: path, readonly: true)
    let store = OriginalStore(state: directory)
    let report = try connection.snapshot { db in try LedgerVerify.primary(of: db, store) }
    do { try connection.queue.close() } catch { throw LedgerError(error, path: path) }
    if let fault = report.faults.first { throw .corrupt(path: path, detail: "\(fault)") }
    if report.head != manifest.head {
      throw .corrupt(path: path, detail: "event \(report.events), not \(manifest.events)")
    }
    return report
  }
}
