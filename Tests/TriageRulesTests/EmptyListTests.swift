import Testing
import TriageCore
import TriageText

@testable import TriageRules

/// An empty list asks for nothing, and what asks for nothing holds for every case.
@Suite("Lists with nothing in them")
struct EmptyListTests {
  private func load(_ yaml: String, _ changing: [String: String] = [:]) throws -> LoadResult {
    var files = try Fixture.sample()
    files["more.yaml"] = yaml
    files.merge(changing) { $1 }
    return try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }
  }

  private func errors(_ yaml: String) throws -> [String] {
    try load(yaml).findings.filter { $0.severity == .error }.map {
      "\($0.code) \($0.place.file):\($0.place.line):\($0.place.column)"
    }
  }

  @Test(
    "An empty list in a condition is an error at the list, in rules and in rows, at any depth",
    arguments: [
      "{text: {any: []}}", "{text: {all: []}}", "{text: {lexicon: []}}", "{text: {matches: []}}",
      "{text: {any: [停水], in: []}}", "{tag: []}", "{channel: []}", "{area: {under: []}}", "{all: []}",
      "{any: []}", "{none: []}", "{field: address, in: []}", "{field: address, matches: []}",
      "{quantity: {of: people, at_least: 3, in: []}}",
      "{any: [{text: {any: [停水]}}, {all: [{tag: [ ]}]}]}",
    ])
  func rules(when: String) throws {
    let found = try errors("classification:\n  - {id: r, when: \(when), then: {level: red}}\n")
    #expect(found.count == 1 && found[0].hasPrefix("empty-list more.yaml:2:"), "\(when): \(found)")
    let column = try #require(found[0].split(separator: ":").last.flatMap { Int($0) })
    let line = "  - {id: r, when: \(when), then: {level: red}}"
    #expect(Array(line.unicodeScalars)[column - 1] == "[", "\(when): column \(column)")
  }

  @Test(
    "So in every other list that says what is meant",
    arguments: [
      "routes: [{id: r, when: {level: []}, priority: 9, lead: urban}]",
      "routes: [{id: r, when: {category: []}, priority: 9, lead: urban}]",
      "routes: [{id: r, when: {difficulty: []}, priority: 9, lead: urban}]",
      "routes: [{id: r, when: {level: red}, priority: 99, lead: urban, assist: []}]",
      "also: [{id: r, when: {level: red}, assist: []}]", "also: [{id: r, when: {level: red}, watch: []}]",
      "require: [{id: r, when: {level: red}, priority: 9, before: resolve, fields: [], approve_by: leader}]",
      "reminders: [{id: r, when: {level: green}, priority: 9, at: [0], stages: []}]",
      "escalation: [{id: r, on: {returned: 1}, then: {notify: []}}]",
      "escalation: [{id: r, on: {returned: 1}, then: {notify: leader, assist: []}}]",
      "escalation: [{id: r, on: {cluster: {same: [], at_least: 5, within: 7d}}, then: {alert: center}}]",
      "lists: [{id: r, title: 单, where: {phase: []}, to: center}]",
      "lists: [{id: r, title: 单, where: {lead: []}, to: center}]",
      "lists: [{id: r, title: 单, where: {overdue: []}, to: center}]",
      "lists: [{id: r, title: 单, where: {open: true}, to: []}]",
      "lexicons: [{id: r, phrases: []}]", "classification: [{id: r, when: {tag: x}, then: {tags: []}}]",
      "classification: [{id: r, when: {channel: direct}, then: {category: {}}}]",
      "departments: [{for_each_area: {kind: community, under: []}, id: 'x@{area.id}', escalates_to: center}]",
      "holidays: [{year: 2027, off: []}]",
      "tests: [{name: t, case: {text: x, received_at: 2026-09-30T16:00}, expect: {fired: []}}]",
      "tests: [{name: t, case: {text: x, received_at: 2026-09-30T16:00}, expect: {level: green}, then: []}]",
    ])
  func everywhere(yaml: String) throws {
    let found = try errors(yaml + "\n")
    #expect(found.contains { $0.hasPrefix("empty-list more.yaml:1:") }, "\(yaml): \(found)")
  }

  @Test(
    "Block form, a comment in the brackets, a key with nothing behind it, an item with nothing behind its dash"
  )
  func forms() throws {
    let comment = """
      classification:
        - id: r
          when:
            text:
              any: [  # 待补
                ]
          then: {level: red}
      """
    #expect(try errors(comment) == ["empty-list more.yaml:5:14"])
    let nothing = comment.replacing("[  # 待补\n          ]", with: "# 待补")
    #expect(try errors(nothing) == ["missing-key more.yaml:5:9"])
    #expect(
      try errors(comment.replacing("[  # 待补\n          ]", with: "null")) == ["missing-key more.yaml:5:9"])
    let item = """
      classification:
        - id: r
          when:
            text:
              any:
                - 停水
                -
          then: {level: red}
      """
    #expect(try errors(item).map { $0.prefix(23) } == ["empty-list more.yaml:7:"])
  }

  @Test("A list that may be empty says something by it, or nothing that could go wrong")
  func allowed() throws {
    let yaml = """
      areas: [{id: c9, kind: community, title: 九社区, aliases: [], areas: [], under: street}]
      lexicons: [{id: water, phrases: [停水], except: [], negated_by: [], weakened_by: []}]
      classification: [{id: r, when: {text: {lexicon: water, except: [], negated_by: []}}, then: {level: red}}]
      deadlines: [{id: r, when: {level: green, category: other}, priority: 9, follow_up: [], pause: {reasons: [], max: 3d}}]
      reminders: [{id: r, when: {level: green, category: other}, priority: 9, at: []}]
      boilerplate: []
      lists: []
      subsidy: []
      tests:
        - name: t
          case: {text: x, received_at: 2026-09-30T16:00, history: []}
          expect: {tags: [], assist: []}
      """
    #expect(try errors(yaml) == [])
  }

  @Test("The schema knows the same: every list that may not be empty has an entry at least, and no other")
  func schema() throws {
    let text = RuleSchema(language: .en).text
    #expect(text.contains("\"minItems\": 1"))
    for (mapping, keys) in EmptyLists.allowed {
      let known = Set(mapping.shape.keys.map(\.name))
      #expect(keys.subtracting(known) == [], "\(mapping) has no such keys")
    }
  }

  @Test(
    "Rules that were accepted load for ever with the meaning that they had: an empty list goes on to match")
  func accepted() throws {
    let rules = """
      classification:
        - {id: all, when: {text: {any: []}}, then: {tags: [all], level: yellow}}
        - {id: none, when: {tag: []}, then: {level: yellow}}
      also: [{id: all, when: {tag: all}, watch: [leader]}]
      """
    var files = try Fixture.sample()
    files["more.yaml"] = rules
    #expect(try load(rules).rulebook == nil)
    let sources = CanonicalSource.encode(
      files.map { RulebookDirectory.File(path: $0.key, bytes: Array($0.value.utf8)) })
    let loaded = try #require(RulebookLoader.load(canonical: sources))
    #expect(loaded.findings == [])
    let compiled = try #require(loaded.rulebook)
    #expect(compiled.rulebook.digest == CanonicalSource.digest(sources))
    let decision = compiled.decide(
      CaseInput(channel: "hotline", text: "路灯不亮"), at: Instant(seconds: 1_790_000_000),
      history: CaseHistory(),
      scratch: compiled.text.makeScratch())
    #expect(Set(decision.fired.map(\.rule)).isSuperset(of: ["all", "none"]))
    #expect(decision.level == "yellow")
    #expect(decision.watch == ["leader"])
  }

  @Test("A rulebook built on another is accepted with its base")
  func acceptedBase() throws {
    let upper = """
      rulebook: 1
      extends: ../base
      classification: [{id: all, when: {channel: []}, then: {level: red}}]
      """
    var files = try Fixture.sample().map { (path: "../base/" + $0.key, text: $0.value) }
    files.append(("rulebook.yaml", upper))
    let sources = CanonicalSource.encode(
      files.map { RulebookDirectory.File(path: $0.path, bytes: Array($0.text.utf8)) })
    let compiled = try #require(RulebookLoader.load(canonical: sources)?.rulebook)
    #expect(compiled.rulebook.classification.first { $0.id == "all" }?.when == .all([]))
  }

  @Test("A stored text that is damaged gives no rules, never half of them")
  func damaged() throws {
    var files = try Fixture.sample()
    files["routes.yaml"] = (files["routes.yaml"] ?? "") + "\n  - {id: [\n"
    let sources = CanonicalSource.encode(
      files.map { RulebookDirectory.File(path: $0.key, bytes: Array($0.value.utf8)) })
    #expect(RulebookLoader.load(canonical: sources)?.rulebook == nil)
  }
}
