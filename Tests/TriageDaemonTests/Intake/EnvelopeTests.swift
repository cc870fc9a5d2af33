import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Cases inside what an interface answers") struct EnvelopeTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  private static let rows = #"[{"工单编号":"A1","诉求内容":"甲处路灯不亮"},{"工单编号":"A2","诉求内容":"乙处井盖破损"}]"#

  @Test(arguments: [
    #"{"total":2,"code":0,"data":{"list":ROWS}}"#, #"{"code":0,"data":{"total":2,"rows":ROWS}}"#,
    #"{"result":{"records":ROWS,"current":1}}"#, "[ROWS]", "[[ROWS]]", #"{"cases":ROWS}"#,
    #"{"结果":{"明细":ROWS}}"#,
    #"{"a":{"b":{"c":{"d":ROWS}}}}"#, #"{"columns":[{"field":"a","width":3}],"body":{"items":ROWS}}"#,
    #"{"title":"十一月导出","data":{"list":ROWS}}"#, #"{"code":0,"message":"ok","data":[ROWS]}"#,
  ])
  func `the one list of cases is taken, wherever it lies`(_ envelope: String) {
    let text = envelope.replacing("ROWS", with: Self.rows)
    for name in ["x.json", "x.yaml"] {
      let result = sample.decode(text, as: name)
      #expect(result.cases.map(\.input.sourceID) == ["A1", "A2"], "\(name): \(result.refused)")
      #expect(result.refused.isEmpty)
    }
  }

  @Test func `a single case inside is taken too`() {
    let result = sample.decode(#"{"code":0,"data":{"工单编号":"A1","诉求内容":"路灯不亮"}}"#, as: "x.json")
    #expect(result.only?.sourceID == "A1")
    let list = sample.decode(#"[{"order":{"工单编号":"A1","诉求内容":"路灯不亮"}}]"#, as: "x.json")
    #expect(list.only?.sourceID == "A1")
  }

  @Test func `of several lists the message says where they lie`() throws {
    let text = #"{"data":{"new":ROWS,"old":ROWS}}"#.replacing("ROWS", with: Self.rows)
    let refusal = try #require(sample.decode(text, as: "x.json").refusal)
    #expect(refusal == .severalLists(["data.new (2)", "data.old (2)"]))
    #expect(refusal.message.zh.contains("data.new (2)") && refusal.message.en.contains("data.old (2)"))
    #expect(
      sample.decode("[\(Self.rows),\(Self.rows)]", as: "x.json").refusal
        == .severalLists(["[0] (2)", "[1] (2)"]))
  }

  @Test func `where there is no case the message names what was seen`() throws {
    let refusal = try #require(sample.decode(#"{"code":0,"data":{"rows":[]}}"#, as: "x.json").refusal)
    #expect(refusal == .noCaseInside(keys: ["code", "data", "data.rows (0)"]))
    #expect(refusal.message.zh.contains("data.rows (0)"))
    #expect(sample.decode(#"{"area":"一社区"}"#, as: "x.json").refusal == .noTitleNoText)
  }

  @Test func `a case keeps its own lists`() {
    let text = #"{"title":"路灯","text":"不亮","history":[{"content":"已派单"}],"photos":[{"name":"a.jpg"}]}"#
    #expect(sample.decode(text, as: "x.json").only?.title == "路灯")
  }

  @Test(arguments: ["rows", "data", "记录"])
  func `a case with a title and a text is one, whatever it holds`(_ key: String) {
    let text = #"{"title":"路灯","text":"不亮","KEY":[{"content":"已派单"},{"content":"已到场"}]}"#
      .replacing("KEY", with: key)
    let input = sample.decode(text, as: "x.json").only
    #expect(input?.title == "路灯" && input?.text == "不亮")
  }

  @Test func `the way to a value takes no memory of its own, and long keys are cut in messages`() throws {
    let key = String(repeating: "k", count: 4 << 20)
    let pairs = (0..<200_000).map { "\"a\($0)\":[]" }.joined(separator: ",")
    let refusal = try #require(sample.decode("{\"\(key)\":{\(pairs)}}", as: "x.json").refusal)
    guard case .noCaseInside(let keys) = refusal else {
      Issue.record("\(refusal)")
      return
    }
    #expect(keys.count <= 2 * Limits.namedPlaces && keys.allSatisfy { $0.utf8.count < 200 })
  }

  @Test func `whom a message was sent to is no contact, and a sender only with an address or a number`() {
    func contact(_ pairs: String) -> Contact? {
      sample.decode("{\"title\": \"路灯\", \(pairs)}", as: "x.json").only?.contact
    }
    #expect(contact(#""to": "12345热线""#) == nil)
    #expect(contact(#""cc": "office@example.net", "收件人": "市民热线""#) == nil)
    #expect(contact(#""from": "wechat""#) == nil)
    #expect(contact(#""from": "lin@example.org""#)?.other == "lin@example.org")
    #expect(contact(#""发件人": "林 13900000001""#)?.other == "林 13900000001")
    let input = sample.decode(#"{"title": "路灯", "from": "林小满"}"#, as: "x.json").only
    #expect(
      input?.fields.isEmpty == true && input?.notes.contains(.valueIgnored(field: "from", value: "")) == true)
  }

  // MARK: JSON Lines

  @Test func `a line that holds a list of cases is told where it lies`() throws {
    let text = "{\"data\":[{\"内容\":\"甲\"},{\"内容\":\"乙\"}]}\n{\"内容\":\"路灯不亮\"}\n"
    let result = sample.decode(text, as: "x.jsonl")
    #expect(result.cases.map(\.row) == [2])
    #expect(result.refused.first?.refusal == .listInside("data (2)"))
    let other = sample.decode(
      #"[{"columns":[{"width":3}],"body":{"items":[{"内容":"甲"},{"内容":"乙"},{"内容":"丙"}]}},{"内容":"丁"}]"#,
      as: "x.json")
    #expect(other.refused.map(\.refusal) == [.listInside("body.items (3)")])
    #expect(result.refused.first?.refusal.message.zh.contains("data (2)") == true)
  }

  @Test func `one object written over several lines is one case, whatever the file is called`() {
    for name in ["x.jsonl", "x.ndjson"] {
      #expect(sample.decode("{\n  \"内容\": \"路灯不亮\"\n}\n", as: name).only?.text == "路灯不亮")
      #expect(sample.decode("[\n{\"内容\": \"甲\"},\n{\"内容\": \"乙\"}\n]\n", as: name).cases.count == 2)
    }
  }

  @Test(arguments: ["x.jsonl", "x.ndjson", "x.json", "x.txt"])
  func `JSON Lines are a case a line`(_ name: String) {
    let text = "{\"工单编号\":\"A1\",\"诉求内容\":\"路灯不亮\"}\r\n\n{\"工单编号\":\"A2\",\"诉求内容\":\"井盖破损\"}\n"
    let result = sample.decode(text, as: name)
    #expect(result.cases.map(\.input.sourceID) == ["A1", "A2"])
    #expect(result.cases.map(\.row) == [1, 3])
  }

  @Test func `a bad line is refused by its number and comes back as a line`() throws {
    let text = "{\"内容\":\"路灯不亮\"}\n{\"内容\":\"断了\n{\"区域\":\"一社区\"}\n"
    let result = sample.decode(text, as: "x.jsonl")
    #expect(result.cases.map(\.row) == [1])
    #expect(result.refused.map(\.row) == [2, 3])
    #expect(result.refused.first?.refusal.place?.line == 2)
    let rows = try #require(result.refusedRows)
    #expect(rows.fileExtension == "jsonl")
    #expect(String(decoding: rows.bytes(.zh), as: UTF8.self) == "{\"内容\":\"断了\n{\"区域\":\"一社区\"}\n")
  }
}
