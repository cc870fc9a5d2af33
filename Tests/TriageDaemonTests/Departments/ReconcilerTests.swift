import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

/// "Clerks are human": what people do to files, seen on a real folder.
@Suite("A look into a queue says what the department did")
struct ReconcilerTests {
  private let root = Root()
  private let scan = QueueScan()
  private let item = ItemID("ZZ20261012-0001")!
  private let today = Bureau.day
  /// Long after anything that the test writes.
  private let later = Instant(seconds: Int64(time(nil)) + 3600)

  private func row(
    _ status: Assignment.Status, _ item: String = "ZZ20261012-0001", _ department: DepartmentID = "urban"
  ) -> CaseIndex.ItemRow {
    .init(item: ItemID(item)!, department: department, status: status, openedAt: Bureau.monday)
  }

  private func file(_ item: String = "ZZ20261012-0001") -> String { "item: \(item)\nreply:\n  result:\n" }

  private func plan(
    _ expected: [CaseIndex.ItemRow], undelivered: Set<ItemID> = [], known: [CaseIndex.ItemRow] = [],
    now: Instant? = nil
  ) throws -> [QueueFinding] {
    let snapshot = try scan.scan(try root.queue(), now: now ?? later)
    let knowledge = Reconciler.Knowledge(
      expected: expected, undelivered: undelivered, today: today,
      lookup: { item in (expected + known).first { $0.item == item } })
    return Reconciler.plan(snapshot, knowledge, now: now ?? later)
  }

  /// A finding without the entry's stamps: `accepted accepted/ZZ….yaml`.
  private func said(_ findings: [QueueFinding]) -> [String] {
    findings.map { finding in
      func at(_ entry: QueueEntry) -> String { "\(entry.folder.rawValue)/\(entry.name.shown)" }
      return switch finding {
      case .accepted(_, let entry): "accepted \(at(entry))"
      case .handedIn(_, let entry, let from): "handed in \(at(entry)) from \(from)"
      case .returned(_, let entry, let from): "returned \(at(entry)) from \(from)"
      case .takenBack(_, let entry): "taken back \(at(entry))"
      case .missing(let item): "missing \(item)"
      case .copy(_, let entry, let kept, _): "copy \(at(entry)) of \(at(kept))"
      case .gather(_, let entry, let folder): "gather \(at(entry)) to \(folder)"
      case .renamed(_, let entry): "renamed \(at(entry))"
      case .shelve(let entry, let folder): "shelve \(at(entry)) to \(folder.rawValue)"
      case .misplaced(_, let entry, let folder): "misplaced \(at(entry)) to \(folder)"
      case .foreign(_, let entry, let owner, let folder): "foreign \(at(entry)) to \(owner)/\(folder)"
      case .ended(_, let entry): "ended \(at(entry))"
      case .request(let entry): "request \(entry.name.shown)"
      case .spentNote(let entry): "spent \(at(entry))"
      case .unreadable(_, let entry): "unreadable \(at(entry))"
      case .lift(let entry, let nest, let folder): "lift \(nest.shown)/\(entry.name.shown) to \(folder)"
      case .folderRequest(let nest): "folder \(nest.shown)"
      case .shut(let folder, _): "shut \(folder.rawValue)"
      case .unknown(let entry): "unknown \(at(entry))"
      }
    }
  }

  @Test(
    "Moves are what the department means",
    arguments: [
      (Assignment.Status.new, "new", [] as [String]),
      (.new, "accepted", ["accepted accepted/ZZ20261012-0001.yaml"]),
      (.new, "done", ["handed in done/ZZ20261012-0001.yaml from new"]),
      (.accepted, "done", ["handed in done/ZZ20261012-0001.yaml from accepted"]),
      (.accepted, "returned", ["returned returned/ZZ20261012-0001.yaml from accepted"]),
      (.done, "done", []), (.done, "accepted", ["taken back accepted/ZZ20261012-0001.yaml"]),
      (.accepted, "new", ["misplaced new/ZZ20261012-0001.yaml to accepted"]),
      (.new, "closed", ["misplaced closed/ZZ20261012-0001.yaml to new"]),
      (.accepted, "reminders", ["misplaced reminders/ZZ20261012-0001.yaml to accepted"]),
      (.accepted, ".", ["misplaced ./ZZ20261012-0001.yaml to accepted"]),
      (.returned, "accepted", ["misplaced accepted/ZZ20261012-0001.yaml to returned"]),
    ])
  func moves(status: Assignment.Status, folder: String, findings: [String]) throws {
    _ = try root.queue()
    root.write(file(), "\(folder)/ZZ20261012-0001.yaml")
    #expect(said(try plan([row(status)])) == findings)
  }

