import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Attachments are what the department put into its case's folder")
struct QueueAttachmentsTests {
  private let root = Root()

  @Test("Regular files are listed, links and folders only counted, unfinished ones wait")
  func listed() throws {
    let queue = try root.queue()
    #expect(try QueueAttachments(of: "ZZ20261012-0001", in: queue).files.isEmpty)
    let folder = root.layout.attachments(of: "ZZ20261012-0001", "urban")
    mkdir(folder, 0o755)
    mkdir(folder + "/更多", 0o755)
    symlink("/etc/hostname", folder + "/链接.txt")
    root.write("协议", "attachments/ZZ20261012-0001/协议书.txt")
    root.write("一半", "attachments/ZZ20261012-0001/照片.jpg.part")
    let found = try QueueAttachments(of: "ZZ20261012-0001", in: queue)
    #expect(found.files.map(\.name.shown) == ["协议书.txt"])
    #expect(Set(found.odd.map(\.shown)) == ["更多", "链接.txt"])
    let file = try #require(found.files.first)
    let descriptor = try #require(try QueueAttachments.open(file, of: "ZZ20261012-0001", in: queue))
    #expect(try OpenFolder.read(descriptor, atMost: 100) == Array("协议".utf8))
    close(descriptor)
  }

  @Test("A link in the place of the folder is not followed, and an id is no path")
  func links() throws {
    let queue = try root.queue()
    symlink("/etc", root.layout.attachments(of: "ZZ20261012-0002", "urban"))
    for id in ["ZZ20261012-0002", "..", "../new", ""] {
      #expect(try QueueAttachments(of: CaseID(id), in: queue).files.isEmpty)
    }
  }
}
