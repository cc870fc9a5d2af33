import Foundation
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Watching folders") struct WatcherTests {
  private final class Scratch {
    let path = NSTemporaryDirectory() + "/triaged-watch-" + UUID().uuidString
    init() throws {
      try FileManager.default.createDirectory(atPath: path + "/inbox", withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    var inbox: String { path + "/inbox" }
  }
  private let scratch: Scratch
  private let watcher = Watcher()
  init() throws { scratch = try Scratch() }

  private func touch(_ path: String) { close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)) }

  private func passage(_ name: String) -> Passage? {
    _ = watcher.drain()
    return watcher.passage(of: EntryName(name), in: scratch.inbox)
  }

  @Test("What happens to a file is known step by step, and forgotten when it goes")
  func passages() throws {
    watcher.watch(scratch.inbox)
    let file = open(scratch.inbox + "/a", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    #expect(passage("a") == .made)
    write(file, "x", 1)
    #expect(passage("a") == .open)
    close(file)
    #expect(passage("a") == .closed)
    rename(scratch.inbox + "/a", scratch.path + "/a")
    #expect(passage("a") == nil)
    rename(scratch.path + "/a", scratch.inbox + "/b")
    #expect(passage("b") == .movedIn)
    chmod(scratch.inbox + "/b", 0o640)
    #expect(passage("b") == .movedIn)
    link(scratch.inbox + "/b", scratch.inbox + "/c")
    #expect(passage("c") == .made)
    #expect(watcher.passage(of: EntryName("c"), in: scratch.path) == nil)
  }

  @Test("When events were lost nothing is known of how a file came; what is seen afterwards counts again")
  func overflow() throws {
    watcher.watch(scratch.inbox)
    let limit = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
    let events = try #require(Int(limit.trimmingCharacters(in: .whitespacesAndNewlines)))
    guard events <= 100_000 else { return print("overflow: skipped, the queue of events is too long") }
    touch(scratch.inbox + "/before")
    // Each is made and closed; neighbours of one kind would be one event.
    for number in 0...events / 2 { touch(scratch.inbox + "/\(number)") }
    touch(scratch.inbox + "/late")
    #expect(watcher.drain().paths == nil)
    #expect(passage("late") == .lost && passage("before") == .lost)
    touch(scratch.inbox + "/after")
    #expect(passage("after") == .closed)
  }

  @Test("Writing into an open file calls for no look; its closing does")
  func writingOnly() throws {
    let file = open(scratch.inbox + "/a", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    watcher.watch(scratch.inbox)
    for _ in 1...10 { write(file, "x", 1) }
    #expect(watcher.drain().isWritingOnly)
    close(file)
    #expect(watcher.drain().paths == [scratch.inbox])
  }

  @Test("What the daemon itself writes and names calls for no look; what another process names so does")
  func ownFiles() throws {
    watcher.watch(scratch.inbox)
    let folder = try OpenFolder(path: scratch.inbox)
    let (mine, other) = (TemporaryName.next(), EntryName("\(TemporaryName.prefix)1-1.tmp"))
    try folder.write([0x61], as: mine, mode: 0o600, durable: false)
    try folder.move(mine, to: folder, as: EntryName("item.yaml"))
    #expect(watcher.drain().paths == [])
    #expect(passage("item.yaml") == nil)
    let again = TemporaryName.next()
    try folder.write([0x62], as: again, mode: 0o600, durable: false)
    try folder.replace(again, as: EntryName("item.yaml"))
    #expect(watcher.drain().paths == [])
    rename(scratch.inbox + "/item.yaml", scratch.inbox + "/copy.yaml")
    #expect(watcher.drain().paths == [scratch.inbox])
    try folder.write([0x63], as: other, mode: 0o600, durable: false)
    _ = watcher.drain()
    try folder.move(other, to: folder, as: EntryName("holidays.yaml"))
    #expect(watcher.drain().paths == [scratch.inbox])
    #expect(passage("holidays.yaml") == .movedIn)
  }

  @Test("A folder that takes another's path is watched in its place, and a name by itself from outside")
  func replaced() throws {
    watcher.watch(entry: scratch.inbox)
    watcher.watch(scratch.inbox)
    rename(scratch.inbox, scratch.path + "/old")
    mkdir(scratch.inbox, 0o700)
    #expect(watcher.drain().paths == [scratch.inbox])
    watcher.watch(scratch.inbox)
    mkdir(scratch.path + "/other", 0o700)
    touch(scratch.path + "/old/x")
    #expect(watcher.drain().paths == [])
    touch(scratch.inbox + "/x")
    #expect(watcher.drain().paths == [scratch.inbox])
    rmdir(scratch.path + "/other")
    unlink(scratch.inbox + "/x")
    rmdir(scratch.inbox)
    mkdir(scratch.inbox, 0o700)
    #expect(watcher.drain().paths == [scratch.inbox])
    touch(scratch.inbox + "/y")
    #expect(watcher.drain().paths == [], "not watched before it is looked at again")
    watcher.watch(scratch.inbox)
    touch(scratch.inbox + "/z")
    #expect(watcher.drain().paths == [scratch.inbox])
    watcher.forget(scratch.inbox)
    touch(scratch.inbox + "/w")
    #expect(watcher.drain().paths == [])
  }

  @Test("Two paths to one folder are both told")
  func twoPaths() throws {
    symlink("inbox", scratch.path + "/link")
    watcher.watch(scratch.inbox)
    watcher.watch(scratch.path + "/link")
    touch(scratch.inbox + "/x")
    #expect(watcher.drain().paths == [scratch.inbox, scratch.path + "/link"])
  }

  @Test("A path leads through links and folders, each of which can be replaced")
  func places() throws {
    let real = URL(fileURLWithPath: scratch.path).resolvingSymlinksInPath().path
    mkdir(real + "/v1", 0o700)
    symlink("v1", real + "/current")
    symlink(real + "/current", real + "/rules")
    let places = Places.on(real + "/rules")
    for place in ["/rules", "/current", "/v1"] { #expect(places.contains(real + place), "\(places)") }
    #expect(places.contains(URL(fileURLWithPath: real).deletingLastPathComponent().path))
    symlink("loop", real + "/loop")
    #expect(Places.on(real + "/loop").count < 100)
  }
}
