import Foundation
import Testing

/// What the operator's side promises: rules, processes, shares.
@Suite("The service, end to end")
struct ServicePromiseTests {
  @Test(
    "Promise 6: a bad edit changes nothing, says so everywhere, survives a restart, and ends when it is mended"
  )
  func lastGoodRulesStay() throws {
    let root = try Root()
    let good = try String(contentsOfFile: root.rules + "/routes.yaml", encoding: .utf8)
    let bad = good + "\n  - {id: broken, when: {levle: red}, lead: nobody}\n"
    let refused = root.rules + "/RULES-REFUSED.txt"
    var daemon = try root.start()
    try root.write(root.rules + "/routes.yaml", bad)
    daemon.signal(SIGHUP)
    #expect(eventually { root.metric("rules_refused") == 1 })
    let words = try String(contentsOfFile: refused, encoding: .utf8)
    #expect(words.contains("routes.yaml:"), "\(words)")
    let status = try root.triaged("status")
    #expect(status.status == 1, "\(status.out)")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20) && daemon.outcome.status == 0)

    daemon = try root.start()
    #expect(root.metric("rules_refused") == 1)
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    #expect(eventually { root.names("queues/urban/new").count == 2 })

    try root.write(root.rules + "/routes.yaml", good)
    daemon.signal(SIGHUP)
    #expect(eventually { root.metric("rules_refused") == 0 })
    #expect(!FileManager.default.fileExists(atPath: refused))
    #expect(try root.triaged("status").status == 0)
  }

  @Test(
    "Promise 6: rules that change are taken once they have settled, bad ones are refused with their findings, all without a signal"
  )
  func rulesChangeByThemselves() throws {
    let root = try Root()
    let good = try String(contentsOfFile: root.rules + "/routes.yaml", encoding: .utf8)
    let daemon = try root.start()
    try root.write(
      root.rules + "/routes.yaml", good + "\n  - {id: broken, when: {levle: red}, lead: nobody}\n")
    #expect(eventually { root.metric("rules_refused") == 1 })
    #expect(daemon.err.contains("code=unknown-key"), "\(daemon.err)")
    let status = try root.triaged("status")
    #expect(status.status == 1 && status.out.contains("routes.yaml:"), "\(status.out)")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 })

    // A new department comes with its queue, and the next case goes there.
    try root.write(
      root.rules + "/new/harbour.yaml",
      """
      departments: [{id: harbour, title: 港务所, escalates_to: leader}]
      routes: [{id: harbour, when: {category: property, channel: desk}, priority: 7, lead: harbour}]
      """)
    try root.write(root.rules + "/routes.yaml", good)
    #expect(eventually { root.metric("rules_refused") == 0 && root.exists("queues/harbour/new") })
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    #expect(eventually { root.names("queues/harbour/new").count == 1 })
    #expect(root.names("queues/urban/new").count == 1)
    #expect(try root.triaged("status").status == 0)
    #expect(root.metric("calendar_end_timestamp_seconds") == 1_798_732_800)
  }

  @Test("A first rulebook with errors is no start: exit 78 and the findings")
  func noGoodRulesAtAll() throws {
    let root = try Root()
    try root.write(root.rules + "/routes.yaml", "routes: [{id: x, lead: nobody}]\n")
    let outcome = try Program.run(root.options(at: Root.thursday))
    #expect(outcome.status == 78, "\(outcome.err)")
    #expect(!outcome.err.isEmpty)
  }

  @Test("Of two daemons on one root the second exits 75 and names the first")
  func twoDaemons() throws {
    let root = try Root()
    let first = try root.start()
    let second = try Program.run(root.options(at: Root.thursday), patience: 20)
    #expect(second.status == 75)
    #expect(second.err.contains("\(first.pid)"), "\(second.err)")
    #expect(try Program.run(root.options(at: Root.thursday) + ["--once"], patience: 20).status == 75)
    first.kill()
    try root.once()
  }

  @Test(
    "A wrong configuration is exit 78 with file, line and column",
    arguments: [
      ("root: /tmp/x\nrotto: 1\n", ":2:1:"), ("rescan: soon\n", ":1:9:"), ("language: fr\n", ":1:11:"),
      ("settle: {inbox: 1s, replay: 1s}\n", ":1:21:"), ("root: [\n", ":2:1:"), ("root: ''\n", ":1:7:"),
    ])
  func badConfiguration(text: String, place: String) throws {
    let root = try Root()
    try root.write(root.configuration, text)
    let outcome = try Program.run(["run", "--config", root.configuration, "--once"])
    #expect(outcome.status == 78)
    #expect(outcome.err.contains(root.configuration + place), "\(outcome.err)")
    #expect(!root.exists("state"))
  }

  @Test(
    "SIGTERM ends the daemon within 5 s while 5,000 files wait, and each is in the ledger or in the inbox")
  func quickStop() throws {
    let root = try Root()
    try root.once()
    for number in 1...5000 { try root.write("inbox/desk/\(number).yaml", Desk.simple("T-\(number)")) }
    let daemon = try Running(Program.path, root.options(at: Root.thursday))
    #expect(eventually { root.names("queues/urban/new").count > 10 })
    daemon.signal(SIGTERM)
    let began = ProcessInfo.processInfo.systemUptime
    #expect(daemon.ends(within: 20))
    let seconds = ProcessInfo.processInfo.systemUptime - began
    #expect(seconds < 5, "\(seconds) s")
    #expect(daemon.outcome.status == 0)
    let taken = try root.cases().count
    #expect(taken > 10 && taken < 5000, "nothing waited any more when it was to stop")
    #expect(taken + root.names("inbox/desk").count == 5000)
    // Of those that were in hand nobody suspects one.
    #expect(root.read("state/attempts") == "")
  }

