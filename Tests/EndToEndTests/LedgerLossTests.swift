import Foundation
import Testing

/// A ledger that was lost, emptied, changed for another or put back from an older copy is never gone on with in silence.
@Suite("A ledger that is not the root's")
struct LedgerLossTests {
  private static let large = String(repeating: "楼道里堆满了杂物，多次反映没有人管。", count: 2_000)

  /// Two cases, one of them too large for the ledger's file; the daemon is not running.
  private func worked(_ more: (Root) throws -> Void = { _ in }) throws -> Root {
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.drop("desk/b.yaml", Desk.simple("A-2", text: Self.large))
    try more(root)
    try root.once()
    #expect(try root.cases().count == 2)
    return root
  }

  private func expectRefused(
    _ root: Root, _ words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try root.drop("desk/c.yaml", Desk.simple("A-3", "路灯不亮", text: "三盏路灯不亮。"))
    let before = try root.everything()
    for options in [root.options(at: Root.thursday) + ["--once"], root.options(at: Root.thursday)] {
      let outcome = try Program.run(options, patience: 30, sourceLocation: sourceLocation)
      #expect(outcome.status == 78, "\(outcome.err)", sourceLocation: sourceLocation)
      #expect(outcome.err.contains(words), "\(outcome.err)", sourceLocation: sourceLocation)
    }
    #expect(try root.everything() == before, sourceLocation: sourceLocation)
  }

