import Crypto
import GRDB
import TriageCore

/// What `verify` found.
public struct VerifyReport: Sendable, Equatable {
  public var events: Int64 = 0
  public var originals = 0
  /// Payloads erased with their case, as the law wants it: no fault.
  public var erasedPayloads = 0
  /// The hash of the last event, hex: whoever noted it elsewhere can tell that no event was cut off since.
  public var head = ""
  /// Cases whose rows were made anew from their events and compared.
  public var recomputed = 0
  public var notRecomputed = NotRecomputed()
  /// In the order found; at most `LedgerVerify.faultLimit`.
  public var faults: [LedgerFault] = []
  /// Faults beyond the limit.
  public var moreFaults = 0
  public var isIntact: Bool { faults.isEmpty }

  /// What could not be told from events and was taken as it stands: no fault.
  public struct NotRecomputed: Sendable, Equatable {
    /// Cases whose contents were erased; their columns are all that is left of them.
    public var erased = 0
    /// Open cases whose timers were counted under other rules, or by another triaged.
    public var timers = 0
    /// Cases whose text cannot be compared with others as it was, since the rulebook of their day is not there.
    public var sketches = 0
    /// Files that came with cases before events told of them.
    public var enclosures = 0
    public init() {}
    public var isNothing: Bool { self == NotRecomputed() }
  }
}

/// How much `verify` reads.
public enum VerifyScope: Sendable {
  /// SQLite's own check, every event, rulebook and original, every row.
  case everything
  /// Events, rulebooks and rows: what folders are compared with.
  case rows
}

/// Walks the whole ledger. Reads only; runs beside the daemon.
///
/// No damage of the file makes it stop or fall: columns are read as bytes whatever they hold, and a table that cannot
/// be read through is one more fault.
struct LedgerVerify {
  static let faultLimit = 100
  /// What is recomputed has been stored in this way since that schema: such a ledger is proved before it is brought up to
  /// date.
  static let oldestSchema = 3

  let db: Database
  let store: OriginalStore
  var report = VerifyReport()
  /// Numbers of cases whose events are not as they were written: nothing can be recomputed from them.
  var broken: Set<Int64> = []

  init(_ db: Database, _ store: OriginalStore) {
    self.db = db
    self.store = store
  }

  /// Everything that can be told without the core: for a backup too, whose schema may be older.
  static func primary(of db: Database, _ store: OriginalStore) throws -> VerifyReport {
    var verify = LedgerVerify(db, store)
    try verify.verifyPrimary(.everything)
    return verify.report
  }

  /// What was written once and must be as it was: the file, the chain, payloads, rulebooks, originals.
  mutating func verifyPrimary(_ scope: VerifyScope) throws {
    if scope == .everything { try attempt { try $0.checkFile() } }
    try attempt { try $0.walkEvents() }
    try attempt { try $0.compareVersions() }
    try attempt { try $0.walkRulebooks() }
    try attempt { try $0.checkNumbering() }
    try attempt { try $0.walkLedgerEvents() }
    if scope == .everything { try attempt { try $0.walkOriginals() } }
  }

  /// A part of the file that SQLite cannot read is a fault like others, and the next part is looked at.
  mutating func attempt(_ step: (inout LedgerVerify) throws -> Void) throws {
    do {
      try step(&self)
    } catch let error as DatabaseError where error.resultCode.isDamage {
      report.add(.damagedFile("\(error.extendedResultCode.rawValue) \(error.message ?? "")"))
    }
  }

  // MARK: The file

  private mutating func checkFile() throws {
    try db.each("PRAGMA integrity_check(20)") { row in
      let problem = row.text(0)
      if problem != "ok" { report.add(.damagedFile(problem)) }
    }
    var strangers = 0
    try db.each("PRAGMA foreign_key_check") { row in
      strangers += 1
      if strangers <= 20 { report.add(.damagedFile("\(row.text(0)) \(row.int(1)): no such \(row.text(2))")) }
    }
    for name in try Schema.differences(db) { report.add(.damagedFile("schema: \(name)")) }
  }

