import Foundation
import Testing

/// Lists at their times, and the report command. The sample's weekly list comes on Mondays at nine.
@Suite("Lists and reports, end to end")
struct ReportTests {
  /// A case of Thursday the 19th that nobody has touched: overdue on Friday evening.
  private func neglected() throws -> Root {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    return root
  }

  private func lists(_ root: Root) -> [String] { root.names("reports").filter { $0.hasPrefix("weekly") } }

  @Test("A list is written at its time, and its department told through its queue")
  func atItsTime() throws {
    let root = try neglected()
    #expect(lists(root) == [])
    try root.once(at: "2026-11-23T08:59")
    #expect(lists(root) == [])
    try root.once(at: "2026-11-23T09:00")
    #expect(lists(root) == ["weekly-2026-11-23.csv", "weekly-2026-11-23.txt"])
    let id = try #require(try root.onlyCase()["id"] as? String)
    #expect(root.read("reports/weekly-2026-11-23.csv")?.contains(id) == true)
    #expect(root.read("queues/center/reminders/weekly-2026-11-23.txt")?.contains(id) == true)
    #expect(!root.names("queues/leader/reminders").contains { $0.hasPrefix("weekly") })
    try root.expectSound()
  }

  @Test("Promise 2: an occasion makes one list, however often the daemon restarts")
  func once() throws {
    let root = try neglected()
    try root.once(at: "2026-11-23T09:05")
    try root.remove("reports/weekly-2026-11-23.csv")
    try root.remove("queues/center/reminders/weekly-2026-11-23.txt")
    for _ in 1...2 { try root.once(at: "2026-11-23T09:10") }
    #expect(lists(root) == ["weekly-2026-11-23.txt"])
    #expect(!root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
  }

  @Test("Promise 8: after weeks of downtime the last occasion alone is made up for")
  func afterDowntime() throws {
    let root = try neglected()
    try root.once(at: "2026-12-15T10:00")
    #expect(lists(root) == ["weekly-2026-12-14.csv", "weekly-2026-12-14.txt"])
  }

  @Test("A department whose share is gone is told when it is back")
  func shareBack() throws {
    let root = try neglected()
    let marker = try #require(root.read("queues/center/.triaged"))
    try root.remove("queues/center/.triaged")
    try root.once(at: "2026-11-23T09:05", status: 1)
    #expect(lists(root).count == 2)
    #expect(!root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
    try root.write("queues/center/.triaged", marker)
    try root.once(at: "2026-11-23T09:10")
    #expect(root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
  }

  @Test("A list that the disk does not give back at once is told when it does")
  func unreadable() throws {
    guard Faultpoint.shim != nil else { return print("unreadable list: skipped, there is no C compiler") }
    let root = try neglected()
    let failed = try Faultpoint.run(
      root, .ioError, on: "read", below: root.path + "/reports", at: 1, time: "2026-11-23T09:05")
    #expect(failed.isMet && failed.outcome.signal == nil, "\(failed.outcome.err)")
    #expect(lists(root).count == 2 && failed.outcome.err.contains("清单“weekly”读不出来"), "\(failed.outcome.err)")
    #expect(!root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
    try root.once(at: "2026-11-23T09:10")
    #expect(root.names("queues/center/reminders").contains("weekly-2026-11-23.txt"))
  }

  @Test("Promise 9: neither lists nor reports show contact data, and spreadsheets see no formula")
  func contactAndFormulas() throws {
    let root = try Root()
    try root.drop(
      "desk/a.yaml",
      Desk.simple("A-1", "=HYPERLINK(1)") + "\ncontact_name: 张三丰\ncontact_phone: '13800001234'\n")
    try root.once()
    try root.once(at: "2026-11-23T09:05")
    let csv = try #require(root.read("reports/weekly-2026-11-23.csv"))
    #expect(csv.contains("\"'=HYPERLINK(1)\""))
    var all = lists(root).compactMap { root.read("reports/\($0)") }
    for format in ["text", "json", "csv"] {
      let outcome = try root.triaged("report", "--at", "2026-11-23T09:05", "--format", format)
      #expect(outcome.status == 0, "\(outcome.err)")
      all.append(outcome.out)
    }
    for text in all {
      #expect(!text.contains("13800001234"))
      #expect(!text.contains("张三丰"))
    }
  }

  @Test("The report counts what came, what is late, and says whether targets were met")
  func report() throws {
    let root = try neglected()
    let outcome = try root.triaged(
      "report", "--period", "month", "--at", "2026-11-28T12:00", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let report = try #require(outcome.objects.first)
    let sums = try #require(report["sums"] as? [String: Any])
    #expect(sums["taken"] as? Int == 1)
    #expect(sums["overdue"] as? Int == 1)
    let lists = try #require(report["lists"] as? [[String: Any]])
    #expect(lists.first?["total"] as? Int == 1)
    let indicators = try #require(report["indicators"] as? [[String: Any]])
    #expect(indicators.first?["of"] as? Int == 0)
    let before = try root.triaged(
      "report", "--period", "month", "--previous", "--at", "2026-11-28T12:00", "--format", "json")
    #expect((before.objects.first?["sums"] as? [String: Any])?["taken"] as? Int == 0)
    let list = try root.triaged("report", "--list", "weekly", "--at", "2026-11-28T12:00", "--format", "json")
    #expect(list.objects.count == 1)
    #expect(try root.triaged("report", "--list", "wekly").status == 2)
  }
}
