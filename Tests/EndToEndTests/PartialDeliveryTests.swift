import Foundation
import Testing

/// Deliveries of several files, which a step may do only in part.
@Suite("Deliveries of several files")
struct PartialDeliveryTests {
  private static let red = Desk.simple("R-1", "邻里争吵", text: "有人持刀威胁邻居。")

  /// Moves a case folder with these files into the inbox, of so many bytes each: their first byte tells them apart, the
  /// rest takes no room.
  private func take(_ sizes: [Int], _ text: String, into root: Root) throws {
    for (number, size) in sizes.enumerated() {
      let name = root.home + "/案/现场\(number + 1).jpg"
      try root.write(name, bytes: [UInt8(number + 1)])
      try #require(truncate(name, off_t(size)) == 0)
    }
    try root.write(root.home + "/案/案件.yaml", text)
    _ = mkdir(root.path + "/inbox/desk", 0o770)
    try #require(rename(root.home + "/案", root.path + "/inbox/desk/案") == 0)
  }

  @Test(
    "Promise 1 and 2: killed between the files of deliveries, each department has each file once, and the item last"
  )
  func killed() throws {
    let root = try Root()
    try root.once()
    try take([300, 200, 100, 50], Self.red, into: root)
    try FaultSweep(title: "several files", prepared: root).run(
      [.killBefore, .killAfter],
      only: { $0.isStep && $0.path.contains("/queues/") && !$0.path.contains(".triaged") },
      goal: { $0.files.count >= 8 })
  }

  @Test(
    "Promise 1 and 2: killed between the parts of one delivery, it is completed and nothing lies there twice")
  func killedBetweenParts() throws {
    let root = try Root()
    try root.once()
    // More than one step may do (`Limits.deliveryBytes`).
    try take([40 << 20, 40 << 20, 1 << 20], Desk.simple("A-1"), into: root)
    try FaultSweep(title: "parts of a delivery", prepared: root).run(
      [.killBefore],
      only: { call in
        guard call.isStep, !call.isSync, call.path.contains("/queues/urban/") else { return false }
        return !call.path.contains(".triaged")
      },
      goal: { $0.files.count == 3 })
  }

  @Test("The parts of a delivery to a share follow each other without a scan")
  func partsToShare() throws {
    let root = try Root()
    try root.once()
    guard let share = try LoopDisk(at: root.path + "/queues/urban", megabytes: 256) else {
      return print("parts to a share: skipped, no image may be mounted here")
    }
    defer { withExtendedLifetime(share) {} }
    let settings = try String(contentsOfFile: root.configuration, encoding: .utf8)
    try root.write(root.configuration, settings.replacing("rescan: 1s", with: "rescan: 1h"))
    let daemon = try root.start()
    try take([40 << 20, 40 << 20, 40 << 20], Desk.simple("A-1"), into: root)
    #expect(eventually(within: 120) { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    let id = try #require(try root.onlyCase()["id"] as? String)
    #expect(root.names("queues/urban/attachments/\(id)").count == 3)
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    try root.expectSound()
  }
}
