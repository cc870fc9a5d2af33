import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Moves race with clerks and lose nothing")
struct ItemMoverTests {
  private let root = Root()
  private let now = Instant(seconds: Int64(time(nil)) + 3600)

  private func entry(_ queue: OpenQueue, _ name: String) throws -> QueueEntry {
    let snapshot = try QueueScan().scan(queue, now: now)
    return try #require(snapshot.entries.first { $0.name == EntryName(name) })
  }

  @Test("An item is moved under its own name")
  func moved() throws {
    let queue = try root.queue()
    root.write("item: ZZ20261012-0001\n", "accepted/改名.yaml")
    let mover = ItemMover(queue)
    let name = EntryName("ZZ20261012-0001.yaml")
    #expect(mover.move(try entry(queue, "改名.yaml"), to: .closed, as: name) == .moved(name))
    #expect(mover.sync() == nil)
    #expect(root.names("closed") == ["ZZ20261012-0001.yaml"] && root.names("accepted").isEmpty)
  }

  @Test("A name that is taken gets a number, and nothing is overwritten")
  func numbered() throws {
    let queue = try root.queue()
    root.write("item: ZZ20261012-0001\nfirst", "closed/ZZ20261012-0001.yaml")
    root.write("item: ZZ20261012-0001\nsecond", "new/ZZ20261012-0001.yaml")
    let snapshot = try QueueScan().scan(queue, now: now)
    let copy = try #require(snapshot.entries.first { $0.folder == .new })
    #expect(ItemMover(queue).move(copy, to: .closed) == .moved(EntryName("ZZ20261012-0001 (2).yaml")))
    #expect(root.read("closed/ZZ20261012-0001.yaml") == "item: ZZ20261012-0001\nfirst")
    #expect(root.read("closed/ZZ20261012-0001 (2).yaml") == "item: ZZ20261012-0001\nsecond")
  }

  @Test("A file that the clerk moved or replaced since it was seen is left to the next look")
  func changed() throws {
    let queue = try root.queue()
    root.write("item: ZZ20261012-0001\n", "accepted/ZZ20261012-0001.yaml")
    let seen = try entry(queue, "ZZ20261012-0001.yaml")
    root.move("accepted/ZZ20261012-0001.yaml", "done/ZZ20261012-0001.yaml")
    #expect(ItemMover(queue).move(seen, to: .closed) == .changed)
    root.write("another file", "accepted/ZZ20261012-0001.yaml")
    #expect(ItemMover(queue).move(seen, to: .closed) == .changed)
    #expect(root.names("closed").isEmpty)
    #expect(root.read("accepted/ZZ20261012-0001.yaml") == "another file")
  }

  @Test("Where a file system cannot rename without overwriting, a taken name is still kept")
  func withoutFlag() throws {
    let queue = try root.queue()
    root.write("one", "new/a.yaml")
    root.write("two", "closed/a.yaml")
    let (source, target) = (try queue.folder(.new), try queue.folder(.closed))
    #expect(throws: FileFailure.self) {
      try source.moveWithoutFlag(EntryName("a.yaml"), to: target, as: EntryName("a.yaml"))
    }
    #expect(root.read("closed/a.yaml") == "two" && root.read("new/a.yaml") == "one")
    try source.moveWithoutFlag(EntryName("a.yaml"), to: target, as: EntryName("b.yaml"))
    #expect(root.read("closed/b.yaml") == "one" && root.names("new").isEmpty)
  }

  @Test("Another department's item goes back to its own folder")
  func acrossQueues() throws {
    let police = try root.queue("police", marker: "m2")
    let queue = try root.queue()
    root.write("item: ZZ20261012-0002\n", "new/ZZ20261012-0002.yaml")
    let stray = try entry(queue, "ZZ20261012-0002.yaml")
    let name = EntryName("ZZ20261012-0002.yaml")
    #expect(ItemMover(queue).move(stray, to: .accepted, of: police, as: name) == .moved(name))
    #expect(root.names("accepted", in: "police") == ["ZZ20261012-0002.yaml"] && root.names("new").isEmpty)
  }

  @Test("A queue on another file system gets a whole copy before the original goes")
  func otherFileSystem() throws {
    var shm = stat()
    var tmp = stat()
    guard stat("/dev/shm", &shm) == 0, stat(root.path, &tmp) == 0, shm.st_dev != tmp.st_dev else { return }
    let far = "/dev/shm/triaged-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    mkdir(far, 0o755)
    mkdir(root.layout.queues, 0o755)
    symlink(far, root.layout.path(of: "police"))
    let police = try root.queue("police", marker: "m2")
    let queue = try root.queue()
    root.write("item: ZZ20261012-0002\n填写", "new/ZZ20261012-0002.yaml")
    let stray = try entry(queue, "ZZ20261012-0002.yaml")
    let name = EntryName("ZZ20261012-0002.yaml")
    #expect(ItemMover(queue).move(stray, to: .accepted, of: police, as: name) == .moved(name))
    #expect(root.read("accepted/ZZ20261012-0002.yaml", in: "police") == "item: ZZ20261012-0002\n填写")
    #expect(root.names("new").isEmpty && root.names("accepted", in: "police").count == 1)
    Root.clear(far)
  }

  @Test("A form that somebody still writes is not read")
  func beingWritten() throws {
    let queue = try root.queue()
    root.write("item: ZZ20261012-0001\n", "done/ZZ20261012-0001.yaml")
    let seen = try entry(queue, "ZZ20261012-0001.yaml")
    let writer = open(root.layout.path(of: .done, "urban") + "/ZZ20261012-0001.yaml", O_WRONLY)
    let arrivals = QueueArrivals("urban", root.layout, Watcher(isOn: false))
    let reader = QueueReader(queue, arrivals, settle: 0)
    guard case .waits(let wait) = reader.read(seen, atMost: 100) else { return #expect(Bool(false)) }
    #expect(wait.reason == .written)
    close(writer)
    #expect(reader.read(seen, atMost: 100) == .bytes(Array("item: ZZ20261012-0001\n".utf8)))
    #expect(reader.read(seen, atMost: 3) == .tooLarge)
    root.write("item: ZZ20261012-0001\nmore", "done/ZZ20261012-0001.yaml")
    #expect(reader.read(seen, atMost: 100) == .changed)
    let again = try entry(queue, "ZZ20261012-0001.yaml")
    guard
      case .waits(let rest) = QueueReader(queue, arrivals, settle: 60_000_000_000).read(again, atMost: 100)
    else { return #expect(Bool(false)) }
    #expect(rest.reason == .settling)
  }
}
