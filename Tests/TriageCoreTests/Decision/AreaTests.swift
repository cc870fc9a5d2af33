import Testing

@testable import TriageCore

@Suite("An area")
struct AreaTests {
  let tree = AreaTree(Sample.areas)

  @Test(
    "is found by id, title, alias and path",
    arguments: [
      ("c1", "c1"), ("一社区", "c1"), ("第一社区", "c1"), (" 一社区\u{3000}", "c1"), ("某街道一社区", "c1"),
      ("某街道/二社区", "c2"), ("某街道 二社区 5号楼", "c2"), ("某市某区某街道一社区3号楼", "c1"), ("小店区一社区居委会", "c1"),
      ("某街道一社区三号网格", "c1-g3"), ("某街道", "street"), ("某街道第一社区，幸福路", "c1"), ("某 街 道 一 社 区", "c1"),
    ])
  func found(text: String, area: AreaID) {
    #expect(tree.find(text) == .area(area))
  }

  @Test(
    "is not found inside another name", arguments: ["十一社区", "新一社区", "c12", "xc1", "幸福小区", "三社区", "", "，"])
  func notFound(text: String) {
    #expect(tree.find(text) == .unknown)
  }

  @Test("stays at the outer area where the inner name is unknown")
  func outer() {
    #expect(tree.find("某街道十一社区") == .area("street"))
  }

  @Test("is told apart by the path, and left open where the text does not tell")
  func ambiguous() {
    let tree = AreaTree(
      Sample.areas + [
        .init(id: "north", kind: "street", title: "北街道"),
        .init(id: "n1", kind: "community", title: "一社区", parent: "north"),
      ])
    #expect(tree.find("一社区") == .ambiguous(["c1", "n1"]))
    #expect(tree.find("北街道一社区") == .area("n1"))
    #expect(tree.find("某街道一社区") == .area("c1"))
    #expect(tree.find("一社区、二社区交界") == .ambiguous(["c1", "c2", "n1"]))
  }

  @Test("is looked up in the folding that the rulebook carries")
  func folded() {
    let tree = AreaTree(Sample.areas, normalise: { $0.lowercased() })
    #expect(tree.find("C1") == .area("c1"))
    #expect(AreaTree(Sample.areas).find("C1") == .unknown)
  }

  @Test("stays empty in the decision with its text and candidates in the notes")
  func notes() {
    let rulebook = Sample.rulebook
    let unknown = rulebook.decide(.call("物业费", area: "幸福小区"))
    #expect(unknown.area == nil && unknown.notes == [.areaUnknown("幸福小区")])
    #expect(unknown.lead == "urban")
    let both = rulebook.decide(.call("物业费", area: "一社区、二社区"))
    #expect(both.area == nil && both.notes == [.areaAmbiguous("一社区、二社区", candidates: ["c1", "c2"])])
    #expect(rulebook.decide(.call("物业费", area: nil)).notes.isEmpty)
  }

  @Test(
    "is read from the address, else from the words, where the case does not name it",
    arguments: [
      ("", "某街道一社区3号楼", "求助", "c1"), ("", "一社区3号楼", "住在二社区", "c1"), ("", "", "我住在二社区，楼上漏水", "c2"),
      ("", "", "我们一社区的路灯不亮", "c1"), ("幸福小区", "某街道二社区幸福小区3号楼", "求助", "c2"),
    ])
  func readElsewhere(area: String, address: String, text: String, found: AreaID) {
    var input = CaseInput.call(text, area: area)
    input.address = address
    let decision = Sample.rulebook.decide(input)
    #expect(decision.area == found)
    #expect(decision.notes.contains(.areaRead(from: address.isEmpty ? .text : .address)))
  }

  @Test(
    "stays empty where the words name several, or a longer name, and is never guessed against what is written",
    arguments: [
      ("", "", "一社区和二社区交界处"), ("", "", "住在十一社区"), ("", "", "新一社区物业"), ("", "", "住在C1栋"),
      ("幸福小区", "", "住在一社区"),
      ("", "一社区、二社区之间", "住在一社区"), ("一社区、二社区", "三社区1号", "x"),
    ])
  func notGuessed(area: String, address: String, text: String) {
    var input = CaseInput.call(text, area: area)
    input.address = address
    #expect(Sample.rulebook.decide(input).area == nil)
  }

  @Test("is read where the text begins with it, whatever the title before it ends in")
  func titleThenText() {
    // The folding of texts drops line breaks: put together, 物业费 would run on into the name.
    let rulebook = Sample.rulebook.with {
      $0.areas = AreaTree(Sample.areas, normalise: { $0.split(separator: "\n").joined() })
    }
    var input = CaseInput.call("物业费", "一社区物业乱收停车费", area: nil)
    #expect(rulebook.decide(input).area == "c1")
    input.title = "二社区物业费"
    #expect(rulebook.decide(input).area == nil)
  }

  @Test("wakes the rules of the areas above it")
  func wakes() {
    let rulebook = Sample.rulebook.with {
      $0.classification = [
        Sample.rule("street", .area(under: ["street"]), .init(score: 1)),
        Sample.rule("c2", .area(under: ["c2"]), .init(score: 10)),
        Sample.rule("hotline", .channel(["hotline"]), .init(score: 2)),
        Sample.rule("walk-in", .channel(["walk-in"]), .init(score: 20)),
      ]
    }
    #expect(rulebook.decide(.call("求助")).score == 3)
    #expect(rulebook.decide(.call("求助")).fired.map(\.because) == [[.channel("hotline")], [.area("c1")]])
  }

  @Test("does not send the evaluator round in circles where the tree has one")
  func circle() {
    let tree = AreaTree([
      .init(id: "a", kind: "x", title: "甲", parent: "b"), .init(id: "b", kind: "y", title: "乙", parent: "a"),
    ])
    #expect(tree.ancestry(of: "a").count <= 3)
    #expect(tree.nearest(kind: "z", from: "a") == nil)
  }
}
