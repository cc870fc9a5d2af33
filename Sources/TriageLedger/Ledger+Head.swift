import GRDB
public import TriageCore

/// The head outside of the ledger's file, and what a person says of a ledger that was lost.
extension Ledger {
  /// Makes durable, outside of the ledger's file, how far it has come: to be called before anything that was recorded
  /// shows in the folders. Costs one small fdatasync(2) where something was recorded since, else nothing.
  /// - Throws: `io`, `diskFull`.
  public func keepHead() throws(LedgerError) {
    guard isAheadOfHead, let headFile else { return }
    try headFile.keep(try read.head())
    isAheadOfHead = false
  }

  /// From now on the head is what this ledger says.
  public func takeUpHead() throws(LedgerError) {
    let head = try read.head()
    if let headFile {
      try headFile.keep(head)
    } else {
      headFile = try HeadFile(path: HeadFile.path(in: state), now: head)
    }
    isAheadOfHead = false
  }

  /// What `state/head` says of an earlier ledger, while this one has not taken it up.
  public func formerHead() throws(LedgerError) -> LedgerHead? {
    headFile == nil ? try HeadFile.read(HeadFile.path(in: state)) : nil
  }

  /// Records what happened to the ledger as a whole.
  public func record(_ event: LedgerEvent, at: Instant) throws(LedgerError) {
    try recording { db in try LedgerEvents.append(event, db, root: rootID, at: at) }
  }

  /// Numbers that were given by a ledger that is lost are not given again.
  public func raiseNumbering(cases: [String: Int], alerts: [String: Int]) throws(LedgerError) {
    try recording { db in
      for (day, last) in cases where last > 0 {
        try db.run(
          """
          INSERT INTO numbering (day, last) VALUES (?, ?)
          ON CONFLICT (day) DO UPDATE SET last = max(last, excluded.last)
          """, day, last)
      }
      for (day, last) in alerts where last > 0 {
        try db.run(
          """
          INSERT INTO looks (name, value) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
          """, Self.alertNumbers(day), last)
      }
    }
  }

  /// The name in `looks` of the number up to which alerts of a day got theirs from a ledger that is lost.
  static func alertNumbers(_ day: String) -> String { "alerts of \(day)" }

  /// Gives the originals up that lie in no folder any more.
  public func giveUpOriginals(at: Instant) throws(LedgerError) {
    let (last, count): (Int64, Int) = try connection.perform { db in
      let row = try db.row("SELECT coalesce(max(number), 0), count(*) FROM originals WHERE place = 'file'")
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
    try record(.originalsLost(upTo: last, count: count), at: at)
  }
}
