import Crypto
import Glibc
import Synchronization
import TriageCore

/// Originals too large for the ledger's file, and attachments: `state/files/SHA256`, named by what they hold.
///
/// A file is on the disk, folder entry included, before a transaction may name it. A crash before that transaction
/// leaves a file that nobody names; the same bytes take it over when they come again. Any thread may store.
///
///     let store = OriginalStore(state: "/var/lib/triaged/state")
///     let original = try store.store(reading: descriptor)     // an attachment
public struct OriginalStore: Sendable {
  let folder: String
  /// The folder of whoever records: what is stored in another in its place, under the mount point of a disk that is gone,
  /// would be lost.
  private let kept: FileIdentity?
  private static let number = Atomic<UInt64>(0)

  /// - Parameter state: the state folder; `files/` in it must exist (opening the ledger makes it).
  public init(state: String) { self.init(state: state, isKept: false) }

  /// - Parameter isKept: whether storing ends when another folder has taken this one's place.
  init(state: String, isKept: Bool) {
    folder = state + "/files"
    kept = isKept ? FileIdentity(folder) : nil
  }

  private func requireInPlace() throws(LedgerError) {
    if let kept, kept != FileIdentity(folder) { throw .removed(folder) }
  }

  /// Where the original lies or would lie.
  public func path(of sha256: String) -> String { folder + "/" + sha256 }

  /// Stores what the descriptor gives from its place on, while it is hashed: one read, nothing held in memory.
  /// - Throws: `diskFull`, `io`; `removed` where the folder is not the one that was opened; nothing is left behind then.
  public func store(reading descriptor: CInt) throws(LedgerError) -> Original {
    try store { (take) throws(LedgerError) in
      try Descriptor.forEachChunk(of: descriptor, path: folder, take)
    }
  }

  /// The SHA-256 of what the descriptor gives from its place on, hex; nothing is stored.
  public func digest(reading descriptor: CInt) throws(LedgerError) -> String {
    var hash = SHA256()
    try Descriptor.forEachChunk(of: descriptor, path: folder) { hash.update(bufferPointer: $0) }
    return Hex.string(hash.finalize())
  }

  /// As `store(reading:)`, of bytes in memory.
  public func store(_ bytes: [UInt8]) throws(LedgerError) -> Original {
    try store { (take) throws(LedgerError) in
      try bytes.withUnsafeBufferPointer { (buffer) throws(LedgerError) in
        try take(UnsafeRawBufferPointer(buffer))
      }
    }
  }

  /// The bytes of a stored original.
  /// - Throws: `originalMissing`, `io`.
  public func read(_ sha256: String) throws(LedgerError) -> [UInt8] {
    do { return try DurableFile.read(path(of: sha256)) } catch {
      if case .missing = error { throw .originalMissing(sha256) }
      throw error
    }
  }

  private typealias Take = (UnsafeRawBufferPointer) throws(LedgerError) -> Void

  private func store(_ produce: (Take) throws(LedgerError) -> Void) throws(LedgerError) -> Original {
    let temporary = "\(folder)/.new-\(getpid())-\(Self.number.add(1, ordering: .relaxed).newValue)"
    var hash = SHA256()
    var size = 0
    try requireInPlace()
    do throws(LedgerError) {
      let file = try Descriptor(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o640)
      try produce { (chunk) throws(LedgerError) in
        hash.update(bufferPointer: chunk)
        size += chunk.count
        try file.write(chunk)
      }
      let name = Hex.string(hash.finalize())
      if DurableFile.exists(path(of: name)) {
        unlink(temporary)
        // Whoever stored these bytes may not have come to this step yet.
        try DurableFile.syncFolder(folder)
      } else {
        try file.sync()
        try DurableFile.rename(temporary, to: path(of: name))
      }
      // It may have gone away in between.
      try requireInPlace()
      return Original(sha256: name, size: size, bytes: nil)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Removes what a crash left half written. Only at opening, when nobody stores.
  func sweep() {
    for name in DurableFile.names(in: folder) where name.hasPrefix(".new-") { unlink(folder + "/" + name) }
  }

  func remove(_ sha256: String) throws(LedgerError) {
    if unlink(path(of: sha256)) != 0, errno != ENOENT { throw LedgerError.system("unlink", path(of: sha256)) }
    try DurableFile.syncFolder(folder)
  }

  /// The digest of the stored bytes, for `verify`; nil when they are not there.
  func digest(of sha256: String) throws(LedgerError) -> String? {
    guard DurableFile.exists(path(of: sha256)) else { return nil }
    var hash = SHA256()
    try Descriptor(path(of: sha256), O_RDONLY | O_CLOEXEC).forEachChunk { hash.update(bufferPointer: $0) }
    return Hex.string(hash.finalize())
  }
}
