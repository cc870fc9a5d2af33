import Foundation
import Testing

/// What the operator is told: metrics, status, log, configuration, repairs.
@Suite("The operator, end to end")
struct OperatorTests {
  @Test("Metrics keep the rules of the exposition format and of its names")
  func exposition() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let text = try #require(root.read("state/metrics.prom"))
    // Units of the metric system that are not base units, and types, have no place in a name.
    let forbidden: Set = [
      "days", "hours", "minutes", "milliseconds", "ms", "kilobytes", "megabytes", "percent", "counter",
      "gauge",
    ]
    var (help, type): (String?, (name: Substring, kind: Substring)?) = (nil, nil)
    var seen: [Substring] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      if line.hasPrefix("# HELP ") {
        #expect(help == nil && words.count == 4, "\(line)")
        help = String(words[2])
      } else if line.hasPrefix("# TYPE ") {
        #expect(help == String(words[2]), "HELP comes before TYPE: \(line)")
        type = (words[2], words[3])
      } else {
        let name = words[0]
        #expect(words.count == 2 && Double(words[1]) != nil, "\(line)")
        #expect(type?.name == name && help == String(name), "one block a metric: \(line)")
        #expect(name.wholeMatch(of: /triaged_[a-z]+(_[a-z]+)*/) != nil, "\(name)")
        #expect((type?.kind == "counter") == name.hasSuffix("_total"), "\(name)")
        for suffix in ["_count", "_sum", "_bucket", "_info"] { #expect(!name.hasSuffix(suffix), "\(name)") }
        #expect(forbidden.isDisjoint(with: Set(name.split(separator: "_").map(String.init))), "\(name)")
        if name.contains("timestamp") { #expect(name.hasSuffix("_timestamp_seconds"), "\(name)") }
        seen.append(name)
        (help, type) = (nil, nil)
      }
    }
    #expect(help == nil && type == nil)
    #expect(seen.count == Set(seen).count && seen.count > 15)
    #expect(text.hasSuffix("\n"))
    try promtool(text)
  }

