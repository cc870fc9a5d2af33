import Foundation
import Testing

/// Queues, inbox and reports on shares that are not mounted: what looks like an empty folder is none.
@Suite("Shares that are not there")
struct AbsentShareTests {
  /// The share of `path` goes away; what is left is an empty mount point, nothing, or a link that leads nowhere.
  private func unmount(_ path: String, of root: Root, leaving what: String) throws {
    let here = root.path + "/" + path
    try #require(rename(here, root.home + "/share") == 0)
    switch what {
    case "empty": try #require(mkdir(here, 0o770) == 0)
    case "dangling": try #require(symlink(root.home + "/nowhere", here) == 0)
    default: break
    }
  }

  private func mount(_ path: String, of root: Root) throws {
    let here = root.path + "/" + path
    if root.exists(path) { try root.remove(path) }
    try #require(rename(root.home + "/share", here) == 0)
  }

  private func markers(_ root: Root) -> Int {
    root.tree("queues").count { $0.hasSuffix("/.triaged") }
  }

  @Test(
    "Promise 1: queues/ is not mounted at a start: nothing is made or written there, and all comes when it is back",
    arguments: ["empty", "none", "dangling"])
  func allQueues(what: String) throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let count = markers(root)
    try unmount("queues", of: root, leaving: what)
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
    _ = try Program.run(["fsck", "--repair", "--config", root.configuration])
    #expect(root.tree("queues") == [])

