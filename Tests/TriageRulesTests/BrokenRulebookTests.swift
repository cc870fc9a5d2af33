import Foundation
import Testing
import TriageCore
import TriageRules

@Suite("Broken rulebooks are refused at the place of the fault")
struct BrokenRulebookTests {
  static let faults =
    (try? FileManager.default.contentsOfDirectory(atPath: Fixture.path("broken")))?.sorted() ?? []

  @Test("There are at least ten of them")
  func count() { #expect(Self.faults.count >= 10) }

  /// `expected.txt` lists every error, and the warnings that must be among the others.
  @Test("The findings are those expected", arguments: faults)
  func findings(fault: String) throws {
    let folder = Fixture.path("broken/" + fault)
    let text = try String(contentsOfFile: folder + "/expected.txt", encoding: .utf8)
    let expected = text.split(separator: "\n").map(String.init)
    let result = RulebookLoader.load(directory: folder + "/rulebook")
    let found = result.findings.map { finding in
      let place = finding.place
      return "\(finding.severity.rawValue) \(finding.code) \(place.file):\(place.line):\(place.column)"
    }
    #expect(result.rulebook == nil)
    #expect(found.filter { $0.hasPrefix("error") } == expected.filter { $0.hasPrefix("error") })
    for warning in expected where warning.hasPrefix("warning") { #expect(found.contains(warning)) }
  }

  @Test("Every finding says in both languages what is wrong, and shows its line", arguments: faults)
  func rendering(fault: String) throws {
    for finding in RulebookLoader.load(directory: Fixture.path("broken/\(fault)/rulebook")).findings {
      let zh = finding.render(language: .zh, colour: false)
      let en = finding.render(language: .en, colour: false)
      #expect(zh != en)
      #expect(zh.hasPrefix("\(finding.place.file):\(finding.place.line):\(finding.place.column): "))
      #expect(en.contains("[\(finding.code)]"))
      if finding.sourceLine != nil { #expect(en.contains("^")) }
    }
  }
}
