import Foundation
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("When a file is complete") struct ReadinessTests {
  private let settle: Int64 = 2_000_000_000
  private let readiness = Readiness()

  private func stamp(size: Int64 = 10, mtime: Int = 0, ctime: Int = 0, inode: UInt64 = 7) -> FileStamp {
    var found = stat()
    found.st_ino = __ino_t(inode)
    found.st_size = Int(size)
    found.st_mode = S_IFREG
    found.st_mtim.tv_sec = mtime
    found.st_ctim.tv_sec = ctime
    return FileStamp(found)
  }

  private func judge(
    _ stamp: FileStamp, at seconds: Double, _ writing: Writing, _ passage: Passage? = nil, patience: Int64 = 1
  ) -> String {
    let verdict = readiness.judge(
      stamp, settle: settle, passage: passage, patience: patience, now: Int64(seconds * 1e9)
    ) { writing }
    switch verdict {
    case .ready: return "ready"
    case .waits(let wait): return "\(wait.reason)"
    }
  }

  @Test(
    "Size, time of change and time of the inode must stay as first seen",
    arguments: ["size", "mtime", "ctime"])
  func unchanged(what: String) {
    #expect(judge(stamp(), at: 100, .nobody) == "settling")
    let other =
      switch what {
      case "size": stamp(size: 11)
      case "mtime": stamp(mtime: 1)
      default: stamp(ctime: 1)
      }
    #expect(judge(other, at: 102, .nobody) == "settling")
    #expect(judge(other, at: 103.9, .nobody) == "settling")
    #expect(judge(other, at: 104, .nobody) == "ready")
  }

  @Test("A refused lease: a writer waits for ever, of an unknown one the settle time counts")
  func refusals() {
    for seconds in [100.0, 102, 1_000] { #expect(judge(stamp(), at: seconds, .somebody) != "ready") }
    #expect(judge(stamp(inode: 8), at: 100, .untold) == "settling")
    #expect(judge(stamp(inode: 8), at: 102, .untold) == "ready")
    #expect(judge(stamp(inode: 9), at: 100, .untold, patience: 5) == "settling")
    #expect(judge(stamp(inode: 9), at: 109, .untold, patience: 5) == "settling")
    #expect(judge(stamp(inode: 9), at: 110, .untold, patience: 5) == "ready")
  }

  @Test("A rename needs no settle time, but a writer counts more")
  func renamed() {
    #expect(judge(stamp(inode: 1), at: 100, .nobody, .movedIn) == "ready")
    #expect(judge(stamp(inode: 2), at: 100, .untold, .movedIn) == "ready")
    #expect(judge(stamp(inode: 3), at: 100, .somebody, .movedIn) == "written")
  }

  @Test("Where no lease can be had, what was seen of its writing counts, and a lease counts more")
  func seen() {
    for (inode, passage) in [Passage.open, .made, .closed].enumerated() {
      _ = judge(stamp(inode: UInt64(inode)), at: 100, .untold, passage)
    }
    #expect(judge(stamp(inode: 0), at: 1_000, .untold, .open) == "written")
    #expect(judge(stamp(inode: 0), at: 1_000, .nobody, .open) == "ready")
    #expect(judge(stamp(inode: 1), at: 1_000, .untold, .made) == "ready", "link(2) brings it whole")
    #expect(judge(stamp(inode: 2), at: 102, .untold, .closed) == "ready")
    _ = judge(stamp(size: 0, inode: 4), at: 100, .untold, .made)
    #expect(judge(stamp(size: 0, inode: 4), at: 1_000, .untold, .made) == "written", "made and still empty")
  }

  @Test(
    "A file that was just made is looked at a second time, whatever the settle time: it may be written to")
  func made() {
    func judge(_ seconds: Double, _ passage: Passage) -> Readiness.Verdict {
      readiness.judge(stamp(), settle: 0, passage: passage, now: Int64(seconds * 1e9)) { .untold }
    }
    #expect(judge(100, .made) != .ready)
    #expect(judge(100.2, .open) != .ready, "by then the events of the first look tell")
    #expect(judge(100.2, .made) == .ready)
  }

  @Test("Where events were lost a file waits as one whose coming nobody saw")
  func lost() {
    for seconds in [100.0, 109] { #expect(judge(stamp(), at: seconds, .untold, .lost) == "settling") }
    #expect(judge(stamp(), at: 110, .untold, .lost) == "ready")
    #expect(judge(stamp(inode: 8), at: 100, .nobody, .lost) == "settling")
    #expect(judge(stamp(inode: 8), at: 102, .nobody, .lost) == "ready")
  }

  @Test(
    "Where the reader asks it is not asked before, but for what he found written or what only the answer decides"
  )
  func askedByReader() {
    var asked = 0
    func ask(_ seconds: Double, _ passage: Passage?, _ writing: Writing = .somebody) -> Bool {
      let verdict = readiness.judge(
        stamp(), settle: 0, passage: passage, now: Int64(seconds * 1e9), isAskedAgain: true
      ) {
        asked += 1
        return writing
      }
      return verdict == .ready
    }
    #expect(ask(100, .movedIn) && ask(100, .closed) && ask(100, nil) && asked == 0)
    #expect(!ask(100, .open) && asked == 1)
    readiness.isWritten(stamp(), now: 100_000_000_000)
    #expect(!ask(101, .movedIn) && asked == 2)
    #expect(ask(102, .movedIn, .nobody) && asked == 3)
    #expect(ask(103, .movedIn) && asked == 3)
  }

  @Test("A number that an inode gets again makes no old file of a new one")
  func inodeAgain() {
    func isOverdue(_ stamp: FileStamp, _ seconds: Double) -> Bool {
      let verdict = readiness.judge(stamp, settle: 0, passage: .open, now: Int64(seconds * 1e9)) { .somebody }
      if case .waits(let wait) = verdict { return wait.isOverdue } else { return false }
    }
    #expect(judge(stamp(size: 10, mtime: 1), at: 100, .nobody, .movedIn) == "ready")
    // The ready one was taken in; another with its number is being written minutes later.
    #expect(!isOverdue(stamp(size: 20, mtime: 2), 500))
    // One that grows for as long is the same.
    #expect(!isOverdue(stamp(size: 30, mtime: 3), 600))
    #expect(isOverdue(stamp(size: 40, mtime: 4), 801))
    // Made anew and smaller.
    #expect(!isOverdue(stamp(size: 1, mtime: 5), 802))
  }

  @Test("What was forgotten is seen for the first time again")
  func forgotten() {
    _ = judge(stamp(), at: 100, .nobody)
    readiness.forget(notAskedSince: 101_000_000_000)
    #expect(judge(stamp(), at: 102, .nobody) == "settling")
  }

  @Test("The kernel tells of a writer, of none, and of another's file nothing")
  func leases() throws {
    let folder = try OpenFolder(path: NSTemporaryDirectory())
    let name = EntryName("triaged-lease-" + UUID().uuidString)
    let path = NSTemporaryDirectory() + "/" + name.shown
    #expect(FileManager.default.createFile(atPath: path, contents: Data("x".utf8)))
    defer { unlink(path) }
    #expect(Writing.askAgain(name, in: folder) == .nobody)
    let writer = open(path, O_WRONLY | O_CLOEXEC)
    #expect(Writing.askAgain(name, in: folder) == .somebody)
    close(writer)
    #expect(Writing.askAgain(name, in: folder) == .nobody)
    let foreign = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    defer { close(foreign) }
    #expect(Writing.ask(foreign) != .somebody)
  }
}
