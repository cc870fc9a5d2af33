import Foundation
import Testing

/// What keeps a file from being set aside, or recorded, is no fault of the file.
@Suite("What cannot be taken in while a disk fails")
struct SetAsideFaultTests {
  /// A case without a word, and what is no file.
  private func dropBad(_ root: Root) throws {
    try root.drop("desk/空.yaml", "area: 一社区\n")
    try #require(symlink("/etc/hostname", root.path + "/inbox/desk/链接.yaml") == 0)
  }

  private static let aside = ["空.yaml", "空.yaml.reason.yaml", "链接.yaml", "链接.yaml.reason.yaml"]

  @Test("Promise 1: what is to be set aside while the disk is full is set aside when there is room")
  func diskFull() throws {
    let root = try Root()
    guard let disk = try FailingDisk(.diskFull, under: root, parts: ["set-aside"]) else {
      return print("full set-aside: skipped, there is no C compiler")
    }
    try root.makeFolder("inbox/desk")
    let daemon = try root.start(environment: disk.environment)
    disk.fail()
    try dropBad(root)
    #expect(eventually { root.metric("intake_paused") == 1 }, "\(daemon.err)")
    disk.mend()
    #expect(eventually { root.names("set-aside") == Self.aside.sorted() }, "\(daemon.err)")
    #expect(root.names("inbox/desk") == [])
    #expect(eventually { root.metric("set_aside_total") == 2 })
  }

  @Test(
    "Promise 1: what set-aside/ may not take is named once, and set aside as soon as it may: no restart is needed"
  )
  func notPermitted() throws {
    let root = try Root()
    guard let disk = try FailingDisk(.notPermitted, under: root, parts: ["set-aside"]) else {
      return print("shut set-aside: skipped, there is no C compiler")
    }
    try root.makeFolder("inbox/desk")
    let daemon = try root.start(environment: disk.environment)
    disk.fail()
    try dropBad(root)
    func named(_ file: String) -> Int {
      daemon.err.split(separator: "\n").count { $0.contains("放不进东西") && $0.contains(file) }
    }
    #expect(eventually { named("空") > 0 && named("链接") > 0 }, "\(daemon.err)")
    // Some scans for everything.
    sleep(3)
    #expect(root.names("inbox/desk").count == 2)
    // Good cases are taken meanwhile.
    try root.drop("desk/好.yaml", Desk.simple("A-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    disk.mend()
    #expect(eventually { root.names("set-aside") == Self.aside.sorted() }, "\(daemon.err)")
    #expect(named("空") == 1 && named("链接") == 1, "\(daemon.err)")
    #expect(root.names("inbox/desk") == [])
  }

  @Test("Promise 1: a file that a full disk kept from being recorded is not suspected of ending the daemon")
  func notSuspected() throws {
    let root = try Root()
    guard let disk = try FailingDisk(.diskFull, under: root, parts: FailingDisk.ledger) else {
      return print("full ledger: skipped, there is no C compiler")
    }
    try root.makeFolder("inbox/desk")
    let daemon = try root.start(environment: disk.environment)
    disk.fail()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { root.metric("intake_paused") == 1 }, "\(daemon.err)")
    // It is tried at each scan; a kill meets it on the way at most once.
    #expect(eventually { root.read("state/attempts") == "" })
    daemon.kill()
    try root.once()
    #expect(try root.cases().count == 1)
    #expect(root.names("set-aside") == [] && root.names("inbox/desk") == [])
  }
}
