import Foundation
import Testing

/// The disk of a root breaks under the daemon: from a moment on nothing can be written, and of what was written before
/// only that is there afterwards which was made durable. `LoopDisk` is a real file system with a real journal.
@Suite("The disk breaks under the daemon")
struct DiskFaultTests {
  @Test("Promise 1: a disk that turns read-only under the daemon stops intake and says so, and loses nothing")
  func diskTurnsReadOnly() throws {
    let root = try Root()
    try root.once()
    guard let disk = try LoopDisk(at: root.path, megabytes: 64) else {
      return print("read-only disk: skipped, no image may be mounted here")
    }
    let daemon = try root.start()
    try root.drop("desk/1.yaml", Desk.simple("R-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    // It has a file to take in when it wakes.
    try disk.sync()
    daemon.signal(SIGSTOP)
    try root.drop("desk/2.yaml", Desk.simple("R-2"))
    guard try disk.breakDown() else {
      daemon.kill()
      return print("read-only disk: skipped, this kernel breaks no disk on demand")
    }
    daemon.signal(SIGCONT)
    let isKnown = try eventually {
      try daemon.hasEnded || root.triaged("status").out.contains("intake pauses")
    }
    #expect(isKnown, "\(daemon.err)")
    #expect(try root.cases().count == 1)
    if daemon.hasEnded {
      // An fsync was under way: what it left in the cache cannot be trusted (DESIGN.md section 3).
      #expect(daemon.err.contains("1034"), "\(daemon.err)")
    } else {
      #expect(try root.triaged("status").status == 1)
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20), "\(daemon.err)")
    }
    // No start on it either, and it says why.
    let start = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(start.status != 0 && start.err.contains("ead-only"), "\(start.err)")

    try disk.remount()
    #expect(root.names("queues/urban/new").count == 1, "what was delivered was not durable")
    try root.drop("desk/3.yaml", Desk.simple("R-3"))
    try root.once()
    // The second file was never on the disk for certain: the sender did not sync it.
    #expect(try root.sources().filter { $0 != "R-2" } == ["R-1", "R-3"])
    #expect(root.tree("inbox").isEmpty)
    try root.expectSound()
    withExtendedLifetime(disk) {}
  }

  @Test(
    "Promise 1 and 2: a disk that breaks at any step of intake and delivery loses nothing that was in the inbox, and what the daemon called done is on it"
  )
  func breaksAtAnyStep() throws {
    guard Faultpoint.shim != nil else { return print("breaking disk: skipped, there is no C compiler") }
    let after = "2026-11-19T10:01"
    let prepared = try Root()
    try prepared.once()
    for number in 1...2 { try prepared.drop("desk/\(number).yaml", Desk.simple("R-\(number)")) }
    try prepared.write("inbox/desk/夜市/案件.yaml", Desk.simple("F-1", "夜市占道停车费"))
    try prepared.write("inbox/desk/夜市/照片.jpg", bytes: Array(repeating: 0xD8, count: 100_000))
    let undisturbed = try Root(copying: prepared)
    let calls = try Faultpoint.calls(of: undisturbed, at: Root.thursday)
    let expected = try Census(of: undisturbed)
    #expect(expected.items.count == 3 && expected.files.count == 1, "\(expected)")
    var points = Faultpoint.sample(calls, every: 100, steps: 12)
    if let last = calls.last, !points.contains(where: { $0.number == last.number }) { points.append(last) }
    var tally = Tally()
    var done = 0
    for point in points {
      let root = try Root(copying: prepared)
      guard let disk = try LoopDisk(at: root.path, megabytes: 64) else {
        return print("breaking disk: skipped, no image may be mounted here")
      }
      try disk.sync()
      let run = try Faultpoint.stop(root, at: point.number)
      #expect(eventually { run.isStopped || run.hasEnded }, "\(point)")
      tally.count(isMet: run.isStopped)
      guard try disk.breakDown() else {
        run.kill()
        return print("breaking disk: skipped, this kernel breaks no disk on demand")
      }
      run.signal(SIGCONT)
      #expect(run.ends(within: 60), "\(point): \(run.err)")
      try disk.remount()
      // Of a run that ended well nothing is left to be done.
      if run.outcome.status == 0 {
        done += 1
        #expect(
          Set(root.items) == Set(undisturbed.items) && root.tree("inbox").isEmpty, "\(point): \(run.err)")
      }
      try root.once(at: after)
      let difference = try Census(of: root).difference(from: expected)
      #expect(difference.isEmpty, "\(point): \(difference)\(run.err)")
      try root.expectSound("\(point)")
      withExtendedLifetime(disk) {}
    }
    tally.close("breaking disk, \(done) ended well", calls: calls.count)
    // The last calls come when all is done: what a run that ends well leaves on the disk is looked at, too.
    #expect(done > 0)
  }

  @Test(
    "Promise 1: what the daemon builds on is on the disk too: a ledger that was copied there a moment ago")
  func copiedAMomentAgo() throws {
    let root = try Root()
    try root.drop("desk/1.yaml", Desk.simple("R-1"))
    try root.once()
    // Copied into the cache: the kernel would write it out within half a minute.
    guard let disk = try LoopDisk(at: root.path, megabytes: 64) else {
      return print("copied ledger: skipped, no image may be mounted here")
    }
    let daemon = try root.start()
    try root.drop("desk/2.yaml", Desk.simple("R-2"))
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")
    let isBroken = try disk.breakDown()
    daemon.kill()
    guard isBroken else { return print("copied ledger: skipped, this kernel breaks no disk on demand") }
    try disk.remount()
    #expect(try root.sources() == ["R-1", "R-2"])
    #expect(try root.triaged("ledger", "verify").status == 0)
    withExtendedLifetime(disk) {}
  }
}
