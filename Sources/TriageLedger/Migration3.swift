/// The third schema: what tells that a case is about the same matter as an earlier one. Never edited.
///
/// `matter` is the first case of a matter that several cases are about, and nothing on that first case and on one that
/// stands alone, so that ordinary cases cost no entry of its index. It can be told from the links: a matter is what
/// links hold together.
///
/// `sketches` and `near_keys` find near-same text (`TextSketch`). They are cut into periods as long as the window in
/// which cases are compared: a batch writes only into the newest, which fits in memory however large the ledger is,
/// and what is older than the one before it is dropped.
enum Migration3 {
  static let sql = """
    ALTER TABLE cases ADD COLUMN matter INTEGER REFERENCES cases (number) CHECK (matter < number);
    CREATE INDEX cases_matter ON cases (matter) WHERE matter IS NOT NULL;

    CREATE TABLE sketches (
      case_number INTEGER PRIMARY KEY REFERENCES cases (number),
      period INTEGER NOT NULL,
      keys BLOB NOT NULL CHECK (length(keys) % 8 = 0),
      print BLOB NOT NULL CHECK (length(print) > 0),
      place INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE near_keys (
      period INTEGER NOT NULL,
      key INTEGER NOT NULL,
      case_number INTEGER NOT NULL,
      PRIMARY KEY (period, key, case_number)
    ) STRICT, WITHOUT ROWID;

    UPDATE cases SET matter = (
        WITH RECURSIVE linked (number) AS (
          SELECT cases.number
          UNION
          SELECT CASE l.case_number WHEN linked.number THEN l.other ELSE l.case_number END
          FROM linked JOIN links l ON l.case_number = linked.number OR l.other = linked.number
        )
        SELECT nullif(min(number), cases.number) FROM linked
      )
      WHERE number IN (SELECT case_number FROM links UNION SELECT other FROM links);
    """
}
