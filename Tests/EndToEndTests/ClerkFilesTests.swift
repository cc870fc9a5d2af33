import Foundation
import Testing

/// What clerks save, drop and lock in their folders, and what comes of it.
@Suite("Files that are no plain forms, end to end")
struct ClerkFilesTests: ClerkDesk {
  let root: Root
  let id: String

  init() throws { (root, id) = try Self.open() }

  private func fill() throws {
    try root.fill("\(queue)/new/\(item)", ["result": "settled", "summary": "已退费"])
  }
  private func attachments() throws -> [String] {
    let shown = try root.triaged("show", id, "--format", "json").objects.first
    return try #require(shown?["attachments"] as? [String]).sorted()
  }
  private func makeFolder(_ name: String) throws { try root.makeFolder("\(queue)/\(name)") }

  @Test("An answer that Notepad saved as Unicode is taken", arguments: [true, false])
  func unicode(isLittle: Bool) throws {
    try fill()
    let text = try #require(root.read("\(queue)/new/\(item)"))
    let units = Array("\u{FEFF}\(text)".utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      isLittle ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    try root.write("\(queue)/done/\(item)", bytes: bytes)
    try root.remove("\(queue)/new/\(item)")
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    try root.expectSound()
  }

  @Test("An answer saved as a document of an office program gets a note, and no blank form comes")
  func document() throws {
    try root.write("\(queue)/done/\(id).docx", bytes: [0x50, 0x4B, 3, 4, 0, 0, 0xFF])
    try root.remove("\(queue)/new/\(item)")
    for _ in 1...2 { try once() }
    let note = try #require(root.read("\(queue)/done/\(id).problem.txt"))
    #expect(note.contains("UTF-8"), "\(note)")
    #expect(!root.exists("\(queue)/new/\(item)"))
    try root.expectSound()
    // The words copied into a text file: taken, with the document among the papers.
    try root.write("\(queue)/done/\(id).txt", "办理结果：已化解\n办理情况：已退费\n")
    for _ in 1...2 { try once() }
    #expect(try root.phase(of: id) == "follow_up")
    #expect(!root.exists("\(queue)/done/\(id).problem.txt"))
    #expect(try attachments() == ["\(id).docx"])
  }

  @Test("A folder dropped into done/ is opened; a queue's own folder dropped into another, too")
  func folders() throws {
    try fill()
    try makeFolder("done/我的办结")
    try root.move("\(queue)/new/\(item)", "\(queue)/done/我的办结/\(item)")
    for _ in 1...2 { try once() }
    #expect(try root.phase(of: id) == "follow_up")
    #expect(!root.exists("\(queue)/done/我的办结"))
    let second = try another()
    try root.move("\(queue)/new", "\(queue)/accepted/new")
    let check = try root.triaged("fsck", "--format", "json")
    #expect(check.out.contains("in-subfolder"), "\(check.out)")
    for _ in 1...2 { try once() }
    #expect(root.exists("\(queue)/accepted/\(second)") && !root.exists("\(queue)/accepted/new"))
    #expect(try root.phase(of: String(second.dropLast(5))) == "accepted")
    try root.expectSound()
  }

  @Test("A queue's folder that was renamed or removed is made again, and what lay in it comes back as it was")
  func renamedFolder() throws {
    try root.move("\(queue)/new/\(item)", "\(queue)/accepted/\(item)")
    try once()
    try root.fill("\(queue)/accepted/\(item)", ["summary": "写了一半"])
    let daemon = try root.start(at: Self.now)
    defer { daemon.kill() }
    try root.move("\(queue)/accepted", "\(queue)/accepted（办理中）")
    // At once: the daemon makes it anew while it is emptied.
    try root.move("\(queue)/requests", "requests-gone")
    #expect(eventually(within: 60) { root.read("\(queue)/accepted/\(item)")?.contains("写了一半") == true })
    #expect(eventually(within: 60) { root.exists("\(queue)/requests/taken") })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    #expect(try root.events(of: id).contains("mended") == false)
    try root.expectSound()
  }

  @Test("Photographs wherever they lie under the case's number are taken; the clerk is told of what was not")
  func photographs() throws {
    try fill()
    try root.write("\(queue)/attachments/\(id)/现场/a.jpg", "a")
    try root.write("\(queue)/attachments/\(id)/空.jpg", "")
    try root.write("\(queue)/attachments/\(id)/Thumbs.db", "t")
    try root.write("\(queue)/attachments/\(id) 照片/b.jpg", "b")
    try root.write("\(queue)/done/\(id) 现场.jpg", "c")
    try root.move("\(queue)/new/\(item)", "\(queue)/done/\(item)")
    try once()
    #expect(try root.phase(of: id) == "follow_up")
    #expect(try attachments() == ["\(id) 现场.jpg", "b.jpg", "现场 a.jpg"])
    let note = try #require(root.read("\(queue)/attachments/\(id).problem.txt"))
    #expect(note.contains("空.jpg") && !note.contains("Thumbs"), "\(note)")
  }

  // MARK: Permissions

  /// Runs the daemon once as packaged: without the right to pass over permissions.
  @discardableResult
  private func onceWithoutPrivileges() throws -> Program.Outcome {
    let run = try Running(
      without: "dac_override", "dac_read_search", running: root.options(at: Self.now) + ["--once"])
    #expect(run.ends(within: 120))
    #expect(run.outcome.status == 0, "\(run.err)")
    return run.outcome
  }

  private func lock(_ name: String, _ mode: mode_t) {
    #expect(chown("\(root.path)/\(queue)/\(name)", Leases.outsider, Leases.outsider) == 0)
    #expect(chmod("\(root.path)/\(queue)/\(name)", mode) == 0)
  }

  @Test(
    "A folder of attachments that may not be entered concerns its case alone, which gets a note",
    .enabled(if: Running.canDropRights, "it takes root and setpriv(1)"))
  func lockedAttachments() throws {
    let other = try another()
    try fill()
    try root.fill("\(queue)/new/\(other)", ["result": "settled", "summary": "已清走"])
    try makeFolder("attachments/\(id)")
    lock("attachments/\(id)", 0o700)
    for name in [item, other] { try root.move("\(queue)/new/\(name)", "\(queue)/done/\(name)") }
    try onceWithoutPrivileges()
    #expect(try root.phase(of: String(other.dropLast(5))) == "follow_up")
    let note = try #require(root.read("\(queue)/new/\(id).problem.txt"))
    #expect(note.contains("attachments/\(id)"), "\(note)")
    #expect(root.exists("\(queue)/new/\(item)"))
  }

  @Test(
    "A folder of the queue that may not be entered, or is a file, stops nothing else and is told of with its path",
    .enabled(if: Running.canDropRights, "it takes root and setpriv(1)"))
  func lockedFolder() throws {
    try root.move("\(queue)/done", "\(queue)/done_old")
    try root.write("\(queue)/done", "")
    lock("returned", 0o700)
    try root.drop("desk/b.yaml", Desk.simple("A-2", "楼道堆物", text: "楼道里堆了停车费通知。"))
    try root.move("\(queue)/new/\(item)", "\(queue)/accepted/\(item)")
    let outcome = try onceWithoutPrivileges()
    #expect(try root.phase(of: id) == "accepted")
    #expect(root.names("\(queue)/new").count { $0.hasSuffix(".yaml") } == 1)
    for folder in ["returned", "done"] {
      #expect(
        outcome.err.split(separator: "\n").count { $0.contains("queues/urban/\(folder)") } == 1,
        "\(outcome.err)")
    }
  }

  @Test(
    "A form that may not be read is known by its name: accepted where it lies, told of where it is handed in",
    .enabled(if: Running.canDropRights, "it takes root and setpriv(1)"))
  func lockedForm() throws {
    try root.move("\(queue)/new/\(item)", "\(queue)/accepted/\(item)")
    lock("accepted/\(item)", 0o400)
    try onceWithoutPrivileges()
    #expect(try root.phase(of: id) == "accepted")
    #expect(root.items.filter { $0.contains(id) } == ["urban/accepted/\(item)"])
    try root.move("\(queue)/accepted/\(item)", "\(queue)/done/\(item)")
    try onceWithoutPrivileges()
    #expect(root.read("\(queue)/accepted/\(id).problem.txt")?.contains("权限") == true)
    #expect(!root.exists("\(queue)/new/\(item)"))
  }
}
