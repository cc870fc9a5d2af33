import Foundation
import Testing
import TriageCore

@testable import TriageDaemon

/// What hand-made files and careless exports look like, and what must come of them.
@Suite("Files of careless senders") struct CarelessSenderTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  private func decode(_ bytes: [UInt8], as name: String) -> DecodeResult {
    CaseDecoder.decode(bytes, fileName: name, context: sample.context())
  }

  // MARK: Damaged characters

  @Test(arguments: [[0xE4, 0xBA], [0xA1, 0xA3], [0xFF], [0xE4]] as [[UInt8]])
  func `one damaged character does not turn a UTF-8 file into another language`(_ bad: [UInt8]) {
    let text = Array("{\"title\":\"井盖\",\n\"text\":\"小区门口井盖丢失".utf8)
    for end in ["\"}", "请处理\"}"] {
      let refusal = decode(text + bad + Array(end.utf8), as: "x.json").refusal
      #expect(refusal == .damagedText(offset: text.count, line: 2))
      #expect(refusal?.offset == text.count)
      #expect(refusal?.message[.zh].contains("第 2 行") == true)
    }
    let letter = Array("井盖丢失\n小区门口井盖".utf8) + bad + Array("丢失，请处理".utf8)
    #expect(decode(letter, as: "x.txt").refusal?.code == "broken-encoding")
  }

  @Test(arguments: [false, true])
  func `in a table and in JSON Lines only the damaged row is refused`(_ hasMark: Bool) {
    let mark: [UInt8] = hasMark ? [0xEF, 0xBB, 0xBF] : []
    var table = mark + Array("工单编号,标题,内容\r\nA1,井盖,门口井盖丢失\r\nA2,路灯,北门路灯".utf8)
    let place = table.count
    table += [0xE4, 0xBA] + Array("不亮\r\nA3,停车,占道停车\r\n".utf8)
    let rows = decode(table, as: "x.csv")
    #expect(rows.cases.map(\.input.sourceID) == ["A1", "A3"])
    #expect(rows.refused == [RefusedPart(row: 3, refusal: .damagedText(offset: place, line: 3))])
    #expect(rows.cases.first?.input.notes.contains(.encoding("GB18030")) == false)
    var lines = mark + Array("{\"id\":\"B1\",\"title\":\"路灯不亮\"}\n{\"id\":\"B2\",\"title\":\"路灯".utf8)
    lines += [0xA3] + Array("\"}\n{\"id\":\"B3\",\"title\":\"井盖丢失\"}\n".utf8)
    let list = decode(lines, as: "x.jsonl")
    #expect(list.cases.map(\.input.sourceID) == ["B1", "B3"] && list.refused.map(\.row) == [2])
  }

  @Test func `a GB18030 text stays one, however short and whatever its words`() throws {
    for words in ["路灯", "模糊", "小区门口井盖丢失，请处理", "啊啊啊", "麒麟饕餮齉龘"] {
      let bytes = GB.encode(words)
      #expect(!bytes.isEmpty && DamagedText(bytes) == nil, "\(words)")
      #expect(decode(bytes, as: "x.txt").only?.text == words, "\(words)")
    }
  }

  // MARK: JSON with something around it

  @Test(arguments: ["\u{200B}", "\u{FEFF}", "\u{FEFF}\u{FEFF}", "\u{2060}\u{200D}"])
  func `marks of no width in front of a file are no part of it`(_ mark: String) {
    #expect(
      sample.decode("\(mark)[{\"title\":\"路灯\"},{\"title\":\"井盖\"}]", as: "x.json").cases.count == 2)
    #expect(sample.decode("\(mark)标题,内容\n路灯,不亮\n", as: "x.csv").cases.map(\.input.title) == ["路灯"])
    #expect(sample.decode("\(mark)title: 路灯", as: "x.yaml").only?.title == "路灯")
  }

  @Test(arguments: [
    ("callback([{\"title\":\"路灯\"}]);", 1, 1), ("OK\n[{\"title\":\"路灯\"}]", 1, 1),
    ("// 导出\n{\"title\":\"路灯\"}", 1, 1), ("var data = {\"title\": \"路灯\"};", 1, 1),
  ])
  func `JSON with something in front is set aside and never one text`(
    _ text: String, _ line: Int, _ column: Int
  ) {
    for name in ["x.json", "x.txt", "x"] {
      let refusal = sample.decode(text, as: name).refusal
      #expect(refusal?.code == "json" && refusal?.place?.line == line && refusal?.place?.column == column)
    }
  }

  @Test func `a file that is called JSON and is a letter is set aside, one that is YAML or a table is read`()
  {
    #expect(sample.decode("路灯不亮\n北门", as: "x.json").refusal?.code == "json")
    #expect(sample.decode("title: 路灯\ntext: 北门", as: "x.json").only?.title == "路灯")
    #expect(sample.decode("标题,内容\n路灯,不亮\n", as: "x.json").only?.title == "路灯")
    #expect(sample.decode("[紧急] 路灯不亮，{北门}", as: "x.txt").only != nil)
    let quoted = "贵中心网站提交后只显示 {\"code\": 500, \"error\": {\"message\": \"busy\"}}，请处理"
    #expect(sample.decode(quoted, as: "x.txt").only?.text == quoted)
    let wrapped = "请处理 {\"code\": 0, \"data\": [{\"order\": {\"title\": \"路灯\"}}]}"
    #expect(sample.decode(wrapped, as: "x.txt").refusal?.code == "json")
  }

  // MARK: Columns that mean the same

  @Test func `the words of several columns for the text all count, and nobody is told untruths`() throws {
    let table = "工单编号,诉求标题,标题,诉求内容,问题描述,内容\nA1,路灯,北门路灯,不亮,灯杆倾斜,有电线垂落\n"
    let input = try #require(sample.decode(table, as: "x.csv").only)
    #expect(input.title == "路灯")
    #expect(input.text == "北门路灯\n不亮\n灯杆倾斜\n有电线垂落")
    #expect(input.fields.isEmpty)
    #expect(!input.notes.contains { if case .unknownField = $0 { true } else { false } })
    let twice = try #require(sample.decode("标题,内容,内容\n路灯,不亮,倾斜\n", as: "x.csv").only)
    #expect(twice.text == "不亮\n倾斜")
  }

  @Test func `of two numbers for one field the case says which was used`() throws {
    let input = try #require(sample.decode("标题,人数,涉及人数\n欠薪,50,3\n", as: "x.csv").only)
    #expect(input.peopleCount == 3)
    let note = IntakeNote.doubled(field: "people_count", used: "涉及人数：3", unused: "人数：50", kept: "人数")
    #expect(input.notes.contains(note) && note.isAboutValues)
    #expect(input.fields["人数"] == .text("50"))
    #expect(!input.notes.contains(.unknownField("人数")))
    let before = Data(#"{"doubled":{"field":"amount","used":"金额：3","unused":"涉资：5"}}"#.utf8)
    #expect(
      try JSONDecoder().decode(IntakeNote.self, from: before)
        == .doubled(field: "amount", used: "金额：3", unused: "涉资：5"))
  }

  @Test func `what a note repeats of a file is short`() throws {
    let long = String(repeating: "长", count: 5_000)
    let yaml = "title: 路灯\narea: 一社区 # \(long)\n人数: \(long)\n涉及人数: 3\n"
    let notes = try #require(sample.decode(yaml).only).notes
    #expect(notes.count == 3)
    for note in notes { #expect("\(note)".unicodeScalars.count < 3 * Limits.notedScalars, "\(note)") }
  }

  @Test func `an empty list is nothing`() throws {
    let keys = ["enclosures", "fields", "contact", "people_count", "received_at", "预算", "text"]
    let yaml = "title: 路灯\n" + keys.map { "\($0): []\n" }.joined()
    let json = "{\"title\": \"路灯\", " + keys.map { "\"\($0)\": []" }.joined(separator: ", ") + "}"
    for (text, name) in [(yaml, "x.yaml"), (json, "x.json")] {
      let input = try #require(sample.decode(text, as: name, fields: ["预算": .number]).only, "\(name)")
      #expect(input.fields.isEmpty && input.written == nil && input.contact == nil && input.text == "")
      #expect(input.notes == [.receivedAtReplaced(nil)], "\(name)")
    }
  }

  // MARK: Forms in a text file

  @Test func `fields below the text of a form are fields, lines of the text stay text`() throws {
    let form = "标题：路灯\n内容：甲处路灯不亮\n灯杆倾斜\n说明：夜间危险\n涉及人数：30人\n联系电话：010-55551234\n最后一句"
    let input = try #require(sample.decode(form, as: "x.txt").only)
    #expect(input.peopleCount == 30 && input.contact?.phone == "010-55551234")
    #expect(input.text == "甲处路灯不亮\n灯杆倾斜\n说明：夜间危险\n最后一句")
    let given = try #require(
      sample.decode("标题：路灯\n涉及人数：3\n内容：甲处\n涉及人数：共30人", as: "x.txt").only)
    #expect(given.peopleCount == 3 && given.text == "甲处\n涉及人数：共30人")
  }

  @Test func `what no field can be filled from stays in the text, what names a person never does`() throws {
    let words = ["工地拖欠工资", "涉及人数：十几个人拿着铁棍堵门", "涉及金额：老板说一分也不给", "时间：昨夜扬言跳楼", "是否保密：看情况"]
    let persons = ["联系电话：010-55551234", "诉求人电话：010-55555678", "身份证号：11010119900307123X", "联系人："]
    let form = "标题：欠薪\n内容：" + (words + persons + ["最后一句"]).joined(separator: "\n")
    let input = try #require(sample.decode(form, as: "x.txt").only)
    #expect(input.text == (words + ["最后一句"]).joined(separator: "\n"))
    #expect(input.peopleCount == nil && input.amount == nil && input.receivedAt == nil)
    #expect([input.contact?.phone, input.contact?.other].allSatisfy { $0?.contains("010-5555") == true })
    let later = try #require(sample.decode(form + "\n涉及人数：12人", as: "x.txt").only)
    #expect(later.peopleCount == 12 && later.text == input.text)
  }

  @Test(arguments: [
    ("工单编号：A1\n标题：路灯\n内容：不亮\n\n工单编号：A2\n标题：井盖\n内容：丢失", "工单编号", 5),
    ("标题：路灯\n内容：不亮\n标题：井盖\n内容：丢失", "标题", 3),
  ])
  func `two records in one text file are set aside with where the second begins`(
    _ text: String, _ key: String, _ line: Int
  ) {
    #expect(sample.decode(text, as: "x.txt").refusal == .severalRecords(key: key, line: line))
  }

  @Test func `a form that names its number twice is one record`() {
    let text = "工单编号：A1\n标题：路灯\n内容：不亮\n工单编号：A1"
    #expect(sample.decode(text, as: "x.txt").only?.sourceID == "A1")
  }

  // MARK: Comments in a case

  @Test func `what stands behind a # in a case file is kept with the text or told`() throws {
    let yaml = "title: 漏水\ntext: 荷塘社区 #3楼漏水\narea: 荷塘社区 # 原三社区\naddress: '2号 #5'\npeople_count: 3\n"
    let input = try #require(sample.decode(yaml).only)
    #expect(input.text == "荷塘社区 #3楼漏水" && input.area == "荷塘社区" && input.address == "2号 #5")
    let note = IntakeNote.commentCut(field: "area", words: "# 原三社区")
    #expect(input.notes.filter { if case .commentCut = $0 { true } else { false } } == [note])
    let folded = try #require(sample.decode("title: 漏水\ntext: 荷塘社区\n  3楼 #5户漏水\n").only)
    #expect(folded.text == "荷塘社区 3楼 #5户漏水")
    let list = sample.decode("- {title: 甲, area: 一社区}\n- title: 乙\n  area: 二社区 #旧\n")
    #expect(
      list.cases.map { $0.input.notes.contains(.commentCut(field: "area", words: "#旧")) } == [false, true])
    #expect(sample.decode("# 说明\ntitle: 漏水\n").only?.notes.contains { $0.isAboutValues } == false)
  }

  @Test func `a note never repeats what stands behind a # beside a person's data`() throws {
    let yaml = """
      title: 漏水 #3楼
      手机号: '13900000002' # 备用13900000003
      身份证号: 11010119900307123X # 本人
      sender: li@example.org # 或13900000004
      contact:
        phone: 010-55551234 # 家里13900000001
        微信: lihua # 也可找张某
      area: 荷塘社区 # 原三社区

      """
    let input = try #require(sample.decode(yaml).only)
    let notes = input.notes.compactMap { note in
      if case .commentCut(let field, let words) = note { "\(field)\(words)" } else { nil }
    }
    #expect(notes == ["身份证号", "sender", "phone", "微信", "area# 原三社区"])
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\u{2028}", "\u{85}"])
  func `what stands behind a # is found below any line end that YAML knows`(_ end: String) throws {
    let input = try #require(sample.decode("title: \"漏水\(end)渗水\"\narea: 荷塘社区 # 原三社区\n").only)
    #expect(input.notes.contains(.commentCut(field: "area", words: "# 原三社区")))
  }

  // MARK: Rows that are no cases

  @Test(arguments: ["合计,1,", "总计：,,3", "小 计,12,", "共计,¥300,2"])
  func `a line of sums is no case`(_ line: String) {
    let result = sample.decode("工单编号,标题,内容\nA1,路灯,不亮\n\(line)\nA2,井盖,丢失\n", as: "x.csv")
    #expect(result.cases.map(\.input.sourceID) == ["A1", "A2"])
    #expect(result.refused.map(\.row) == [3] && result.refusal?.code == "csv-sum")
  }

  @Test func `a case about sums is one`() {
    let result = sample.decode("标题,内容\n合计,工资合计少发三百元\n", as: "x.csv")
    #expect(result.only?.title == "合计")
  }

  @Test func `another header among the rows is no case, nor is what lies below other columns`() {
    let same = sample.decode(
      "工单编号,标题,内容\nA1,路灯,不亮\n投诉编号,问题,描述\nA2,井盖,丢失\n", as: "x.csv")
    #expect(same.cases.map(\.input.sourceID) == ["A1", "A2"])
    #expect(same.refused.map(\.refusal) == [.csvSecondHeader])
    let other = sample.decode(
      "工单编号,标题,内容\nA1,路灯,不亮\n标题,内容,联系电话\n井盖,丢失,010-55551234\n", as: "x.csv")
    #expect(other.cases.count == 1)
    #expect(other.refused.map(\.refusal) == [.csvSecondHeader, .csvBelowSecondHeader(row: 3)])
    for back in ["工单编号,标题,内容", "投诉编号,问题,描述"] {
      let again = sample.decode(
        "工单编号,标题,内容\n标题,内容,联系电话\n井盖,丢失,010-55551234\n\(back)\nA2,井盖,丢失\n", as: "x.csv")
      #expect(again.cases.map(\.input.sourceID) == ["A2"])
    }
    let cases = sample.decode("工单编号,标题,内容\nA1,路灯问题,描述\nA2,停车问题,地址\n", as: "x.csv")
    #expect(cases.cases.count == 2)
  }
}

/// Texts as programs of an older kind write them.
enum GB {
  static func encode(_ text: String) -> [UInt8] {
    let converter = iconv_open("GB18030", "UTF-8")
    defer { iconv_close(converter) }
    var input = text.utf8.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 2 + 8)
    var (inputLeft, outputLeft) = (input.count, output.count)
    let total = outputLeft
    input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var (from, to) = (source.baseAddress, target.baseAddress)
        _ = iconv(converter, &from, &inputLeft, &to, &outputLeft)
      }
    }
    return output.prefix(total - outputLeft).map { UInt8(bitPattern: $0) }
  }
}
