import GRDB
import TriageCore

/// Writes alerts and what comes with them, inside one transaction.
struct AlertRows {
  let db: Database
  let keys: DuplicateKeys

  func write(_ side: SideRecords, originals: OriginalRows, log: inout EventLog) throws {
    for alert in side.alerts { try write(alert, originals, &log) }
    for (name, value) in side.looks {
      try db.run(
        "INSERT INTO looks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name, value)
    }
    for (department, count) in side.reminded {
      try db.run(
        """
        INSERT INTO reminded (department, day, sent) VALUES (?, ?, ?)
        ON CONFLICT (department) DO UPDATE SET day = excluded.day, sent = excluded.sent
        """, department.rawValue, count.day.day, count.sent)
    }
  }

  /// An alert comes from no file: its original is the empty one.
  private func write(_ record: AlertRecord, _ originals: OriginalRows, _ log: inout EventLog) throws {
    let nothing = Original(
      sha256: Hex.string(EventChain.payloadHash(salt: [], payload: [])), size: 0, bytes: [])
    let rows = CaseRows(db: db)
    let origin = CaseRows.Origin(
      original: try originals.keep(nothing), duplicateKey: keys.digest(record.id.rawValue))
    let number = try rows.insert(record.index, origin: origin)
    try rows.insert(items: record.index.items, number: number)
    try rows.insert(deadlines: record.index.deadlines, number: number)
    try log.append(.alertRaised(record.alert), to: record.id, number: number, version: 1)
    try db.run(
      """
      INSERT INTO alerts (case_number, day, number, rule, occasion, cluster, members, raised_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, number, record.day.compact, record.number, record.alert.rule.rawValue, record.alert.occasion,
      record.cluster, record.members, record.index.takenAt.seconds)
    try Outbox(db: db).add(record.effects)
  }
}
