/// The record of all cases: one SQLite file in WAL mode and the folder `files/` beside it, with one writer.
///
/// What a call recorded has survived a power cut once the call returns. A call that throws recorded nothing. After
/// an `io` or `corrupt` error the process must end and start anew: SQLite may hold pages the disk does not.
/// One thread uses a ledger at a time; other processes read beside it with `LedgerReader`.
///
///     let ledger = try Ledger(directory: root + "/state")
///     let outcomes = try ledger.record(intake: batch, at: now, prefix: "ZZ", day: today, answers: answers)
///     // The hand-over line: from here on the ledger is the truth, and the inbox files may go.
///     for file in ledger.pendingRemovals() { remove(file); ledger.deferDone([file.key]) }
///     for effect in try ledger.pendingEffects(notAfter: now, limit: 256) { perform(effect.planned) }
///     ledger.deferDone(keys)          // written with the next transaction; `flushDone()` when there is none
///     try ledger.record([CaseChange(…)], at: now)
///     try ledger.read.due(notAfter: now, limit: 100)          // every question: see `LedgerReader`
public final class Ledger {
  /// Every question that can be asked, over the same connection: it sees all that was recorded.
  public let read: LedgerReader
  public let originals: OriginalStore
  /// 32 hexadecimal digits, random, made when the ledger was: tells this root from any other.
  public let rootID: String

  let connection: Connection
  let place: LedgerPlace
  let keys: DuplicateKeys
  /// Keys of the outbox that are done and not yet marked.
  var done: Set<String> = []
  /// Nil while the ledger is known to be an older one and what is newer has not been dealt with.
  var headFile: HeadFile?
  /// Something was recorded since the head was last kept.
  var isAheadOfHead = true
  let state: String

  /// Opens the ledger of a state folder, or makes it where nothing tells of an earlier one.
  ///
  /// - Parameters:
  ///   - traces: what tells of the ledger outside of the state folder.
  ///   - known: what a person has said that she knows of; with `older` the head stays as it was until `takeUpHead`.
  /// - Throws: `lost`, `networkFileSystem`, `newerSchema`, `notALedger`, `corrupt`, `notDurable`, `diskFull`, `io`.
  public init(
    directory state: String, traces: LedgerTraces = LedgerTraces(), knowing known: LedgerTraces.Known = []
  ) throws(LedgerError) {
    self.state = state
    try DurableFile.makeFolder(state)
    if let kind = FileSystem.networkKind(of: state) { throw .networkFileSystem(path: state, kind: kind) }
    let path = Self.path(in: state)
    // Without the right to write: turning WAL on already writes to the file.
    try traces.check(state: state, knowing: known)
    // One that was copied here may be in the cache only, and what is recorded now would outlive what it builds on.
    // Before SQLite opens it: closing a descriptor drops the locks that the process has on the file (fcntl(2)).
    if DurableFile.exists(path) { try DurableFile.sync(path) }
    connection = try Connection(path: path, readonly: false)
    try Opening.prepare(connection)
    LedgerRebuild.sweep(state)
    try DurableFile.makeFolder(state + "/files")
    try DurableFile.syncFolder(state)
    originals = OriginalStore(state: state, isKept: true)
    originals.sweep()
    place = LedgerPlace(path)
    rootID = try connection.perform { db in try Opening.root(db) }
    keys = DuplicateKeys(root: rootID)
    read = LedgerReader(connection: connection, originals: originals)
    try finishErasures()
    if !known.contains(.older) { try takeUpHead() }
  }

  /// The ledger's file in a state folder.
  public static func path(in state: String) -> String { state + "/ledger.sqlite" }

  /// Which of its rulebooks was last in force: written by the daemon, a part of every backup.
  public static func rulebookInForce(in state: String) -> String { state + "/rulebook" }
}
