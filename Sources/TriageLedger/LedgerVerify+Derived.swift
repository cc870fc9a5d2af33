import GRDB
import TriageCore

/// Makes every row that follows from events anew, case by case, and compares.
extension LedgerVerify {
  /// What all cases together are compared by, once each was looked at.
  fileprivate struct Whole {
    var matters = DerivedMatters()
    /// Numbers of erased cases: their keys are gone, and with them what stood in for those of others.
    var erased: Set<Int64> = []
    /// Keys under which a case is not entered itself: another of its matter must be.
    var leftOut: [(number: Int64, id: CaseID, period: Int64, keys: [Int64])] = []
    /// Entries of the periods that are still asked for.
    var entries = 0
    /// Where those periods begin.
    var firstPeriod: Int64 = 0
  }

  mutating func verifyDerived(_ recomputation: Recomputation) throws {
    let keys = DuplicateKeys(root: try Opening.root(db))
    var whole = Whole()
    whole.firstPeriod = NearCases.period(of: Instant(seconds: try latestTaking())) - 1
    try attempt { verify in
      var last: Int64 = 0
      while true {
        let cases = try verify.cases(after: last)
        guard let end = cases.last else { break }
        last = end.number
        for stored in cases { try verify.compare(stored, recomputation, keys, &whole) }
      }
    }
    try attempt { try $0.compareMatters(whole) }
    try attempt { try $0.compareNearKeys(whole) }
    try attempt { try $0.checkEffects() }
  }

  private func latestTaking() throws -> Int64 {
    try db.first("SELECT max(taken_at) FROM cases") { $0.int(0) } ?? 0
  }

  // MARK: One case

  /// A row of `cases`, whatever it holds.
  private struct StoredCase {
    var number: Int64
    var id: CaseID
    var isErased: Bool
    var original: String?
    var nextTimer: String?
    var takenAt: Int64
    var columns: [String: String?]
  }

  private static let compared = [
    "phase", "open", "channel", "source_id", "title", "category", "level", "lead", "area", "taken_at",
    "resolved_at", "closed_at", "original_row", "duplicate_key", "source_key", "alert",
  ]
  private static let casesSQL = """
    SELECT c.number, c.id, c.erased_at, c.next_timer, c.taken_at, o.sha256,
      \(compared.map { "c.\($0)" }.joined(separator: ", "))
    FROM cases c LEFT JOIN originals o ON o.number = c.original WHERE c.number > ? ORDER BY c.number LIMIT 500
    """

  private func cases(after number: Int64) throws -> [StoredCase] {
    try db.all(Self.casesSQL, number) { row in
      var columns: [String: String?] = [:]
      for (offset, name) in Self.compared.enumerated() { columns[name] = row.value(CInt(6 + offset)) }
      return StoredCase(
        number: row.int(0), id: CaseID(row.text(1)), isErased: !row.isNull(2), original: row.value(5),
        nextTimer: row.value(3), takenAt: row.int(4), columns: columns)
    }
  }

  private mutating func compare(
    _ stored: StoredCase, _ recomputation: Recomputation, _ keys: DuplicateKeys, _ whole: inout Whole
  ) throws {
    for other in try links(of: stored.number).compactMap(\.number) {
      whole.matters.link(stored.number, other)
    }
    if stored.isErased {
      report.notRecomputed.erased += 1
      whole.erased.insert(stored.number)
      return
    }
    if broken.contains(stored.number) { return }
    let derived: DerivedCase
    do {
      derived = try DerivedCase(db, number: stored.number, id: stored.id, recomputation, keys)
    } catch let error as LedgerError {
      return report.add(.unreadableCase(stored.id, detail: "\(error)"))
    }
    report.recomputed += 1
    for (name, value) in derived.columns where stored.columns[name] != .some(value) {
      differs(stored.id, "cases", name, stored.columns[name] ?? nil, value)
    }
    if stored.original != derived.original {
      differs(stored.id, "cases", "original", stored.original, derived.original)
    }
    try compareTimer(stored, derived, recomputation)
    try compareAssignments(derived)
    try compareDeadlines(derived)
    try compareLinks(derived)
    try compareMaterials(derived)
    try compareAlert(derived)
    try compareSketch(derived, &whole)
  }