  /// Debian's package prometheus has it; where it is, it must have nothing to say.
  private func promtool(_ text: String) throws {
    let known = ["/usr/bin/promtool", "/usr/local/bin/promtool"]
    guard let tool = known.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return print("promtool: skipped, it is not installed")
    }
    let file = temporaryFolder + "/triaged-metrics-\(UUID().uuidString).prom"
    defer { unlink(file) }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let check = try Running("/bin/sh", ["-c", "'\(tool)' check metrics <'\(file)'"])
    #expect(check.ends(within: 30) && check.outcome.status == 0)
    #expect(check.out.isEmpty && check.err.isEmpty, "\(check.out)\(check.err)")
  }

  @Test("On a disk that takes nothing any more the daemon stays, and status says that intake is paused")
  func statusOnFullDisk() throws {
    let root = try Root()
    guard let disk = try FailingDisk(.diskFull, under: root) else {
      return print("status on a full disk: skipped, there is no C compiler")
    }
    let daemon = try root.start(environment: disk.environment)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    #expect(try root.triaged("status").status == 0)

    disk.fail()
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    #expect(try eventually { try root.triaged("status").out.contains("intake pauses") }, "\(daemon.err)")
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 1)
    #expect(status.objects.first?["intake_paused"] as? Bool == true, "\(status.out)")
    #expect(status.objects.first?["running"] as? Bool == true)
    #expect(!daemon.hasEnded, "\(daemon.err)")
    #expect(root.exists("inbox/desk/b.yaml"))

    disk.mend()
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")
    #expect(try eventually { try root.triaged("status").status == 0 })
    daemon.kill()
    // What a dead daemon said is gone with it.
    #expect(try root.triaged("status", "--format", "json").objects.first?["running"] as? Bool == false)
    try root.once()
    try root.expectSound()
  }

  @Test("Metrics are written on a full disk too: monitoring is to know that it is full")
  func metricsOnFullDisk() throws {
    let root = try Root(in: temporaryFolder)
    try root.once()
    guard let disk = try LoopDisk(at: root.path, megabytes: 32) else {
      return print("metrics on a full disk: skipped, no image may be mounted here")
    }
    let daemon = try root.start()
    // Cases are there when the last room goes.
    daemon.signal(SIGSTOP)
    for number in 1...20 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
    try disk.fill()
    daemon.signal(SIGCONT)
    #expect(eventually { root.metric("intake_paused") == 1 }, "\(daemon.err)")
    #expect(try root.triaged("status").status == 1)
    try disk.clear()
    #expect(eventually { root.metric("intake_paused") == 0 }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20) && daemon.outcome.status == 0)
    try root.once()
    #expect(try root.cases().count == 20)
    try root.expectSound()
  }

  @Test("cases says that it shows the newest only, and how to see the others")
  func casesCut() throws {
    let root = try Root()
    for number in 1...5 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
    try root.once()
    for format in ["text", "json"] {
      let cut = try root.triaged("cases", "--limit", "3", "--format", format)
      #expect(cut.status == 0 && cut.err.contains("3 of 5 shown"), "\(cut.err)")
      #expect(cut.err.contains("--limit 5"), "\(cut.err)")
      #expect(cut.out.split(separator: "\n").count == (format == "json" ? 3 : 4))
      #expect(try root.triaged("cases", "--limit", "5", "--format", format).err.isEmpty)
    }
    let narrowed = try root.triaged("cases", "--limit", "1", "--department", "urban", "--open")
    #expect(narrowed.err.contains("1 of 5 shown"), "\(narrowed.err)")
    #expect(
      try root.triaged("cases", "--limit", "2", environment: ["LANG": "zh_CN.UTF-8"]).err.contains("共 5 件"))
    #expect(try root.triaged("cases", "--limit", "0").status == 2)
    #expect(try root.triaged("cases", "--limit=-1").status == 2)
  }

  @Test("All mistakes of the configuration and of the options are said at once, each at its place")
  func allMistakesAtOnce() throws {
    let root = try Root()
    try root.write(
      root.configuration,
      """
      rot: /srv/triage
      rules: \(root.rules)
      language: fr
      log: loud
      settle: {inbox: soon, replay: 5min, rules: 2}
      rescan: 0s
      root:
      """)
    let outcome = try Program.run([
      "run", "--config", root.configuration, "--language", "de", "--at", "morning",
    ])
    #expect(outcome.status == 78)
    let places = ["1:1", "3:11", "4:6", "5:17", "5:23", "5:44", "6:9", "7:6"]
    for place in places {
      #expect(outcome.err.contains("triaged: \(root.configuration):\(place): "), "\(place): \(outcome.err)")
    }
    #expect(outcome.err.contains("did you mean `root`?"), "\(outcome.err)")
    #expect(outcome.err.contains("`--language` must be one of zh, en"), "\(outcome.err)")
    #expect(outcome.err.contains("`morning` is no time"), "\(outcome.err)")
    #expect(outcome.err.split(separator: "\n").count == places.count + 2, "\(outcome.err)")
    #expect(!root.exists("state"))

    let chinese = try Program.run(
      ["status", "--config", root.configuration], environment: ["LANG": "zh_CN.UTF-8"])
    #expect(chinese.status == 78)
    #expect(chinese.err.split(separator: "\n").count == places.count, "\(chinese.err)")
    try root.write(root.configuration, "settle: 5s\n")
    let settle = try Program.run(["status", "--config", root.configuration])
    #expect(settle.status == 78 && settle.err.contains(":1:9: "), "\(settle.err)")
    let options = try Program.run(["status", "--root", "", "--language", "fr"])
    #expect(options.status == 2 && options.err.split(separator: "\n").count == 2, "\(options.err)")
  }

  @Test("replay shows on a terminal how far it is, and nothing of it elsewhere")
  func replayProgress() throws {
    let root = try Root()
    for number in 1...3 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
    try root.once()
    let plain = try root.triaged("replay", "--rules", root.rules)
    #expect(plain.status == 0 && plain.err.isEmpty && !plain.out.contains("\r"), "\(plain.err)")
    let script = "/usr/bin/script"
    guard FileManager.default.isExecutableFile(atPath: script) else {
      return print("replay on a terminal: skipped, there is no script(1)")
    }
    let command = "'\(Program.path)' replay --root '\(root.path)' --rules '\(root.rules)' >/dev/null"
    let terminal = try Running(script, ["-qec", command, "/dev/null"], environment: ["TERM": "xterm"])
    #expect(terminal.ends(within: 60) && terminal.outcome.status == 0)
    #expect(terminal.out.contains("replayed 3 of 3  100%"), "\(terminal.out)")
    #expect(terminal.out.hasSuffix("\r\u{1B}[K"), "the line is taken away at the end")
  }

  @Test("fsck --repair lists what it mended, in text and as JSON")
  func repairLists() throws {
    func damaged() throws -> (Root, [String]) {
      let root = try Root()
      for number in 1...3 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
      try root.once()
      let ids = try root.cases().compactMap { $0["id"] as? String }.sorted()
      let queue = "queues/urban/new"
      try root.remove("\(queue)/\(ids[0]).yaml")
      try root.move("\(queue)/\(ids[1]).yaml", "queues/police/new/\(ids[1]).yaml")
      return (root, ids)
    }
    let (root, ids) = try damaged()
    let text = try root.repair()
    let lines = text.out.split(separator: "\n")
    #expect(lines.contains { $0.contains(ids[0]) && $0.hasSuffix("delivered again") }, "\(text.out)")
    #expect(lines.contains { $0.contains(ids[1]) && $0.hasSuffix("put back") }, "\(text.out)")
    #expect(lines.contains("2 mended"), "\(text.out)")
    #expect(root.names("queues/urban/new").filter { $0.hasSuffix(".yaml") }.count == 3)
    let again = try root.repair()
    #expect(again.out.contains("0 mended"), "\(again.out)")

    let (other, others) = try damaged()
    let json = try other.repair("--format", "json")
    #expect(json.objects.count == 2, "\(json.out)")
    #expect(json.objects.allSatisfy { $0["mended"] as? Bool == true })
    #expect(
      json.objects.contains { $0["subject"] as? String == others[0] && $0["what"] as? String == "missing" })
    let clean = try other.triaged("fsck", "--format", "json")
    #expect(clean.status == 0 && clean.out.isEmpty)
  }

  @Test("The Chinese log says what happened in Chinese, and of a case taken its level and who leads it")
  func chineseLog() throws {
    let root = try Desk.busyQueues()
    try root.drop("desk/red.yaml", Desk.simple("R-1", "有人持刀", text: "有人拿着刀在停车场。"))
    let outcome = try root.once(at: "2026-11-19T10:05")
    let log = outcome.err.split(separator: "\n")
    let taken = log.filter { $0.contains("已受理：") }
    #expect(taken.count == 1 && taken[0].contains("红色，由街道专班主办"), "\(outcome.err)")
    #expect(taken.first?.contains("level=red") == true && taken.first?.contains("lead=task-force") == true)
    let events = log.filter { $0.contains("办理记录：") }
    #expect(events.count > 10)
    for line in events {
      let words = line.split(separator: "办理记录：").last?.prefix { $0 != " " } ?? ""
      #expect(!words.isEmpty && !words.contains { $0.isASCII && $0.isLetter }, "\(line)")
    }
    for word in ["签收", "办结", "退回", "派单", "重新送达"] {
      #expect(events.contains { $0.contains("办理记录：\(word)") }, "\(word): \(outcome.err)")
    }
  }

  @Test("A queue that cannot be written shows in metrics and status until it can", arguments: ["zh", "en"])
  func queueFails(language: String) throws {
    guard Faultpoint.shim != nil else { return print("queue fails: skipped, there is no C compiler") }
    let root = try Root(language: language)
    try root.once()
    let broken = try Faultpoint.environment(
      .diskFull, on: "rename", below: root.path + "/queues/urban/new", count: -1)
    var daemon = try root.start(environment: broken)
    #expect(root.metric("queues_failing") == 0)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { root.metric("queues_failing") == 1 }, "\(daemon.err)")
    // Two further scans: said once.
    try root.awaitScans(2)
    #expect(daemon.err.components(separatedBy: "ENOSPC").count == 2, "\(daemon.err)")
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 1 && status.objects.first?["queues_failing"] as? Int == 1, "\(status.out)")
    let words = ["zh": "写不进", "en": "cannot be made or written"]
    let text = try root.triaged(
      "status", environment: ["LANG": language == "zh" ? "zh_CN.UTF-8" : "en_US.UTF-8"])
    #expect(text.out.contains(words[language] ?? ""), "\(text.out)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    daemon = try root.start()
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    #expect(try root.triaged("status").status == 0)
  }

  @Test("A repair looks at ledger and queues alone: what somebody writes into the inbox is not its business")
  func repairBesideWriter() throws {
    let root = try Root(language: "en")
    try root.once()
    try root.makeFolder("inbox/hotline")
    let writer = try SlowWriter(root, "inbox/hotline/orders.csv", "工单编号,诉求标题,诉求内容\n9001,路灯,北门路灯")
    // Whatever waits for a writer says in the end that it left his file.
    let repair = try root.repair()
    #expect(!repair.err.contains("orders.csv"), "\(repair.err)")
    #expect(root.names("inbox/hotline") == ["orders.csv"])
    writer.close()
  }

  @Test("A reload that is asked for during a long step of the loop is done after it")
  func reloadDuringLongStep() throws {
    guard Faultpoint.shim != nil else { return print("long step: skipped, there is no C compiler") }
    let root = try Root(language: "en")
    try root.once()
    let daemon = try root.start(
      environment: Faultpoint.environment(.silence, on: "rename", below: root.path + "/queues/urban/new"))
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { (try? root.cases().count) == 1 }, "\(daemon.err)")
    daemon.signal(SIGHUP)
    #expect(
      eventually(within: 60) { daemon.hasEnded || daemon.err.contains("rulebook in force") }, "\(daemon.err)")
    #expect(!daemon.hasEnded && root.names("queues/urban/new").count == 1, "\(daemon.err)")
  }
}
