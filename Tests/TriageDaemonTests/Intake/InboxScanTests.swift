import Foundation
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

@Suite("Looking through the inbox") struct InboxScanTests {
  let sample: IntakeSample
  let settle: Int64 = 5_000_000_000
  init() throws { sample = try IntakeSample() }

  func paths(_ snapshot: InboxSnapshot) -> [String] { snapshot.ready.map(\.shownPath) }

  @Test func `a file that has not changed since the first look is ready, with its channel and path`() throws {
    try sample.drop("hotline/一.yaml", "title: x", secondsAgo: 30)
    try sample.drop("二.txt", "x", secondsAgo: 60)
    let snapshot = try InboxScan.settled(sample, settle: settle)
    #expect(paths(snapshot) == ["二.txt", "hotline/一.yaml"])
    #expect(snapshot.ready.map(\.channel) == ["direct", "hotline"])
  }

  @Test(arguments: [0, 60, 864_000, -86_400])
  func `a file waits for the settle time from its first look on, whatever its time of change`(_ age: Int)
    throws
  {
    try sample.drop("hotline/a.yaml", "title: x", secondsAgo: age)
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    let first = try scan.scan(now: sample.nanos)
    #expect(first.ready.isEmpty)
    #expect(first.waiting == [InboxWait(shownPath: "hotline/a.yaml", reason: .settling, isOverdue: false)])
    #expect(first.nextLook == sample.nanos + settle)
    #expect(try scan.scan(now: sample.nanos + settle - 1).ready.isEmpty)
    #expect(try scan.scan(now: sample.nanos + settle).ready.count == 1)
  }

  @Test func `a file that grows, or only gets another time, begins to wait anew`() throws {
    let path = try sample.drop("hotline/a.yaml", "title: x", secondsAgo: -100)
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    _ = try scan.scan(now: sample.nanos)
    let writer = try #require(FileHandle(forWritingAtPath: path))
    writer.seekToEndOfFile()
    writer.write(Data("y".utf8))
    try writer.close()
    sample.setAge(path, -100)
    #expect(try scan.scan(now: sample.nanos + settle).ready.isEmpty)
    // Size and time of change as before: the time of the inode tells.
    usleep(20_000)
    sample.setAge(path, -100)
    #expect(try scan.scan(now: sample.nanos + 2 * settle).ready.isEmpty)
    #expect(try scan.scan(now: sample.nanos + 3 * settle).ready.count == 1)
  }

  @Test
  func `a file that is open for writing is never ready, and is told of once when it waits for very long`()
    throws
  {
    try sample.drop("hotline/a.yaml", "title: x", secondsAgo: 1_000)
    let writer = try #require(FileHandle(forWritingAtPath: sample.inbox + "/hotline/a.yaml"))
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    _ = try scan.scan(now: sample.nanos)
    var overdue = 0
    for minute in 1...20 {
      let now = sample.nanos + Int64(minute) * 60_000_000_000
      let snapshot = try scan.scanAndAsk(now: now)
      #expect(snapshot.ready.isEmpty && snapshot.waiting.map(\.reason) == [.written])
      #expect(snapshot.nextLook.map { $0 > now && $0 <= now + 30_000_000_000 } == true)
      overdue += snapshot.waiting.count(where: \.isOverdue)
    }
    #expect(overdue == 1)
    try writer.close()
    #expect(try scan.scan(now: sample.nanos + 1_201_000_000_000).ready.count == 1)
  }

  @Test func `each channel has a settle time of its own`() throws {
    try sample.drop("hotline/a.yaml", "title: x")
    try sample.drop("walk-in/b.yaml", "title: x")
    let scan = InboxScan(
      inbox: sample.inbox, settle: { $0 == "hotline" ? 10 * self.settle : self.settle },
      asking: Writing.askAgain)
    _ = try scan.scan(now: sample.nanos)
    #expect(paths(try scan.scan(now: sample.nanos + settle)) == ["walk-in/b.yaml"])
    #expect(try scan.scan(now: sample.nanos + 10 * settle).ready.count == 2)
  }

  @Test(arguments: [
    ".hidden.yaml", "a.yaml~", "a.tmp", "a.yaml.PART", "a.filepart", "a.crdownload", ".a.yaml.swp",
    "Thumbs.db",
  ])
  func `names of unfinished files wait`(_ name: String) throws {
    try sample.drop("hotline/" + name, "title: x")
    let snapshot = try InboxScan(inbox: sample.inbox, settle: settle).scan(now: sample.nanos)
    #expect(snapshot.ready.isEmpty)
    #expect(snapshot.oddities.isEmpty)
  }

