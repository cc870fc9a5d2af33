import Testing

@testable import TriageDaemon

@Suite("Values as people write them") struct ValueReadingTests {
  @Test(
    arguments: [
      ("30", 30), ("30人", 30), ("约30余人", 30), ("３０", 30), ("1,200", 1200), ("12万元", 120_000),
      ("1.5万", 15_000), ("三百五十", 350), ("三百五", 350), ("一万二", 12_000), ("一千零五", 1_005), ("十余人", 10),
      ("两万三千元", 23_000), ("3万5千元", 35_000), ("1.2亿", 120_000_000), ("¥800元", 800), ("人民币5万元整", 50_000),
      ("二十", 20), ("近百人", 100), ("0", 0), ("零", 0),
    ] as [(String, Double)])
  func `a number is read from digits, numerals and units`(_ written: String, _ value: Double) {
    #expect(ValueReading.number(written) == value)
  }

  @Test(arguments: [
    "", "很多", "3户12人", "10-20人", "5000至8000元", "-5", "人", "万元", "1.2.3", "30%", "人均5000元", ".",
  ])
  func `what could mean several numbers is none`(_ written: String) {
    #expect(ValueReading.number(written) == nil)
  }

  @Test func `the unit of the column counts only where the value has none`() {
    #expect(ValueReading.amount("12", unit: "万元") == 120_000)
    #expect(ValueReading.amount("12万元", unit: "万元") == 120_000)
    #expect(ValueReading.amount("500元", unit: "万元") == 500)
    #expect(ValueReading.amount("500", unit: "元") == 500)
  }

  @Test func `numerals are no unit`() {
    #expect(ValueReading.amount("五", unit: "万元") == 50_000)
    #expect(ValueReading.amount("五十", unit: "万元") == 500_000)
    #expect(ValueReading.amount("五十元", unit: "万元") == 50)
  }

  @Test(arguments: ["3千", "3 百", "2.5千", "３千", "3千5百", "2十"])
  func `a unit behind digits where the column has another one may mean several sums`(_ written: String) {
    for unit in ["万元", "萬", "亿元", "千元"] { #expect(ValueReading.amount(written, unit: unit) == nil) }
    #expect(ValueReading.amount(written, unit: "元") != nil)
    #expect(ValueReading.amount(written + "元", unit: "万元") == ValueReading.amount(written, unit: ""))
  }

  @Test(arguments: [
    ("五百元零五分", 500.05), ("壹佰元伍角整", 100.5), ("3塊5", 3.5), ("三块五", 3.5), ("5角", 0.5), ("5角2分", 0.52),
    ("五毛", 0.5), ("3块", 3), ("RMB 3元5角", 3.5), ("兩塊", 2),
  ])
  func `cents are read in any writing`(_ written: String, _ yuan: Double) {
    #expect(ValueReading.amount(written, unit: "") == yuan)
  }

  @Test func `a text of megabytes is no value`() {
    let text = String(repeating: "一", count: 2_000_000)
    #expect(ValueReading.number(text) == nil && ValueReading.count(text) == nil)
    #expect(ValueReading.amount(text, unit: "") == nil && ValueReading.flag(text) == nil)
  }

  @Test func `half a person is nobody`() { #expect(ValueReading.count("2.5") == nil) }

  @Test func `yes and no are read in both languages`() {
    #expect(ValueReading.flag("是") == true)
    #expect(ValueReading.flag(" YES ") == true)
    #expect(ValueReading.flag("否") == false)
    #expect(ValueReading.flag("也许") == nil)
  }

  @Test func `white space at the ends goes, U+3000 and U+00A0 included`() {
    #expect(ValueReading.trimmed("\u{3000} 一社区\u{A0}\u{200B}\n") == "一社区")
    #expect(ValueReading.trimmed("\u{3000}") == "")
    #expect(ValueReading.trimmed("abc") == "abc")
  }

  @Test func `column names are folded: blanks, width, case, units`() {
    #expect(FieldName.find("信息 来源") == nil)
    #expect(FieldName.find("诉求 内容")?.field == .text)
    #expect(FieldName.find("\u{FEFF}工单编号")?.field == .sourceID)
    #expect(FieldName.find("Source-ID")?.field == .sourceID)
    #expect(FieldName.find("涉及金额（万元）")?.unit == "万元")
    #expect(FieldName.find("ＴＩＴＬＥ")?.field == .title)
    #expect(FieldName.find("序号")?.field == .ignored)
  }

  @Test func `every field that a table can fill has at least three names`() {
    for field in CaseField.allCases where field != .fields && field != .contact {
      #expect(field.names.count >= 3, "\(field)")
    }
  }

  @Test func `no name stands for two fields`() {
    let names = CaseField.allCases.flatMap { field in Set(field.names.map { FieldName.fold($0).name }) }
    #expect(Set(names).count == names.count)
  }

  @Test func `a text is found by its bytes`() {
    #expect(ByteSearch.first("催单", in: "市民反复催单") == 12)
    #expect(ByteSearch.first("催单", in: "催") == nil)
    #expect(ByteSearch.first("", in: "x") == nil)
  }
}
