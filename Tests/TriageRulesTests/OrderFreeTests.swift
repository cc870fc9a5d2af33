import Testing
import TriageCore
import TriageRules

@Suite("Promise 3, order-free: files and entries have no order that counts")
struct OrderFreeTests {
  @Test("The sample in one file, with its entries turned round, decides the same")
  func oneFile() throws {
    let original = try #require(RulebookLoader.load(directory: Fixture.path("sample")).rulebook)
    let files = try Fixture.sample()
    // Every file under another name, so that they are read in another order; the routes last to first.
    var turned: [String: String] = [:]
    for (index, name) in files.keys.sorted(by: >).enumerated() { turned["\(index + 100).yaml"] = files[name] }
    let routes = try #require(turned.first { $0.value.hasPrefix("routes:") })
    turned[routes.key] = Self.turn(routes.value)
    let other = try Fixture.withRulebook(turned) { RulebookLoader.load(directory: $0) }
    let compiled = try #require(other.rulebook)
    #expect(compiled.rulebook.probes == original.rulebook.probes)
    #expect(compiled.rulebook.routes.map(\.head.id) == original.rulebook.routes.map(\.head.id))
    let results = RuleTests.run(compiled)
    #expect(results.map(\.name) == RuleTests.run(original).map(\.name))
    #expect(results.filter { !$0.passed }.map(\.name) == [])
  }

  /// The entries of the first list of a file, last to first.
  private static func turn(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let entries = lines.dropFirst().prefix { $0.hasPrefix("  - ") }
    return ([lines[0]] + entries.reversed() + lines.dropFirst(1 + entries.count)).joined(separator: "\n")
  }
}
