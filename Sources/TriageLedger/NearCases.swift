import GRDB
import TriageCore

/// Finds earlier cases of near-same text, in time that does not grow with the ledger: a fixed number of look-ups in
/// the keys of two periods, and a bounded number of comparisons.
struct NearCases {
  private let db: Database
  private let period: Int64
  /// Taken earlier than this is too long ago.
  private let since: Instant
  private let periods: [Int64]

  /// A case that the text was compared with and found near-same.
  struct Near {
    let number: Int64
    let id: CaseID
    /// The first case of its matter.
    let matter: Int64
  }

  /// What was found for one sketch.
  struct Found {
    /// The first of the near-same cases.
    var first: Near?
    /// Keys of this period under which a case of `first`'s matter is entered already.
    var entered: Set<Int64> = []
  }

  init(_ db: Database, at: Instant) throws {
    self.db = db
    period = Self.period(of: at)
    since = at + -Self.window
    let hasEarlier = try db.first("SELECT 1 FROM near_keys WHERE period = ? LIMIT 1", period - 1) { _ in true
    }
    periods = hasEarlier == nil ? [period] : [period, period - 1]
  }

  private static let window = Limits.sameMatterDays * 86_400

  /// The period in which a case that was taken then is entered.
  static func period(of at: Instant) -> Int64 { at.seconds / window - (at.seconds < 0 ? 1 : 0) }

  // MARK: Asking

  func find(_ sketch: TextSketch, area: AreaID?, canMeet: (AreaID, AreaID) -> Bool) throws -> Found {
    var compared: [Int64: Near?] = [:]
    var holders: [Int64: [Near]] = [:]
    for period in periods {
      for (key, number) in try cases(under: sketch.keys + sketch.probes, in: period) {
        let near = try compared[number] ?? compare(number, sketch, area, canMeet)
        compared[number] = .some(near)
        if let near, period == self.period { holders[key, default: []].append(near) }
      }
    }
    guard let first = compared.values.compactMap({ $0 }).min(by: { $0.number < $1.number }) else {
      return Found()
    }
    let entered = holders.filter { $0.value.contains { $0.matter == first.matter } }.keys
    return Found(first: first, entered: Set(entered))
  }

  /// The cases of each key, of many the newest: where words that everybody uses fill a key, what was filed lately is
  /// likelier meant. All keys in one question, since a question costs more than a look-up.
  private func cases(under keys: [Int64], in period: Int64) throws -> [(key: Int64, number: Int64)] {
    let asked = keys.prefix(Self.questions.count - 1)
    return try db.all(
      Self.questions[asked.count], numbers: asked + [period, period, Int64(Limits.nearCandidates - 1)]
    ) { ($0.int(0), $0.int(1)) }
  }

  /// By the number of keys.
  private static let questions = (0...64).map { count in
    """
    WITH wanted (key) AS (VALUES \(Array(repeating: "(?)", count: max(1, count)).joined(separator: ", ")))
    SELECT n.key, n.case_number FROM wanted CROSS JOIN near_keys n ON n.period = ? AND n.key = wanted.key
    WHERE n.case_number >= coalesce((SELECT case_number FROM near_keys WHERE period = ? AND key = wanted.key
      ORDER BY case_number DESC LIMIT 1 OFFSET ?), 0)
    """
  }

  private func compare(
    _ number: Int64, _ sketch: TextSketch, _ area: AreaID?, _ canMeet: (AreaID, AreaID) -> Bool
  ) throws -> Near? {
    try db.first(
      """
      SELECT s.print, s.place, c.area, c.taken_at, coalesce(c.matter, c.number), c.id
      FROM sketches s JOIN cases c ON c.number = s.case_number WHERE s.case_number = ?
      """, number
    ) { row -> Near? in
      guard row.int(3) >= since.seconds, sketch.similarity(to: row.blob(0)) >= Limits.nearSimilarity,
        sketch.isPlace(UInt64(bitPattern: row.int(1)))
      else { return nil }
      let other = row.text(2)
      if let area, !other.isEmpty, !canMeet(area, AreaID(other)) { return nil }
      return Near(number: number, id: CaseID(row.text(5)), matter: row.int(4))
    } ?? nil
  }

  // MARK: Entering

  /// Enters a new case, under those keys under which its matter is not found yet: a letter that thousands send fills
  /// no key.
  func enter(_ number: Int64, _ sketch: TextSketch, except entered: Set<Int64>) throws {
    let keys = entered.isEmpty ? sketch.keys : sketch.keys.filter { !entered.contains($0) }
    if keys.isEmpty { return }
    try db.run(
      "INSERT INTO sketches (case_number, period, keys, print, place) VALUES (?, ?, ?, ?, ?)", number, period,
      Self.bytes(keys), sketch.print, Int64(bitPattern: sketch.place))
    let rows = Array(repeating: "(?, ?, ?)", count: keys.count).joined(separator: ", ")
    try db.run(
      "INSERT INTO near_keys (period, key, case_number) VALUES \(rows)",
      numbers: keys.flatMap { [period, $0, number] })
  }

  /// Drops some of what is too old to be asked for; little enough to be done beside every batch.
  func dropOld() throws {
    let isOld = try db.first("SELECT 1 FROM near_keys WHERE period < ? LIMIT 1", period - 1) { _ in true }
    if isOld == nil { return }
    try db.run(
      """
      DELETE FROM near_keys WHERE (period, key, case_number) IN
        (SELECT period, key, case_number FROM near_keys WHERE period < ? LIMIT ?)
      """, period - 1, Limits.batchCases * 10)
    try db.run(
      """
      DELETE FROM sketches WHERE period < ?1 AND case_number IN
        (SELECT case_number FROM sketches ORDER BY case_number LIMIT ?2)
      """, period - 1, Limits.batchCases * 2)
  }

  /// Drops what is kept of one case's text.
  static func erase(_ number: Int64, _ db: Database) throws {
    let entry = try db.first("SELECT period, keys FROM sketches WHERE case_number = ?", number) { row in
      (period: row.int(0), keys: keys(row.blob(1)))
    }
    guard let entry else { return }
    for key in entry.keys {
      try db.run(
        "DELETE FROM near_keys WHERE period = ? AND key = ? AND case_number = ?", entry.period, key, number)
    }
    try db.run("DELETE FROM sketches WHERE case_number = ?", number)
  }

  private static func bytes(_ keys: [Int64]) -> [UInt8] {
    keys.flatMap { key in (0..<8).map { UInt8(truncatingIfNeeded: key >> ($0 * 8)) } }
  }

  static func keys(_ bytes: [UInt8]) -> [Int64] {
    stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      (0..<8).reduce(Int64(0)) { $0 | Int64(bytes[start + $1]) << ($1 * 8) }
    }
  }
}
