/// The fourth schema: what concerns the ledger as a whole, and folders that may be mounts. Never edited.
///
/// `ledger_events` are few and have a chain of their own, each bound to the place in the chain of cases at which it
/// stands: a restore, a person's word by which something was made anew. `places` holds the markers of folders of the root.
enum Migration4 {
  static let sql = """
    CREATE TABLE ledger_events (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      kind TEXT NOT NULL,
      at INTEGER NOT NULL,
      after INTEGER NOT NULL CHECK (after >= 0),
      body BLOB NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TRIGGER ledger_events_stay BEFORE UPDATE ON ledger_events
      BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER ledger_events_remain BEFORE DELETE ON ledger_events
      BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

    CREATE TABLE places (
      name TEXT PRIMARY KEY,
      marker TEXT NOT NULL CHECK (marker <> '')
    ) STRICT, WITHOUT ROWID;

    """
}
