import Foundation
import Testing

/// What the process lacks is told as that, and never takes the blame of a share, a permission or a rule.
@Suite("Limits of the process, end to end", .serialized)
struct LimitTests {
  private func limited(_ limit: String, _ arguments: [String], patience: Double = 60) throws
    -> Program.Outcome
  {
    let words = ([Program.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let process = try Running("/bin/bash", ["-c", "ulimit \(limit) && exec \(words)"])
    #expect(process.ends(within: patience), "hung under ulimit \(limit)")
    process.kill()
    return process.outcome
  }

  @Test(
    "A limit of open files that is too small is named at the start, with status 78", arguments: [8, 12, 40])
  func fewFiles(count: Int) throws {
    let root = try Root(language: "en")
    try root.once()
    let outcome = try limited("-n \(count)", root.options(at: Root.thursday) + ["--once"])
    #expect(outcome.status == 78 && outcome.signal == nil)
    #expect(outcome.err.contains("LimitNOFILE"), "\(outcome.err)")
    #expect(!outcome.err.contains("ermission") && !outcome.err.contains(".triaged"), "\(outcome.err)")
  }

  @Test("Reading commands that may open too few files say so")
  func fewFilesForReaders() throws {
    let root = try Root(language: "en")
    try root.once()
    let outcome = try limited("-n 5", ["cases", "--root", root.path])
    #expect(outcome.status == 1 && outcome.err.contains("LimitNOFILE"), "\(outcome.err)")
  }

  /// The smallest limit, kilobytes, under which a command does its work, by bisection.
  private func least(for arguments: [String]) throws -> Int {
    func isEnough(_ kilobytes: Int) throws -> Bool {
      let outcome = try limited("-v \(kilobytes)", arguments)
      return outcome.status == 0 && outcome.signal == nil
    }
    var (tooSmall, enough) = (20_000, 2_000_000)
    try #require(try !isEnough(tooSmall) && isEnough(enough))
    while enough - tooSmall > 500 {
      let middle = (tooSmall + enough) / 2
      if try isEnough(middle) { enough = middle } else { tooSmall = middle }
    }
    return enough
  }

  /// Under less the loader ends it before it begins.
  private func leastToLoad() throws -> Int { try least(for: ["--version"]) }

  @Test("A limit of memory that is too small: a message and a status, never a hang, never a crash")
  func littleMemory() throws {
    let root = try Root(language: "en")
    let start = root.options(at: Root.thursday) + ["--once"]
    let (least, enough) = (try leastToLoad(), try least(for: start))
    for kilobytes in [least, least + 1_000, (least + enough) / 2, enough - 2_000] {
      let outcome = try limited("-v \(kilobytes)", start)
      #expect(outcome.signal == nil && outcome.status == 78, "\(kilobytes): \(outcome.status)")
      #expect(outcome.err.contains("LimitAS"), "\(kilobytes): \(outcome.err)")
    }
  }

  @Test("A command that uses up its memory says so, and never crashes or hangs")
  func memoryUsedUp() throws {
    let root = try Root(language: "en")
    let (least, enough) = (try leastToLoad(), try least(for: ["test", root.rules]))
    #expect(enough > least)
    for kilobytes in [least, (least + enough) / 2, enough - 1_000] {
      let outcome = try limited("-v \(kilobytes)", ["test", root.rules])
      #expect(outcome.signal == nil && outcome.status == 1, "\(kilobytes): \(outcome.status)")
      // Where a library could say so itself, it is a finding.
      let words = outcome.out + outcome.err
      #expect(words.contains("LimitAS") || words.contains("memory"), "\(kilobytes): \(words)")
    }
  }

  @Test(
    "Descriptors that run out while it runs: named with how to mend it, no queue is called gone, and it goes on when there are some"
  )
  func filesRunOut() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit") else {
      return print("descriptors run out: skipped, it takes prlimit(1)")
    }
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let daemon = try root.start()
    func allow(_ count: String) throws {
      let run = try Running("/usr/bin/prlimit", ["--pid", "\(daemon.pid)", "--nofile=\(count)"])
      #expect(run.ends(within: 10) && run.outcome.status == 0, "\(run.err)")
    }
    try allow("8:4096")
    try root.drop("desk/b.yaml", Desk.simple("A-2", "楼道堆物", text: "楼道堆放杂物。"))
    #expect(eventually { daemon.err.contains("too many open files (EMFILE)") }, "\(daemon.err)")
    try root.awaitScans(2)
    #expect(!daemon.hasEnded && root.exists("inbox/desk/b.yaml"))
    #expect(!daemon.err.contains(".triaged") && root.metric("queues_gone") ?? 0 == 0, "\(daemon.err)")
    try allow("1024:4096")
    #expect(eventually { (try? root.cases().count) == 2 && root.names("inbox/desk") == [] }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20) && daemon.outcome.status == 0)
    try root.expectSound()
  }

  @Test("A recorded file that cannot be removed from the inbox is named, once")
  func unremovable() throws {
    guard getuid() == 0, let chattr = ["/usr/bin/chattr"].first(where: FileManager.default.isExecutableFile)
    else { return print("unremovable: skipped, it takes root and chattr(1)") }
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    let file = root.path + "/inbox/desk/a.yaml"
    let fix = try Running(chattr, ["+i", file])
    guard fix.ends(within: 10), fix.outcome.status == 0 else {
      return print("unremovable: skipped, this file system has no such mark")
    }
    defer { if let free = try? Running(chattr, ["-i", file]) { _ = free.ends(within: 10) } }
    let daemon = try root.start()
    #expect(eventually { daemon.err.contains("file=desk/a.yaml") }, "\(daemon.err)")
    try root.awaitScans(2)
    #expect(daemon.err.components(separatedBy: "file=desk/a.yaml").count == 2, "\(daemon.err)")
    #expect(try root.cases().count == 1)
  }

  /// Whether another user may run the program, and reach what a test makes. No limit is in the way here.
  private static let outsiderMayCome: Bool = {
    guard Running.canDropRights, let probe = try? Root(), let opened = try? probe.openToAll(), opened,
      let run = try? Running(asOutsider: "cd '\(probe.home)' && '\(Program.path)' check '\(probe.rules)'")
    else { return false }
    return run.ends(within: 60) && run.outcome.status == 0 && run.outcome.signal == nil
  }()

  @Test(
    "Threads that cannot be had at the start are worth another try: status 1, which systemd starts again",
    .enabled(if: outsiderMayCome, "another user may not come here"))
  func fewThreads() throws {
    let root = try Root(language: "en")
    #expect(try root.openToAll())
    let words = ([Program.path] + root.options(at: Root.thursday) + ["--once"]).map { "'\($0)'" }
      .joined(separator: " ")
    let process = try Running(asOutsider: "ulimit -u 1 && exec \(words)")
    #expect(process.ends(within: 60))
    #expect(process.outcome.status == 1 && process.err.contains("TasksMax"), "\(process.err)")
    // It was the limit: without it the same user's daemon does its work.
    let free = try Running(asOutsider: "exec \(words)")
    #expect(free.ends(within: 60) && free.outcome.status == 0, "\(free.err)")
  }
}
