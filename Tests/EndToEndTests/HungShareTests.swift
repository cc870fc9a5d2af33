import Foundation
import Testing

/// A queue on a share of its own. The share is an ext4 image, frozen as a dead server freezes its clients; where
/// nothing may be mounted the test says so and ends.
@Suite("A queue on a share") struct HungShareTests {
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
    #expect(!daemon.hasEnded)
    try share.thaw()
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")

    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 5))
    try root.expectSound()
  }
}
