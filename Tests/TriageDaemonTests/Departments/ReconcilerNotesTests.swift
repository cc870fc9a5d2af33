import Testing
import TriageCore

@testable import TriageDaemon

@Suite("A look into a queue tells notices, reminders, requests and notes that have had their time")
struct ReconcilerNotesTests: Reconciling {
  let root = Root()
  let scan = QueueScan()

  @Test("The newest notice of a case stays beside its item; older ones, and those by number, are put away")
  func notices() throws {
    _ = try root.queue()
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    for day in ["20261010", "20261012"] { root.write("x", "new/ZZ20261012-0001.notice-\(day).txt") }
    root.write("x", "accepted/ZZ20261012-0001.notice-3.txt")
    // Cases in which the department has nothing any more: within a week, and after it.
    root.write("x", "new/ZZ20261012-0002.notice-20261006.txt")
    root.write("x", "new/ZZ20261012-0003.notice-20261004.txt")
    #expect(
      said(try plan([row(.accepted)])) == [
        "shelve accepted/ZZ20261012-0001.notice-3.txt to closed/notices",
        "shelve new/ZZ20261012-0001.notice-20261010.txt to closed/notices",
        "shelve new/ZZ20261012-0001.notice-20261012.txt to accepted",
        "shelve new/ZZ20261012-0003.notice-20261004.txt to closed/notices",
      ])
  }

  @Test("Of reminders and of each list the newest stays; what a clerk keeps there is left alone")
  func reminders() throws {
    _ = try root.queue()
    for name in [
      "2026-10-11.txt", "2026-10-12.txt", "weekly-2026-10-05.txt", "weekly-2026-10-12.txt",
      "daily-2026-10-09.txt",
      "ZZ20261012-0001.accept-lead-1-50pct.txt", "会议-2026-10-01.txt", "记事.txt",
    ] {
      root.write("x", "reminders/\(name)")
    }
    #expect(
      said(try plan([])) == [
        "shelve reminders/2026-10-11.txt to reminders/archive",
        "shelve reminders/ZZ20261012-0001.accept-lead-1-50pct.txt to reminders/archive",
        "shelve reminders/weekly-2026-10-05.txt to reminders/archive",
      ])
  }

  @Test("A request is told until it is refused, and again when it changed")
  func requests() throws {
    _ = try root.queue()
    root.write("", "requests/ZZ20261012-0001 备注.txt")
    root.write("x", "requests/ZZ20261012-0001 备注.txt.problem.txt")
    let findings = try plan([])
    #expect(said(findings) == ["request ZZ20261012-0001 备注.txt"])
    for case .request(let entry) in findings { scan.leave(entry) }
    #expect(try plan([]).isEmpty)
    root.write("已到场", "requests/ZZ20261012-0001 备注.txt")
    #expect(said(try plan([])) == ["request ZZ20261012-0001 备注.txt"])
  }

  @Test("A problem note goes when its item or its request has gone")
  func notes() throws {
    _ = try root.queue()
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    root.write("x", "accepted/ZZ20261012-0001.problem.txt")
    root.write("x", "requests/ZZ20261012-0001 备注.txt.problem.txt")
    #expect(said(try plan([row(.accepted)])) == ["spent requests/ZZ20261012-0001 备注.txt.problem.txt"])
    // What stays in closed/ tells of a file there.
    root.write("x", "closed/ZZ20261012-0001.yaml.copy-note.txt")
    root.move("accepted/ZZ20261012-0001.yaml", "done/ZZ20261012-0001.yaml")
    // Under judgement: a clerk who repeats a mistake still finds why.
    #expect(!said(try plan([row(.accepted)])).contains("spent accepted/ZZ20261012-0001.problem.txt"))
    #expect(said(try plan([row(.done)])).contains("spent accepted/ZZ20261012-0001.problem.txt"))
  }
}
