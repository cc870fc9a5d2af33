import Testing
import TriageCore

@testable import TriageDaemon

/// How far a look into a queue goes.
@Suite("Looking into a queue")
struct QueueScanTests {
  private let now = Bureau.monday
  private func item(_ id: String) -> String { "item: \(id)\nreply:\n  result:\n" }

  @Test("A look at the work sees what people work on and leaves closed/ alone")
  func work() throws {
    let root = Root()
    let queue = try root.queue()
    root.write(item("ZZ20261012-0001"), "new/ZZ20261012-0001.yaml")
    root.write(item("ZZ20261012-0002"), "closed/ZZ20261012-0002.yaml")
    root.write("联系过了", "requests/ZZ20261012-0001 联系.txt")
    let scan = QueueScan()
    let work = try scan.scan(queue, now: now, .work)
    #expect(Set(work.entries.compactMap(\.item)) == [ItemID(CaseID("ZZ20261012-0001"), .lead, 1)])
    #expect(work.requests.count == 1)
    let everything = try scan.scan(queue, now: now)
    #expect(everything.entries.count == 2)
  }

  @Test("A copy that is dragged back does not hide that the item lies further on, whatever they are called")
  func copies() throws {
    for name in ["ZZ20261012-0001.yaml", "ZZ20261012-0001 - 副本.yaml"] {
      let root = Root()
      let queue = try root.queue()
      root.write(item("ZZ20261012-0001"), "done/\(name)")
      let scan = QueueScan()
      _ = try scan.scan(queue, now: now)
      _ = scan.takeNews()
      root.write(item("ZZ20261012-0001"), "new/ZZ20261012-0001.yaml")
      let snapshot = try scan.scan(queue, now: now, .folders([.new]))
      #expect(Set(snapshot.entries.map(\.folder)) == [.new, .done], "\(name)")
    }
  }

  @Test("A file has the name it was given until something is added to it")
  func givenNames() {
    for (name, isGiven) in [
      ("ZZ20261012-0001.yaml", true), ("ZZ20261012-0001.assist-12.yaml", true),
      ("ZZ20261012-0001 - 副本.yaml", false), ("ZZ20261012-0001.yaml.txt", false),
      ("ZZ20261012-0001 (2).yaml", false),
    ] {
      let entry = EntryName(name)
      let item = ItemNaming.item(inName: entry.bytes)
      #expect(item.map { ItemNaming.isGiven(entry, to: $0) } == isGiven, "\(name)")
    }
  }

  @Test("News is what came or was written to, until it is asked for")
  func news() throws {
    let root = Root()
    let queue = try root.queue()
    let (one, two) = ("ZZ20261012-0001", "ZZ20261012-0002")
    let items = [one, two].map { ItemID(CaseID($0), .lead, 1) }
    root.write(item(one), "new/\(one).yaml")
    root.write(item(two), "new/\(two).yaml")
    let scan = QueueScan()
    _ = try scan.scan(queue, now: now)
    #expect(scan.takeNews() == Set(items))
    _ = try scan.scan(queue, now: now, .work)
    #expect(scan.takeNews().isEmpty)
    root.move("new/\(two).yaml", "accepted/\(two).yaml")
    _ = try scan.scan(queue, now: now, .work)
    // A look for another purpose takes no news away.
    _ = try scan.scan(queue, now: now, .work)
    #expect(scan.takeNews() == [items[1]])
    root.write(item(one) + "  summary: 已办\n", "new/\(one).yaml")
    root.move("accepted/\(two).yaml", "closed/\(two).yaml")
    _ = try scan.scan(queue, now: now, .work)
    #expect(scan.takeNews() == [items[0]])
  }

  @Test("What was refused stays reported through looks at a part")
  func left() throws {
    let root = Root()
    let queue = try root.queue()
    root.write("?", "requests/联系.txt")
    let scan = QueueScan()
    let first = try scan.scan(queue, now: now, .work)
    let entry = try #require(first.requests.first)
    scan.leave(entry)
    for breadth in [QueueScan.Breadth.work, .everything, .work] {
      let again = try scan.scan(queue, now: now, breadth)
      #expect(again.requests.map(\.wasReported) == [true])
    }
  }

  @Test("An ended item in closed/ is settled until it is touched")
  func settled() throws {
    let root = Root()
    let queue = try root.queue()
    root.write(item("ZZ20261012-0002"), "closed/ZZ20261012-0002.yaml")
    let scan = QueueScan()
    let entry = try #require(try scan.scan(queue, now: now).entries.first)
    scan.retire([entry])
    #expect(try scan.scan(queue, now: now).entries.isEmpty)
    #expect(try scan.scan(queue, now: now).entries.isEmpty)
    // A clerk who drags it out again has made another entry of it.
    root.move("closed/ZZ20261012-0002.yaml", "new/ZZ20261012-0002.yaml")
    #expect(try scan.scan(queue, now: now).entries.map(\.folder) == [.new])
  }

  @Test("Kept states are few, and the ones used last")
  func keptStates() {
    var kept = KeptStates(limit: 4)
    for number in 1...10 {
      let id = CaseID("ZZ20261012-00\(10 + number)")
      kept.keep(Bureau.taken(as: id))
      #expect(kept[id]?.id == id)
      #expect(kept.count <= 4)
    }
    #expect(kept[CaseID("ZZ20261012-0011")] == nil)
  }

  @Test("What the daemon itself put there is known without being read; what takes its place is news")
  func delivered() throws {
    let root = Root()
    let queue = try root.queue()
    let item = try #require(ItemID("ZZ20261012-0009"))
    let file = QueueFile(
      .folder(.new), name: "\(item).yaml", bytes: Array("item: \(item)\n".utf8), item: item, policy: .first)
    let scan = QueueScan()
    var delivered: [QueuePublisher.Delivered] = []
    #expect(QueuePublisher(queue).publish([file]) { delivered.append($0) } == [.published])
    scan.delivered(delivered)
    #expect(try scan.scan(queue, now: now).entries.map(\.item) == [item])
    #expect(scan.takeNews() == [])
    root.write("item: \(item)\nreply:\n  summary: 已修好\n", "new/\(item).yaml")
    #expect(try scan.scan(queue, now: now).entries.map(\.item) == [item])
    #expect(scan.takeNews() == [item])
  }
}
