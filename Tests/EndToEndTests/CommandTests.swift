import Foundation
import Testing

/// The command line as DESIGN.md section 9 promises it.
@Suite("Commands, end to end")
struct CommandTests {
  private static let sample = Root.fixtures + "/rulebooks/sample"

  /// The vectors of the field, those of 2026: day 0 is not counted, holidays and make-up days are.
  @Test(
    "due prints the instant first",
    arguments: [
      ("2026-02-12", "5wd", "2026-02-26T17:30:00+08:00"), ("2026-02-13", "1wd", "2026-02-14T17:30:00+08:00"),
      ("2026-09-18", "2wd", "2026-09-21T17:30:00+08:00"), ("2026-09-30", "5wd", "2026-10-13T17:30:00+08:00"),
      ("2026-11-21T10:00", "1wd", "2026-11-23T17:30:00+08:00"),
      ("2026-11-20T22:00", "1wd", "2026-11-23T17:30:00+08:00"),
      ("2026-11-19T14:30", "3wh", "2026-11-19T17:30:00+08:00"),
      ("2026-11-19T11:00", "2wh", "2026-11-19T15:30:00+08:00"),
      ("2026-11-20T23:00", "2h", "2026-11-21T01:00:00+08:00"),
      ("2026-11-19T17:30", "eod", "2026-11-20T17:30:00+08:00"),
      ("2026-09-21", "10d", "2026-10-08T17:30:00+08:00"),
    ])
  func due(from: String, limit: String, instant: String) throws {
    let outcome = try Program.run(["due", "--from", from, limit, "--rules", Self.sample])
    #expect(outcome.status == 0 && outcome.lines.first == instant, "\(outcome.out)\(outcome.err)")
  }

  @Test("due shows its arithmetic, marks an unknown year, and refuses what is no time")
  func dueEdges() throws {
    let shown = try Program.run([
      "due", "--from", "2026-09-30T16:00", "5wd", "--rules", Self.sample, "--explain",
    ])
    #expect(shown.out.contains("2026-10-10") && shown.out.contains("2026-10-01 … 2026-10-07"), "\(shown.out)")
    let unknown = try Program.run([
      "due", "--from", "2026-12-31T10:00", "2wd", "--rules", Self.sample, "--format", "json",
    ])
    #expect(unknown.objects.first?["provisional"] as? Bool == true)
    #expect(try Program.run(["due", "--from", "2026-02-30", "1wd", "--rules", Self.sample]).status == 2)
    #expect(try Program.run(["due", "--from", "2026-02-03", "1moon", "--rules", Self.sample]).status == 2)
  }

