import Foundation
import Testing

/// Queues on shares that are not mounted: what looks like an empty folder is none.
@Suite("Queues whose shares are not there")
struct AbsentQueueTests {
  private func markers(_ root: Root) -> Int {
    root.tree("queues").count { $0.hasSuffix("/.triaged") }
  }

  @Test(
    "Promise 1: queues/ is not mounted at a start: nothing is made or written there, and all comes when it is back",
    arguments: Share.Leaving.allCases)
  func allQueues(what: Share.Leaving) throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let count = markers(root)
    let share = Share("queues", of: root)
    try share.goAway(leaving: what)
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    // Deliveries wait, by name.
    let left = try root.once(status: 1)
    #expect(left.err.contains("留待下次") && left.err.contains("department=urban"), "\(left.err)")
    #expect(root.tree("queues") == [])
    #expect(root.names("queues") == [])
    #expect(root.metric("queues_gone") == Double(count))
    let check = try root.triaged("fsck", "--format", "json")
    #expect(check.status == 1)
    #expect(check.objects.count { $0["what"] as? String == "queue-gone" } == count)
    #expect(try root.triaged("status").status == 1)
    // A repair is no person's word for a queue.
    try root.repair(status: 1)
    #expect(root.tree("queues") == [])

    try share.comeBack()
    try root.once()
    #expect(root.names("queues/urban/new").count == 2)
    #expect(root.metric("queues_gone") == 0)
    try root.expectSound()
  }

  @Test(
    "Promise 1: one queue's share is away at a start, after a kill and at a reload: not a file is written there",
    arguments: Share.Leaving.allCases, ["start", "kill", "reload"])
  func oneQueue(what: Share.Leaving, when: String) throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    var daemon = try root.start()
    #expect(eventually { root.names("queues/urban/new").count == 1 })
    if when == "start" {
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20))
    }
    let share = Share("queues/urban", of: root)
    try share.goAway(leaving: what)
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    switch when {
    case "reload":
      try root.write(
        root.rules + "/more.yaml",
        "classification: [{id: trial, title: 试, when: {text: {any: [试词甲]}}, then: {score: 1}}]\n")
      daemon.signal(SIGHUP)
      #expect(eventually { daemon.err.components(separatedBy: "rulebook=").count > 2 }, "\(daemon.err)")
    case "kill":
      daemon.kill()
      daemon = try root.start()
    default: daemon = try root.start()
    }
    #expect(eventually { root.metric("queues_gone") == 1 && root.metric("effects_waiting") == 1 })
    try root.awaitScans()
    #expect(root.tree("queues/urban") == [] && root.names("queues/urban") == [])
    try share.comeBack()
    #expect(eventually { root.names("queues/urban/new").count == 2 && root.metric("queues_gone") == 0 })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    try root.expectSound()
  }

  @Test(
    "Only a person's word makes a known queue anew; its open items come into it, and the old share is not taken back"
  )
  func madeAnew() throws {
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    let share = Share("queues/urban", of: root)
    try share.goAway(leaving: .none)
    let check = try root.triaged("fsck")
    #expect(check.status == 1 && check.out.contains("fsck --repair --queue"), "\(check.out)")
    // A name that is none, and a word without a repair, are mistakes.
    let wrong = try root.repair("--queue", "urbam", status: 2)
    #expect(wrong.err.contains("urban"), "\(wrong.err)")
    #expect(try Program.run(["fsck", "--queue", "urban", "--config", root.configuration]).status == 2)
    #expect(!root.exists("queues/urban"))

    try root.repair("--queue", "urban")
    #expect(root.exists("queues/urban/new/\(id).yaml"))
    let chain = try root.triaged("ledger", "verify")
    #expect(chain.status == 0 && chain.out.contains("queues/urban made anew"), "\(chain.out)")

    // The old share comes back in its place: it is another one now.
    try share.comeBack()
    try root.once(status: 1)
    #expect(root.metric("queues_gone") == 1)
  }

  @Test(
    "On a new machine, with a restored ledger and no folders, one word makes all queues, and the open items come into them"
  )
  func newMachine() throws {
    let root = try Root()
    for source in ["A-1", "A-2"] { try root.drop("desk/\(source).yaml", Desk.simple(source)) }
    try root.once()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    let before = root.items
    try FileManager.default.removeItem(atPath: root.path)
    #expect(try root.triaged("ledger", "restore", backup).status == 0)
    try root.once(status: 1)
    #expect(root.items == [] && !root.exists("queues"))
    try root.repair("--queues-lost")
    #expect(root.items == before)
    try root.once()
    try root.expectSound()
  }

  @Test("A department that is new while queues/ is away gets its queue when queues/ is back")
  func newDepartment() throws {
    let root = try Root()
    try root.once()
    let share = Share("queues", of: root)
    try share.goAway()
    try root.write(
      root.rules + "/harbour.yaml",
      """
      departments: [{id: harbour, title: 港务所, escalates_to: leader}]
      routes: [{id: harbour, when: {category: property, channel: desk}, priority: 7, lead: harbour}]
      """)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    let left = try root.once(status: 1)
    #expect(left.err.contains("department=harbour"), "\(left.err)")
    #expect(root.tree("queues") == [] && root.names("queues") == [])
    try share.comeBack()
    try root.once()
    #expect(root.names("queues/harbour/new").count == 1)
    try root.expectSound()
  }

  @Test("act touches no file that was left under the mount point of a queue that is away")
  func act() throws {
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    let share = Share("queues/urban", of: root)
    try share.goAway(leaving: .none)
    try share.copyBeneath()
    try root.remove("queues/urban/.triaged")
    let requests = root.names("queues/urban/requests")
    let acted = try root.triaged("act", "accept", id)
    #expect(acted.status != 0 && acted.err.contains(".triaged"), "\(acted.err)")
    #expect(try root.triaged("act", "extend", id, "--text", "再给三天").status != 0)
    #expect(root.names("queues/urban/new").count == 1 && root.names("queues/urban/accepted") == [])
    #expect(root.names("queues/urban/requests") == requests)
    try share.comeBack()
    try root.act("accept", id)
  }
}
