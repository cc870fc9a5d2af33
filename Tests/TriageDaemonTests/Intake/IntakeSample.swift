import Foundation
import TriageCore
import TriageLedger

@testable import TriageDaemon

/// An inbox of its own for one test, and what decoding needs.
final class IntakeSample {
  let root: String
  let shanghai = Zone(identifier: "Asia/Shanghai", initialOffset: 28_800)
  /// 2026-11-21T10:00:00+08:00
  let now = Instant(seconds: 1_795_226_400)
  /// Real time: files are made now.
  let nanos: Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }()

  init() throws {
    root = NSTemporaryDirectory() + "/triaged-intake-" + UUID().uuidString
    for folder in ["inbox/hotline", "inbox/walk-in", "set-aside", "state/files"] {
      try FileManager.default.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var inbox: String { root + "/inbox" }
  var aside: String { root + "/set-aside" }

  func context(_ channel: ChannelID = "hotline", fields: [FieldID: FieldType] = [:]) -> IntakeContext {
    IntakeContext(channel: channel, zone: shanghai, now: now, fields: fields)
  }

  /// Puts a file into the inbox, last changed so many seconds ago.
  @discardableResult
  func drop(_ path: String, _ content: String, secondsAgo: Int = 60) throws -> String {
    try drop(path, bytes: Array(content.utf8), secondsAgo: secondsAgo)
  }

  @discardableResult
  func drop(_ path: String, bytes: [UInt8], secondsAgo: Int = 60) throws -> String {
    let full = inbox + "/" + path
    let folder = String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: full))
    setAge(full, secondsAgo)
    return full
  }

  func setAge(_ path: String, _ seconds: Int) {
    let at = timespec(tv_sec: Int(nanos / 1_000_000_000) - seconds, tv_nsec: 0)
    var times = (at, at)
    withUnsafePointer(to: &times) { pointer in
      pointer.withMemoryRebound(to: timespec.self, capacity: 2) { _ = utimensat(AT_FDCWD, path, $0, 0) }
    }
  }

  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []).sorted()
  }

  func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)))
  }
  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  static func fixture(_ name: String) throws -> [UInt8] {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = here.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/intake/\(name)")
    return [UInt8](try Data(contentsOf: file))
  }

  func decodeFixture(_ name: String, fields: [FieldID: FieldType] = [:]) throws -> DecodeResult {
    CaseDecoder.decode(try Self.fixture(name), fileName: name, context: context(fields: fields))
  }

  func decode(_ text: String, as name: String = "case.yaml", fields: [FieldID: FieldType] = [:])
    -> DecodeResult
  {
    CaseDecoder.decode(Array(text.utf8), fileName: name, context: context(fields: fields))
  }
}

extension DecodeResult {
  var only: CaseInput? { cases.count == 1 ? cases[0].input : nil }
  var refusal: IntakeRefusal? { refused.first?.refusal }
}

extension InboxScan {
  convenience init(inbox: String, settle: Int64) {
    self.init(inbox: inbox, settle: { _ in settle }, asking: Writing.askAgain)
  }

  /// Both clocks show the same.
  func scan(now: Int64) throws(InboxUnavailable) -> InboxSnapshot { try scan(now: now, wall: now) }

  /// A look, after whoever would read what is ready has asked who writes it.
  func scanAndAsk(now: Int64) throws(InboxUnavailable) -> InboxSnapshot {
    let snapshot = try scan(now: now)
    let written = snapshot.ready.filter { candidate in
      guard candidate.file.isFolder else {
        return Writing.askAgain(candidate.name, in: candidate.folder) == .somebody
      }
      guard let folder = try? OpenFolder(candidate.name, in: candidate.folder) else { return false }
      return candidate.contents.contains { Writing.askAgain($0.name, in: folder) == .somebody }
    }
    for candidate in written { wait(for: candidate) }
    return written.isEmpty ? snapshot : try scan(now: now)
  }

  /// What there is when nothing has changed for the settle time since the first look.
  static func settled(_ sample: IntakeSample, settle: Int64) throws(InboxUnavailable) -> InboxSnapshot {
    let scan = InboxScan(inbox: sample.inbox, settle: settle)
    _ = try scan.scan(now: sample.nanos)
    return try scan.scan(now: sample.nanos + settle)
  }
}

extension Writing {
  /// A process that another test starts holds, until its exec(3), a file open that this one was just writing: whoever
  /// has it open for longer is a writer.
  static func askAgain(_ name: EntryName, in folder: OpenFolder) -> Writing {
    for _ in 0..<20 {
      let answer = ask(name, in: folder)
      if answer != .somebody { return answer }
      usleep(5_000)
    }
    return .somebody
  }
}
