import Foundation
import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("Cases about the same matter")
struct MatterTests {
  let scratch = Scratch()

  private func id(_ number: Int) -> CaseID {
    CaseID("ZZ20261121-" + String(repeating: "0", count: 4 - String(number).count) + String(number))
  }

  /// A sketch by its numbers: equal `like` is near-same text.
  private func sketch(like: Int, place: UInt64 = 0) -> TextSketch {
    let base = Int64(like * 1000)
    return TextSketch(
      keys: (1...5).map { base + $0 }, probes: (6...20).map { base + $0 },
      print: (0..<128).map { UInt8(truncatingIfNeeded: like * 31 + $0 * like) }, place: place)
  }

  private func record(
    _ number: Int, like: Int? = nil, area: AreaID? = "c1", place: UInt64 = 0,
    naming: [MatterClues.Reference] = [],
    sourceID: String? = nil
  ) throws -> IntakeRecord {
    var record = try Sample.record(number, sourceID: sourceID)
    record.cases[0].taken.decision.area = area
    record.cases[0].taken.history = CaseHistory()
    record.cases[0].body = try Ledger.encode(.taken(record.cases[0].taken))
    record.cases[0].clues.sketch = like.map { sketch(like: $0, place: place) }
    record.cases[0].clues.references = naming
    return record
  }

  private func links(_ ledger: Ledger, _ number: Int) throws -> [CaseLink] {
    try ledger.read.links(of: id(number)).filter { $0.from == id(number) }
  }

  private func history(_ ledger: Ledger, _ number: Int) throws -> Int {
    guard case .taken(let taken)? = try ledger.read.events(of: id(number)).first?.event else { return -1 }
    return taken.history.sameMatter.count
  }

  private func matter(_ ledger: Ledger, _ number: Int) throws -> Set<CaseID> {
    Set(try ledger.read.search(CaseQuery(sameAs: id(number))).map(\.id))
  }

  @Test(
    "Thirty near-same letters are thirty cases of one matter, in one batch and in several",
    arguments: [30, 7, 1])
  func thirty(batch: Int) throws {
    let ledger = try scratch.ledger()
    var records = try (1...30).map { try record($0, like: 1) }
    while !records.isEmpty {
      let outcomes = try ledger.take(Array(records.prefix(batch)))
      #expect(outcomes.allSatisfy { if case .taken = $0 { true } else { false } })
      records.removeFirst(min(batch, records.count))
    }
    for number in 2...30 {
      #expect(try links(ledger, number) == [CaseLink(from: id(number), to: id(1), why: .nearSameText)])
      #expect(try history(ledger, number) == number - 1)
    }
    #expect(try history(ledger, 1) == 0)
    #expect(try matter(ledger, 17) == Set((1...30).map(id)))
    #expect(try ledger.read.verify().isIntact)
  }

  @Test("Another place or another area is another matter; where one is not given it is no bar")
  func otherPlace() throws {
    let ledger = try scratch.ledger()
    try ledger.take([
      record(1, like: 1, area: "c1", place: 0b1111), record(2, like: 1, area: "c2", place: 0b1111),
      record(3, like: 1, area: "c1", place: 0b1111_0000), record(4, like: 1, area: nil, place: 0b1111),
      record(5, like: 1, area: "c2"),
    ])
    #expect(try links(ledger, 2).isEmpty)
    #expect(try links(ledger, 3).isEmpty)
    #expect(try links(ledger, 4).map(\.to) == [id(1)])
    #expect(try links(ledger, 5).map(\.to) == [id(2)])
  }

  @Test("Texts further apart than the window are not compared, and what is too old is dropped")
  func window() throws {
    let ledger = try scratch.ledger()
    func take(_ number: Int, days: Int64) throws {
      _ = try ledger.record(
        intake: [try record(number, like: 1)], at: Sample.now + days * 86_400, prefix: "ZZ", day: Sample.day,
        answers: Sample.answers)
    }
    // The samples say of themselves that they were taken at one instant; the column says when.
    try take(1, days: 0)
    try ledger.connection.perform { try $0.run("UPDATE cases SET taken_at = ?", Sample.now.seconds) }
    try take(2, days: Limits.sameMatterDays + 1)
    #expect(try links(ledger, 2).isEmpty)
    try ledger.connection.perform { db in
      try db.run(
        "UPDATE cases SET taken_at = ? WHERE number = 2",
        Sample.now.seconds + (Limits.sameMatterDays + 1) * 86_400)
    }
    try take(3, days: 2 * Limits.sameMatterDays)
    #expect(try links(ledger, 3).map(\.to) == [id(2)])
    try take(4, days: 4 * Limits.sameMatterDays)
    let left = try ledger.connection.perform { db in
      try (
        Int.fetchOne(db, sql: "SELECT count(DISTINCT case_number) FROM near_keys"),
        Int.fetchOne(db, sql: "SELECT count(*) FROM sketches")
      )
    }
    #expect(left.0 == 1)
    #expect(left.1 == 1)
  }

  @Test("A case that names another is of its matter, and the open one hears of it once")
  func reference() throws {
    let ledger = try scratch.ledger()
    let naming: [MatterClues.Reference] = [
      .caseID(id(1)), .sourceKey("hotline/G-1"), .sourceKey("hotline/none"),
    ]
    try ledger.take([record(1), record(2, naming: naming)])
    #expect(try links(ledger, 2) == [CaseLink(from: id(2), to: id(1), why: .reference)])
    #expect(try ledger.read.events(of: id(1)).map(\.event).last == .noted(.init(by: nil, text: "\(id(2))")))
    #expect(try ledger.read.events(of: id(1)).count == 2)
    #expect(try history(ledger, 2) == 1)
    try ledger.close(id(1))
    try ledger.take([record(3, naming: [.caseID(id(1))])])
    #expect(try links(ledger, 3).map(\.to) == [id(1)])
    #expect(try ledger.read.events(of: id(1)).count == 3)
    #expect(try matter(ledger, 1) == [id(1), id(2), id(3)])
  }

