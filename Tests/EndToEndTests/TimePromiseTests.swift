import Foundation
import Testing

/// Reminders and deadlines over days, by running the daemon's clock ahead.
@Suite("Time, end to end")
struct TimePromiseTests {
  @Test("Promise 2: a reminder slot is one reminder, however often the daemon restarts")
  func remindersOnce() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.once(at: "2026-11-20T17:31")
    let reminded = try root.events(of: id).filter { $0 == "reminded" }
    #expect(!reminded.isEmpty)
    try root.once(at: "2026-11-23T09:00")
    let events = try root.events(of: id)
    let files = root.reminders
    #expect(files.values.contains { $0.contains(id) })
    for _ in 1...3 {
      let daemon = try root.start(at: "2026-11-23T09:00")
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20))
      #expect(try root.events(of: id) == events)
      #expect(root.reminders == files)
    }
    try root.expectSound()
  }

  @Test("Promise 8: a week of downtime makes one digest a department, and no storm")
  func aWeekOfDowntime() throws {
    let root = try Root()
    for number in 1...5 { try root.drop("desk/\(number).yaml", Desk.simple("A-\(number)")) }
    try root.once()
    try root.once(at: "2026-11-27T09:00")
    let digest = try #require(root.read("queues/urban/reminders/2026-11-27.txt"))
    for one in try root.cases() { #expect(digest.contains(one["id"] as? String ?? "?")) }
    #expect(
      root.reminders.keys.filter { !$0.contains("weekly") }.sorted() == [
        "leader/2026-11-27.txt", "urban/2026-11-27.txt",
      ])
    // Escalations of many cases are told in the same file, not in one a case.
    let told = try #require(root.read("queues/leader/reminders/2026-11-27.txt"))
    for one in try root.cases() { #expect(told.contains(one["id"] as? String ?? "?")) }
    #expect(root.tree("queues").filter { $0.contains(".notice-") } == [])
    let before = root.reminders
    try root.once(at: "2026-11-27T09:05")
    #expect(root.reminders == before)
  }

  @Test("Promise 8: a clock that is put back neither repeats nor loses a reminder")
  func clockPutBack() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.once(at: "2026-11-23T09:00")
    let events = try root.events(of: id)
    try root.once(at: "2026-11-20T12:00")
    try root.once(at: "2026-11-23T09:01")
    #expect(try root.events(of: id) == events)
  }

  @Test("Promise 8: a deadline over a year without a holiday notice is marked provisional")
  func provisional() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once(at: "2026-12-30T10:00")
    #expect(try root.onlyCase()["provisional"] as? Bool == true)
    let item = try #require(
      root.names("queues/urban/new").first.flatMap { root.read("queues/urban/new/\($0)") })
    #expect(item.contains("暂定"))
  }

  @Test("What nobody accepts is told to whoever stands above, and what nobody resolves goes up, once")
  func escalation() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    // Accept by Friday's close, four working hours later is Monday 14:30.
    try root.once(at: "2026-11-23T15:00")
    #expect(root.names("queues/leader/new").contains { $0.hasPrefix(id) && $0.hasSuffix(".txt") })
    // Resolve by 11-26, three working days later is 12-01.
    try root.once(at: "2026-12-02T09:00")
    #expect(try root.onlyCase()["lead"] as? String == "leader")
    let events = try root.events(of: id)
    #expect(events.count { $0 == "lead_changed" } == 1)
    try root.once(at: "2026-12-02T09:10")
    #expect(try root.events(of: id) == events)
    #expect(root.exists("queues/leader/new/\(id).lead-2.yaml"))
    try root.expectSound()
  }

  @Test(
    "Promise 8: a deadline in an unknown year is provisional until the holidays are imported, and who holds the case is told"
  )
  func holidaysComeLater() throws {
    let root = try Root()
    let daemon = try root.start(at: "2026-12-29T09:00")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 })
    let id = try #require(try root.onlyCase()["id"] as? String)
    func resolve() throws -> [String: Any]? {
      let deadlines = try root.triaged("show", id, "--format", "json").objects.first?["deadlines"]
      return (deadlines as? [[String: Any]])?.last { $0["stage"] as? String == "resolve" }
    }
    #expect(try resolve()?["provisional"] as? Bool == true)
    #expect(try resolve()?["due"] as? String == "2027-01-05T17:30:00+08:00")

    let file = root.home + "/2027.csv"
    try root.write(
      file, "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-04,holiday_in_lieu,元旦\n2027-10-01,holiday,国庆节\n")
    let imported = try Program.run(["calendar", "import", file, "--rules", root.rules])
    #expect(imported.status == 0, "\(imported.err)")
    #expect(try eventually { try resolve()?["provisional"] as? Bool == false })
    #expect(try resolve()?["due"] as? String == "2027-01-07T17:30:00+08:00")
    let notices = ["\(id).notice-20261229.txt"]
    func told() -> [String] { root.names("queues/urban/new").filter { $0.hasSuffix(".txt") } }
    #expect(eventually { told() == notices })
    #expect(root.read("queues/urban/new/\(notices[0])")?.contains("2027-01-07 17:30") == true)

    let again = try Program.run(["calendar", "import", file, "--rules", root.rules])
    #expect(again.status == 0 && again.err.contains("2027"))
    let shorter = "date,kind\n2026-01-01,holiday\n2026-10-01,holiday\n"
    try root.write(file, shorter)
    let other = try Program.run(["calendar", "import", file, "--rules", root.rules])
    #expect(other.status == 1 && other.err.contains("2026-01-02"), "\(other.err)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    try root.once(at: "2026-12-29T10:00")
    #expect(told() == notices, "what was told is not told again")
  }

  @Test(
    "A doubtful table of holidays is said to be so, one with a year that cannot be is not imported at all")
  func doubtfulHolidays() throws {
    let root = try Root()
    let file = root.home + "/table.csv"
    func table(of year: Int, _ more: [String]) -> [String] {
      ["\(year)-01-01,holiday,元旦", "\(year)-10-01,holiday,国庆节"] + more
    }
    func imported(_ rows: [String]) throws -> Program.Outcome {
      try root.write(file, (["date,kind,name"] + rows).joined(separator: "\n") + "\n")
      return try Program.run(["calendar", "import", file, "--rules", root.rules])
    }
    func isWritten(_ year: Int) -> Bool {
      FileManager.default.fileExists(atPath: root.rules + "/holidays-\(year).yaml")
    }
    let sound = try imported(table(of: 2027, ["2027-10-09,makeup_workday,"]))
    #expect(sound.status == 0 && isWritten(2027) && !sound.err.contains("note:"), "\(sound.err)")
    let without = try imported(table(of: 2028, []))
    #expect(without.status == 0 && isWritten(2028), "\(without.err)")
    #expect(without.err.contains("note: 2028 has no make-up working day"), "\(without.err)")
    let summer = (1...31).flatMap { day in
      ["05", "07", "08"].map { "2029-\($0)-\(day < 10 ? "0" : "")\(day),holiday,暑假" }
    }
    let free = try imported(table(of: 2029, summer))
    #expect(free.status == 0 && free.err.contains("far more than a notice has"), "\(free.err)")
    let impossible = try imported(table(of: 2030, ["2930-10-01,holiday,国庆节"]))
    #expect(impossible.status == 1 && impossible.err.contains("2930 cannot be right"), "\(impossible.err)")
    #expect(!isWritten(2030) && !isWritten(2930))
  }
}

extension Root {
  /// Every reminder file and what it says.
  var reminders: [String: String] {
    var found: [String: String] = [:]
    for department in names("queues") {
      for name in names("queues/\(department)/reminders") where name != "archive" {
        found["\(department)/\(name)"] = read("queues/\(department)/reminders/\(name)")
      }
    }
    return found
  }
}
