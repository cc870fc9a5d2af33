import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Values that are no identity") struct UnusableValueTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  private func table(_ ids: [String]) -> DecodeResult {
    let rows = ids.enumerated().map { "\($1),路灯不亮,\($0)号院路灯不亮\n" }.joined()
    return sample.decode("工单编号,标题,内容\n" + rows, as: "export.csv")
  }

  private func notes(_ input: CaseInput?) -> [String] {
    input?.notes.compactMap { note in
      if case .unusable(let why, let values) = note {
        "\(why.rawValue) \(values.joined(separator: "|"))"
      } else {
        nil
      }
    } ?? []
  }

  @Test(arguments: [
    "2.02611E+13", "1.23457E+17", "2.0261e+16", "2E+15", "２．０２６１１Ｅ＋１３", "123456789012345000",
    "20261109000123400000", "20261109000123456.0",
  ])
  func `a number that a spreadsheet rounded is noted and no source id`(_ written: String) {
    let input = table([written]).only
    #expect(input?.sourceID == nil)
    #expect(notes(input) == ["rounded 工单编号：\(written)"])
  }

  @Test(arguments: [
    "无", "无编号", "暂无", "不详", "N/A", "-", "--", "0", "000000", "null", "None", "NaN", "待补", "未知", "test",
    "TEST", "工单编号",
    "Ｎ／Ａ", "无（待补）", "……", "xxxx", "/", "xxx-xxxx", "11111111111", "1234567", "12345678901", "测试1", "test02",
    "暂无工单号",
    "没有工单编号", "编号待定",
  ])
  func `a placeholder is noted and no source id`(_ written: String) {
    let input = table([written]).only
    #expect(input?.sourceID == nil)
    #expect(notes(input) == ["placeholder 工单编号：\(written)"])
  }

  @Test(arguments: [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "########", "Err:502", "＃Ｎ／Ａ", "错误:502", "错误：522",
  ])
  func `an error mark is noted and no source id`(_ written: String) {
    let input = table([written]).only
    #expect(input?.sourceID == nil)
    #expect(notes(input) == ["error_mark 工单编号：\(written)"])
  }

  @Test(arguments: [
    "20261109000123", "A1", "3E10", "#12345", "007", "2026-1-15", "WG-2026-0001", "2026110900000100", "无锡-12",
    "test-7", "24E-001", "2026E-015", "7E-102", "2026E15", "12345", "20261111111111", "编号7", "1/2026",
    "46327", "20261109-0001", "20261109 0001", "3-1-2026", "是1",
  ])
  func `what may be somebody's numbering stays a source id`(_ written: String) {
    let input = table([written]).only
    #expect(input?.sourceID == written)
    #expect(notes(input) == [])
  }

  @Test(arguments: [
    " 2.02611E+13 ", "\u{A0}2.02611E+13", "\u{3000}2.02611E+13\u{200E}", "\u{202A}2.02611E+13\u{202C}",
    "\"2,02611E+13\"",
    "1e20", "TRUE", "false", "=A1", "=VLOOKUP(A2)", "2026-11-30", "2026/1/5", "2026年11月30日 9:05", "1", "12",
    "二〇二六年十一月三十日", "30-Nov-2026", "11/2/2026", "真", "否", "Yes", "\"2,02611E13\"",
    "'1",
    "=\"1\"", " #REF! ",
  ])
  func `what a spreadsheet made of a number is no source id, whatever stands around it`(_ written: String) {
    let input = table([written]).only
    #expect(input != nil && input?.sourceID == nil)
    #expect(notes(input).count == 1, "\(notes(input))")
  }

  @Test(arguments: ["1", "true", "{\"a\": 1}", "1e20", "2.5e15"])
  func `what a program gave for a number is no source id`(_ json: String) {
    let input = sample.decode("{\"title\": \"x\", \"source_id\": \(json)}", as: "x.json").only
    #expect(input != nil && input?.sourceID == nil)
    #expect(notes(input).count == 1)
  }

  @Test func `marks of spreadsheets are taken off in every column, and then every guard holds`() {
    let header = "工单编号,标题,社区,涉及人数,涉及金额,来电时间\n"
    func row(_ cells: String...) -> CaseInput? {
      let cells = cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
      return sample.decode(header + (["A-100", "路灯"] + cells).joined(separator: ",") + "\n", as: "x.csv").only
    }
    let wrapped = row("=\"荷塘社区\"", "=\"30\"", "'60000", "=\"2026-11-02 09:05\"")
    #expect(wrapped?.area == "荷塘社区" && wrapped?.peopleCount == 30 && wrapped?.amount == 60_000)
    #expect(wrapped?.receivedAt == Instant(iso8601: "2026-11-02T09:05", zone: sample.shanghai))
    let broken = row(" #REF! ", "=B2", "\u{A0}#N/A\u{200F}", "'#VALUE!")
    #expect(broken?.area == nil && broken?.peopleCount == nil && broken?.amount == nil)
    #expect(notes(broken).count == 1 && notes(broken).first?.hasPrefix("error_mark") == true)
    #expect(row("'荷塘社区", "3", "5", "2026-11-02")?.area == "荷塘社区")
  }

  @Test func `an error mark is no value of any column, and an empty formula none at all`() throws {
    let table = "标题,经办人,预算,是否保密,楼栋\n路灯,#N/A,#VALUE!,＃Ｎ／Ａ,=\"\"\n"
    let input = try #require(sample.decode(table, as: "x.csv", fields: ["预算": .number]).only)
    #expect(input.fields.isEmpty && input.contact == nil)
    #expect(notes(input) == ["error_mark 经办人：#N/A|预算：#VALUE!|是否保密：＃Ｎ／Ａ"])
    #expect(input.notes.count == 2, "beside the time that is missing: \(input.notes)")
    let json = ##"{"title": "路灯", "text": "=\"\"", "area": "=\"\"", "id": "=\"\"", "handled": "=\"\""}"##
    let empty = sample.decode(json, as: "x.json").only
    #expect(empty?.text == "" && empty?.area == nil && empty?.notes == [.receivedAtReplaced(nil)])
    let typed = "标题,内容,预算,到期\n路灯,不亮,\"=\"\"30\"\"\",\"=\"\"2026-11-30\"\"\"\n"
    let read = sample.decode(typed, as: "x.csv", fields: ["预算": .number, "到期": .date]).only
    #expect(read?.fields["预算"] == .number(30))
    #expect(read?.fields["到期"] == CivilDate("2026-11-30").map { .date($0) })
  }

  @Test func `the other rows of a table tell whether its long numbers were cut`() {
    let whole = table(["20261109000000100", "20261109000000101"])
    #expect(whole.cases.map(\.input.sourceID) == ["20261109000000100", "20261109000000101"])
    let cut = table(["2026110900000120", "2026110900000340"])
    #expect(cut.cases.map(\.input.sourceID) == [nil, nil])
    #expect(table(["2026110900000120", "2026110900000120"]).cases.allSatisfy { $0.input.sourceID != nil })
  }

  @Test func `area, contact, amount and number of people take no such value either, in any format`() {
    let json = """
      {"title": "路灯", "area": "#N/A", "address": "不详", "people_count": "0", "amount": "1.2E+05", "诉求人": "未知",
       "手机号": "1.39E+10", "source_id": null}
      """
    let yaml =
      "title: 路灯\narea: '#N/A'\naddress: 不详\npeople_count: 0\namount: 1.2E+05\n诉求人: 未知\n手机号: 1.39E+10\n"
    let letter = "标题：路灯\n所属社区：#N/A\n地址：不详\n涉及人数：0\n涉及金额：1.2E+05\n诉求人：未知\n手机号：1.39E+10\n内容：不亮"
    for (text, name) in [(json, "a.json"), (yaml, "a.yaml"), (letter, "a.txt")] {
      let input = sample.decode(text, as: name).only
      #expect(input != nil && input?.area == nil && input?.address == nil, "\(name)")
      #expect(input?.peopleCount == 0 && input?.amount == nil && input?.contact == nil, "\(name)")
      #expect(notes(input).count == 3, "\(name): \(notes(input))")
      #expect(
        notes(input).contains { $0.hasPrefix("rounded") && $0.contains("手机号") && !$0.contains("1.39") },
        "\(name)")
    }
  }

  @Test func `numbers that programs keep as doubles have all their digits`() {
    func id(_ json: String) -> String? {
      sample.decode("{\"title\": \"x\", \"id\": \(json)}", as: "x.json").only?.sourceID
    }
    #expect(id("20261109000123456") == "20261109000123456")
    #expect(id("20261109000123.0") == "20261109000123")
    #expect(id("2.0261109000123E13") == "20261109000123")
    #expect(id("\"2.0261109E13\"") == "20261109000000")
    #expect(id("\"2.02611E13\"") == nil)
    #expect(sample.decode("title: x\n手机号: 1.38123456E10\n").only?.contact?.phone == "13812345600")
    #expect(sample.decode("title: x\n手机号: 1.38123E10\n").only?.contact?.phone == nil)
    #expect(sample.decode("title: x\n手机号: 13900000001.0\n").only?.contact?.phone == "13900000001")
  }

  @Test func `zero is a sum and a number of people, with or without a unit`() {
    for written in ["0", "0.00", "0元", "０"] {
      let input = sample.decode("title: x\namount: \(written)\npeople_count: 0\n").only
      #expect(input?.amount == 0 && input?.peopleCount == 0)
      #expect(notes(input) == [])
    }
  }

  @Test(arguments: [("area", "7E-102"), ("address", "2E-05栋"), ("address", "24E-001"), ("诉求人", "1E+10")])
  func `only numbers are rounded`(_ field: String, _ written: String) {
    #expect(notes(sample.decode("title: x\n\(field): \(written)\n").only) == [])
  }

  @Test func `a telephone of one digit may be one`() {
    #expect(sample.decode("title: x\n电话: '88888888'\n").only?.contact?.phone == "88888888")
    #expect(sample.decode("title: x\n电话: '11111111'\n").only?.contact?.phone == nil)
  }

  @Test func `another name's value counts where the better known one says nothing`() {
    let input = sample.decode("title: x\n工单编号: 无编号\n编号: A-17\n").only
    #expect(input?.sourceID == "A-17")
    #expect(notes(input) == [])
  }

  @Test func `a placeholder is no order that a repeated call names`() {
    #expect(sample.decode("text: 市民反复催单，工单编号：000000000000").only?.fields["reference"] == nil)
    #expect(sample.decode("text: 市民反复催单，工单编号：123456789012345000").only?.fields["reference"] == nil)
  }

  @Test func `a header among the rows is no case`() {
    let result = sample.decode("工单编号,标题,内容\nA1,路灯,不亮\n工单编号,标题,内容\nA2,井盖,破损\n", as: "x.csv")
    #expect(result.cases.map(\.input.sourceID) == ["A1", "A2"])
    #expect(result.refused.isEmpty)
  }

  @Test func `a second number of a person stays with the contact`() {
    let input = sample.decode("title: x\n联系电话: 13900000001\n手机号: 13900000002\n").only
    #expect(input?.contact?.phone != nil && input?.contact?.other?.contains("1390000000") == true)
    #expect(input?.fields.isEmpty == true)
  }
}
