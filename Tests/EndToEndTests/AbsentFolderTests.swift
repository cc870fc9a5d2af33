import Foundation
import Testing

/// Inbox, reports and set-aside as links to shares that are not mounted.
@Suite("Folders of the root whose shares are not there")
struct AbsentFolderTests {
  @Test(
    "Promise 1: an inbox on a share that is away is no empty inbox: intake waits and says so, all is taken when it is back"
  )
  func inbox() throws {
    let root = try Root()
    let share = try Share(linking: "inbox", of: root)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    #expect(root.exists("inbox/.triaged"))
    #expect(root.names("inbox/desk") == [])

    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    try share.goAway()
    // What somebody puts under the mount point is not taken either: it would show in no inbox.
    try root.drop("desk/hidden.yaml", Desk.simple("A-9"))
    let outcome = try root.once(status: 1)
    #expect(outcome.err.contains("folder=inbox"), "\(outcome.err)")
    #expect(root.tree("inbox") == ["desk/hidden.yaml"])
    #expect(root.metric("inbox_gone") == 1)
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 1 && status.objects.first?["folders_gone"] as? [String] == ["inbox"])
    #expect(try root.triaged("fsck").out.contains("inbox"))

    let daemon = try root.start()
    try root.awaitScans()
    #expect(try root.sources() == ["A-1"])
    #expect(root.tree("inbox") == ["desk/hidden.yaml"])
    try share.comeBack()
    #expect(try eventually { try root.sources() == ["A-1", "A-2"] }, "\(daemon.err)")
    #expect(eventually { root.metric("inbox_gone") == 0 })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    #expect(root.names("inbox/desk") == [])
    try root.expectSound()
  }

  @Test("A plain inbox is made when it is missing, and gets no marker")
  func plainInbox() throws {
    let root = try Root()
    try root.once()
    #expect(!root.exists("inbox/.triaged") && !root.exists("reports/.triaged"))
    for folder in ["inbox", "reports"] { try root.remove(folder) }
    try root.once()
    #expect(root.exists("inbox") && root.exists("reports"))
  }

  @Test("Nothing is written under reports/ that is away; the list comes when it is back")
  func reports() throws {
    let root = try Root()
    let share = try Share(linking: "reports", of: root)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    try share.goAway()
    try root.once(at: "2026-11-23T09:05")
    #expect(root.tree("reports") == [])
    #expect(root.metric("reports_gone") == 1)
    try share.comeBack()
    try root.once(at: "2026-11-23T09:10")
    #expect(root.names("reports").contains("weekly-2026-11-23.txt"), "\(root.names("reports"))")
    #expect(root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
  }

  @Test(
    "Promise 1: set-aside/ goes away while bad files are being dealt with: none is put under its mount point")
  func setAside() throws {
    let root = try Root()
    guard Faultpoint.shim != nil else { return print("set-aside: skipped, there is no C compiler") }
    let share = try Share(linking: "set-aside", of: root)
    try root.once()
    // Each file takes a while to be read.
    let daemon = try root.start(
      environment: Faultpoint.environment(.slow, on: "read", below: root.path + "/inbox", count: -1))
    for number in 1...40 { try root.drop("desk/\(number).yaml", "title: [\n") }
    #expect(eventually { !root.tree("set-aside").isEmpty }, "\(daemon.err)")
    try share.goAway()
    #expect(eventually { daemon.err.contains("folder=set-aside") }, "\(daemon.err)")
    try root.awaitScans()
    #expect(root.tree("set-aside") == [], "\(daemon.err)")
    let (aside, waiting) = (try share.names(), root.names("inbox/desk"))
    #expect(!waiting.isEmpty, "the share went away when all was done")
    #expect(aside.count { $0.hasSuffix(".reason.yaml") } + waiting.count == 40)
    try share.comeBack()
    #expect(eventually { root.names("inbox/desk") == [] }, "\(daemon.err)")
    #expect(root.names("set-aside").count { $0.hasSuffix(".reason.yaml") } == 40)
  }

  @Test("A folder that is to be another one from now on is made so by a person's word")
  func folderAnew() throws {
    let root = try Root()
    _ = try Share(linking: "inbox", of: root)
    try root.once()
    unlink(root.path + "/inbox")
    try root.once(status: 1)
    #expect(!root.exists("inbox"))
    try root.repair("--folder", "inbox")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    #expect(try root.cases().count == 1)
    try root.repair("--folder", "outbox", status: 2)
  }
}
