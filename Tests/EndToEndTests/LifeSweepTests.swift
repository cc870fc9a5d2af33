import Foundation
import Testing

/// The same over what happens later in a case's life, and over a change of the rules.
@Suite("The daemon fails at every step of reminders, reloads and close-outs")
struct LifeSweepTests {
  /// A few points of each kind; `make long` goes through all.
  private func sweep(_ sweep: FaultSweep, goal: (Census) -> Bool) throws {
    try sweep.run([.killBefore, .killAfter], every: 100, steps: 12, goal: goal)
    try sweep.run([.ioError], steps: 9, only: \.isSync, goal: goal)
    try sweep.run([.diskFull], count: -1, every: 90, only: \.isWrite, goal: goal)
  }

  @Test(
    "Promise 2: killed, or without room, at any step of reminders, digests and escalations, each comes once")
  func reminders() throws {
    try sweep(
      FaultSweep(
        title: "reminders", prepared: try Desk.overdue(), before: "2026-11-27T09:00",
        after: "2026-11-27T09:01"
      )
    ) { census in
      // The department is reminded, its leader is told.
      !census.reminders.isEmpty && census.reminders.contains { $0.hasPrefix("urban ") }
    }
  }

  @Test(
    "Promise 6: killed, or without room, at any step of taking changed rules, they are in force after the next run"
  )
  func changedRules() throws {
    try sweep(
      FaultSweep(
        title: "changed rules", prepared: try Desk.changedRules(), before: "2026-11-19T11:00",
        after: "2026-11-19T11:01")
    ) { census in
      census.items.contains("harbour/new/N-1.yaml")
    }
  }

  @Test(
    "Promise 1 and 2: killed, or without room, at any step of closing cases, each is closed or reopened once")
  func closing() throws {
    try sweep(
      FaultSweep(
        title: "closing", prepared: try Desk.visited(), before: "2026-11-24T10:00", after: "2026-11-24T10:01")
    ) { census in
      census.cases.contains { $0.contains(" closed ") }
    }
  }

  /// What the daemon does on SIGHUP, while it runs: another thread reads the rules, the loop swaps them.
  @Test(
    "Promise 6: killed at any step of a reload, the daemon starts with the new rules and nothing is done twice"
  )
  func reload() throws {
    guard Faultpoint.shim != nil else { return print("reload: skipped, there is no C compiler") }
    let prepared = try Desk.busyQueues()
    try prepared.once(at: "2026-11-19T10:10")
    let undisturbed = try Root(copying: prepared)
    try Desk.change(undisturbed)
    try undisturbed.once(at: "2026-11-19T10:20")
    let expected = try Census(of: undisturbed)
    #expect(undisturbed.exists("queues/harbour/.triaged"))
    // How many calls a reload makes varies with the threads: gone on with until the daemon outlives them all.
    var (calls, died, lived) = (1, 0, 0)
    while lived < 3, calls < 1_000 {
      let root = try Root(copying: prepared)
      let disk = try #require(try FailingDisk(.killBefore, under: root))
      let daemon = try root.start(at: "2026-11-19T10:12", environment: disk.environment)
      try Desk.change(root)
      disk.fail(after: calls)
      daemon.signal(SIGHUP)
      let isInForce = eventually(within: 60) {
        daemon.hasEnded || (root.metric("reloads_total") ?? 0) > 0 && root.exists("queues/harbour/.triaged")
      }
      #expect(isInForce, "\(daemon.err)")
      if daemon.hasEnded { died += 1 } else { lived += 1 }
      daemon.kill()
      try root.once(at: "2026-11-19T10:20")
      let difference = try Census(of: root).difference(from: expected)
      #expect(difference.isEmpty, "killed at call \(calls) of the reload: \(difference)")
      try root.expectSound("killed at call \(calls) of the reload")
      if !isLong, lived > 0 { break }
      calls = isLong ? calls + 1 : calls * 5
    }
    print("reload, killed: \(died) deaths, the last try at call \(calls)")
    #expect(died > 2)
    #expect(lived > 0, "no reload was outlived: that one is taken at all is not shown")
  }
}
