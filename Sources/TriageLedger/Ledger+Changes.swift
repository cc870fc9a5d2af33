import GRDB
public import TriageCore

/// What happens to cases after their intake.
extension Ledger {
  /// Records all changes, and what comes with them, in one transaction, and with it the marks of `deferDone`.
  ///
  /// - Throws: `versionMismatch` when a case went on meanwhile (nothing is recorded then: take its state anew),
  ///   `unknownCase`, `inconsistent`; `diskFull` and `busy` pass.
  public func record(
    _ changes: [CaseChange], with side: SideRecords = SideRecords(), at: Instant
  ) throws(LedgerError) {
    try recording { db in
      var log = try EventLog(db, root: rootID, at: at)
      for change in changes { try record(change, in: db, log: &log) }
      try AlertRows(db: db, keys: keys).write(
        side, originals: OriginalRows(db: db, store: originals), log: &log)
    }
  }

  /// Every open case is looked at again at that instant, unless the timers were counted under these rules already: after
  /// a reload of rules, and at a start with other rules or another triaged.
  ///
  /// - Parameter stamp: of the rules and of the way of counting.
  public func keepTimers(countedBy stamp: Int64, at: Instant) throws(LedgerError) {
    if try read.look(TimerLooks.stamp) == stamp { return }
    try recording { db in
      try db.run("UPDATE cases SET next_timer = ? WHERE open = 1", at.seconds)
      try TimerLooks.write(stamp, at, db)
    }
  }

  /// One change inside a transaction.
  func record(_ change: CaseChange, in db: Database, log: inout EventLog) throws {
    guard let row = try db.row("SELECT number, version FROM cases WHERE id = ?", [change.id.rawValue]) else {
      throw LedgerError.unknownCase(change.id)
    }
    let number: Int64 = row[0]
    var version: Int = row[1]
    guard version == change.expectedVersion else {
      throw LedgerError.versionMismatch(change.id, expected: change.expectedVersion, found: version)
    }
    for event in change.events {
      version += 1
      try log.append(event, to: change.id, number: number, version: version)
    }
    guard change.index.version == version, change.index.id == change.id else {
      throw LedgerError.inconsistent("\(change.id): the index is of another version")
    }
    let rows = CaseRows(db: db)
    try rows.update(change.index, number: number)
    try rows.update(items: change.index.items, number: number)
    try rows.update(deadlines: change.index.deadlines, number: number)
    let originals = OriginalRows(db: db, store: self.originals)
    for attachment in change.attachments {
      try originals.attach(
        try originals.keep(attachment.original), kind: "attachment", name: attachment.name, to: number)
    }
    for case .linked(let linked) in change.events { try rows.link(number, linked) }
    try Outbox(db: db).add(change.effects)
  }

  /// A transaction that also writes the marks collected by `deferDone`. They stay collected if it fails.
  func recording<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
    try requireInPlace()
    let marks = done
    let result = try connection.transaction { db in
      try Outbox(db: db).remove(marks)
      return try body(db)
    }
    done.removeAll(keepingCapacity: true)
    isAheadOfHead = true
    return result
  }
}

/// Under which rules the timers of open cases were counted, and when all were last set to be looked at: by it `verify`
/// knows what a timer must be.
enum TimerLooks {
  static let stamp = "timers"
  static let touched = "timers/touched"

  static func write(_ stamp: Int64, _ touched: Instant, _ db: Database) throws {
    for (name, value) in [(Self.stamp, stamp), (Self.touched, touched.seconds)] {
      try db.run(
        "INSERT INTO looks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name, value)
    }
  }
}
