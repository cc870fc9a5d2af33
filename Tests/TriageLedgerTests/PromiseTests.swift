import Foundation
import GRDB
import Testing
import TriageCore

@testable import TriageLedger

@Suite("What the ledger keeps of a case, and what of its people")
struct PromiseTests {
  let scratch = Scratch()
  private let id: CaseID = "ZZ20261121-0001"

  @Test("Promise 5, explained: rules, characters, rulebook and arithmetic are read back as they were decided")
  func explained() throws {
    try scratch.ledger().take([Sample.record(1)])
    let state = try #require(try LedgerReader(directory: scratch.state).state(of: id))
    #expect(state.decision == Sample.decision)
    #expect(state.decision.rulebook == Sample.decision.rulebook)
    let fee = try #require(state.decision.fired.first)
    #expect(
      fee.rule == "property-fee"
        && fee.place == SourcePlace(file: "classify/property.yaml", line: 12, column: 5))
    #expect(fee.because.first == .text(field: "text", phrase: "停车费", start: 17, end: 20, weak: false))
    #expect(fee.gives == .init(votes: ["property": 1], score: 1))
    #expect(state.deadlines.map(\.set) == Sample.taken(1).deadlines)
    for running in state.deadlines {
      let deadline = running.set.deadline
      #expect(!deadline.arithmetic.isEmpty)
      #expect(running.set.row == "base")
    }
  }

  /// Every value of every column, by table.
  private func dump() throws -> [String: [Data]] {
    let queue = try DatabaseQueue(path: Ledger.path(in: scratch.state))
    defer { try? queue.close() }
    return try queue.read { db in
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      var tables: [String: [Data]] = [:]
      for name in names {
        tables[name] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(name)\"").flatMap { row in
          row.databaseValues.compactMap { value in
            switch value.storage {
            case .blob(let data): data
            case .string(let text): Data(text.utf8)
            case .null, .int64, .double: nil
            }
          }
        }
      }
      return tables
    }
  }

  /// A case whose filer has an unmistakable name and number, in its event and in the file it came as.
  private func takeFiler() throws -> Ledger {
    var record = try Sample.record(1, bytes: Array("标题：停车费\n诉求人：欧阳无双\n电话：13977770001\n".utf8))
    record.cases[0].taken.input.contact = Contact(
      name: "欧阳无双", phone: "13977770001", other: "ouyang@example.org")
    record.cases[0].body = try Ledger.encode(.taken(record.cases[0].taken))
    let ledger = try scratch.ledger()
    try ledger.take([record])
    return ledger
  }

  private func tables(holding words: [String]) throws -> [String] {
    try dump().filter { _, values in
      values.contains { value in words.contains { value.range(of: Data($0.utf8)) != nil } }
    }.keys.sorted()
  }

  @Test(
    "Promise 9, cases, not people: who filed a case stands in its erasable payload and its original alone")
  func contactData() throws {
    let ledger = try takeFiler()
    let canaries = ["欧阳无双", "13977770001", "ouyang@example.org"]
    #expect(try tables(holding: canaries) == ["originals", "payloads"])
    try ledger.close(id)
    try ledger.erase(payloadsOf: id, at: Sample.now)
    #expect(try tables(holding: canaries) == [])
    #expect(try ledger.read.verify().isIntact)
  }

  @Test("Promise 9, cases, not people: no table is keyed by a person and no column asks for one")
  func schema() throws {
    let queue = try { try scratch.ledger().connection.queue }()
    let columns = try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
          """)
    }
    #expect(
      Set(columns.compactMap { $0.split(separator: ".").first }) == [
        "identity", "originals", "numbering", "cases", "materials", "links", "events", "payloads",
        "assignments", "deadlines", "effects", "removals", "queues", "rulebooks",
        "alerts", "looks", "reminded",
        "sketches", "near_keys", "day_lines",
        "ledger_events", "places",
      ], "a new table must be of cases, departments, files or rules")
    let personal = ["person", "citizen", "filer", "contact", "phone", "identity_number", "caller", "party"]
    for column in columns { #expect(!personal.contains { column.contains($0) }, "\(column)") }
  }
}
