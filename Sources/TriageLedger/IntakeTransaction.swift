import GRDB
import TriageCore

/// The recording of one batch: everything that its transaction holds.
struct IntakeTransaction {
  private let db: Database
  private let originals: OriginalRows
  private let keys: DuplicateKeys
  private let ledger: Ledger
  private let answers: IntakeAnswers
  private let near: NearCases
  private let at: Instant
  private var numbers: CaseNumbers
  private var removals: Removals
  private var log: EventLog
  /// Of cases that were there before and that this batch concerns.
  private var states: [CaseID: CaseState] = [:]

  init(
    _ db: Database, of ledger: Ledger, at: Instant, prefix: String, day: CivilDate,
    answers: IntakeAnswers
  ) throws {
    self.db = db
    self.ledger = ledger
    self.answers = answers
    self.at = at
    near = try NearCases(db, at: at)
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
    try near.dropOld()
    for state in states.values { answers.wentOn(state) }
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
      let files = try attachments.count { name, attachment in
        try originals.attach(attachment, kind: "attachment", name: name, to: number)
      }
      if case .duplicate(let first) = outcome, files > 0 { try bring(files, to: first) }
      outcomes.append(outcome)
    }
    if let file = record.inbox, let removalKey {
      try removals.add(file, key: removalKey, original: original, outcomes: outcomes)
    }
    return outcomes
  }

  /// One case: an arrival at an open case that is the same record, or a new case with its links.
  private mutating func settle(
    _ prepared: PreparedCase, _ original: Int64
  ) throws -> (IntakeOutcome, number: Int64) {
    let clues = prepared.clues
    var origin = CaseRows.Origin(
      original: original, row: prepared.taken.row, duplicateKey: keys.digest(clues.duplicateKey),
      sourceKey: clues.sourceKey)
    let relations = try Relations(
      db, clues, keys: keys, area: prepared.taken.decision.area, near: near, canMeet: answers.canMeet)
    if let first = relations.duplicate {
      try addArrival(prepared.taken, to: first)
      return (.duplicate(of: first.id), first.number)
    }
    let id = numbers.next()
    origin.matter = try Matters(db: db).unite(relations.matters)
    let number = try open(id, try decide(prepared, origin), origin, links: relations.links)
    if let sketch = clues.sketch { try near.enter(number, sketch, except: relations.entered) }
    for other in relations.cited { try cite(other, by: id) }
    return (.taken(id), number)
  }

  /// A case with a history is decided with it; its event is then another one than the workers encoded.
  private func decide(_ prepared: PreparedCase, _ origin: CaseRows.Origin) throws -> PreparedCase {
    guard let matter = origin.matter else { return prepared }
    var decided = prepared
    decided.taken = try answers.decided(prepared.taken, try Matters(db: db).history(of: [matter]))
    decided.body = try EventCoding.encodeBody(of: .taken(decided.taken))
    return decided
  }

  private mutating func open(
    _ id: CaseID, _ prepared: PreparedCase, _ origin: CaseRows.Origin, links: [CaseEvent.Linked]
  ) throws -> Int64 {
    let taken = CaseEvent.taken(prepared.taken)
    let events = [taken] + links.map(CaseEvent.linked)
    let (index, effects) = try answers.index(id, events)
    guard index.id == id, index.version == events.count else {
      throw LedgerError.inconsistent("\(id): the index is of another case or version")
    }
    let rows = CaseRows(db: db)
    let number = try rows.insert(index, origin: origin)
    try rows.insert(items: index.items, number: number)
    try rows.insert(deadlines: index.deadlines, number: number)
    try log.append(kind: taken.kind, body: prepared.body, to: id, number: number, version: 1)
    for (place, link) in links.enumerated() {
      try log.append(.linked(link), to: id, number: number, version: 2 + place)
      try rows.link(number, link)
    }
    try Outbox(db: db).add(effects)
    return number
  }

  /// Tells an open case that a new one names it.
  private mutating func cite(_ other: CaseID, by id: CaseID) throws {
    let state = try state(of: other)
    try record(try answers.cited(state, id), on: state)
  }

  /// Gives what a duplicate brought to those who act on the first.
  private mutating func bring(_ files: Int, to first: CaseID) throws {
    let state = try state(of: first)
    try record(try answers.brought(state, files), on: state)
  }

  private mutating func record(_ change: CaseChange?, on state: CaseState) throws {
    guard let change else { return }
    try ledger.record(change, in: db, log: &log)
    var after = state
    for event in change.events { after.apply(event, at: at) }
    states[after.id] = after
  }

  /// One at hand, where the case has not gone on since; else from all events of the case.
  private func state(of id: CaseID) throws -> CaseState {
    let version = try db.first("SELECT version FROM cases WHERE id = ?", id.rawValue) { Int($0.int(0)) }
    if let state = states[id] ?? answers.kept(id), state.version == version { return state }
    let events = try LedgerReader.events(of: id, db).map { ($0.event, $0.at) }
    guard let state = CaseState(id: id, events: events) else {
      throw LedgerError.inconsistent("\(id) does not begin with its taking")
    }
    return state
  }

  private mutating func addArrival(_ taken: CaseEvent.Taken, to first: Duplicates.Earlier) throws {
    var state = try state(of: first.id)
    let changes = state.record.changes(in: taken.input)
    let hasContact = changes.contains { $0.field == .contact }
    let arrival = CaseEvent.DuplicateArrived(
      channel: taken.input.channel, original: taken.original, row: taken.row, enclosures: taken.enclosures,
      changes: changes.isEmpty ? nil : changes, contact: hasContact ? taken.input.contact : nil)
    let event = CaseEvent.duplicateArrived(arrival)
    try log.append(event, to: first.id, number: first.number, version: first.version + 1)
    try db.run("UPDATE cases SET version = version + 1 WHERE number = ?", first.number)
    state.apply(event, at: at)
    states[state.id] = state
    if !changes.isEmpty { try record(try answers.saysMore(state, changes), on: state) }
  }
}
