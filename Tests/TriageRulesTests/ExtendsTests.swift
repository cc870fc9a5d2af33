import Foundation
import Testing
import TriageCore
import TriageRules

@Suite("A rulebook builds on another: extends, override, remove")
struct ExtendsTests {
  private static let exampleStreet = DefaultRulebook.directory + "/../example-street"

  /// Two rulebooks side by side: the sample as `base`, and one that extends it.
  private func withDerived<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws
    -> Result
  {
    var all: [String: String] = [:]
    for (name, text) in try Fixture.sample() { all["base/" + name] = text }
    for (name, text) in files { all["mine/" + name] = text }
    if files["rulebook.yaml"] == nil { all["mine/rulebook.yaml"] = "rulebook: 1\nextends: ../base\n" }
    return try Fixture.withRulebook(all) { try body($0 + "/mine") }
  }

  private func loaded(_ files: [String: String]) throws -> Rulebook {
    try withDerived(files) { folder in
      let result = RulebookLoader.load(directory: folder)
      #expect(result.findings.filter { $0.severity == .error }.map(\.message.en) == [])
      return try #require(result.rulebook).rulebook
    }
  }

  @Test("The example street has no errors, and passes the tests of the default and its own")
  func exampleStreet() throws {
    let result = RulebookLoader.load(directory: Self.exampleStreet)
    #expect(result.findings.filter { $0.severity == .error }.map(\.message.en) == [])
    let compiled = try #require(result.rulebook)
    let base = try #require(RulebookLoader.load(directory: DefaultRulebook.directory).rulebook)
    let results = RuleTests.run(compiled)
    // One new, one in the place of the default's, one dropped with its rule.
    #expect(results.count == RuleTests.run(base).count)
    for result in results { #expect(result.failures.map(\.message.en) == [], "\(result.name)") }
    #expect(compiled.rulebook.name == "示例街道综治中心")
    #expect(compiled.rulebook.levels == base.rulebook.levels)
    #expect(!compiled.rulebook.also.contains { $0.head.id == "hard-cases" })
    #expect(compiled.rulebook.departments["community@yuecheng"]?.title == "月城社区调委会")
  }

  @Test("An empty rulebook that extends another is that rulebook")
  func nothingChanged() throws {
    let base = try #require(RulebookLoader.load(directory: Fixture.path("sample")).rulebook).rulebook
    let derived = try loaded([:])
    #expect(derived.name == base.name)
    #expect(derived.probes == base.probes)
    #expect(derived.departments == base.departments)
    #expect(derived.routes.map(\.lead) == base.routes.map(\.lead))
    #expect(derived.digest != base.digest)
  }

  @Test("override replaces the whole entry, remove drops it, a new id is added")
  func entries() throws {
    let derived = try loaded([
      "routes.yaml": """
      routes:
        - {id: labor, override: true, when: {category: labor}, priority: 3, lead: urban}
        - {id: green-local, remove: true}
        - {id: other, when: {category: other}, lead: leader}
      tests:
        - {name: 物业费争议由社区先办, remove: true}
      """
    ])
    #expect(derived.routes.map(\.head.id) == ["labor", "other", "property", "red"])
    let labor = try #require(derived.routes.first { $0.head.id == "labor" })
    #expect(labor.lead == .department("urban"))
    #expect(labor.head.priority == 3)
    #expect(labor.head.place.file == "routes.yaml")
    #expect(derived.routes.first { $0.head.id == "red" }?.head.place.file == "../base/routes.yaml")
  }

  @Test("Levels, scales and categories are replaced as wholes: their order counts")
  func wholes() throws {
    let derived = try loaded([
      "more.yaml": """
      categories:
        - {id: other, title: 其余}
        - {id: labor, title: 劳资}
        - {id: property, title: 物业}
      """
    ])
    #expect(derived.categories.map(\.title) == ["其余", "劳资", "物业"])
    #expect(derived.levels.count == 3)
  }

  @Test("Reasons and channels are added to, one by one")
  func reasons() throws {
    let derived = try loaded([
      "reasons.yaml": """
      return_reasons:
        - {id: incomplete, remove: true}
        - {id: wrong_area, title: 非本辖区}
      """
    ])
    #expect(derived.returnReasons.map(\.id) == ["not_competent", "wrong_area"])
  }

  @Test("A local day off is added to the base's year; a day that both name follows the rulebook")
  func calendar() throws {
    let derived = try loaded([
      "calendar.yaml": """
      calendar:
        years: {2026: {off: ['2026-03-03'], on: ['2026-10-01']}}
        overlay: {off: ['2026-06-12']}
      """
    ])
    let base = try #require(RulebookLoader.load(directory: Fixture.path("sample")).rulebook).rulebook
    let day: (String) -> Bool? = { CivilDate($0).map { derived.calendar.isWorkingDay($0) } }
    #expect(derived.calendar.hours == base.calendar.hours)
    #expect(day("2026-03-03") == false)
    #expect(day("2026-06-12") == false)
    #expect(day("2026-10-01") == true)
    #expect(day("2026-10-02") == false)
    #expect(derived.calendar.years.keys.sorted() == base.calendar.years.keys.sorted())
  }

  @Test("Areas in areas can be replaced, dropped and added under one of the base")
  func areas() throws {
    let derived = try loaded([
      "areas.yaml": """
      areas:
        - {id: c1, override: true, kind: community, title: 一号社区, aliases: [一社区]}
        - {id: c9, kind: community, title: 九社区, under: street}
      """
    ])
    #expect(derived.areas.areas["c1"]?.title == "一号社区")
    #expect(derived.areas.areas["c1"]?.parent == "street")
    #expect(derived.areas.areas["c9"]?.parent == "street")
    #expect(derived.departments["community@c9"]?.title == "九社区调委会")
  }

  @Test("Rulebooks may extend each other in a chain; the nearest word counts")
  func chain() throws {
    var files: [String: String] = [:]
    for (name, text) in try Fixture.sample() { files["ground/" + name] = text }
    files["city/rulebook.yaml"] = "rulebook: 1\nextends: ../ground\nname: 某市\n"
    files["city/routes.yaml"] =
      "routes: [{id: labor, override: true, when: {category: labor}, lead: urban}]\n"
    files["town/deep/rulebook.yaml"] = "rulebook: 1\nextends: ../../city\n"
    files["town/deep/routes.yaml"] =
      "routes: [{id: labor, override: true, when: {category: labor}, lead: police}]\n"
    try Fixture.withRulebook(files) { folder in
      let result = RulebookLoader.load(directory: folder + "/town/deep")
      let compiled = try #require(result.rulebook)
      #expect(compiled.rulebook.name == "某市")
      #expect(compiled.rulebook.routes.first { $0.head.id == "labor" }?.lead == .department("police"))
      #expect(
        compiled.rulebook.routes.first { $0.head.id == "red" }?.head.place.file == "../../ground/routes.yaml")
    }
  }

