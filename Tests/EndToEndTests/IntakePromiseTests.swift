import Foundation
import Testing

/// What the inbox promises, seen from outside.
@Suite("Intake, end to end")
struct IntakePromiseTests {
  @Test(
    "Promise 2: one record is one case; the same again is an event on it, or after its end a new, linked case"
  )
  func duplicates() throws {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    try root.drop("desk/again.yaml", Desk.simple("A-1"))
    try root.once()
    let first = try #require(try root.onlyCase()["id"] as? String)
    #expect(try root.events(of: first).count { $0 == "duplicate_arrived" } == 1)

    try root.drop("desk/other words.yaml", Desk.simple("A-1", text: "现在连电动车也要收费。"))
    try root.once()
    let second = try #require(try root.cases().first { $0["id"] as? String != first }?["id"] as? String)
    #expect(try root.events(of: second).contains("linked"))

    try root.act("withdraw", first, "--text", "来信人撤回诉求")
    try root.once()
    try root.act("done", first + ".approve-1", "--set", "decision=grant")
    try root.once()
    #expect(try root.phase(of: first) == "withdrawn")
    try root.drop("desk/once more.yaml", Desk.simple("A-1"))
    try root.once()
    #expect(try root.cases().count == 3)
    #expect(root.names("inbox/desk") == [])
    try root.expectSound()
  }

  @Test("Promise 1: symlinks, FIFOs, sockets, devices and hard links in the inbox are never opened")
  func oddities() throws {
    let root = try Root()
    try root.once()
    let secret = root.home + "/secret.yaml"
    try root.write(secret, Desk.simple("SECRET"))
    try root.write("inbox/desk/good.yaml", Desk.simple("A-1"))
    let inbox = root.path + "/inbox/desk/"
    #expect(symlink(secret, inbox + "link.yaml") == 0)
    #expect(symlink("/nowhere", inbox + "dangling.yaml") == 0)
    #expect(symlink(root.home, inbox + "folder") == 0)
    #expect(mkfifo(inbox + "pipe.yaml", 0o600) == 0)
    #expect(link(secret, inbox + "hard.yaml") == 0)
    var odd = ["link.yaml", "dangling.yaml", "folder", "pipe.yaml", "hard.yaml"]
    if getuid() == 0, mknod(inbox + "device.yaml", S_IFCHR | 0o600, 0x0103) == 0 { odd.append("device.yaml") }

    let first = try root.once()
    #expect(try root.onlyCase()["source_id"] as? String == "A-1")
    for name in odd {
      #expect(root.exists("set-aside/\(name)") && root.exists("set-aside/\(name).reason.yaml"), "\(name)")
    }
    #expect(root.tree("inbox") == [])
    #expect(FileManager.default.contents(atPath: secret) == Data(Desk.simple("SECRET").utf8))
    #expect(first.err.contains("code=symlink"))
    let before = root.tree("set-aside")
    try root.once()
    #expect(root.tree("set-aside") == before)
    try root.expectSound()
  }

  @Test("Promise 1: a file that may not be read stays, is reported once, and is taken when it may")
  func unreadable() throws {
    guard getuid() != 0 else { return print("unreadable: skipped, the superuser may read everything") }
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    chmod(root.path + "/inbox/desk/a.yaml", 0)
    let daemon = try root.start()
    #expect(eventually { daemon.err.contains("a.yaml") })
    try root.awaitScans(2)
    #expect(daemon.err.components(separatedBy: "a.yaml").count == 2)
    chmod(root.path + "/inbox/desk/a.yaml", 0o600)
    #expect(eventually { root.names("inbox/desk") == [] })
  }

  @Test("Promise 1: a file that the disk does not give out stays where it is, and is taken when it does")
  func unreadableDisk() throws {
    guard Faultpoint.shim != nil else { return print("reading fails: skipped, there is no C compiler") }
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.drop("desk/b.yaml", Desk.simple("A-2"))
    let outcome = try Faultpoint.run(
      root, .ioError, on: "read", below: root.path + "/inbox/desk/a.yaml", at: 1, count: -1
    ).outcome
    #expect(outcome.status == 1 && outcome.err.contains("a.yaml"), "\(outcome.err)")
    #expect(try root.onlyCase()["source_id"] as? String == "A-2")
    #expect(root.names("inbox/desk") == ["a.yaml"] && root.names("set-aside") == [])
    try root.once()
    #expect(try root.cases().count == 2 && root.names("inbox/desk") == [])
  }