  /// Commands that only read say it too.
  private func expectSaid(
    _ root: Root, status: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for command in [["status"], ["cases"], ["show", "ZZ20261119-0001"], ["fsck"], ["ledger", "verify"]] {
      let outcome = try Program.run(command + ["--root", root.path], sourceLocation: sourceLocation)
      #expect(outcome.status == status, "\(command): \(outcome.err)", sourceLocation: sourceLocation)
      #expect(
        outcome.err.contains("triaged ledger restore"), "\(command): \(outcome.err)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(
    "Promise 1: a ledger that is gone or empty is a loss and no new beginning, whatever is left of the root",
    arguments: ["gone", "zero", "no tables", "dangling", "state emptied", "state gone"])
  func gone(how: String) throws {
    let root = try worked()
    let ledger = root.path + "/state/ledger.sqlite"
    for name in ["", "-wal", "-shm"] { unlink(ledger + name) }
    switch how {
    case "zero": try root.write("state/ledger.sqlite", "")
    case "no tables":
      // What sqlite3 makes of `.open` and a vacuum: a header page and nothing in it.
      try root.write("state/ledger.sqlite", bytes: Self.emptyDatabase)
    case "dangling": #expect(symlink(root.home + "/not-mounted/ledger.sqlite", ledger) == 0)
    case "state emptied":
      try root.remove("state")
      #expect(mkdir(root.path + "/state", 0o750) == 0)
    case "state gone": try root.remove("state")
    default: break
    }
    try expectRefused(root, "triaged ledger restore")
    try expectSaid(root, status: 78)
  }

  /// SQLite's header (sqlite.org/fileformat.html) on one page of 4,096 bytes, with an empty table of tables.
  private static let emptyDatabase: [UInt8] = {
    var page = [UInt8](repeating: 0, count: 4096)
    page.replaceSubrange(0..<16, with: Array("SQLite format 3\0".utf8))
    let header: [Int: UInt8] = [
      16: 0x10, 18: 1, 19: 1, 21: 64, 22: 32, 23: 32, 27: 1, 31: 1, 47: 4, 59: 1, 95: 1, 100: 13, 105: 0x10,
    ]
    for (offset, byte) in header { page[offset] = byte }
    return page
  }()

  @Test(
    "Promise 1: what is left tells of the ledger, be it the state, a marker, an item, what was set aside or an original",
    arguments: ["head", "rulebook", "files", "marker", "item", "set-aside"])
  func oneTrace(left: String) throws {
    let root = try worked { try $0.drop("desk/broken.yaml", "title: [\n") }
    let keep = root.home + "/keep"
    let paths = [
      "head": "state/head", "rulebook": "state/rulebook", "files": "state/files",
      "marker": "queues/urban/.triaged",
      "item": "queues/urban/new", "set-aside": "set-aside",
    ]
    let path = try #require(paths[left])
    try copyTree(root.path + "/" + path, to: keep)
    for folder in ["state", "queues", "set-aside"] { try root.remove(folder) }
    let parent = URL(fileURLWithPath: root.path + "/" + path).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try copyTree(keep, to: root.path + "/" + path)
    try expectRefused(root, path)
  }

  @Test("Another root's ledger, and another root's queue, are never taken over")
  func otherRoot() throws {
    let root = try worked()
    let other = try worked()
    for name in ["", "-wal", "-shm"] { unlink(root.path + "/state/ledger.sqlite" + name) }
    try copyTree(other.path + "/state/ledger.sqlite", to: root.path + "/state/ledger.sqlite")
    try expectRefused(root, "belongs to another root")
    try expectSaid(root, status: 78)

    // The state and its head are the other's altogether: the queues tell.
    try root.remove("state")
    try copyTree(other.path + "/state", to: root.path + "/state")
    try expectRefused(root, "queues/")

    try other.remove("queues/urban")
    try copyTree(root.path + "/queues/urban", to: other.path + "/queues/urban")
    try expectRefused(other, "queues/urban/.triaged belongs to another root")
  }

  @Test(
    "Promise 1: an older copy of the ledger, or of the whole state, does not pass for the ledger",
    arguments: ["state/ledger.sqlite", "state"])
  func olderCopy(path: String) throws {
    let root = try worked()
    let copy = root.home + "/copy"
    try copyTree(root.path + "/" + path, to: copy)
    try root.drop("desk/c.yaml", Desk.simple("C-1", "路灯不亮", text: "三盏路灯不亮。"))
    try root.once()
    for name in ["-wal", "-shm"] { unlink(root.path + "/state/ledger.sqlite" + name) }
    try root.remove(path)
    try copyTree(copy, to: root.path + "/" + path)
    try expectRefused(root, path == "state" ? ".triaged says" : "state/head says")
    // It is read all the same, and it is said.
    let cases = try root.triaged("cases", "--format", "json")
    #expect(cases.status == 0 && cases.objects.count == 2)
    #expect(cases.err.contains("is behind"), "\(cases.err)")
    let status = try root.triaged("status")
    #expect(status.status == 1 && status.out.contains("is behind"), "\(status.out)")
    let chain = try root.triaged("ledger", "verify")
    #expect(chain.status == 1 && chain.out.contains("is behind"), "\(chain.out)")
  }

  @Test(
    "Promise 1 and 2: after a restore what is newer is set aside to be taken again, and no number is given twice"
  )
  func afterRestore() throws {
    let root = try worked()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    // After the backup: a new case that a department has begun to work on, and an answer to an old one.
    try root.drop(
      "hotline/c.yaml",
      Desk.simple("C-1", "路灯不亮", text: "三盏路灯不亮，晚上看不清路。")
        + "\narea: 一社区\ncontact_name: 欧阳无双\ncontact_phone: '13977770002'\n")
    try root.once()
    let id = "ZZ20261119-0003"
    let queue = try #require(
      root.items.first { $0.contains(id) }?.split(separator: "/").first.map(String.init))
    try root.fill("queues/\(queue)/new/\(id).yaml", ["summary": "已报修"])
    try root.act("accept", id)
    try root.write("queues/\(queue)/attachments/\(id)/现场.jpg", bytes: [0xFF, 0xD8, 1, 2, 3])
    try root.once(at: "2026-11-19T10:05")

    for name in ["", "-wal", "-shm"] { unlink(root.path + "/state/ledger.sqlite" + name) }
    let restored = try root.triaged("ledger", "restore", backup)
    #expect(
      restored.status == 0 && restored.err.contains("--after-restore"), "\(restored.out)\(restored.err)")
    try expectRefused(root, "fsck --repair --after-restore")
    try root.remove("inbox/desk/c.yaml")
    // A repair alone is no word of a person.
    try root.repair(at: "2026-11-19T10:10", status: 78)