  mutating func differs(
    _ id: CaseID, _ table: String, _ column: String, _ stored: String?, _ recomputed: String?
  ) {
    report.add(.differs(id, table: table, column: column, stored: stored, recomputed: recomputed))
  }

  /// A timer is compared where the rules in force are those that it was counted under; one that was set to be looked at
  /// with all others (after a reload) is as it should be.
  private mutating func compareTimer(
    _ stored: StoredCase, _ derived: DerivedCase, _ recomputation: Recomputation
  ) throws {
    guard derived.index.phase.isOpen else {
      if let timer = stored.nextTimer { differs(stored.id, "cases", "next_timer", timer, nil) }
      return
    }
    let stamp = try look(TimerLooks.stamp)
    guard let timers = recomputation.timers, timers.stamp == stamp else {
      return report.notRecomputed.timers += 1
    }
    let expected = derived.index.nextTimer.map { "\($0.seconds)" }
    if stored.nextTimer == expected { return }
    if let touched = try look(TimerLooks.touched), stored.nextTimer == "\(touched)" { return }
    differs(stored.id, "cases", "next_timer", stored.nextTimer, expected)
  }

  private func look(_ name: String) throws -> Int64? {
    try db.first("SELECT value FROM looks WHERE name = ?", name) { $0.int(0) }
  }

  private mutating func compareAssignments(_ derived: DerivedCase) throws {
    let rows = try db.all(
      "SELECT role, ordinal, department, status, opened_at FROM assignments WHERE case_number = ?",
      derived.number
    ) { row in ("\(row.text(0))-\(row.int(1))", (2..<5).map { row.value(CInt($0)) }) }
    compare(
      Dictionary(rows) { _, last in last }, derived.assignments, DerivedCase.assignmentColumns,
      derived.state.id, "assignments")
  }

  private mutating func compareDeadlines(_ derived: DerivedCase) throws {
    let columns = DerivedCase.deadlineColumns
    let rows = try db.all(
      "SELECT position, \(columns.joined(separator: ", ")) FROM deadlines WHERE case_number = ?",
      derived.number
    ) { row in ("\(row.int(0))", columns.indices.map { row.value(CInt($0 + 1)) }) }
    let expected = derived.deadlines.enumerated().map { ("\($0.offset)", $0.element) }
    compare(
      Dictionary(rows) { _, last in last }, Dictionary(expected) { _, last in last }, columns,
      derived.state.id, "deadlines")
  }

  /// Rows by their key; of a deadline the stage is said too, since its place says nothing to people.
  private mutating func compare(
    _ stored: [String: [String?]], _ expected: [String: [String?]], _ columns: [String], _ id: CaseID,
    _ table: String
  ) {
    for key in Set(stored.keys).union(expected.keys).sorted() {
      guard let was = stored[key], let should = expected[key] else {
        differs(id, table, key, stored[key].map(Self.words), expected[key].map(Self.words))
        continue
      }
      for (place, column) in columns.enumerated() where was[place] != should[place] {
        let row = table == "deadlines" ? "\(key) (\(should[0] ?? ""))" : key
        differs(id, table, "\(row).\(column)", was[place], should[place])
      }
    }
  }

  private static func words(_ values: [String?]) -> String { values.map { $0 ?? "-" }.joined(separator: " ") }

  private func links(of number: Int64) throws -> [(number: Int64?, name: String)] {
    try db.all(
      "SELECT l.other, o.id, l.why FROM links l LEFT JOIN cases o ON o.number = l.other WHERE l.case_number = ?",
      number
    ) { row in (row.int(0), "\(row.text(1)) \(row.text(2))") }
  }