  @Test("explain --format json gives one object a line, with offsets into the original field")
  func explainJSON() throws {
    let file = temporaryFolder + "/triaged-explain-\(UUID().uuidString).yaml"
    defer { unlink(file) }
    let text = "𠮷小区：有人拿着刀，在停车场。"
    try "title: 物業費\ntext: \(text)\nsource_id: E-1\narea: 一社区\npeople_count: 3\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    let outcome = try Program.run([
      "explain", file, "--rules", Self.sample, "--at", Root.thursday, "--format", "json",
    ])
    #expect(outcome.status == 0, "\(outcome.err)")
    let one = try #require(outcome.objects.first)
    #expect(outcome.objects.count == 1)
    let keys: Set = [
      "file", "case", "category", "votes", "level", "score", "scales", "tags", "lead", "assist", "route",
      "deadlines", "fired", "rulebook",
    ]
    #expect(keys.isSubset(of: Set(one.keys)), "\(keys.subtracting(one.keys))")
    #expect(one["category"] as? String == "property")
    #expect(one["level"] as? String == "red")
    #expect(one["lead"] as? String == "task-force")
    #expect(one["assist"] as? [String] == ["police"])
    #expect(one["route"] as? String == "red")
    #expect((one["votes"] as? [String: Int]) == ["property": 3])
    #expect((one["case"] as? [String: Any])?["source_id"] as? String == "E-1")
    let fired = try #require(one["fired"] as? [[String: Any]])
    let violence = try #require(fired.first { $0["rule"] as? String == "violence" })
    #expect(violence["file"] as? String == "classify/rules.yaml" && violence["line"] is Int)
    let because = try #require((violence["because"] as? [[String: Any]])?.first)
    let scalars = Array(text.unicodeScalars)
    let (start, end) = (because["start"] as? Int ?? 0, because["end"] as? Int ?? 0)
    #expect(String(String.UnicodeScalarView(scalars[start..<end])) == "拿着刀")
    #expect(because["field"] as? String == "text" && because["strength"] as? String == "strong")
    let stages = (one["deadlines"] as? [[String: Any]] ?? []).compactMap { $0["stage"] as? String }
    #expect(Set(stages).isSuperset(of: ["accept", "contact", "resolve"]))

    let why = try Program.run([
      "explain", file, "--rules", Self.sample, "--at", Root.thursday, "--why-not", "wages-of-many",
    ])
    #expect(why.status == 0 && why.out.contains("拖欠工资"), "\(why.out)")
    let misspelt = try Program.run(["explain", file, "--rules", Self.sample, "--why-not", "wages-of-man"])
    #expect(misspelt.status == 1 && misspelt.err.contains("wages-of-many"))
  }

  @Test("Promise 5: a case of the ledger is explained by its own rulebook, whatever the rules say today")
  func explainStored() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    let before = try #require(try root.triaged("explain", id, "--format", "json").objects.first)
    try root.write(
      root.rules + "/routes.yaml",
      "routes: [{id: all, lead: center}]\nalso: [{id: red-police, when: {level: red}, assist: [police], watch: [leader]}]\n"
    )
    try root.once()
    let after = try #require(try root.triaged("explain", id, "--format", "json").objects.first)
    #expect(after["lead"] as? String == "urban" && after["route"] as? String == "property")
    #expect(after["rulebook"] as? String == before["rulebook"] as? String)
    let text = try root.triaged("explain", id)
    #expect(text.out.contains("property-fee") && text.out.contains("【停车费】"), "\(text.out)")
    let why = try root.triaged("explain", id, "--why-not", "labor")
    #expect(why.status == 0 && why.out.contains("labor"), "\(why.out)")
    let unknown = try root.triaged("explain", "ZZ20990101-0001")
    #expect(unknown.status == 1 && unknown.err.contains("ZZ20990101-0001"))
  }

  @Test("why-not names what failed and where the text comes nearest")
  func nearestMiss() throws {
    let file = temporaryFolder + "/triaged-nearest-\(UUID().uuidString).yaml"
    defer { unlink(file) }
    try "title: 讨薪\ntext: 老板拖欠我们工资三个月。\n".write(toFile: file, atomically: true, encoding: .utf8)
    let why = try Program.run([
      "explain", file, "--rules", Self.sample, "--why-not", "wages-of-many", "--format", "json",
    ])
    let leaves = try #require(why.objects.first?["because"] as? [[String: Any]])
    let nearest = try #require(leaves.compactMap { $0["nearest"] as? [String: Any] }.first)
    #expect(nearest["found"] as? String == "拖欠我们工资" && nearest["phrase"] as? String == "拖欠工资")
    #expect(nearest["start"] as? Int == 2 && nearest["end"] as? Int == 8)
  }

  @Test("Promise 4: run decides as explain does")
  func runAsExplain() throws {
    let root = try Root()
    let text = "title: 讨薪\ntext: 十二名工友被拖欠工资。\nsource_id: X-1\npeople_count: 12\n"
    try root.write(root.home + "/x.yaml", text)
    let told = try #require(
      try Program.run([
        "explain", root.home + "/x.yaml", "--rules", root.rules, "--at", "2026-01-20T09:00", "--format",
        "json",
        "--channel", "grid",
      ]).objects.first)
    try root.drop("grid/x.yaml", text)
    try root.once(at: "2026-01-20T09:00")
    let taken = try root.onlyCase()
    for key in ["category", "level", "lead", "route"] {
      #expect(told[key] as? String == taken[key] as? String)
    }
    let due =
      (told["deadlines"] as? [[String: Any]])?.first { $0["stage"] as? String == "resolve" }?["due"]
      as? String
    #expect(due == taken["resolve_due"] as? String)
  }

  @Test("check is 0 for a sound rulebook and 1 with places for a broken one")
  func check() throws {
    #expect(try Program.run(["check", Self.sample]).status == 0)
    let broken = Root.fixtures + "/rulebooks/broken/undefined-department/rulebook"
    let outcome = try Program.run(["check", broken])
    #expect(outcome.status == 1)
    #expect(outcome.out.contains("rules.yaml:6:54: error: "), "\(outcome.out)")
    #expect(outcome.out.contains("[undefined-department]"))
    #expect(outcome.lines.contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix("^") })
    let json = try Program.run(["check", broken, "--format", "json"])
    #expect(
      json.objects.contains { $0["code"] as? String == "undefined-department" && $0["line"] as? Int == 6 })
    #expect(try Program.run(["check", "/nonexistent"]).status == 1)
  }

  @Test("test ends with the counts")
  func ruleTests() throws {
    let outcome = try Program.run(["test", Self.sample])
    #expect(outcome.status == 0)
    #expect(outcome.out.hasSuffix("5 passed, 0 failed\n"), "\(outcome.out)")
  }

  @Test("init makes a rulebook that passes its own check and tests, and overwrites nothing")
  func initialise() throws {
    let root = try Root()
    let folder = root.home + "/new-rules"
    let made = try Program.run(["init", folder])
    #expect(made.status == 0, "\(made.err)")
    let checked = try Program.run(["check", folder])
    #expect(checked.status == 0, "\(checked.out)")
    let tested = try Program.run(["test", folder])
    #expect(tested.status == 0, "\(tested.out.suffix(2000))")
    #expect(try Program.run(["init", folder]).status == 1)
  }

  @Test("act does a department's moves, and says what it cannot do")
  func act() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.act("accept", id)
    #expect(root.exists("queues/urban/accepted/\(id).yaml"))
    try root.once()
    try root.act("done", id, "--set", "result=settled", "--set", "summary=办好了: 已退费 # 全部")
    #expect(root.exists("queues/urban/done/\(id).yaml"))
    try root.once()
    #expect(try root.phase(of: id) == "follow_up")
    #expect(try root.triaged("act", "dance", id).status == 2)
    #expect(try root.triaged("act", "accept", "ZZ20990101-0001").status == 1)
    #expect(try root.triaged("act", "accept", id).status == 1)
  }

  @Test("Help is there for every command, in both languages, and a usage error is exit 2")
  func help() throws {
    func isChinese(_ text: String) -> Bool {
      text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
    /// What stands under a heading, an entry each, with the lines that it goes on in.
    func entries(_ heading: String, _ help: Program.Outcome) -> [String] {
      var found: [String] = []
      for line in help.lines.drop(while: { $0 != heading + ":" }).dropFirst().prefix(while: { !$0.isEmpty }) {
        if line.hasPrefix("   ") { found[found.count - 1] += line } else { found.append(line) }
      }
      return found
    }
    let commands: Set = [
      "run", "check", "schema", "test", "explain", "due", "status", "cases", "show", "act", "init", "fsck",
      "ledger", "calendar", "simulate", "replay", "reminders", "report",
    ]
    for (language, isZh) in [("zh_CN.UTF-8", true), ("en_US.UTF-8", false)] {
      let top = try Program.run(["--help"], environment: ["LANG": language])
      let listed = entries("SUBCOMMANDS", top)
      #expect(Set(listed.map { String($0.split(separator: " ")[0]) }) == commands, "\(top.out)")
      #expect(listed.allSatisfy { isChinese($0) == isZh }, "\(top.out)")
      for command in commands.sorted() {
        let own = try Program.run([command, "--help"], environment: ["LANG": language])
        // Further down English help names the Chinese forms that are read as well.
        #expect(own.status == 0 && isChinese(own.lines.first ?? "") == isZh, "\(own.out)")
        let options = entries("OPTIONS", own).filter { !$0.contains("--help") && !$0.contains("--version") }
        if isZh { #expect(options.allSatisfy(isChinese), "\(options)") }
      }
    }
    #expect(try Program.run(["nonsense"]).status == 2)
    #expect(try Program.run(["due", "--from"]).status == 2)
    #expect(try Program.run(["cases", "--format", "xml"]).status == 2)
  }

  @Test("Data goes to stdout, the rest to stderr; a reading command on an empty folder is no success")
  func streams() throws {
    let root = try Root()
    #expect(try root.triaged("cases").status != 0)
    let run = try root.once()
    #expect(run.out.isEmpty && !run.err.isEmpty)
    let none = try root.triaged("cases", "--format", "json")
    #expect(none.status == 0 && none.out.isEmpty)
    #expect(try root.triaged("show", "ZZ20990101-0001").status == 1)
    let status = try root.triaged("status", "--format", "json")
    #expect(status.status == 0 && status.objects.first?["cases"] as? Int == 0)
  }

  @Test("A backup goes to no place inside the root, and says what folder is not there")
  func backupPlaces() throws {
    let root = try Root()
    try root.once()
    for place in [root.path + "/inbox/bk", root.path + "/state/bk", root.path + "/new/bk"] {
      let made = try root.triaged("ledger", "backup", place)
      #expect(made.status == 2 && made.err.contains("inside the root"), "\(made.err)")
      #expect(!FileManager.default.fileExists(atPath: place + ".partial"))
    }
    #expect(try root.triaged("ledger", "backup", "").status == 2)
    let nowhere = try root.triaged("ledger", "backup", root.home + "/no/such/bk")
    #expect(
      nowhere.status == 1 && nowhere.err.contains("There is no folder \(root.home)/no/such"), "\(nowhere.err)"
    )
    try root.expectSound()
  }

  @Test("An id that nothing has is an error and no empty list")
  func unknownFilters() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    for (option, id) in [
      ("--department", "nosuch-office"), ("--level", "purple"), ("--category", "nosuch-kind"),
      ("--channel", "nosuch-window"),
    ] {
      let asked = try root.triaged("cases", option, id)
      #expect(asked.status == 2 && asked.err.contains(id) && asked.out.isEmpty, "\(option): \(asked.err)")
    }
    // Ids that there are, of which no case is.
    for (option, id) in [
      ("--department", "police"), ("--level", "red"), ("--category", "labor"), ("--channel", "direct"),
    ] {
      let asked = try root.triaged("cases", option, id, "--format", "json")
      #expect(asked.status == 0 && asked.objects.isEmpty, "\(option): \(asked.err)")
    }
  }

  @Test("Promise 6: a backup brings the last good rulebook to another machine, where the files are wrong")
  func backupOfRules() throws {
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    let other = try Root(language: "en")
    #expect(try other.triaged("ledger", "restore", backup).status == 0)
    #expect(try other.cases().count == 1, "the titles are told by a rulebook")
    try other.write(other.rules + "/routes.yaml", "routes: [{if: \n")
    let word = try other.repair("--queues-lost")
    #expect(word.err.contains("the last good ones stay"), "\(word.err)")
    #expect(!root.items.isEmpty && other.items == root.items, "\(word.err)")
  }

  @Test("A backup restores to another machine, where one word makes the queues and delivers what is open")
  func backupAndRestore() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.write("inbox/desk/夜市/案件.yaml", Desk.simple("F-1", "夜市占道停车费"))
    try root.write("inbox/desk/夜市/照片.jpg", bytes: Array(repeating: 0xD8, count: 100_000))
    try root.once()
    let id = try root.id(of: "A-1")
    try root.act("accept", id)
    try root.once()
    let backup = root.home + "/backup"
    let made = try root.triaged("ledger", "backup", backup)
    #expect(made.status == 0, "\(made.err)")

    let other = try Root()
    let restored = try other.triaged("ledger", "restore", backup)
    #expect(restored.status == 0, "\(restored.err)")
    #expect(try other.triaged("ledger", "restore", backup).status == 1, "a restore must overwrite nothing")
    try other.repair("--queues-lost")
    #expect(other.items == root.items)
    #expect(try other.cases().map { $0["id"] as? String } == root.cases().map { $0["id"] as? String })
    try other.expectSound()
  }

  @Test("ledger verify finds a changed event and a changed original")
  func verify() throws {
    let root = try Root()
    try root.write("inbox/desk/夜市/案件.yaml", Desk.simple("F-1"))
    try root.write("inbox/desk/夜市/照片.jpg", bytes: Array(repeating: 0xD8, count: 100_000))
    try root.once()
    let stored = try #require(root.names("state/files").first)
    try root.write("state/files/\(stored)", "changed")
    let outcome = try root.triaged("ledger", "verify")
    #expect(outcome.status == 1, "\(outcome.out)")
  }
}
