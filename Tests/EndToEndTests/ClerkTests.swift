import Foundation
import Testing

/// What clerks do to their folders by mistake, and what comes of it.
@Suite("Clerks are human, end to end")
struct ClerkTests: ClerkDesk {
  let root: Root
  let id: String

  init() throws { (root, id) = try Self.open() }

  private func copies() -> [String] { root.items.filter { $0.contains(id) } }

  @Test(
    "A copy beside the original is closed with a note, the original stays, whatever the desktop calls a copy",
    arguments: [
      "X - 副本.yaml", "X - 副本 (2).yaml", "X - Copy.yaml", "X(1).yaml", "X (复件).yaml", "复件 X.yaml",
      "X copy.yaml",
      "Copy of X.yaml", "X (副本).yaml", "X的副本.yaml", "X_1.yaml",
    ])
  func copyBesideOriginal(pattern: String) throws {
    let copy = pattern.replacingOccurrences(of: "X", with: id)
    try root.write("\(queue)/new/\(copy)", try #require(root.read("\(queue)/new/\(id).yaml")))
    try once()
    #expect(root.names("\(queue)/new") == ["\(id).copy-note.txt", "\(id).yaml"])
    #expect(root.read("\(queue)/new/\(id).copy-note.txt")?.contains("closed/\(copy)") == true)
    #expect(root.names("\(queue)/closed") == [copy])
    #expect(try root.phase(of: id) == "assigned")
    #expect(try root.events(of: id).filter { $0 == "mended" }.count == 1)
    try root.expectSound()
  }

  @Test("What was handed in stands in the timeline once, not again as a note when the item is closed")
  func handedInOnce() throws {
    try root.fill("\(queue)/new/\(id).yaml", ["result": "settled", "summary": "已修好"])
    try put("new/\(id).yaml", "done/\(id).yaml")
    try once()
    #expect(root.names("\(queue)/closed") == ["\(id).yaml"])
    let events = try root.events(of: id)
    #expect(events.contains("resolved") && !events.contains("noted"))
  }

  @Test("Of two copies the more advanced counts: copied to accepted/ instead of moved is accepted")
  func copyInsteadOfMove() throws {
    try root.write("\(queue)/accepted/\(id).yaml", try #require(root.read("\(queue)/new/\(id).yaml")))
    try once()
    #expect(try root.phase(of: id) == "accepted")
    #expect(root.names("\(queue)/accepted").filter { $0.hasSuffix(".yaml") } == ["\(id).yaml"])
    #expect(root.names("\(queue)/new") == [])
    try root.expectSound()
  }

  @Test(
    "A renamed item is the same item and gets its name back",
    arguments: [" - 副本.yaml", ".yaml.txt", "（办理中）.yaml", ".YAML"])
  func renamed(ending: String) throws {
    try put("new/\(id).yaml", "accepted/\(id)\(ending)")
    try once()
    #expect(try root.phase(of: id) == "accepted")
    #expect(copies() == ["urban/accepted/\(id).yaml"])
    try root.fill("\(queue)/accepted/\(id).yaml", ["result": "已化解", "summary": "物业退费"])
    try put("accepted/\(id).yaml", "done/停车费\(ending)")
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    try root.expectSound()
  }

  @Test("Even without its head line the name says which item it is")
  func withoutHead() throws {
    try root.write("\(queue)/done/\(id) 答复.txt", "办理结果：已化解\n办理情况：物业退费\n")
    try root.remove("\(queue)/new/\(id).yaml")
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    try root.expectSound()
  }

  @Test("A deleted item is delivered again, and counted")
  func deleted() throws {
    try root.remove("\(queue)/new/\(id).yaml")
    try once()
    #expect(root.names("\(queue)/new") == ["\(id).yaml"])
    #expect(try root.events(of: id).filter { $0 == "mended" }.count == 1)
    try put("new/\(id).yaml", "accepted/\(id).yaml")
    try once()
    try root.remove("\(queue)/accepted/\(id).yaml")
    try once()
    #expect(copies() == ["urban/accepted/\(id).yaml"])
    #expect(try root.phase(of: id) == "accepted")
    try root.expectSound()
  }

  @Test("An item in another department's folder is put back and accepts nothing there")
  func wrongDepartment() throws {
    try root.move("\(queue)/new/\(id).yaml", "queues/police/accepted/\(id).yaml")
    try once()
    #expect(copies() == ["urban/new/\(id).yaml"])
    #expect(try root.phase(of: id) == "assigned")
    try root.expectSound()
  }

  @Test("A form that is not valid comes back with a note that says what to change, and keeps what was typed")
  func brokenForm() throws {
    let form = "\(queue)/new/\(id).yaml"
    try root.fill(form, ["result": "办得不错", "summary": "打了三次电话"])
    try put("new/\(id).yaml", "done/\(id).yaml")
    try once()
    #expect(root.read(form)?.contains("打了三次电话") == true)
    let note = try #require(root.read("\(queue)/new/\(id).problem.txt"))
    #expect(note.contains("办得不错") && note.contains("已化解"), "\(note)")
    #expect(try root.phase(of: id) == "assigned")

    // The same mistake again: the note must not be lost.
    try put("new/\(id).yaml", "done/\(id).yaml")
    try once()
    #expect(root.exists("\(queue)/new/\(id).problem.txt") && root.exists(form))

    try root.fill(form, ["result": "已化解"])
    try put("new/\(id).yaml", "done/\(id).yaml")
    try once()
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    #expect(!root.exists("\(queue)/new/\(id).problem.txt"))
    try root.expectSound()
  }

  @Test(
    "An answer in Notepad's GB18030, with Chinese keys, full-width colons, CRLF and several lines is taken")
  func oldEditor() throws {
    let head = "item: \(id)\r\n"
    let text = head + "reply:\r\n办理结果：已化解\r\n办理情况：第一次上门\r\n物业同意退费\r\n协议形式：口头\r\n"
    try root.write(root.home + "/utf8.txt", text)
    let convert = try Running("/usr/bin/iconv", ["-f", "UTF-8", "-t", "GB18030", root.home + "/utf8.txt"])
    try #require(convert.ends(within: 10))
    let bytes = try #require(convert.outBytes)
    try root.write("\(queue)/new/\(id).yaml", bytes: bytes)
    try put("new/\(id).yaml", "done/\(id).yaml")
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    let shown = try root.triaged("show", id, environment: ["LANG": "zh_CN.UTF-8"])
    #expect(shown.out.contains("物业同意退费"), "\(shown.out)")
  }

  @Test("From done/ back to accepted/ before the answer was approved takes it back")
  func takenBack() throws {
    try root.drop("desk/red.yaml", Desk.simple("R-1", "邻里争吵", text: "有人持刀威胁邻居。"))
    try once()
    let red = try root.id(of: "R-1")
    let folder = "queues/task-force"
    try root.fill("\(folder)/new/\(red).yaml", ["result": "已化解", "measure": "现场劝离"])
    try root.move("\(folder)/new/\(red).yaml", "\(folder)/done/\(red).yaml")
    try once()
    #expect(try root.phase(of: red) == "approval")
    #expect(root.names("queues/leader/new").contains("\(red).approve-1.yaml"))
    try root.move("\(folder)/done/\(red).yaml", "\(folder)/accepted/\(red).yaml")
    try once()
    #expect(try root.phase(of: red) == "accepted")
    #expect(try root.events(of: red).contains("taken_back"))
    #expect(!root.names("queues/leader/new").contains("\(red).approve-1.yaml"))
    #expect(root.names("\(folder)/accepted") == ["\(red).yaml"])
    try root.expectSound()
  }

  @Test("All that the lead wrote stands before whoever approves it, and in the timeline")
  func wordsReachTheApprover() throws {
    try root.drop("desk/red.yaml", Desk.simple("R-1", "邻里争吵", text: "有人持刀威胁邻居。"))
    try once()
    let red = try root.id(of: "R-1")
    try root.fill(
      "queues/task-force/new/\(red).yaml",
      ["result": "已化解", "summary": "到场 # 二号楼", "measure": "现场劝离", "reason": "当事人仍在外地"])
    try root.move("queues/task-force/new/\(red).yaml", "queues/task-force/done/\(red).yaml")
    try once()
    let item = try #require(root.read("queues/leader/new/\(red).approve-1.yaml"))
    let outcome = try #require(item.range(of: "outcome:")).lowerBound
    let shown = try root.triaged("show", red).out
    for words in ["到场 # 二号楼", "现场劝离", "当事人仍在外地"] {
      #expect(item[outcome...].contains(words) && shown.contains(words), "\(words): \(shown)")
    }
  }

  @Test("A request whose name says no verb gets a note beside it, and is taken when it is renamed")
  func requestWithoutVerb() throws {
    try root.write("\(queue)/requests/\(id) 请多给几天.txt", "鉴定还没有做完")
    try once()
    let notes = root.names("\(queue)/requests").filter { $0.hasSuffix(".problem.txt") }
    #expect(notes.count == 1)
    #expect(root.read("\(queue)/requests/\(notes.first ?? "")")?.contains("延期") == true)
    try put("requests/\(id) 请多给几天.txt", "requests/\(id) 延期.txt")
    try once()
    try once()
    #expect(root.names("\(queue)/requests/taken") == ["\(id) 延期.txt"])
    #expect(root.names("\(queue)/requests").filter { $0.hasSuffix(".txt") } == [])
  }

  @Test("An extension is asked of whoever stands above; granted, the deadline moves and the lead is told")
  func extended() throws {
    let before = try #require(try root.onlyCase()["resolve_due"] as? String)
    try root.write("\(queue)/requests/\(id)申请延期.docx.txt", "理由：鉴定还没有做完\n延长：5个工作日\n")
    try once()
    #expect(try root.onlyCase()["resolve_due"] as? String == before)
    let item = "queues/leader/new/\(id).approve-1.yaml"
    #expect(root.read(item)?.contains("鉴定还没有做完") == true)
    try root.fill(item, ["decision": "同意"])
    try root.move(item, "queues/leader/done/\(id).approve-1.yaml")
    try once()
    let after = try #require(try root.onlyCase()["resolve_due"] as? String)
    #expect(after > before)
    let notices = root.names("\(queue)/new").filter { $0.contains(".notice-") }
    #expect(
      notices.contains { root.read("\(queue)/new/\($0)")?.contains(after.prefix(10)) == true }, "\(notices)")
    #expect(root.names("queues/leader/closed") == ["\(id).approve-1.yaml"])
    try root.expectSound()
  }

  @Test("Only whom a case is assigned to may ask")
  func strangersRequest() throws {
    try root.write("queues/police/requests/\(id) 备注.txt", "路过看看")
    try once()
    #expect(root.names("queues/police/requests").contains { $0.hasSuffix(".problem.txt") })
    #expect(try !root.events(of: id).contains("noted"))
  }
}
