import Foundation
import Testing

/// Alerts through the built program: folders, timeline, restarts.
@Suite("Alerts, end to end")
struct AlertPromiseTests {
  private func neighbours(_ numbers: ClosedRange<Int>, into root: Root, text: String = "物业每月多收停车费，") throws {
    for number in numbers {
      let card = """
        title: 停车费乱收
        text: \(text)我家在\(number)栋。
        source_id: N-\(number)
        area: 一社区
        """
      try root.drop("desk/\(number).yaml", card)
    }
  }

  @Test(
    "Promise 2: five cases of a kind in one community make one alert, which is accepted, answered and over")
  func cluster() throws {
    let root = try Root()
    try neighbours(1...4, into: root)
    try root.once()
    #expect(root.alerts.isEmpty)
    try neighbours(5...5, into: root)
    try root.once()
    let alert = "ALERT-20261119-1"
    #expect(root.alerts == ["center/new/\(alert).yaml"])
    let item = try #require(root.read("queues/center/new/\(alert).yaml"))
    for one in try root.cases() {
      let id = try #require(one["id"] as? String)
      #expect(item.contains("case: \(id)"))
      #expect(one["level"] as? String == "yellow")
      #expect(try root.events(of: id).contains("listed"))
    }
    #expect(try root.cases().count == 5)
    #expect(root.read("queues/center/worklist.html")?.contains(alert) == true)
    // A sixth and a restart bring no second one; the tenth does.
    try neighbours(6...6, into: root)
    try root.once()
    try root.once()
    #expect(root.alerts.count == 1)
    try root.act("accept", alert)
    try root.once()
    #expect(root.exists("queues/center/accepted/\(alert).yaml"))
    try root.act("done", alert, "--set", "summary=已约谈物业")
    try root.once()
    #expect(root.exists("queues/center/closed/\(alert).yaml"))
    let show = try root.triaged("show", alert)
    #expect(show.status == 0 && show.out.contains("已约谈物业"))
    try neighbours(7...10, into: root)
    try root.once()
    #expect(root.exists("queues/center/new/ALERT-20261119-2.yaml"))
    try root.expectSound()
  }

  @Test(
    "Promise 2: what nobody accepted by the day's end is one alert a day, on working days, however often it starts"
  )
  func dayEnd() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    try root.once()
    let ids = try root.cases().compactMap { $0["id"] as? String }.sorted()
    try root.act("accept", ids[0])
    try root.once(at: "2026-11-19T16:59")
    #expect(root.alerts.isEmpty)
    for _ in 1...3 { try root.once(at: "2026-11-19T17:00") }
    #expect(root.alerts == ["center/new/ALERT-20261119-1.yaml"])
    let item = try #require(root.read("queues/center/new/ALERT-20261119-1.yaml"))
    #expect(item.contains(ids[1]) && !item.contains(ids[0]))
    // Friday's is made on Friday; a weekend makes none, and a week of downtime one.
    try root.once(at: "2026-11-20T17:00")
    #expect(root.alerts.count == 2 && root.exists("queues/center/new/ALERT-20261120-1.yaml"))
    for weekend in ["2026-11-21T18:00", "2026-11-22T18:00"] { try root.once(at: weekend) }
    #expect(root.alerts.count == 2)
    try root.once(at: "2026-11-30T18:00")
    #expect(root.alerts.count == 3)
    try root.expectSound()
  }

  @Test("Promise 9: an alert names cases and no people")
  func people() throws {
    let root = try Root()
    for number in 1...5 {
      try root.drop(
        "desk/\(number).yaml",
        """
        title: 停车费乱收
        text: 物业每月多收停车费，第\(number)户。
        source_id: P-\(number)
        area: 一社区
        contact: {name: 张三\(number), phone: '1380000000\(number)'}
        """)
    }
    try root.once()
    let item = try #require(root.read("queues/center/new/ALERT-20261119-1.yaml"))
    #expect(!item.contains("张三") && !item.contains("1380000000"))
  }
}

extension Root {
  /// Items of alerts that lie in the queues.
  fileprivate var alerts: [String] { items.filter { $0.contains("/ALERT-") } }
}
