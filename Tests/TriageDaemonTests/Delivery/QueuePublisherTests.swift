import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Queue files are published whole, once, and nowhere else")
struct QueuePublisherTests {
  private let root = Root()
  private let item = ItemID("ZZ20261012-0001")!

  private func itemFile(_ text: String = "", policy: QueueFile.Policy = .again) -> QueueFile {
    QueueFile(
      .folder(.new), name: "\(item).yaml", bytes: Array("item: \(item)\n\(text)".utf8), item: item,
      policy: policy)
  }

  @Test("A published item is there with its bytes, and no temporary file is left")
  func published() throws {
    let queue = try root.queue()
    #expect(QueuePublisher(queue).publish([itemFile("x")]) == [.published])
    #expect(root.read("new/ZZ20261012-0001.yaml") == "item: ZZ20261012-0001\nx")
    #expect(root.names("new") == ["ZZ20261012-0001.yaml"])
  }

  @Test("Many files are published together, more than one folder at a time")
  func together() throws {
    let queue = try root.queue()
    let files = (1...40).map { number in
      QueueFile(
        .folder(number % 2 == 0 ? .new : .reminders), name: "\(number).txt", bytes: [65], policy: .first)
    }
    #expect(QueuePublisher(queue).publish(files).allSatisfy { $0 == .published })
    #expect(root.names("new").count == 20 && root.names("reminders").count == 20)
  }

  @Test(
    "Once: an item that lies anywhere in the queue, under any name, is not delivered again",
    arguments: ["new", "accepted", "done", "returned", "closed", "reminders"])
  func onceWhereverItLies(folder: String) throws {
    let queue = try root.queue()
    root.write("item: ZZ20261012-0001\nreply:\n  summary: typed", "\(folder)/改了名.yaml")
    #expect(QueuePublisher(queue).publish([itemFile()]) == [.alreadyThere(QueueFolder(rawValue: folder)!)])
    #expect(root.names("new") == (folder == "new" ? ["改了名.yaml"] : []))
  }

  @Test("Once: a name that is taken is never overwritten, even by a first delivery")
  func neverOverwritten() throws {
    let queue = try root.queue()
    root.write("typed by the clerk", "new/ZZ20261012-0001.yaml")
    #expect(QueuePublisher(queue).publish([itemFile(policy: .first)]) == [.alreadyThere(.new)])
    #expect(root.read("new/ZZ20261012-0001.yaml") == "typed by the clerk")
    #expect(root.names("new") == ["ZZ20261012-0001.yaml"])
  }

