import Foundation
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

/// What the names of the files in a case folder, and beside it, have to say.
@Suite("Names in case folders") struct CaseFolderNamesTests {
  let sample: IntakeSample
  let settle: Int64 = 2_000_000_000
  init() throws { sample = try IntakeSample() }

  private func contents(_ candidate: InboxCandidate?) -> [String] {
    (candidate?.contents ?? []).map(\.name.shown).sorted()
  }

  private func patient() throws -> InboxSnapshot {
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    _ = try scan.scan(now: sample.nanos)
    return try scan.scan(now: sample.nanos + settle * Limits.unseenPatience * Limits.unseenPatience)
  }

  @Test func `a dotted name that nobody writes any more is an attachment, a desktop's leaving is none`()
    throws
  {
    for name in ["case.yaml", ".证据.jpg", ".DS_Store", "._照片.jpg", "Thumbs.db", "desktop.ini", "照片.jpg"] {
      try sample.drop("walk-in/漏水/" + name, "title: x")
    }
    try sample.drop("walk-in/漏水/__MACOSX/._照片.jpg", "x")
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    _ = try scan.scan(now: sample.nanos)
    #expect(try scan.scan(now: sample.nanos + settle).ready.isEmpty)
    #expect(try contents(patient().ready.first) == [".证据.jpg", "case.yaml", "照片.jpg"])
  }

  @Test func `a dotted name that somebody writes holds the folder back`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    let path = try sample.drop("walk-in/漏水/.photo.jpg.AbCdEf", "x")
    let writer = try #require(FileHandle(forWritingAtPath: path))
    #expect(try patient().ready.isEmpty)
    try writer.close()
    #expect(rename(path, sample.inbox + "/walk-in/漏水/photo.jpg") == 0)
    #expect(try contents(patient().ready.first) == ["case.yaml", "photo.jpg"])
  }

  @Test(arguments: ["case.yaml~", "~$报告.docx", ".~lock.报告.odt#", ".case.yaml.swp"])
  func `what an editor left beside a settled case holds nothing back`(_ name: String) throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    try sample.drop("walk-in/漏水/" + name, "x")
    #expect(try patient().ready.map(\.shownPath) == ["walk-in/漏水"])
  }

  @Test(arguments: [
    "walk-in/漏水/x.part", "walk-in/漏水/.x.part", "walk-in/漏水/x.tmp", "walk-in/a.tmp", "walk-in/.a.yaml",
    "walk-in/.../a.yaml", ".../a.yaml", "a.yaml.part",
  ])
  func `what waits by its name for very long is told of once`(_ path: String) throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    try sample.drop(path, "title: x")
    let shown = path.replacing("/.../a.yaml", with: "/...").replacing(".../a.yaml", with: "...")
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    var overdue: [String] = []
    for minute in 0...10 {
      let snapshot = try scan.scan(now: sample.nanos + Int64(minute) * 60_000_000_000)
      #expect(snapshot.waiting.map(\.shownPath).contains(shown))
      #expect(!snapshot.ready.contains { $0.shownPath == path })
      overdue += snapshot.waiting.filter(\.isOverdue).map(\.shownPath)
    }
    #expect(overdue == [shown])
  }

  @Test(arguments: [".DS_Store", "walk-in/Thumbs.db", "walk-in/~$a.docx", "walk-in/.triaged", ".triaged"])
  func `of leavings nobody is told`(_ path: String) throws {
    try sample.drop(path, "x")
    #expect(try patient().waiting.isEmpty)
  }

  // MARK: Removing

  private func removal() throws -> InboxRemoval {
    try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
  }

  @Test func `Promise 1: a folder in which a dotted file was not recorded stays`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    let seen = try #require(try patient().ready.first)
    try sample.drop("walk-in/漏水/.照片.jpg", "later")
    #expect(try removal().remove(seen.file) == .changed)
    #expect(sample.names("inbox/walk-in/漏水") == [".照片.jpg", "case.yaml"])
  }

  @Test func `Promise 1: a file of an old time that is moved in meanwhile stays`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg")
    let seen = try #require(try patient().ready.first)
    // A removal that was broken off.
    #expect(unlink(sample.inbox + "/walk-in/漏水/照片.jpg") == 0)
    let other = try sample.drop("补充.jpg", "j", secondsAgo: 1_000)
    usleep(20_000)
    #expect(rename(other, sample.inbox + "/walk-in/漏水/补充.jpg") == 0)
    #expect(try removal().remove(seen.file) == .changed)
    #expect(sample.names("inbox/walk-in/漏水") == ["case.yaml", "补充.jpg"])
  }

  @Test func `leavings go with their folder, a folder among them too`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    try sample.drop("walk-in/漏水/.DS_Store", "x")
    try sample.drop("walk-in/漏水/__MACOSX/._case.yaml", "x")
    let seen = try #require(try patient().ready.first)
    #expect(try removal().remove(seen.file) == .removed)
    #expect(sample.names("inbox/walk-in") == [])
  }
}