  // MARK: The chain

  private mutating func walkLedgerEvents() throws {
    if let sequence = try LedgerEvents.firstChanged(db, root: try Opening.root(db)) {
      report.add(.changedLedgerEvent(sequence: sequence))
    }
  }

  private static let chainSQL = """
    SELECT e.sequence, c.id, e.version, e.kind, e.at, e.payload_hash, e.hash, p.salt, p.payload, c.erased_at,
      e.case_number
    FROM events e LEFT JOIN cases c ON c.number = e.case_number
    LEFT JOIN payloads p ON p.sequence = e.sequence
    """

  mutating func walkEvents() throws {
    var chain = EventChain(root: try Opening.root(db))
    try db.each(Self.chainSQL + " ORDER BY e.sequence") { row in
      let sequence = row.int(0)
      if sequence != chain.sequence + 1 {
        report.add(.missingEvents(after: chain.sequence, before: sequence))
        chain = EventChain(sequence: sequence - 1, hash: chain.hash)
      }
      Self.advance(&chain, row)
      let stored = row.blob(6)
      if chain.hash != stored {
        broken.insert(row.int(10))
        report.add(.brokenChain(sequence: sequence))
        // Go on from what is stored: one changed event is one fault.
        chain = EventChain(sequence: sequence, hash: stored)
      }
      checkPayload(row, sequence)
      report.events += 1
    }
    report.head = Hex.string(chain.hash)
  }

  private static func advance(_ chain: inout EventChain, _ row: Columns) {
    chain.advance(
      id: row.text(1), version: Int(truncatingIfNeeded: row.int(2)), kind: row.text(3), at: row.int(4),
      payloadHash: row.blob(5))
  }

  private mutating func checkPayload(_ row: Columns, _ sequence: Int64) {
    let isErased = !row.isNull(9)
    if row.isNull(7) || row.isNull(8) {
      if isErased { report.erasedPayloads += 1 } else { report.add(.missingPayload(sequence: sequence)) }
      broken.insert(row.int(10))
    } else if EventChain.payloadHash(salt: row.blob(7), payload: row.blob(8)) != row.blob(5) {
      report.add(.changedPayload(sequence: sequence))
      broken.insert(row.int(10))
    } else if isErased {
      report.add(.notErased(CaseID(row.text(1)), sequence: sequence))
    }
  }

  /// The last event, by itself and by the one before it: what a start has time for.
  mutating func checkHead() throws {
    var chain = EventChain(root: try Opening.root(db))
    var rows: [(sequence: Int64, hash: [UInt8])] = []
    try db.each("SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 2") { row in
      rows.append((row.int(0), row.blob(1)))
    }
    guard let last = rows.first else { return }
    if rows.count > 1 { chain = EventChain(sequence: rows[1].sequence, hash: rows[1].hash) }
    if last.sequence != chain.sequence + 1 {
      return report.add(.missingEvents(after: chain.sequence, before: last.sequence))
    }
    try db.each(Self.chainSQL + " WHERE e.sequence = ?", last.sequence) { row in
      Self.advance(&chain, row)
      if chain.hash != last.hash { report.add(.brokenChain(sequence: last.sequence)) }
      checkPayload(row, last.sequence)
    }
  }

  private mutating func compareVersions() throws {
    try db.each(
      """
      SELECT c.id, c.version, count(e.sequence) FROM cases c LEFT JOIN events e ON e.case_number = c.number
      GROUP BY c.number HAVING c.version <> count(e.sequence) OR c.version <> max(e.version)
        OR count(e.sequence) = 0
      """
    ) { row in
      report.add(
        .wrongVersion(
          CaseID(row.text(0)), columns: Int(truncatingIfNeeded: row.int(1)),
          events: Int(truncatingIfNeeded: row.int(2))))
    }
  }

  // MARK: Rulebooks, numbers, originals

