import Foundation
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

@Suite("Promise 7: the ledger agrees with its own events, and is made anew from them")
struct LedgerTruthTests {
  /// Which row of which table a change must be found in.
  struct Change: Sendable, CustomTestStringConvertible {
    var sql: String
    var table: String
    var column: String
    init(_ sql: String, _ table: String, _ column: String) {
      (self.sql, self.table, self.column) = (sql, table, column)
    }
    var testDescription: String { sql }
  }

  static let changes: [Change] = [
    Change("UPDATE cases SET phase = 'closed', open = 0 WHERE number = 1", "cases", "phase"),
    Change("UPDATE cases SET phase = 'closed', open = 0 WHERE number = 1", "cases", "open"),
    Change("UPDATE cases SET channel = 'hotline' WHERE number = 2", "cases", "channel"),
    Change("UPDATE cases SET source_id = NULL WHERE number = 2", "cases", "source_id"),
    Change("UPDATE cases SET title = '水费争议' WHERE number = 2", "cases", "title"),
    Change("UPDATE cases SET category = 'labor' WHERE number = 3", "cases", "category"),
    Change("UPDATE cases SET level = 'green' WHERE number = 3", "cases", "level"),
    Change("UPDATE cases SET lead = 'police' WHERE number = 4", "cases", "lead"),
    Change("UPDATE cases SET area = 'c2' WHERE number = 4", "cases", "area"),
    Change("UPDATE cases SET taken_at = taken_at - 1 WHERE number = 5", "cases", "taken_at"),
    Change("UPDATE cases SET resolved_at = resolved_at + 60 WHERE number = 2", "cases", "resolved_at"),
    Change("UPDATE cases SET closed_at = NULL WHERE number = 12", "cases", "closed_at"),
    Change("UPDATE cases SET next_timer = next_timer + 2592000 WHERE number = 6", "cases", "next_timer"),
    Change("UPDATE cases SET next_timer = NULL WHERE number = 6", "cases", "next_timer"),
    Change("UPDATE cases SET next_timer = 9 WHERE number = 12", "cases", "next_timer"),
    Change("UPDATE cases SET original = 2 WHERE number = 1", "cases", "original"),
    Change("UPDATE cases SET original_row = 7 WHERE number = 11", "cases", "original_row"),
    Change("UPDATE cases SET duplicate_key = zeroblob(32) WHERE number = 7", "cases", "duplicate_key"),
    Change("UPDATE cases SET source_key = 'desk' WHERE number = 7", "cases", "source_key"),
    Change("UPDATE cases SET alert = 1 WHERE number = 8", "cases", "alert"),
    Change("UPDATE cases SET matter = NULL WHERE number = 15", "cases", "matter"),
    Change("UPDATE cases SET matter = 3 WHERE number = 9", "cases", "matter"),
    Change("UPDATE assignments SET department = 'police' WHERE case_number = 6", "assignments", "department"),
    Change("UPDATE assignments SET status = 'done' WHERE case_number = 9", "assignments", "status"),
    Change("UPDATE assignments SET opened_at = 0 WHERE case_number = 9", "assignments", "opened_at"),
    Change("DELETE FROM assignments WHERE case_number = 6", "assignments", "lead-1"),
    Change(
      "INSERT INTO assignments VALUES (6, 'assist', 4, 'police', 'new', 0)", "assignments", "assist-4"),
    Change(
      "UPDATE deadlines SET due = due + 2592000 WHERE stage = 'resolve' AND case_number <> 14", "deadlines",
      "due"),
    Change("UPDATE deadlines SET start = start - 1 WHERE case_number = 7", "deadlines", "start"),
    Change("UPDATE deadlines SET stage = 'redo' WHERE case_number = 7", "deadlines", "stage"),
    Change(
      "UPDATE deadlines SET provisional = 1 - provisional WHERE case_number = 7", "deadlines", "provisional"),
    Change(
      "UPDATE deadlines SET ended = 'late' WHERE ended = 'met' AND case_number <> 14", "deadlines", "ended"),
    Change("UPDATE deadlines SET department = 'leader' WHERE case_number = 4", "deadlines", "department"),
    Change(
      "UPDATE deadlines SET item_ordinal = 9 WHERE item_ordinal = 1 AND case_number <> 14", "deadlines",
      "item_ordinal"),
    Change("DELETE FROM deadlines WHERE case_number = 1 AND position = 0", "deadlines", "0"),
    Change("DELETE FROM links WHERE case_number = 15", "links", "other"),
    Change("UPDATE links SET why = 'merged' WHERE case_number = 15", "links", "other"),
    Change("INSERT INTO links VALUES (9, 3, 'merged')", "links", "other"),
    Change("UPDATE sketches SET print = zeroblob(128)", "sketches", "print"),
    Change("UPDATE sketches SET place = 1", "sketches", "place"),
    Change("UPDATE sketches SET period = 1", "sketches", "period"),
    Change("UPDATE sketches SET keys = x'0102030405060708'", "sketches", "keys"),
    Change("DELETE FROM sketches; DELETE FROM near_keys", "near_keys", "key"),
    Change("UPDATE near_keys SET key = key + 1", "near_keys", "key"),
    Change("INSERT INTO effects VALUES (99, 'deliver/x', 'deliver', 'x', 'urban', '', 1, 1)", "effects", "x"),
    Change(
      """
      INSERT INTO effects VALUES (99, 'retire/ZZ20261116-0001', 'retire', 'ZZ20261116-0001', 'police', '', NULL, NULL)
      """, "effects", "retire/ZZ20261116-0001"),
  ]

