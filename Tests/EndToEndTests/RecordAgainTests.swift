import Foundation
import Testing

/// Records that come again: what they say by now is told, and no export doubles its cases.
@Suite("Records that come again, end to end") struct RecordAgainTests {
  private static let header = "工单编号,标题,内容,涉及人数\n"

  private func notices(_ root: Root) -> String {
    root.names("queues/urban/new").filter { $0.contains(".notice-") }
      .compactMap { root.read("queues/urban/new/" + $0) }.joined()
  }

  @Test("What a record says otherwise when it comes again is told and kept")
  func changed() throws {
    let root = try Root()
    try root.drop("desk/a.csv", Self.header + "U1,小区停车费乱收,物业每月多收停车费。,3\n")
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    let later = Self.header + "U1,小区停车费乱收,物业每月多收停车费。,50\n"
    for name in ["b", "c"] {
      try root.drop("desk/\(name).csv", later)
      try root.once()
    }
    #expect(try root.cases().count == 1)
    let timeline = try root.triaged("show", id).out
    #expect(timeline.components(separatedBy: "changed: the number of people: 50").count == 2, "\(timeline)")
    #expect(timeline.components(separatedBy: "the same record came again").count >= 3)
    #expect(notices(root).contains("涉及人数：50"))
    let folder = root.home + "/out"
    #expect(try root.triaged("show", id, "--extract", folder).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count == 2)
    let texts = names.compactMap { FileManager.default.contents(atPath: folder + "/" + $0) }
    #expect(texts.contains { String(decoding: $0, as: UTF8.self) == later })
    try root.expectSound()
  }

  @Test("A new telephone number is told without the number")
  func contact() throws {
    let root = try Root()
    for (number, phone) in ["010-55550001", "010-55550002", "010-55550002", "010-55550003"].enumerated() {
      try root.drop("desk/\(number).yaml", Desk.simple("A-1") + "\ncontact_phone: \(phone)\n")
      try root.once()
    }
    let id = try #require(try root.onlyCase()["id"] as? String)
    let timeline = try root.triaged("show", id).out
    #expect(
      timeline.components(separatedBy: "how to reach the person: see the original").count == 3, "\(timeline)")
    #expect(!timeline.contains("0002") && !timeline.contains("0003"))
    #expect(notices(root).contains("联系方式：见原件"))
  }

  @Test("An export without numbers that is sent again with one row more makes one case more")
  func exportWithoutNumbers() throws {
    let root = try Root()
    let header = "标题,内容,地址,来电时间\n"
    let rows = [
      "路灯不亮,北门路灯不亮,梧桐路1号,2026-11-18 09:00\n", "井盖丢失,南门井盖丢失,梧桐路2号,2026-11-18 09:30\n",
    ]
    try root.drop("desk/a.csv", header + rows.joined())
    try root.once()
    try root.drop("desk/b.csv", header + "占道停车,西门占道停车,梧桐路3号,2026-11-18 10:00\n" + rows.joined())
    try root.once()
    #expect(try root.cases().count == 3)
    try root.drop("desk/c.csv", header + rows[0] + rows[0])
    try root.once()
    #expect(try root.cases().count == 3)
    try root.drop(
      "desk/d.json", "[{\"标题\":\"路灯不亮\",\"内容\":\"北门路灯不亮\",\"地址\":\"梧桐路1号\",\"来电时间\":\"2026-11-18 09:00\"}]")
    try root.once()
    #expect(try root.cases().count == 3)
    try root.expectSound()
    #expect(try root.triaged("ledger", "verify").status == 0)
  }

  @Test("Rules that give a field a type double no case and tell no news of records that came before")
  func typedMeanwhile() throws {
    let root = try Root()
    let header = "标题,内容,地址,预算\n"
    let row = "路灯不亮,北门路灯不亮,梧桐路1号,约30余元\n"
    try root.drop("desk/a.csv", header + row)
    try root.drop("desk/b.csv", Self.header.replacing("涉及人数", with: "预算") + "U1,停车费,多收停车费,约30余元\n")
    try root.once()
    try root.write(root.rules + "/more.yaml", "fields: [{id: 预算, title: 预算, type: number}]\n")
    try root.drop("desk/c.csv", header + row + "井盖丢失,南门井盖丢失,梧桐路2号,约5元\n")
    try root.drop(
      "desk/d.csv", Self.header.replacing("涉及人数", with: "预算") + "U1,停车费,多收停车费,约30余元\n")
    try root.once()
    #expect(root.metric("rules_refused") == 0)
    #expect(try root.cases().count == 3)
    #expect(notices(root) == "")
    try root.expectSound()
    #expect(try root.triaged("ledger", "verify").status == 0)
  }

  @Test("Equal calls without time, place or person are cases of their own, and the same file makes no more")
  func nothingToTell() throws {
    let root = try Root()
    let rows = "标题,内容\n路灯不亮,路灯不亮\n路灯不亮,路灯不亮\n"
    for name in ["a", "b"] {
      try root.drop("desk/\(name).csv", rows)
      try root.once()
      #expect(try root.cases().count == 2)
    }
    try root.expectSound()
    #expect(try root.triaged("ledger", "verify").status == 0)
  }

  @Test("The same call with another number of people is another case of the same matter")
  func sameMatter() throws {
    let root = try Root()
    let header = "标题,内容,地址,来电时间,涉及人数\n"
    for people in [2, 30] {
      try root.drop("desk/\(people).csv", header + "路灯不亮,路灯不亮,梧桐路1号,2026-11-18 09:00,\(people)\n")
      try root.once()
    }
    let cases = try root.cases()
    #expect(cases.count == 2)
    let id = try #require(cases.first?["id"] as? String)
    #expect(try root.triaged("cases", "--same-as", id, "--format", "json").objects.count == 2)
    try root.expectSound()
    #expect(try root.triaged("ledger", "verify").status == 0)
  }

  @Test("A number in a title is seen only by those who act on the case, one in a file's name not in the log")
  func privateNumbers() throws {
    let root = try Root()
    try root.drop("desk/13800002222 王某.yaml", Desk.simple("P-1", "王某13800002222反映停车费"))
    try root.drop("desk/13800003333 李某.yaml", "area: 一社区\n")
    let outcome = try root.once()
    #expect(!outcome.err.contains("13800003333") && outcome.err.contains("138****3333"))
    #expect(try root.onlyCase()["title"] as? String == "王某138****2222反映停车费")
    let id = try #require(try root.onlyCase()["id"] as? String)
    #expect(root.read("queues/urban/new/\(id).yaml")?.contains("13800002222") == true)
    // The lists are printed and lie about: the one with the case has its title without the number.
    for file in ["worklist.csv", "worklist.html"] {
      let list = try #require(root.read("queues/urban/\(file)"))
      #expect(list.contains(id) && list.contains("138****2222"), "\(list)")
    }
    let telling = root.tree("queues").filter { root.read("queues/" + $0)?.contains("13800002222") == true }
    #expect(telling == ["urban/new/\(id).yaml"])
  }
}
