import Foundation
import GRDB
public import TriageCore

/// The hand-over: what of the inbox becomes cases.
extension Ledger {
  /// Records a batch in one transaction: originals, cases with their numbers, events, columns, outbox, removals.
  ///
  /// A file that is recorded already and waits for its removal is not recorded again; its outcomes are the first
  /// ones. Duplicates are settled here, within the batch too (DESIGN.md section 7): of an open case, an event on it;
  /// of a closed one, a new linked case; the same source id with other text, a new linked case.
  ///
  /// - Parameters:
  ///   - prefix: begins every case id.
  ///   - day: the day of intake in the rulebook's zone; ids run from 1 every day, without gaps.
  ///   - makeIndex: called for every new case, inside the transaction.
  /// - Returns: for each record the outcomes of its cases, in their order.
  /// - Throws: `diskFull` and `busy` pass; `originalMissing`, `inconsistent`, and whatever ends the process.
  public func record(
    intake batch: [IntakeRecord], at: Instant, prefix: String, day: CivilDate, makeIndex: MakeIndex
  ) throws(LedgerError) -> [[IntakeOutcome]] {
    try recording { db in
      var numbers = try CaseNumbers(db, prefix: prefix, day: day)
      var log = try EventLog(db, root: rootID, at: at)
      let outcomes = try batch.map { record in
        try self.record(record, in: db, numbers: &numbers, log: &log, makeIndex)
      }
      try numbers.write(db)
      return outcomes
    }
  }

  private func record(
    _ record: IntakeRecord, in db: Database, numbers: inout CaseNumbers, log: inout EventLog,
    _ makeIndex: MakeIndex
  ) throws -> [IntakeOutcome] {
    let originals = OriginalRows(db: db, store: self.originals)
    let original = try originals.keep(record.original)
    let removals = Removals(db: db)
    if let file = record.inbox, let earlier = try removals.outcomes(of: file, original: original) {
      return earlier
    }
    let attachments = try record.attachments.map { ($0.name, try originals.keep($0.original)) }
    var outcomes: [IntakeOutcome] = []
    outcomes.reserveCapacity(record.cases.count)
    for prepared in record.cases {
      let (outcome, number) = try settle(prepared, original, db, &numbers, &log, makeIndex)
      if case .duplicate = outcome {
        try originals.attach(original, kind: "duplicate", name: "", to: number)
      }
      for (name, attachment) in attachments {
        try originals.attach(attachment, kind: "attachment", name: name, to: number)
      }
      outcomes.append(outcome)
    }
    if let file = record.inbox { try removals.add(file, original: original, outcomes: outcomes) }
    return outcomes
  }

  /// One case: a duplicate of an open case, or a new one with or without a link.
  private func settle(
    _ prepared: PreparedCase, _ original: Int64, _ db: Database, _ numbers: inout CaseNumbers,
    _ log: inout EventLog, _ makeIndex: MakeIndex
  ) throws -> (IntakeOutcome, number: Int64) {
    let origin = CaseRows.Origin(
      original: original, row: prepared.taken.row, duplicateKey: key.digest(prepared.duplicateKey),
      sourceKey: prepared.sourceKey.map(key.digest))
    let earlier = Duplicates(db: db)
    if let first = try earlier.open(origin.duplicateKey) {
      try addArrival(prepared.taken, to: first, db, &log)
      return (.duplicate(of: first.id), first.number)
    }
    let id = numbers.next()
    var events: [CaseEvent] = [.taken(prepared.taken)]
    let link = try earlier.link(duplicateKey: origin.duplicateKey, sourceKey: origin.sourceKey)
    if let link { events.append(.linked(link)) }
    let number = try insert(id, events, origin, db, makeIndex)
    try log.append(kind: events[0].kind, body: prepared.body, to: id, number: number, version: 1)
    if let link {
      try log.append(.linked(link), to: id, number: number, version: 2)
      try CaseRows(db: db).link(number, link)
    }
    return (.taken(id), number)
  }

  private func insert(
    _ id: CaseID, _ events: [CaseEvent], _ origin: CaseRows.Origin, _ db: Database, _ makeIndex: MakeIndex
  ) throws -> Int64 {
    let (index, effects) = try makeIndex(id, events)
    guard index.id == id, index.version == events.count else {
      throw LedgerError.inconsistent("\(id): the index is of another case or version")
    }
    let rows = CaseRows(db: db)
    let number = try rows.insert(index, origin: origin)
    try rows.write(items: index.items, number: number)
    try rows.write(deadlines: index.deadlines, number: number)
    try Outbox(db: db).add(effects)
    return number
  }

  private func addArrival(
    _ taken: CaseEvent.Taken, to first: Duplicates.First, _ db: Database, _ log: inout EventLog
  ) throws {
    let arrival = CaseEvent.DuplicateArrived(
      channel: taken.input.channel, original: taken.original, row: taken.row)
    try log.append(
      .duplicateArrived(arrival), to: first.id, number: first.number, version: first.version + 1)
    try db.run("UPDATE cases SET version = version + 1 WHERE number = ?", [first.number])
  }
}
