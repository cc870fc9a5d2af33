import Foundation
import Testing

/// When a file is complete: nobody writes it, and it has not changed since it was first seen.
@Suite("Promise 1, nothing is taken in half, end to end", .serialized)
struct ArrivalPromiseTests {
  private static let half = "工单编号,诉求标题,诉求内容\n9001,路灯,梧桐社区北门路灯不亮\n9002,井盖,海棠社区南门井盖"
  private static let rest = "松动，行人绊倒\n9003,停车,石榴社区占道停车\n"

  private func owner(_ leases: Leases) -> uid_t? { leases == .refused ? Leases.outsider : nil }

  @Test(
    "Promise 1: a table that its writer still has open waits, however long he pauses and however old its time",
    arguments: Leases.possible, [false, true])
  func tableHeldOpen(leases: Leases, isOld: Bool) throws {
    let root = try Root()
    try root.configure(settle: "inbox: 1s", rescan: "1s")
    try root.makeFolder("inbox/hotline")
    let daemon = try root.start(leases)
    let writer = try SlowWriter(
      root, "inbox/hotline/orders.csv", Self.half, owner: owner(leases), isOld: isOld)
    try root.awaitScans(3)
    #expect(try root.cases().isEmpty && root.exists("inbox/hotline/orders.csv"), "\(daemon.err)")
    try writer.write(Self.rest)
    writer.close()
    #expect(eventually { (try? root.cases().count) == 3 }, "\(daemon.err)")
    #expect(try root.sources() == ["9001", "9002", "9003"])
    #expect(eventually { root.names("inbox/hotline") == [] && root.names("set-aside") == [] })
  }

  @Test(
    "Promise 1: a case folder waits for each file in it, also where folder and files bear old times",
    arguments: Leases.possible)
  func caseFolder(leases: Leases) throws {
    let root = try Root()
    try root.configure(settle: "inbox: 1s", rescan: "1s")
    try root.makeFolder("inbox/visit")
    let daemon = try root.start(leases)
    try root.makeFolder("inbox/visit/漏水")
    let folder = root.path + "/inbox/visit/漏水"
    // The daemon has seen the folder by then; with no lease it can only know by what it sees.
    try root.awaitScans()
    try root.write("inbox/visit/漏水/case.yaml", Desk.simple("F-1", "楼上漏水"))
    let photograph = try SlowWriter(
      root, "inbox/visit/漏水/photo.jpg", String(repeating: "a", count: 1000), owner: owner(leases), isOld: true
    )
    for path in [folder + "/case.yaml", folder] {
      let long = timeval(tv_sec: 315_532_800, tv_usec: 0)
      #expect(utimes(path, [long, long]) == 0)
    }
    try root.awaitScans(3)
    #expect(try root.cases().isEmpty, "\(daemon.err)")
    try photograph.write(String(repeating: "b", count: 1000))
    photograph.close()
    #expect(eventually { (try? root.cases().count) == 1 }, "\(daemon.err)")
    #expect(root.tree("state/files").map { root.size(of: "state/files/" + $0) } == [2000])
    #expect(eventually { root.tree("inbox") == [] })
  }

