import GRDB
import TriageCore

/// Case ids of one day: `ZZ20261121-0001`, without gaps, at least four digits.
///
/// The last number is written by the transaction that used it, so a crash or a rollback takes both back. A new
/// prefix within a day goes on counting.
struct CaseNumbers {
  private let prefix: String
  private let day: String
  private var last: Int
  private let first: Int

  init(_ db: Database, prefix: String, day: CivilDate) throws {
    self.prefix = prefix
    self.day = day.compact
    last = try db.row("SELECT last FROM numbering WHERE day = ?", [self.day]).map { $0[0] } ?? 0
    first = last
  }

  mutating func next() -> CaseID {
    last += 1
    let digits = String(last)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
    return CaseID("\(prefix)\(day)-\(zeros)\(digits)")
  }

  /// The day and the number in a case's id; nil for an id that was not made here.
  static func parts(of id: CaseID) -> (day: String, number: Int64)? {
    let parts = id.rawValue.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count >= 8, let number = Int64(parts[1]) else { return nil }
    return (String(parts[0].suffix(8)), number)
  }

  func write(_ db: Database) throws {
    if last == first { return }
    try db.run(
      "INSERT INTO numbering (day, last) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET last = excluded.last",
      day, last)
  }
}
