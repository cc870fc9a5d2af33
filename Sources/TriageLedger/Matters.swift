import GRDB
import TriageCore

/// Matters: what cases are about that links hold together, known by the first of them.
struct Matters {
  let db: Database

  /// The first case of the matter that a case belongs to; the case itself when it stands alone.
  func first(of number: Int64) throws -> Int64 {
    try db.first("SELECT coalesce(matter, number) FROM cases WHERE number = ?", number) { $0.int(0) }
      ?? number
  }

  /// Makes one matter of several.
  /// - Returns: the first case of it.
  @discardableResult
  func unite(_ firsts: some Collection<Int64>) throws -> Int64? {
    guard let first = firsts.min() else { return nil }
    for other in Set(firsts) where other != first {
      try db.run("UPDATE cases SET matter = ? WHERE matter = ?", first, other)
      try db.run("UPDATE cases SET matter = ? WHERE number = ?", first, other)
    }
    return first
  }

  /// When the cases of these matters were taken, ascending; of many the latest.
  func history(of firsts: some Collection<Int64>, before number: Int64 = .max) throws -> CaseHistory {
    var instants: [Instant] = []
    for first in Set(firsts) {
      instants += try db.all(
        """
        SELECT taken_at FROM (SELECT number, taken_at FROM cases WHERE number = ?1
          UNION ALL SELECT number, taken_at FROM cases WHERE matter = ?1)
        WHERE number < ?2 ORDER BY number DESC LIMIT ?3
        """, first, number, Limits.historyLength
      ) { Instant(seconds: $0.int(0)) }
    }
    return CaseHistory(sameMatter: instants.sorted().suffix(Limits.historyLength).map { $0 })
  }
}

/// What a new case has to do with earlier ones.
struct Relations {
  /// The open case that is the same record.
  private(set) var duplicate: Duplicates.Earlier?
  private(set) var links: [CaseEvent.Linked] = []
  /// The first cases of the matters that it belongs to.
  private(set) var matters: Set<Int64> = []
  /// Open cases that it names.
  private(set) var cited: [CaseID] = []
  /// Keys under which its matter is entered already.
  private(set) var entered: Set<Int64> = []

  /// - Parameter area: the case's own.
  init(
    _ db: Database, _ clues: MatterClues, keys: DuplicateKeys, area: AreaID?, near: NearCases,
    canMeet: (AreaID, AreaID) -> Bool
  ) throws {
    let earlier = try Duplicates(
      db, keys: ([clues.duplicateKey] + clues.formerKeys).map(keys.digest), sourceKey: clues.sourceKey)
    duplicate = earlier.open
    if duplicate != nil { return }
    if let last = earlier.last { try add(last, earlier.why, db) }
    try addReferences(clues.references, db)
    guard let sketch = clues.sketch else { return }
    let found = try near.find(sketch, area: area, canMeet: canMeet)
    guard let first = found.first else { return }
    entered = found.entered
    // Of the matter that an id told already, nothing more is to be said.
    if matters.insert(first.matter).inserted { links.append(.init(to: first.id, why: .nearSameText)) }
  }

  private mutating func add(_ other: (id: CaseID, number: Int64), _ why: CaseEvent.Linked.Why, _ db: Database)
    throws
  {
    links.append(.init(to: other.id, why: why))
    matters.insert(try Matters(db: db).first(of: other.number))
  }

  private mutating func addReferences(_ references: [MatterClues.Reference], _ db: Database) throws {
    var named: Set<Int64> = []
    for reference in references {
      let sql =
        switch reference {
        case .caseID: "SELECT id, number, open FROM cases WHERE id = ?"
        case .sourceKey:
          "SELECT id, number, open FROM cases WHERE source_key = ? ORDER BY number DESC LIMIT 1"
        }
      let found = try db.first(sql, reference.name) { row in
        (id: CaseID(row.text(0)), number: row.int(1), isOpen: row.int(2) == 1)
      }
      guard let found, named.insert(found.number).inserted else { continue }
      try add((found.id, found.number), .reference, db)
      if found.isOpen { cited.append(found.id) }
    }
  }
}

extension MatterClues.Reference {
  fileprivate var name: String {
    switch self {
    case .caseID(let id): id.rawValue
    case .sourceKey(let key): key
    }
  }
}