    try root.repair("--after-restore", at: "2026-11-19T10:10")
    #expect(root.names("set-aside") == [id, "\(id).reason.yaml"])
    let reason = try #require(root.read("set-aside/\(id).reason.yaml"))
    #expect(
      reason.contains("inbox/hotline/") && reason.contains("queues/\(queue)/accepted/\(id).yaml"), "\(reason)"
    )
    #expect(!root.items.contains { $0.contains(id) })
    let again = try #require(root.read("set-aside/\(id)/案件.yaml"))
    #expect(again.contains("三盏路灯不亮") && again.contains("C-1"), "\(again)")
    #expect(root.names("set-aside/\(id)").contains { $0.contains("现场.jpg") })
    let typed = try #require(root.names("set-aside/\(id)").first { $0.contains("accepted") })
    #expect(try #require(root.read("set-aside/\(id)/\(typed)")).contains("已报修"))

    // The case is taken again, under a number that was never given.
    try root.move("set-aside/\(id)", "inbox/hotline/\(id)")
    try root.remove("set-aside/\(id).reason.yaml")
    try root.drop("desk/d.yaml", Desk.simple("D-1", "井盖破损", text: "路口井盖破损。"))
    try root.once(at: "2026-11-19T10:20")
    let cases = try root.cases()
    #expect(cases.count == 4)
    #expect(!cases.contains { $0["id"] as? String == id })
    let new = try #require(cases.first { $0["source_id"] as? String == "C-1" })
    let item = try #require(root.items.first { $0.contains(new["id"] as? String ?? "?") })
    let text = try #require(root.read("queues/\(item)"))
    #expect(text.contains("欧阳无双") && text.contains("三盏路灯不亮"), "\(text)")
    try root.expectSound()
    let events = try root.triaged("ledger", "verify")
    #expect(events.out.contains("restored from a backup"), "\(events.out)")
    // Once said it is said: the next start is as every other.
    try root.once(at: "2026-11-19T10:30")
  }

  @Test(
    "Promise 1: while a known queue is away nobody goes on after a restore: its numbers would be given twice")
  func afterRestoreWithoutQueue() throws {
    let root = try worked()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    try root.drop("desk/c.yaml", Desk.simple("C-1", "停车费", text: "停车费乱收，没有公示。"))
    try root.once()
    let items = root.items
    for name in ["", "-wal", "-shm"] { unlink(root.path + "/state/ledger.sqlite" + name) }
    try root.remove("state/head")
    #expect(try root.triaged("ledger", "restore", backup).status == 0)
    #expect(rename(root.path + "/queues/urban", root.home + "/share") == 0)
    #expect(mkdir(root.path + "/queues/urban", 0o770) == 0)
    let command = root.repairing(["--after-restore"])
    let refused = try Program.run(command)
    #expect(refused.status != 0 && refused.err.contains("urban"), "\(refused.out)\(refused.err)")
    #expect(root.names("set-aside") == [] && root.names("queues/urban") == [])
    #expect(rmdir(root.path + "/queues/urban") == 0)
    #expect(rename(root.home + "/share", root.path + "/queues/urban") == 0)
    #expect(root.items == items)
    let mended = try Program.run(command)
    #expect(mended.status == 0, "\(mended.out)\(mended.err)")
    #expect(root.names("set-aside").contains("ZZ20261119-0003"))
    try root.expectSound()
  }

  @Test("After a restore an item that had ended since lies where people work again, with what was typed")
  func reopened() throws {
    let root = try worked()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    let id = "ZZ20261119-0001"
    try root.act("done", id, "--set", "result=settled", "--set", "summary=已谈妥退费")
    try root.once(at: "2026-11-19T10:05")
    // A visit fell due, too.
    try root.once(at: "2026-11-25T10:05")
    let closed = root.items.filter { $0.contains(id) && $0.contains("/closed/") }
    try #require(!closed.isEmpty, "\(root.items)")
    for name in ["", "-wal", "-shm"] { unlink(root.path + "/state/ledger.sqlite" + name) }
    #expect(try root.triaged("ledger", "restore", backup).status == 0)
    try root.repair("--after-restore", at: "2026-11-25T10:10")
    let item = try #require(root.items.first { $0.hasSuffix("/\(id).yaml") })
    #expect(item.contains("/new/"), "\(root.items)")
    #expect(try #require(root.read("queues/\(item)")).contains("已谈妥退费"))
    #expect(root.names("set-aside").contains { $0.contains("follow_up-1") })
  }

  @Test(
    "After a restore an item that bears the number of a case and is of another is set aside as a case of its own"
  )
  func numberGivenTwice() throws {
    let root = try worked()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    try root.drop("desk/c.yaml", Desk.simple("C-1", "路灯不亮", text: "三盏路灯不亮，晚上看不清路。"))
    try root.once()
    let (known, newer) = ("ZZ20261119-0001", "ZZ20261119-0003")
    let place = try #require(root.items.first { $0.contains(newer) })
    let text = try #require(root.read("queues/\(place)"))
    // As where a number was given again while its queue was away: here the newer case got that of the first.
    try root.write("queues/urban/new/\(known).yaml", text.replacing(newer, with: known))
    try root.remove("queues/\(place)")
    for name in ["", "-wal", "-shm"] { unlink(root.path + "/state/ledger.sqlite" + name) }
    #expect(try root.triaged("ledger", "restore", backup).status == 0)
    let mended = try Program.run(["fsck", "--repair", "--after-restore", "--config", root.configuration])
    #expect(mended.status == 0, "\(mended.out)\(mended.err)")
    let aside = try #require(root.read("set-aside/\(known)/案件.yaml"), "\(root.tree("set-aside"))")
    #expect(aside.contains("三盏路灯不亮") && aside.contains("C-1"), "\(aside)")
    // The case of that number has its item again.
    let item = try #require(root.items.first { $0.hasSuffix("/new/\(known).yaml") })
    #expect(root.read("queues/\(item)")?.contains("A-1") == true)
    try root.expectSound()
  }

  @Test("The originals that are not in the ledger's file are missed at the start, come back, or are given up")
  func originals() throws {
    let root = try worked()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    for how in ["gone", "empty"] {
      if root.exists("state/files") { try root.remove("state/files") }
      if how == "empty" { #expect(mkdir(root.path + "/state/files", 0o750) == 0) }
      let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
      #expect(outcome.status == 78 && outcome.err.contains("restore --originals"), "\(outcome.err)")
    }
    let back = try root.triaged("ledger", "restore", "--originals", backup)
    #expect(back.status == 0, "\(back.out)\(back.err)")
    try root.once()
    try root.expectSound()

    try root.remove("state/files")
    try root.repair("--originals-lost")
    try root.once()
    #expect(try root.triaged("ledger", "verify").status == 1)
  }

  @Test("A root without a head gets one at its first start, and a torn half of it does no harm")
  func headIsMade() throws {
    let root = try worked()
    try root.remove("state/head")
    try root.once()
    var bytes = try #require(FileManager.default.contents(atPath: root.path + "/state/head"))
    #expect(bytes.count == 8192)
    for place in [0, 4096] {
      var torn = bytes
      torn.replaceSubrange(place..<place + 100, with: Data(count: 100))
      try root.write("state/head", bytes: Array(torn))
      try root.once()
    }
    bytes = Data(count: 8192)
    try root.write("state/head", bytes: Array(bytes))
    try root.once()
    #expect(try root.triaged("ledger", "verify").status == 0)
  }

  @Test("A copied root, cp -a, is the same root")
  func copied() throws {
    let root = try Root(copying: try worked())
    try root.drop("desk/c.yaml", Desk.simple("C-1", "路灯不亮", text: "三盏路灯不亮。"))
    try root.once()
    #expect(try root.cases().count == 3)
    try root.expectSound()
  }

  @Test("A ledger that is removed under the daemon ends it before it takes in what would be lost")
  func removedWhileRunning() throws {
    let root = try worked()
    let daemon = try root.start()
    try root.remove("state/ledger.sqlite")
    try root.drop("desk/c.yaml", Desk.simple("C-1", "路灯不亮", text: "三盏路灯不亮。"))
    #expect(daemon.ends(within: 30))
    #expect(daemon.outcome.status == 1)
    #expect(root.names("inbox/desk") == ["c.yaml"])
  }
}

extension Root {
  /// Every file of the root with its content but for what tells only of a process: what must stay as it is.
  fileprivate func everything() throws -> [String: Data] {
    var all: [String: Data] = [:]
    for path in tree("") where !path.hasPrefix("state/ledger.sqlite-") && path != "state/lock" {
      all[path] = FileManager.default.contents(atPath: self.path + "/" + path) ?? Data()
    }
    return all
  }
}
