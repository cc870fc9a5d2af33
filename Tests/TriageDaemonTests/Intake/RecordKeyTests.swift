import Testing
import TriageText

@testable import TriageCore
@testable import TriageDaemon

@Suite("By what a record is known that came before") struct RecordKeyTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  private static let table = """
    标题,内容,来电时间,预算,紧急,到期,部门
    路灯不亮,北门路灯不亮,2026-11-18 09:00,约30余元,也许,2026/11/20,"城建,城管"

    """
  private static let types: [FieldID: FieldType] = ["预算": .number, "紧急": .flag, "到期": .date, "部门": .list]

  private func cases(_ text: String, as name: String, fields: [FieldID: FieldType] = [:]) -> [DecodedCase] {
    sample.decode(text, as: name, fields: fields).cases
  }

  private func taken(_ decoded: DecodedCase) -> CaseEvent.Taken {
    let decision = Decision(
      category: "other", level: "green", area: nil, lead: "center", assist: [], route: nil, fired: [],
      rulebook: "")
    return Lifecycle.take(
      decoded.input, decision: decision, history: CaseHistory(), at: sample.now, original: "e3b0",
      row: decoded.row, under: Bureau.rulebook)
  }

  private func keys(_ decoded: [DecodedCase]) -> [String] {
    decoded.map { ClueFinder.keys(of: taken($0)).duplicate }
  }

  @Test func `a record without a number is the same one whatever types the rules give to its fields`() throws
  {
    let plain = cases(Self.table, as: "x.csv")
    let typed = cases(Self.table, as: "x.csv", fields: Self.types)
    let input = try #require(typed.first?.input)
    #expect(input.fields["预算"] == .number(30) && input.fields["紧急"] == nil)
    #expect(plain.count == 1 && keys(plain) == keys(typed))
    let other = Self.table.replacing("约30余元", with: "约40余元")
    #expect(keys(cases(other, as: "x.csv", fields: Self.types)) != keys(typed))
  }

  @Test func `a record is known that was told by what the types had read of it, or by its file`() throws {
    let now = taken(try #require(cases(Self.table, as: "x.csv", fields: Self.types).first))
    var before = now
    before.input.written = nil
    var first = now
    first.isKnownByContent = nil
    let known = ClueFinder.formerKeys(of: now, [])
    for earlier in [before, first] {
      let key = ClueFinder.keys(of: earlier).duplicate
      #expect(known.contains(key) && key != ClueFinder.keys(of: now).duplicate)
    }
    #expect(known.count == 2)
  }

  @Test(arguments: ["", "地址", "来电时间", "诉求人"])
  func `equal rows are one record only where they have a time, a place or a person`(_ column: String) {
    let value = ["地址": "梧桐路1号", "来电时间": "2026-11-18 09:00", "诉求人": "李某"][column, default: ""]
    let row = "路灯不亮,路灯不亮,一社区,\(value)\n"
    let rows = cases("标题,内容,社区,\(column)\n" + row + row, as: "x.csv")
    #expect(rows.count == 2)
    #expect(Set(keys(rows)).count == (column.isEmpty ? 2 : 1))
  }

  @Test(arguments: [
    ("工单编号,标题,内容,问题描述\nA1,路灯,灯杆倾斜,不亮\n", "x.csv", "路灯\n不亮"),
    ("工单编号,标题,题目,内容\nA1,路灯,北门,不亮\n", "x.csv", "路灯\n不亮"),
    ("工单编号：A1\n标题：路灯\n内容：不亮\n涉及人数：30\n请处理", "x.txt", "路灯\n不亮\n涉及人数：30\n请处理"),
    ("工单编号：A1\n标题：路灯\n内容：不亮\n涉及人数：很多\n请处理", "x.txt", "路灯\n不亮\n请处理"),
  ])
  func `a record with a number is known by the text that earlier versions read`(
    _ text: String, _ name: String, _ words: String
  ) throws {
    let decoded = try #require(cases(text, as: name).first)
    let key = "hotline\u{0}A1\u{0}" + TextFolding.fingerprintText(words)
    #expect(ClueFinder.keys(of: taken(decoded)).duplicate != key)
    #expect(ClueFinder.formerKeys(of: taken(decoded), decoded.formerTexts) == [key])
  }

  @Test func `a record that is read as ever has one key`() throws {
    let decoded = try #require(cases("工单编号,标题,内容\nA1,路灯,不亮\n", as: "x.csv").first)
    #expect(ClueFinder.formerKeys(of: taken(decoded), decoded.formerTexts) == [])
  }
}
