import Foundation
import Testing

/// Photographs, documents, further parts of a mail: they lie with whoever acts on the case, and never come back as a
/// department's own.
@Suite("What a case brings reaches those who act, end to end")
struct CaseFilesTests {
  private static let photo = [0xFF, 0xD8, 0xFF, 0xE0] + Array("现场照片".utf8)
  private static let red = Desk.simple("R-1", "邻里争吵", text: "有人持刀威胁邻居。")
  private let root: Root

  init() throws { root = try Root() }

  /// A case folder in the inbox, taken in.
  private func take(_ text: String, _ files: [String: [UInt8]], name: String = "案") throws -> String {
    for (file, bytes) in files { try root.write("inbox/desk/\(name)/\(file)", bytes: bytes) }
    try root.write("inbox/desk/\(name)/案件.yaml", text)
    try root.once()
    return try #require(try root.cases().first?["id"] as? String)
  }

  private func files(_ department: String, _ id: String) -> [String] {
    root.names("queues/\(department)/attachments/\(id)")
  }

  @Test("Promise 1: every file lies with the lead and the helpers, under a safe name, and the item names it")
  func everybodyWhoActs() throws {
    let long = String(repeating: "长", count: 70) + ".jpg"
    let sent: [String: [UInt8]] = [
      "照片.jpg": Self.photo, "CON.txt": [65], "现场": Self.photo, "合同.PDF": [66], long: [67],
      "a:b?.txt": [69],
    ]
    let id = try take(Self.red, sent)
    let wanted = ["_CON.txt", "a_b_.txt", "合同.PDF", "照片.jpg", "现场.jpg", long].sorted()
    for department in ["task-force", "police"] {
      #expect(files(department, id) == wanted)
      let item = root.names("queues/\(department)/new").first { $0.hasSuffix(".yaml") }
      let text = try #require(root.read("queues/\(department)/new/\(item ?? "")"))
      for name in wanted { #expect(text.contains("  - \"\(name)\"\n"), "\(name) in \(text)") }
    }
    #expect(
      FileManager.default.contents(atPath: root.path + "/queues/police/attachments/\(id)/照片.jpg").map(
        Array.init)
        == Self.photo)
    // Who is only told gets the word and nothing more.
    #expect(files("leader", id) == [])
    // The copy is the department's: what is done to it in place leaves the original alone.
    try root.write("queues/police/attachments/\(id)/照片.jpg", "涂掉了")
    try root.expectSound()
  }

  @Test("What the daemon put there is not handed in again, under whatever name; an edited picture is")
  func notTakenBack() throws {
    let id = try take(Self.red, ["照片.jpg": Self.photo, "b.txt": [66], "c.txt": [67]])
    let folder = "queues/task-force/attachments/\(id)"
    try root.move("\(folder)/b.txt", "\(folder)/改名.txt")
    try root.write("\(folder)/照片.jpg", bytes: Self.photo + Array("圈出了裂缝".utf8))
    try root.write("\(folder)/协议.txt", "双方约定")
    try root.act("done", id, "--set", "result=settled", "--set", "measure=劝离")
    try root.once()
    #expect(try root.phase(of: id) == "approval")
    let shown = try root.triaged("show", id, "--format", "json")
    let names = shown.objects.first?["attachments"] as? [String] ?? []
    #expect(names.sorted() == ["b.txt", "c.txt", "协议.txt", "照片.jpg", "照片.jpg"])
    #expect(try root.events(of: id).count { $0 == "attached" } == 2)
    // The approver sees what came and what the lead made of it.
    #expect(files("leader", id) == ["b.txt", "c.txt", "协议.txt", "照片 (2).jpg", "照片.jpg"])
    try root.expectSound()
  }

  @Test("Who decides a return, a new lead, and the visitor afterwards get the files too")
  func everyActor() throws {
    let id = try take(Desk.simple("A-1"), ["照片.jpg": Self.photo])
    #expect(files("urban", id) == ["照片.jpg"])
    try root.act("return", id, "--set", "return_reason=not_competent", "--set", "reason=不归我管")
    try root.once()
    #expect(files("leader", id) == ["照片.jpg"])
    try root.act("done", "\(id).adjudicate-1", "--set", "assign_to=police", "--set", "reason=由派出所办")
    try root.once()
    #expect(files("police", id) == ["照片.jpg"])
    try root.act("done", "\(id).lead-2", "--set", "result=settled", "--set", "summary=已劝离")
    try root.once()
    // Not taken away from who had it: files go with their case's retention.
    #expect(files("urban", id) == ["照片.jpg"])
    try root.remove("queues/police/attachments/\(id)/照片.jpg")
    // 2026-11-24, the morning of the visit.
    try root.once(at: "2026-11-24T10:00")
    #expect(root.names("queues/police/new").contains("\(id).follow_up-1.yaml"))
    #expect(files("police", id) == ["照片.jpg"])
    try root.expectSound()
  }

