import Foundation
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

@Suite("Reading, removing and setting aside") struct InboxFilesTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  func candidates() throws -> [InboxCandidate] {
    try InboxScan(inbox: sample.inbox, settle: 0).scan(now: sample.nanos + 10_000_000_000).ready
  }
  func candidate() throws -> InboxCandidate { try #require(try candidates().first) }
  var setAside: SetAside { SetAside(directory: sample.aside, language: .zh, zone: sample.shanghai) }
  let refused = [RefusedPart(refusal: .noTitleNoText)]

  // MARK: Reading

  @Test func `a file is read and hashed through one descriptor`() throws {
    try sample.drop("hotline/a.txt", "abc")
    guard case .read(let content) = InboxFileReader.read(try candidate()) else { return #expect(Bool(false)) }
    #expect(content.bytes == Array("abc".utf8))
    #expect(content.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `a file swapped for a link, a pipe or another file after the look is not read`() throws {
    let path = try sample.drop("hotline/a.txt", "abc")
    let seen = try candidate()
    func outcome() -> String {
      switch InboxFileReader.read(seen) {
      case .changed: "changed"
      case .gone: "gone"
      default: "read"
      }
    }
    unlink(path)
    #expect(outcome() == "gone")
    symlink("/etc/passwd", path)
    #expect(outcome() == "changed")
    unlink(path)
    mkfifo(path, 0o600)
    #expect(outcome() == "changed")
    unlink(path)
    try sample.drop("hotline/a.txt", "abd")
    #expect(outcome() == "changed")
  }

  @Test(arguments: ["hotline/a.txt", "walk-in/漏水"])
  func `Promise 1: what somebody has opened for writing after the look is not read`(_ path: String) throws {
    try sample.drop("hotline/a.txt", "abc")
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg")
    let seen = try #require(try candidates().first { $0.shownPath == path })
    func outcome() throws -> String {
      let store = OriginalStore(state: sample.root + "/state")
      let file = seen.file.isFolder ? nil : InboxFileReader.read(seen)
      let folder = seen.file.isFolder ? try CaseFolder.read(seen, storingIn: store) : nil
      if case .written? = file { return "written" }
      if case .written? = folder { return "written" }
      if case .read? = file { return "read" }
      if case .read? = folder { return "read" }
      return "other"
    }
    let name = sample.inbox + "/" + path + (seen.file.isFolder ? "/照片.jpg" : "")
    // It has written nothing yet: no time and no size tells of it.
    let writer = open(name, O_WRONLY | O_APPEND | O_CLOEXEC)
    #expect(try outcome() == "written")
    close(writer)
    #expect(try outcome() == "read")
  }

  @Test func `a channel folder swapped for a link leads nowhere else`() throws {
    try sample.drop("hotline/a.txt", "abc")
    let seen = try candidate()
    try sample.drop("walk-in/a.txt", "secret")
    rename(sample.inbox + "/hotline", sample.root + "/moved")
    symlink(sample.inbox + "/walk-in", sample.inbox + "/hotline")
    guard case .read(let content) = InboxFileReader.read(seen) else { return #expect(Bool(false)) }
    #expect(content.bytes == Array("abc".utf8))
  }

  @Test func `a file above the limit is refused before it is read`() throws {
    let path = try sample.drop("hotline/a.txt", "")
    truncate(path, Limits.caseFileBytes + 1)
    guard case .refused(let refusal) = InboxFileReader.read(try candidate()) else {
      return #expect(Bool(false))
    }
    #expect(refusal == .tooLarge(bytes: Int64(Limits.caseFileBytes) + 1))
  }

  @Test func `a case folder gives the case file and stored attachments`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg")
    try sample.drop("walk-in/漏水/.DS_Store", "x")
    let store = OriginalStore(state: sample.root + "/state")
    guard case .read(let folder) = try CaseFolder.read(try candidate(), storingIn: store) else {
      return #expect(Bool(false))
    }
    #expect(folder.caseFile.bytes == Array("title: 漏水".utf8))
    #expect(folder.caseFileName == "case.yaml")
    #expect(folder.attachments.map(\.name) == ["照片.jpg"])
    let stored = try #require(folder.attachments.first?.original)
    #expect(try store.read(stored.sha256) == Array("jpeg".utf8))
  }

  @Test func `a case folder that changed after the look is looked at again`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: 漏水")
    let seen = try candidate()
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg", secondsAgo: -60)
    guard case .changed = try CaseFolder.read(seen, storingIn: OriginalStore(state: sample.root + "/state"))
    else {
      return #expect(Bool(false))
    }
  }

  // MARK: Removing

  @Test func `only the entry that was recorded is removed`() throws {
    try sample.drop("hotline/a.txt", "abc")
    try sample.drop("b.txt", "abc")
    let seen = try candidates().map(\.file)
    let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
    #expect(seen.map { removal.remove($0) } == [.removed, .removed])
    #expect(removal.sync())
    #expect(seen.map { removal.remove($0) } == [.alreadyGone, .alreadyGone])
    // Of another size: a file system may give the freed inode to the new file.
    try sample.drop("hotline/a.txt", "another")
    #expect(seen.map { removal.remove($0) }.contains(.changed))
    #expect(sample.names("inbox/hotline") == ["a.txt"])
  }

  @Test func `Promise 1: what was never recorded goes back from the spent files into the inbox`() throws {
    try sample.drop("b.txt", "abc")
    let seen = try candidates().map(\.file)
    let spent = try SpentFiles(state: sample.root + "/state")
    let removal = try InboxRemoval(inbox: sample.inbox, spent: spent)
    #expect(seen.map { removal.remove($0) } == [.removed])
    // Under the name of a recorded file, as a process leaves it that dies between the move and the look.
    try sample.drop("late.txt", "unrecorded")
    #expect(rename(sample.inbox + "/late.txt", sample.root + "/state/spent/1-2-3") == 0)
    #expect(spent.empty { _ in try? OpenFolder(path: sample.inbox) })
    #expect(sample.names("state/spent").isEmpty)
    let back = try #require(sample.names("inbox").first { $0.hasPrefix("given-back-") })
    #expect(try String(contentsOfFile: sample.inbox + "/" + back, encoding: .utf8) == "unrecorded")
  }

  @Test
  func `Promise 1: what somebody writes into a recorded file after its removal comes back into the inbox`()
    throws
  {
    let path = try sample.drop("hotline/a.txt", "abc")
    let seen = try candidates().map(\.file)
    let writer = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    let spent = try SpentFiles(state: sample.root + "/state")
    #expect(try InboxRemoval(inbox: sample.inbox, spent: spent).remove(try #require(seen.first)) == .removed)
    #expect(!spent.empty { _ in try? OpenFolder(path: sample.inbox) })
    #expect(sample.names("state/spent/hotline").count == 1)
    write(writer, "def", 3)
    close(writer)
    // Its channel is a share that is away: what lies there now is none of it.
    #expect(!spent.empty { $0 == EntryName("hotline") ? nil : try? OpenFolder(path: sample.inbox) })
    #expect(sample.names("inbox/hotline") == [])
    #expect(spent.empty { _ in try? OpenFolder(path: sample.inbox) })
    #expect(sample.names("state/spent/hotline") == [])
    let back = try #require(sample.names("inbox/hotline").first)
    #expect(back.hasPrefix("given-back-") && back.hasSuffix(".txt"))
    #expect(try sample.text("inbox/hotline/" + back) == "abcdef")
  }

  @Test func `what cannot be deleted from the spent files is not forgotten`() throws {
    let spent = try SpentFiles(state: sample.root + "/state")
    #expect(spent.empty { _ in try? OpenFolder(path: sample.inbox) })
    // A folder bears the name of a file that may go: it cannot be deleted as one.
    let path = sample.root + "/state/spent/hotline/"
    try FileManager.default.createDirectory(atPath: path + "x", withIntermediateDirectories: true)
    let stamp = try #require(try OpenFolder(path: path).stamp(of: EntryName("x")))
    #expect(rename(path + "x", path + "\(stamp.device)-\(stamp.inode)-\(stamp.mtimeNanos)") == 0)
    #expect(!spent.empty { _ in try? OpenFolder(path: sample.inbox) })
  }

  @Test func `a case folder that an earlier version recorded, by the times of its files alone, is removed`()
    throws
  {
    try sample.drop("walk-in/漏水/case.yaml", "title: x", secondsAgo: 40)
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg", secondsAgo: 30)
    sample.setAge(sample.inbox + "/walk-in/漏水", 50)
    var old = try candidate().file
    old.mtimeNanos = (sample.nanos / 1_000_000_000 - 30) * 1_000_000_000
    let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
    try sample.drop("walk-in/漏水/照片.jpg", "else", secondsAgo: 29)
    #expect(removal.remove(old) == .changed)
    try sample.drop("walk-in/漏水/照片.jpg", "jpeg", secondsAgo: 30)
    sample.setAge(sample.inbox + "/walk-in/漏水", 50)
    #expect(try candidate().files.contains(old))
    #expect(removal.remove(old) == .removed)
    #expect(sample.names("inbox/walk-in") == [])
  }

  @Test func `what was recorded on a share is known when it is mounted anew, by another number`() throws {
    try sample.drop("hotline/a.txt", "abc")
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    sample.setAge(sample.inbox + "/walk-in/漏水", 50)
    let recorded = try candidates().map { candidate in
      var file = candidate.file
      file.device += 1
      return file
    }
    #expect(try Set(candidates().map(\.file)) == Set(recorded) && recorded.count == 2)
    let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
    for file in recorded { #expect(removal.remove(file) == .removed) }
    #expect(sample.names("inbox/walk-in") == [] && sample.names("inbox/hotline") == [])
  }

  @Test func `a recorded case folder of which somebody still writes a file stays until he is done`() throws {
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    let photograph = try sample.drop("walk-in/漏水/照片.jpg", "jpeg")
    sample.setAge(sample.inbox + "/walk-in/漏水", 50)
    let seen = try candidate().file
    let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
    let writer = open(photograph, O_WRONLY | O_APPEND | O_CLOEXEC)
    #expect(removal.remove(seen) == .written)
    #expect(sample.names("inbox/walk-in/漏水") == ["case.yaml", "照片.jpg"])
    close(writer)
    #expect(removal.remove(seen) == .removed)
  }

  @Test func `a case folder is removed whole, or stays when something was added`() throws {
    for name in ["漏水", "电梯"] {
      try sample.drop("walk-in/\(name)/case.yaml", "title: x")
      try sample.drop("walk-in/\(name)/.DS_Store", "x")
      sample.setAge(sample.inbox + "/walk-in/" + name, 50)
    }
    let seen = try candidates()
    try sample.drop("walk-in/电梯/补充.jpg", "x", secondsAgo: 0)
    let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
    for folder in seen {
      #expect(removal.remove(folder.file) == (folder.shownPath.hasSuffix("漏水") ? .removed : .changed))
    }
    #expect(sample.names("inbox/walk-in") == ["电梯"])
    #expect(sample.names("inbox/walk-in/电梯").contains("case.yaml"))
  }

  // MARK: Setting aside

  @Test func `a refused file moves with its reason beside it, byte for byte`() throws {
    try sample.drop("hotline/坏.yaml", "area: 一社区")
    let entry = try setAside.move(try candidate(), because: refused, sha256: "00ff", at: sample.now)
    #expect(entry == SetAsideEntry(name: "坏.yaml", renamed: false))
    #expect(sample.names("inbox/hotline") == [])
    #expect(try sample.text("set-aside/坏.yaml") == "area: 一社区")
    let reason = try sample.text("set-aside/坏.yaml.reason.yaml")
    #expect(reason.contains("reason: \"缺少标题"))
    #expect(reason.contains("code: no-title-no-text"))
    #expect(reason.contains("time: \"2026-11-21T10:00:00+08:00\""))
    #expect(reason.contains("original_path: \"inbox/hotline/坏.yaml\""))
    #expect(reason.contains("sha256: 00ff"))
  }

  @Test func `Promise 1: nothing is set aside under the mount point of a share that has gone away meanwhile`()
    throws
  {
    try sample.drop("hotline/坏.yaml", "area: 一社区")
    let seen = try candidate()
    let marker = QueueMarker(root: String(repeating: "ab", count: 16))
    try marker.put(in: try OpenFolder(path: sample.aside))
    let setAside = SetAside(
      directory: sample.aside, language: .zh, zone: sample.shanghai, marker: marker.id)
    #expect(rename(sample.aside, sample.root + "/share") == 0)
    mkdir(sample.aside, 0o770)
    #expect(throws: SetAsideFailure.away) { try setAside.move(seen, because: refused, at: sample.now) }
    #expect(sample.names("set-aside") == [] && sample.names("inbox/hotline") == ["坏.yaml"])
    rmdir(sample.aside)
    #expect(rename(sample.root + "/share", sample.aside) == 0)
    #expect(try setAside.move(seen, because: refused, at: sample.now).name == "坏.yaml")
  }

  @Test func `limit, offset and place are in the reason`() throws {
    try sample.drop("hotline/a.yaml", "x")
    try setAside.move(
      try candidate(), because: [RefusedPart(refusal: .tooDeep(line: 3, column: 7))], at: sample.now)
    let deep = try sample.text("set-aside/a.yaml.reason.yaml")
    #expect(deep.contains("limit: yamlDepth") && deep.contains("line: 3\ncolumn: 7"))
    try sample.drop("hotline/b.yaml", "x")
    try setAside.move(try candidate(), because: [RefusedPart(refusal: .nulByte(offset: 9))], at: sample.now)
    #expect(try sample.text("set-aside/b.yaml.reason.yaml").contains("offset: 9"))
  }

  @Test func `nothing in set-aside is ever overwritten`() throws {
    for content in ["一", "二", "三"] {
      try sample.drop("hotline/a.yaml", content)
      try setAside.move(try candidate(), because: refused, at: sample.now)
    }
    #expect(try sample.text("set-aside/a.yaml") == "一")
    #expect(try sample.text("set-aside/a (2).yaml") == "二")
    #expect(try sample.text("set-aside/a (3).yaml") == "三")
    #expect(sample.names("set-aside").count == 6)
  }

  @Test func `a reason left by a crash is written anew with its file`() throws {
    try Data("old".utf8).write(to: URL(fileURLWithPath: sample.aside + "/a.yaml.reason.yaml"))
    try sample.drop("hotline/a.yaml", "x")
    let entry = try setAside.move(try candidate(), because: refused, at: sample.now)
    #expect(entry.name == "a.yaml")
    #expect(try sample.text("set-aside/a.yaml.reason.yaml").contains("no-title-no-text"))
  }

  @Test func `a link is moved itself, its target stays`() throws {
    let target = sample.root + "/target"
    try Data("secret".utf8).write(to: URL(fileURLWithPath: target))
    symlink(target, sample.inbox + "/hotline/link.yaml")
    let odd = try #require(
      try InboxScan(inbox: sample.inbox, settle: 0).scan(now: sample.nanos).oddities.first)
    try setAside.move(odd.candidate, because: [RefusedPart(refusal: odd.refusal)], at: sample.now)
    var status = stat()
    #expect(lstat(sample.aside + "/link.yaml", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "secret")
  }

  @Test func `a file that another took the name of is left to the next look`() throws {
    let path = try sample.drop("hotline/a.yaml", "x")
    let seen = try candidate()
    try Data("y".utf8).write(to: URL(fileURLWithPath: path + ".new"))
    rename(path + ".new", path)
    #expect(throws: SetAsideFailure.changed) { try setAside.move(seen, because: refused, at: sample.now) }
    #expect(sample.names("inbox/hotline") == ["a.yaml"])
  }

  @Test func `names become safe: 255 bytes with the reason, nothing hidden, no forbidden signs`() {
    func safe(_ bytes: [UInt8]) -> String { SafeName.of(EntryName(bytes: bytes)).shown }
    #expect(safe(Array("a\u{202E}b:c?.txt".utf8)) == "a_b_c_.txt")
    #expect(safe([0xFF, 0x0A, 0x61]) == "%FF%0Aa")
    let long = SafeName.of(EntryName(String(repeating: "长", count: 85) + ".yaml"))
    #expect(long.bytes.count + 12 <= 255)
    #expect(long.shown.hasSuffix("长.yaml"))
    let numbered = SafeName.numbered(long, 9_999)
    #expect(numbered.bytes.count + 12 <= 255)
  }

  @Test func `the bad rows of a table are written once, however often it is tried`() throws {
    try sample.drop("hotline/导出.csv", bytes: try IntakeSample.fixture("hotline-district.csv"))
    let seen = try candidate()
    let rows = try #require(try sample.decodeFixture("hotline-district.csv").refusedRows)
    for _ in 0..<2 {
      let entry = try setAside.write(rows, of: seen, sha256: "1a2b3c4d5e", at: sample.now)
      #expect(entry.name == "导出.rows-1a2b3c4d.csv")
    }
    #expect(sample.names("set-aside") == ["导出.rows-1a2b3c4d.csv", "导出.rows-1a2b3c4d.csv.reason.yaml"])
    let reason = try sample.text("set-aside/导出.rows-1a2b3c4d.csv.reason.yaml")
    #expect(reason.contains("- {row: 4, code: csv-cells, reason: "))
    #expect(
      sample.names("inbox/hotline") == ["导出.csv"], "the table itself goes when its good rows are recorded")
  }

  @Test func `what must go to another file system is copied whole and then removed`() throws {
    // /dev/shm is a file system of its own on Linux.
    let shm = "/dev/shm/triaged-intake-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: shm, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: shm) }
    try sample.drop("walk-in/夹/案件.yaml", "area: x")
    symlink("/etc/passwd", sample.inbox + "/walk-in/夹/附件")
    let odd = try #require(
      try InboxScan(inbox: sample.inbox, settle: 0).scan(now: sample.nanos + 10).oddities.first)
    try SetAside(directory: shm, language: .en, zone: sample.shanghai)
      .move(odd.candidate, because: [RefusedPart(refusal: odd.refusal)], at: sample.now)
    #expect(try String(contentsOfFile: shm + "/夹/案件.yaml", encoding: .utf8) == "area: x")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: shm + "/夹/附件") == "/etc/passwd")
    #expect(sample.names("inbox/walk-in") == [])
  }

  @Test func `the reason file is YAML that the rules' own reader reads`() throws {
    try sample.drop("hotline/\"坏\": {名}.yaml", "x")
    try setAside.move(
      try candidate(), because: [RefusedPart(refusal: .duplicateKey("a\"\n- b\u{202E}", line: 1, column: 1))],
      at: sample.now)
    let name = try #require(sample.names("set-aside").first { $0.hasSuffix(".reason.yaml") })
    let value = try YamlCase(try sample.bytes("set-aside/" + name)).value
    guard case .map(let pairs) = value else { return #expect(Bool(false)) }
    #expect(pairs.first { $0.key == "original_path" }?.value == .scalar("inbox/hotline/\"坏\": {名}.yaml"))
  }
}