  /// Whether a fault names that row and column.
  private func names(_ fault: LedgerFault, _ change: Change) -> Bool {
    guard case .differs(_, change.table, let column, _, _) = fault else { return false }
    return column == change.column || column.hasSuffix("." + change.column) || change.table == "effects"
  }

  @Test("A changed row is named with table and column, and fsck --repair makes it anew", arguments: changes)
  func changedRow(_ change: Change) throws {
    let root = try OldRoot()
    _ = try root.truth.rebuild(rules: nil, at: OldRoot.now)
    let before = try root.rows()
    try root.tamper(change.sql)
    let faults = try root.truth.verify(.rows).faults
    #expect(faults.contains { names($0, change) }, "\(faults)")
    for fault in faults { #expect(!fault.message.zh.isEmpty && !fault.message.en.isEmpty) }
    let mended = try root.truth.mend(rules: root.rules, at: OldRoot.now)
    #expect(mended.count > faults.count, "each mend, and where the old file lies: \(mended.map(\.en))")
    #expect(try root.truth.verify().faults == [])
    var after = try root.rows()
    // The outbox is taken up again, as far as it names something.
    after["effects"] = before["effects"]
    #expect(OldRoot.difference(before, after) == [])
    #expect(try root.truth.mend(rules: root.rules, at: OldRoot.now) == [], "nothing is left to mend")
  }

  @Test("A ledger of 1610c94 verifies, and says what it could not recompute")
  func oldLedger() throws {
    let root = try OldRoot()
    let report = try root.truth.verify()
    #expect(report.faults == [])
    #expect(report.events == 402 && report.recomputed == 16)
    #expect(report.notRecomputed.erased == 1)
    #expect(
      report.notRecomputed.enclosures == 1, "the photograph: its name is not in the events of that time")
    #expect(report.notRecomputed.timers > 0, "nobody noted then under which rules they were counted")
    #expect(report.notRecomputed.sketches == 0)
  }

  @Test(
    "A ledger of 1610c94 is made anew, row by row the same; what its events lack is taken over and counted")
  func rebuild() throws {
    let root = try OldRoot()
    let before = try root.rows()
    let outcome = try root.truth.rebuild(rules: nil, at: OldRoot.now)
    var after = try root.rows()
    // Open items are looked for again at the next start; timers are those of the rules in force.
    #expect(after["effects"]?.isEmpty == false)
    after["effects"] = before["effects"]
    #expect(OldRoot.difference(before, after) == [])
    #expect(outcome.cases == 17 && outcome.erased == 1 && outcome.enclosures == 1 && outcome.sketches == 0)
    #expect(outcome.report.faults == [] && outcome.report.notRecomputed.timers == 0)
    #expect(FileManager.default.fileExists(atPath: outcome.kept))
    _ = try root.truth.rebuild(rules: nil, at: OldRoot.now)
    #expect(try root.truth.verify().faults == [])
  }

  @Test("All derived rows may be gone: events alone bring them back")
  func everythingDerived() throws {
    let root = try OldRoot()
    _ = try root.truth.rebuild(rules: nil, at: OldRoot.now)
    let before = try root.rows()
    try root.tamper(
      """
      DELETE FROM deadlines WHERE case_number <> 14; DELETE FROM assignments WHERE case_number <> 14;
      DELETE FROM links WHERE case_number <> 14; DELETE FROM near_keys; DELETE FROM sketches; DELETE FROM effects;
      UPDATE cases SET title = '', lead = '', level = '', category = '', area = NULL, matter = NULL, next_timer = NULL,
        taken_at = 0, resolved_at = 5, closed_at = 5, channel = '', source_id = NULL, source_key = NULL,
        duplicate_key = NULL, alert = 0, version = 1, original_row = 3 WHERE number <> 14;
      DELETE FROM numbering
      """)
    #expect(try root.truth.verify(.rows).faults.count == 100)
    _ = try root.truth.rebuild(rules: nil, at: OldRoot.now)
    let after = try root.rows()
    #expect(OldRoot.difference(before, after) == [])
  }

