import Foundation
import Testing
import TriageLedger

@testable import TriageDaemon

@Suite("Recorded files on their way out")
struct SpentFilesTests {
  private let sample: IntakeSample
  /// Of the ledger, on another file system than the inbox.
  private let state: String

  init() throws {
    sample = try IntakeSample()
    state = "/dev/shm/triaged-state-" + UUID().uuidString
  }

  private func device(_ path: String) -> dev_t? {
    var found = stat()
    return stat(path, &found) == 0 ? found.st_dev : nil
  }

  /// Runs with a state folder on another file system; where there is no second one it says so.
  private func elsewhere(_ body: () throws -> Void) throws {
    guard mkdir(state, 0o700) == 0, device(state) != device(sample.inbox) else {
      return print("spent files: skipped, there is no second file system")
    }
    defer { try? FileManager.default.removeItem(atPath: state) }
    try body()
  }

  private func seen() throws -> InboxFile {
    let scan = InboxScan(inbox: sample.inbox, settle: { _ in 0 })
    return try #require(try scan.scan(now: sample.nanos, wall: sample.nanos).ready.first?.file)
  }

  @Test("From another file system a file is deleted at once; one that somebody writes stays until he is done")
  func otherFileSystem() throws {
    try elsewhere {
      let path = try sample.drop("hotline/a.txt", "abc")
      let seen = try seen()
      let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: state))
      let writer = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
      #expect(removal.remove(seen) == .written)
      #expect(sample.names("inbox/hotline") == ["a.txt"])
      close(writer)
      #expect(removal.remove(seen) == .removed)
      #expect(sample.names("inbox/hotline") == [])
      #expect(try FileManager.default.contentsOfDirectory(atPath: state + "/spent/hotline") == [])
    }
  }

  @Test(
    "Promise 1: what was written into it between the record and the removal stays, on another file system too"
  )
  func changed() throws {
    try elsewhere {
      let path = try sample.drop("hotline/a.txt", "abc")
      let seen = try seen()
      try "abcdef".write(toFile: path, atomically: false, encoding: .utf8)
      let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: state))
      #expect(removal.remove(seen) == .changed)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "abcdef")
    }
  }

  @Test("Where nobody can tell who writes, what was recorded goes, and what was written to since comes back")
  func untold() throws {
    try elsewhere {
      try sample.drop("hotline/a.txt", "abc")
      let spent = try SpentFiles(state: state) { _, _ in .untold }
      #expect(try InboxRemoval(inbox: sample.inbox, spent: spent).remove(seen()) == .removed)
    }
    let path = try sample.drop("hotline/b.txt", "abc")
    let spent = try SpentFiles(state: sample.root + "/state") { _, _ in .untold }
    let writer = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    #expect(try InboxRemoval(inbox: sample.inbox, spent: spent).remove(seen()) == .removed)
    #expect(sample.names("state/spent/hotline").count == 1)
    write(writer, "def", 3)
    close(writer)
    #expect(spent.empty { _ in try? OpenFolder(path: sample.inbox) })
    let back = try #require(sample.names("inbox/hotline").first { $0.hasPrefix("given-back-") })
    #expect(try String(contentsOfFile: sample.inbox + "/hotline/" + back, encoding: .utf8) == "abcdef")
  }

  @Test("What is to go back waits while the inbox is not there")
  func inboxAway() throws {
    let spent = try SpentFiles(state: sample.root + "/state")
    try "unrecorded".write(toFile: sample.root + "/state/spent/1-2-3", atomically: false, encoding: .utf8)
    #expect(!spent.empty { _ in nil })
    #expect(sample.names("state/spent") == ["1-2-3"])
    #expect(spent.empty { _ in try? OpenFolder(path: sample.inbox) })
    #expect(sample.names("inbox").contains { $0.hasPrefix("given-back-") })
  }
}