  @Test(
    "A queue whose marker is gone is a share that is gone: deliveries wait, nothing is written, then all comes"
  )
  func shareGone() throws {
    let root = try Root()
    let daemon = try root.start()
    let queue = root.path + "/queues/urban"
    #expect(rename(queue, queue + ".away") == 0)
    #expect(mkdir(queue, 0o700) == 0)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.drop("desk/b.yaml", Desk.simple("B-1", "路灯不亮", text: "三盏路灯不亮。"))
    #expect(eventually { root.metric("queues_gone") == 1 && root.names("queues/center/new").count == 1 })
    try root.awaitScans()
    #expect(root.tree("queues/urban") == [])
    #expect(try root.triaged("status").status == 1)
    #expect(root.metric("effects_waiting") == 1)

    #expect(rmdir(queue) == 0)
    #expect(rename(queue + ".away", queue) == 0)
    #expect(eventually { root.names("queues/urban/new").count == 1 && root.metric("queues_gone") == 0 })
    #expect(daemon.err.contains("department=urban"))
    try root.expectSound()
  }

  @Test("What cannot be done at present does not keep the daemon busy")
  func idleWhileShareIsGone() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    try root.move("queues/urban/.triaged", "queues/urban/.away")
    // Overdue reminders wait for a queue that is not there.
    let daemon = try root.start(at: "2026-11-23T09:00")
    #expect(eventually { root.metric("queues_gone") == 1 && (root.metric("effects_waiting") ?? 0) > 0 })
    let (began, before) = (ProcessInfo.processInfo.systemUptime, try daemon.processorSeconds)
    try root.awaitScans(3)
    let passed = ProcessInfo.processInfo.systemUptime - began
    let used = try daemon.processorSeconds - before
    #expect(used < passed / 3, "\(used) s of processor in \(passed) s")
    #expect(root.names("queues/urban/reminders") == [])
    try root.move("queues/urban/.away", "queues/urban/.triaged")
    #expect(eventually { root.names("queues/urban/reminders").count == 1 })
  }

  @Test(
    "Promise 10: what happened while nobody watched is found: moves, requests and files without any event")
  func hintsAreOnlyHints() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.move("queues/urban/new/\(id).yaml", "queues/urban/accepted/\(id).yaml")
    try root.write("queues/urban/requests/\(id) 备注.txt", "已约物业周五见面")
    try root.once()
    #expect(try root.phase(of: id) == "accepted")
    #expect(try root.events(of: id).contains("noted"))
    #expect(root.names("queues/urban/requests/taken") == ["\(id) 备注.txt"])
    try root.expectSound()
  }

  @Test("Promise 7: fsck tells what does not agree, and --repair mends it")
  func fsckRepairs() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.remove("queues/urban/new/\(id).yaml")
    let found = try root.triaged("fsck", "--format", "json")
    #expect(found.status == 1)
    #expect(found.objects.contains { $0["what"] as? String == "missing" && $0["subject"] as? String == id })
    try root.repair()
    #expect(root.exists("queues/urban/new/\(id).yaml"))
  }

  @Test(
    "Promise 6: rules that are half saved, and valid so, do not come into force at a start or at a reload; whole they do",
    arguments: ["start", "reload"])
  func halfSaved(when: String) throws {
    let root = try Root(language: "en")
    try root.once()
    var daemon: Running?
    if when == "reload" { daemon = try root.start() }
    let writer = try SlowWriter(
      root, root.rules + "/harbour.yaml",
      """
      departments:
        - {id: harbour, title: 港务所, escalates_to: leader}

      """)
    if when == "start" {
      daemon = try Running(Program.path, root.options(at: Root.thursday))
    } else {
      daemon?.signal(SIGHUP)
    }
    func log() -> String { daemon?.err ?? "" }
    #expect(eventually { log().contains("still being written") }, "\(log())")
    sleep(2)
    #expect(!root.exists("queues/harbour"))
    try writer.write("  - {id: pier, title: 码头所, escalates_to: leader}\n")
    writer.close()
    #expect(eventually { root.exists("queues/harbour/new") && root.exists("queues/pier/new") }, "\(log())")
  }

  @Test(
    "Promise 6: a rule file that is held open for ever keeps no daemon from its start: the last good rules stay"
  )
  func heldForEver() throws {
    let root = try Root(language: "en")
    try root.once()
    let writer = try SlowWriter(
      root, root.rules + "/harbour.yaml", "departments: [{id: harbour, title: 港务所, escalates_to: leader}]\n")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    let daemon = try root.start()
    #expect(daemon.err.contains("last good rules"), "\(daemon.err)")
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    daemon.signal(SIGHUP)
    #expect(
      eventually(within: 60) { daemon.err.components(separatedBy: "last good rules").count == 3 },
      "\(daemon.err)")
    #expect(!root.exists("queues/harbour"))
    writer.close()
    #expect(eventually { root.exists("queues/harbour/new") }, "\(daemon.err)")
  }
}