  @Test("Of a mail come its files, its parts without a name, with a fitting ending, and its HTML")
  func mail() throws {
    let mail = """
      From: li@example.org
      Subject: 停车费
      Message-ID: <m1@example.org>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=B

      --B
      Content-Type: multipart/alternative; boundary=C

      --C
      Content-Type: text/plain; charset=utf-8

      物业每月多收停车费，见附件。
      --C
      Content-Type: text/html; charset=utf-8

      <html><body><table><tr><td>物业</td></tr></table></body></html>
      --C--
      --B
      Content-Type: application/pdf; name="../../../etc/合同.pdf"
      Content-Disposition: attachment; filename="../../../etc/合同.pdf"

      %PDF-1.4
      --B
      Content-Type: message/rfc822

      From: wang@example.org
      Subject: 转来

      请看。
      --B
      Content-Type: image/png

      png
      --B--
      """
    try root.drop("desk/m.eml", mail.replacingOccurrences(of: "\n", with: "\r\n"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    let names = files("urban", id)
    #expect(names.count == 4, "\(names)")
    #expect(names.contains("合同.pdf") && names.contains("mail.html"))
    #expect(names.contains { $0.hasPrefix("part-") && $0.hasSuffix(".eml") })
    #expect(names.contains { $0.hasPrefix("part-") && $0.hasSuffix(".png") })
    #expect(root.read("queues/urban/attachments/\(id)/mail.html")?.contains("<table>") == true)
    #expect(root.tree("queues/urban").contains("attachments/\(id)/合同.pdf"))
  }

  @Test("What the same record brings when it comes again reaches who acts, with a word; nothing comes twice")
  func duplicate() throws {
    let id = try take(Desk.simple("A-1"), ["1.jpg": Self.photo])
    _ = try take(Desk.simple("A-1"), ["1.jpg": Self.photo], name: "又")
    #expect(try root.cases().count == 1)
    #expect(files("urban", id) == ["1.jpg"])
    #expect(root.names("queues/urban/new").filter { $0.contains(".notice-") } == [])
    _ = try take(Desk.simple("A-1"), ["1.jpg": Self.photo, "2.jpg": Self.photo + [1]], name: "再")
    #expect(files("urban", id) == ["1.jpg", "2.jpg"])
    let notice = try #require(root.names("queues/urban/new").first { $0.contains(".notice-") })
    #expect(root.read("queues/urban/new/\(notice)")?.contains("材料 1 份") == true)
    try root.expectSound()
  }

  @Test("A deleted item comes again with its files; what a clerk keeps under the name stays")
  func redelivered() throws {
    let id = try take(Desk.simple("A-1"), ["1.jpg": Self.photo, "2.jpg": [2]])
    try root.remove("queues/urban/new/\(id).yaml")
    try root.remove("queues/urban/attachments/\(id)/2.jpg")
    try root.write("queues/urban/attachments/\(id)/1.jpg", "我的批注")
    try root.once()
    #expect(root.names("queues/urban/new") == ["\(id).yaml"])
    #expect(files("urban", id) == ["1 (2).jpg", "1.jpg", "2.jpg"])
    #expect(root.read("queues/urban/attachments/\(id)/1.jpg") == "我的批注")
  }

  @Test("show --extract writes the files and the original, and not a second time")
  func extracted() throws {
    let id = try take(Desk.simple("A-1"), ["照片.jpg": Self.photo, "NUL": [66]])
    let folder = root.home + "/out"
    for _ in 1...2 {
      let outcome = try root.triaged("show", id, "--extract", folder)
      #expect(outcome.status == 0, "\(outcome.err)")
      #expect(outcome.lines.filter { $0.hasPrefix(folder) }.count == 3, "\(outcome.out)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["_NUL.txt", "original.txt", "照片.jpg"])
    }
    #expect(FileManager.default.contents(atPath: folder + "/照片.jpg").map(Array.init) == Self.photo)
    #expect(try root.triaged("show", id, "--extract", "/proc/none/x").status == 1)
  }

  @Test("A file whose original is lost keeps neither item nor daemon waiting, and is said")
  func originalLost() throws {
    try root.once()
    try root.write("inbox/desk/案/案件.yaml", Desk.simple("A-1"))
    try root.write("inbox/desk/案/照片.jpg", bytes: Self.photo)
    try root.write("inbox/desk/案/合同.pdf", bytes: Array("%PDF-1.4 合同".utf8))
    // Recorded; the share is not there yet.
    try root.move("queues/urban/.triaged", "marker")
    try root.once(status: 1)
    let hash = try #require(root.tree("state/files").first { !$0.hasPrefix(".") })
    try root.remove("state/files/\(hash)")
    try root.move("marker", "queues/urban/.triaged")
    let outcome = try root.once()
    #expect(root.names("queues/urban/new").filter { $0.hasSuffix(".yaml") }.count == 1, "\(outcome.err)")
    #expect(outcome.err.contains("verify"), "\(outcome.err)")
  }

  @Test(
    "Files that are more than one step puts into queues come all the same, before the item that lists them")
  func manyLargeFiles() throws {
    var photograph = [UInt8](repeating: 0, count: 40 << 20)
    photograph.replaceSubrange(0..<4, with: Self.photo.prefix(4))
    var other = photograph
    other[1000] = 1
    let id = try take(Self.red, ["甲.jpg": photograph, "乙.jpg": other, "丙.txt": [67]])
    for department in ["task-force", "police"] {
      #expect(files(department, id) == ["丙.txt", "乙.jpg", "甲.jpg"])
      let copy = FileManager.default.contents(
        atPath: root.path + "/queues/\(department)/attachments/\(id)/乙.jpg")
      #expect(copy.map { Array($0) == other } == true)
      let item = root.names("queues/\(department)/new").first { $0.hasSuffix(".yaml") }
      let text = try #require(root.read("queues/\(department)/new/\(item ?? "")"))
      for name in ["丙.txt", "乙.jpg", "甲.jpg"] { #expect(text.contains("  - \"\(name)\"\n"), "\(text)") }
    }
    try root.expectSound()
  }
}
