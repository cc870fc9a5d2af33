import GRDB
import Glibc
import TriageCore

/// How a ledger was found not to be the one that belongs to its root. Nothing is begun then, and nothing adopted.
public enum LedgerLoss: Sendable, Equatable {
  /// There is no ledger, or one without any content; these show that one was there.
  case gone(path: String, traces: [String])
  /// Here stands the marker, or the head, of another root.
  case otherRoot(path: String, place: String)
  /// Here it is written that the ledger had come further, or another way: an older copy, or one cut at its end.
  case behind(path: String, place: String, known: Int64, found: Int64)
  /// None of the originals that should lie in `files/` is there.
  case originals(path: String, count: Int)
}

/// What lies outside of a ledger's file and tells of it: markers of folders, and what only a root with a ledger has.
public struct LedgerTraces: Sendable {
  /// A marker, and what it says of the ledger.
  public struct Mark: Sendable {
    /// Where it lies.
    public var place: String
    /// The root's id in it.
    public var root: String
    public var head: LedgerHead?
    public init(place: String, root: String, head: LedgerHead?) {
      self.place = place
      self.root = root
      self.head = head
    }
  }

  public var marks: [Mark]
  /// Paths of other things; asked only where there is no ledger.
  public var things: @Sendable () -> [String]

  public init(marks: [Mark] = [], things: @escaping @Sendable () -> [String] = { [] }) {
    self.marks = marks
    self.things = things
  }

  /// What a person has said that she knows of, and that is to be gone on from.
  public struct Known: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// An older ledger was put back.
    public static let older = Known(rawValue: 1)
    /// The originals are lost.
    public static let originals = Known(rawValue: 2)
  }

  /// Compares the ledger of a state folder with what tells of it; reads only, unless the start that made it was killed. In a new root there is neither.
  /// - Throws: `lost`; `notALedger`, `newerSchema`, `corrupt`, `notPermitted`.
  public func check(state: String, knowing known: Known = []) throws(LedgerError) {
    let path = Ledger.path(in: state)
    try rollBack(path)
    // The head first: a daemon that is at work writes it after the ledger.
    let head = try HeadFile.read(HeadFile.path(in: state))
    // SQLite would throw a log away whose file is empty; a file gets its first page before it gets a log.
    let log = path + "-wal"
    guard Self.size(path) > 0 else { return try requireNone(path, state, Self.size(log) > 0 ? [log] : []) }
    let connection = try Connection(path: path, readonly: true)
    let isEmpty = try connection.snapshot { db in
      _ = try Schema.version(of: db, path: path)
      if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 { return true }
      try compare(db, head, path, state, known)
      return false
    }
    do { try connection.queue.close() } catch { throw LedgerError(error, path: path) }
    if isEmpty { try requireNone(path, state, []) }
  }

  /// A start that was killed while it made the ledger, before there was a log, leaves a journal of SQLite's, which nobody
  /// can roll back who only reads.
  private func rollBack(_ path: String) throws(LedgerError) {
    guard Self.size(path + "-journal") > 0, Self.size(path) > 0 else { return }
    let connection = try Connection(path: path, readonly: false)
    do { try connection.queue.close() } catch { throw LedgerError(error, path: path) }
  }

  /// Of what a link points to, so that one to a disk that is not there counts as nothing.
  private static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  // MARK: None

  private func requireNone(_ path: String, _ state: String, _ log: [String]) throws(LedgerError) {
    let traces = log + Self.inside(state) + things() + marks.map(\.place)
    if !traces.isEmpty { throw .lost(.gone(path: path, traces: traces)) }
  }

  /// What the state folder holds only after its ledger was made.
  private static func inside(_ state: String) -> [String] {
    var found: [String] = []
    for name in DurableFile.names(in: state).sorted() {
      let path = state + "/" + name
      switch name {
      case "head", "rulebook", "lists": found.append(path)
      case _ where name.hasPrefix("ledger.sqlite.before-"): found.append(path)
      default: break
      }
    }
    if DurableFile.names(in: state + "/files").contains(where: { $0.utf8.count == 64 }) {
      found.append(state + "/files")
    }
    return found
  }

  // MARK: Another

  private func compare(
    _ db: Database, _ head: LedgerHead?, _ path: String, _ state: String, _ known: Known
  ) throws {
    let root = try Opening.root(db)
    var heads: [(place: String, head: LedgerHead)] = head.map { [(HeadFile.path(in: state), $0)] } ?? []
    for mark in marks {
      if mark.root != root { throw LedgerError.lost(.otherRoot(path: path, place: mark.place)) }
      if let head = mark.head { heads.append((mark.place, head)) }
    }
    if let other = heads.first(where: { $0.head.root != root }) {
      throw LedgerError.lost(.otherRoot(path: path, place: other.place))
    }
    if !known.contains(.older) { try requireLatest(db, heads, path, root: root) }
    if !known.contains(.originals) { try requireOriginals(db, state) }
  }

  private func requireLatest(
    _ db: Database, _ heads: [(place: String, head: LedgerHead)], _ path: String, root: String
  ) throws {
    // The furthest is the one to name.
    for (place, head) in heads.sorted(by: { $0.head.sequence > $1.head.sequence })
    where try !LedgerReader.holds(head, db, root: root) {
      let chain = try EventChain(db, root: root)
      throw LedgerError.lost(
        .behind(path: path, place: place, known: head.sequence, found: chain.sequence))
    }
  }

  /// A folder of which nothing is left (where one of some originals is there, it is): a disk that is not mounted, a state
  /// folder put back without it. Single files are for `verify`.
  private func requireOriginals(_ db: Database, _ state: String) throws {
    let past = try LedgerEvents.lostOriginals(db)
    let named = try db.all(
      "SELECT sha256 FROM originals WHERE place = 'file' AND number > ? ORDER BY number DESC LIMIT \(Limits.originalsLookedFor)",
      past
    ) { Hex.string($0.blob(0)) }
    let store = OriginalStore(state: state)
    if named.isEmpty || named.contains(where: { DurableFile.exists(store.path(of: $0)) }) { return }
    let count = try db.row("SELECT count(*) FROM originals WHERE place = 'file' AND number > ?", [past])
    throw LedgerError.lost(.originals(path: store.folder, count: count?[0] ?? named.count))
  }
}