  private mutating func walkRulebooks() throws {
    try db.each("SELECT digest, source FROM rulebooks") { row in
      let digest = row.text(0)
      if Hex.string(SHA256.hash(data: row.blob(1))) != digest { report.add(.changedRulebook(digest: digest)) }
    }
  }

  /// The text of the rulebook in force alone.
  mutating func checkRulebook(_ digest: String) throws {
    let source = try db.first("SELECT source FROM rulebooks WHERE digest = ?", digest) { $0.blob(0) }
    if let source, Hex.string(SHA256.hash(data: source)) != digest {
      report.add(.changedRulebook(digest: digest))
    }
  }

  /// A day's numbering must lie at or above every number given on it, or a number would be given twice.
  private mutating func checkNumbering() throws {
    var last: [String: Int64] = [:]
    try db.each("SELECT day, last FROM numbering") { row in last[row.text(0)] = row.int(1) }
    var given: [String: Int64] = [:]
    try db.each("SELECT id FROM cases") { row in
      let id = CaseID(row.text(0))
      guard !id.isAlert, let (day, number) = CaseNumbers.parts(of: id) else { return }
      given[day] = max(given[day] ?? 0, number)
    }
    for (day, number) in given.sorted(by: { $0.key < $1.key }) where (last[day] ?? 0) < number {
      report.add(.numberingBehind(day: day, last: last[day] ?? 0, given: number))
    }
  }

  private mutating func walkOriginals() throws {
    try db.each("SELECT sha256, place, bytes FROM originals WHERE place <> 'erased' AND place <> 'erasing'") {
      row in
      let digest = row.blob(0)
      let sha256 = Hex.string(digest)
      report.originals += 1
      if !row.isNull(2) {
        if EventChain.payloadHash(salt: [], payload: row.blob(2)) != digest {
          report.add(.changedOriginal(sha256: sha256))
        }
      } else if let found = try store.digest(of: sha256) {
        if found != sha256 { report.add(.changedOriginal(sha256: sha256)) }
      } else {
        report.add(.missingOriginal(sha256: sha256))
      }
    }
  }
}

extension VerifyReport {
  mutating func add(_ fault: LedgerFault) {
    if faults.count < LedgerVerify.faultLimit { faults.append(fault) } else { moreFaults += 1 }
  }
}

extension ResultCode {
  /// What SQLite answers where the file is not what it should be: its structure, or a table's definition.
  fileprivate var isDamage: Bool {
    self == .SQLITE_CORRUPT || self == .SQLITE_NOTADB || self == .SQLITE_ERROR || self == .SQLITE_MISMATCH
  }
}

extension LedgerReader {
  /// Checks what was written once: the file, events, payloads, rulebooks, originals. Seconds for a small ledger,
  /// minutes for a large one.
  /// - Throws: `corrupt` where the file cannot be opened as a ledger; `io`.
  public func verify() throws(LedgerError) -> VerifyReport {
    try connection.snapshot { db in try LedgerVerify.primary(of: db, originals) }
  }

  /// As `verify()`, and makes every row that follows from events anew and compares it.
  public func verify(
    recomputing recomputation: Recomputation, _ scope: VerifyScope = .everything
  ) throws(LedgerError) -> VerifyReport {
    try connection.snapshot { db in
      let version = try Schema.version(of: db, path: connection.path)
      guard version >= LedgerVerify.oldestSchema else {
        throw LedgerError.olderSchema(found: version, known: Schema.current)
      }
      var verify = LedgerVerify(db, originals)
      try verify.verifyPrimary(scope)
      try verify.verifyDerived(recomputation)
      return verify.report
    }
  }

  /// The cheap part, for every start: the last event, and the text of the rulebook in force.
  public func verifyHead(rulebook digest: String?) throws(LedgerError) -> [LedgerFault] {
    try connection.snapshot { db in
      var verify = LedgerVerify(db, originals)
      try verify.attempt { try $0.checkHead() }
      if let digest { try verify.attempt { try $0.checkRulebook(digest) } }
      return verify.report.faults
    }
  }
}
