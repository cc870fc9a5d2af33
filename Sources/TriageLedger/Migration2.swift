/// The second schema: alerts. Never edited.
///
/// An alert is kept like a case, so that its events stand in the same chain and its item is delivered and reconciled
/// as every other; `cases.alert` keeps it out of what is asked of cases. `alerts` holds what makes it come once:
/// the rule with its occasion, and of a cluster how large it was when it was last told.
///
/// `looks` says how far the daemon has looked for what concerns many cases together; `reminded` how many reminders a
/// department got at once on its last day.
///
/// `assignments` is made anew for the role that its check did not know.
enum Migration2 {
  static let sql = """
    ALTER TABLE cases ADD COLUMN alert INTEGER NOT NULL DEFAULT 0 CHECK (alert = 0 OR alert = 1);
    CREATE INDEX cases_category ON cases (category, taken_at);
    CREATE INDEX cases_area ON cases (area, taken_at) WHERE area IS NOT NULL;

    CREATE TABLE alerts (
      case_number INTEGER PRIMARY KEY REFERENCES cases (number),
      day TEXT NOT NULL CHECK (length(day) = 8),
      number INTEGER NOT NULL CHECK (number > 0),
      rule TEXT NOT NULL,
      occasion TEXT NOT NULL,
      cluster TEXT,
      members INTEGER NOT NULL CHECK (members > 0),
      raised_at INTEGER NOT NULL,
      UNIQUE (day, number),
      UNIQUE (rule, occasion)
    ) STRICT;
    CREATE INDEX alerts_cluster ON alerts (rule, cluster, raised_at) WHERE cluster IS NOT NULL;

    CREATE TABLE looks (
      name TEXT PRIMARY KEY,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE reminded (
      department TEXT PRIMARY KEY,
      day INTEGER NOT NULL,
      sent INTEGER NOT NULL CHECK (sent >= 0)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE assignments_new (
      case_number INTEGER NOT NULL REFERENCES cases (number),
      role TEXT NOT NULL CHECK (role = 'lead' OR role = 'assist' OR role = 'approve' OR role = 'follow_up'
        OR role = 'adjudicate' OR role = 'alert'),
      ordinal INTEGER NOT NULL CHECK (ordinal > 0),
      department TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status = 'new' OR status = 'accepted' OR status = 'done'
        OR status = 'returned' OR status = 'ended'),
      opened_at INTEGER NOT NULL,
      PRIMARY KEY (case_number, role, ordinal)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO assignments_new SELECT case_number, role, ordinal, department, status, opened_at FROM assignments;
    DROP TABLE assignments;
    ALTER TABLE assignments_new RENAME TO assignments;
    CREATE INDEX assignments_department ON assignments (department, status);

    """
}