  @Test("Promise 1: an answer waits for the photograph beside it", arguments: Leases.possible)
  func photographBesideAnswer(leases: Leases) throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.configure(settle: "inbox: 0s, queues: 1s, reply: 0s", rescan: "1s")
    let daemon = try root.start(leases)
    try root.makeFolder("queues/urban/attachments/\(id)")
    let photograph = try SlowWriter(
      root, "queues/urban/attachments/\(id)/办结.jpg", String(repeating: "a", count: 1000),
      owner: owner(leases), isOld: true)
    try root.fill("queues/urban/new/\(id).yaml", ["result": "settled", "summary": "已修好"])
    try root.move("queues/urban/new/\(id).yaml", "queues/urban/done/\(id).yaml")
    try root.awaitScans(2)
    #expect(try root.phase(of: id) == "assigned", "\(daemon.err)")
    try photograph.write(String(repeating: "b", count: 1000))
    photograph.close()
    #expect(eventually { (try? root.phase(of: id)) == "follow_up" }, "\(daemon.err)")
    #expect(root.tree("state/files").map { root.size(of: "state/files/" + $0) } == [2000])
  }

  @Test(
    "Promise 1: a form and a request that somebody has open are read when he has closed them",
    arguments: Leases.possible)
  func formAndRequest(leases: Leases) throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.configure(settle: "inbox: 0s, queues: 1s, reply: 0s", rescan: "1s")
    let daemon = try root.start(leases)
    let request = try SlowWriter(
      root, "queues/urban/requests/\(id) 备注.txt", "已约物业", owner: owner(leases), isOld: true)
    try root.awaitScans(3)
    #expect(try !root.events(of: id).contains("noted"), "\(daemon.err)")
    try request.write("周五见面，带上票据")
    request.close()
    #expect(eventually { (try? root.events(of: id).contains("noted")) == true }, "\(daemon.err)")
    #expect(try root.triaged("show", id).out.contains("周五见面，带上票据"))

    try root.move("queues/urban/new/\(id).yaml", "queues/urban/accepted/\(id).yaml")
    #expect(eventually { (try? root.phase(of: id)) == "accepted" })
    let form = try #require(root.read("queues/urban/accepted/\(id).yaml"))
    let cut = try #require(form.range(of: "\n  summary:"))
    try root.remove("queues/urban/accepted/\(id).yaml")
    let typed = form[..<cut.lowerBound].replacingOccurrences(of: "\n  result:", with: "\n  result: settled")
    let editor = try SlowWriter(
      root, "queues/urban/done/\(id).yaml", typed + "\n  summary: 换了", owner: owner(leases), isOld: true)
    try root.awaitScans(2)
    #expect(try root.phase(of: id) == "accepted", "\(daemon.err)")
    try editor.write("两盏新灯\n")
    editor.close()
    #expect(eventually { (try? root.phase(of: id)) == "follow_up" }, "\(daemon.err)")
    #expect(try root.triaged("show", id).out.contains("换了两盏新灯"))
  }

  @Test(
    "Promise 6: rules that somebody still writes are read when he has closed them", arguments: Leases.possible
  )
  func rules(leases: Leases) throws {
    let root = try Root()
    try root.configure(settle: "inbox: 0s, rules: 1s", rescan: "1s")
    let daemon = try root.start(leases)
    // Each part is a rulebook without fault; only the whole has the department.
    let editor = try SlowWriter(
      root, root.rules + "/harbour.yaml", "# 港务\n", owner: owner(leases), isOld: true)
    try root.awaitScans(3)
    #expect(root.metric("reloads_total") ?? 0 == 0, "\(daemon.err)")
    try editor.write("departments: [{id: harbour, title: 港务所, escalates_to: leader}]\n")
    editor.close()
    #expect(eventually { root.exists("queues/harbour/new") }, "\(daemon.err)")
    #expect(eventually { root.metric("reloads_total") == 1 })
  }

  @Test(
    "Promise 6: rules that are half saved when the daemon starts come into force when they are whole",
    arguments: Leases.possible)
  func rulesAtStart(leases: Leases) throws {
    let root = try Root()
    try root.once()
    try root.configure(settle: "inbox: 0s, rules: 8s", rescan: "1s")
    // A rulebook without fault, and the whole has one department more.
    let editor = try SlowWriter(
      root, root.rules + "/harbour.yaml",
      "departments:\n  - {id: harbour, title: 港务所, escalates_to: leader}\n",
      owner: owner(leases))
    let daemon = try root.run(leases)
    #expect(eventually { daemon.err.contains("还有程序在写") }, "\(daemon.err)")
    try editor.write("  - {id: pier, title: 码头所, escalates_to: leader}\n")
    editor.close()
    #expect(
      eventually { root.exists("queues/harbour/new") && root.exists("queues/pier/new") }, "\(daemon.err)")
    // Read whole at the start, or after it under the rules that were in force before.
    #expect(
      root.metric("reloads_total") ?? 0 == 0 || daemon.err.contains("继续使用原来的规则"), "\(daemon.err)")
  }

  @Test(
    "A file that is renamed in is taken at once, whatever the settle time and whoever owns it",
    arguments: Leases.possible)
  func renamedIn(leases: Leases) throws {
    let root = try Root()
    try root.configure(settle: "inbox: 300s")
    try root.makeFolder("inbox/hotline")
    try root.makeFolder("outbox/夹")
    let daemon = try root.start(leases)
    try root.write("outbox/a.yaml", Desk.simple("A-1"))
    try root.write("outbox/夹/case.yaml", Desk.simple("A-2", "路灯不亮", text: "路口两盏路灯不亮。"))
    for name in ["a.yaml", "夹/case.yaml"] where leases == .refused {
      #expect(chown(root.path + "/outbox/" + name, Leases.outsider, Leases.outsider) == 0)
    }
    try root.move("outbox/a.yaml", "inbox/hotline/a.yaml")
    #expect(eventually(within: 15) { (try? root.cases().count) == 1 }, "\(daemon.err)")
    try root.move("outbox/夹", "inbox/hotline/夹")
    #expect(eventually(within: 15) { (try? root.cases().count) == 2 }, "\(daemon.err)")
  }

  @Test(
    "What is copied in waits the settle time of its channel, and where no lease can be had again after a restart",
    arguments: Leases.possible)
  func settleTimeOfAChannel(leases: Leases) throws {
    let root = try Root()
    try root.configure(settle: "inbox: 600s, channels: {hotline: 3s, 窗口: 0s}", rescan: "1s")
    for channel in ["hotline", "窗口", "visit"] { try root.makeFolder("inbox/" + channel) }
    var daemon = try root.start(leases)
    func copy(_ name: String, _ source: String) throws {
      let title = "\(source)号楼道堆放杂物"
      try SlowWriter(
        root, "inbox/\(name)", Desk.simple(source, title, text: title), owner: owner(leases), isOld: true
      ).close()
    }
    try copy("visit/v.yaml", "V-1")
    try copy("窗口/w.yaml", "W-1")
    #expect(eventually(within: 15) { root.names("inbox/窗口") == [] }, "\(daemon.err)")
    try copy("hotline/h.yaml", "H-1")
    usleep(1_500_000)
    #expect(root.names("inbox/hotline") == ["h.yaml"], "\(daemon.err)")
    daemon.kill()
    daemon = try root.start(leases)
    usleep(1_500_000)
    #expect(root.names("inbox/hotline") == ["h.yaml"], "\(daemon.err)")
    #expect(eventually(within: 20) { root.names("inbox/hotline") == [] }, "\(daemon.err)")
    #expect(root.names("inbox/visit") == ["v.yaml"])
    #expect(try root.cases().count == 2)
  }

  @Test("A file that only grows and is closed each time waits until it rests", arguments: Leases.possible)
  func growing(leases: Leases) throws {
    let root = try Root()
    try root.configure(settle: "inbox: 3s", rescan: "1s")
    try root.makeFolder("inbox/hotline")
    let daemon = try root.start(leases)
    for part in ["工单编号,诉求标题,诉求内容\n", "9001,路灯,路灯不亮\n", "9002,井盖,井盖松动\n", "9003,停车,占道停车\n"] {
      try SlowWriter(root, "inbox/hotline/log.csv", part, owner: owner(leases)).close()
      #expect(try root.cases().isEmpty, "\(daemon.err)")
      usleep(1_200_000)
    }
    #expect(eventually { (try? root.cases().count) == 3 }, "\(daemon.err)")
    #expect(root.names("set-aside") == [])
  }
}
