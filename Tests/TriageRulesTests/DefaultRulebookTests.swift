import Testing
import TriageCore
import TriageRules

@Suite("The default rulebook")
struct DefaultRulebookTests {
  private func rulebook() throws -> Rulebook {
    try #require(DefaultRulebook.loaded.rulebook).rulebook
  }

  @Test("It loads without an error and without a warning")
  func loads() {
    let shown = DefaultRulebook.loaded.findings.map { $0.render(language: .en, colour: false) }
    #expect(shown == [])
    #expect(DefaultRulebook.loaded.rulebook != nil)
  }

  @Test("It has fifteen categories, three levels, and a committee for each community")
  func names() throws {
    let rulebook = try rulebook()
    #expect(
      rulebook.categories.map(\.id) == [
        "labor", "demolition", "medical", "property", "land", "family", "neighbor", "environment", "housing",
        "consumer", "debt", "injury", "city_order", "livelihood", "other",
      ])
    #expect(rulebook.levels.map(\.id) == ["green", "yellow", "red"])
    let committees = rulebook.departments.values.filter { $0.area != nil }
    #expect(committees.map(\.title).sorted() == ["杨柳社区调委会", "荷花社区调委会", "蓝河社区调委会", "青山社区调委会"].sorted())
    #expect(committees.allSatisfy { $0.escalatesTo == "center" })
    #expect(rulebook.departments.count - committees.count == 17)
  }

  @Test("Its calendar is that of the notices for 2024 to 2026")
  func calendar() throws {
    let calendar = try rulebook().calendar
    var on: Set<CivilDate> = []
    var off: Set<CivilDate> = []
    for row in try DefaultRulebook.table("calendar/calendar.csv") {
      let date = try #require(CivilDate(row["date"] ?? ""))
      if row["kind"] == "makeup_workday" { on.insert(date) } else { off.insert(date) }
    }
    #expect(calendar.years.keys.sorted() == [2024, 2025, 2026])
    #expect(calendar.years.values.reduce(into: Set<CivilDate>()) { $0.formUnion($1.on) } == on)
    #expect(calendar.years.values.reduce(into: Set<CivilDate>()) { $0.formUnion($1.off.keys) } == off)
    #expect(calendar.kind(of: try #require(CivilDate("2026-02-17"))) == .holiday("春节"))
    #expect(calendar.kind(of: try #require(CivilDate("2026-02-14"))) == .makeUp)
  }

  @Test("Its own tests pass, and every rule and every row is in one of them")
  func ownTests() throws {
    let compiled = try #require(DefaultRulebook.loaded.rulebook)
    let results = RuleTests.run(compiled)
    for result in results { #expect(result.failures.map(\.message.en) == [], "\(result.name)") }
    let coverage = RuleTests.coverage(results, of: compiled)
    for part in coverage.parts { #expect(part.uncovered == [], "\(part.table)") }
  }

  @Test("The rulebook that README.md shows loads, and its own test passes")
  func readme() throws {
    let block = try DefaultRulebook.yamlOfReadme()
    let result = try Fixture.withRulebook(["rulebook.yaml": block]) { RulebookLoader.load(directory: $0) }
    #expect(result.findings.filter { $0.severity == .error }.map(\.message.en) == [])
    let results = RuleTests.run(try #require(result.rulebook))
    #expect(results.count == 1)
    #expect(results.flatMap(\.failures).map(\.message.en) == [])
  }
}
