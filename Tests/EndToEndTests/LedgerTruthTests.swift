import Foundation
import Testing

/// The ledger's file after the disk has changed bytes in it, as an operator meets it.
@Suite("A ledger that is not as it was written")
struct LedgerTruthTests {
  /// Ten cases with something done to each, and those of a full inbox: attachments, links, a return, a pause.
  private static func root() throws -> Root {
    let root = try Desk.busyQueues()
    try root.write("inbox/desk/夜市/案件.yaml", Desk.simple("F-1", "夜市占道"))
    try root.write("inbox/desk/夜市/照片.jpg", bytes: Array(repeating: 0xD8, count: 3000))
    try root.drop("desk/again.yaml", Desk.simple("F-1", "夜市占道", text: "夜市又占道了，从七点到半夜。"))
    try root.once()
    return root
  }

  /// What people read of the ledger.
  private func printed(_ root: Root, _ ids: [String]) throws -> [String] {
    try ([["cases"], ["cases", "--format", "json"]] + ids.map { ["show", $0, "--format", "json"] }).map {
      let outcome = try Program.run($0 + ["--root", root.path])
      return "\(outcome.status) \(outcome.out)"
    }
  }

  private func ledger(_ root: Root) throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: root.path + "/state/ledger.sqlite")))
  }

  private func put(_ bytes: [UInt8], _ root: Root) throws {
    for name in ["ledger.sqlite-wal", "ledger.sqlite-shm"] { unlink(root.path + "/state/" + name) }
    try root.write("state/ledger.sqlite", bytes: bytes)
  }

  @Test("Promise 7: of sixty flipped bits none changes unnoticed what `cases` and `show` print")
  func flippedBits() throws {
    let root = try Self.root()
    let ids = try root.cases().compactMap { $0["id"] as? String }
    try root.expectSound()
    let sound = try ledger(root)
    let before = try printed(root, ids)
    var chance = SeededChance(state: 8_261_130)
    var (found, harmless) = (0, 0)
    for turn in 0..<60 {
      let page = turn * (sound.count / 8192) / 60
      // Of a page that is filled in part, a byte that is used.
      var place = 0
      for _ in 0..<500 where place == 0 || sound[place] == 0 {
        place = page * 8192 + Int.random(in: 0..<8192, using: &chance)
      }
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &chance)
      var bytes = sound
      bytes[place] ^= bit
      try put(bytes, root)
      let verify = try root.triaged("ledger", "verify")
      #expect(verify.signal == nil, "byte \(place), bit \(bit): verify fell: \(verify.err)")
      if verify.status != 0 {
        found += 1
      } else {
        harmless += 1
        #expect(try printed(root, ids) == before, "byte \(place), bit \(bit) passed: \(verify.out)")
      }
    }
    print("60 flipped bits: \(found) found by verify, \(harmless) without effect")
    #expect(found > 0)
    try put(sound, root)
    try root.expectSound()
  }

  @Test("A changed byte of the rulebook's text is found, stops the start, and is mended from the files")
  func changedRulebook() throws {
    let root = try Self.root()
    let before = try root.cases().count
    let id = try #require(try root.cases().first?["id"] as? String)
    func damage() throws {
      var bytes = try ledger(root)
      let words = Array("title: 涉暴".utf8)
      let place = try #require(bytes.indices.first { bytes[$0...].starts(with: words) })
      bytes[place] = UInt8(ascii: "k")
      try put(bytes, root)
    }
    try damage()

    let verify = try root.triaged("ledger", "verify")
    #expect(verify.status == 1 && verify.out.contains("rulebook"), "\(verify.out)")
    let check = try root.triaged("fsck")
    #expect(check.status == 1 && check.out.contains("rulebook"), "\(check.out)")
    for command in [["cases"], ["show", id], ["explain", id]] {
      let outcome = try Program.run(command + ["--root", root.path])
      #expect(outcome.status == 1 && outcome.err.contains("triaged fsck --repair"), "\(outcome.err)")
    }
    let start = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(start.status == 78 && start.err.contains("triaged fsck --repair"), "\(start.err)")

    let repair = try root.repair()
    #expect(repair.out.contains("mended"), "\(repair.out)\(repair.err)")
    #expect(try root.cases().count == before)
    try root.expectSound()
    // A rebuild with the rules at hand mends it as well.
    try damage()
    let rebuild = try Program.run(["ledger", "rebuild", "--config", root.configuration])
    #expect(rebuild.status == 0, "\(rebuild.out)\(rebuild.err)")
    try root.expectSound()
  }

  @Test("A broken head of the chain ends the start with 78 and the way back")
  func brokenHead() throws {
    let root = try Self.root()
    let id = try #require(try root.cases().first?["id"] as? String)
    try root.act("note", id, "--text", "末条备注甲乙丙")
    try root.once()
    var bytes = try ledger(root)
    let words = Array("末条备注甲乙丙".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: words) })
    bytes[place + words.count - 1] ^= 1
    try put(bytes, root)
    let start = try Program.run(root.options(at: Root.thursday) + ["--once"])
    let verify = try root.triaged("ledger", "verify")
    #expect(verify.status == 1)
    let rebuild = try root.triaged("ledger", "rebuild")
    // A note is the last event of its step, or nearly: where it is not the head, verify alone finds it.
    if start.status != 0 {
      #expect(start.status == 78 && start.err.contains("triaged ledger restore"), "\(start.err)")
    }
    #expect(rebuild.status == 78 && rebuild.err.contains("triaged ledger restore"), "\(rebuild.err)")
    #expect(try ledger(root).count >= bytes.count, "the ledger was not changed")
  }

  @Test("ledger rebuild leaves the same cases, keeps the old file, and wants the daemon stopped")
  func rebuild() throws {
    let root = try Self.root()
    let ids = try root.cases().compactMap { $0["id"] as? String }
    let before = try printed(root, ids)
    let daemon = try root.start()
    #expect(try root.triaged("ledger", "rebuild").status == 75)
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 30))
    let outcome = try root.triaged("ledger", "rebuild")
    #expect(outcome.status == 0, "\(outcome.out)\(outcome.err)")
    #expect(try printed(root, ids) == before)
    #expect(root.names("state").contains { $0.hasPrefix("ledger.sqlite.before-rebuild-") })
    try root.expectSound()
    let items = root.items
    try root.once()
    #expect(root.items == items, "nothing is delivered twice")
    try root.expectSound()
  }

  @Test("A root of commit 1610c94 goes on: it verifies, is made anew, and its cases mean what they meant")
  func oldRoot() throws {
    let root = try Root()
    try FileManager.default.removeItem(atPath: root.rules)
    let tar = try Running(
      "/bin/tar", ["-xzf", Root.fixtures + "/ledger/root-1610c94.tar.gz", "-C", root.home])
    try #require(tar.ends(within: 60) && tar.outcome.status == 0)
    let items = root.items
    // As it lies, before the first start of the new triaged.
    let verify = try root.triaged("ledger", "verify")
    #expect(verify.status == 0 && verify.out.contains("1 erased cases"), "\(verify.out)\(verify.err)")
    let rebuilt = try root.triaged("ledger", "rebuild")
    #expect(rebuilt.status == 0 && rebuilt.out.contains("1 erased cases"), "\(rebuilt.out)\(rebuilt.err)")
    let ids = try root.cases().compactMap { $0["id"] as? String }
    #expect(ids.count == 14)
    try root.once(at: "2026-11-20T11:00")
    #expect(root.items == items, "nothing is delivered twice")
    #expect(try root.cases().compactMap { $0["id"] as? String } == ids)
    try root.expectSound()
  }

  @Test("Promise 1: killed at any step of a rebuild, the old ledger or the new one is in place, whole")
  func killedDuringRebuild() throws {
    guard Faultpoint.shim != nil else { return print("rebuild, killed: skipped, there is no C compiler") }
    let prepared = try Self.root()
    let ids = try prepared.cases().compactMap { $0["id"] as? String }
    let before = try printed(prepared, ids)
    func command(_ root: Root) -> [String] { ["ledger", "rebuild", "--root", root.path] }
    let undisturbed = try Root(copying: prepared)
    let calls = try Faultpoint.calls(of: undisturbed, at: Root.thursday, command(undisturbed))
    let steps = calls.filter(\.isStep)
    let others = calls.filter { !$0.isStep }.enumerated().filter { $0.offset % 24 == 0 }.map(\.element)
    for point in steps + others {
      let root = try Root(copying: prepared)
      _ = try Faultpoint.run(root, .killBefore, at: point.number, command(root))
      let name = "killed before \(point.number), \(point.name) \(point.path)"
      #expect(try printed(root, ids) == before, "\(name)")
      try root.expectSound(name)
      let again = try Program.run(command(root))
      #expect(again.status == 0, "\(name): \(again.err)")
      #expect(!root.names("state").contains { $0.contains(".rebuilding") }, "\(name)")
    }
    print("rebuild, killed: \(calls.count) calls, \(steps.count + others.count) points")
    #expect(steps.count > 3)
  }

  @Test("fsck says of a request that was refused that its department is to mend it, until the file changes")
  func refusedRequest() throws {
    let root = try Root()
    try root.drop("desk/one.yaml", Desk.simple("R-1"))
    try root.once(at: "2026-11-19T09:00")
    let id = try #require(try root.onlyCase()["id"] as? String)
    let name = "queues/urban/requests/\(id) 延期.txt"
    try root.write(name, "理由：\n")
    func told() throws -> [String] {
      try root.triaged("fsck", "--format", "json").objects.compactMap { $0["what"] as? String }
    }
    #expect(try told() == ["waiting"])
    try root.once(at: "2026-11-19T09:10")
    #expect(root.exists(name + ".problem.txt"))
    #expect(try told() == ["refused"])
    let later = [timeval(tv_sec: time(nil) + 60, tv_usec: 0), timeval(tv_sec: time(nil) + 60, tv_usec: 0)]
    utimes(root.path + "/" + name, later)
    #expect(try eventually { try told() == ["waiting"] })
  }
}
