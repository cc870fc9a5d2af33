import Foundation
import Testing

/// A root whose rules an earlier version accepted, and in which this one finds fault: `Fixtures/roots` holds what the
/// version before the check left, rules and ledger.
@Suite("After an upgrade, end to end")
struct UpgradeTests {
  /// A rule there has `text: {any: []}`, and one case was taken under it.
  private func upgraded() throws -> Root {
    let root = try Root()
    try FileManager.default.removeItem(atPath: root.rules)
    let tar = try Running(
      "/usr/bin/tar", ["-xzf", Root.fixtures + "/roots/empty-list-in-force.tar.gz", "-C", root.home])
    #expect(tar.ends(within: 30) && tar.outcome.status == 0, "\(tar.err)")
    return root
  }

  private let lamp = """
    title: 路灯又坏了
    text: 文化广场的路灯不亮。
    received_at: 2026-11-19T15:00
    """

  private func fired(_ outcome: Program.Outcome) -> [String] {
    let rules = outcome.objects.first?["fired"] as? [[String: Any]] ?? []
    return rules.compactMap { $0["rule"] as? String }
  }

  @Test(
    "Promise 6: rules that were accepted before an upgrade stay in force with their meaning, and the note says why"
  )
  func acceptedRulesStay() throws {
    let root = try upgraded()
    let check = try Program.run(["check", root.rules])
    #expect(check.status == 1 && check.out.contains("more.yaml:3:") && check.out.contains("[empty-list]"))
    for _ in 1...2 {
      let daemon = try root.start(at: "2026-11-19T16:00")
      #expect(root.metric("rules_refused") == 1)
      let note = try String(contentsOfFile: root.rules + "/RULES-REFUSED.txt", encoding: .utf8)
      #expect(note.contains("版本") && note.contains("more.yaml:3:"), "\(note)")
      #expect(daemon.err.contains("版本"), "\(daemon.err)")
      #expect(try root.triaged("status").out.contains("more.yaml:3:"))
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20) && daemon.outcome.status == 0)
    }
    try root.drop("hotline/b.yaml", lamp)
    try root.once(at: "2026-11-19T16:30")
    let cases = try root.cases()
    #expect(cases.count == 2 && cases.allSatisfy { $0["level"] as? String == "yellow" }, "\(cases)")
    for one in cases {
      let id = try #require(one["id"] as? String)
      #expect(try fired(root.triaged("explain", id, "--format", "json")) == ["everything"])
      #expect(try root.triaged("show", id).out.contains("everything"))
    }
    let same = try root.triaged("replay", "--rules", Root.fixtures + "/rulebooks/sample", "--format", "json")
    #expect(same.err.isEmpty || same.status == 0, "\(same.err)")
    try root.expectSound()
  }

  @Test(
    "Once the rules are mended they are taken, and the case that was decided before is explained as it was")
  func mendedRules() throws {
    let root = try upgraded()
    try root.once(at: "2026-11-19T16:00")
    try root.write(root.rules + "/more.yaml", "# nothing of our own any more\n")
    try root.drop("hotline/b.yaml", lamp)
    try root.once(at: "2026-11-19T16:30")
    #expect(root.metric("rules_refused") == 0)
    #expect(!FileManager.default.fileExists(atPath: root.rules + "/RULES-REFUSED.txt"))
    let levels = try root.cases().map { $0["level"] as? String }
    #expect(levels == ["green", "yellow"])
    #expect(try fired(root.triaged("explain", "ZZ20261119-0001", "--format", "json")) == ["everything"])
    let whyNot = try root.triaged("explain", "ZZ20261119-0001", "--why-not", "涉暴")
    #expect(whyNot.status == 0 && whyNot.out.contains("violence"), "\(whyNot.out)\(whyNot.err)")
    try root.expectSound()
  }

  @Test("A bad edit after the upgrade is refused as one, and it says that the version has changed too")
  func badEdit() throws {
    let root = try upgraded()
    let routes = try String(contentsOfFile: root.rules + "/routes.yaml", encoding: .utf8)
    try root.write(
      root.rules + "/routes.yaml", routes + "  - {id: broken, when: {levle: red}, lead: urban}\n")
    let daemon = try root.start(at: "2026-11-19T16:00")
    let note = try String(contentsOfFile: root.rules + "/RULES-REFUSED.txt", encoding: .utf8)
    #expect(note.contains("routes.yaml:") && note.contains("more.yaml:3:") && note.contains("版本"), "\(note)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
  }

  @Test("Without an upgrade nothing is said of one")
  func noUpgrade() throws {
    let root = try Root()
    try root.once()
    let routes = try String(contentsOfFile: root.rules + "/routes.yaml", encoding: .utf8)
    try root.write(
      root.rules + "/routes.yaml", routes + "  - {id: broken, when: {levle: red}, lead: urban}\n")
    let daemon = try root.start()
    let note = try String(contentsOfFile: root.rules + "/RULES-REFUSED.txt", encoding: .utf8)
    #expect(note.contains("routes.yaml:") && !note.contains("版本"), "\(note)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
  }
}

