import Foundation
import GRDB
import Glibc

/// Puts a backup into the place of a ledger that is lost.
///
/// It never overwrites: a damaged ledger is moved away first, by hand, so that nothing is destroyed on the way. The
/// ledger's file comes last, so a restore that was interrupted is simply done again. Afterwards the daemon's start
/// compares the queues with the ledger, as always.
public enum LedgerRestore {
  /// - Returns: what the backup says of itself.
  /// - Throws: `alreadyThere` when the state folder holds a ledger; `notABackup`; `newerSchema`; `corrupt` when the
  ///   backup does not pass `verify`.
  @discardableResult
  public static func restore(
    from directory: String, to state: String
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
    try DurableFile.copy(Ledger.path(in: directory), to: target)
    return (manifest, report)
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