  private mutating func compareLinks(_ derived: DerivedCase) throws {
    let stored = Set(try links(of: derived.number).map(\.name))
    let expected = Set(derived.state.links.map { "\($0.to) \($0.why.rawValue)" })
    for link in stored.subtracting(expected).sorted() {
      differs(derived.state.id, "links", "other", link, nil)
    }
    for link in expected.subtracting(stored).sorted() {
      differs(derived.state.id, "links", "other", nil, link)
    }
  }

  /// Files are truth of their own; what events tell of them must agree.
  private mutating func compareMaterials(_ derived: DerivedCase) throws {
    let rows = try db.all(
      """
      SELECT m.position, m.kind, m.name, o.sha256 FROM materials m LEFT JOIN originals o ON o.number = m.original
      WHERE m.case_number = ? ORDER BY m.position
      """, derived.number
    ) { row in
      (
        row.int(0),
        DerivedMaterials.Material(kind: row.text(1), name: row.text(2), sha256: row.value(3) ?? "")
      )
    }
    var expected = derived.materials.known[...]
    for (place, (position, material)) in rows.enumerated() {
      if position != Int64(place + 1) {
        differs(derived.state.id, "materials", "position", "\(position)", "\(place + 1)")
      }
      if material == expected.first {
        expected.removeFirst()
      } else if !derived.materials.isComplete, material.kind == "attachment" {
        report.notRecomputed.enclosures += 1
      } else {
        differs(
          derived.state.id, "materials", "\(position)", Self.words(material), expected.first.map(Self.words))
        if !expected.isEmpty { expected.removeFirst() }
      }
    }
    for material in expected {
      differs(derived.state.id, "materials", "\(rows.count + 1)", nil, Self.words(material))
    }
  }

  private static func words(_ material: DerivedMaterials.Material) -> String {
    "\(material.kind) \(material.name) \(material.sha256.prefix(12))"
  }

  private mutating func compareAlert(_ derived: DerivedCase) throws {
    guard let alert = derived.state.alert else { return }
    let stored = try db.first(
      "SELECT rule, occasion, raised_at, day, number FROM alerts WHERE case_number = ?", derived.number
    ) { row in (0..<5).map { row.value(CInt($0)) } }
    let parts = derived.state.id.rawValue.split(separator: "-").map(String.init)
    let expected: [String?] = [
      alert.rule.rawValue, alert.occasion, "\(derived.state.takenAt.seconds)", parts.dropFirst().first,
      parts.last,
    ]
    if stored != expected {
      differs(derived.state.id, "alerts", "rule", stored.map(Self.words), Self.words(expected))
    }
  }

  // MARK: All cases

  private mutating func compareMatters(_ whole: Whole) throws {
    try db.each("SELECT number, id, matter FROM cases") { row in
      let expected = whole.matters.first(of: row.int(0)).map { "\($0)" }
      if row.value(2) != expected {
        differs(CaseID(row.text(1)), "cases", "matter", row.value(2), expected)
      }
    }
  }

  /// The outbox must name items as they are; what it should hold and does not is found by the folders' check.
  private mutating func checkEffects() throws {
    let rows = try db.all("SELECT key, kind, subject, department, detail, digest FROM effects") { row in
      (
        key: row.text(0), department: DepartmentID(row.text(3)),
        columns: EffectColumns(
          kind: row.text(1), subject: row.text(2), detail: row.text(4),
          digest: row.isNull(5) ? nil : Int(truncatingIfNeeded: row.int(5)))
      )
    }
    for row in rows {
      let effect = row.columns.effect(department: row.department)
      if let effect, effect.key == row.key, try isOfItem(effect) { continue }
      differs(CaseID(row.columns.subject), "effects", row.key, row.columns.kind, effect?.key)
    }
  }

