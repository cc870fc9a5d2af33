import Foundation
import GRDB
import Glibc
public import TriageCore

/// What a backup holds; its file `backup.json` is written last and makes the backup complete.
public struct BackupManifest: Sendable, Equatable, Codable {
  public var root: String
  public var schema: Int
  public var at: Instant
  /// The last event in it and its hash.
  public var events: Int64
  public var head: String
  /// Originals in `files/`.
  public var files: Int

  static let name = "backup.json"
}

/// A copy of the ledger, its files and the name of the rulebook in force, of one moment, made while the daemon works.
///
/// Everything is written and fsynced in a folder `DIR.partial`, which gets its name at the end: a folder `DIR` is a
/// whole backup.
enum LedgerBackup {
  static func write(_ reader: LedgerReader, to directory: String, at: Instant) throws(LedgerError)
    -> BackupManifest
  {
    if DurableFile.exists(directory) { throw .alreadyThere(directory) }
    let parent = DurableFile.parent(of: directory)
    if !DurableFile.exists(parent) { throw .noFolder(parent) }
    let partial = directory + ".partial"
    try clear(partial)
    try DurableFile.makeFolder(partial)
    try DurableFile.makeFolder(partial + "/files")
    // Before the ledger, which has every rulebook from before it was in force.
    let inForce = Ledger.rulebookInForce(in: DurableFile.parent(of: reader.connection.path))
    if DurableFile.exists(inForce) {
      try DurableFile.copy(inForce, to: Ledger.rulebookInForce(in: partial))
    }
    try copyDatabase(reader.connection, to: Ledger.path(in: partial))
    let copy = try Connection(path: Ledger.path(in: partial), readonly: true)
    let files = try copyFiles(named: copy, from: reader.originals, to: partial + "/files")
    let manifest = try manifest(of: copy, files: files, at: at)
    do { try copy.queue.close() } catch { throw LedgerError(error, path: copy.path) }
    try write(manifest, to: partial + "/" + BackupManifest.name)
    try DurableFile.rename(partial, to: directory)
    return manifest
  }

  /// VACUUM INTO reads one moment of the ledger and writes a file without free pages; it does not fsync.
  static func copyDatabase(_ connection: Connection, to path: String) throws(LedgerError) {
    let temporary = path + ".partial"
    unlink(temporary)
    try connection.perform { db in try db.execute(sql: "VACUUM INTO ?", arguments: [temporary]) }
    try DurableFile.sync(temporary)
    try DurableFile.rename(temporary, to: path)
  }

  /// Only what the copy names: files are there before the ledger names them, so none can be missing, unless it was
  /// erased since; then the backup must not have it either.
  private static func copyFiles(
    named copy: Connection, from store: OriginalStore, to folder: String
  ) throws(LedgerError) -> Int {
    let names = try copy.perform { db in
      try db.rows("SELECT sha256 FROM originals WHERE place = 'file'").map { Hex.string($0[0] as Data) }
    }
    var copied = 0
    for name in names where DurableFile.exists(store.path(of: name)) {
      try DurableFile.copy(store.path(of: name), to: folder + "/" + name)
      copied += 1
    }
    return copied
  }

  private static func manifest(
    of copy: Connection, files: Int, at: Instant
  ) throws(LedgerError) -> BackupManifest {
    try copy.perform { db in
      let root = try Opening.root(db)
      let chain = try EventChain(db, root: root)
      return BackupManifest(
        root: root, schema: try Schema.version(of: db, path: copy.path), at: at, events: chain.sequence,
        head: Hex.string(chain.hash), files: files)
    }
  }

  private static func write(_ manifest: BackupManifest, to path: String) throws(LedgerError) {
    do { try DurableFile.write(try EventEncoder.encode(manifest), to: path) } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// What an interrupted backup left.
  private static func clear(_ partial: String) throws(LedgerError) {
    if !DurableFile.exists(partial) { return }
    do { try FileManager.default.removeItem(atPath: partial) } catch {
      throw .io(path: partial, detail: .verbatim("\(error)"))
    }
  }
}

extension LedgerReader {
  /// Writes a backup into a folder that does not exist yet.
  /// - Throws: `alreadyThere`, `noFolder`, `diskFull`, `io`.
  @discardableResult
  public func backup(to directory: String, at: Instant) throws(LedgerError) -> BackupManifest {
    try LedgerBackup.write(self, to: directory, at: at)
  }
}
