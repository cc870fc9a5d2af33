import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Dates and numbers as spreadsheets write them") struct SpreadsheetValueTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  private func received(_ written: String) -> CaseInput? {
    sample.decode("编号,标题,工单生成时间\nA1,路灯不亮,\"\(written)\"\n", as: "x.csv").only
  }

  @Test(arguments: [
    ("2026/11/2 9:05", "2026-11-02T09:05"), ("2026年11月2日 9时5分", "2026-11-02T09:05"),
    ("2026.11.2 9:5", "2026-11-02T09:05"),
    ("20261102", "2026-11-02T00:00"), ("2026/11/2 上午 9:05:00", "2026-11-02T09:05"),
    ("2026/11/2 9:05:00 PM", "2026-11-02T21:05"),
    ("11/20/2026 9:05:00 AM", "2026-11-20T09:05"), ("20/11/2026 9:05", "2026-11-20T09:05"),
    ("11/11/2026", "2026-11-11T00:00"), ("2-Nov-2026 9:05", "2026-11-02T09:05"),
    ("November 2, 2026", "2026-11-02T00:00"),
    ("二〇二六年十一月二日", "2026-11-02T00:00"), ("2026年11月2日星期一 晚上8点", "2026-11-02T20:00"),
    ("２０２６－１１－２　９：０５", "2026-11-02T09:05"),
  ])
  func `a date is read in every unambiguous writing`(_ written: String, _ expected: String) {
    let input = received(written)
    #expect(input?.receivedAt == Instant(iso8601: expected, zone: sample.shanghai))
    #expect(input?.notes == [])
  }

  @Test func `a day number is read in the 1900 system, and the note says so`() {
    let input = received("46327.4")
    #expect(input?.receivedAt == Instant(iso8601: "2026-11-01T09:36", zone: sample.shanghai))
    #expect(
      input?.notes == [
        .serialDate(
          field: "received_at", value: "46327.4", read: "2026-11-01 09:36", in1904: "2030-11-02 09:36")
      ])
  }

  @Test func `a date whose month cannot be told is noted and never guessed`() {
    let input = received("11/2/2026 9:05:00 AM")
    #expect(input?.receivedAt == nil)
    #expect(
      input?.notes == [.dateAmbiguous(field: "received_at", value: "11/2/2026 9:05:00 AM")])
  }

  @Test func `of a day number that cannot be used only that is said`() {
    #expect(received("61009")?.notes == [.receivedAtReplaced("61009")])
  }

  @Test func `a date of megabytes is none, at once, and its note is short`() throws {
    let long = String(repeating: "一", count: 1_000_000)
    let fields: [FieldID: FieldType] = ["到期": .date]
    for (text, name) in [
      ("标题：路灯\n时间：\(long)\n内容：不亮\n", "x.txt"),
      ("{\"title\": \"路灯\", \"received_at\": \"\(long)\", \"到期\": \"\(long)\"}", "x.json"),
    ] {
      let input = try #require(sample.decode(text, as: name, fields: fields).only, "\(name)")
      #expect(input.receivedAt == nil && input.fields["到期"] == nil)
      for note in input.notes {
        if case .receivedAtReplaced(let written?) = note { #expect(written.unicodeScalars.count <= 200) }
        if case .valueIgnored(_, let written) = note { #expect(written.unicodeScalars.count <= 200) }
      }
    }
  }

  @Test func `the other rows of a column tell which number is the month`() {
    func times(_ dates: [String]) -> [Instant?] {
      let rows = dates.map { "路灯,\($0),\($0)\n" }.joined()
      let result = sample.decode("标题,受理时间,到期\n" + rows, as: "x.csv", fields: ["到期": .date])
      for one in result.cases where one.input.receivedAt != nil { #expect(one.input.fields["到期"] != nil) }
      return result.cases.map(\.input.receivedAt)
    }
    func at(_ text: String) -> Instant? { Instant(iso8601: text, zone: sample.shanghai) }
    #expect(times(["2/10/2026", "25/10/2026"]) == [at("2026-10-02"), at("2026-10-25")])
    #expect(times(["10/25/2026", "2/10/2026"]) == [at("2026-10-25"), at("2026-02-10")])
    #expect(times(["2/10/2026", "3/10/2026"]) == [nil, nil])
    #expect(times(["2/10/2026", "25/10/2026", "10/25/2026"]).first == .some(nil))
  }

  @Test func `declared dates are read the same way`() {
    let fields: [FieldID: FieldType] = ["到期": .date]
    let serial = sample.decode("title: x\n到期: 46327\n", fields: fields).only
    #expect(serial?.fields["到期"] == CivilDate("2026-11-01").map { .date($0) })
    #expect(serial?.notes.contains { if case .serialDate = $0 { true } else { false } } == true)
    let unclear = sample.decode("title: x\n到期: 3/4/2026\n", fields: fields).only
    #expect(unclear?.fields["到期"] == nil)
    #expect(unclear?.notes == [.dateAmbiguous(field: "到期", value: "3/4/2026"), .receivedAtReplaced(nil)])
  }

  @Test(arguments: [
    ("\"1,234.50\"", 1_234.5), ("１２", 12), ("12万", 120_000), ("1.1万元", 11_000), ("9.15万", 91_500),
    ("\"¥1,234.50\"", 1_234.5),
    ("RMB 91.5", 91.5), ("91.5元", 91.5), ("91元5角", 91.5), ("91元5角2分", 91.52), ("三块五", 3.5),
    ("1 234 567", 1_234_567),
    ("壹萬貳仟圓整", 12_000),
  ])
  func `amounts are read to the cent`(_ written: String, _ yuan: Double) {
    let input = sample.decode("编号,标题,涉及金额\nA1,欠薪,\(written)\n", as: "x.csv").only
    #expect(input?.amount == yuan)
  }

  @Test(arguments: ["\"12,34\"", "\"1,\"", "1 2", "1.2.3", "12-15", "91元5角8", "1.234.567"])
  func `an amount that may mean several is noted and never guessed`(_ written: String) {
    let input = sample.decode("编号,标题,涉及金额\nA1,欠薪,\(written)\n", as: "x.csv").only
    #expect(input?.amount == nil)
    #expect(input?.notes.contains { if case .valueIgnored("涉及金额", _) = $0 { true } else { false } } == true)
  }

  @Test(arguments: ["CR alone", "UTF-16"])
  func `rows are counted in any line end and encoding`(_ writing: String) throws {
    // 上 is 4E0A: a byte of it looks like a line end.
    let row = "2026110900,上山路灯不亮,上山路上路灯不亮请尽快处理\(writing == "CR alone" ? "\r" : "\n")"
    let isWide = writing == "UTF-16"
    let size = isWide ? row.utf16.count * 2 : row.utf8.count
    let rows = Limits.caseFileBytes / size + 100
    let text = "工单编号,标题,内容" + String(row.last ?? "\n") + String(repeating: row, count: rows)
    let table =
      isWide ? [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } : Array(text.utf8)
    let refusal = try #require(
      CaseDecoder.decode(table, fileName: "x.txt", context: sample.context()).refusal)
    guard case .tableTooLarge(_, let fitting) = refusal else {
      Issue.record("\(refusal)")
      return
    }
    #expect(fitting * size <= Limits.caseFileBytes && fitting > rows / 2)
  }

  @Test func `a table above the limit is told how many rows fit and how to split it`() throws {
    let row = "20261109000123,路灯不亮,甲处路灯不亮请尽快处理\n"
    let rows = Limits.caseFileBytes / row.utf8.count + 100
    let table = Array(("工单编号,标题,内容\n" + String(repeating: row, count: rows)).utf8)
    let refusal = try #require(
      CaseDecoder.decode(table, fileName: "x.csv", context: sample.context()).refusal)
    guard case .tableTooLarge(let bytes, let fitting) = refusal else {
      Issue.record("\(refusal)")
      return
    }
    #expect(bytes == Int64(table.count))
    #expect(fitting * row.utf8.count <= Limits.caseFileBytes && fitting > rows / 2)
    #expect(refusal.limit == "caseFileBytes" && refusal.code == "too-large")
    for text in [refusal.message.zh, refusal.message.en] {
      #expect(text.contains("caseFileBytes") && text.contains("split -l \(fitting)"))
    }
  }
}
