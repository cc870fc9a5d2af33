import Foundation
import Testing
import TriageCore

@testable import TriageRules

@Suite("What is said to whoever writes rule files on a Chinese keyboard, in a file manager")
struct RuleFileMessageTests {
  private func load(_ more: [String: String]) throws -> LoadResult {
    let files = try Fixture.sample().merging(more) { $1 }
    return try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }
  }

  private func errors(_ yaml: String) throws -> [Finding] {
    try load(["more.yaml": yaml]).findings.filter { $0.severity == .error }
  }

  /// The place of the only error, as `line:column`.
  private func place(_ yaml: String, mentions sign: String) throws -> String {
    let found = try errors(yaml)
    #expect(found.count == 1, "\(found.map { $0.render(language: .en, colour: false) })")
    let finding = try #require(found.first)
    let words = finding.message.en + (finding.hint?.en ?? "")
    #expect(words.contains(sign) || words.contains("full-width"), "\(words)")
    #expect(finding.place.file == "more.yaml")
    return "\(finding.place.line):\(finding.place.column)"
  }

  private func warnings(_ more: [String: String]) throws -> [String] {
    try load(more).findings.filter { $0.severity == .warning && more[$0.place.file] != nil }.map {
      "\($0.code) \($0.place.file):\($0.place.line)"
    }
  }

  @Test(
    "A file of no bytes is refused, and what it would have said is not missed besides; one of comments may stay"
  )
  func emptyFiles() throws {
    for nothing in ["", "\n", "\u{FEFF}\r\n  \n"] {
      let found = try load(["routes.yaml": nothing]).findings.filter { $0.severity == .error }
      #expect(found.map { "\($0.code) \($0.place.file)" } == ["file-empty routes.yaml"])
    }
    #expect(try errors("# 暂时没有\n").isEmpty)
    let accepted = CanonicalSource.encode([.init(path: "rulebook.yaml", bytes: [])])
    #expect(
      RulebookLoader.load(canonical: accepted)?.findings.isEmpty == true, "a stored one is not judged anew")
  }

  @Test("Things that bear one title, or another's id, are named")
  func sameTitles() throws {
    let departments = "departments:\n  - {id: squad, title: 派出所, escalates_to: leader}\n"
    #expect(try warnings(["z.yaml": departments]).contains("same-title z.yaml:2"))
    let id = "departments:\n  - {id: squad, title: police, escalates_to: leader}\n"
    #expect(try warnings(["z.yaml": id]).contains("same-title z.yaml:2"))
    let channel = "channels:\n  - {id: Hotline, title: 热线}\n  - {id: hotline, title: 电话}\n"
    #expect(try warnings(["c.yaml": channel]).contains("same-title c.yaml:3"))
    let apart = "departments:\n  - {id: squad, title: 巡逻队, escalates_to: leader}\n"
    #expect(try !warnings(["z.yaml": apart]).contains { $0.hasPrefix("same-title") })
  }

  @Test(
    "A list that can hold no case is said",
    arguments: [
      "lists:\n  - id: l\n    every: day\n    to: center\n    where: {overdue: true, open: false}\n",
      "lists:\n  - id: l\n    every: day\n    to: center\n    where: {unaccepted: true, open: false}\n",
      "indicators:\n  - id: i\n    of: open\n    as: rate\n    where: {open: false}\n",
      "subsidy:\n  - id: s\n    title: 补贴\n    amount: 90\n    when: {overdue: true, open: false}\n",
    ])
  func impossibleSelections(yaml: String) throws {
    #expect(try warnings(["l.yaml": yaml]) == ["never-fires l.yaml:5"])
    #expect(try warnings(["l.yaml": yaml.replacing("open: false", with: "level: red")]) == [])
  }

  @Test("What may stand in a file that cannot be read is not missed: the kinds of areas of a cluster")
  func lostAreas() throws {
    let found = try load([
      "areas.yaml": "areas:\n  - {id: a, kind: community\n",
      "e.yaml":
        "escalation:\n  - {id: c, on: {cluster: {same: [category, area.community], at_least: 5, within: 7d}}, then: {alert: center}}\n",
    ]).findings.filter { $0.severity == .error }
    #expect(found.map(\.place.file) == ["areas.yaml"])
  }

  @Test(
    "A rule file that an editor named its own way is told its name",
    arguments: ["more.yml", "more.yaml.txt", "more.YAML", "more.Yml.TXT"])
  func names(name: String) throws {
    let found = try load([name: "routes: []\n"]).findings.filter { $0.severity == .error }
    #expect(found.map(\.code) == ["file-kind"])
    #expect(found.first?.hint?.zh == "把它改名为 more.yaml")
  }

  @Test("A row that is never chosen names those that speak of the same")
  func neverChosen() throws {
    let rows = """
      reminders:
        - {id: calm, at: [50%, 0]}
        - {id: confirm, stages: [accept], priority: 9, at: [0]}
        - {id: all, priority: 5, at: [99%, 0]}
      """
    let found = try load(["r.yaml": rows]).findings.first { $0.code == "never-fires" && $0.place.line == 2 }
    #expect(found?.message.en.contains("all") == true)
    #expect(found?.message.en.contains("confirm") == false, "\(found?.message.en ?? "none")")
  }

  @Test("A full-width colon is named at its character, wherever it stands among block entries")
  func colons() throws {
    #expect(
      try place("routes:\n  - id: r\n    priority：30\n    lead: urban\n", mentions: "：") == "3:13")
    #expect(
      try place(
        "routes:\n  - id: r\n    lead: urban\n    when: {level: red}\n    priority：30\n", mentions: "：")
        == "5:13")
    #expect(
      try place(
        "routes:\n  - id: r\n    when: {level: red, category: labor}\n    lead: urban\n      priority：30\n",
        mentions: "：")
        == "5:15")
    #expect(try place("routes：\n  - {id: r, lead: urban}\n", mentions: "：") == "1:7")
    #expect(try place("routes:\n  - id：r\n    lead: urban\n", mentions: "：") == "2:7")
    #expect(try place("routes:\n  - {id: r, priority：30, lead: urban}\n", mentions: "：") == "2:21")
    #expect(
      try place("routes:\n  - id: r\n    when：{level: red}\n    lead: urban\n", mentions: "：") == "3:9")
  }

  @Test("A full-width comma or bracket is named at its character")
  func commas() throws {
    #expect(
      try place("routes:\n  - {id: r, priority: 30，lead: urban}\n", mentions: "，") == "2:25")
    #expect(
      try place("also:\n  - id: r\n    when: {level: red}\n    assist: center，leader\n", mentions: "comma")
        == "4:19")
    #expect(
      try place(
        "also:\n  - id: r\n    when: {level: red}\n    assist:\n      - center、leader\n", mentions: "comma")
        == "5:15")
    #expect(try place("also:\n  - ｛id: r, when: {level: red}, assist: center｝\n", mentions: "｛") == "2:5")
    let warned = try load([
      "more.yaml":
        "lexicons:\n  - id: w\n    phrases:\n      - 停水，断水\nclassification: [{id: w, when: {text: {lexicon: w}}, then: {level: red}}]\n"
    ]).findings.filter { $0.code == "full-width" }
    #expect(warned.map { "\($0.place.line):\($0.place.column)" } == ["4:11"])
  }

  @Test("A full-width bracket that a text may hold is not blamed for what stands elsewhere")
  func innocentBrackets() throws {
    let indented = try errors("tests:\n  - name: 【紧急】漏水\n      case: {text: 漏水}\n")
    #expect(indented.map(\.code) == ["yaml-syntax"], "\(indented.map(\.message.en))")
    #expect(indented.allSatisfy { !$0.message.en.contains("full-width") && !$0.message.zh.contains("全角") })
    let open = try errors("lexicons:\n  - id: w\n    phrases: [【紧急】, 漏水\n")
    #expect(open.allSatisfy { !$0.message.en.contains("full-width") }, "\(open.map(\.message.en))")
    #expect(!open.isEmpty)
  }

  @Test("A fault in the first file is what is said; not what the other files miss because of it")
  func basicFile() throws {
    let whole = try #require(try Fixture.sample()["rulebook.yaml"])
    for (from, to, code) in [
      ("rulebook: 1", "rulebook：1", "yaml-syntax"), ("timezone: ", "timezone: Asia/Beijing #", "wrong-value"),
    ] {
      #expect(whole.contains(from))
      let broken = whole.replacingOccurrences(of: from, with: to)
      let found = try load(["rulebook.yaml": broken]).findings.filter { $0.severity == .error }
      #expect(found.map { "\($0.code) \($0.place.file)" } == ["\(code) rulebook.yaml"])
    }
    let two = try load(["areas.yaml": "areas: [", "zz.yaml": "areas: [｛id: x｝"]).findings
    #expect(two.first?.code == "yaml-syntax", "\(two.map(\.code))")
  }

  @Test("The first entry of a list without its dash is pointed at, not the second one")
  func firstEntryWithoutDash() throws {
    for (yaml, place) in [
      ("lists:\n  # 日清零\n    {id: a, title: 甲}\n\n  - {id: b, title: 乙}\n", "3:5"),
      ("lexicons:\n    id: w\n    phrases:\n      - 漏水\n  - id: v\n    phrases: [停水]\n", "2:5"),
      ("lexicons:\n  id: w\n  phrases: [漏水]\n- id: v\n  phrases: [停水]\n", "2:3"),
    ] {
      let found = try errors(yaml)
      #expect(found.map { "\($0.place.line):\($0.place.column)" } == [place])
      #expect(found.allSatisfy { $0.message.en.contains("'- '") && $0.message.zh.contains("“- ”") })
    }
    let third = try errors("lexicons:\n  - id: w\n    phrases: [漏水]\n    id: v\n   x\n  - id: u\n")
    #expect(third.allSatisfy { !$0.message.en.contains("first entry") }, "\(third.map(\.message.en))")
  }

  @Test("A long line costs no more than its length")
  func longLine() throws {
    let line = String(repeating: "电话：【", count: 50_000)
    let found = try errors("lexicons:\n  - id: w\n    title: \(line)\n   phrases: [漏水]\n")
    #expect(found.first?.code == "yaml-syntax")
  }

  @Test("A full-width colon in a text is a text")
  func texts() throws {
    let yaml = """
      tests:
        - name: 电话：一个
          case:
            text: 联系电话：见附件，level：不是键
            received_at: 2026-09-30T16:00
          expect: {level: green}
      """
    #expect(try errors(yaml).map(\.message.en) == [])
  }

  @Test(
    "A title where the id is wanted brings the id",
    arguments: [
      ("also: [{id: r, when: {level: red}, assist: 城建办}]", "did you mean urban (城建办)?"),
      ("also: [{id: r, when: {level: 红色}, assist: urban}]", "did you mean red (红色)?"),
      ("also: [{id: r, when: {category: 劳动争议}, assist: urban}]", "did you mean labor (劳动争议)?"),
      ("also: [{id: r, when: {difficulty: 疑难}, assist: urban}]", "did you mean hard (疑难)?"),
      ("also: [{id: r, when: {area: {under: 第一社区}}, assist: urban}]", "did you mean c1 (一社区)?"),
      ("also: [{id: r, when: {level: red}, assist: 一社区调委会}]", "did you mean community@c1 (一社区调委会)?"),
      ("also: [{id: r, when: {level: red}, assist: 城建班}]", "did you mean urban (城建办)?"),
      (
        "classification: [{id: r, when: {text: {lexicon: 暴力行为}}, then: {level: red}}]",
        "did you mean violent-act (暴力行为)?"
      ),
      (
        "escalation: [{id: r, on: {overdue: 签收, by: 1wd}, then: {notify: leader}}]",
        "did you mean accept (签收)?"
      ),
      (
        "tests: [{name: t, case: {text: x, received_at: 2026-09-30T16:00}, expect: {fired: [涉暴]}}]",
        "did you mean violence (涉暴)?"
      ),
    ])
  func titles(yaml: String, hint: String) throws {
    #expect(try errors(yaml + "\n").map { $0.hint?.en } == [hint])
  }

  @Test("A name that is like none shows those there are, with their titles")
  func lists() throws {
    let found = try errors("also: [{id: r, when: {level: red}, assist: xyzzy}]\n")
    #expect(found.first?.hint?.en.contains("urban（城建办）") == true)
    #expect(found.first?.hint?.zh.contains("urban（城建办）") == true)
  }

  @Test("No hint names a key that is refused where it is hinted")
  func hints() throws {
    for yaml in [
      "lists: [{id: l, title: 单, where: {txet: 停水}, to: center}]",
      "routes: [{id: r, when: {txt: 停水}, lead: urban}]",
      "routes: [{id: r, when: {quantiti: 3}, lead: urban}]",
      "also: [{id: r, when: {zzzzzz: 停水}, assist: urban}]",
      "lists: [{id: l, title: 单, where: {zzzzzz: 停水}, to: center}]",
    ] {
      let hint = try #require(try errors(yaml + "\n").first { $0.code == "unknown-key" }?.hint?.en)
      let words = hint.split { !$0.isLetter && $0 != "_" }.map(String.init)
      #expect(Set(words).isDisjoint(with: ["text", "quantity", "matches"]), "\(yaml): \(hint)")
    }
    let rule = try errors("classification: [{id: r, when: {zzzzzz: 1}, then: {level: red}}]\n")
    let hinted = try #require(rule.first?.hint?.en)
    #expect(hinted.contains("text") && !hinted.contains("category") && !hinted.contains("level"))
    let on = try errors("escalation: [{id: r, on: {returned: 1, zzzzzz: 1wd}, then: {notify: leader}}]\n")
    #expect(on.first?.hint?.en.contains("overdue") == false)
  }

  @Test("Where a whole number is wanted, that is said")
  func integers() throws {
    for number in ["1.5", "很高", "'10'"] {
      let found = try errors("routes: [{id: r, priority: \(number), lead: urban}]\n")
      #expect(found.first?.message.en.hasPrefix("a whole number") == true, "\(number)")
      #expect(found.first?.message.zh.contains("整数") == true)
    }
  }

  @Test(
    "A copy beside its file is one finding, by whatever name",
    arguments: [
      "routes - 副本.yaml", "routes(1).yaml", "routes (2).yaml", "routes - Copy.yaml", "routes - Copy (3).yaml",
      "routes - 副本 (2).yaml", "副本routes.yaml", "副本 routes.yaml", "复件 routes.yaml", "routes (复件).yaml",
      "routes (另一个复件).yaml", "routes的副本.yaml", "routes 的副本.yaml", "routes 副本 2.yaml", "routes copy.yaml",
      "routes copy 2.yaml", "Copy of routes.yaml", "routes（1）.yaml", "routes_副本.yaml", "routes-备份.yaml",
      "routes.bak.yaml", "routes_old.yaml", "routes20261130.yaml", "新建 routes.yaml", "备份/routes.yaml",
    ])
  func copies(name: String) throws {
    let routes = try #require(try Fixture.sample()["routes.yaml"])
    let found = try load([name: routes]).findings.filter { $0.severity == .error }
    #expect(found.map { "\($0.code) \($0.place.file)" } == ["file-copy \(name)"])
    #expect(found.first?.message.en.contains("'routes.yaml'") == true)
  }

  @Test("A copied folder is one finding, and so is a folder with everything again")
  func folders() throws {
    let sample = try Fixture.sample()
    let lexicons = sample.filter { $0.key.hasPrefix("classify/") }
    #expect(!lexicons.isEmpty)
    var again = ["classify - 副本/more.yaml": "lexicons: [{id: water, phrases: [停水]}]"]
    again["classify/more.yaml"] = again["classify - 副本/more.yaml"]
    for (name, text) in lexicons { again[name.replacing("classify/", with: "classify - 副本/")] = text }
    let one = try load(again).findings.filter { $0.severity == .error }
    #expect(one.map { "\($0.code) \($0.place.file)" } == ["file-copy classify - 副本"])
    let all = Dictionary(uniqueKeysWithValues: sample.map { ("2026年备份/" + $0.key, $0.value) })
    let backup = try load(all).findings.filter { $0.severity == .error }
    #expect(backup.map { "\($0.code) \($0.place.file)" } == ["file-copy 2026年备份"])
  }

  @Test("A file whose name looks like a copy and that has entries of its own is a rule file")
  func namesAlone() throws {
    let own = "lexicons: [{id: water, phrases: [停水]}]\n"
    let rule = "classification: [{id: w, when: {text: {lexicon: water}}, then: {level: red}}]\n"
    let result = try load(["routes (2).yaml": own, "劳动(1).yaml": rule])
    #expect(result.findings.filter { $0.severity == .error }.map(\.message.en) == [])
  }

  @Test("What desktops and editors leave behind is warned of and refuses nothing")
  func leavings() throws {
    let names = [
      "Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini", "routes.yaml.bak", "~$routes.yaml", "~$说明.docx",
      "classify/Thumbs.db", "routes.yaml.orig",
    ]
    let result = try load(Dictionary(uniqueKeysWithValues: names.map { ($0, "x: [") }))
    #expect(result.rulebook != nil)
    let ignored = result.findings.filter { $0.code == "file-ignored" }
    #expect(ignored.map(\.place.file).sorted() == names.sorted())
    #expect(ignored.allSatisfy { $0.severity == .warning })
    let plain = try load([:]).rulebook?.rulebook.digest
    #expect(result.rulebook?.rulebook.digest == plain)
    #expect(try load([".DS_Store": "x", ".~lock.routes.yaml#": "x"]).findings == load([:]).findings)
  }

  @Test("What is wrong with every department of a template is said once")
  func generated() throws {
    let areas = (10..<60).map { "  - {id: v\($0), kind: village, title: 村\($0), under: street}\n" }.joined()
    let made =
      "departments:\n  - {for_each_area: {kind: village}, id: 'village@{area.id}', title: '{area.title}委'}\n"
    let found = try load(["more.yaml": "areas:\n" + areas + made]).findings.filter {
      $0.place.file == "more.yaml"
    }
    let codes = found.filter { $0.place.line == 53 }.map(\.code)
    #expect(Set(codes).count == codes.count && codes.contains("nobody-above"), "\(codes)")
    #expect(found.first { $0.code == "nobody-above" }?.message.en.contains("49 more") == true)
  }
}
