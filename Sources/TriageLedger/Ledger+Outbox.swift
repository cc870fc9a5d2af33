import GRDB
public import TriageCore

/// The outbox as the daemon works it off.
extension Ledger {
  /// Effects that may be performed by then and are not marked, oldest first.
  /// - Parameter excluding: departments whose queue does not answer; theirs wait.
  public func pendingEffects(
    notAfter: Instant, of department: DepartmentID? = nil, excluding: Set<DepartmentID> = [], limit: Int
  ) throws(LedgerError) -> [PendingEffect] {
    let rows = try connection.perform { db in
      try Outbox(db: db).pending(
        notAfter: notAfter, of: department, excluding: excluding, limit: limit + done.count)
    }
    return Array(rows.lazy.filter { !self.done.contains($0.key) }.prefix(limit))
  }

  /// Files of the inbox that are recorded and not yet marked as removed.
  public func pendingRemovals() throws(LedgerError) -> [InboxFile] {
    try connection.perform { db in try Removals.pending(db) }.filter { !done.contains($0.key) }
  }

  /// Remembers that these effects and removals were performed; the next transaction writes it.
  ///
  /// A crash before that performs them again, which they bear: a delivery looks for its item first.
  public func deferDone(_ keys: some Sequence<String>) { done.formUnion(keys) }

  /// Writes the marks of `deferDone` when no other transaction is to come.
  public func flushDone() throws(LedgerError) {
    if !done.isEmpty { try recording { _ in } }
  }

  /// Marks at once, in a transaction of its own.
  public func mark(done keys: some Sequence<String>) throws(LedgerError) {
    deferDone(keys)
    try flushDone()
  }

  /// Registers the marker of a department's queue folder; a new one replaces the old.
  public func register(queue department: DepartmentID, marker: String) throws(LedgerError) {
    try recording { db in
      try db.run(
        """
        INSERT INTO queues (department, marker) VALUES (?, ?)
        ON CONFLICT (department) DO UPDATE SET marker = excluded.marker
        """, department.rawValue, marker)
    }
  }

  /// Registers the marker of a folder of the root that may be a mount; nil forgets it.
  public func register(place name: String, marker: String?) throws(LedgerError) {
    try recording { db in
      if let marker {
        try db.run(
          """
          INSERT INTO places (name, marker) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET marker = excluded.marker
          """, name, marker)
      } else {
        try db.run("DELETE FROM places WHERE name = ?", name)
      }
    }
  }

  /// Keeps the text of a rulebook for the decisions that name its digest.
  public func remember(rulebook digest: String, source: [UInt8]) throws(LedgerError) {
    try recording { db in
      try db.run(
        "INSERT INTO rulebooks (digest, source) VALUES (?, ?) ON CONFLICT DO NOTHING",
        digest, source)
    }
  }
}
