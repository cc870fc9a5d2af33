import Foundation
import Testing

/// What lies in the folder of a case and is not called as a file should be.
@Suite("Promise 1, nothing in a case folder is dropped, end to end", .serialized)
struct CaseFolderPromiseTests {
  private func materials(_ root: Root) -> [Int] {
    root.tree("state/files").map { root.size(of: "state/files/" + $0) }.sorted()
  }

  @Test("Promise 1: a dotted file in a case folder is an attachment of the case")
  func dotted() throws {
    let root = try Root()
    try root.write("inbox/visit/漏水/case.yaml", Desk.simple("F-1", "楼上漏水"))
    try root.write("inbox/visit/漏水/.证据.jpg", String(repeating: "a", count: 700))
    try root.write("inbox/visit/漏水/.DS_Store", "x")
    try root.once()
    #expect(try root.cases().count == 1 && materials(root) == [700])
    #expect(root.names("inbox/visit") == [])
  }

  @Test("Promise 1: a transfer under a dotted name holds the case back and comes with it")
  func transfer() throws {
    let root = try Root()
    try root.configure(settle: "inbox: 1s", rescan: "1s")
    try root.makeFolder("inbox/visit")
    let daemon = try root.start()
    try root.makeFolder("inbox/visit/漏水")
    try root.write("inbox/visit/漏水/case.yaml", Desk.simple("F-2", "楼上漏水"))
    let photograph = try SlowWriter(
      root, "inbox/visit/漏水/.photo.jpg.AbCdEf", String(repeating: "a", count: 500))
    try root.awaitScans(3)
    #expect(try root.cases().isEmpty, "\(daemon.err)")
    try photograph.write(String(repeating: "b", count: 500))
    photograph.close()
    try root.move("inbox/visit/漏水/.photo.jpg.AbCdEf", "inbox/visit/漏水/photo.jpg")
    #expect(eventually { (try? root.cases().count) == 1 }, "\(daemon.err)")
    #expect(materials(root) == [1000])
  }

  @Test("What an editor left holds nothing back; an upload that was broken off is named, with status 1")
  func leftBehind() throws {
    let root = try Root()
    try root.write("inbox/visit/甲/case.yaml", Desk.simple("F-3", "楼上漏水"))
    try root.write("inbox/visit/甲/case.yaml~", "old")
    try root.write("inbox/visit/甲/~$报告.docx", "lock")
    #expect(try root.once().status == 0)
    #expect(try root.cases().count == 1 && root.names("inbox/visit") == [])
    try root.write("inbox/visit/x.part", "half")
    let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(outcome.status == 1 && outcome.err.contains("visit/x.part"), "\(outcome.err)")
    try root.move("inbox/visit/x.part", "inbox/visit/x.yaml~")
    #expect(try root.once().status == 0)
  }
}
