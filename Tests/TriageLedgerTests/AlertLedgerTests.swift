import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("Alerts in the ledger")
struct AlertLedgerTests {
  let scratch = Scratch()

  private func record(_ number: Int, occasion: String, cases: [CaseID] = ["ZZ20261121-0001"]) -> AlertRecord {
    let id = CaseID.alert(on: Sample.day, number: number)
    let item = Assignment(
      key: ItemKey(.alert, 1), department: "center", openedAt: Sample.now, cause: .escalated(by: "cluster"))
    let alert = CaseEvent.AlertRaised(
      rule: "cluster", occasion: occasion, department: "center", title: "聚集预警", level: "yellow",
      category: "property", area: "c1", cases: cases, assignment: item, deadlines: [], rulebook: "r")
    let row = CaseIndex.ItemRow(
      item: ItemID(id, .alert, 1), department: "center", status: .new, openedAt: Sample.now)
    let index = CaseIndex(
      id: id, phase: .assigned, channel: "", sourceID: nil, title: alert.title, category: "property",
      level: "yellow", lead: "center", area: "c1", takenAt: Sample.now, resolvedAt: nil, closedAt: nil,
      nextTimer: nil, version: 1, isAlert: true, items: [row], deadlines: [])
    return AlertRecord(
      id: id, day: Sample.day, number: number, alert: alert, cluster: "property/c1", members: cases.count,
      index: index, effects: [PlannedEffect(.deliver(row.item, "center"))])
  }

  private func side(_ records: AlertRecord...) -> SideRecords {
    var side = SideRecords()
    side.alerts = records
    return side
  }

  @Test("An alert is found as an item and an event, and counted as no case")
  func apart() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1), Sample.record(2)])
    let one = record(1, occasion: "a")
    try ledger.record([], with: side(one), at: Sample.now)
    #expect(try ledger.read.index(of: one.id) == one.index)
    #expect(try ledger.read.events(of: one.id).map(\.event) == [.alertRaised(one.alert)])
    #expect(try ledger.read.item(ItemID(one.id, .alert, 1))?.department == "center")
    #expect(try ledger.read.openItems(of: "center").map(\.item) == [ItemID(one.id, .alert, 1)])
    #expect(try ledger.read.counts(at: Sample.now).cases == 2)
    #expect(try ledger.read.counts(at: Sample.now).openAlerts == 1)
    #expect(try ledger.read.search(CaseQuery()).count == 2)
    #expect(try ledger.read.openCases().count == 2)
    #expect(try ledger.read.lastAlertNumber(on: Sample.day) == 1)
    #expect(try ledger.read.lastAlert(by: "cluster", on: "property/c1")?.members == 1)
    #expect(try ledger.read.verify().isIntact)
  }

  @Test(
    "Promise 2, once: an occasion is recorded once, and what came with a second one is not recorded either")
  func once() throws {
    let ledger = try scratch.ledger()
    try ledger.record([], with: side(record(1, occasion: "a")), at: Sample.now)
    var again = side(record(2, occasion: "a"))
    again.looks = ["clusters": 7]
    #expect(throws: LedgerError.self) { try ledger.record([], with: again, at: Sample.now) }
    #expect(try ledger.read.look("clusters") == nil)
    again.alerts = [record(2, occasion: "b")]
    try ledger.record([], with: again, at: Sample.now)
    #expect(try ledger.read.look("clusters") == 7)
  }

  @Test("A group is counted within its window, by an index")
  func window() throws {
    let ledger = try scratch.ledger()
    try ledger.take((1...6).map { try Sample.record($0) })
    try ledger.record([], with: side(record(1, occasion: "a")), at: Sample.now)
    var group = ClusterGroup(name: "property/c1")
    group.category = "property"
    group.area = "c1"
    let from = Sample.now + -86_400
    #expect(try ledger.read.cluster(group, areas: ["c1"], from: from).count == 6)
    #expect(try ledger.read.cluster(group, areas: ["c2"], from: from).isEmpty)
    #expect(try ledger.read.cluster(group, areas: nil, from: Sample.now + 1).isEmpty)
    for condition in ["category = 'property'", "area IN ('c1', 'c2')"] {
      let plan = try ledger.connection.perform { db in
        try Row.fetchAll(
          db,
          sql: """
            EXPLAIN QUERY PLAN SELECT id FROM cases WHERE alert = 0 AND taken_at >= 1 AND \(condition)
            ORDER BY number
            """
        ).map { $0["detail"] as String }
      }
      #expect(plan.contains { $0.contains("USING INDEX cases_") && $0.contains("taken_at>") }, "\(plan)")
    }
  }

  @Test("The items of cases that an older schema recorded are all there after it learned of alerts")
  func migrated() throws {
    try DurableFile.makeFolder(scratch.state)
    let connection = try Connection(path: Ledger.path(in: scratch.state), readonly: false)
    try Opening.prepare(connection, migrations: [Migration1.sql])
    try connection.transaction { db in
      try db.execute(
        sql: """
          INSERT INTO originals (number, sha256, size, place, bytes) VALUES (1, zeroblob(32), 0, 'ledger', x'');
          INSERT INTO cases (number, id, phase, open, channel, title, category, level, lead, taken_at, version, original)
            VALUES (1, 'ZZ20261121-0001', 'accepted', 1, 'hotline', '停车', 'property', 'green', 'urban', 5, 1, 1);
          INSERT INTO assignments VALUES (1, 'lead', 1, 'urban', 'accepted', 5), (1, 'assist', 2, 'police', 'new', 6);
          """)
    }
    try connection.queue.close()
    let ledger = try scratch.ledger()
    let items = try ledger.read.index(of: "ZZ20261121-0001")?.items ?? []
    #expect(items.map(\.item.description) == ["ZZ20261121-0001", "ZZ20261121-0001.assist-2"])
    #expect(items.map(\.status) == [.accepted, .new])
    #expect(try ledger.read.index(of: "ZZ20261121-0001")?.isAlert == false)
    #expect(try ledger.read.openItems(of: "police").count == 1)
  }
}
