import Foundation
import Testing

/// A share that does not answer: an ext4 image, frozen as a dead server freezes its clients; where nothing may be mounted
/// the tests say so and end.
@Suite("A share that does not answer") struct HungShareTests {
  @Test("A share that does not answer stops its own queue only; what waits is delivered when it answers")
  func frozen() throws {
    let root = try Root()
    try root.once()
    let queue = root.path + "/queues/urban"
    guard let share = try LoopDisk(at: queue) else {
      return print("hung share: skipped, no image may be mounted here")
    }
    let daemon = try root.start()
    try root.drop("desk/1.yaml", "title: 物业费\ntext: 物业费没有公示\nsource_id: S-1\n")
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")

    try share.freeze()
    try root.drop("desk/2.yaml", "title: 停车费\ntext: 停车费乱收\nsource_id: S-2\n")
    try root.drop("desk/3.yaml", "title: 欠薪\ntext: 拖欠工资\nsource_id: S-3\n")
    // The other department gets its case while the first one's folder does not answer.
    #expect(
      try eventually { try root.cases().count == 3 && root.names("queues/center/new").count == 1 },
      "\(daemon.err)")
    // And its own is not delivered: whoever tries hangs.
    #expect(eventually { daemon.hangs } && !daemon.hasEnded, "\(daemon.err)")
    #expect(root.names("queues/urban/new").count == 1)
    try share.thaw()
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")

    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 5))
    try root.expectSound()
  }

  @Test("A list that cannot be written because its share does not answer stops nothing else")
  func hungReports() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    guard let share = try LoopDisk(at: root.path + "/reports") else {
      return print("hung reports: skipped, no image may be mounted here")
    }
    try root.once()
    let reports = root.names("reports")
    let daemon = try root.start(at: "2026-11-23T08:59:45")
    try share.freeze()
    // The list falls due, and whoever writes it hangs.
    #expect(eventually(within: 60) { daemon.hangs }, "\(daemon.err)")
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    #expect(try eventually { try root.cases().count == 2 }, "\(daemon.err)")
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    // The kernel lets no process go of which a thread hangs in a file system; but it has done all that it had to.
    #expect(eventually { daemon.err.contains("已停止") }, "\(daemon.err)")
    #expect(!daemon.hasEnded && daemon.hangs && root.names("reports") == reports)
    try share.thaw()
    #expect(daemon.ends(within: 10), "\(daemon.err)")
    try root.once(at: "2026-11-23T09:10")
    #expect(root.names("reports").contains("weekly-2026-11-23.txt"), "\(root.names("reports"))")
  }
}