  @Test("A chain that is too long is refused")
  func longChain() throws {
    var files: [String: String] = [:]
    for number in 0...9 { files["r\(number)/rulebook.yaml"] = "rulebook: 1\nextends: ../r\(number + 1)\n" }
    try Fixture.withRulebook(files) { folder in
      let findings = RulebookLoader.load(directory: folder + "/r0").findings
      #expect(findings.contains { $0.code == "extends-path" && $0.place.file == "../r8/rulebook.yaml" })
    }
  }

  @Test("A link does not hide that a rulebook extends itself")
  func linkLoop() throws {
    try Fixture.withRulebook(["mine/rulebook.yaml": "rulebook: 1\nextends: ../other\n"]) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/other", withDestinationPath: folder + "/mine")
      let findings = RulebookLoader.load(directory: folder + "/mine").findings
      #expect(findings.contains { $0.code == "extends-loop" })
    }
  }

  @Test("The canonical text holds all rulebooks of the chain and makes the same rulebook again")
  func canonical() throws {
    let first = RulebookLoader.load(directory: Self.exampleStreet)
    let compiled = try #require(first.rulebook)
    let second = try #require(RulebookLoader.load(canonical: compiled.sources))
    #expect(second.rulebook?.rulebook.digest == compiled.rulebook.digest)
    #expect(second.findings == [])
    #expect(second.rulebook?.rulebook.routes.map(\.lead) == compiled.rulebook.routes.map(\.lead))
    #expect(second.rulebook?.sources == compiled.sources)
  }

  @Test("A change in the base is another rulebook")
  func digestOfBase() throws {
    let digest: ([String: String]) throws -> String? = { files in
      try Fixture.withRulebook(files) {
        RulebookLoader.load(directory: $0 + "/mine").rulebook?.rulebook.digest
      }
    }
    var files = ["mine/rulebook.yaml": "rulebook: 1\nextends: ../base\n"]
    for (name, text) in try Fixture.sample() { files["base/" + name] = text }
    let before = try digest(files)
    files["base/routes.yaml", default: ""] += "\n# 改了一句话\n"
    let after = try digest(files)
    #expect(before != nil && after != nil)
    #expect(before != after)
  }

  @Test("A mistyped id to override says which one was probably meant")
  func suggestion() throws {
    let findings = RulebookLoader.load(directory: Fixture.path("broken/override-nothing/rulebook")).findings
    #expect(findings.contains { $0.hint?.en == "did you mean 'property'?" })
    let duplicate = RulebookLoader.load(directory: Fixture.path("broken/duplicate-in-base/rulebook")).findings
    #expect(duplicate.contains { $0.hint?.en.contains("override: true") == true })
    #expect(duplicate.contains { $0.message.en.contains("../base/rules.yaml:6:10") })
  }
}
