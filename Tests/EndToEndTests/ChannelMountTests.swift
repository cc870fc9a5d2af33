import Foundation
import Testing

/// One folder of the inbox on a disk of its own.
@Suite("A channel that is a mount")
struct ChannelMountTests {
  @Test(
    "Promise 1 and 2: a channel that is a mount and away: nothing is taken from under it, what was recorded is removed when it is back, and nothing is taken twice"
  )
  func channel() throws {
    let root = try Root()
    try root.drop("grid/a.yaml", Desk.simple("A-1"))
    let channel = root.path + "/inbox/grid"
    guard let share = try LoopDisk(at: channel) else {
      return print("channel: skipped, no image may be mounted here")
    }
    defer { withExtendedLifetime(share) {} }
    try root.once()
    #expect(root.exists("inbox/grid/.triaged") && root.names("inbox/grid") == ["lost+found"])
    // Recorded, and killed before the removal.
    try root.drop("grid/b.yaml", Desk.simple("A-2"))
    if Faultpoint.shim != nil {
      let killed = try Faultpoint.run(root, .killBefore, on: "unlink", below: channel, at: 1)
      #expect(killed.isMet && killed.outcome.signal != nil, "\(killed.outcome.err)")
    }
    try share.unmount()
    // The rows on the ledger's list are kept, whatever lies under the mount point.
    try root.drop("grid/hidden.yaml", Desk.simple("A-9"))
    for _ in 0..<2 {
      let outcome = try root.once(status: 1)
      #expect(outcome.err.contains("folder=inbox/grid"), "\(outcome.err)")
    }
    // The first one lies there since before there was a share.
    #expect(root.tree("inbox/grid") == ["a.yaml", "hidden.yaml"])
    #expect(root.metric("channels_gone") == 1)
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 1 && status.objects.first?["folders_gone"] as? [String] == ["inbox/*"])
    #expect(try root.triaged("fsck").out.contains("inbox/grid"))
    // Other channels are worked.
    try root.drop("desk/c.yaml", Desk.simple("A-3"))
    try root.once(status: 1)
    #expect(root.names("inbox/desk") == [])

    try share.mount()
    try root.once()
    #expect(root.names("inbox/grid") == ["lost+found"])
    #expect(try root.sources() == ["A-1", "A-2", "A-3"])
    #expect(root.metric("duplicates_total") ?? 0 == 0)
    #expect(root.metric("channels_gone") == 0)
    try root.expectSound()
  }

  @Test("A channel that was a mount and is a plain folder from now on is so by a person's word")
  func channelAnew() throws {
    let root = try Root()
    try root.drop("grid/a.yaml", Desk.simple("A-1"))
    guard let share = try LoopDisk(at: root.path + "/inbox/grid") else {
      return print("channel: skipped, no image may be mounted here")
    }
    defer { withExtendedLifetime(share) {} }
    try root.once()
    try share.unmount()
    try root.once(status: 1)
    try root.repair("--folder", "inbox/grid")
    try root.once()
    #expect(root.metric("channels_gone") == 0)
    let wrong = try root.repair("--folder", "inbox/none", status: 2)
    #expect(wrong.err.contains("inbox/none"), "\(wrong.err)")
  }
}
