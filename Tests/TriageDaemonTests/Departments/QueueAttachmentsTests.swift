import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Attachments are what the department put beside its answer under the case's number")
struct QueueAttachmentsTests {
  private let root = Root()
  private let id = CaseID("ZZ20261012-0001")

  private func makeFolder(_ path: String) { mkdir("\(root.layout.path(of: "urban"))/\(path)", 0o755) }

  @Test("Regular files are taken, one level of folders too; what is not is named with its reason")
  func listed() throws {
    let queue = try root.queue()
    let none = try QueueAttachments(of: id, in: AttachmentIndex(queue))
    #expect(none.files.isEmpty && none.unfinished.isEmpty && none.left.isEmpty)
    let folder = root.layout.attachments(of: id, "urban")
    for name in ["", "/现场", "/现场/更深"] { mkdir(folder + name, 0o755) }
    symlink("/etc/hostname", folder + "/链接.txt")
    mkfifo(folder + "/现场/管道", 0o644)
    for (name, text) in [
      ("协议书.txt", "协议"), ("现场/a.jpg", "照片"), ("Thumbs.db", "x"), ("现场/desktop.ini", "x"), ("空.jpg", ""),
      ("照片.jpg.part", "一半"), (".隐藏", "x"),
    ] {
      root.write(text, "attachments/\(id)/\(name)")
    }
    let found = try QueueAttachments(of: id, in: AttachmentIndex(queue))
    #expect(found.files.map(\.title).sorted() == ["协议书.txt", "现场 a.jpg"].sorted())
    #expect(found.unfinished.map(\.title) == ["照片.jpg.part"])
    // What nobody means as a paper is not even named.
    #expect(
      found.left.map { "\($0.shown) \($0.reason)" }.sorted()
        == [
          "attachments/\(id)/链接.txt odd", "attachments/\(id)/现场/管道 odd",
          "attachments/\(id)/空.jpg empty", "attachments/\(id)/现场/更深 tooDeep",
        ].sorted())
    let file = try #require(found.files.first { $0.title == "协议书.txt" })
    let descriptor = try #require(try file.open(in: queue))
    #expect(try OpenFolder.read(descriptor, atMost: 100) == Array("协议".utf8))
    close(descriptor)
    let other = try QueueAttachments(of: "ZZ20261012-0002", in: AttachmentIndex(queue))
    #expect(other.files.isEmpty && other.unfinished.isEmpty && other.left.isEmpty)
  }

  @Test("Whatever begins with the case's number: a folder, a picture beside it, a picture beside the answer")
  func byNumber() throws {
    let queue = try root.queue()
    makeFolder("attachments/\(id) 照片")
    makeFolder("done/\(id) 材料")
    for path in [
      "attachments/\(id) 照片/1.jpg", "attachments/\(id).jpg", "done/\(id) 现场.jpg", "done/\(id) 材料/2.jpg",
      "done/\(id).yaml", "done/\(id).problem.txt", "attachments/\(id).problem.txt", "attachments/\(id)2.jpg",
      "attachments/别的.jpg", "done/别的.jpg",
    ] {
      root.write("x", path)
    }
    let found = try QueueAttachments(of: id, in: AttachmentIndex(queue))
    #expect(
      found.files.map(\.title).sorted() == ["1.jpg", "2.jpg", "\(id) 现场.jpg", "\(id).jpg"].sorted())
    #expect(found.left.isEmpty)
  }

  @Test("The folders are listed once for all answers of a look; the next look lists them anew")
  func listedOnce() throws {
    let queue = try root.queue()
    let other: CaseID = "ZZ20261012-0002"
    let look = AttachmentIndex(queue)
    root.write("x", "attachments/\(id).jpg")
    #expect(try QueueAttachments(of: id, in: look).files.count == 1)
    root.write("x", "attachments/\(other).jpg")
    #expect(try QueueAttachments(of: other, in: look).files.isEmpty)
    #expect(try QueueAttachments(of: other, in: AttachmentIndex(queue)).files.count == 1)
  }

  @Test("A link in the place of the folder is not followed, and an id is no path")
  func links() throws {
    let queue = try root.queue()
    symlink("/etc", root.layout.attachments(of: "ZZ20261012-0002", "urban"))
    let found = try QueueAttachments(of: "ZZ20261012-0002", in: AttachmentIndex(queue))
    #expect(found.files.isEmpty && found.left.map(\.reason) == [.odd])
    for id in ["..", "../new", ""] {
      #expect(try QueueAttachments(of: CaseID(id), in: AttachmentIndex(queue)).files.isEmpty)
    }
  }
}