  @Test(
    "Bad input is set aside with its reason and its limit, and nothing of it is lost",
    arguments: [
      ("binary.yaml", [UInt8]([0x89, 0xFF, 0xFE, 0x41, 0xFF, 0x80, 0x81, 0x0A]), "code:"),
      ("empty.yaml", [], "code: empty"),
      ("nothing.yaml", Array("source_id: X-1\n".utf8), "code: no-title-no-text"),
      ("twice.yaml", Array("title: 甲\ntitle: 乙\n".utf8), "code:"),
      ("deep.json", Array(String(repeating: "[", count: 5000).utf8), "limit: yamlDepth"),
      ("large.txt", [UInt8](repeating: 0x41, count: 8 << 20 + 1), "limit: caseFileBytes"),
    ])
  func badInput(name: String, bytes: [UInt8], wanted: String) throws {
    let root = try Root()
    try root.drop("desk/\(name)", bytes: bytes)
    try root.once()
    #expect(try root.cases().isEmpty)
    #expect(FileManager.default.contents(atPath: root.path + "/set-aside/\(name)") == Data(bytes))
    let reason = try #require(root.read("set-aside/\(name).reason.yaml"))
    #expect(reason.contains(wanted), "\(reason)")
  }

  @Test("A full disk stops the intake, which says so and goes on by itself when there is room")
  func diskFull() throws {
    guard let disk = try TinyDisk(megabytes: 6) else {
      return print("disk full: skipped, no tmpfs may be mounted here")
    }
    let root = try Root(in: disk.path)
    try root.once()
    try root.drop("desk/first.yaml", Desk.simple("A-0"))
    try root.once()
    // Complete files, not yet under their names: a rename needs no room.
    let rows = (1...300).map { "{\"工单编号\": \"D-\($0)\", \"诉求标题\": \"路灯不亮\", \"诉求内容\": \"第 \($0) 盏\"}" }
    try root.write("inbox/desk/many.json.part", "[" + rows.joined(separator: ",") + "]")
    let daemon = try root.start()
    let ballast = try disk.fill(leaving: 12 << 10)
    try root.move("inbox/desk/many.json.part", "inbox/desk/many.json")
    #expect(eventually { daemon.err.contains("磁盘已满") })
    // A clerk goes on meanwhile.
    let item = try #require(root.names("queues/urban/new").first)
    try root.move("queues/urban/new/\(item)", "queues/urban/accepted/\(item)")
    try root.awaitScans(2)
    #expect(!daemon.hasEnded, "\(daemon.err)")
    #expect(root.exists("inbox/desk/many.json"))
    if root.metric("intake_paused") == 1 { #expect(try root.triaged("status").status == 1) }

    unlink(ballast)
    #expect(
      eventually { !root.exists("inbox/desk/many.json") && root.metric("intake_paused") == 0 },
      "\(daemon.err)")
    #expect(eventually { (try? root.cases().count { $0["phase"] as? String == "accepted" }) == 1 })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20) && daemon.outcome.status == 0)
    #expect(try root.cases().count == 301)
    try root.expectSound()
  }
}

/// A disk of a few megabytes: a tmpfs that goes away with this object.
final class TinyDisk {
  let path: String

  /// Nil where no file system may be mounted.
  init?(megabytes: Int) throws {
    path = temporaryFolder + "/triaged-disk-" + UUID().uuidString.prefix(8)
    guard mkdir(path, 0o700) == 0 else { return nil }
    let mount = try Running("/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path])
    guard mount.ends(within: 10), mount.outcome.status == 0 else {
      rmdir(path)
      return nil
    }
  }

  deinit {
    if let unmount = try? Running("/bin/umount", ["-l", path]) { _ = unmount.ends(within: 10) }
    rmdir(path)
  }

  /// Takes all room but so many bytes; the file to remove is returned.
  func fill(leaving rest: Int) throws -> String {
    var found = statvfs()
    try #require(statvfs(path, &found) == 0)
    let ballast = path + "/ballast"
    let size = max(Int(found.f_bavail) * Int(found.f_bsize) - rest, 0)
    try Data(count: size).write(to: URL(fileURLWithPath: ballast))
    return ballast
  }
}
