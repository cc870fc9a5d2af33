/// The fifth schema: what departments are told on a day, and the files of cases for those who have them already.
/// Never edited.
///
/// `day_lines` holds what stands in a department's file of a day: that file is written whole each time a line is
/// added. Its rows are of use until the day is over.
///
/// Files that came with a case lay in `state/files` alone: whoever acts on such a case is delivered its item once
/// more, which finds the item there and puts the files beside it.
enum Migration5 {
  static let sql = """
    CREATE TABLE day_lines (
      department TEXT NOT NULL,
      day INTEGER NOT NULL,
      case_number INTEGER NOT NULL REFERENCES cases (number),
      kind TEXT NOT NULL CHECK (kind = 'notice' OR kind = 'remind'),
      detail TEXT NOT NULL,
      PRIMARY KEY (department, day, case_number, kind, detail)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO effects (key, kind, subject, department, detail)
      SELECT 'deliver/' || item, 'deliver', item, department, '' FROM (
        SELECT a.department,
          CASE WHEN a.role = 'lead' AND a.ordinal = 1 THEN c.id ELSE c.id || '.' || a.role || '-' || a.ordinal END
            AS item
        FROM assignments a JOIN cases c ON c.number = a.case_number
        WHERE c.alert = 0 AND a.status <> 'ended'
          AND EXISTS (SELECT 1 FROM materials m WHERE m.case_number = c.number AND m.kind = 'attachment')
      ) WHERE true ON CONFLICT (key) DO NOTHING;

    """
}