    try mount("queues", of: root)
    try root.once()
    #expect(root.names("queues/urban/new").count == 2)
    #expect(root.metric("queues_gone") == 0)
    try root.expectSound()
  }

  @Test(
    "Promise 1: one queue's share is away at a start, after a kill and at a reload: not a file is written there",
    arguments: ["empty", "none", "dangling"], ["start", "kill", "reload"])
  func oneQueue(what: String, when: String) throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    var daemon = try root.start()
    #expect(eventually { root.names("queues/urban/new").count == 1 })
    if when == "start" {
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20))
    }
    try unmount("queues/urban", of: root, leaving: what)
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
    // Two further scans.
    usleep(2_500_000)
    #expect(root.tree("queues/urban") == [] && root.names("queues/urban") == [])
    try mount("queues/urban", of: root)
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
    try unmount("queues/urban", of: root, leaving: "none")
    let check = try root.triaged("fsck")
    #expect(check.status == 1 && check.out.contains("fsck --repair --queue"), "\(check.out)")
    // A name that is none, and a word without a repair, are mistakes.
    let wrong = try Program.run(["fsck", "--repair", "--queue", "urbam", "--config", root.configuration])
    #expect(wrong.status == 2 && wrong.err.contains("urban"), "\(wrong.err)")
    #expect(try Program.run(["fsck", "--queue", "urban", "--config", root.configuration]).status == 2)
    #expect(!root.exists("queues/urban"))

    let made = try Program.run(["fsck", "--repair", "--queue", "urban", "--config", root.configuration])
    #expect(made.status == 0, "\(made.out)\(made.err)")
    #expect(root.exists("queues/urban/new/\(id).yaml"))
    let chain = try root.triaged("ledger", "verify")
    #expect(chain.status == 0 && chain.out.contains("queues/urban made anew"), "\(chain.out)")

    // The old share comes back in its place: it is another one now.
    try root.remove("queues/urban")
    try mount("queues/urban", of: root)
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
    let made = try Program.run(["fsck", "--repair", "--queues-lost", "--config", root.configuration])
    #expect(made.status == 0, "\(made.out)\(made.err)")
    // The repair works by today's clock: what fell due since may have moved an item on.
    #expect(root.itemNames.isSuperset(of: before.map { String($0.split(separator: "/")[2]) }))
    try root.once()
    try root.expectSound()
  }

  @Test("A department that is new while queues/ is away gets its queue when queues/ is back")
  func newDepartment() throws {
    let root = try Root()
    try root.once()
    try unmount("queues", of: root, leaving: "empty")
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
    try mount("queues", of: root)
    try root.once()
    #expect(root.names("queues/harbour/new").count == 1)
    try root.expectSound()
  }

  @Test(
    "Promise 1: an inbox on a share that is away is no empty inbox: intake waits and says so, all is taken when it is back"
  )
  func inbox() throws {
    let root = try Root()
    try linked("inbox", of: root)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    #expect(root.exists("inbox/.triaged"))
    #expect(root.names("inbox/desk") == [])

    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    try away("inbox", of: root)
    // What somebody puts under the mount point is not taken either: it would show in no inbox.
    try root.drop("desk/hidden.yaml", Desk.simple("A-9"))
    let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(outcome.status == 1, "\(outcome.err)")
    #expect(outcome.err.contains("folder=inbox"), "\(outcome.err)")
    #expect(root.tree("inbox") == [] && root.names("inbox/desk") == ["hidden.yaml"])
    #expect(root.metric("inbox_gone") == 1)
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 1 && status.objects.first?["folders_gone"] as? [String] == ["inbox"])
    #expect(try root.triaged("fsck").out.contains("inbox"))

    let daemon = try root.start()
    usleep(1_500_000)
    #expect(try root.cases().count == 1)
    try back("inbox", of: root)
    #expect(try eventually { try root.cases().count == 2 }, "\(daemon.err)")
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
    try linked("reports", of: root)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    try away("reports", of: root)
    try root.once(at: "2026-11-23T09:05")
    #expect(root.names("reports") == [])
    #expect(root.metric("reports_gone") == 1)
    try back("reports", of: root)
    try root.once(at: "2026-11-23T09:10")
    #expect(root.names("reports").contains("weekly-2026-11-23.txt"), "\(root.names("reports"))")
    #expect(root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
  }

  @Test(
    "Promise 1: set-aside/ goes away while bad files are being dealt with: none is put under its mount point")
  func setAside() throws {
    let root = try Root()
    guard let shim = Faultpoint.shim else { return print("set-aside: skipped, there is no C compiler") }
    try linked("set-aside", of: root)
    try root.once()
    // Each file takes a while to be read.
    let daemon = try root.start(environment: [
      "LD_PRELOAD": shim, "FP_OPS": "read", "FP_PATH": root.path + "/inbox", "FP_AT": "1", "FP_COUNT": "-1",
      "FP_ACTION": "delay:150",
    ])
    for number in 1...40 { try root.drop("desk/\(number).yaml", "title: [\n") }
    sleep(1)
    try away("set-aside", of: root)
    #expect(eventually { daemon.err.contains("folder=set-aside") }, "\(daemon.err)")
    sleep(1)
    #expect(root.tree("set-aside") == [], "\(daemon.err)")
    let aside = try FileManager.default.contentsOfDirectory(atPath: root.home + "/share")
    #expect(aside.count { $0.hasSuffix(".reason.yaml") } + root.names("inbox/desk").count == 40)
    try back("set-aside", of: root)
    #expect(eventually { root.names("inbox/desk") == [] }, "\(daemon.err)")
    #expect(root.names("set-aside").count { $0.hasSuffix(".reason.yaml") } == 40)
  }

  @Test("A folder that is to be another one from now on is made so by a person's word")
  func folderAnew() throws {
    let root = try Root()
    try linked("inbox", of: root)
    try root.once()
    unlink(root.path + "/inbox")
    #expect(try Program.run(root.options(at: Root.thursday) + ["--once"]).status == 1)
    #expect(!root.exists("inbox"))
    let made = try Program.run(["fsck", "--repair", "--folder", "inbox", "--config", root.configuration])
    #expect(made.status == 0, "\(made.out)\(made.err)")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    #expect(try root.cases().count == 1)
    #expect(
      try Program.run(["fsck", "--repair", "--folder", "outbox", "--config", root.configuration]).status == 2)
  }

  // MARK: A channel that is a mount

  private func run(_ root: Root, _ arguments: String...) throws {
    let program = try Running("/bin/" + arguments[0], Array(arguments.dropFirst()))
    try #require(program.ends(within: 20) && program.outcome.status == 0, "\(program.err)")
  }

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
    try run(root, "umount", channel)
    // The rows on the ledger's list are kept, whatever lies under the mount point.
    try root.drop("grid/hidden.yaml", Desk.simple("A-9"))
    for _ in 0..<2 {
      let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
      #expect(outcome.status == 1 && outcome.err.contains("folder=inbox/grid"), "\(outcome.err)")
    }
    // The first one lies there since before there was a share.
    #expect(root.tree("inbox/grid") == ["a.yaml", "hidden.yaml"])
    #expect(root.metric("channels_gone") == 1)
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 1 && status.objects.first?["folders_gone"] as? [String] == ["inbox/*"])
    #expect(try root.triaged("fsck").out.contains("inbox/grid"))
    // Other channels are worked.
    try root.drop("desk/c.yaml", Desk.simple("A-3"))
    _ = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(root.names("inbox/desk") == [])

    try share.mountAgain()
    try root.once()
    #expect(root.names("inbox/grid") == ["lost+found"])
    let sources = try root.cases().compactMap { $0["source_id"] as? String }.sorted()
    #expect(sources == ["A-1", "A-2", "A-3"])
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
    try run(root, "umount", root.path + "/inbox/grid")
    #expect(try Program.run(root.options(at: Root.thursday) + ["--once"]).status == 1)
    let made = try Program.run(
      ["fsck", "--repair", "--folder", "inbox/grid", "--config", root.configuration])
    #expect(made.status == 0, "\(made.out)\(made.err)")
    try root.once()
    #expect(root.metric("channels_gone") == 0)
    let wrong = try Program.run(
      ["fsck", "--repair", "--folder", "inbox/none", "--config", root.configuration])
    #expect(wrong.status == 2 && wrong.err.contains("inbox/none"), "\(wrong.err)")
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
    let daemon = try root.start(at: "2026-11-23T08:59:58")
    try share.freeze()
    // The list falls due and hangs.
    sleep(6)
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    #expect(try eventually { try root.cases().count == 2 }, "\(daemon.err)")
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    // The kernel lets no process go of which a thread hangs in a file system; but it has done all that it had to.
    #expect(eventually { daemon.err.contains("已停止") }, "\(daemon.err)")
    try share.thaw()
    #expect(daemon.ends(within: 10), "\(daemon.err)")
    try root.once(at: "2026-11-23T09:10")
    #expect(root.names("reports").contains("weekly-2026-11-23.txt"), "\(root.names("reports"))")
  }

  @Test("act touches no file that was left under the mount point of a queue that is away")
  func act() throws {
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try unmount("queues/urban", of: root, leaving: "none")
    try copyTree(root.home + "/share", to: root.path + "/queues/urban")
    try root.remove("queues/urban/.triaged")
    let requests = root.names("queues/urban/requests")
    let acted = try root.triaged("act", "accept", id)
    #expect(acted.status != 0 && acted.err.contains(".triaged"), "\(acted.err)")
    #expect(try root.triaged("act", "extend", id, "--text", "再给三天").status != 0)
    #expect(root.names("queues/urban/new").count == 1 && root.names("queues/urban/accepted") == [])
    #expect(root.names("queues/urban/requests") == requests)
    try mount("queues/urban", of: root)
    try root.act("accept", id)
  }

  // MARK: A folder that is a link to a share

  private func linked(_ name: String, of root: Root) throws {
    try FileManager.default.createDirectory(atPath: root.path, withIntermediateDirectories: true)
    try #require(mkdir(root.home + "/mnt", 0o770) == 0)
    try #require(symlink(root.home + "/mnt", root.path + "/" + name) == 0)
  }

  /// The share is not mounted: its mount point is an empty folder.
  private func away(_ name: String, of root: Root) throws {
    try #require(rename(root.home + "/mnt", root.home + "/share") == 0)
    try #require(mkdir(root.home + "/mnt", 0o770) == 0)
  }

  private func back(_ name: String, of root: Root) throws {
    try FileManager.default.removeItem(atPath: root.home + "/mnt")
    try #require(rename(root.home + "/share", root.home + "/mnt") == 0)
  }
}