  /// Whether an order about an item goes to the department that has it.
  func isOfItem(_ effect: Effect) throws -> Bool {
    let item: ItemID
    switch effect {
    case .deliver(let delivered, _), .redeliver(let delivered, _): item = delivered
    case .retire(let retired, _): item = retired
    default: return true
    }
    let department = try db.first(
      """
      SELECT a.department FROM assignments a JOIN cases c ON c.number = a.case_number
      WHERE c.id = ? AND a.role = ? AND a.ordinal = ?
      """, item.caseID.rawValue, item.role.rawValue, item.ordinal
    ) { $0.text(0) }
    return department == effect.department.rawValue
  }
}

// MARK: Near-same texts

extension LedgerVerify {
  /// The sketch of one case, with those of its keys under which it is entered. Of a case whose matter was entered under
  /// a key before, that key is left out; which those were nobody can tell later, only that such a case must be there.
  private mutating func compareSketch(_ derived: DerivedCase, _ whole: inout Whole) throws {
    let period = NearCases.period(of: derived.state.takenAt)
    let stored = try db.first(
      "SELECT period, keys, print, place FROM sketches WHERE case_number = ?", derived.number
    ) { row in (period: row.int(0), keys: NearCases.keys(row.blob(1)), print: row.blob(2), place: row.int(3))
    }
    if let stored, stored.period >= whole.firstPeriod {
      whole.entries += stored.keys.count
      for key in stored.keys {
        if try isEntered(key, stored.period, derived.number) { continue }
        differs(derived.state.id, "near_keys", "key", nil, "\(key)")
      }
    }
    let sketch: TextSketch
    switch derived.sketch {
    case .unknown: return report.notRecomputed.sketches += 1
    case .none:
      if stored != nil { differs(derived.state.id, "sketches", "keys", "\(stored?.keys ?? [])", nil) }
      return
    case .some(let made): sketch = made
    }
    guard let stored else {
      if period >= whole.firstPeriod {
        whole.leftOut.append((derived.number, derived.state.id, period, sketch.keys))
      }
      return
    }
    let id = derived.state.id
    if stored.period != period { differs(id, "sketches", "period", "\(stored.period)", "\(period)") }
    if stored.print != sketch.print {
      differs(id, "sketches", "print", Hex.string(stored.print), Hex.string(sketch.print))
    }
    let place = Int64(bitPattern: sketch.place)
    if stored.place != place { differs(id, "sketches", "place", "\(stored.place)", "\(place)") }
    if !Set(stored.keys).isSubset(of: sketch.keys) {
      differs(id, "sketches", "keys", "\(stored.keys)", "\(sketch.keys)")
    }
    let missing = sketch.keys.filter { !stored.keys.contains($0) }
    if !missing.isEmpty, period >= whole.firstPeriod {
      whole.leftOut.append((derived.number, id, period, missing))
    }
  }

  private func isEntered(_ key: Int64, _ period: Int64, _ number: Int64) throws -> Bool {
    try db.first(
      "SELECT 1 FROM near_keys WHERE period = ? AND key = ? AND case_number = ?", period, key, number
    ) { _ in true } ?? false
  }

  private mutating func compareNearKeys(_ whole: Whole) throws {
    let entries =
      try db.first("SELECT count(*) FROM near_keys WHERE period >= ?", whole.firstPeriod) { $0.int(0) } ?? 0
    if entries != Int64(whole.entries) {
      report.add(.nearKeys(stored: Int(entries), recomputed: whole.entries))
    }
    let erased = Set(whole.erased.map { whole.matters.first(of: $0) ?? $0 })
    for left in whole.leftOut {
      let matter = whole.matters.first(of: left.number) ?? left.number
      if matter == left.number {
        // Nothing stood in for the first case of a matter.
        for key in left.keys { differs(left.id, "near_keys", "key", nil, "\(key)") }
        continue
      }
      if erased.contains(matter) { continue }
      for key in left.keys {
        let holders = try db.all(
          "SELECT case_number FROM near_keys WHERE period = ? AND key = ?", left.period, key
        ) { $0.int(0) }
        if !holders.contains(where: { (whole.matters.first(of: $0) ?? $0) == matter }) {
          differs(left.id, "near_keys", "key", nil, "\(key)")
        }
      }
    }
  }
}
