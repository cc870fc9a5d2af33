import Testing
import TriageCore

@testable import TriageLedger

@Suite("Duplicates are settled in the record transaction")
struct DuplicateTests {
  let scratch = Scratch()
  let first: CaseID = "ZZ20261121-0001"
  let second: CaseID = "ZZ20261121-0002"

  @Test("The same record again makes no second case while the first is open, in one batch or in two")
  func openDuplicate() throws {
    let ledger = try scratch.ledger()
    let batch = [try Sample.record(1), try Sample.record(1, file: Sample.inboxFile(2))]
    #expect(try ledger.take(batch) == [.taken(first), .duplicate(of: first)])
    #expect(try ledger.take([Sample.record(1, file: Sample.inboxFile(3))]) == [.duplicate(of: first)])
    let arrival = CaseEvent.duplicateArrived(
      .init(channel: "hotline", original: batch[0].original.sha256))
    #expect(try ledger.read.events(of: first).map(\.event).dropFirst() == [arrival, arrival])
    #expect(try ledger.read.index(of: first)?.version == 3)
    #expect(try ledger.read.counts(at: Sample.now).cases == 1)
  }

  @Test("The same record after the case was closed is a new case with a link; the next one arrives at that")
  func closedDuplicate() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    try ledger.close(first)
    #expect(try ledger.take([Sample.record(1, file: Sample.inboxFile(2))]) == [.taken(second)])
    #expect(
      try ledger.read.events(of: second).map(\.event).last
        == .linked(.init(to: first, why: .duplicateOfClosed)))
    #expect(try ledger.read.links(of: first) == [CaseLink(from: second, to: first, why: .duplicateOfClosed)])
    #expect(try ledger.take([Sample.record(1, file: Sample.inboxFile(3))]) == [.duplicate(of: second)])
  }

  @Test("The same source id with other text is a new case linked to the last of that id")
  func sameSource() throws {
    let ledger = try scratch.ledger()
    let outcomes = try ledger.take([
      Sample.record(1, text: "停水", sourceID: "A"), Sample.record(2, text: "又停水", sourceID: "A"),
      Sample.record(3, text: "还停水", sourceID: "A"), Sample.record(4, text: "停水", sourceID: "B"),
    ])
    #expect(outcomes.allSatisfy { if case .taken = $0 { true } else { false } })
    #expect(
      try ledger.read.links(of: second) == [
        CaseLink(from: second, to: first, why: .sameSourceID),
        CaseLink(from: "ZZ20261121-0003", to: second, why: .sameSourceID),
      ])
    #expect(try ledger.read.links(of: "ZZ20261121-0004").isEmpty)
  }

  @Test("A record is known by the keys of earlier versions too, with an id of its source and without")
  func formerKeys() throws {
    let ledger = try scratch.ledger()
    var plain = try Sample.record(2)
    plain.cases[0].clues = MatterClues(duplicateKey: "hotline//file/2", sourceKey: nil)
    try ledger.take([Sample.record(1), plain])
    var records = [
      try Sample.record(3, text: "文本1 再", sourceID: "G-1"), try Sample.record(4), try Sample.record(5),
    ]
    records[0].cases[0].clues.formerKeys = ["hotline/G-1/旧", "hotline/G-1/文本1"]
    for place in [1, 2] {
      records[place].cases[0].clues = MatterClues(
        duplicateKey: "hotline//content/\(place)", formerKeys: ["hotline//file/\(place + 1)"], sourceKey: nil)
    }
    #expect(
      try ledger.take(records) == [.duplicate(of: first), .duplicate(of: second), .taken("ZZ20261121-0003")])
  }

  @Test("A duplicate is judged by the state at hand while the case has not gone on since, else by its events")
  func stateAtHand() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    var states: [CaseID: CaseState] = [:]
    var answers = Sample.answers
    answers.kept = { states[$0] }
    answers.wentOn = { states[$0.id] = $0 }
    func again(_ numbers: ClosedRange<Int>) throws {
      _ = try ledger.record(
        intake: numbers.map { try Sample.record(1, file: Sample.inboxFile($0)) }, at: Sample.now,
        prefix: "ZZ",
        day: Sample.day, answers: answers)
    }
    try again(2...3)
    #expect(try states[first] == ledger.read.state(of: first))
    let old = states
    // Its events can be read no more: only a state at hand tells.
    try scratch.tamper("DELETE FROM payloads")
    try again(4...5)
    #expect(states[first]?.version == 5)
    states = old
    #expect(throws: LedgerError.erased(first)) { try again(6...6) }
  }

  @Test("What a duplicate brings along is kept with the first case")
  func duplicateMaterials() throws {
    let ledger = try scratch.ledger()
    try ledger.take([Sample.record(1)])
    var again = try Sample.record(1, file: Sample.inboxFile(2), bytes: Array("别的字节".utf8))
    again.attachments = [.init(name: "合同.pdf", original: try ledger.originals.store([1, 2, 3]))]
    #expect(try ledger.take([again]) == [.duplicate(of: first)])
    #expect(try ledger.read.materials(of: [first])[first]?.map(\.name) == ["合同.pdf"])
    #expect(try ledger.read.original(again.original.sha256) == again.original.bytes)
  }
}
