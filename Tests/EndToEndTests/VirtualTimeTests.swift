import Foundation
import Testing

/// Commands that let virtual time pass over a ledger.
@Suite("Replay and forecast, end to end")
struct VirtualTimeTests {
  /// Three cases of the urban department, one of them accepted and resolved; history up to 30 November.
  private func lived() throws -> Root {
    let root = try Root()
    for number in 1...3 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
    try root.once()
    let id = try root.id(of: "A-1")
    try root.act("accept", id)
    try root.once(at: "2026-11-20T09:00")
    try root.act("done", id, "--set", "result=settled", "--set", "summary=已退费")
    try root.once(at: "2026-11-23T09:00")
    try root.once(at: "2026-11-30T09:00")
    return root
  }

  /// The sample's rules with one text put in the place of another.
  private func candidate(_ root: Root, _ old: String, _ new: String) throws -> String {
    let folder = root.home + "/candidate"
    try? FileManager.default.removeItem(atPath: folder)
    try copyTree(root.rules, to: folder)
    for name in ["routes.yaml", "deadlines.yaml"] {
      let path = folder + "/" + name
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    }
    return folder
  }

  @Test("replay of the rules in force changes nothing; of others it says what moves, and fails above a share")
  func replay() throws {
    let root = try lived()
    let same = try root.triaged("replay", "--rules", root.rules, "--format", "json")
    #expect(same.status == 0, "\(same.err)")
    let summary = try #require(same.objects.last)
    #expect(summary["cases"] as? Int == 3 && summary["changed"] as? Int == 0)
    let loads = try #require(summary["reminders"] as? [[String: Any]])
    #expect(loads.contains { $0["department"] as? String == "urban" && ($0["before"] as? Int ?? 0) > 3 })

    let moved = try candidate(root, "category: property}, lead: urban", "category: property}, lead: police")
    let text = try root.triaged("replay", "--rules", moved, "--cases")
    #expect(text.status == 0)
    #expect(text.out.contains("3 change department or level (100%)"), "\(text.out)")
    #expect(text.lines.count { $0.hasPrefix("ZZ") && $0.contains("urban → police") } == 3)
    let refused = try root.triaged("replay", "--rules", moved, "--fail-above", "5%", "--format", "json")
    #expect(refused.status == 1 && refused.err.contains("3 of 3"))
    let departments = try #require(refused.objects.last?["departments"] as? [[String: Any]])
    #expect(departments.count == 1 && departments[0]["cases"] as? Int == 3)
    #expect(try root.triaged("replay", "--rules", moved, "--fail-above", "100").status == 0)
  }

  @Test("replay shows deadlines that move and escalations that come or stay away")
  func deadlines() throws {
    let root = try lived()
    let shorter = try candidate(root, "resolve: 5wd,", "resolve: 1wd,")
    let outcome = try root.triaged("replay", "--rules", shorter, "--format", "json")
    let summary = try #require(outcome.objects.last, "\(outcome.err)")
    let shift = try #require((summary["deadlines"] as? [[String: Any]])?.first)
    #expect(shift["stage"] as? String == "resolve" && shift["earlier"] as? Int == 3)
    let steps = try #require(summary["escalations"] as? [[String: Any]])
    let ladder = try #require(steps.first { $0["rule"] as? String == "ladder-2" })
    // The one that was resolved the next morning is never three days late.
    #expect(ladder["before"] as? Int == 0 && ladder["gained"] as? Int == 2)
    #expect(summary["moved"] as? Int == 0 && summary["dropped_deeds"] as? Int == 0)
  }

  @Test("replay leaves cases before --since out, and refuses what it cannot use")
  func usage() throws {
    let root = try lived()
    let later = try root.triaged(
      "replay", "--rules", root.rules, "--since", "2026-11-25", "--format", "json")
    #expect(later.status == 0 && later.objects.last?["cases"] as? Int == 0)
    #expect(try root.triaged("replay").status == 2)
    #expect(try root.triaged("replay", "--rules", root.rules, "--since", "gestern").status == 2)
    #expect(try root.triaged("replay", "--rules", root.rules, "--fail-above", "viel").status == 2)
    #expect(try root.triaged("replay", "--rules", "/nonexistent").status == 1)
  }

  @Test("reminders --forecast says what the daemon then does")
  func forecast() throws {
    let root = try Root()
    for number in 1...2 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
    try root.once()
    let outcome = try root.triaged(
      "reminders", "--forecast", "1d", "--from", Root.thursday, "--format", "json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let days = outcome.objects.filter { $0["department"] as? String == "urban" }
    #expect(days.map { $0["day"] as? String } == ["2026-11-19", "2026-11-20"])
    // Accept and contact of both pass on Friday.
    #expect(days.map { $0["overdue"] as? Int } == [0, 4])
    let told = days.reduce(0) { $0 + ($1["at_once"] as? Int ?? 0) + ($1["digest"] as? Int ?? 0) }
    for hour in ["2026-11-19T17:31", "2026-11-20T11:50", "2026-11-20T16:15", "2026-11-20T17:31"] {
      try root.once(at: hour)
    }
    var reminded = 0
    for one in try root.cases() {
      let id = try #require(one["id"] as? String)
      reminded += try root.events(of: id).count { $0 == "reminded" }
    }
    #expect(told > 0 && reminded == told)
    let text = try root.triaged("reminders", "--forecast", "5wd", "--from", Root.thursday)
    #expect(text.out.contains("2 open cases") && text.out.contains("城建办"), "\(text.out)")
    #expect(try root.triaged("reminders", "--forecast", "bald").status == 2)
    #expect(try root.triaged("reminders").status == 2)
  }

  @Test("test fails below the coverage asked for, with the counts last")
  func coverage() throws {
    let sample = Root.fixtures + "/rulebooks/sample"
    let low = try Program.run(["test", sample, "--fail-under", "90%"])
    #expect(low.status == 1 && low.err.contains("90%"))
    #expect(low.lines.dropLast().last?.hasSuffix(" passed, 0 failed") == true)
    #expect(try Program.run(["test", sample, "--fail-under", "50"]).status == 0)
    let json = try Program.run(["test", sample, "--format", "json"])
    let last = try #require(json.objects.last)
    #expect(last["failed"] as? Int == 0)
    let parts = try #require(last["coverage"] as? [[String: Any]])
    #expect(parts.contains { $0["table"] as? String == "escalation" })
  }
}
