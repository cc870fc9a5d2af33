import Testing
import TriageCore
import TriageRules
import TriageText

@Suite("What check says is shown by a case that explain confirms")
struct WitnessTests {
  private func load(_ more: String, names: String = "more.yaml") throws -> LoadResult {
    try Fixture.withRulebook(try Fixture.sample().merging([names: more]) { $1 }) {
      RulebookLoader.load(directory: $0)
    }
  }

  /// The facts that the evaluator finds in the witness of the first finding with that code, as `explain` does.
  private func facts(_ result: LoadResult, _ code: String) throws -> (CaseFacts, CompiledRulebook, Witness) {
    let witness = try #require(result.findings.first { $0.code == code }?.witness)
    let compiled = try #require(result.draft)
    let scratch = compiled.text.makeScratch()
    let decision = compiled.decide(witness.input, at: witness.at, history: CaseHistory(), scratch: scratch)
    let facts = compiled.rulebook.facts(
      of: witness.input, decision: decision, takenAt: witness.at, history: CaseHistory())
    return (facts, compiled, witness)
  }

  @Test("Two routes that overlap both match the witness, whose level and category rules decide")
  func routes() throws {
    let result = try load(
      """
      routes:
        - {id: a-red-labor, when: {level: red, category: labor, channel: hotline}, priority: 30, lead: center}
        - {id: b-many, when: {level: red, field: people_count, at_least: 10}, priority: 30, lead: urban}
      """)
    #expect(result.rulebook == nil)
    let (facts, compiled, witness) = try facts(result, "overlap")
    for row in compiled.rulebook.routes where ["a-red-labor", "b-many"].contains(row.head.id) {
      #expect(row.head.when.holds(for: facts, in: compiled.rulebook), "\(row.head.id)")
    }
    #expect(facts.level == "red" && facts.category == "labor")
    #expect(witness.options.hasPrefix(" --channel hotline"))
    #expect(witness.file.contains("people_count: 10"))
    let beaten = compiled.rulebook.route(for: facts)
    #expect(
      Set([beaten.route].compactMap { $0 } + beaten.beaten.map(\.row)).isSuperset(of: [
        "a-red-labor", "b-many",
      ]))
  }

  @Test("Deadlines that overlap for a tag and a scale have a witness that carries both")
  func deadlines() throws {
    let result = try load(
      """
      deadlines:
        - {id: a-group, when: {tag: group}, priority: 9, resolve: 3wd}
        - {id: b-complex, when: {difficulty: complex}, priority: 9, resolve: 4wd}
      """)
    let (facts, _, _) = try facts(result, "overlap")
    #expect(facts.tags.contains("group") && facts.scales["difficulty"] == "complex")
  }

  @Test("A level and category without a deadline has a witness with neither")
  func gap() throws {
    var files = try Fixture.sample()
    files["deadlines.yaml"] =
      "deadlines:\n  - {id: mild, when: {level: [green, yellow]}, accept: 1wd, resolve: 5wd}\n"
    let result = try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }
    let (facts, compiled, _) = try facts(result, "no-deadline")
    #expect(facts.level == "red")
    #expect(!compiled.rulebook.deadlines.contains { $0.head.when.holds(for: facts, in: compiled.rulebook) })
  }

  @Test("Cases without a route have a witness that goes to the fallback")
  func noRoute() throws {
    let result = try load(
      "classification:\n  - {id: smoke, when: {text: {any: [冒烟]}}, then: {level: yellow}}\n")
    let (facts, compiled, _) = try facts(result, "no-route")
    #expect(compiled.rulebook.route(for: facts).route == nil)
  }

  @Test("A shadowed row has a witness that it matches and another takes, and names the other")
  func shadowed() throws {
    let result = try load("routes:\n  - {id: red-labor, when: {level: red, category: labor}, lead: urban}\n")
    let finding = try #require(result.findings.first { $0.code == "never-fires" })
    #expect(finding.message.en.hasSuffix("binds more: red"))
    let (facts, compiled, _) = try facts(result, "never-fires")
    let choice = compiled.rulebook.route(for: facts)
    #expect(choice.route == "red")
    #expect(choice.beaten.map(\.row).contains("red-labor"))
  }

  @Test("A witness for the hours outside work says at what time")
  func time() throws {
    let result = try load(
      """
      routes:
        - {id: a-night, when: {during: outside_hours}, priority: 30, lead: center}
        - {id: b-labor, when: {category: labor}, priority: 30, lead: urban}
      """)
    let (_, compiled, witness) = try facts(result, "overlap")
    #expect(witness.options.contains("--at 20"))
    #expect(!compiled.rulebook.calendar.isOpen(at: witness.at))
  }

  @Test("Where no rules lead there, the hint says that no case file was found")
  func none() throws {
    let result = try load(
      """
      routes:
        - {id: a-hard, when: {difficulty: hard}, priority: 30, lead: center}
        - {id: b-labor, when: {category: labor}, priority: 30, lead: urban}
      """)
    let finding = try #require(result.findings.first { $0.code == "overlap" })
    #expect(finding.witness == nil)
    #expect(finding.hint?.en.contains("no case file was found") == true)
  }

  @Test("A pattern in the way is sampled")
  func pattern() throws {
    let result = try load(
      """
      classification:
        - {id: bus, when: {text: {matches: '[0-9]{2}路(公交|巴士)(车)?不?停'}}, then: {tags: [bus]}}
      routes:
        - {id: a-bus, when: {tag: bus}, priority: 30, lead: center}
        - {id: b-red, when: {level: red}, priority: 30, lead: urban}
      """)
    let (facts, _, witness) = try facts(result, "overlap")
    #expect(facts.tags.contains("bus") && facts.level == "red")
    #expect(witness.input.text.contains("00路公交停"))
  }

  @Test("The witness is printed below the finding, as a file to save")
  func rendering() throws {
    let result = try load("routes:\n  - {id: red-labor, when: {level: red, category: labor}, lead: urban}\n")
    let finding = try #require(result.findings.first { $0.code == "never-fires" })
    let text = finding.render(language: .en, colour: false)
    #expect(text.contains("  such as this case (save it as case.yaml; triaged explain case.yaml"))
    #expect(text.contains(" confirms it):\n    text: '"))
  }
}
