import Foundation
import Testing

/// Two files of one item, and names that something else bears.
@Suite("One item, several files, end to end")
struct CopiesTests: ClerkDesk {
  let root: Root
  let id: String

  init() throws { (root, id) = try Self.open() }

  private func copy(_ from: String, _ to: String) throws {
    try root.write("\(queue)/\(to)", try #require(root.read("\(queue)/\(from)")))
  }

  @Test("The copy that was filled in counts, under the item's own name; the empty one is put aside")
  func filledCopy() throws {
    try copy("new/\(item)", "accepted/\(id) - 副本.yaml")
    try root.move("\(queue)/new/\(item)", "\(queue)/accepted/\(item)")
    try root.fill("\(queue)/accepted/\(id) - 副本.yaml", ["result": "已化解", "summary": "填在副本里的"])
    try once()
    #expect(items("accepted") == [item])
    #expect(root.read("\(queue)/accepted/\(item)")?.contains("填在副本里的") == true)
    #expect(items("closed").count == 1)
    #expect(root.exists("\(queue)/accepted/\(id).copy-note.txt"))
    try root.move("\(queue)/accepted/\(item)", "\(queue)/done/\(item)")
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    try once()
    #expect(!root.exists("\(queue)/accepted/\(id).copy-note.txt"))
    try root.expectSound()
  }

  @Test(
    "Saved after it was moved: what the editor wrote at the old place is the answer",
    arguments: ["accepted", "new"])
  func saveAfterMove(from: String) throws {
    let open = try #require(root.read("\(queue)/new/\(item)"))
    if from == "accepted" {
      try root.move("\(queue)/new/\(item)", "\(queue)/accepted/\(item)")
      try once()
    }
    try root.move("\(queue)/\(from)/\(item)", "\(queue)/done/\(item)")
    try root.write("\(queue)/\(from)/\(item)", open)
    try root.fill("\(queue)/\(from)/\(item)", ["result": "已化解", "summary": "移走以后才保存"])
    try once()
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    let shown = try root.triaged("show", id, environment: ["LANG": "zh_CN.UTF-8"])
    #expect(shown.out.contains("移走以后才保存"), "\(shown.out)")
    #expect(items(from) == [] && items("done") == [])
    #expect(!root.tree(queue).contains { $0.hasSuffix(".problem.txt") })
    try root.expectSound()
  }

  @Test("Saved after it was moved, and not valid: one file comes back with its note, and that is all")
  func saveAfterMoveNotValid() throws {
    let open = try #require(root.read("\(queue)/new/\(item)"))
    try root.move("\(queue)/new/\(item)", "\(queue)/done/\(item)")
    try root.write("\(queue)/new/\(item)", open)
    // A reason for a return, in what lies in done/.
    try root.fill("\(queue)/new/\(item)", ["return_reason": "incomplete", "reason": "没有门牌号"])
    for _ in 1...4 { try once() }
    #expect(items("new") == [item] && items("done") == [] && items("closed") == [item])
    #expect(root.read("\(queue)/new/\(item)")?.contains("没有门牌号") == true)
    #expect(root.exists("\(queue)/new/\(id).problem.txt"))
    // The copy that was closed, and the form that was not valid: each once.
    #expect(try root.events(of: id).filter { $0 == "mended" }.count == 2)
    try root.expectSound()
  }

  @Test(
    "The answer that was handed in counts, not a newer draft; the draft is noted on the case and told of for good",
    arguments: ["partial", ""])
  func draftElsewhere(result: String) throws {
    let form = try #require(root.read("\(queue)/new/\(item)"))
    try root.fill("\(queue)/new/\(item)", ["result": "settled", "summary": "定稿"])
    try root.move("\(queue)/new/\(item)", "\(queue)/done/\(item)")
    try root.age("\(queue)/done/\(item)")
    let draft = "\(queue)/accepted/\(id) - 副本.yaml"
    try root.write(draft, form)
    try root.fill(draft, ["result": result, "summary": "草稿"])
    for _ in 1...3 { try once() }
    #expect(try root.phase(of: id) == "follow_up")
    let timeline = try root.timeline(of: id)
    let resolved = try #require(timeline.first { $0["kind"] as? String == "resolved" })
    #expect("\(resolved)".contains("定稿"), "\(resolved)")
    #expect(timeline.contains { $0["kind"] as? String == "noted" && "\($0)".contains("草稿") })
    let note = try #require(root.names("\(queue)/closed").first { $0.hasSuffix(".copy-note.txt") })
    let said = try #require(root.read("\(queue)/closed/\(note)"))
    let aside = try #require(
      items("closed").first { root.read("\(queue)/closed/\($0)")?.contains("草稿") == true })
    #expect(said.contains("closed/\(aside)") && said.contains("done/\(item)"), "\(said)")
    #expect(!root.tree(queue).contains { $0.hasSuffix(".problem.txt") })
    try root.expectSound()
  }

