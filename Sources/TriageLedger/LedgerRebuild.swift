import GRDB
import Glibc
public import TriageCore

/// Makes the ledger anew from what is primary in it, beside the old file, and puts it in its place.
///
/// Primary are events with their payloads, originals, rulebooks, the files of cases, numbering, alerts, marks and
/// removals, and of erased cases every row; everything else follows from them (docs/LEDGER.md). The old file stays beside
/// the new one under a dated name. Killed at any instant it leaves the old ledger or the new one in place, each whole:
/// the new file is complete, verified and on the disk before the one rename that puts it there.
public enum LedgerRebuild {
  /// What came of it.
  public struct Outcome: Sendable, Equatable {
    public var cases = 0
    public var events: Int64 = 0
    /// Erased cases, whose rows were taken over as they stood.
    public var erased = 0
    /// Files of cases that events do not tell of, taken over as they stood.
    public var enclosures = 0
    /// Cases whose sketches were taken over, since the rulebook of their day is not there.
    public var sketches = 0
    /// Rulebooks whose text is not that of their digest: dropped.
    public var rulebooks: [String] = []
    /// Orders of the outbox that name nothing: dropped.
    public var effects: [String] = []
    /// Where the old file lies.
    public var kept = ""
    /// What `verify` says of the new file: originals that are lost stay lost.
    public var report = VerifyReport()
  }

  /// The caller holds the root's lock.
  /// - Throws: `primaryDamaged` where events or payloads are not as they were written: only a backup helps then;
  ///   `diskFull`, `io`, `corrupt` where a primary table cannot be read.
  public static func rebuild(
    state: String, recomputing recomputation: Recomputation, at now: Instant
  ) throws(LedgerError) -> Outcome {
    let path = Ledger.path(in: state)
    guard DurableFile.exists(path) else { throw .missing(path) }
    let place = path + suffix
    sweep(state)
    try unite(path)
    let store = OriginalStore(state: state)
    let connection = try Connection(path: place, readonly: false)
    var outcome: Outcome
    do throws(LedgerError) {
      try Opening.prepare(connection)
      outcome = try fill(connection, from: path, recomputation, now)
      outcome.report = try check(connection, store, recomputation)
      try close(connection)
      try Descriptor(place, O_RDONLY | O_CLOEXEC).sync()
    } catch {
      try? connection.queue.close()
      sweep(state)
      throw error
    }
    outcome.kept = try keepOld(path, at: now)
    for name in [path + "-wal", path + "-shm"] { unlink(name) }
    try DurableFile.rename(place, to: path)
    return outcome
  }

  /// Puts the text of a rulebook in the place of one that is damaged. The caller holds the root's lock.
  public static func replaceRulebook(
    _ digest: String, with source: [UInt8], state: String
  ) throws(LedgerError) {
    let connection = try Connection(path: Ledger.path(in: state), readonly: false)
    try Opening.prepare(connection, requiringHealth: false)
    try connection.transaction { db in
      try db.run("UPDATE rulebooks SET source = ? WHERE digest = ?", source, digest)
    }
    try close(connection)
  }

  private static let suffix = ".rebuilding"

  /// Removes what a rebuild that was killed left half written.
  static func sweep(_ state: String) {
    let place = Ledger.path(in: state) + suffix
    for name in [place, place + "-wal", place + "-shm", place + "-journal"] { unlink(name) }
  }

  /// Brings the old file to the current schema and all of it into one file, so that nothing of it hangs on its log.
  private static func unite(_ path: String) throws(LedgerError) {
    let old = try Connection(path: path, readonly: false)
    try Opening.prepare(old, requiringHealth: false)
    let store = OriginalStore(state: DurableFile.parent(of: path))
    let faults = try old.snapshot { db in
      var verify = LedgerVerify(db, store)
      try verify.attempt { try $0.walkEvents() }
      return verify.report.faults
    }
    if let first = faults.first { throw .primaryDamaged(path: path, faults: faults.count, first: first) }
    try close(old)
    var log = stat()
    if stat(path + "-wal", &log) == 0, log.st_size > 0 {
      throw .io(path: path + "-wal", detail: Message(zh: "检查点之后仍不为空", en: "not empty after a checkpoint"))
    }
  }

  private static func close(_ connection: Connection) throws(LedgerError) {
    try connection.perform { db in _ = try db.checkpoint(.truncate) }
    do { try connection.queue.close() } catch { throw LedgerError(error, path: connection.path) }
  }

  /// A second name for the old file: both names hold the whole of it until the rename.
  private static func keepOld(_ path: String, at now: Instant) throws(LedgerError) -> String {
    let (date, second) = Zone.utc.civil(at: now)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }
    let name = "\(path).before-rebuild-\(date.compact)T\(clock.joined())"
    var kept = name
    var number = 1
    while DurableFile.exists(kept) {
      number += 1
      kept = "\(name)-\(number)"
    }
    do throws(LedgerError) {
      try DurableFile.link(path, as: kept)
    } catch {
      // A file system without second names.
      try DurableFile.copy(path, to: kept)
    }
    return kept
  }

  private static func fill(
    _ connection: Connection, from path: String, _ recomputation: Recomputation, _ now: Instant
  ) throws(LedgerError) -> Outcome {
    try connection.perform { db in
      // Cases come after what refers to them; all of it is checked at the end.
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: "ATTACH DATABASE ? AS old", arguments: [path])
    }
    let outcome = try connection.transaction { db in
      var filling = try RebuildFilling(db, recomputation, now)
      try filling.run()
      return filling.outcome
    }
    try connection.perform { db in
      try db.execute(sql: "DETACH DATABASE old")
      try db.execute(sql: "PRAGMA foreign_keys = ON")
    }
    return outcome
  }

  /// A new file that does not agree with itself is not put in place.
  private static func check(
    _ connection: Connection, _ store: OriginalStore, _ recomputation: Recomputation
  ) throws(LedgerError) -> VerifyReport {
    let report = try connection.snapshot { db in
      var verify = LedgerVerify(db, store)
      try verify.verifyPrimary(.everything)
      try verify.verifyDerived(recomputation)
      return verify.report
    }
    let wrong = report.faults.filter { fault in
      switch fault {
      // What is lost of the primary tables stays lost, and is said.
      case .changedOriginal, .missingOriginal, .differs(_, "materials", _, _, _),
        .differs(_, "alerts", _, _, _),
        .differs(_, "cases", "original", _, _):
        false
      default: true
      }
    }
    if let first = wrong.first {
      throw .primaryDamaged(path: connection.path, faults: wrong.count, first: first)
    }
    return report
  }
}
