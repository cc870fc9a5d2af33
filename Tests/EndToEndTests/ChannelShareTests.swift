import Foundation
import Testing

/// Channels that are shares of their own, slow or read-only; where nothing may be mounted the tests say so and end.
@Suite("Channels on shares")
struct ChannelShareTests {
  private let root: Root

  init() throws { root = try Root() }

  private func share() throws -> LoopDisk? {
    try root.drop("grid/a.yaml", Desk.simple("A-1"))
    guard Faultpoint.shim != nil, let share = try LoopDisk(at: root.path + "/inbox/grid") else {
      print("channel: skipped, no image may be mounted here, or there is no C compiler")
      return nil
    }
    return share
  }

  /// Whoever calls so waits for so long, once.
  private func slow(_ operations: String, below path: String, milliseconds: Int) throws -> [String: String] {
    [
      "LD_PRELOAD": try #require(Faultpoint.shim), "FP_OPS": operations, "FP_PATH": root.path + "/" + path,
      "FP_AT": "1", "FP_COUNT": "1", "FP_ACTION": "delay:\(milliseconds)",
    ]
  }

  @Test(
    "Promise 1: a channel whose share does not answer stops no other channel, and is served when it answers")
  func hangs() throws {
    guard let share = try share() else { return }
    defer { withExtendedLifetime(share) {} }
    try root.once()
    try #require(root.exists("inbox/grid/.triaged"))
    try root.drop("grid/b.yaml", Desk.simple("A-2"))
    let daemon = try root.start(
      environment: try slow("read", below: "inbox/grid/.triaged", milliseconds: 15_000))
    try root.drop("desk/c.yaml", Desk.simple("A-3"))
    #expect(eventually { root.metric("channels_gone") == 1 }, "\(daemon.err)")
    #expect(try eventually { try root.cases().count == 2 }, "\(daemon.err)")
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")
    // What lies there was left alone meanwhile, and it was told of by name.
    #expect(root.exists("inbox/grid/b.yaml") || root.metric("channels_gone") == 0)
    #expect(daemon.err.contains("folder=inbox/grid"), "\(daemon.err)")
    #expect(try eventually(within: 60) { try root.cases().count == 3 }, "\(daemon.err)")
    #expect(eventually { root.metric("channels_gone") == 0 })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    try root.expectSound()
  }

  @Test("A channel that may only be read and was slow once is read when it answers")
  func readOnly() throws {
    try root.once()
    guard let share = try share() else { return }
    defer { withExtendedLifetime(share) {} }
    let channel = root.path + "/inbox/grid"
    let mount = try Running("/bin/mount", ["-o", "remount,ro", channel])
    try #require(mount.ends(within: 20) && mount.outcome.status == 0, "\(mount.err)")
    let daemon = try root.start(environment: try slow("open", below: "inbox/grid", milliseconds: 4_000))
    #expect(eventually { daemon.err.contains("folder=inbox/grid") }, "\(daemon.err)")
    #expect(try eventually { try root.cases().count == 1 }, "\(daemon.err)")
    #expect(eventually { root.metric("channels_gone") == 0 }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
  }
}
