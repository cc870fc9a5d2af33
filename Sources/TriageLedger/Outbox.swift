import GRDB
import TriageCore

/// The effects that are recorded and not yet performed. A key is there once; done means gone.
///
/// The same effect may come again after it was done (an item that a clerk deleted is delivered again): what must
/// happen once over a case's life is kept once by its events.
struct Outbox {
  let db: Database

  func add(_ effects: [PlannedEffect]) throws {
    for planned in effects {
      let columns = EffectColumns(planned.effect)
      try db.run(
        """
        INSERT INTO effects (key, kind, subject, department, detail, digest, not_before)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
        """,
        planned.effect.key, columns.kind, columns.subject, planned.effect.department.rawValue,
        columns.detail, columns.digest, planned.notBefore?.seconds)
      try DayLines(db: db).add(planned.effect)
    }
  }

  func remove(_ keys: some Sequence<String>) throws {
    for key in keys {
      if key.hasPrefix(InboxFile.keyPrefix) {
        try db.run("DELETE FROM removals WHERE key = ?", key)
      } else {
        try db.run("DELETE FROM effects WHERE key = ?", key)
      }
    }
  }

  func pending(
    notAfter: Instant, of department: DepartmentID?, excluding: Set<DepartmentID>, limit: Int
  ) throws -> [PendingEffect] {
    var arguments: StatementArguments = [notAfter.seconds]
    var condition = ""
    if let department {
      condition += " AND department = ?"
      arguments += [department.rawValue]
    }
    if !excluding.isEmpty {
      let marks = Array(repeating: "?", count: excluding.count).joined(separator: ", ")
      condition += " AND department NOT IN (\(marks))"
      arguments += StatementArguments(excluding.map(\.rawValue).sorted())
    }
    arguments += [limit]
    return try db.rows(
      """
      SELECT key, kind, subject, department, detail, digest, not_before FROM effects
      WHERE (not_before IS NULL OR not_before <= ?)\(condition) ORDER BY number LIMIT ?
      """, arguments
    ).map(Self.effect)
  }

  private static func effect(_ row: Row) throws -> PendingEffect {
    let columns = EffectColumns(kind: row[1], subject: row[2], detail: row[4], digest: row[5])
    guard let effect = columns.effect(department: DepartmentID(row[3])) else {
      throw LedgerError.inconsistent("the outbox holds an effect that cannot be read: \(row[0] as String)")
    }
    let notBefore: Int64? = row[6]
    return PendingEffect(
      key: row[0], planned: PlannedEffect(effect, notBefore: notBefore.map { Instant(seconds: $0) }))
  }
}

/// An effect as columns.
struct EffectColumns {
  var kind: String
  /// The item, or the case.
  var subject: String
  /// The request's file, the notice's number, the reminder's slot, whether a delivery is not the first.
  var detail: String
  var digest: Int?

  init(kind: String, subject: String, detail: String, digest: Int?) {
    self.kind = kind
    self.subject = subject
    self.detail = detail
    self.digest = digest
  }

  init(_ effect: Effect) {
    switch effect {
    case .deliver(let item, _):
      self.init(kind: "deliver", subject: item.description, detail: "", digest: nil)
    case .redeliver(let item, _):
      self.init(kind: "deliver", subject: item.description, detail: Self.again, digest: nil)
    case .retire(let item, _):
      self.init(kind: "retire", subject: item.description, detail: "", digest: nil)
    case .fileRequest(let id, _, let file):
      self.init(kind: "file_request", subject: id.rawValue, detail: file, digest: nil)
    case .notice(let id, _, let number, let digest):
      self.init(kind: "notice", subject: id.rawValue, detail: String(number), digest: digest?.day)
    case .remind(let id, _, let slot, let digest):
      self.init(kind: "remind", subject: id.rawValue, detail: slot, digest: digest?.day)
    }
  }

  /// The detail of a delivery that is not the first.
  private static let again = "again"

  func effect(department: DepartmentID) -> Effect? {
    switch kind {
    case "deliver":
      ItemID(subject).map { detail == Self.again ? .redeliver($0, department) : .deliver($0, department) }
    case "retire": ItemID(subject).map { .retire($0, department) }
    case "file_request": .fileRequest(CaseID(subject), department, file: detail)
    case "notice": Int(detail).map { .notice(CaseID(subject), department, number: $0, digest: day) }
    case "remind": .remind(CaseID(subject), department, slot: detail, digest: day)
    default: nil
    }
  }

  private var day: CivilDate? { digest.map(CivilDate.init(day:)) }
}