  @Test("Where an event is not as it was written, nothing is made anew and the ledger is left as it is")
  func damagedEvent() throws {
    let root = try OldRoot()
    try root.tamper("UPDATE payloads SET payload = x'7b7d' WHERE sequence = 40")
    let before = try root.rows()
    do {
      _ = try root.truth.rebuild(rules: nil, at: OldRoot.now)
      Issue.record("made anew from a changed event")
    } catch {
      guard case .ledger(.primaryDamaged(_, let faults, let first)) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(faults == 1 && first == .changedPayload(sequence: 40))
    }
    #expect(OldRoot.difference(before, try root.rows()) == [])
    #expect(throws: Daemon.StartFailure.self) {
      try root.tamper("UPDATE cases SET lead = 'police'")
      _ = try root.truth.mend(rules: root.rules, at: OldRoot.now)
    }
  }

  @Test("A damaged index is no reason for a backup: the ledger is made anew without it")
  func damagedIndex() throws {
    let root = try OldRoot()
    let before = try root.rows()
    let page = try root.scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'cases_category'")
    var bytes = Array(try #require(FileManager.default.contents(atPath: root.file)))
    for place in (page - 1) * 8192 + 8..<page * 8192 where bytes[place] != 0 { bytes[place] ^= 0x15 }
    try Data(bytes).write(to: URL(fileURLWithPath: root.file))
    #expect(throws: LedgerError.self) { try Ledger(directory: root.state) }
    #expect(try root.truth.verify().faults.contains { if case .damagedFile = $0 { true } else { false } })
    _ = try root.truth.mend(rules: root.rules, at: OldRoot.now)
    #expect(try root.truth.verify().faults == [])
    var after = try root.rows()
    after["effects"] = before["effects"]
    #expect(OldRoot.difference(before, after) == [])
  }

  @Test("A rulebook whose text changed is put right from the same rules, else left out and named")
  func changedRulebook() throws {
    let root = try OldRoot()
    let digest = try #require(RulebookInForce.digest(in: root.state))
    let change = "UPDATE rulebooks SET source = CAST(replace(CAST(source AS TEXT), 'lead', 'leak') AS BLOB)"
    try root.tamper(change)
    #expect(try root.truth.verify(.rows).faults == [.changedRulebook(digest: digest)])
    #expect(
      try LedgerReader(directory: root.state).verifyHead(rulebook: digest) == [
        .changedRulebook(digest: digest)
      ])
    #expect(try root.truth.mend(rules: root.rules, at: OldRoot.now) == [.mendedRulebook(digest)])
    #expect(try root.truth.verify().faults == [])
    try root.tamper(change)
    #expect(try root.truth.mend(rules: nil, at: OldRoot.now) == [])
    let outcome = try root.truth.rebuild(rules: nil, at: OldRoot.now)
    #expect(outcome.rulebooks == [digest])
    #expect(
      outcome.sketches > 0, "texts are compared by the rules of their day: what they gave is taken over")
    #expect(try root.truth.verify().faults == [])
  }

  @Test(
    "A start looks at the last event and at the one before it",
    arguments: [
      "UPDATE events SET at = at + 1 WHERE sequence = 402",
      "UPDATE events SET hash = zeroblob(32) WHERE sequence = 401",
      "UPDATE payloads SET payload = x'7b7d' WHERE sequence = 402",
      "DELETE FROM payloads WHERE sequence = 402",
      "DELETE FROM payloads WHERE sequence = 401; DELETE FROM events WHERE sequence = 401",
    ])
  func head(_ sql: String) throws {
    let root = try OldRoot()
    #expect(try LedgerReader(directory: root.state).verifyHead(rulebook: nil) == [])
    try root.tamper(sql)
    #expect(try LedgerReader(directory: root.state).verifyHead(rulebook: nil).count == 1)
  }

  @Test("What else the ledger holds is looked at: numbering, alerts, files, erasures, rows that no case has")
  func theRest() throws {
    func faults(_ sql: String) throws -> [LedgerFault] {
      let root = try OldRoot()
      try root.tamper(sql)
      return try root.truth.verify().faults
    }
    #expect(
      try faults("UPDATE numbering SET last = 3 WHERE day = '20261116'") == [
        .numberingBehind(day: "20261116", last: 3, given: 12)
      ])
    #expect(try faults("UPDATE alerts SET rule = 'other' WHERE number = 1 AND day = '20261116'").count == 1)
    #expect(try faults("UPDATE materials SET original = 1 WHERE kind = 'duplicate'").count == 1)
    #expect(try faults("DELETE FROM materials WHERE kind = 'duplicate'").count == 1)
    #expect(
      try faults("UPDATE cases SET erased_at = 1 WHERE number = 12").contains { fault in
        if case .notErased("ZZ20261116-0012", _) = fault { true } else { false }
      })
    #expect(
      try faults("UPDATE links SET other = 99 WHERE case_number = 14").contains { fault in
        if case .damagedFile = fault { true } else { false }
      })
    #expect(try faults("DROP INDEX cases_area") == [.damagedFile("schema: index cases_area")])
  }

  @Test("Every column of `cases` is either derived or one of the four that are primary")
  func columns() throws {
    let root = try OldRoot()
    let primary = ["number", "id", "original", "erased_at"]
    let derived = Set(Self.changes.filter { $0.table == "cases" }.map(\.column)).subtracting(primary)
    let all = Set(try root.columns(of: "cases"))
    #expect(all.isSuperset(of: derived))
    #expect(all.subtracting(derived).subtracting(primary) == ["version"], "counted by itself")
  }
}
