import GRDB
public import TriageCore

/// Why the ledger could not do what was asked. It carries data; `message` makes the words.
///
/// Three kinds matter to the daemon: what passes by itself (`busy`, `diskFull`, `readOnly`, `shortage`: wait and try again), what ends it
/// (`io`, `corrupt`, `newerSchema`, `networkFileSystem`: stop and say so; a failed fsync is never tried again on the
/// same descriptor), and what is a fault of the caller (`versionMismatch`, `unknownCase`, `inconsistent`).
public enum LedgerError: Error, Sendable, Equatable {
  /// Another process holds the ledger longer than it should.
  case busy
  /// No room on the ledger's disk (SQLITE_FULL, ENOSPC, EDQUOT): nothing was recorded.
  case diskFull(String)
  /// The file system of the ledger lets nothing be written (EROFS): mounted so, or after an error. Nothing was recorded.
  case readOnly(String)
  /// A file of the ledger was removed or replaced while it was open. What had been recorded is in the main file.
  case removed(String)
  /// The disk or the file system failed; `detail` names the call or SQLite's code.
  case io(path: String, detail: Message)
  /// The process lacks memory or file descriptors; it tells nothing of the file.
  case shortage(SystemFault, path: String)
  /// The file is no sound ledger (SQLITE_CORRUPT, SQLITE_NOTADB, a failed quick_check).
  case corrupt(path: String, detail: String)
  /// A database of something else.
  case notALedger(String)
  /// Written by a newer triaged.
  case newerSchema(found: Int, known: Int)
  /// Written by an older triaged; opening it for writing brings it up to date, reading alone cannot.
  case olderSchema(found: Int, known: Int)
  case networkFileSystem(path: String, kind: String)
  /// The file or its folder may not be written, or read.
  case notPermitted(String)
  /// There is no ledger to read.
  case missing(String)
  /// `synchronous` did not become FULL: commits could be lost in a power cut.
  case notDurable(Int)
  /// The case has another version than the change was made for.
  case versionMismatch(CaseID, expected: Int, found: Int)
  case unknownCase(CaseID)
  /// What the caller gave contradicts itself.
  case inconsistent(String)
  /// A stored event cannot be read: of a newer kind, or damaged.
  case unreadableEvent(sequence: Int64, detail: String)
  /// The case's payloads were erased; its state cannot be rebuilt.
  case erased(CaseID)
  /// The bytes of an original are not where the ledger says.
  case originalMissing(String)
  /// The stored text of a rulebook is not the one of its digest.
  case changedRulebook(digest: String)
  /// A backup or a restore would overwrite something.
  case alreadyThere(String)
  /// The folder in which something was to be made is not there.
  case noFolder(String)
  /// What cannot be made anew is not as it was written: only a backup helps.
  case primaryDamaged(path: String, faults: Int, first: LedgerFault)
  /// The ledger is not the one that belongs to its root.
  case lost(LedgerLoss)
  /// The folder holds no complete backup.
  case notABackup(path: String, detail: String)

  /// Whether trying again later, with nothing changed, may succeed.
  public var passes: Bool {
    switch self {
    case .busy, .diskFull, .readOnly, .shortage: true
    default: false
    }
  }

  /// Whether starting again helps nothing until somebody has mended the ledger.
  public var wantsPerson: Bool {
    switch self {
    case .corrupt, .primaryDamaged, .lost: true
    default: false
    }
  }

  init(_ error: any Error, path: String) {
    switch error {
    case let error as LedgerError: self = error
    case let error as DatabaseError: self = Self.classify(error, path: path)
    default: self = .io(path: path, detail: .verbatim("\(error)"))
    }
  }

  private static func classify(_ error: DatabaseError, path: String) -> LedgerError {
    let detail = "\(error.extendedResultCode.rawValue) \(error.message ?? "")"
    // SQLite calls it an I/O error. A failed fsync stays one: what it left in the cache cannot be trusted.
    let mayBeReadOnly = [.SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN].contains(error.resultCode)
    if mayBeReadOnly, error.extendedResultCode != .SQLITE_IOERR_FSYNC,
      FileSystem.isReadOnly(DurableFile.parent(of: path))
    {
      return .readOnly(path)
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
    case .SQLITE_FULL: return .diskFull(path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(path: path, detail: detail)
    case .SQLITE_NOMEM: return .shortage(.outOfMemory, path: path)
    case .SQLITE_CANTOPEN: return DurableFile.whyNotOpened(path)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH: return .notPermitted(path)
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_ERROR, .SQLITE_MISUSE:
      return .inconsistent(error.message ?? detail)
    // The shared memory of the WAL could not grow: SQLite reports a full disk there as an I/O error.
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return .diskFull(path)
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_NOMEM:
      return .shortage(.outOfMemory, path: path)
    default: return .io(path: path, detail: .verbatim(detail))
    }
  }
}
