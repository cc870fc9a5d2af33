import Crypto
import GRDB
import TriageCore

/// How far a ledger had come: its last event, and the highest numbers that it had given.
///
/// Kept outside of the ledger's file (`state/head`, the markers of the queues), so that a ledger that was lost, cut at
/// its end or put back from an older copy shows as one that is behind.
public struct LedgerHead: Sendable, Equatable {
  /// The last number that was given on a day.
  public struct Number: Sendable, Equatable {
    /// `20261121`.
    public var day: String
    public var last: Int
    public init(day: String, last: Int) {
      self.day = day
      self.last = last
    }
  }

  /// The ledger's `rootID`.
  public var root: String
  /// Of the last event; 0 before the first.
  public var sequence: Int64
  /// Of the last event, hex.
  public var hash: String
  /// Of the last day on which a case got a number.
  public var cases: Number?
  public var alerts: Number?

  init(root: String, sequence: Int64, hash: String, cases: Number? = nil, alerts: Number? = nil) {
    self.root = root
    self.sequence = sequence
    self.hash = hash
    self.cases = cases
    self.alerts = alerts
  }

  /// Of the ledger as it is.
  init(_ db: Database, root: String) throws {
    let chain = try EventChain(db, root: root)
    func number(_ sql: String) throws -> Number? {
      try db.row(sql).flatMap { row in
        (row[0] as String?).map { Number(day: $0, last: row[1]) }
      }
    }
    // Those of this ledger, and those of one that is lost; of one day the higher number.
    let alerts = [
      try number("SELECT day, max(number) FROM alerts WHERE day = (SELECT max(day) FROM alerts)"),
      try number(
        """
        SELECT substr(name, length(prefix) + 1), value FROM looks, (SELECT '\(Ledger.alertNumbers(""))' AS prefix)
        WHERE name > prefix AND name < prefix || ':' ORDER BY name DESC LIMIT 1
        """),
    ]
    self.init(
      root: root, sequence: chain.sequence, hash: Hex.string(chain.hash),
      cases: try number("SELECT day, last FROM numbering ORDER BY day DESC LIMIT 1"),
      alerts: alerts.compactMap { $0 }.max { ($0.day, $0.last) < ($1.day, $1.last) })
  }

  // MARK: As a line

  /// One line that always has the same length, so that it can be written over the one before: a count, what the head
  /// says, and a digest of both, by which half of a line is known.
  /// - Parameter number: how often the head was kept in that file; 0 where nobody counts.
  public func line(number: Int64 = 0) -> String {
    var words = [Self.padded(number, 20), root, Self.padded(sequence, 20), hash]
    for given in [cases, alerts] {
      words += [given?.day ?? Self.noDay, Self.padded(Int64(given?.last ?? 0), 10)]
    }
    let text = words.joined(separator: " ")
    return "\(text) \(Self.digest(text))\n"
  }

  /// Nil for what is no whole line.
  public init?(line: some StringProtocol) {
    guard let (head, _) = Self.parse(line) else { return nil }
    self = head
  }

  static func parse(_ line: some StringProtocol) -> (head: LedgerHead, number: Int64)? {
    let line = String(line.prefix { !$0.isNewline })
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 9, words[8] == digest(words[..<8].joined(separator: " ")),
      let number = Int64(words[0]), let sequence = Int64(words[2]), let cases = Int(words[5]),
      let alerts = Int(words[7])
    else { return nil }
    func given(_ day: String, _ last: Int) -> Number? { day == noDay ? nil : Number(day: day, last: last) }
    let head = LedgerHead(
      root: words[1], sequence: sequence, hash: words[3], cases: given(words[4], cases),
      alerts: given(words[6], alerts))
    return (head, number)
  }

  private static let noDay = "00000000"

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private static func digest(_ text: String) -> String {
    Hex.string(Array(SHA256.hash(data: Array(text.utf8)).prefix(8)))
  }
}

extension LedgerReader {
  /// How far this ledger has come.
  public func head() throws(LedgerError) -> LedgerHead {
    try connection.snapshot { db in try LedgerHead(db, root: try Opening.root(db)) }
  }

  /// Whether this ledger has come at least as far, by the same way.
  public func holds(_ head: LedgerHead) throws(LedgerError) -> Bool {
    try connection.perform { db in try Self.holds(head, db, root: try Opening.root(db)) }
  }

  static func holds(_ head: LedgerHead, _ db: Database, root: String) throws -> Bool {
    guard head.root == root else { return false }
    if head.sequence == 0 { return true }
    let hash = try db.first("SELECT hash FROM events WHERE sequence = ?", head.sequence) { $0.blob(0) }
    return hash.map { Hex.string($0) } == head.hash
  }
}
