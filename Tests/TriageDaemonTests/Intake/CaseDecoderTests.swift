import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Cases in YAML and JSON") struct CaseDecoderTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  @Test func `a grid worker's YAML becomes a case with all it says`() throws {
    let input = try #require(
      try sample.decodeFixture("grid-worker.yaml", fields: ["photo_count": .number]).only)
    #expect(input.title == "三单元楼道堆放杂物")
    #expect(input.text.hasPrefix("网格员反映：柳林小区6号楼"), "boilerplate stays in the stored text")
    #expect(input.area == "柳林社区")
    #expect(input.address == "柳林小区6号楼三单元")
    #expect(input.sourceID == "WG-20261119-017")
    #expect(input.receivedAt == Instant(iso8601: "2026-11-19T09:40:00+08:00", zone: .utc))
    #expect(input.peopleCount == 30)
    #expect(input.contact == Contact(name: "乔安然", phone: "13900000001", other: "微信：qiaoar"))
    #expect(input.fields == ["floor": .text("5"), "photo_count": .number(3)])
    #expect(input.notes == [.unknownField("floor")])
    #expect(input.channel == "hotline")
  }

  @Test func `a platform's list gives its good cases and refuses the others by their place`() throws {
    let result = try sample.decodeFixture("platform.json")
    #expect(result.cases.map(\.row) == [1, 3])
    #expect(result.refused == [RefusedPart(row: 2, refusal: .noTitleNoText)])
    let (wages, noise) = (result.cases[0].input, result.cases[1].input)
    #expect(wages.amount == 120_000)
    #expect(wages.peopleCount == 12)
    #expect(wages.receivedAt == Instant(iso8601: "2026-11-20T08:05:09+08:00", zone: .utc))
    #expect(wages.contact == nil)
    #expect(noise.title == "夜间施工噪音扰民")
    #expect(noise.handled)
    #expect(noise.result == "已现场制止")
    #expect(noise.fields["标签"] == .list(["噪音", "夜间"]))
  }

  @Test func `the refused items of a list can be mended and come back`() throws {
    let rows = try #require(try sample.decodeFixture("platform.json").refusedRows)
    let text = String(decoding: rows.bytes(.zh), as: UTF8.self)
    #expect(rows.fileExtension == "json")
    let mended = sample.decode(text.replacing("\"诉求标题\": \"\"", with: "\"诉求标题\": \"门禁坏了\""), as: "x.json")
    #expect(mended.only?.sourceID == "20261120000102")
    #expect(mended.only?.title == "门禁坏了")
  }

  @Test func `neither title nor text is refused`() {
    #expect(sample.decode("area: 一社区\n").refusal == .noTitleNoText)
    #expect(sample.decode("title: ' '\ntext: ~\n").refusal == .noTitleNoText)
  }

  @Test func `a title alone is a case`() { #expect(sample.decode("标题: 路灯不亮").only?.title == "路灯不亮") }

  @Test func `words that YAML 1.1 would turn into something else stay words`() {
    let input = sample.decode("title: 12315\ntext: no\nsource_id: 007\n").only
    #expect(input?.title == "12315")
    #expect(input?.text == "no")
    #expect(input?.sourceID == "007")
  }

  @Test func `the folder says the channel, a file that says otherwise is noted`() {
    let input = sample.decode("title: x\nchannel: vip\n").only
    #expect(input?.channel == "hotline")
    #expect(input?.notes.contains(.valueIgnored(field: "channel", value: "vip")) == true)
    #expect(sample.decode("title: x\nchannel: hotline\n").only?.notes == [.receivedAtReplaced(nil)])
  }

  @Test(arguments: ["2027-01-01", "1999-01-01", "下周", "2026-02-30"])
  func `a received_at that cannot be is left out and noted`(_ written: String) {
    let input = sample.decode("title: x\nreceived_at: \(written)\n").only
    #expect(input?.receivedAt == nil)
    #expect(input?.notes == [.receivedAtReplaced(written)])
  }

  @Test func `a value that cannot be read is noted with its words`() {
    let input = sample.decode("title: x\nreceived_at: 2026-11-20\n涉及人数: 10-20人\n涉及金额: 若干\n").only
    #expect(input?.peopleCount == nil)
    #expect(
      input?.notes == [
        .valueIgnored(field: "涉及人数", value: "10-20人"), .valueIgnored(field: "涉及金额", value: "若干"),
      ])
  }

  @Test func `of two names for one field the better known one is the title, the other part of the text`() {
    for text in ["标题: 甲\n诉求主题: 乙\n", "诉求主题: 乙\n标题: 甲\n"] {
      let input = sample.decode(text).only
      #expect(input?.title == "乙")
      #expect(input?.text == "甲" && input?.fields.isEmpty == true)
    }
  }

  @Test func `the number of an identity document does not enter the case`() throws {
    let input = try #require(sample.decode("title: x\n身份证号: '110101190001010011'\ncontact: {身份证: 1}\n").only)
    #expect(!"\(input)".contains("110101"))
    #expect(input.notes.contains(.valueIgnored(field: "身份证号", value: "")))
  }

  @Test func `a clerk's words about confidentiality count`() {
    #expect(sample.decode("text: 反映噪音。市民信息需要保密。").only?.contact?.confidential == true)
    #expect(sample.decode("text: 反映噪音。\n是否匿名: 是\n").only?.contact?.confidential == true)
  }

  @Test func `the number of the first order is taken from a repeated call`() {
    let input = sample.decode("text: 市民反复催单，已电子催单工单编号：20261101000123，故归档").only
    #expect(input?.fields["reference"] == .text("20261101000123"))
  }

  @Test func `declared fields are typed, and what does not fit is noted`() {
    let fields: [FieldID: FieldType] = ["户数": .number, "签约": .flag, "到期": .date, "单位": .list, "备注": .number]
    let input = sample.decode(
      "title: x\n户数: 12户\n签约: 是\n到期: 2026年12月1日\n单位: 甲、乙\n备注: 无法核实\n", fields: fields
    ).only
    #expect(input?.fields["户数"] == .number(12))
    #expect(input?.fields["签约"] == .flag(true))
    #expect(input?.fields["到期"] == CivilDate("2026-12-01").map { .date($0) })
    #expect(input?.fields["单位"] == .list(["甲", "乙"]))
    #expect(input?.fields["备注"] == nil)
    #expect(input?.notes.contains(.valueIgnored(field: "备注", value: "无法核实")) == true)
  }

  // MARK: Refused with a place

  @Test func `broken YAML is refused with line and column`() throws {
    let refusal = try #require(try sample.decodeFixture("broken.yaml").refusal)
    #expect(refusal.code == "yaml")
    #expect(refusal.place != nil)
    #expect(refusal.message.zh.hasPrefix("第 "))
  }

  @Test func `an alias bomb is refused`() {
    #expect(sample.decode("a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n").refusal?.code == "yaml")
  }

  @Test func `deep nesting is refused with the limit's name`() {
    let deep = "title: x\nfields: " + String(repeating: "[", count: 5_000)
    #expect(sample.decode(deep).refusal?.limit == "yamlDepth")
    let json = "{\"title\": " + String(repeating: "[", count: 5_000)
    #expect(sample.decode(json, as: "x.json").refusal?.limit == "yamlDepth")
  }

  @Test func `a key that stands twice is refused, in YAML and JSON`() {
    #expect(sample.decode("title: a\ntitle: b\n").refusal == .duplicateKey("title", line: 2, column: 1))
    #expect(
      sample.decode("{\"title\": \"a\",\n \"title\": \"b\"}", as: "x.json").refusal
        == .duplicateKey("title", line: 2, column: 2))
  }

  @Test func `a file above the limit is refused`() {
    let bytes = [UInt8](repeating: 0x61, count: Limits.caseFileBytes + 1)
    let result = CaseDecoder.decode(bytes, fileName: "x.txt", context: sample.context())
    #expect(result.refusal?.limit == "caseFileBytes")
  }

  @Test func `a title or text above the limit is refused with the limit's name`() {
    #expect(sample.decode("title: " + String(repeating: "长", count: 2_001)).refusal?.limit == "titleScalars")
    #expect(sample.decode("title: " + String(repeating: "长", count: 2_000)).cases.count == 1)
    #expect(sample.decode("text: " + String(repeating: "长", count: 100_001)).refusal?.limit == "textScalars")
  }

  @Test func `more fields than the limit are refused`() {
    let fields = (0...Limits.fieldsPerCase).map { "f\($0): 1\n" }.joined()
    #expect(sample.decode("title: x\n" + fields).refusal?.limit == "fieldsPerCase")
  }

  @Test(arguments: [
    ("{\"title\": \"a\"", IntakeRefusal.JSONProblem.unexpectedEnd, 1, 14),
    ("{\"title\": \"a\",}", .unexpectedCharacter, 1, 15),
    ("{\"title\": 01}", .badNumber, 1, 12), ("{\"title\": \"a\\x\"}", .badEscape, 1, 13),
    ("{\"title\":\n\"a\tb\"}", .controlCharacter, 2, 3), ("{\"title\": \"a\"} x", .trailingContent, 1, 16),
    ("{\"title\": \"\\ud800\"}", .badEscape, 1, 12), ("{\"title\": “a”}", .unexpectedCharacter, 1, 11),
    ("{\"title\": \"\\u0000\"}", .badEscape, 1, 12),
  ])
  func `broken JSON is refused with its place`(
    _ text: String, _ problem: IntakeRefusal.JSONProblem, _ line: Int, _ column: Int
  ) {
    #expect(sample.decode(text, as: "x.json").refusal == .json(problem, line: line, column: column))
  }

  @Test func `JSON escapes are read, pairs included`() {
    let text = #"{"title": "\u8def\u706f \ud83d\ude00 \"\/\\\n\t", "amount": 1.5e3}"#
    let input = sample.decode(text, as: "x.json").only
    #expect(input?.title == "路灯 😀 \"/\\")
    #expect(input?.notes.contains(.unusable(.rounded, values: ["amount：1.5e3"])) == true)
  }

  // MARK: Content against extension

  @Test func `the content decides the format, the mismatch is noted`() {
    let json = sample.decode("{\"title\": \"路灯\"}", as: "x.csv").only
    #expect(json?.notes.first == .formatMismatch(extension: "csv", content: "json"))
    let csv = sample.decode("标题,内容\n路灯,不亮\n", as: "x.yaml").only
    #expect(csv?.text == "不亮")
    #expect(csv?.notes.first == .formatMismatch(extension: "yaml", content: "csv"))
    let letter = sample.decode("楼道灯坏了，\n请来修。\n", as: "x.yaml").only
    #expect(letter?.text.contains("请来修") == true)
    let yaml = sample.decode("title: 路灯\ntext: |\n  不亮\n  三天\n", as: "x.txt").only
    #expect(yaml?.text == "不亮\n三天")
    #expect(sample.decode("[紧急] 水管爆裂，水已漫到路上", as: "x.txt").only?.text.hasPrefix("[紧急]") == true)
  }

  @Test func `files that are no text are named for what they are`() {
    func kind(_ bytes: [UInt8]) -> IntakeRefusal? {
      CaseDecoder.decode(bytes, fileName: "x.csv", context: sample.context()).refusal
    }
    #expect(kind([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) == .foreign(.oldWorkbook))
    #expect(kind([0x50, 0x4B, 3, 4] + Array("....xl/workbook.xml".utf8)) == .foreign(.workbook))
    #expect(kind(Array("%PDF-1.7".utf8)) == .foreign(.pdf))
    #expect(kind(Array("\r\n<HTML><table>".utf8)) == .foreign(.webPage))
    #expect(kind([0xEF, 0xBB, 0xBF] + Array("<!DOCTYPE html>".utf8)) == .foreign(.webPage))
    #expect(kind([]) == .empty)
    #expect(kind(Array(" \r\n\t".utf8)) == .empty)
  }
}