  @Test("A case that belongs to two matters makes one of them")
  func united() throws {
    let ledger = try scratch.ledger()
    try ledger.take([
      record(1, like: 1), record(2, like: 2, area: "c2"), record(3, like: 2, area: "c2"), record(4, like: 1),
      record(5, naming: [.caseID(id(3)), .caseID(id(4))]),
    ])
    #expect(try matter(ledger, 2) == Set((1...5).map(id)))
    #expect(try history(ledger, 5) == 4)
    let firsts = try ledger.connection.perform { db in
      try Int64?.fetchAll(db, sql: "SELECT matter FROM cases ORDER BY number")
    }
    #expect(firsts == [nil, 1, 1, 1, 1])
  }

  @Test(
    "The same source id with other text counts, and a near-same text of the same matter adds no second link")
  func sameSource() throws {
    let ledger = try scratch.ledger()
    try ledger.take([
      record(1, like: 1, sourceID: "A"), record(2, like: 1, sourceID: "A"), record(3, like: 1, sourceID: "B"),
    ])
    #expect(try links(ledger, 2) == [CaseLink(from: id(2), to: id(1), why: .sameSourceID)])
    #expect(try links(ledger, 3) == [CaseLink(from: id(3), to: id(1), why: .nearSameText)])
    #expect(try history(ledger, 3) == 2)
  }

  @Test("A letter that everybody sends fills no key")
  func flood() throws {
    let ledger = try scratch.ledger()
    try ledger.take((1...300).map { try record($0, like: 1) })
    let rows = try ledger.connection.perform { try Int.fetchOne($0, sql: "SELECT count(*) FROM near_keys") }
    #expect(rows == 5)
    #expect(try history(ledger, 300) == Limits.historyLength)
  }

  @Test("Erasing a case drops what is kept of its text; its place in the matter stays")
  func erasure() throws {
    let ledger = try scratch.ledger()
    try ledger.take([record(1, like: 1), record(2, like: 1), record(3, like: 2)])
    try ledger.close(id(1))
    try ledger.erase(payloadsOf: id(1), at: Sample.now)
    let left = try ledger.connection.perform { db in
      try (
        Set(Int64.fetchAll(db, sql: "SELECT case_number FROM near_keys")),
        Set(Int64.fetchAll(db, sql: "SELECT case_number FROM sketches"))
      )
    }
    #expect(left.0 == [3])
    #expect(left.1 == [3])
    #expect(try matter(ledger, 2) == [id(1), id(2)])
    #expect(try ledger.read.verify().isIntact)
  }

  @Test("A backup that was restored goes on finding matters")
  func restored() throws {
    let ledger = try scratch.ledger()
    try ledger.take([record(1, like: 1), record(2, like: 1)])
    try ledger.read.backup(to: scratch.path("backup"), at: Sample.now)
    let other = Scratch()
    try LedgerRestore.restore(from: scratch.path("backup"), to: other.state, at: Sample.now)
    let again = try other.ledger()
    try again.take([record(3, like: 1)])
    #expect(try matter(again, 3) == [id(1), id(2), id(3)])
    #expect(try again.read.verify().isIntact)
  }

  @Test("Asking of a case that is not taken changes nothing and says what taking it would")
  func asked() throws {
    let ledger = try scratch.ledger()
    try ledger.take([record(1, like: 1), record(2, like: 1)])
    let clues = try record(3, like: 1).cases[0].clues
    let asked = try ledger.read.matter(of: clues, area: "c1", at: Sample.now) { $0 == $1 }
    #expect(asked.links == [.init(to: id(1), why: .nearSameText)])
    #expect(asked.history.sameMatter.count == 2)
    let held = try ledger.read.matter(of: record(2, like: 1).cases[0].clues, area: "c1", at: Sample.now) {
      $0 == $1
    }
    #expect(held.links.isEmpty)
    #expect(held.history.sameMatter.count == 1)
  }

  @Test("A ledger of the first schema gets its matters from its links")
  func migrated() throws {
    try FileManager.default.createDirectory(atPath: scratch.state, withIntermediateDirectories: true)
    let connection = try Connection(path: Ledger.path(in: scratch.state), readonly: false)
    try Opening.prepare(connection, migrations: [Migration1.sql])
    try connection.perform { db in
      try db.execute(
        sql: """
          INSERT INTO originals (number, sha256, size, place, bytes) VALUES (1, zeroblob(32), 0, 'ledger', x'');
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
          INSERT INTO cases (number, id, phase, open, channel, title, category, level, lead, taken_at, version, original)
            SELECT i, 'ZZ20261121-000' || i, 'assigned', 1, 'hotline', '', 'c', 'l', 'd', 0, 1, 1 FROM n;
          INSERT INTO links (case_number, other, why) VALUES (3, 1, 'sameSourceID'), (5, 3, 'sameSourceID'),
            (2, 4, 'merged'), (7, 6, 'duplicateOfClosed');
          """)
    }
    try connection.queue.close()
    let ledger = try scratch.ledger()
    let firsts = try ledger.connection.perform { db in
      try Int64?.fetchAll(db, sql: "SELECT matter FROM cases ORDER BY number")
    }
    #expect(firsts == [nil, nil, 1, 2, 1, nil, 6, nil])
  }
}