  @Test func `links, pipes and sockets are odd at once and never opened`() throws {
    symlink("/etc/passwd", sample.inbox + "/hotline/link.yaml")
    symlink("/etc", sample.inbox + "/channel-link")
    mkfifo(sample.inbox + "/hotline/pipe.yaml", 0o600)
    let snapshot = try InboxScan(inbox: sample.inbox, settle: settle).scan(now: sample.nanos)
    #expect(snapshot.ready.isEmpty)
    #expect(
      snapshot.oddities.map { "\($0.candidate.shownPath) \($0.refusal.code)" }.sorted()
        == ["channel-link symlink", "hotline/link.yaml symlink", "hotline/pipe.yaml fifo"])
  }

  @Test func `a hard link is odd only when it stays one for the settle time`() throws {
    let path = try sample.drop("hotline/a.yaml", "title: x", secondsAgo: 1_000)
    link(path, sample.root + "/other")
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    let first = try scan.scan(now: sample.nanos + 1_000_000_000)
    #expect(first.ready.isEmpty && first.oddities.isEmpty && first.waiting.count == 1)
    let late = try scan.scan(now: sample.nanos + 2 * settle)
    #expect(late.oddities.map(\.refusal) == [.hardLink(count: 2)])
    unlink(sample.root + "/other")
    _ = try scan.scan(now: sample.nanos + 2 * settle)
    #expect(try scan.scan(now: sample.nanos + 3 * settle).ready.count == 1)
  }

  @Test func `what was left is not shown again until it changes`() throws {
    let path = try sample.drop("hotline/a.yaml", "title: x")
    let scan = InboxScan(inbox: sample.inbox, settle: 0)
    let candidate = try #require(try scan.scan(now: sample.nanos).ready.first)
    scan.leave(candidate)
    #expect(try scan.scan(now: sample.nanos).ready.isEmpty)
    #expect(try scan.scan(now: sample.nanos).ready.isEmpty)
    usleep(20_000)
    chmod(path, 0o640)
    #expect(try scan.scan(now: sample.nanos).ready.count == 1)
  }

  @Test func `a case folder that was left is shown again when one of its files changes`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    let photograph = try sample.drop("walk-in/漏水/照片.jpg", "jpeg")
    let scan = InboxScan(inbox: sample.inbox, settle: 0)
    let candidate = try #require(try scan.scan(now: sample.nanos).ready.first)
    scan.leave(candidate)
    for _ in 0..<2 { #expect(try scan.scan(now: sample.nanos).ready.isEmpty) }
    // As an administrator mends the rights of one that could not be read.
    usleep(20_000)
    chmod(photograph, 0o644)
    #expect(try scan.scan(now: sample.nanos).ready.count == 1)
  }

  @Test func `in a channel that is away nothing is looked at, not even what it is`() throws {
    try sample.drop("hotline/a.yaml", "title: x")
    symlink("/etc/passwd", sample.inbox + "/hotline/link.yaml")
    try sample.drop("walk-in/b.yaml", "title: x")
    let scan = InboxScan(inbox: sample.inbox, settle: 0)
    let snapshot = try scan.scan(now: sample.nanos, wall: sample.nanos, without: [EntryName("hotline")])
    #expect(paths(snapshot) == ["walk-in/b.yaml"] && snapshot.oddities.isEmpty)
  }

  @Test func `an inbox that is not there is said to be unavailable`() {
    #expect(throws: InboxUnavailable(code: ENOENT)) {
      try InboxScan(inbox: sample.root + "/none", settle: settle).scan(now: sample.nanos)
    }
  }

  @Test func `a name that is not UTF-8 is kept as bytes and shown escaped`() throws {
    var path = Array((sample.inbox + "/hotline/").utf8) + [0xFF, 0x0A] + Array(".txt".utf8) + [0]
    let file = path.withUnsafeMutableBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    write(file, "路灯", 6)
    close(file)
    let scan = InboxScan(inbox: sample.inbox, settle: 0)
    let candidate = try #require(try scan.scan(now: sample.nanos + 10_000_000_000).ready.first)
    #expect(candidate.file.path == Array("hotline/".utf8) + [0xFF, 0x0A] + Array(".txt".utf8))
    #expect(!candidate.shownPath.utf8.contains(0x0A))
    guard case .read(let content) = InboxFileReader.read(candidate) else { return #expect(Bool(false)) }
    #expect(content.bytes == Array("路灯".utf8))
  }

  // MARK: Case folders

  @Test func `a folder with a case file and attachments is one candidate`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg")
    sample.setAge(sample.inbox + "/walk-in/漏水", 60)
    let candidate = try #require(try InboxScan.settled(sample, settle: settle).ready.first)
    #expect(candidate.file.isFolder)
    #expect(candidate.shownPath == "walk-in/漏水")
  }

  @Test func `a folder in which something waits is not ready`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    try sample.drop("walk-in/漏水/照片.jpg.part", "jpe")
    sample.setAge(sample.inbox + "/walk-in/漏水", 60)
    let snapshot = try InboxScan.settled(sample, settle: settle)
    #expect(snapshot.ready.isEmpty && snapshot.oddities.isEmpty)
    #expect(
      snapshot.waiting == [
        InboxWait(shownPath: "walk-in/漏水/照片.jpg.part", reason: .upload, isOverdue: false)
      ])
  }

  @Test func `a folder is not ready while one of its files is written, or joined by another`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水", secondsAgo: 1_000)
    let photograph = try sample.drop("walk-in/漏水/照片.jpg", "jpe", secondsAgo: 1_000)
    sample.setAge(sample.inbox + "/walk-in/漏水", 1_000)
    let writer = try #require(FileHandle(forWritingAtPath: photograph))
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    _ = try scan.scan(now: sample.nanos)
    let late = try scan.scanAndAsk(now: sample.nanos + 10 * settle)
    #expect(late.ready.isEmpty)
    #expect(late.waiting == [InboxWait(shownPath: "walk-in/漏水/照片.jpg", reason: .written, isOverdue: false)])
    try writer.close()
    try sample.drop("walk-in/漏水/另一张.jpg", "jpeg", secondsAgo: 1_000)
    #expect(try scan.scan(now: sample.nanos + 11 * settle).ready.isEmpty)
    #expect(try scan.scan(now: sample.nanos + 12 * settle).ready.count == 1)
  }

  @Test func `a dotted file in a folder waits for as long as any of which nobody tells who writes it`() throws
  {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    try sample.drop("walk-in/漏水/.现场.jpg", "jpeg")
    let scan = InboxScan(inbox: sample.inbox, settle: { _ in settle }, asking: { _, _ in .untold })
    let patience = settle * Limits.unseenPatience
    #expect(try scan.scan(now: sample.nanos, wall: sample.nanos).ready.isEmpty)
    let later = sample.nanos + patience
    #expect(try scan.scan(now: later - 1, wall: later).ready.isEmpty)
    #expect(try scan.scan(now: later, wall: later).ready.count == 1)
  }

  @Test func `a folder without a case file has a minute to get one`() throws {
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg", secondsAgo: 30)
    sample.setAge(sample.inbox + "/walk-in/漏水", 30)
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    #expect(try scan.scan(now: sample.nanos).oddities.isEmpty)
    #expect(try scan.scan(now: sample.nanos + 61_000_000_000).oddities.map(\.refusal) == [.folderWithoutCase])
  }

  @Test func `a folder with a link or a folder in it is odd`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    symlink("/etc/passwd", sample.inbox + "/walk-in/漏水/附件")
    let scan = InboxScan(inbox: sample.inbox, settle: 0)
    #expect(try scan.scan(now: sample.nanos + 10).oddities.map(\.refusal) == [.folderEntry(name: "附件")])
  }

  @Test func `the case file of a folder is found by name, then by format`() {
    func find(_ names: String...) -> Result<String, IntakeRefusal> {
      CaseFolder.caseFile(among: names.map { EntryName($0) }).map(\.shown)
    }
    #expect(find("a.jpg", "b.yaml") == .success("b.yaml"))
    #expect(find("说明.txt", "case.txt", "x.csv") == .success("case.txt"))
    #expect(find("案件.yml", "a.json") == .success("案件.yml"))
    #expect(find("a.json", "说明.txt") == .success("a.json"))
    #expect(find("a.json", "b.yaml") == .failure(.folderWithManyCases(["a.json", "b.yaml"])))
    #expect(find("a.jpg") == .failure(.folderWithoutCase))
  }
}
