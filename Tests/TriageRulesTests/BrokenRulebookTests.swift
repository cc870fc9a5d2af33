import Foundation
import Testing
import TriageCore
import TriageRules

@Suite("Broken rulebooks are refused at the place of the fault")
struct BrokenRulebookTests {
  static let faults =
    (try? FileManager.default.contentsOfDirectory(atPath: Fixture.path("broken")))?.sorted() ?? []

  /// Faults of directories, which other suites make: links, rights and changes do not keep in version control.
  static let ofDirectories: Set<FindingCode> = [
    .directoryUnreadable, .directoryLoop, .directoryChanged, .fileUnreadable, .fileTooLarge, .tooManyFiles,
    .fileEmpty,
  ]

  /// `expected.txt` of a fault: each error, each warning that must be among the others, and the day if it matters.
  private struct Expected {
    var lines: [String]
    var today: CivilDate?

    init(_ fault: String) throws {
      let text = try String(contentsOfFile: Fixture.path("broken/\(fault)/expected.txt"), encoding: .utf8)
      lines = text.split(separator: "\n").map(String.init)
      if let first = lines.first, first.hasPrefix("today ") {
        today = CivilDate(String(first.dropFirst("today ".count)))
        lines.removeFirst()
      }
    }

    var errors: [String] { lines.filter { $0.hasPrefix("error") } }
  }

  private static func load(_ fault: String) throws -> LoadResult {
    RulebookLoader.check(
      directory: Fixture.path("broken/\(fault)/rulebook"), today: try Expected(fault).today)
  }

  /// `error unknown-key rules.yaml:6:61`, and `| hint` where the fixture names it.
  private static func line(_ finding: Finding, hint: Bool) -> String {
    let place = finding.place
    let line = "\(finding.severity.rawValue) \(finding.code) \(place.file):\(place.line):\(place.column)"
    return line + (hint ? " | \(finding.hint?.en ?? "")" : "")
  }

  @Test("The findings are those expected", arguments: faults)
  func findings(fault: String) throws {
    let expected = try Expected(fault)
    let result = try Self.load(fault)
    let plain = expected.errors.map { String($0.prefix { $0 != "|" }).trimmingCharacters(in: .whitespaces) }
    #expect((result.rulebook == nil) == !plain.isEmpty)
    #expect(!expected.lines.isEmpty)
    #expect(result.findings.filter { $0.severity == .error }.map { Self.line($0, hint: false) } == plain)
    for line in expected.lines {
      #expect(result.findings.contains { Self.line($0, hint: line.contains(" | ")) == line }, "\(line)")
    }
  }

  @Test("Every code of a finding has a fixture, or a test of directories")
  func everyCode() throws {
    var shown = Self.ofDirectories.map(\.rawValue)
    for fault in Self.faults {
      shown += try Expected(fault).lines.compactMap {
        $0.split(separator: " ").dropFirst().first.map(String.init)
      }
    }
    #expect(Set(FindingCode.allCases.map(\.rawValue)).subtracting(shown).sorted() == [])
  }

  @Test("Every finding says in both languages what is wrong, and shows its line", arguments: faults)
  func rendering(fault: String) throws {
    for finding in try Self.load(fault).findings {
      let zh = finding.render(language: .zh, colour: false)
      let en = finding.render(language: .en, colour: false)
      #expect(zh != en)
      #expect(zh.hasPrefix("\(finding.place.file):\(finding.place.line):\(finding.place.column): "))
      #expect(en.contains("[\(finding.code)]"))
      if finding.sourceLine != nil { #expect(en.contains("^")) }
    }
  }
}
