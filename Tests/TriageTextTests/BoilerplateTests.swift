import Testing
import TriageCore
import TriageText

/// The words of the original that a phrase hits.
private func found(_ phrase: String, in text: String, boilerplate: [String]? = nil) throws -> [String] {
  let probes = [TextProbe(phrases: [phrase], negators: TextIndex.defaultNegators)]
  let index =
    try boilerplate.map { boilerplate throws(PatternErrors) in
      try TextIndex(probes: probes, boilerplate: boilerplate)
    } ?? TextIndex(probes: probes)
  let scalars = Array(text.unicodeScalars)
  return index.hits(in: [("text", text)], scratch: index.makeScratch()).map {
    String(String.UnicodeScalarView(scalars[$0.start..<$0.end]))
  }
}

@Suite("Boilerplate of hotlines")
struct BoilerplateTests {
  @Test(
    "A set phrase of a hotline is no evidence",
    arguments: [
      ("反映", "市民来电反映：楼上漏水"), ("处理", "楼上漏水，请相关职能部门及时核实并处理。"), ("保密", "市民信息需要保密"), ("领导", "尊敬的领导您好！"),
      ("图片", "请如实上报处理情况，附事前、事中、事后图片"), ("反映", "市民來電反映：漏水"), ("反映", "市 民 来 电 反 映：漏水"), ("反映", "網格員反映漏水"),
    ])
  func noEvidence(phrase: String, text: String) throws {
    #expect(try found(phrase, in: text) == [])
  }

  @Test("What stands around it is found at its place in the original")
  func around() throws {
    #expect(try found("楼上漏水", in: "市民来电反映楼上漏水，请相关职能部门及时处理") == ["楼上漏水"])
    #expect(try found("拖欠工资", in: "拖欠（市民信息需要保密）工资") == [])
    #expect(try found("拖欠工资", in: "拖欠市民信息需要保密工资") == ["拖欠市民信息需要保密工资"])
    #expect(try found("多次反映", in: "市民来电反映：多次反映无果") == ["多次反映"])
  }

  @Test("It parts no clause: what was denied before it stays denied")
  func clauses() throws {
    #expect(try found("打人", in: "没有市民信息需要保密打人") == [])
    #expect(try found("打人", in: "没有吵架。市民来电反映打人") == ["打人"])
  }

  @Test("A rulebook may bring its own phrases or none")
  func settable() throws {
    #expect(try found("反映", in: "市民来电反映漏水", boilerplate: []) == ["反映"])
    #expect(try found("特此", in: "特此说明", boilerplate: ["特此说明"]) == [])
    #expect(try found("反映", in: "市民来电反映漏水", boilerplate: ["特此说明"]) == ["反映"])
  }

  @Test("Of phrases that overlap the longest goes; text of nothing else is empty")
  func overlaps() throws {
    #expect(try found("说明", in: "特此说明完毕", boilerplate: ["此说明", "特此说明完"]) == [])
    #expect(try found("毕", in: "特此说明完毕", boilerplate: ["此说明", "特此说明完"]) == ["毕"])
    // The long one is barred by the first; the short one inside it is still set.
    let three = ["特此说", "完毕谢", "说明完毕谢谢"]
    #expect(try found("完毕", in: "特此说明完毕谢谢", boilerplate: three) == [])
    #expect(try found("明谢", in: "特此说明完毕谢谢", boilerplate: three) == ["明完毕谢谢"])
    #expect(try found("甲乙", in: "甲市民来电反映市民来电反映乙") == ["甲市民来电反映市民来电反映乙"])
    #expect(try found("甲", in: "市民来电反映市民信息需要保密") == [])
  }
}
