import Foundation
import Testing

/// The same matter again (DESIGN.md section 7), through the real program.
@Suite("The same matter again, end to end")
struct SameMatterTests {
  private static let names = [
    "王伟", "李秀英", "张敏", "刘洋", "陈静", "杨磊", "黄桂兰", "赵军", "吴霞", "周涛", "徐丽娜", "孙强", "马超", "朱红", "胡建国",
    "郭艳", "何平", "高洁", "林峰", "罗玉兰", "郑浩", "梁宇", "谢芳", "宋佳", "唐明", "许杰", "邓丽", "冯刚", "韩梅", "曹斌",
  ]

  /// One template letter, signed by neighbour `number`.
  private func letter(_ number: Int, estate: String = "幸福小区", area: String = "一社区") -> String {
    let name = Self.names[number % Self.names.count]
    return """
      source_id: L-\(estate)-\(number)
      title: 物业乱收停车费
      area: \(area)
      address: \(estate)\(number % 9 + 1)栋\(100 + number)室
      text: 尊敬的领导：我是\(estate)业主\(name)，物业公司自2026年\(number % 9 + 1)月\(number % 27 + 1)日起未经业主大会同意擅自将停车费由每月\(80 + number)元涨到每月\(200 + number)元，拒不公示公共收益账目，电梯经常故障无人维修。恳请政府责令物业停止乱收费，公示账目。联系人\(name)。
      """
  }

  /// The sample's rules, with one that asks for repeats.
  private func root() throws -> Root {
    let root = try Root()
    try root.write(
      root.rules + "/classify/repeat.yaml",
      """
      classification:
        - {id: third-filing, title: 第三次反映, when: {repeat: {at_least: 3, within: 30d}}, then: {level: yellow}}
      escalation:
        - {id: third-step, on: {repeat: 3}, then: {notify: leader}}
      """)
    return root
  }

  private func show(_ id: String, _ root: Root) throws -> [String: Any] {
    try #require(root.triaged("show", id, "--format", "json").objects.first)
  }

  private func ids(_ root: Root, sameAs id: String) throws -> [String] {
    try root.triaged("cases", "--same-as", id, "--format", "json").objects.compactMap { $0["id"] as? String }
  }