/// What the triaged of commit 1610c94 took is known when it comes again (`Tests/Fixtures/ledger/root-1610c94.py`).
@Suite("Records of an older version, end to end")
struct OldRecordTests {
  /// A letter without a number of its source: that version told it by its file.
  private static let letter = "来信：" + String(repeating: "院墙外的排水沟堵了，雨天积水到门口。", count: 1250)

  private func old() throws -> Root {
    let root = try Root()
    try FileManager.default.removeItem(atPath: root.rules)
    let tar = try Running(
      "/usr/bin/tar", ["-xzf", Root.fixtures + "/ledger/root-1610c94.tar.gz", "-C", root.home])
    try #require(tar.ends(within: 30) && tar.outcome.status == 0, "\(tar.err)")
    return root
  }

  @Test(
    "Promise 2: a file without a number that an older version took makes no second case; another one does")
  func fileAgain() throws {
    let root = try old()
    try root.once(at: "2026-11-20T12:00")
    let count = try root.cases().count
    try root.drop("desk/大件 再寄.txt", Self.letter)
    try root.once(at: "2026-11-20T12:10")
    #expect(try root.cases().count == count)
    #expect(root.metric("duplicates_total") == 1)
    // Once more, now by a record of this version.
    try root.drop("desk/大件 三寄.txt", Self.letter)
    try root.drop("desk/路灯.txt", "来信：东门的路灯不亮，夜里看不清台阶。")
    try root.once(at: "2026-11-20T12:20")
    #expect(try root.cases().count == count + 1)
    #expect(root.names("inbox/desk") == [])
  }

  @Test("Promise 2: records with a number are known too; a cluster counts no case whose contents were erased")
  func tableAgain() throws {
    let root = try old()
    try root.once(at: "2026-11-20T12:00")
    let count = try root.cases().count
    // T-1 is open. T-2 was closed meanwhile: it is a new case, the fourth of its kind beside one that was erased.
    try root.drop("desk/表 再导.csv", "编号,标题,内容,社区\nT-1,路灯,东巷口的路灯不亮了,一社区\nT-2,井盖,西巷的井盖松动,一社区\n")
    try root.once(at: "2026-11-20T12:10")
    let cases = try root.cases()
    #expect(cases.count { $0["source_id"] as? String == "T-1" } == 1)
    #expect(cases.count <= count + 1, "\(cases.count)")
  }
}

/// `triaged check` and `triaged test` as an administrator runs them.
@Suite("Checking rules, end to end")
struct CheckTests {
  private static let rules = Root.fixtures + "/../../rules/default"

  @Test(
    "check --strict passes on the rulebook that comes with the program, up to the last year whose holidays are out"
  )
  func strict() throws {
    let passed = try Program.run(["check", "--strict", "--until", "2026-12-31", Self.rules])
    #expect(passed.status == 0, "\(passed.out)\(passed.err)")
    let further = try Program.run(["check", "--strict", "--until", "2027-06-30", Self.rules])
    #expect(further.status == 1 && further.out.contains("[calendar-ends]"), "\(further.out)")
    #expect(further.out.contains("2027"))
    #expect(try Program.run(["check", "--strict", "--until", "soon", Self.rules]).status == 2)
  }

  @Test("triaged test names the year that the calendar lacks before the tests that fail by it")
  func calendarFirst() throws {
    let root = try Root(rulebook: "rulebooks/sample")
    let calendar = try String(contentsOfFile: root.rules + "/calendar.yaml", encoding: .utf8)
    try root.write(
      root.rules + "/calendar.yaml",
      calendar.replacing("2026:", with: "2025:").replacing("2026-", with: "2025-"))
    let tests = try Program.run(["test", root.rules])
    #expect(tests.status == 1)
    #expect(tests.err.contains("2026") && tests.err.contains("holidays"), "\(tests.err)")
    let check = try Program.run(["check", root.rules])
    #expect(check.out.contains("calendar.yaml:") && check.out.contains("[calendar-ends]"))
  }

  @Test("--why-not takes a rule by its title")
  func whyNotByTitle() throws {
    let root = try Root()
    try root.write("case.yaml", Desk.simple("A-1"))
    let file = root.path + "/case.yaml"
    let byTitle = try Program.run([
      "explain", file, "--rules", root.rules, "--why-not", "涉暴", "--format", "json",
    ])
    #expect(byTitle.objects.first?["rule"] as? String == "violence", "\(byTitle.out)\(byTitle.err)")
    let unknown = try Program.run(["explain", file, "--rules", root.rules, "--why-not", "涉爆"])
    #expect(unknown.status == 1 && unknown.err.contains("涉暴"), "\(unknown.err)")
  }
}
