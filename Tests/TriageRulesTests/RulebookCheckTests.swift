import Testing
import TriageCore
import TriageRules

@Suite("Checks look at the rulebook as a whole")
struct RulebookCheckTests {
  /// The sample with more files, or with files replaced.
  private func load(_ more: [String: String], today: String? = nil) throws -> LoadResult {
    let files = try Fixture.sample().merging(more) { $1 }
    return try Fixture.withRulebook(files) {
      RulebookLoader.load(directory: $0, today: today.flatMap { CivilDate($0) })
    }
  }

  private func found(_ more: [String: String], _ code: String, today: String? = nil) throws -> [String] {
    try load(more, today: today).findings.filter { $0.code == code }.map(\.message.en)
  }

  @Test("A row with the conditions of both settles an overlap")
  func settledOverlap() throws {
    let rows = "deadlines:\n  - {id: fee, when: {category: property}, accept: 2h}\n"
    #expect(try found(["more.yaml": rows], "overlap").count == 1)
    let settled = rows + "  - {id: red-fee, when: {category: property, level: red}, accept: 1h}\n"
    #expect(try found(["more.yaml": settled], "overlap") == [])
  }

  @Test("A priority settles an overlap")
  func priority() throws {
    let rows = "deadlines:\n  - {id: fee, when: {category: property}, priority: 1, accept: 2h}\n"
    #expect(try found(["more.yaml": rows], "overlap") == [])
  }

  @Test("Rows that say the same do not contradict each other")
  func sameRows() throws {
    let rows = "deadlines:\n  - {id: fee, when: {category: property}, accept: 1h}\n"
    #expect(try found(["more.yaml": rows], "overlap") == [])
  }

  @Test("The witness of an overlap names what both rows ask for")
  func witness() throws {
    let rows = """
      routes:
        - {id: many, when: {field: people_count, at_least: 10}, priority: 20, lead: center}
        - {id: dear, when: {field: amount, at_least: 50000, area: {under: c1}}, priority: 20, lead: urban}
      """
    let messages = try found(["more.yaml": rows], "overlap")
    #expect(messages.count == 1)
    #expect(messages.first?.contains("area: c1, amount: 50000, people_count: 10") == true)
  }

  @Test("Rows that ask for repeated filings are compared by number and window")
  func repeatedFilings() throws {
    let often = "{id: often, when: {repeat: {at_least: 5, within: 7d}}, priority: 20, lead: urban}"
    let again = "{id: again, when: {repeat: {at_least: 3, within: 30d}}, priority: 20, lead: center}"
    #expect(try found(["more.yaml": "routes: [\(often), \(again)]\n"], "overlap") == [])
    let many = "{id: many, when: {field: people_count, at_least: 5}, priority: 20, lead: urban}"
    let messages = try found(["more.yaml": "routes: [\(many), \(again)]\n"], "overlap")
    #expect(messages.first?.contains("people_count: 5, repeat within 30d: 3") == true)
  }

  @Test("A rule that wants more filings in a short window than it bears in a long one never fires")
  func impossibleFilings() throws {
    let rule = """
      classification:
        - id: never
          when: {repeat: {at_least: 5, within: 7d}, none: [{repeat: {at_least: 3, within: 30d}}]}
          then: {level: red}
      """
    #expect(try found(["more.yaml": rule], "never-fires").count == 1)
  }

  @Test("A test states earlier filings of its case's matter, and only those within the window count")
  func statedHistory() throws {
    let files = """
      classification:
        - {id: third, when: {repeat: {at_least: 3, within: 30d}}, then: {level: yellow}}
      escalation:
        - {id: third-step, on: {repeat: 3}, then: {notify: leader}}
      tests:
        - name: 三十天内第三次
          case: {text: 停水, received_at: 2026-09-30T16:00, history: [2026-09-01T10:00, 2026-09-20T10:00]}
          expect: {level: yellow, fired: [third]}
        - name: 第一次在三十天之前
          case: {text: 停水, received_at: 2026-09-30T16:00, history: [2026-08-30T10:00, 2026-09-20T10:00]}
          expect: {level: green, not_fired: [third]}
      """
    let compiled = try #require(try load(["more.yaml": files]).rulebook)
    for result in RuleTests.run(compiled) {
      #expect(result.failures.map(\.message.en) == [], "\(result.name)")
    }
    #expect(compiled.rulebook.escalation.first { $0.id == "third-step" }?.on == .repeated(atLeast: 3))
  }

  @Test("A repeat asks for at least two filings, and within what time")
  func repeatIsWhole() throws {
    func rule(_ filings: String) -> [String: String] {
      ["more.yaml": "classification: [{id: r, when: {repeat: \(filings)}, then: {level: red}}]\n"]
    }
    #expect(try found(rule("{at_least: 1, within: 7d}"), "wrong-value").count == 1)
    #expect(try found(rule("{at_least: 3}"), "missing-key").count == 1)
    #expect(try found(rule("3"), "wrong-type").count == 1)
  }

  @Test("Conditions that exclude each other are no overlap")
  func exclusive() throws {
    let rows = """
      routes:
        - {id: few, when: {field: people_count, at_most: 4}, priority: 20, lead: center}
        - {id: many, when: {field: people_count, at_least: 5}, priority: 20, lead: urban}
        - {id: other, when: {none: [{field: people_count, present: true}]}, priority: 20, lead: police}
      """
    #expect(try found(["more.yaml": rows], "overlap") == [])
  }

  @Test("A row that is always beaten is never chosen")
  func neverChosen() throws {
    let rows = """
      routes:
        - {id: red-labor, when: {level: red, category: labor}, lead: urban}
      """
    #expect(try found(["more.yaml": rows], "never-fires").count == 1)
  }

