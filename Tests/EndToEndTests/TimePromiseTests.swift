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
    #expect(root.names("queues/urban/reminders").count == 1, "\(root.names("queues/urban/reminders"))")
    let digest = try #require(
      root.names("queues/urban/reminders").first.flatMap { root.read("queues/urban/reminders/\($0)") })
    for one in try root.cases() { #expect(digest.contains(one["id"] as? String ?? "?")) }
    #expect(root.names("queues/leader/reminders").count <= 1)
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
}

extension Root {
  /// Every reminder file and what it says.
  var reminders: [String: String] {
    var found: [String: String] = [:]
    for department in names("queues") {
      for name in names("queues/\(department)/reminders") {
        found["\(department)/\(name)"] = read("queues/\(department)/reminders/\(name)")
      }
    }
    return found
  }
}
