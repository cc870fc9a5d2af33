import Crypto
import GRDB
import TriageCore

/// Fills a new ledger from an old one that is attached as `old`.
struct RebuildFilling {
  let db: Database
  let recomputation: Recomputation
  let now: Instant
  let keys: DuplicateKeys
  var outcome = LedgerRebuild.Outcome()

  private var matters = DerivedMatters()
  private var links: [(number: Int64, to: CaseID, why: String)] = []
  /// Texts to be entered for comparison, in the order of taking.
  private var sketches: [(number: Int64, at: Instant, area: AreaID?, sketch: Recomputation.Sketch)] = []
  private var effects: [PlannedEffect] = []

  /// Made anew, or filled otherwise than by copying; every other table is primary.
  private static let derived: Set<String> = [
    "cases", "assignments", "deadlines", "links", "sketches", "near_keys", "effects", "rulebooks",
  ]

  init(_ db: Database, _ recomputation: Recomputation, _ now: Instant) throws {
    self.db = db
    self.recomputation = recomputation
    self.now = now
    guard let root = try db.first("SELECT root FROM old.identity", read: { $0.text(0) }) else {
      throw LedgerError.inconsistent("the ledger has no identity")
    }
    keys = DuplicateKeys(root: root)
  }

  mutating func run() throws {
    try db.run("DELETE FROM identity")
    let tables = try db.all(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ) { $0.text(0) }
    for table in tables where !Self.derived.contains(table) { try copy(table) }
    try copyRulebooks()
    try makeCases()
    try makeLinks()
    try makeSketches()
    try makeEffects()
    try finishMarks()
    try db.each("PRAGMA main.foreign_key_check") { row in
      throw LedgerError.inconsistent("\(row.text(0)) \(row.int(1)): no such \(row.text(2))")
    }
  }

  // MARK: Copying

  private func columns(of table: String) throws -> String {
    try db.all("SELECT name FROM pragma_table_info('\(table)')") { $0.text(0) }.joined(separator: ", ")
  }

  private func copy(_ table: String, where condition: String = "") throws {
    let columns = try columns(of: table)
    // By the table itself: an index may be what is damaged.
    let source = try isPlain(table) ? "old.\(table) NOT INDEXED" : "old.\(table)"
    try db.run("INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM \(source)\(condition)")
  }

  /// A table with row numbers; of the others the index is the table.
  private func isPlain(_ table: String) throws -> Bool {
    try db.first("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = '\(table)'") { $0.int(0) }
      == 0
  }

  private mutating func copyRulebooks() throws {
    for digest in try db.all("SELECT digest FROM old.rulebooks", read: { $0.text(0) }) {
      let source = try db.first("SELECT source FROM old.rulebooks WHERE digest = ?", digest) { $0.blob(0) }
      guard let source, Hex.string(SHA256.hash(data: source)) == digest else {
        outcome.rulebooks.append(digest)
        continue
      }
      try db.run("INSERT INTO main.rulebooks (digest, source) VALUES (?, ?)", digest, source)
    }
  }

  // MARK: Cases

  private mutating func makeCases() throws {
    let stored = try db.all(
      "SELECT number, id, erased_at IS NOT NULL FROM old.cases NOT INDEXED ORDER BY number"
    ) { (number: $0.int(0), id: CaseID($0.text(1)), isErased: $0.int(2) == 1) }
    for (number, id, isErased) in stored {
      outcome.cases += 1
      if isErased { try takeOver(number) } else { try make(number, id) }
    }
    outcome.events = try db.first("SELECT count(*) FROM main.events") { $0.int(0) } ?? 0
  }

  /// Of an erased case its rows are all there is.
  private mutating func takeOver(_ number: Int64) throws {
    outcome.erased += 1
    try copy("cases", where: " WHERE number = \(number)")
    try db.run("UPDATE main.cases SET matter = NULL WHERE number = ?", number)
    for table in ["assignments", "deadlines", "links"] {
      try copy(table, where: " WHERE case_number = \(number)")
    }
    for other in try db.all("SELECT other FROM main.links WHERE case_number = ?", number, read: { $0.int(0) })
    {
      matters.link(number, other)
    }
  }

  private mutating func make(_ number: Int64, _ id: CaseID) throws {
    let derived = try DerivedCase(db, number: number, id: id, recomputation, keys)
    let told = try place(of: derived.original)
    let place = try told ?? db.first("SELECT original FROM old.cases WHERE number = ?", number) { $0.int(0) }
    guard let place else { throw LedgerError.originalMissing(derived.original) }
    var index = derived.index
    // Without rules to tell it by, the case is looked at at once.
    if recomputation.timers == nil, index.phase.isOpen { index.nextTimer = now }
    let rows = CaseRows(db: db)
    let origin = CaseRows.Origin(
      original: place, row: derived.row, duplicateKey: derived.duplicateKey, sourceKey: derived.sourceKey)
    _ = try rows.insert(index, origin: origin, number: number)
    try rows.insert(items: index.items, number: number)
    try rows.insert(deadlines: index.deadlines, number: number)
    links += derived.state.links.map { (number, $0.to, $0.why.rawValue) }
    if derived.materials.isComplete {
      try writeMaterials(derived)
    } else {
      try countEnclosures(derived)
    }
    sketches.append((number, derived.state.takenAt, index.area, derived.sketch))
    plan(derived)
  }

