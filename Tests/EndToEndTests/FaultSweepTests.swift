import Foundation
import Testing

/// Proof of durability: the daemon dies, or the disk fails, at each step, and the next run makes everything right.
///
/// Every call that changes a name or makes something durable is a point, of the other calls every few.
@Suite("The daemon fails at every durable step")
struct FaultSweepTests {
  private static let before = "2026-11-19T10:00"

  @Test("Promise 1 and 2: killed at any step of intake and delivery, each case and each item is there once")
  func killedDuringIntake() throws {
    let prepared = try Desk.fullInbox()
    try FaultSweep(title: "intake", prepared: prepared).run([.killBefore, .killAfter])
  }

  @Test("Promise 1 and 2: killed at any step of what departments do, each step counts once")
  func killedDuringDepartmentMoves() throws {
    let prepared = try Desk.busyQueues()
    try FaultSweep(title: "department moves", prepared: prepared).run([.killBefore, .killAfter])
  }

  @Test(
    "Promise 1: killed while the ledger is made, with SQLite's journal beside it, the root is whole after the next"
  )
  func journalOfFirstStart() throws {
    guard Faultpoint.shim != nil else { return print("journal: skipped, there is no C compiler") }
    let root = try Root()
    try root.drop("grid/a.yaml", Desk.simple("A-1"))
    let journal = "state/ledger.sqlite-journal"
    let killed = try Faultpoint.run(root, .killBefore, on: "unlink", below: root.path + "/" + journal, at: 1)
    #expect(killed.isMet && killed.outcome.signal != nil && root.exists(journal), "\(killed.outcome.err)")
    try root.once()
    #expect(try root.sources() == ["A-1"] && !root.exists(journal))
    try root.expectSound()
  }

  @Test("Promise 1: killed at any step of the very first start, the root is whole after the next")
  func killedDuringSetUp() throws {
    let prepared = try Root()
    try prepared.drop("grid/case.yaml", Desk.simple("A-1"))
    let sweep = FaultSweep(title: "first start", prepared: prepared)
    try sweep.run([.killBefore], every: 40, steps: 5)
    try sweep.run([.killBefore, .killAfter], every: 1, only: { $0.path.contains("/state/head") })
  }

  @Test(
    "Promise 1: a failed fsync or a full disk at any step loses nothing, and the next run goes on by itself")
  func failingDiskDuringIntake() throws {
    let prepared = try Desk.fullInbox()
    let sweep = FaultSweep(title: "intake", prepared: prepared)
    try sweep.run([.ioError], only: \.isSync)
    try sweep.run([.diskFull], every: 7, only: \.isWrite)
    try sweep.run([.diskFull], count: -1, every: 9, only: \.isWrite)
  }

  @Test("Promise 1: a failed fsync or a full disk at any step of department moves loses nothing")
  func failingDiskDuringDepartmentMoves() throws {
    let prepared = try Desk.busyQueues()
    let sweep = FaultSweep(title: "department moves", prepared: prepared)
    try sweep.run([.ioError], steps: 2, only: \.isSync)
    try sweep.run([.diskFull], count: -1, every: 16, only: \.isWrite)
  }

  @Test("Promise 1: killed at any step of going on after a restore, the next try brings it to the same end")
  func killedAfterRestore() throws {
    guard Faultpoint.shim != nil else { return print("after a restore: skipped, there is no C compiler") }
    let prepared = try Root()
    try prepared.drop("desk/old.yaml", Desk.simple("O-1"))
    try prepared.once(at: Self.before)
    #expect(try prepared.triaged("ledger", "backup", prepared.home + "/backup").status == 0)
    for number in 1...3 { try prepared.drop("desk/\(number).yaml", Desk.simple("N-\(number)")) }
    try prepared.once(at: Self.before)
    for name in ["", "-wal", "-shm"] { unlink(prepared.path + "/state/ledger.sqlite" + name) }
    #expect(try prepared.triaged("ledger", "restore", prepared.home + "/backup").status == 0)
    func command(_ root: Root) -> [String] {
      root.repairing(["--after-restore"], at: "2026-11-19T10:01")
    }
    /// The names that carry a time of the day are left out.
    func end(_ root: Root) throws -> [String] {
      try root.tree("set-aside") + root.items + root.cases().map { "\($0["source_id"] ?? "")" }
    }
    let undisturbed = try Root(copying: prepared)
    let points = try Faultpoint.calls(of: undisturbed, at: Self.before, command(undisturbed))
      .filter(\.isStep)
    let expected = try end(undisturbed)
    #expect(expected.count { $0.hasSuffix("案件.yaml") } == 3)
    #expect(points.count > 30)
    for (index, point) in points.enumerated() where index % 3 == 0 {
      let root = try Root(copying: prepared)
      _ = try Faultpoint.run(root, .killBefore, at: point.number, command(root))
      let again = try Program.run(command(root))
      #expect(again.status == 0, "\(point): \(again.out)\(again.err)")
      #expect(try end(root) == expected, "\(point)")
      try root.expectSound("\(point)")
    }
  }
}
