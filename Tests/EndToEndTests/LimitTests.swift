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

  @Test(
    "A limit of memory: a message and a status, never a hang, never a crash",
    arguments: [116_000, 120_000, 200_000])
  func littleMemory(kilobytes: Int) throws {
    let root = try Root(language: "en")
    let outcome = try limited("-v \(kilobytes)", root.options(at: Root.thursday) + ["--once"])
    #expect(outcome.signal == nil && outcome.status != 0, "\(outcome.status) \(outcome.signal ?? 0)")
    // Below what its libraries take the loader ends it before it begins.
    if outcome.status != 127 { #expect(outcome.err.contains("LimitAS"), "\(outcome.err)") }
  }

  @Test(
    "A command that uses up its memory says so, and never crashes or hangs",
    arguments: [110_000, 116_000, 118_000])
  func memoryUsedUp(kilobytes: Int) throws {
    let root = try Root(language: "en")
    let outcome = try limited("-v \(kilobytes)", ["test", root.rules])
    #expect(outcome.signal == nil, "\(outcome.signal ?? 0) \(outcome.err)")
    // Where a library could say so itself, it is a finding.
    let words = outcome.out + outcome.err
    if outcome.status != 0 {
      #expect(words.contains("LimitAS") || words.contains("memory") || outcome.status == 127)
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
    sleep(3)
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
    sleep(3)
    #expect(daemon.err.components(separatedBy: "file=desk/a.yaml").count == 2, "\(daemon.err)")
    #expect(try root.cases().count == 1)
  }

  @Test("Threads that cannot be had at the start are worth another try: status 1, which systemd starts again")
  func fewThreads() throws {
    guard getuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else {
      return print("few threads: skipped, it takes root and setpriv(1)")
    }
    let root = try Root(language: "en")
    #expect(try Running("/bin/chmod", ["-R", "a+rwX", root.home]).ends(within: 10))
    let words = ([Program.path] + root.options(at: Root.thursday) + ["--once"]).map { "'\($0)'" }
    let user = ["--reuid", "\(Leases.outsider)", "--regid", "\(Leases.outsider)", "--clear-groups"]
    let process = try Running(
      "/usr/bin/setpriv",
      user + ["/bin/bash", "-c", "ulimit -u 1 && exec \(words.joined(separator: " "))"])
    #expect(process.ends(within: 60))
    guard !process.err.contains("EACCES"), !process.err.contains("ermission denied") else {
      return print("few threads: skipped, another user may not come here")
    }
    #expect(process.outcome.status == 1 && process.err.contains("TasksMax"), "\(process.err)")
  }
}