  private func place(of sha256: String) throws -> Int64? {
    try db.first("SELECT number FROM main.originals WHERE sha256 = ?", Hex.bytes(sha256) ?? []) { $0.int(0) }
  }

  /// The files of a case whose events tell of all of them.
  private func writeMaterials(_ derived: DerivedCase) throws {
    let places = try derived.materials.known.map { try place(of: $0.sha256) }
    if places.contains(nil) { return }
    try db.run("DELETE FROM main.materials WHERE case_number = ?", derived.number)
    for (offset, (material, place)) in zip(derived.materials.known, places).enumerated() {
      try db.run(
        "INSERT INTO main.materials (case_number, position, kind, name, original) VALUES (?, ?, ?, ?, ?)",
        derived.number, offset + 1, material.kind, material.name, place)
    }
  }

  private mutating func countEnclosures(_ derived: DerivedCase) throws {
    let all =
      try db.first("SELECT count(*) FROM materials WHERE case_number = ?", derived.number) { $0.int(0) } ?? 0
    outcome.enclosures += max(0, Int(all) - derived.materials.known.count)
  }

  /// What must be done whatever the outbox says: open items lie in their queues (a delivery looks for its item first),
  /// and what is to be sent later was not sent yet.
  private mutating func plan(_ derived: DerivedCase) {
    guard derived.index.phase.isOpen else { return }
    for item in derived.index.items where item.status != .ended {
      effects.append(PlannedEffect(.deliver(item.item, item.department)))
    }
    effects += derived.effects.filter { planned in planned.notBefore.map { $0 > now } ?? false }
  }

  private mutating func makeLinks() throws {
    for link in links {
      guard
        let other = try db.first(
          "SELECT number FROM main.cases WHERE id = ?", link.to.rawValue, read: { $0.int(0) })
      else { throw LedgerError.unknownCase(link.to) }
      try db.run(
        "INSERT INTO main.links (case_number, other, why) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        link.number,
        other, link.why)
      matters.link(link.number, other)
    }
    let linked = try db.all("SELECT case_number FROM main.links UNION SELECT other FROM main.links") {
      $0.int(0)
    }
    for number in linked {
      if let first = matters.first(of: number) {
        try db.run("UPDATE main.cases SET matter = ? WHERE number = ?", first, number)
      }
    }
  }

  // MARK: Near-same texts

  /// Entered in the order of taking, as they were; those of periods that nobody asks for any more are left out.
  private mutating func makeSketches() throws {
    guard let latest = sketches.map(\.at).max() else { return }
    let first = NearCases.period(of: latest) - 1
    for text in sketches where NearCases.period(of: text.at) >= first {
      switch text.sketch {
      case .none: break
      case .unknown:
        outcome.sketches += 1
        for table in ["sketches", "near_keys"] {
          try copy(table, where: " WHERE case_number = \(text.number)")
        }
      case .some(let sketch):
        let near = try NearCases(db, at: text.at)
        let found = try near.find(sketch, area: text.area, canMeet: recomputation.canMeet)
        let isOfMatter = found.first.map {
          $0.matter == (matters.first(of: text.number) ?? text.number)
        }
        try near.enter(text.number, sketch, except: isOfMatter == true ? found.entered : [])
      }
    }
  }

  // MARK: The outbox and the marks

  private mutating func makeEffects() throws {
    let verify = LedgerVerify(db, OriginalStore(state: ""))
    let stored = try db.all(
      "SELECT key, kind, subject, department, detail, digest, not_before FROM old.effects NOT INDEXED ORDER BY number"
    ) { row in
      (
        key: row.text(0),
        effect: EffectColumns(
          kind: row.text(1), subject: row.text(2), detail: row.text(4),
          digest: row.isNull(5) ? nil : Int(truncatingIfNeeded: row.int(5))
        ).effect(department: DepartmentID(row.text(3))),
        notBefore: row.isNull(6) ? nil : Instant(seconds: row.int(6))
      )
    }
    for row in stored {
      guard let effect = row.effect, effect.key == row.key, try verify.isOfItem(effect) else {
        outcome.effects.append(row.key)
        continue
      }
      try Outbox(db: db).add([PlannedEffect(effect, notBefore: row.notBefore)])
    }
    try Outbox(db: db).add(effects)
  }

  private func finishMarks() throws {
    if let timers = recomputation.timers {
      try TimerLooks.write(timers.stamp, now, db)
    } else {
      try db.run("DELETE FROM main.looks WHERE name = ?", TimerLooks.stamp)
    }
    var given: [String: Int64] = [:]
    for id in try db.all("SELECT id FROM main.cases", read: { CaseID($0.text(0)) }) where !id.isAlert {
      if let (day, number) = CaseNumbers.parts(of: id) { given[day] = max(given[day] ?? 0, number) }
    }
    for (day, number) in given {
      try db.run(
        """
        INSERT INTO main.numbering (day, last) VALUES (?, ?)
        ON CONFLICT (day) DO UPDATE SET last = max(last, excluded.last)
        """, day, number)
    }
  }
}
