import Foundation
import Testing

/// Values and files that are not what they seem, through the real program.
@Suite("Values that are no identity, end to end")
struct ValueTests {
  @Test("Rows whose numbers a spreadsheet rounded are cases of their own, and the note says why")
  func roundedNumbers() throws {
    let root = try Root()
    try root.drop(
      "hotline/export.csv",
      """
      工单编号,标题,内容,所属社区
      2.02611E+13,路灯不亮,东门路灯不亮,一社区
      2.02611E+13,井盖破损,西门井盖破损,一社区
      2.02611E+13,油烟扰民,饭店油烟大,一社区
      2.02611E+13,犬吠,楼上养狗夜里叫,一社区
      """)
    try root.once()
    let cases = try root.cases()
    #expect(cases.count == 4)
    for one in cases {
      let id = try #require(one["id"] as? String)
      let shown = try #require(root.triaged("show", id, "--format", "json").objects.first)
      #expect((shown["links"] as? [Any])?.isEmpty == true)
      let text = try root.triaged("show", id).out
      #expect(text.contains("2.02611E+13") && ["文本", "as text"].contains(where: text.contains))
    }
    try root.expectSound()
  }

  @Test("A sender's address stands in no worklist, however odd the header")
  func noAddressInWorklists() throws {
    let root = try Root()
    let header =
      "FROM : lin@example.org\nto: office@example.net\nX-Odd line\nDate: Thu, 19 Nov 2026 09:00:00 +0800\n"
    try root.drop("mail/a.eml", header + "\n东门路灯不亮三天了。\n")
    try root.drop("mail/b.txt", "From lin@example.org Thu Nov 19 09:00:00 2026\n" + header + "\n西门井盖破损。\n")
    try root.drop("mail/c.txt", (header + "\n楼道灯不亮。\n").replacing("\n", with: "\r"))
    try root.drop("mail/d.txt", "转来一封信。\n请处理。\n请速办。\n附后。\n谢谢。\n" + header + "\n北门积水。\n")
    try root.once()
    #expect(try root.cases().count == 3)
    #expect(root.names("set-aside").contains { $0.hasPrefix("d") && $0.hasSuffix(".txt") })
    let queues = root.path + "/queues"
    let files = FileManager.default.enumerator(atPath: queues)?.compactMap { $0 as? String } ?? []
    let lists = files.filter { $0.hasSuffix("worklist.csv") || $0.hasSuffix("worklist.html") }
    #expect(!lists.isEmpty)
    for list in lists {
      let text = try String(contentsOfFile: queues + "/" + list, encoding: .utf8)
      #expect(!text.contains("example.org") && !text.contains("FROM"), "\(list)")
    }
  }

  @Test("A deadline's pauses are counted and explained")
  func pauses() throws {
    let root = try Root()
    func due(_ pause: String...) throws -> Program.Outcome {
      try Program.run(
        ["due", "--from", "2026-11-16T09:00", "5个工作日", "--rules", root.rules, "--explain"]
          + pause.flatMap { ["--pause", $0] })
    }
    let plain = try due()
    #expect(plain.out.hasPrefix("2026-11-23T17:30"))
    let minutes = try due("2026-11-17T17:28..2026-11-17T17:31", "2026-11-18T17:28..2026-11-18T17:31")
    #expect(
      minutes.out.hasPrefix("2026-11-23T17:30")
        && ["余 4 分", "4 min left over"].contains(where: minutes.out.contains))
    let day = try due("2026-11-17T14:30..2026-11-18T14:30")
    #expect(day.out.hasPrefix("2026-11-24T17:30"))
    #expect(try due("2026-11-18..2026-11-17").status == 2)
  }
}
