import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Where an item may lie in a folder that nobody can look into, it is not put there again")
struct ShutFolderTests {
  private let root = Root()
  private let item = ItemID("ZZ20261012-0001")!

  private func delivery() -> QueueFile {
    QueueFile(.folder(.new), name: "\(item).yaml", bytes: Array("item: \(item)\n".utf8), item: item)
  }

  @Test("Promise 2: an item that may have been delivered before waits until all folders can be looked into")
  func again() throws {
    _ = try root.queue()
    let accepted = root.layout.path(of: .accepted, "urban")
    root.write("item: ZZ20261012-0001\n", "accepted/改了名.yaml")
    try #require(rename(accepted, accepted + ".away") == 0)
    root.write("x", "accepted")
    let outcome = QueuePublisher(try root.queue()).publish([delivery()])
    #expect(outcome == [.failed(FileFailure(call: "openat", code: ENOTDIR))])
    #expect(root.names("new") == [])
    // One that is seen elsewhere is there, whatever cannot be seen.
    root.write("item: ZZ20261012-0001\n", "done/ZZ20261012-0001.yaml")
    #expect(QueuePublisher(try root.queue()).publish([delivery()]) == [.alreadyThere(.done)])
    unlink(root.layout.path(of: .done, "urban") + "/ZZ20261012-0001.yaml")
    unlink(accepted)
    try #require(rename(accepted + ".away", accepted) == 0)
    #expect(QueuePublisher(try root.queue()).publish([delivery()]) == [.alreadyThere(.accepted)])
  }
}
