import Testing
import TriageCore

@testable import TriageDaemon

@Suite("A case read back from an item")
struct RestoredItemTests {
  let sample: IntakeSample

  init() throws { sample = try IntakeSample() }

  private func decoded(_ bytes: [UInt8]) throws -> CaseInput {
    let result = CaseDecoder.decode(bytes, fileName: "案件.yaml", context: sample.context())
    return try #require(result.cases.first?.input)
  }

  @Test(
    "What was reported comes back as it was taken, whatever the language of the item",
    arguments: Language.allCases)
  func roundTrip(language: Language) throws {
    var input = Bureau.input(text: "  物业乱收停车费。\nreply: 不是表单\n\n第二段：“引号”与 # 井号。")
    input.contact?.confidential = true
    let state = Bureau.taken(input)
    let restored = RestoredItem(Array(Bureau.item(state, nil, language).utf8))
    #expect(restored.channel == "hotline")
    let read = try decoded(restored.caseFile)
    #expect(read.title == input.title && read.sourceID == input.sourceID && read.area == input.area)
    #expect(read.address == input.address && read.peopleCount == 3 && read.amount == 1200)
    #expect(read.contact == input.contact && read.fields == input.fields)
    #expect(read.text.contains("reply: 不是表单") && read.text.contains("第二段"))
  }

  @Test("An item of another case that got the same number is known by what its head says")
  func another() throws {
    let state = Bureau.taken(Bureau.input(text: "物业乱收停车费。"))
    let item = Bureau.item(state, nil, .zh)
    let zone = Bureau.rulebook.calendar.zone
    #expect(RestoredItem(Array(item.utf8)).mayBe(of: state, in: zone))
    var other = Bureau.input(text: "楼上漏水。")
    other.sourceID = "另一单-77"
    #expect(!RestoredItem(Array(item.utf8)).mayBe(of: Bureau.taken(other), in: zone))
    // Without a number of the source the time and the title tell.
    var plain = Bureau.input(text: "物业乱收停车费。")
    plain.sourceID = nil
    let text = Array(Bureau.item(Bureau.taken(plain), nil, .zh).utf8)
    #expect(RestoredItem(text).mayBe(of: Bureau.taken(plain), in: zone))
    plain.title = "楼上漏水"
    #expect(!RestoredItem(text).mayBe(of: Bureau.taken(plain), in: zone))
    // One whose head is broken says nothing against it.
    #expect(RestoredItem(Array("只剩一行".utf8)).mayBe(of: state, in: zone))
  }

  @Test("An item that somebody broke is taken back with all its text")
  func broken() throws {
    let restored = RestoredItem(Array("item: ZZ20261012-0001\ntitle: \"没有结束\n路灯不亮\n".utf8))
    #expect(try decoded(restored.caseFile).text.contains("路灯不亮"))
  }

  @Test("Days and numbers are read from the end of an id; the highest of a day counts")
  func numbers() {
    var seen = GivenNumbers()
    for id in [
      "ZZ20261121-0007", "A-B20261121-0012", "ZZ20261120-10001", "ALERT-20261121-3", "nonsense", "X-1",
    ] {
      seen.add(CaseID(id))
    }
    #expect(seen.cases == ["20261121": 12, "20261120": 10001])
    #expect(seen.alerts == ["20261121": 3])
  }
}
