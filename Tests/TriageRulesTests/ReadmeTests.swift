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

  @Test(
    "What it calls not yet in the language is refused as such",
    arguments: [
      "escalation: [{id: e, on: {daily: '09:00'}, then: {notify: center}}]",
      "escalation: [{id: e, on: {cluster: {at_least: 3}}, then: {notify: center}}]",
      "escalation: [{id: e, on: {age: 30d}, then: {alert: center}}]",
    ])
  func notYet(yaml: String) throws {
    var files = try Fixture.sample()
    files["more.yaml"] = yaml + "\n"
    let result = try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }
    #expect(result.rulebook == nil)
    let refused = result.findings.filter { $0.code == "unknown-key" && $0.place.file == "more.yaml" }
    #expect(refused.count == 1)
    #expect(refused.first?.message.en.contains("does not support") == true)
  }
}
