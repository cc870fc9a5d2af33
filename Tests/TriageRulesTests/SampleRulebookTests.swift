import Testing
import TriageCore
import TriageRules

@Suite("The sample rulebook of the design")
struct SampleRulebookTests {
  @Test("It loads without errors")
  func loads() throws {
    let result = RulebookLoader.load(directory: Fixture.path("sample"))
    #expect(result.findings.filter { $0.severity == .error } == [])
    let rulebook = try #require(result.rulebook).rulebook
    #expect(rulebook.departments["community@c1"]?.title == "一社区调委会")
    #expect(rulebook.departments["community@c1"]?.escalatesTo == "center")
    #expect(rulebook.classification.map(\.id) == ["property-fee", "violence", "wages-of-many"])
    #expect(rulebook.reminders.first { $0.head.id == "base" }?.at.count == 5)
    #expect(rulebook.reminders.first { $0.head.id == "red" }?.quiet == .some(nil))
  }

  @Test("Its own tests pass")
  func ownTests() throws {
    let compiled = try #require(RulebookLoader.load(directory: Fixture.path("sample")).rulebook)
    let results = RuleTests.run(compiled)
    #expect(results.count == 5)
    for result in results { #expect(result.failures.map(\.message.en) == [], "\(result.name)") }
    #expect(RuleTests.coverage(results, of: compiled).uncovered(.classification) == [])
  }

  @Test("A rulebook made of its canonical text has the same digest, and is not judged again")
  func canonical() throws {
    let first = RulebookLoader.load(directory: Fixture.path("sample"))
    let compiled = try #require(first.rulebook)
    let second = try #require(RulebookLoader.load(canonical: compiled.sources))
    #expect(second.rulebook?.rulebook.digest == compiled.rulebook.digest)
    #expect(!first.findings.isEmpty && second.findings.isEmpty)
    #expect(compiled.rulebook.digest.count == 64)
  }
}
