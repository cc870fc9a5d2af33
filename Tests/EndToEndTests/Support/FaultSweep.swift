import Foundation
import Testing

/// A prepared root, run again and again with a fault at another call of it each time: after the next run without a
/// fault everything must be as if nothing had happened.
struct FaultSweep {
  var title: String
  var prepared: Root
  /// The time of the run that meets the fault, and of the one after it.
  var before = "2026-11-19T10:00"
  var after = "2026-11-19T10:01"

  /// - Parameters:
  ///   - count: calls in a row that fail; -1 all from the point on.
  ///   - every: of the calls that are no step, each so-manieth is a point.
  ///   - steps: of the calls that are steps, each so-manieth.
  ///   - goal: what must be there in the end, or the sweep would prove nothing.
  func run(
    _ actions: [Faultpoint.Action], count: Int = 1, every: Int = 16, steps: Int = 1,
    only: (Faultpoint.Call) -> Bool = { _ in true }, goal: (Census) -> Bool = { !$0.items.isEmpty }
  ) throws {
    guard Faultpoint.shim != nil else { return print("\(title): skipped, there is no C compiler") }
    let undisturbed = try Root(copying: prepared)
    let calls = try Faultpoint.calls(of: undisturbed, at: before)
    try undisturbed.once(at: after)
    let expected = try Census(of: undisturbed)
    #expect(goal(expected), "\(expected)")
    if prepared.exists("state") {
      #expect(try Census(of: prepared) != expected, "nothing happens in this run")
    }
    let wanted = calls.filter(only)
    #expect(wanted.count > 5)
    let points = Faultpoint.sample(wanted, every: every, steps: steps)
    var tally = Tally()
    for action in actions {
      // Right after one call is, but for the other threads, right before the next.
      for (index, point) in points.enumerated() where action != .killAfter || point.isStep && index % 2 == 0 {
        let root = try Root(copying: prepared)
        let fault = try Faultpoint.run(root, action, at: point.number, count: count, time: before)
        let isRight = try recovers(root, from: fault, expected, "\(action.rawValue) at \(point)")
        tally.count(isMet: fault.isMet, isRight: isRight)
      }
    }
    tally.close("\(title), \(actions.map(\.rawValue).joined(separator: " "))", calls: calls.count)
  }

  private func recovers(
    _ root: Root, from fault: Faultpoint.Fault, _ expected: Census, _ name: String
  ) throws -> Bool {
    let recovery = try Program.run(root.options(at: after) + ["--once"])
    let census = try Census(of: root)
    let check = try root.triaged("fsck")
    let chain = try root.triaged("ledger", "verify")
    if recovery.status == 0, census == expected, check.status == 0, chain.status == 0 { return true }
    Issue.record(
      """
      \(title): \(name)
      \(census.difference(from: expected))
      fault: \(fault.outcome.err)recovery: \(recovery.status) \(recovery.err)fsck: \(check.out)verify: \(chain.out)
      """)
    return false
  }
}
