import Foundation
import Testing

/// While something is missing that only a person brings back, the daemon waits for the next scan; it does not ask on and
/// on.
@Suite("The daemon rests while something is missing")
struct RestingLoopTests {
  private let root: Root

  init() throws { root = try Root() }

  /// Processor time counts, however long it takes on a busy machine; a loop that does not rest uses all that it gets.
  private func expectRest(_ daemon: Running, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = try daemon.processorSeconds
    sleep(3)
    let used = try daemon.processorSeconds - before
    #expect(used < 0.4, "\(used) s of processor in 3 s", sourceLocation: sourceLocation)
  }

  /// The folder is a link to a share of its own.
  private func linked(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: root.path, withIntermediateDirectories: true)
    try #require(mkdir(root.home + "/mnt", 0o770) == 0)
    try #require(symlink(root.home + "/mnt", root.path + "/" + name) == 0)
  }

  @Test("The inbox's share is away")
  func inboxAway() throws {
    try linked("inbox")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    try #require(rename(root.home + "/mnt", root.home + "/share") == 0)
    try #require(mkdir(root.home + "/mnt", 0o770) == 0)
    let daemon = try root.start()
    #expect(eventually { root.metric("inbox_gone") == 1 }, "\(daemon.err)")
    try expectRest(daemon)
    try FileManager.default.removeItem(atPath: root.home + "/mnt")
    try #require(rename(root.home + "/share", root.home + "/mnt") == 0)
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    #expect(try eventually { try root.cases().count == 2 }, "\(daemon.err)")
  }

  @Test("Somebody holds a file open that was taken in from a share")
  func spentHeldOpen() throws {
    try linked("inbox")
    try root.once()
    try root.write("state/spent/1-2-3", "title: 停车费\n")
    let writer = open(root.path + "/state/spent/1-2-3", O_WRONLY | O_APPEND | O_CLOEXEC)
    let daemon = try root.start()
    #expect(eventually { root.metric("inbox_gone") == 0 })
    try expectRest(daemon)
    #expect(root.exists("state/spent/1-2-3"))
    close(writer)
    // Not what its name says: it goes back to where people look.
    #expect(eventually { !root.exists("state/spent/1-2-3") }, "\(daemon.err)")
    #expect(try eventually { try root.cases().count == 1 }, "\(daemon.err)")
  }

  @Test("set-aside/ was tidied away: it is made again for what has to go there")
  func setAsideRemoved() throws {
    let daemon = try root.start()
    try root.remove("set-aside")
    try root.drop("desk/bad.yaml", "title: [\n")
    #expect(eventually { root.exists("set-aside/bad.yaml.reason.yaml") }, "\(daemon.err)")
    #expect(eventually { root.names("inbox/desk") == [] })
    try expectRest(daemon)
  }

  @Test("set-aside/ leads nowhere: refused files stay, it is said, and they go when it leads somewhere")
  func setAsideNowhere() throws {
    let daemon = try root.start()
    try root.remove("set-aside")
    try #require(symlink(root.home + "/nowhere", root.path + "/set-aside") == 0)
    try root.drop("desk/bad.yaml", "title: [\n")
    #expect(eventually { root.metric("set_aside_gone") == 1 }, "\(daemon.err)")
    try expectRest(daemon)
    #expect(root.names("inbox/desk") == ["bad.yaml"])
    #expect(daemon.err.components(separatedBy: "folder=set-aside").count == 2, "\(daemon.err)")
    try #require(mkdir(root.home + "/nowhere", 0o770) == 0)
    #expect(eventually { root.exists("set-aside/bad.yaml.reason.yaml") }, "\(daemon.err)")
    #expect(eventually { root.metric("set_aside_gone") == 0 })
  }
}
