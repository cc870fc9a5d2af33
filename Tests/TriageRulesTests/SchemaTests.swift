import Testing
import TriageCore

@testable import TriageRules

@Suite("The schema of rule files and their parser know the same keys")
struct SchemaTests {
  private static let rulebooks = [
    Fixture.path("sample"), Fixture.path("every-key"), DefaultRulebook.directory,
    DefaultRulebook.directory + "/../example-street",
  ]

  /// What readers asked of each kind of mapping, in all rulebooks.
  private struct Asked {
    var keys: [RuleMapping: Set<String>] = [:]
    /// Of rulebooks: scales, fields, stages of their own.
    var own: Set<String> = []

    mutating func read(_ directory: String) throws {
      let findings = Findings()
      findings.asked = [:]
      let chain = RulebookChain.read(.directory(directory), findings)
      let parser = RulebookParser(sections: chain.sections(findings), findings: findings)
      _ = parser.parse()
      #expect(findings.sorted.filter { $0.severity == .error }.map(\.message.en) == [], "\(directory)")
      own.formUnion(parser.scales.map(\.id.rawValue) + parser.fields.keys.map(\.rawValue))
      own.formUnion(parser.anchoredStages.map { $0.rawValue + "_due" })
      for file in chain.files {
        guard let root = try YamlReader.read(file.bytes, limits: .ruleFile).root else { continue }
        visit(root, .mapping(.file), file.path, findings.asked ?? [:])
      }
    }

    private mutating func visit(
      _ node: YamlNode, _ shape: RuleShape, _ file: String, _ asked: [SourcePlace: Set<String>]
    ) {
      switch shape {
      case .mapping(let mapping):
        guard let entries = node.entries else { return }
        keys[mapping, default: []].formUnion(asked[SourcePlace(file: file, mark: node.mark)] ?? [])
        for key in mapping.shape.keys {
          if let entry = entries.first(where: { $0.key == key.name }) {
            visit(entry.value, key.shape, file, asked)
          }
        }
      case .list(let item): for node in node.items ?? [] { visit(node, item, file, asked) }
      case .oneOrMore(let item): for node in node.items ?? [node] { visit(node, item, file, asked) }
      case .either(let shapes): for shape in shapes { visit(node, shape, file, asked) }
      case .table(_, let item): for entry in node.entries ?? [] { visit(entry.value, item, file, asked) }
      default: break
      }
    }
  }

  @Test("Every key that the parser asks for is declared, and every declared key is asked for")
  func sameKeys() throws {
    var asked = Asked()
    for directory in Self.rulebooks { try asked.read(directory) }
    for mapping in RuleMapping.allCases {
      let shape = mapping.shape
      let found = try #require(asked.keys[mapping], "no rulebook has a \(mapping.rawValue)")
      let declared = Set(shape.keys.map(\.name))
      let undeclared = found.subtracting(declared).subtracting(asked.own).subtracting(shape.refused)
        .subtracting(shape.isEntry ? ["override", "remove"] : [])
      #expect(undeclared.sorted() == [], "the schema lacks keys of \(mapping.rawValue)")
      #expect(declared.subtracting(found).sorted() == [], "nobody reads these keys of \(mapping.rawValue)")
    }
  }

  @Test("Every key and every mapping says what it is for, in both languages")
  func descriptions() {
    for mapping in RuleMapping.allCases {
      let silent = mapping.shape.keys.map(\.name).filter { !Message.Schema.describes(mapping.rawValue, $0) }
      #expect(silent == [], "\(mapping.rawValue)")
      for key in mapping.shape.keys {
        let about = Message.Schema.about(mapping.rawValue, key.name)
        #expect(
          !about.zh.isEmpty && !about.en.isEmpty && about.zh != about.en, "\(mapping.rawValue).\(key.name)")
      }
    }
    for kind in RuleNameKind.allCases { #expect(Message.Schema.describes("name", kind.rawValue), "\(kind)") }
  }

  @Test(
    "What the parser takes for a duration the schema takes too",
    arguments: [
      "5wd", "24h内", "3天内", "5 working days", "2个钟头", "30 自然日", "十五个工作日", "一百八十天", "５天", "当日下班前", "eod",
      "5 WD", "兩個工作日", "2周", "+3d", "當日", "當天", "5天內", "EOD", "兩個工作日內", "3天內", "5 Days", "5 Working Days",
      "當日下班前", "当日内", "2小時", "3個鐘頭以內", "30個日曆日",
    ])
  func durations(text: String) throws {
    let form = try Regex(TextForm.positiveLimit.pattern)
    _ = try #require(TimeLimit(lenient: text), "the parser")
    #expect(text.firstMatch(of: form) != nil, "the schema")
    let files = try Fixture.sample().merging([
      "more.yaml": "deadlines: [{id: more, when: {level: red}, accept: '\(text)'}]\n"
    ]) { $1 }
    let found = try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }.findings
    #expect(!found.contains { $0.place.file == "more.yaml" && $0.code == "wrong-value" }, "the rules")
  }

  @Test("What is no duration is none for the parser and the schema")
  func noDurations() throws {
    let form = try Regex(TextForm.positiveLimit.pattern)
    for wrong in ["0d", "０天", "5", "x", "半个月", "5天6小时", "eodx"] {
      #expect(wrong.firstMatch(of: form) == nil && (TimeLimit(lenient: wrong)?.count ?? 0) == 0, "\(wrong)")
    }
  }

  @Test("What the parser takes for the time of a reminder the schema takes too")
  func slots() throws {
    let form = try Regex(TextForm.slot.pattern)
    for text in ["50%", "50％", "0", "-1wd", "+2小时", "every 1wd max 10", "every 2 天 max 3"] {
      #expect(text.firstMatch(of: form) != nil, "\(text)")
      let files = try Fixture.sample().merging(["more.yaml": "reminders: [{id: more, at: '\(text)'}]\n"]) {
        $1
      }
      let found = try Fixture.withRulebook(files) { RulebookLoader.load(directory: $0) }.findings
      #expect(!found.contains { $0.place.file == "more.yaml" && $0.code == "wrong-value" }, "\(text)")
    }
  }

  @Test("A schema of one rulebook offers its names, also those that templates make")
  func names() throws {
    let compiled = try #require(RulebookLoader.load(directory: Fixture.path("sample")).rulebook)
    let text = RuleSchema(language: .zh, of: compiled).text
    #expect(text.contains("\"community@c1\""))
    #expect(text.contains("\"violent-act\""))
    #expect(text.contains("\"difficulty\": {"))
    #expect(text.contains("\"simple\", \"complex\", \"hard\""))
    #expect(!RuleSchema(language: .zh).text.contains("\"violent-act\""))
  }
}