  @Test("A reason for a return that is typed into a copy returns nothing that was handed in as an answer")
  func returnElsewhere() throws {
    let form = try #require(root.read("\(queue)/new/\(item)"))
    try root.fill("\(queue)/new/\(item)", ["result": "settled", "summary": "定稿"])
    try root.move("\(queue)/new/\(item)", "\(queue)/done/\(item)")
    try root.write("\(queue)/returned/\(item)", form)
    try root.fill("\(queue)/returned/\(item)", ["return_reason": "incomplete"])
    for _ in 1...3 { try once() }
    #expect(try root.phase(of: id) == "follow_up")
    #expect(root.names("\(queue)/returned") == [])
    try root.expectSound()
  }

  @Test("Of two that were filled in differently the one saved last counts, and nothing is lost")
  func bothFilled() throws {
    try root.move("\(queue)/new/\(item)", "\(queue)/accepted/\(item)")
    try copy("accepted/\(item)", "accepted/复件 \(item)")
    try root.fill("\(queue)/accepted/\(item)", ["summary": "第一稿"])
    try root.age("\(queue)/accepted/\(item)")
    try root.fill("\(queue)/accepted/复件 \(item)", ["summary": "第二稿"])
    try once()
    #expect(items("accepted") == [item])
    #expect(root.read("\(queue)/accepted/\(item)")?.contains("第二稿") == true)
    #expect(items("closed").contains { root.read("\(queue)/closed/\($0)")?.contains("第一稿") == true })
    try root.expectSound()
  }

  @Test("What was handed in is not replaced by a file that comes later")
  func afterTheAnswer() throws {
    try root.drop("desk/red.yaml", Desk.simple("R-1", "邻里争吵", text: "有人持刀威胁邻居。"))
    try once()
    let red = try root.id(of: "R-1")
    let folder = "queues/task-force"
    let form = try #require(root.read("\(folder)/new/\(red).yaml"))
    try root.act("done", red, "--set", "result=settled", "--set", "measure=劝离")
    try once()
    #expect(try root.phase(of: red) == "approval")
    try root.write("\(folder)/accepted/\(red).yaml", form)
    try root.fill("\(folder)/accepted/\(red).yaml", ["result": "未化解", "measure": "又写的"])
    try once()
    #expect(try root.phase(of: red) == "approval")
    #expect(root.read("\(folder)/done/\(red).yaml")?.contains("劝离") == true)
    #expect(
      root.names("\(folder)/closed").contains { root.read("\(folder)/closed/\($0)")?.contains("又写的") == true }
    )
    try root.expectSound()
  }

  @Test(
    "A name that something else bears is said once; the item comes under another, once",
    arguments: ["folder", "link", "fifo"])
  func blockedName(kind: String) throws {
    let daemon = try root.start(at: Self.now)
    defer { daemon.kill() }
    let path = "\(root.path)/\(queue)/new/\(item)"
    unlink(path)
    switch kind {
    case "folder": mkdir(path, 0o755)
    case "link": symlink("/etc/passwd", path)
    default: mkfifo(path, 0o644)
    }
    let other = "\(queue)/new/\(id) (2).yaml"
    #expect(eventually { root.exists(other) })
    #expect(root.read(other)?.hasPrefix("#") == true)
    // Several scans, one a second.
    #expect(eventually { (try? root.events(of: id).contains("mended")) == true })
    try root.awaitScans(2)
    #expect(try root.events(of: id).count { $0 == "mended" } == 1)
    #expect(root.names("\(queue)/new").filter { $0.hasSuffix(".yaml") }.sorted() == ["\(id) (2).yaml", item])
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    #expect(daemon.err.split(separator: "\n").count { $0.contains("(2).yaml") } == 1, "\(daemon.err)")
    #expect(root.metric("names_blocked_total") == 1)
    var found = stat()
    #expect(lstat(path, &found) == 0 && found.st_mode & S_IFMT != S_IFREG)
    try root.move(other, "\(queue)/accepted/\(id) (2).yaml")
    try once()
    #expect(try root.phase(of: id) == "accepted")
    #expect(items("accepted") == [item])
    try root.expectSound()
  }

  @Test(
    "A folder in the place of a worklist, a notice or a day's reminders keeps neither them nor the daemon waiting"
  )
  func blockedPapers() throws {
    try root.remove("\(queue)/worklist.html")
    try root.write("\(queue)/worklist.html/x", "")
    try root.write("\(queue)/reminders/2037-11-23.txt/x", "")
    try root.once(at: "2037-11-23T09:00")
    #expect(root.exists("\(queue)/worklist (2).html"))
    #expect(root.read("\(queue)/reminders/2037-11-23 (2).txt")?.contains(id) == true)
    try root.expectSound()
  }
}