  @Test(
    "A renamed item is known by its head, else by the start of its name",
    arguments: [
      ("随便改的名字.yaml", "item: ZZ20261012-0001\n"), ("ZZ20261012-0001 - 副本.yaml", "改了"),
      ("ZZ20261012-0001.yaml.txt", "改了"),
      ("ZZ20261012-0001(1).yaml", "\u{FEFF}item: \"ZZ20261012-0001\"\r\n"), ("ZZ20261012-0001 办好了", ""),
    ])
  func renamed(name: String, content: String) throws {
    _ = try root.queue()
    root.write(content, "accepted/\(name)")
    #expect(said(try plan([row(.new)])) == ["accepted accepted/\(name)", "renamed accepted/\(name)"])
  }

  @Test("Of two copies the most advanced folder counts and the other goes to closed")
  func copies() throws {
    _ = try root.queue()
    root.write(file(), "new/ZZ20261012-0001.yaml")
    root.write(file(), "accepted/ZZ20261012-0001 - 副本.yaml")
    #expect(
      said(try plan([row(.new)])) == [
        "copy new/ZZ20261012-0001.yaml of accepted/ZZ20261012-0001 - 副本.yaml",
        "accepted accepted/ZZ20261012-0001 - 副本.yaml", "renamed accepted/ZZ20261012-0001 - 副本.yaml",
      ])
  }

  private var filled: String { "item: ZZ20261012-0001\nreply:\n  result: 已化解\n" }

  @Test("Of two files the form that is filled in counts, in the folder that the item was moved to")
  func filledCounts() throws {
    _ = try root.queue()
    root.write(filled, "accepted/ZZ20261012-0001.yaml")
    root.write(file(), "done/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy done/ZZ20261012-0001.yaml of accepted/ZZ20261012-0001.yaml",
        "gather accepted/ZZ20261012-0001.yaml to done",
      ])
    root.move("accepted/ZZ20261012-0001.yaml", "done/ZZ20261012-0001 (2).yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy done/ZZ20261012-0001.yaml of done/ZZ20261012-0001 (2).yaml",
        "handed in done/ZZ20261012-0001 (2).yaml from accepted", "renamed done/ZZ20261012-0001 (2).yaml",
      ])
  }

  private func answer(_ summary: String) -> String { filled + "  summary: \(summary)\n" }

  @Test(
    "Of two forms that are filled in the one in the most advanced folder counts, however new the other is")
  func advancedCounts() throws {
    _ = try root.queue()
    let words = file() + "  summary: 先记一笔\n"
    let reason = file() + "  return_reason: incomplete\n"
    for (folder, draft) in [
      ("accepted", answer("草稿")), ("accepted", words), ("returned", reason), ("new", answer("草稿")),
    ] {
      root.write(answer("定稿"), "done/ZZ20261012-0001.yaml")
      usleep(20_000)
      root.write(draft, "\(folder)/ZZ20261012-0001.yaml")
      #expect(
        said(try plan([row(.accepted)])) == [
          "copy \(folder)/ZZ20261012-0001.yaml of done/ZZ20261012-0001.yaml",
          "handed in done/ZZ20261012-0001.yaml from accepted",
        ], "\(folder)")
      unlink("\(root.layout.path(of: "urban"))/\(folder)/ZZ20261012-0001.yaml")
    }
  }

  @Test("Half a form that was handed in gives way to the whole one that was saved where it had been")
  func wholeCounts() throws {
    _ = try root.queue()
    root.write(file() + "  summary: 先记一笔\n", "done/ZZ20261012-0001.yaml")
    root.write(answer("定稿"), "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy done/ZZ20261012-0001.yaml of accepted/ZZ20261012-0001.yaml",
        "gather accepted/ZZ20261012-0001.yaml to done",
      ])
  }

  @Test("A form is not handed in while another in which something else stands may still be written")
  func othersWait() throws {
    _ = try root.queue()
    root.write(answer("定稿"), "done/ZZ20261012-0001.yaml")
    root.write(answer("草稿"), "accepted/ZZ20261012-0001.yaml")
    let present = Instant(seconds: Int64(time(nil)))
    #expect(try plan([row(.accepted)], now: present).isEmpty)
    root.write(answer("定稿"), "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)], now: present)) == ["handed in done/ZZ20261012-0001.yaml from accepted"])
  }

  @Test("A strange file is told of when it is whole, once")
  func strangeOnce() throws {
    _ = try root.queue()
    root.write("x", "accepted/照片.jpg")
    #expect(try plan([], now: Instant(seconds: Int64(time(nil)))).isEmpty)
    #expect(said(try plan([])) == ["unknown accepted/照片.jpg"])
  }

  @Test("An empty form that was handed in waits while another file of the item may still be written")
  func emptyFormWaits() throws {
    _ = try root.queue()
    root.write(file(), "done/ZZ20261012-0001.yaml")
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    #expect(try plan([row(.accepted)], now: Instant(seconds: Int64(time(nil)))).isEmpty)
  }

  @Test("The same form twice: the one under the item's name stays, however the copy's times are")
  func sameForm() throws {
    _ = try root.queue()
    root.write(filled, "accepted/ZZ20261012-0001.yaml")
    usleep(20_000)
    root.write(filled, "accepted/复件 ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy accepted/复件 ZZ20261012-0001.yaml of accepted/ZZ20261012-0001.yaml"
      ])
  }

  @Test("What was handed in and taken is not displaced by what comes later")
  func takenStays() throws {
    _ = try root.queue()
    root.write(filled, "done/ZZ20261012-0001.yaml")
    usleep(20_000)
    root.write(filled + "  summary: 又写的\n", "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.done)])) == ["copy accepted/ZZ20261012-0001.yaml of done/ZZ20261012-0001.yaml"])
  }

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

  @Test("A copy that may still be being written closes nothing yet")
  func copyInProgress() throws {
    _ = try root.queue()
    root.write(file(), "new/ZZ20261012-0001.yaml")
    root.write("", "accepted/ZZ20261012-0001.yaml")
    let findings = try plan([row(.new)], now: Instant(seconds: Int64(time(nil))))
    #expect(said(findings) == ["accepted accepted/ZZ20261012-0001.yaml"])
  }

  @Test("A document in the place of an item is told of, and no blank form is delivered while it lies there")
  func document() throws {
    _ = try root.queue()
    for name in ["ZZ20261012-0001.docx", "ZZ20261012-0001 办结.wps"] {
      root.write("PK\u{3}\u{4}", "done/\(name)")
      #expect(said(try plan([row(.accepted)])) == ["unreadable done/\(name)"])
      // Beside a form it is one of the papers of the answer.
      root.write(file(), "done/ZZ20261012-0001.yaml")
      #expect(said(try plan([row(.accepted)])) == ["handed in done/ZZ20261012-0001.yaml from accepted"])
      for gone in [name, "ZZ20261012-0001.yaml"] {
        unlink("\(root.layout.path(of: .done, "urban"))/\(gone)")
      }
    }
    root.write("x", "done/ZZ20261012-0001.jpg")
    #expect(said(try plan([row(.accepted)])) == ["missing ZZ20261012-0001"])
  }

  private func makeFolder(_ path: String) { mkdir("\(root.layout.path(of: "urban"))/\(path)", 0o755) }

  @Test("What lies one folder too deep is taken out, with the papers beside it; it is not missing")
  func nests() throws {
    _ = try root.queue()
    for folder in ["done/我的办结", "accepted（办理中）", "accepted/new"] { makeFolder(folder) }
    root.write(file(), "done/我的办结/随便.yaml")
    root.write("x", "done/我的办结/ZZ20261012-0001 现场.jpg")
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    root.write(file("ZZ20261012-0002"), "accepted（办理中）/ZZ20261012-0002.yaml")
    root.write(file("ZZ20261012-0003"), "accepted/new/ZZ20261012-0003.yaml")
    let rows = [row(.accepted), row(.accepted, "ZZ20261012-0002"), row(.new, "ZZ20261012-0003")]
    #expect(
      said(try plan(rows)) == [
        "lift done/我的办结/随便.yaml to done", "lift done/我的办结/ZZ20261012-0001 现场.jpg to done",
        "lift accepted（办理中）/ZZ20261012-0002.yaml to accepted",
        "lift accepted/new/ZZ20261012-0003.yaml to accepted",
      ])
    // While it is still being copied there nothing is said.
    let present = Instant(seconds: Int64(time(nil)))
    #expect(try plan(rows, now: present).isEmpty)
    // A clerk's own keeping, no further than the item itself, is left alone.
    makeFolder("accepted/备份")
    root.write(file("ZZ20261012-0004"), "accepted/备份/ZZ20261012-0004.yaml")
    root.write(file("ZZ20261012-0004"), "accepted/ZZ20261012-0004.yaml")
    let all = said(try plan(rows + [row(.accepted, "ZZ20261012-0004")]))
    #expect(all.count == 4 && !all.contains { $0.contains("0004") }, "\(all)")
  }

  @Test("A folder among the requests: requests in it are taken out, of another its clerk is told")
  func requestFolders() throws {
    _ = try root.queue()
    for folder in ["请求", "ZZ20261012-0001 延期", "空"] { makeFolder("requests/\(folder)") }
    root.write("x", "requests/请求/ZZ20261012-0001 备注.txt")
    root.write("x", "requests/ZZ20261012-0001 延期/说明.txt")
    root.write("x", "requests/ZZ20261012-0001 延期.problem.txt")
    #expect(
      said(try plan([])).sorted() == [
        "folder requests/ZZ20261012-0001 延期", "lift requests/请求/ZZ20261012-0001 备注.txt to requests",
      ])
  }

  @Test("A folder that cannot be looked into is told of, and what is not seen is not missing")
  func shutFolder() throws {
    _ = try root.queue()
    root.move("returned", "returned_old")
    root.write("", "returned")
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.new), row(.accepted, "ZZ20261012-0002")])) == [
        "shut returned", "accepted accepted/ZZ20261012-0001.yaml",
      ])
  }

  @Test("A deleted item is missing, unless it is still to be delivered")
  func deleted() throws {
    #expect(said(try plan([row(.accepted)])) == ["missing ZZ20261012-0001"])
    #expect(try plan([row(.new)], undelivered: [item]).isEmpty)
  }

  @Test("Another department's item is to be put back where that department had it")
  func foreign() throws {
    _ = try root.queue()
    root.write(file("ZZ20261012-0002"), "new/ZZ20261012-0002.yaml")
    let findings = try plan([], known: [row(.accepted, "ZZ20261012-0002", "police")])
    #expect(said(findings) == ["foreign new/ZZ20261012-0002.yaml to police/accepted"])
  }

  @Test("An item whose task has ended belongs into closed")
  func ended() throws {
    _ = try root.queue()
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    root.write(file("ZZ20261012-0002"), "closed/ZZ20261012-0002.yaml")
    let findings = try plan([], known: [row(.ended), row(.ended, "ZZ20261012-0002")])
    #expect(said(findings) == ["ended accepted/ZZ20261012-0001.yaml"])
  }

  @Test("Temporary names, companions and folders are no items; other files are left alone and told once")
  func otherFiles() throws {
    _ = try root.queue()
    for name in [
      ".~lock.ZZ20261012-0001.yaml#", "~$ZZ20261012-0001.yaml", "ZZ20261012-0001.yaml.tmp",
      "ZZ20261012-0001.yaml~",
    ] {
      root.write(file(), "accepted/\(name)")
    }
    root.write("x", "new/ZZ20261012-0001.notice-20261012.txt")
    root.write("x", "accepted/ZZ20261012-0001 现场照片.jpg")
    mkdir("\(root.layout.path(of: .accepted, "urban"))/新建文件夹", 0o755)
    symlink("/etc/hostname", "\(root.layout.path(of: .accepted, "urban"))/ZZ20261012-0001.yaml")
    root.write(file(), "new/ZZ20261012-0001.yaml")
    let findings = try plan([row(.new)])
    // A photograph of the case is no stranger.
    #expect(said(findings) == ["unknown accepted/ZZ20261012-0001.yaml"])
    for case .unknown(let entry) in findings { scan.leave(entry) }
    #expect(try plan([row(.new)]).isEmpty)
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

  @Test("A snapshot taken while files moved proves no deletion")
  func unsteady() throws {
    var snapshot = try scan.scan(try root.queue(), now: later)
    snapshot.isUnsteady = true
    let knowledge = Reconciler.Knowledge(expected: [row(.new)], today: today, lookup: { _ in nil })
    #expect(Reconciler.plan(snapshot, knowledge, now: later).isEmpty)
  }

  @Test("Order-free: the order of files and of the ledger's rows changes nothing")
  func orderFree() throws {
    _ = try root.queue()
    for number in 1...9 {
      root.write(file("ZZ20261012-000\(number)"), "accepted/ZZ20261012-000\(number).yaml")
    }
    let rows = (1...9).map { row(.new, "ZZ20261012-000\($0)") }
    #expect(try plan(rows) == plan(rows.reversed()))
  }
}