  /// Thirty cases of one matter, each linked to the first; from the third on the rules that ask for repeats hold.
  private func expectOneMatter(_ root: Root, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let cases = Array(try root.cases().reversed())
    #expect(cases.count == 30, sourceLocation: sourceLocation)
    let all = cases.compactMap { $0["id"] as? String }
    #expect(Set(try ids(root, sameAs: all[17])) == Set(all), sourceLocation: sourceLocation)
    for (place, one) in cases.enumerated() {
      let why = one["why"] as? [String] ?? []
      #expect(why.contains("第三次反映") == (place >= 2), "\(place)", sourceLocation: sourceLocation)
    }
    let links = try show(all[0], root)["links"] as? [[String: String]] ?? []
    #expect(links.count == 29, sourceLocation: sourceLocation)
    #expect(
      links.allSatisfy { $0["to"] == all[0] && $0["why"] == "nearSameText" }, sourceLocation: sourceLocation)
    for (place, isRepeated) in [(1, false), (2, true)] {
      let steps = try root.timeline(of: all[place]).compactMap { $0["text"] as? String }
      #expect(steps.contains { $0.contains("third-step") } == isRepeated, sourceLocation: sourceLocation)
    }
    try root.expectSound(sourceLocation: sourceLocation)
  }

  @Test(
    "Thirty neighbours with one template letter are thirty linked cases of one matter, taken in one batch")
  func oneBatch() throws {
    let root = try root()
    for number in 1...30 { try root.drop("mail/\(100 + number).yaml", letter(number)) }
    try root.once()
    try expectOneMatter(root)
    let other = root.home + "/next.yaml"
    try root.write(other, letter(31))
    let explain = ["explain", other, "--rules", root.rules, "--at", Root.thursday, "--format", "json"]
    #expect(try Program.run(explain).objects.first?["level"] as? String == "green")
    let asked = try #require(try Program.run(explain + ["--root", root.path]).objects.first)
    #expect(asked["level"] as? String == "yellow")
    #expect((asked["same_matter"] as? [String: Any])?["filings"] as? [String] != nil)
    #expect(try root.cases().count == 30, "to ask is not to take")
  }

  @Test("They are, too, when they come in several batches and the daemon is killed between and during them")
  func severalBatches() throws {
    let root = try root()
    var chance = SeededChance(state: 7)
    var next = 1
    while next <= 30 {
      for number in next..<min(31, next + 7) { try root.drop("mail/\(100 + number).yaml", letter(number)) }
      next += 7
      let daemon = try Running(Program.path, root.options(at: Root.thursday))
      usleep(UInt32.random(in: 50_000...400_000, using: &chance))
      daemon.kill()
    }
    try root.once()
    try root.once()
    try expectOneMatter(root)
  }

  @Test("The same letter about another estate or from another community is another matter")
  func otherPlaces() throws {
    let root = try root()
    try root.drop("mail/1.yaml", letter(1))
    try root.drop("mail/2.yaml", letter(2, estate: "阳光花园"))
    try root.drop("mail/3.yaml", letter(3, area: "某街道"))
    try root.once()
    let all = try root.cases().compactMap { $0["id"] as? String }.sorted()
    #expect(all.count == 3)
    #expect(try ids(root, sameAs: all[0]).sorted() == [all[0], all[2]], "the street holds the community")
    #expect(try ids(root, sameAs: all[1]) == [all[1]])
  }

  @Test("A reminder call is linked to the case it names, in the same batch too, and who leads that is told")
  func reminderCall() throws {
    let root = try root()
    try root.drop("hotline/1.yaml", Desk.simple("BJ202611190001"))
    try root.drop(
      "hotline/2.yaml", "source_id: BJ202611190002\ntext: 市民反复催单，已电子催单工单编号：BJ202611190001，故归档\n")
    try root.once()
    let first = "ZZ20261119-0001"
    try root.drop("visit/3.txt", "再次来访，询问 \(first) 何时办结。")
    try root.once()
    try root.drop(
      "hotline/4.yaml", "source_id: BJ202611190004\ntext: 市民反复催单，已电子催单工单编号：BJ209901010009，故归档\n")
    try root.once()
    for number in 2...3 {
      let links = try show("ZZ20261119-000\(number)", root)["links"] as? [[String: String]]
      #expect(links?.map { $0["to"] } == [first] && links?.first?["why"] == "reference")
    }
    #expect(
      (try show("ZZ20261119-0004", root)["links"] as? [Any])?.isEmpty == true,
      "like another call, of no known case")
    // What is told of a case on one day is one file.
    #expect(root.names("queues/urban/new").filter { $0.contains(".notice-") }.count == 1)
    let told = try #require(root.read("queues/urban/new/\(first).notice-20261119.txt"))
    #expect(told.contains("ZZ20261119-0002") && told.contains("ZZ20261119-0003"), "\(told)")
    let text = try root.triaged("show", first, environment: ["LANG": "zh_CN.UTF-8"]).out
    #expect(text.contains("ZZ20261119-0002 提到本案"), "\(text)")
    try root.expectSound()
  }

  @Test("The same number with other text is a new case, linked; with the same text it is no case")
  func sameNumber() throws {
    let root = try root()
    for (name, text) in [("1", "楼道堆放杂物"), ("2", "楼道又堆放杂物，还起了争执"), ("3", "楼道堆放，杂物。")] {
      try root.drop("desk/\(name).yaml", Desk.simple("A-1", text: text))
      try root.once()
    }
    #expect(try root.cases().count == 2)
    let links = try show("ZZ20261119-0002", root)["links"] as? [[String: String]]
    #expect(links?.first?["why"] == "sameSourceID")
    #expect(try root.events(of: "ZZ20261119-0001").contains("duplicate_arrived"))
  }
}
