import Foundation
import Testing

/// What the daemon writes beside items: problem notes, notices, reminders.
@Suite("Notes, notices and reminders, end to end")
struct DepartmentPapersTests {
  /// A root with one case that lies with the urban department.
  private func started(reply: Int = 0) throws -> (Root, id: String) {
    let root = try Root(reply: reply)
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    return (root, try #require(try root.onlyCase()["id"] as? String))
  }

  @Test(
    "A form that is not valid gets its note at once, stays where it is, and is taken when it is mended there",
    arguments: ["done", "returned"])
  func noteAtOnce(folder: String) throws {
    let (root, id) = try started(reply: 600)
    let daemon = try root.start()
    defer { daemon.kill() }
    let file = "queues/urban/\(folder)/\(id).yaml"
    try root.fill("queues/urban/new/\(id).yaml", ["reason": "没有写全"])
    try root.move("queues/urban/new/\(id).yaml", file)
    let note = "queues/urban/\(folder)/\(id).problem.txt"
    #expect(eventually(within: 60) { root.exists(note) })
    let said = try #require(root.read(note))
    #expect(said.contains("10 分钟"), "\(said)")
    #expect(root.exists(file), "it is not put back yet")
    try root.fill(
      file, folder == "done" ? ["result": "已化解", "summary": "已退费"] : ["return_reason": "not_competent"])
    #expect(eventually(within: 60) { !root.exists(note) })
    #expect(try root.phase(of: id) == (folder == "done" ? "follow_up" : "returned"))
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    try root.expectSound()
  }

  @Test(
    "Not mended for the time that the office sets, the form goes back, with its note, and the first note goes"
  )
  func putBack() throws {
    let (root, id) = try started(reply: 3)
    let daemon = try root.start()
    defer { daemon.kill() }
    try root.move("queues/urban/new/\(id).yaml", "queues/urban/done/\(id).yaml")
    #expect(eventually(within: 60) { root.exists("queues/urban/done/\(id).problem.txt") })
    #expect(eventually(within: 60) { root.exists("queues/urban/new/\(id).yaml") })
    #expect(eventually(within: 60) { !root.exists("queues/urban/done/\(id).problem.txt") })
    #expect(root.exists("queues/urban/new/\(id).problem.txt"))
    #expect(try root.events(of: id).count { $0 == "mended" } == 1)
  }

  @Test("What a clerk writes into a note is kept when the note goes, whether the form was mended or put back")
  func wordsInNotes() throws {
    let (root, id) = try started()
    let queue = "queues/urban"
    func write(_ words: String, into note: String) throws {
      try root.write(note, try #require(root.read(note), "\(note)") + words)
    }
    func isKept(_ words: String) -> Bool {
      root.names("\(queue)/closed/notices").contains {
        root.read("\(queue)/closed/notices/\($0)")?.contains(words) == true
      }
    }
    // Put back with a note, written into, handed in anew with another mistake.
    try root.move("\(queue)/new/\(id).yaml", "\(queue)/done/\(id).yaml")
    try root.once()
    let note = "\(queue)/new/\(id).problem.txt"
    #expect(root.read(note)?.contains("请不要在里面写字") == true)
    try write("已经办好了\n", into: note)
    try root.fill("\(queue)/new/\(id).yaml", ["result": "办得好"])
    try root.move("\(queue)/new/\(id).yaml", "\(queue)/done/\(id).yaml")
    try root.once()
    #expect(isKept("已经办好了"))
    try write("双方都签字\n", into: note)
    try root.write("\(queue)/requests/\(id) 随便.txt", "多给几天")
    try root.once()
    let about = "\(queue)/requests/\(id) 随便.txt.problem.txt"
    try write("要十天\n", into: about)
    try root.remove("\(queue)/requests/\(id) 随便.txt")
    try root.write("\(queue)/README.txt", (root.read("\(queue)/README.txt") ?? "") + "小王的电话在门后\n")
    for list in ["worklist.csv", "worklist.html"] {
      try root.write("\(queue)/\(list)", try #require(root.read("\(queue)/\(list)")) + "周五前办完\(list)\n")
    }
    try root.fill("\(queue)/new/\(id).yaml", ["result": "settled", "summary": "已退费"])
    try root.move("\(queue)/new/\(id).yaml", "\(queue)/done/\(id).yaml")
    try root.once()
    #expect(try root.phase(of: id) == "follow_up")
    let kept = ["双方都签字", "要十天", "小王的电话在门后", "周五前办完worklist.csv", "周五前办完worklist.html"]
    for words in kept { #expect(isKept(words), "\(words)") }
    #expect(!root.exists(note) && !root.exists(about))
    #expect(root.read("\(queue)/README.txt")?.contains("小王") == false)
    // Notes in which nobody wrote leave nothing behind.
    #expect(root.names("\(queue)/closed/notices").count == 6)
    try root.expectSound()
  }

  @Test("A return without a reason is told which reasons there are")
  func returnReasons() throws {
    let (root, id) = try started()
    try root.move("queues/urban/new/\(id).yaml", "queues/urban/returned/\(id).yaml")
    try root.once()
    let said = try #require(root.read("queues/urban/new/\(id).problem.txt"))
    #expect(said.contains("not_competent 非本单位职责") && said.contains("return_reason"), "\(said)")
  }

  @Test("The notices of a day on a case are one file; it follows the item, and the day before is put away")
  func notices() throws {
    let (root, id) = try started()
    for number in 2...3 {
      try root.drop("desk/\(number).txt", "再次来电，询问 \(id) 何时办结，第\(number)次。")
      try root.once()
    }
    let today = "\(id).notice-20261119.txt"
    #expect(root.names("queues/urban/new").filter { $0.contains(".notice-") } == [today])
    #expect(root.read("queues/urban/new/\(today)")?.split(separator: "\n").count == 4)
    try root.act("accept", id)
    try root.once()
    #expect(root.exists("queues/urban/accepted/\(today)"))
    let mine = (root.read("queues/urban/accepted/\(today)") ?? "") + "已回电\n"
    try root.write("queues/urban/accepted/\(today)", mine)
    try root.drop("desk/4.txt", "又来电，询问 \(id) 何时办结，第四次。")
    try root.once()
    #expect(root.read("queues/urban/closed/notices/\(today)") == mine)
    #expect(root.read("queues/urban/accepted/\(today)")?.split(separator: "\n").count == 5)
    try root.drop("desk/5.txt", "第二天又来电，询问 \(id) 何时办结。")
    try root.once(at: "2026-11-20T10:00")
    #expect(
      root.names("queues/urban/accepted").filter { $0.contains(".notice-") } == ["\(id).notice-20261120.txt"])
    #expect(root.names("queues/urban/closed/notices").count == 2)
    try root.expectSound()
  }

  @Test("Reminders are one file a day; the day before is put away, and what a clerk wrote into one is kept")
  func reminders() throws {
    let (root, id) = try started()
    for hour in ["2026-11-20T11:50", "2026-11-20T16:15", "2026-11-20T17:31"] { try root.once(at: hour) }
    #expect(root.names("queues/urban/reminders") == ["2026-11-20.txt"])
    let file = "queues/urban/reminders/2026-11-20.txt"
    #expect(root.read(file)?.contains(id) == true)
    try root.write("queues/urban/reminders/我的记录.txt", "x")
    try root.once(at: "2026-11-23T17:31")
    #expect(
      root.names("queues/urban/reminders").filter { $0 != "archive" } == ["2026-11-23.txt", "我的记录.txt"])
    #expect(root.names("queues/urban/reminders/archive") == ["2026-11-20.txt"])
    try root.expectSound()
  }

  @Test("What an older version left, a notice by number and single reminders, is put away at the first start")
  func olderFiles() throws {
    let (root, id) = try started()
    try root.write("queues/urban/new/\(id).notice-1.txt", "案件 \(id) 的通知：\n")
    try root.write("queues/urban/reminders/\(id).accept-lead-1-50pct.txt", "催办提醒\n")
    try root.once()
    #expect(root.names("queues/urban/new") == ["\(id).yaml"])
    #expect(root.names("queues/urban/closed/notices") == ["\(id).notice-1.txt"])
    #expect(root.names("queues/urban/reminders") == ["archive"])
    #expect(root.names("queues/urban/reminders/archive").count == 1)
  }

  @Test("Of a case in which the department has nothing any more the last notice stays for a week")
  func lastNotice() throws {
    let (root, id) = try started()
    try root.act("assign", id, "--as", "center", "--text", "部门：派出所\n理由：属其职责")
    try root.once()
    let notice = try #require(root.names("queues/urban/new").first { $0.contains(".notice-") })
    try root.once(at: "2026-11-25T10:00")
    #expect(root.exists("queues/urban/new/\(notice)"))
    try root.once(at: "2026-11-27T10:00")
    #expect(!root.exists("queues/urban/new/\(notice)"))
    #expect(root.exists("queues/urban/closed/notices/\(notice)"))
  }

  @Test("A follow-up visit stands in the worklist with its day, and what report counts overdue the list says")
  func followUp() throws {
    let (root, id) = try started()
    try root.act("done", id, "--set", "result=settled", "--set", "summary=已退费")
    try root.once()
    try root.once(at: "2026-11-24T10:00")
    let list = try #require(root.read("queues/urban/worklist.csv"))
    #expect(list.contains("回访") && list.contains("2026-11-24 17:30"), "\(list)")
    let item = try #require(root.read("queues/urban/new/\(id).follow_up-1.yaml"))
    #expect(item.contains("follow_up: 2026-11-24 17:30"))
    try root.once(at: "2026-11-25T10:00")
    #expect(root.read("queues/urban/worklist.csv")?.contains("逾期") == true)
    let report = try root.triaged(
      "report", "--period", "month", "--at", "2026-11-25T10:00", "--format", "json")
    let sums = report.objects.first?["sums"] as? [String: Any]
    #expect(sums?["overdue"] as? Int == 1, "\(report.out)\(report.err)")
  }
}
