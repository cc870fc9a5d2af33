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

CREATE TABLE "assignments" (
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

CREATE INDEX assignments_department ON assignments (department, status);

CREATE TABLE cases (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  phase TEXT NOT NULL,
  open INTEGER NOT NULL CHECK (open = (phase = 'assigned' OR phase = 'accepted' OR phase = 'returned'
    OR phase = 'paused' OR phase = 'approval' OR phase = 'follow_up')),
  channel TEXT NOT NULL,
  source_id TEXT,
  title TEXT NOT NULL,
  category TEXT NOT NULL,
  level TEXT NOT NULL,
  lead TEXT NOT NULL,
  area TEXT,
  taken_at INTEGER NOT NULL,
  resolved_at INTEGER,
  closed_at INTEGER,
  next_timer INTEGER,
  version INTEGER NOT NULL CHECK (version > 0),
  original INTEGER NOT NULL REFERENCES originals (number),
  original_row INTEGER,
  duplicate_key BLOB CHECK (length(duplicate_key) = 32),
  source_key TEXT,
  erased_at INTEGER
, alert INTEGER NOT NULL DEFAULT 0 CHECK (alert = 0 OR alert = 1), matter INTEGER REFERENCES cases (number) CHECK (matter < number)) STRICT;

CREATE INDEX cases_area ON cases (area, taken_at) WHERE area IS NOT NULL;

CREATE INDEX cases_category ON cases (category, taken_at);

CREATE INDEX cases_duplicate ON cases (duplicate_key) WHERE source_key IS NULL;

CREATE INDEX cases_matter ON cases (matter) WHERE matter IS NOT NULL;

CREATE INDEX cases_open ON cases (number) WHERE open = 1;

CREATE INDEX cases_original ON cases (original);

CREATE INDEX cases_source ON cases (source_key, duplicate_key) WHERE source_key IS NOT NULL;

CREATE INDEX cases_timer ON cases (next_timer) WHERE next_timer IS NOT NULL;

CREATE TABLE day_lines (
  department TEXT NOT NULL,
  day INTEGER NOT NULL,
  case_number INTEGER NOT NULL REFERENCES cases (number),
  kind TEXT NOT NULL CHECK (kind = 'notice' OR kind = 'remind'),
  detail TEXT NOT NULL,
  PRIMARY KEY (department, day, case_number, kind, detail)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadlines (
  case_number INTEGER NOT NULL REFERENCES cases (number),
  position INTEGER NOT NULL CHECK (position >= 0),
  stage TEXT NOT NULL,
  item_role TEXT,
  item_ordinal INTEGER,
  department TEXT,
  start INTEGER NOT NULL,
  due INTEGER NOT NULL,
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  ended TEXT CHECK (ended = 'met' OR ended = 'late' OR ended = 'cancelled'),
  PRIMARY KEY (case_number, position),
  CHECK ((item_role IS NULL) = (item_ordinal IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX deadlines_due ON deadlines (due) WHERE ended IS NULL;

CREATE TABLE effects (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind = 'deliver' OR kind = 'retire' OR kind = 'file_request'
    OR kind = 'notice' OR kind = 'remind'),
  subject TEXT NOT NULL,
  department TEXT NOT NULL,
  detail TEXT NOT NULL,
  digest INTEGER,
  not_before INTEGER
) STRICT;

CREATE TABLE events (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  case_number INTEGER NOT NULL REFERENCES cases (number),
  version INTEGER NOT NULL CHECK (version > 0),
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  payload_hash BLOB NOT NULL CHECK (length(payload_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (case_number, version)
) STRICT;

CREATE TRIGGER events_remain BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TRIGGER events_stay BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TABLE identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  root TEXT NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TABLE ledger_events (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  after INTEGER NOT NULL CHECK (after >= 0),
  body BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER ledger_events_remain BEFORE DELETE ON ledger_events
  BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TRIGGER ledger_events_stay BEFORE UPDATE ON ledger_events
  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TABLE links (
  case_number INTEGER NOT NULL REFERENCES cases (number),
  other INTEGER NOT NULL REFERENCES cases (number),
  why TEXT NOT NULL,
  PRIMARY KEY (case_number, other, why)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_other ON links (other);

CREATE TABLE looks (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE materials (
  case_number INTEGER NOT NULL REFERENCES cases (number),
  position INTEGER NOT NULL CHECK (position > 0),
  kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'attachment')),
  name TEXT NOT NULL,
  original INTEGER NOT NULL REFERENCES originals (number),
  PRIMARY KEY (case_number, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX materials_original ON materials (original);

CREATE TABLE near_keys (
  period INTEGER NOT NULL,
  key INTEGER NOT NULL,
  case_number INTEGER NOT NULL,
  PRIMARY KEY (period, key, case_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE numbering (
  day TEXT PRIMARY KEY CHECK (length(day) = 8),
  last INTEGER NOT NULL CHECK (last > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE originals (
  number INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  size INTEGER NOT NULL CHECK (size >= 0),
  place TEXT NOT NULL
    CHECK (place = 'ledger' OR place = 'file' OR place = 'erasing' OR place = 'erased'),
  bytes BLOB CHECK (bytes IS NULL OR length(bytes) = size),
  CHECK ((place = 'ledger') = (bytes IS NOT NULL))
) STRICT;

CREATE TABLE payloads (
  sequence INTEGER PRIMARY KEY REFERENCES events (sequence),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  payload BLOB NOT NULL
) STRICT;

CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads
  BEGIN SELECT RAISE(ABORT, 'payloads are erased, never changed'); END;

CREATE TABLE places (
  name TEXT PRIMARY KEY,
  marker TEXT NOT NULL CHECK (marker <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE queues (
  department TEXT PRIMARY KEY,
  marker TEXT NOT NULL UNIQUE CHECK (marker <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE reminded (
  department TEXT PRIMARY KEY,
  day INTEGER NOT NULL,
  sent INTEGER NOT NULL CHECK (sent >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE removals (
  key TEXT PRIMARY KEY,
  path BLOB NOT NULL CHECK (length(path) > 0),
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  is_folder INTEGER NOT NULL CHECK (is_folder IN (0, 1)),
  original INTEGER NOT NULL REFERENCES originals (number),
  outcomes TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rulebooks (
  digest TEXT PRIMARY KEY CHECK (digest <> ''),
  source BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sketches (
  case_number INTEGER PRIMARY KEY REFERENCES cases (number),
  period INTEGER NOT NULL,
  keys BLOB NOT NULL CHECK (length(keys) % 8 = 0),
  print BLOB NOT NULL CHECK (length(print) > 0),
  place INTEGER NOT NULL
) STRICT;
