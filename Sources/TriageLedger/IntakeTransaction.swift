import GRDB
import TriageCore

/// The recording of one batch: everything that its transaction holds.
struct IntakeTransaction {
  private let db: Database
  private let originals: OriginalRows
  private let keys: DuplicateKeys
  private let makeIndex: MakeIndex
  private var numbers: CaseNumbers
  private var removals: Removals
  private var log: EventLog

  init(
    _ db: Database, of ledger: Ledger, at: Instant, prefix: String, day: CivilDate,
    makeIndex: @escaping MakeIndex
  ) throws {
    self.db = db
    self.makeIndex = makeIndex
    originals = OriginalRows(db: db, store: ledger.originals)
    keys = ledger.keys
    numbers = try CaseNumbers(db, prefix: prefix, day: day)
    removals = try Removals(db)
    log = try EventLog(db, root: ledger.rootID, at: at)
  }

  mutating func record(_ batch: [IntakeRecord]) throws -> [[IntakeOutcome]] {
    var outcomes: [[IntakeOutcome]] = []
    outcomes.reserveCapacity(batch.count)
    for record in batch { outcomes.append(try self.record(record)) }
    try numbers.write(db)
    return outcomes
  }

  private mutating func record(_ record: IntakeRecord) throws -> [IntakeOutcome] {
    let original = try originals.keep(record.original)
    let removalKey = record.inbox?.key
    if let removalKey, let earlier = removals.outcomes(of: removalKey, original: original) { return earlier }
    let attachments = try record.attachments.map { ($0.name, try originals.keep($0.original)) }
    var outcomes: [IntakeOutcome] = []
    outcomes.reserveCapacity(record.cases.count)
    for prepared in record.cases {
      let (outcome, number) = try settle(prepared, original)
      if case .duplicate = outcome {
        try originals.attach(original, kind: "duplicate", name: "", to: number)
      }
      for (name, attachment) in attachments {
        try originals.attach(attachment, kind: "attachment", name: name, to: number)
      }
      outcomes.append(outcome)
    }
    if let file = record.inbox, let removalKey {
      try removals.add(file, key: removalKey, original: original, outcomes: outcomes)
    }
    return outcomes
  }

  /// One case: an arrival at an open case that is the same record, or a new case with or without a link.
  private mutating func settle(
    _ prepared: PreparedCase, _ original: Int64
  ) throws -> (IntakeOutcome, number: Int64) {
    let origin = CaseRows.Origin(
      original: original, row: prepared.taken.row, duplicateKey: keys.digest(prepared.duplicateKey),
      sourceKey: prepared.sourceKey)
    let earlier = try Duplicates(db, duplicateKey: origin.duplicateKey, sourceKey: origin.sourceKey)
    if let first = earlier.open {
      try addArrival(prepared.taken, to: first)
      return (.duplicate(of: first.id), first.number)
    }
    let id = numbers.next()
    let number = try open(id, prepared, origin, link: earlier.link)
    return (.taken(id), number)
  }

  private mutating func open(
    _ id: CaseID, _ prepared: PreparedCase, _ origin: CaseRows.Origin, link: CaseEvent.Linked?
  ) throws -> Int64 {
    let taken = CaseEvent.taken(prepared.taken)
    let events = link.map { [taken, .linked($0)] } ?? [taken]
    let (index, effects) = try makeIndex(id, events)
    guard index.id == id, index.version == events.count else {
      throw LedgerError.inconsistent("\(id): the index is of another case or version")
    }
    let rows = CaseRows(db: db)
    let number = try rows.insert(index, origin: origin)
    try rows.insert(items: index.items, number: number)
    try rows.insert(deadlines: index.deadlines, number: number)
    try log.append(kind: taken.kind, body: prepared.body, to: id, number: number, version: 1)
    if let link {
      try log.append(.linked(link), to: id, number: number, version: 2)
      try rows.link(number, link)
    }
    try Outbox(db: db).add(effects)
    return number
  }

  private mutating func addArrival(_ taken: CaseEvent.Taken, to first: Duplicates.Earlier) throws {
    let arrival = CaseEvent.DuplicateArrived(
      channel: taken.input.channel, original: taken.original, row: taken.row)
    try log.append(
      .duplicateArrived(arrival), to: first.id, number: first.number, version: first.version + 1)
    try db.run("UPDATE cases SET version = version + 1 WHERE number = ?", first.number)
  }
}
