import Foundation
import Testing

/// Proof of durability: the daemon dies, or the disk fails, at each step, and the next run makes everything right.
///
/// Every call that changes a name or makes something durable is a point, of the other calls every few.
@Suite("The daemon fails at every durable step")
struct FaultSweepTests {
  private static let before = "2026-11-19T10:00"
  private static let after = "2026-11-19T10:01"

  @Test("Promise 1 and 2: killed at any step of intake and delivery, each case and each item is there once")
  func killedDuringIntake() throws {
    let prepared = try Desk.fullInbox()
    try sweep("intake, killed", prepared, [.killBefore, .killAfter])
  }

  @Test("Promise 1 and 2: killed at any step of what departments do, each step counts once")
  func killedDuringDepartmentMoves() throws {
    let prepared = try Desk.busyQueues()
    try sweep("department moves, killed", prepared, [.killBefore, .killAfter])
  }

  @Test("Promise 1: killed at any step of the very first start, the root is whole after the next")
  func killedDuringSetUp() throws {
    let prepared = try Root()
    try prepared.drop("grid/case.yaml", Desk.simple("A-1"))
    try sweep("first start, killed", prepared, [.killBefore], every: 40, steps: 5)
    try sweep("first start, killed around its head", prepared, [.killBefore, .killAfter], every: 1) {
      $0.path.contains("/state/head")
    }
  }

  @Test(
    "Promise 1: a failed fsync or a full disk at any step loses nothing, and the next run goes on by itself")
  func failingDiskDuringIntake() throws {
    let prepared = try Desk.fullInbox()
    try sweep("intake, fsync fails", prepared, [.ioError], only: \.isSync)
    try sweep("intake, disk full once", prepared, [.diskFull], every: 7, only: \.isWrite)
    try sweep("intake, disk full from there on", prepared, [.diskFull], count: -1, every: 9, only: \.isWrite)
  }

  @Test("Promise 1: a failed fsync or a full disk at any step of department moves loses nothing")
  func failingDiskDuringDepartmentMoves() throws {
    let prepared = try Desk.busyQueues()
    try sweep("department moves, fsync fails", prepared, [.ioError], steps: 2, only: \.isSync)
    try sweep("department moves, disk full", prepared, [.diskFull], count: -1, every: 16, only: \.isWrite)
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
      ["fsck", "--repair", "--after-restore", "--config", root.configuration]
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

  /// - Parameters:
  ///   - every: of the calls that are no step, each so-manieth is a point.
  ///   - steps: of the calls that are steps, each so-manieth.
  private func sweep(
    _ title: String, _ prepared: Root, _ actions: [Faultpoint.Action], count: Int = 1,
    every: Int = 16, steps: Int = 1, only: (Faultpoint.Call) -> Bool = { _ in true }
  ) throws {
    guard Faultpoint.shim != nil else {
      print("\(title): skipped, there is no C compiler")
      return
    }
    let undisturbed = try Root(copying: prepared)
    let calls = try Faultpoint.calls(of: undisturbed, at: Self.before)
    try undisturbed.once(at: Self.after)
    let expected = try Census(of: undisturbed)
    let wanted = calls.filter(only)
    #expect(wanted.count > 5)
    let points =
      wanted.filter(\.isStep).enumerated().filter { $0.offset % steps == 0 }.map(\.element)
      + wanted.filter { !$0.isStep }.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    var (all, passed) = (0, 0)
    for action in actions {
      // Right after one call is, but for the other threads, right before the next.
      for (index, point) in points.enumerated() where action != .killAfter || point.isStep && index % 2 == 0 {
        all += 1
        if try recovers(prepared, action, point, count, expected) { passed += 1 }
      }
    }
    print("\(title): \(calls.count) calls, \(all) points, \(passed) passed")
    #expect(passed == all)
  }

  private func recovers(
    _ prepared: Root, _ action: Faultpoint.Action, _ point: Faultpoint.Call, _ count: Int, _ expected: Census
  ) throws -> Bool {
    let name =
      "\(action.rawValue) at \(point.number), \(point.name) \(point.path.split(separator: "/").suffix(3))"
    let root = try Root(copying: prepared)
    let fault = try Faultpoint.run(root, action, at: point.number, count: count, time: Self.before)
    let recovery = try Program.run(root.options(at: Self.after) + ["--once"])
    let census = try Census(of: root)
    let check = try root.triaged("fsck")
    let chain = try root.triaged("ledger", "verify")
    if recovery.status == 0, census == expected, check.status == 0, chain.status == 0 { return true }
    Issue.record(
      """
      \(name)
      \(census.difference(from: expected))
      fault: \(fault.err)recovery: \(recovery.status) \(recovery.err)fsck: \(check.out)verify: \(chain.out)
      """)
    return false
  }
}
