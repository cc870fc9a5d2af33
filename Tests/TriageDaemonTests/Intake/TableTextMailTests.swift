import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Cases in tables, letters and mail") struct TableTextMailTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  // MARK: Tables

  @Test func `a district's export in GB18030 gives its good rows as cases`() throws {
    let result = try sample.decodeFixture("hotline-district.csv")
    #expect(result.cases.map(\.row) == [2, 3, 6])
    let parking = result.cases[0].input
    #expect(parking.sourceID == "BJ20261118001")
    #expect(parking.title == "小区停车费乱收")
    #expect(parking.text.contains("\n原来每月150元"))
    #expect(parking.contact == Contact(name: "何女士", phone: "13900000011", confidential: true))
    #expect(parking.receivedAt == Instant(iso8601: "2026-11-18T09:05:00+08:00", zone: .utc))
    #expect(parking.fields["市级编号"] == .text("SJ0001"))
    #expect(parking.fields["序号"] == nil, "a row number is no identity")
    #expect(parking.notes.first == .encoding("GB18030"))
    #expect(result.cases[2].input.title == "要求解释\"公摊\"面积")
    #expect(result.cases[2].input.contact == nil, "None and 无 are nobody")
  }

  @Test func `bad rows among good ones are refused with their row number`() throws {
    let result = try sample.decodeFixture("hotline-district.csv")
    #expect(
      result.refused == [
        RefusedPart(row: 4, refusal: .csvCells(found: 20, expected: 18)),
        RefusedPart(row: 5, refusal: .noTitleNoText),
      ])
  }

  @Test func `the refused rows are a table that can be mended and comes back`() throws {
    let rows = try #require(try sample.decodeFixture("hotline-district.csv").refusedRows)
    let table = String(decoding: rows.bytes(.zh).dropFirst(3), as: UTF8.self)
    #expect(table.hasPrefix("行号,拒收原因,序号,办件编号"))
    let mended = table.replacing("楼下烧烤店油烟大,夜里吵,多次", with: "楼下烧烤店油烟大夜里吵多次")
    let again = sample.decode(mended, as: "x.csv")
    #expect(again.cases.map(\.input.sourceID) == ["BJ20261118003"])
    #expect(again.cases.first?.input.fields["拒收原因"] == nil)
  }

  @Test func `a title line above the header, semicolons and full-width digits are read`() throws {
    let input = try #require(try sample.decodeFixture("hotline-city.csv").only)
    #expect(input.sourceID == "20261119000001")
    #expect(input.address == "解放路１２号", "stored as written")
    #expect(input.area == "解放社区")
  }

  @Test func `tabs separate, blank rows are passed over, formula guards come off`() {
    let text = "工单编号\t内容\n=\"001\"\t'=看这里\n\t\n"
    let result = sample.decode(text, as: "x.csv")
    #expect(result.only?.sourceID == "001")
    #expect(result.only?.text == "=看这里")
  }

  @Test func `a cell that would be a formula is guarded when it is written`() {
    for cell in ["=1+1", "+86", "-x", "@SUM", "\tx"] {
      #expect(CSVWriting.cell(cell).contains("'"))
      let read = CSVReading.records(CSVWriting.line([cell, "y"]))
      #expect(CSVWriting.unguarded(read[0].cells[0]) == cell)
    }
    #expect(CSVWriting.cell("它说\"好\",") == "\"它说\"\"好\"\",\"")
  }

  @Test func `a quote that is never closed refuses its row and keeps the rows before it`() {
    let result = sample.decode("编号,内容\n1,好\n2,\"坏\n3,被吞\n", as: "x.csv")
    #expect(result.cases.map(\.row) == [2])
    #expect(result.refused == [RefusedPart(row: 3, refusal: .csvOpenQuote)])
  }

  @Test func `a stray quote refuses its row only`() {
    let result = sample.decode("编号,内容\n1,\"说\"好\"\n2,好\n", as: "x.csv")
    #expect(result.cases.map(\.row) == [3])
    #expect(result.refused == [RefusedPart(row: 2, refusal: .csvQuote)])
  }

  @Test func `a table without known columns is refused and says what it saw`() {
    let refusal = sample.decode("甲,乙\n1,2\n", as: "x.csv").refusal
    #expect(refusal == .csvWithoutHeader(found: ["甲", "乙"]))
    #expect(refusal?.message.zh.contains("甲、乙") == true)
  }

  @Test func `amounts follow the unit in the column's name`() {
    #expect(sample.decode("标题,涉及金额（万元）\n欠薪,12\n", as: "x.csv").only?.amount == 120_000)
  }

  @Test(arguments: ["\n", "\r\n"]) func `records are read as RFC 4180 says`(_ end: String) {
    let records = CSVReading.records("a,\"b\(end)c\",\"\"\"\"\(end)\(end)x,,\(end)")
    #expect(records.map(\.cells) == [["a", "b\(end)c", "\""], [""], ["x", "", ""]])
    #expect(records.map(\.row) == [1, 2, 3])
  }

  // MARK: Letters

  @Test func `a walk-in form gives title, head lines and text`() throws {
    let input = try #require(try sample.decodeFixture("walk-in.txt").only)
    #expect(input.title == "反映七号楼电梯经常停运")
    #expect(input.text.hasPrefix("尊敬的领导您好："))
    #expect(input.text.hasSuffix("请尽快处理。"))
    #expect(input.text.contains("物业说：等维修资金"), "what follows 内容： is text, whatever it looks like")
    #expect(input.contact?.name == "宋建国")
    #expect(input.address == "滨河小区7号楼")
    #expect(input.receivedAt == Instant(iso8601: "2026-11-20T15:30:00+08:00", zone: .utc))
  }

  @Test func `a letter in GB18030 is all text, its greeting no title`() throws {
    let input = try #require(try sample.decodeFixture("letter.txt").only)
    #expect(input.title == "")
    #expect(input.text.hasPrefix("您好！我是滨河小区"))
    #expect(input.notes.first == .encoding("GB18030"))
  }

  @Test func `a single line is text`() {
    #expect(sample.decode("路灯不亮", as: "x.txt").only?.text == "路灯不亮")
  }

  @Test func `a first line before a named title belongs to the text`() {
    let input = sample.decode("来访登记\n标题：电梯停运\n老人被困", as: "x.txt").only
    #expect(input?.title == "电梯停运")
    #expect(input?.text == "来访登记\n老人被困")
  }

  @Test func `unknown names among the head stay in the text`() {
    let input = sample.decode("标题：电梯\n他说：不修\n地址：七号楼\n停了五次。\n他说：不修", as: "x.txt").only
    #expect(input?.text == "他说：不修\n停了五次。\n他说：不修")
    #expect(input?.address == "七号楼")
  }

  // MARK: Mail

  @Test func `a mail with encoded words, parts and an attachment is read`() throws {
    let result = try sample.decodeFixture("letter.eml")
    let input = try #require(result.only)
    #expect(input.title == "饭店油烟噪音扰民")
    #expect(input.text.contains("油烟和噪音让孩子没法睡觉"))
    #expect(!input.text.contains("网页正文"))
    #expect(input.sourceID == "20261120.7788@example.org")
    #expect(input.receivedAt == Instant(iso8601: "2026-11-20T21:39:58+08:00", zone: .utc))
    #expect(input.contact == Contact(name: "林小满", other: "linxm@example.org"))
    #expect(result.attachments.map(\.name) == ["mail.html", "现场照片.txt"])
    #expect(result.attachments.last?.bytes == Array("照片说明：一张".utf8))
    let page = try #require(result.attachments.first)
    #expect(String(decoding: page.bytes, as: UTF8.self).contains("网页正文"))
  }

  @Test func `a mail that a machine sent is set aside`() throws {
    #expect(
      try sample.decodeFixture("auto-reply.eml").refusal == .automaticMail("Auto-Submitted: auto-replied"))
  }

  @Test func `a mail that has only a web page gives its words`() {
    let mail =
      "From: a@example.org\nMIME-Version: 1.0\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n"
      + "<html><style>p{}</style><body><p>路灯&nbsp;不亮<br>三天&#20102;</p><script>x<1</script></body></html>"
    #expect(sample.decode(mail, as: "m").only?.text == "路灯 不亮\n三天了")
  }

  @Test func `nested parts beyond the limit are refused`() {
    var mail = "From: a@example.org\nMIME-Version: 1.0\n"
    for level in 0...(Limits.mailDepth + 1) {
      mail += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
    }
    #expect(sample.decode(mail, as: "x.eml").refusal?.limit == "mailDepth")
  }

  @Test func `a letter that begins like a mail is still a letter`() {
    let input = sample.decode("From: 二楼住户\n楼上漏水", as: "x.txt").only
    #expect(input?.text.contains("楼上漏水") == true)
  }

  @Test(arguments: [
    ("Fri, 20 Nov 2026 21:39:58 +0800 (CST)", "2026-11-20T13:39:58Z"),
    ("1 Jan 26 00:00 -0130", "2026-01-01T01:30:00Z"),
    ("20 Nov 2026 21:39:58 GMT", "2026-11-20T21:39:58Z"),
  ])
  func `dates of mail are read`(_ written: String, _ utc: String) {
    #expect(MailDate.instant(written) == Instant(iso8601: utc, zone: .utc))
  }

  @Test(arguments: [
    "", "Fri, 31 Nov 2026 21:39:58 +0800", "yesterday", "1 Jan 2026 25:00:00 +0000", "1 Jan 2026 1:00 +09999",
  ])
  func `impossible dates of mail are none`(_ written: String) { #expect(MailDate.instant(written) == nil) }
}

extension CSVReading {
  static func records(_ text: String) -> [Record] {
    var reading = CSVReading(Array(text.utf8))
    var records: [Record] = []
    while let record = reading.next() { records.append(record) }
    return records
  }
}
