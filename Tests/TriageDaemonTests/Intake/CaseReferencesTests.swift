import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

@Suite("What a case names of earlier ones")
struct CaseReferencesTests {
  private func find(_ text: String, title: String = "", fields: [FieldID: FieldValue] = [:]) -> [MatterClues
    .Reference]
  {
    let finder = CaseReferences(prefix: "ZZ", channels: ["hotline"])
    return finder.find(
      in: CaseInput(channel: "hotline", sourceID: "GD20261119-1", title: title, text: text, fields: fields))
  }

  @Test(
    "A case number of ours counts anywhere, in whatever case its letters are, and of an earlier prefix too")
  func caseNumbers() {
    #expect(find("咨询ZZ20261121-0001的进度") == [.caseID("ZZ20261121-0001")])
    #expect(find("", title: "zz20261121-12345，ZZ20261121-12345") == [.caseID("ZZ20261121-12345")])
    #expect(find("", fields: ["原编号": .text("AB20251121-0007")]) == [.caseID("AB20251121-0007")])
    #expect(find("电话 0571-88880001，20261121-0001，ZZ20261121-001，ZZ20261121-0001-2") == [])
  }

  @Test("A source's number counts in a reminder call only")
  func sourceNumbers() {
    #expect(
      find("市民反复催单，已电子催单工单编号：20261101000123，故归档") == [.sourceKey("hotline\u{0}20261101000123")])
    #expect(
      find("", title: "催办 GD-2026_77", fields: ["x": .number(1)]) == [.sourceKey("hotline\u{0}GD-2026_77")])
    #expect(find("工单编号：20261101000123 已办结") == [])
    #expect(find("催单：本单 GD20261119-1，3 次") == [], "its own number names nobody else")
  }
}
