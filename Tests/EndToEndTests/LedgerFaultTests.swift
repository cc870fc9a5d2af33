import Foundation
import Testing

/// What happens to the ledger's files from outside: a log cut short or changed, shared memory that is gone. Nothing is
/// lost in silence: the daemon goes on with everything, or says that it cannot.
@Suite("Faults of the ledger's files")
struct LedgerFaultTests {
  /// A daemon that recorded ten cases one after the other and was killed: all are in the log that SQLite writes ahead.
  private static func killed() throws -> Root {
    let root = try Root()
    try root.once()
    let daemon = try root.start()
    for number in 1...10 {
      try root.drop("desk/\(number).yaml", Desk.simple("W-\(number)"))
      #expect(eventually { root.names("queues/urban/new").count == number }, "\(daemon.err)")
    }
    daemon.kill()
    return root
  }

  private static let log = "state/ledger.sqlite-wal"
  private static let sources = Set((1...10).map { "W-\($0)" })

  private static func recorded(_ root: Root) throws -> Set<String> {
    Set(try root.sources())
  }

  /// The daemon goes on with everything, or refuses and touches nothing.
  /// - Returns: whether it refused.
  private func isRefused(_ root: Root, of prepared: Root, _ context: String) throws -> Bool {
    let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
    if outcome.status == 0 {
      #expect(try Self.recorded(root) == Self.sources, "\(context)")
      #expect(root.items.count == 10, "\(context)")
      try root.expectSound(context)
      return false
    }
    #expect(outcome.status == 78 && outcome.signal == nil, "\(context): \(outcome.err)")
    for word in ["triaged ledger restore", "fsck --repair --after-restore", "state/head"] {
      #expect(outcome.err.contains(word), "\(context): \(outcome.err)")
    }
    #expect(root.items == prepared.items && root.names("set-aside").isEmpty, "\(context)")
    return true
  }

  /// By a person's word it goes on with what is left; what the ledger lost lies there to be taken again.
  private func expectGoesOn(_ root: Root, _ context: String) throws {
    try root.repair("--after-restore")
    let aside = root.tree("set-aside").compactMap { root.read("set-aside/" + $0) }.joined()
    let again = Self.sources.filter { aside.contains("source_id: \"\($0)\"\n") }
    let kept = try Self.recorded(root)
    #expect(kept.union(again) == Self.sources && kept.isDisjoint(with: again), "\(context): \(kept) \(again)")
    try root.once(at: "2026-11-19T10:05")
    try root.expectSound(context)
  }

  @Test("Promise 1: a log cut at any length loses nothing in silence")
  func logCut() throws {
    let prepared = try Self.killed()
    let length = try #require(FileManager.default.contents(atPath: prepared.path + "/" + Self.log)).count
    #expect(length > 10_000)
    let points = isLong ? 60 : 4
    var cuts = (0..<points).map { length * $0 / points }
    // At the end of a frame (24 bytes and a page), within one, and nothing cut at all.
    cuts += [length - 8192 - 24, length - 1, length]
    var refused: [Int] = []
    for cut in cuts {
      let root = try Root(copying: prepared)
      try #require(truncate(root.path + "/" + Self.log, off_t(cut)) == 0)
      let context = "cut at \(cut) of \(length)"
      guard try isRefused(root, of: prepared, context) else { continue }
      refused.append(cut)
      if isLong || refused.count == 2 { try expectGoesOn(root, context) }
    }
    // Behind the last event are only the marks of what was done.
    #expect(refused.starts(with: cuts.prefix(points)) && refused.last != length, "\(refused) of \(cuts)")
  }

  @Test("Promise 1: a byte changed in the log is noticed as a log cut there")
  func logChanged() throws {
    let prepared = try Self.killed()
    let bytes = Array(try #require(FileManager.default.contents(atPath: prepared.path + "/" + Self.log)))
    let points = isLong ? 40 : 4
    // The first 32 bytes are the log's own head, then a frame's head.
    let places = [10, 40] + (1..<points).map { bytes.count * $0 / points }
    for place in places {
      let root = try Root(copying: prepared)
      var changed = bytes
      changed[place] ^= 0x40
      try root.write(Self.log, bytes: changed)
      let context = "changed at \(place) of \(bytes.count)"
      #expect(try isRefused(root, of: prepared, context), "\(context): it is not even noticed")
      if isLong || place == places.last { try expectGoesOn(root, context) }
    }
  }

  @Test("Promise 1: shared memory deleted under a running daemon loses nothing")
  func sharedMemoryDeleted() throws {
    let root = try Root()
    let daemon = try root.start()
    try root.drop("desk/1.yaml", Desk.simple("S-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    try root.remove("state/ledger.sqlite-shm")
    // A reader makes it anew; what it and the daemon see of each other is SQLite's matter, what is lost is ours.
    _ = try root.triaged("cases")
    for number in 2...30 {
      try root.drop("desk/\(number).yaml", Desk.simple("S-\(number)"))
      if number % 10 == 0 {
        #expect(eventually { root.tree("inbox").isEmpty || daemon.hasEnded }, "\(daemon.err)")
        _ = try root.triaged("cases")
        _ = try root.triaged("status")
      }
    }
    let sources = Set((1...30).map { "S-\($0)" })
    if !daemon.hasEnded {
      #expect(eventually { root.names("queues/urban/new").count == 30 || daemon.hasEnded }, "\(daemon.err)")
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20), "\(daemon.err)")
    }
    try root.once()
    #expect(try root.sources() == sources.sorted())
    #expect(root.names("queues/urban/new").count == 30)
    try root.expectSound()
  }
}