  @Test("A queue without its marker, or with another's, is gone: nothing is written under the mount point")
  func shareGone() throws {
    _ = try root.queue(marker: "m1")
    #expect(throws: QueueTrouble.shareGone) { try OpenQueue(root.layout, "urban", marker: "m2") }
    unlink(root.layout.path(of: "urban") + "/.triaged")
    #expect(throws: QueueTrouble.shareGone) { try OpenQueue(root.layout, "urban", marker: "m1") }
    let setup = QueueSetup(root.layout, Bureau.rulebook, .zh)
    #expect(throws: QueueTrouble.shareGone) {
      try setup.makeReady(Department(id: "urban", title: "城建办"), marker: "m1")
    }
    #expect(throws: QueueTrouble.shareGone) { try OpenQueue(root.layout, "police", marker: "m1") }
    #expect(root.names(".", in: "police").isEmpty)
  }

  @Test("A notice goes beside the item of its case, else into new")
  func beside() throws {
    let queue = try root.queue()
    let notice = QueueFile(
      .beside("ZZ20261012-0001"), name: "ZZ20261012-0001.notice-20261012.txt", bytes: [65],
      policy: .revise(keeping: .notices))
    root.write("item: ZZ20261012-0001\n", "accepted/别名.yaml")
    #expect(QueuePublisher(queue).publish([notice]) == [.published])
    #expect(root.names("accepted").contains("ZZ20261012-0001.notice-20261012.txt"))
    let other = QueueFile(
      .beside("ZZ20261012-0002"), name: "ZZ20261012-0002.notice-20261012.txt", bytes: [65],
      policy: .revise(keeping: .notices))
    #expect(QueuePublisher(queue).publish([other]) == [.published])
    #expect(root.names("new") == ["ZZ20261012-0002.notice-20261012.txt"])
    #expect(QueuePublisher(queue).publish([other]) == [.alreadyThere(.new)])
  }

  @Test("A worklist is replaced when it changed and left alone when it did not")
  func replaced() throws {
    let queue = try root.queue()
    let list = { (text: String) in
      QueueFile(.folder(.top), name: "worklist.html", bytes: Array(text.utf8), policy: .replace)
    }
    #expect(QueuePublisher(queue).publish([list("one")]) == [.published])
    #expect(QueuePublisher(queue).publish([list("one")]) == [.alreadyThere(.top)])
    #expect(QueuePublisher(queue).publish([list("two")]) == [.published])
    #expect(root.read("worklist.html") == "two")
  }

  /// A file of the day as the daemon writes it.
  private func digest(_ text: String) -> QueueFile {
    var writer = TextWriter()
    writer.raw(text + "\n")
    Seal.close(&writer, .zh)
    return QueueFile(
      .folder(.reminders), name: "2026-10-13.txt", bytes: writer.bytes, policy: .revise(keeping: .archive))
  }

  @Test("A file of the day is written whole; what a clerk wrote into it is kept before that")
  func revised() throws {
    let queue = try root.queue()
    #expect(QueuePublisher(queue).publish([digest("one")]) == [.published])
    #expect(QueuePublisher(queue).publish([digest("one")]) == [.alreadyThere(.reminders)])
    #expect(QueuePublisher(queue).publish([digest("one\ntwo")]) == [.published])
    #expect(root.names("reminders/archive").isEmpty)
    let own = (root.read("reminders/2026-10-13.txt") ?? "") + "老张已处理\n"
    root.write(own, "reminders/2026-10-13.txt")
    #expect(QueuePublisher(queue).publish([digest("three")]) == [.published])
    #expect(root.read("reminders/2026-10-13.txt")?.hasPrefix("three\n") == true)
    #expect(root.read("reminders/archive/2026-10-13.txt") == own)
  }

  @Test("A folder that a clerk removed is made again; a link in its place is not followed")
  func folders() throws {
    _ = try root.queue()
    rmdir(root.layout.path(of: .new, "urban"))
    #expect(QueuePublisher(try root.queue()).publish([itemFile()]) == [.published])
    let outside = Root()
    rmdir(root.layout.path(of: .returned, "urban"))
    symlink(outside.path, root.layout.path(of: .returned, "urban"))
    let queue = try OpenQueue(root.layout, "urban", marker: "m1")
    let file = QueueFile(.folder(.returned), name: "x.txt", bytes: [65], policy: .replace)
    guard case .failed? = QueuePublisher(queue).publish([file]).first else {
      Issue.record("written through a link")
      return
    }
    #expect(try OpenFolder(path: outside.path).names().isEmpty)
  }

  @Test("Setting up sweeps what a killed daemon left, and writes guide and examples")
  func setup() throws {
    _ = try root.queue()
    root.write("half", "new/.triaged-1-1.tmp")
    _ = try root.queue()
    #expect(root.names("new").isEmpty)
    #expect(root.read("README.txt")?.contains("城建办") == true)
    #expect(root.names("requests/模板").count == Request.Verb.allCases.count)
    #expect(root.read(".triaged") == "m1\n")
  }

  @Test(
    "A department's id is one name of a folder", arguments: ["", ".", "..", ".x", "a/b", "a\u{0}b", "a\nb"])
  func unusable(id: String) {
    #expect(throws: QueueTrouble.self) { try root.queue(DepartmentID(id)) }
  }
}
