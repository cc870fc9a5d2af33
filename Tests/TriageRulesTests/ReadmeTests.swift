import Foundation
import Testing
import TriageCore
import TriageRules

@Suite("What the README says of the rule language is so")
struct ReadmeTests {
  @Test("Its page is a rulebook that loads and passes its own test")
  func page() throws {
    let text = try String(contentsOf: DefaultRulebook.readme, encoding: .utf8)
    let page = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
    let yaml = try #require(page.components(separatedBy: "```").first)
    let result = try Fixture.withRulebook(["rulebook.yaml": yaml]) { RulebookLoader.load(directory: $0) }
    #expect(result.findings.filter { $0.severity == .error }.map(\.code) == [])
    let tests = RuleTests.run(try #require(result.rulebook))
    #expect(!tests.isEmpty && tests.allSatisfy(\.passed))
  }
}