  @Test("A rule whose condition contradicts itself never fires")
  func contradiction() throws {
    let rules = """
      classification:
        - id: nobody
          when: {all: [{field: people_count, at_least: 9}, {field: people_count, at_most: 3}]}
          then: {score: 1}
      """
    #expect(try found(["more.yaml": rules], "never-fires").count == 1)
  }

  @Test("A tag may come from another rule, whichever is written first")
  func tagOrder() throws {
    let rules = """
      classification:
        - {id: a-late, when: {tag: hot}, then: {score: 1}}
        - {id: z-early, when: {text: {any: [中暑]}}, then: {tags: [hot]}}
      """
    let rulebook = try #require(try load(["more.yaml": rules]).rulebook).rulebook
    let ids = rulebook.classification.map(\.id)
    let early = try #require(ids.firstIndex(of: "z-early"))
    #expect(early < (try #require(ids.firstIndex(of: "a-late"))))
  }

  @Test("Phrases are compared as they are matched: folded")
  func phrases() throws {
    let lexicon = """
      lexicons:
        - {id: fire, phrases: [着火, 大楼着火, ＡＢＣ电池, abc电池], except: [看着火车, 救护车]}
      """
    #expect(
      try found(["more.yaml": lexicon], "covered-phrase") == [
        "'大楼着火' is covered by the shorter '着火' of the same list",
        "'abc电池' is the same as 'ＡＢＣ电池' of the same list (case, script and width do not count)",
      ])
    let dead = try found(["more.yaml": lexicon], "dead-exception")
    #expect(dead.contains { $0.contains("救护车") })
    #expect(!dead.contains { $0.contains("看着火车' contains") } || dead.count == 4)
  }

  @Test("A calendar that ends soon is a warning, from November on: sixty days before its end")
  func calendar() throws {
    #expect(try found([:], "calendar-ends", today: "2026-10-31") == [])
    #expect(try found([:], "calendar-ends", today: "2026-11-01").count == 1)
    #expect(try found([:], "calendar-ends", today: "2027-03-01").count == 1)
  }

  @Test("A department with nobody above and nobody below is a warning; the top is none")
  func nobodyAbove() throws {
    let rows =
      "departments:\n  - {id: lone, title: 某办}\nalso:\n  - {id: l, when: {level: yellow}, assist: [lone]}\n"
    #expect(try found(["more.yaml": rows], "nobody-above").count == 1)
    #expect(try found([:], "nobody-above") == [])
  }

  @Test("Levels and categories without a route go to the fallback with a warning")
  func routes() throws {
    let messages = try found([:], "no-route")
    #expect(messages == ["such cases have no route and go to the fallback: level: yellow, category: other"])
  }

  @Test("A failing test of the rulebook says what was wanted and what came")
  func failingTest() throws {
    let test = """
      tests:
        - name: 错
          case: {text: 物业费太贵, received_at: 2026-09-30T16:00}
          expect: {level: red, lead: center, resolve_due: 2026-10-12, fired: [violence]}
      """
    let compiled = try #require(try load(["more.yaml": test]).rulebook)
    let result = try #require(RuleTests.run(compiled).first { $0.name == "错" })
    #expect(
      result.failures.map(\.message.en) == [
        "level: red wanted, green found", "lead: center wanted, urban found",
        "the rule 'violence' did not fire",
        "resolve_due: 2026-10-12 wanted, 2026-10-13T17:30:00+08:00 found",
      ])
  }

  @Test("A long line is clipped around the place, so that the caret stays under it")
  func longLine() throws {
    let line = String(repeating: "a", count: 100) + "X" + String(repeating: "b", count: 100)
    let finding = Finding(
      severity: .error, code: .wrongValue, place: SourcePlace(file: "a.yaml", line: 1, column: 101),
      message: Message(zh: "错", en: "wrong"), sourceLine: line)
    let lines = finding.render(language: .en, colour: false).split(separator: "\n")
    let caret = try #require(lines[2].firstIndex(of: "^"))
    #expect(
      lines[1][
        lines[1].index(lines[1].startIndex, offsetBy: lines[2].distance(from: lines[2].startIndex, to: caret))
      ] == "X")
  }

  @Test("An exception in a text condition cancels the hits inside it")
  func exceptInText() throws {
    let rules = """
      classification:
        - {id: fire, when: {text: {any: [着火], except: [看着火车]}}, then: {tags: [fire]}}
      tests:
        - name: 火车
          case: {text: 孩子看着火车, received_at: 2026-09-30T16:00}
          expect: {not_fired: [fire]}
        - name: 着火
          case: {text: 楼道着火了, received_at: 2026-09-30T16:00}
          expect: {fired: [fire]}
      """
    let compiled = try #require(try load(["more.yaml": rules]).rulebook)
    let results = RuleTests.run(compiled).filter { ["火车", "着火"].contains($0.name) }
    #expect(results.count == 2)
    for result in results { #expect(result.failures.map(\.message.en) == [], "\(result.name)") }
  }

  @Test("Once reasons for a pause are declared, others are slips")
  func pauseReasons() throws {
    let reasons = "pause_reasons: [{id: appraisal, title: 鉴定}, {id: court, title: 司法程序}]\n"
    #expect(try found(["more.yaml": reasons], "undefined-reason") == ["there is no reason 'hearing'"])
  }

  @Test("The caret stands under the place, Han characters taking two cells")
  func caret() throws {
    let finding = Finding(
      severity: .error, code: .wrongValue, place: SourcePlace(file: "a.yaml", line: 1, column: 4),
      message: Message(zh: "错", en: "wrong"), sourceLine: "标题: x")
    #expect(
      finding.render(language: .en, colour: false)
        == "a.yaml:1:4: error: wrong [wrong-value]\n  标题: x\n       ^\n")
  }
}
