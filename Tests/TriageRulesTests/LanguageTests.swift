import Testing
import TriageCore
import TriageRules
import TriageText

/// Every construct of DESIGN.md section 5 in the field's words: a rule as an administrator writes it, a case, and
/// whether the rule fires. The sample rulebook lies underneath.
@Suite("The rule language, construct by construct")
struct LanguageTests {
  /// Thursday in working hours.
  private static let morning = "2026-11-19T10:00"

  private static let fields = """
    fields:
      - {id: nature, title: 性质, type: text}
      - {id: households, title: 户数, type: number}
      - {id: has_injury, title: 有人受伤, type: flag}
      - {id: lease_end, title: 租期届满, type: date}
      - {id: photos, title: 照片, type: list}

    """

  private func rulebook(_ yaml: String, changing: [String: String] = [:]) throws -> CompiledRulebook {
    var files = try Fixture.sample()
    files["more.yaml"] = Self.fields + yaml
    files.merge(changing) { $1 }
    return try Fixture.withRulebook(files) { folder in
      let result = RulebookLoader.load(directory: folder)
      let errors = result.findings.filter { $0.severity == .error }
      #expect(errors.map { "\($0.place.line): \($0.message.en)" } == [])
      return try #require(result.rulebook)
    }
  }

  private func decide(_ compiled: CompiledRulebook, _ input: CaseInput, at moment: String = morning) throws
    -> Decision
  {
    let at = try #require(Instant(iso8601: moment, zone: compiled.rulebook.calendar.zone))
    return compiled.decide(input, at: at, history: CaseHistory(), scratch: compiled.text.makeScratch())
  }

  /// Whether a rule with this `when` fires for each of the cases.
  private func fires(_ when: String, active: String = "", at moment: String = morning, _ inputs: CaseInput...)
    throws -> [Bool]
  {
    let compiled = try rulebook(
      """
      classification:
        - id: probe
          when: \(when)
          then: {category: property}
          \(active)
      """)
    return try inputs.map { try decide(compiled, $0, at: moment).fired.contains { $0.rule == "probe" } }
  }

  private func call(
    _ text: String, title: String = "", area: String? = nil, address: String? = nil,
    channel: ChannelID = "hotline",
    people: Int? = nil, amount: Double? = nil, fields: [FieldID: FieldValue] = [:]
  ) -> CaseInput {
    CaseInput(
      channel: channel, title: title, text: text, area: area, address: address, peopleCount: people,
      amount: amount,
      fields: fields)
  }

  // MARK: Text

  @Test("text in a named field looks there alone, in a declared one too")
  func namedField() throws {
    let inTitle = call("详见附件", title: "电梯停运")
    let inText = call("电梯停运三天", title: "求助")
    #expect(try fires("{text: {any: 电梯, in: title}}", inTitle, inText) == [true, false])
    #expect(try fires("{text: {any: 电梯, in: text}}", inTitle, inText) == [false, true])
    #expect(try fires("{text: {any: 电梯, in: [title, text]}}", inTitle, inText) == [true, true])
    #expect(
      try fires("{text: {any: [夜市], in: address}}", call("太吵", address: "解放路夜市口"), call("夜市太吵")) == [
        true, false,
      ])
    #expect(
      try fires(
        "{text: {any: 投诉, in: nature}}", call("x", fields: ["nature": .text("投诉举报")]),
        call("投诉", fields: ["nature": .text("咨询")])) == [true, false])
    #expect(
      try fires("{text: {any: 裂缝, in: photos}}", call("x", fields: ["photos": .list(["全景", "墙面裂缝"])])) == [
        true
      ])
  }

  @Test("all wants every phrase, any one of them, matches a pattern")
  func phrases() throws {
    let both = call("欠薪半年，工友要上访")
    let one = call("欠薪半年")
    #expect(try fires("{text: {all: [欠薪, 上访]}}", both, one) == [true, false])
    #expect(try fires("{text: {any: [欠薪, 上访]}}", both, one) == [true, true])
    #expect(try fires("{text: {any: 欠薪, matches: '工友.{0,4}访'}}", both, one) == [true, false])
  }

  @Test("Weak evidence counts only where the rule asks for it")
  func strength() throws {
    let threat = call("担心他万一持刀伤人")
    let fact = call("他持刀站在门口")
    #expect(try fires("{text: {lexicon: violent-act}}", threat, fact) == [false, true])
    #expect(try fires("{text: {lexicon: violent-act, strength: weak}}", threat, fact) == [true, false])
    #expect(try fires("{text: {lexicon: violent-act, strength: any}}", threat, fact) == [true, true])
  }

  @Test("Negation and weakening can be turned off, or be given words of their own")
  func cues() throws {
    let denied = call("双方没有殴打")
    #expect(try fires("{text: {any: 殴打}}", denied) == [false])
    #expect(try fires("{text: {any: 殴打, negated_by: none}}", denied) == [true])
    #expect(try fires("{text: {any: 殴打, negated_by: [双方]}}", call("双方殴打")) == [false])
    #expect(try fires("{text: {any: 殴打, weakened_by: none}}", call("万一殴打起来")) == [true])
  }

  // MARK: Fields

  @Test("Numbers are compared with numbers, also where the source had text")
  func numbers() throws {
    #expect(
      try fires("{field: people_count, at_least: 5}", call("x", people: 5), call("x", people: 4), call("x"))
        == [true, false, false])
    #expect(
      try fires("{field: amount, at_most: 1000}", call("x", amount: 999.5), call("x", amount: 1001)) == [
        true, false,
      ])
    #expect(
      try fires("{field: households, at_least: 30}", call("x", fields: ["households": .text("32")])) == [true]
    )
    #expect(
      try fires("{field: people_count, in: [1, 2]}", call("x", people: 2), call("x", people: 3)) == [
        true, false,
      ])
  }

  @Test("is, in, present and starts_with, on text, flags and lists")
  func texts() throws {
    let urgent = call(
      "x", fields: ["nature": .text("急难"), "has_injury": .text("是"), "photos": .list(["门口", "楼道"])])
    let plain = call("x", fields: ["nature": .text(" ")])
    #expect(try fires("{field: nature, is: 急难}", urgent, plain) == [true, false])
    #expect(try fires("{field: nature, in: [急难, 愁盼]}", urgent, plain) == [true, false])
    #expect(try fires("{field: nature, present: true}", urgent, plain, call("x")) == [true, false, false])
    #expect(try fires("{field: nature, present: false}", urgent, plain) == [false, true])
    #expect(try fires("{field: nature, starts_with: 急}", urgent, plain) == [true, false])
    #expect(try fires("{field: nature, matches: '急.$'}", urgent, plain) == [true, false])
    #expect(try fires("{field: has_injury, is: true}", urgent, plain) == [true, false])
    #expect(try fires("{field: photos, is: 楼道}", urgent, plain) == [true, false])
    #expect(try fires("{field: source_id, starts_with: WG-}", call("x")) == [false])
  }

  @Test("Days are compared with days")
  func dates() throws {
    let lease = call("x", fields: ["lease_end": .text("2026-12-01")])
    #expect(try fires("{field: lease_end, at_least: 2026-12-01}", lease) == [true])
    #expect(try fires("{field: lease_end, at_most: 2026-11-30}", lease) == [false])
  }

  @Test("all, any and none, inside each other")
  func combinations() throws {
    let when =
      "{all: [{any: [{field: people_count, at_least: 5}, {text: {any: 多人}}]}, {none: [{text: {any: 已解决}}]}]}"
    #expect(
      try fires(when, call("多人围观"), call("x", people: 9), call("多人，已解决"), call("x")) == [
        true, true, false, false,
      ])
  }

  // MARK: Circumstances

  @Test("Area, channel, and whether the office was open")
  func circumstances() throws {
    #expect(
      try fires("{area: {under: street}}", call("x", area: "第一社区"), call("x", area: "别处")) == [true, false])
    #expect(try fires("{area: {under: c1}}", call("x", area: "某街道一社区3号楼")) == [true])
    #expect(try fires("{area: {under: c1}}", call("x", address: "一社区3号楼"), call("我住在一社区")) == [true, true])
    #expect(try fires("{channel: [visit, hotline]}", call("x"), call("x", channel: "mail")) == [true, false])
    #expect(try fires("{during: working_hours}", at: "2026-11-19T10:00", call("x")) == [true])
    #expect(try fires("{during: working_hours}", at: "2026-11-19T13:00", call("x")) == [false])
    #expect(try fires("{during: outside_hours}", at: "2026-11-21T10:00", call("x")) == [true])
  }

  @Test("A season comes every year, also over New Year; a campaign has its years")
  func seasons() throws {
    let winter = "active: {from: 12-01, to: 02-15}"
    for (day, isOn) in [
      ("2026-12-01", true), ("2027-02-15", true), ("2026-11-30", false), ("2027-02-16", false),
    ] {
      #expect(
        try fires("{text: {any: 欠薪}}", active: winter, at: day + "T10:00", call("欠薪")) == [isOn], "\(day)")
    }
    let campaign = "active: {from: 2026-06-01, to: 2026-08-31}"
    for (day, isOn) in [("2026-06-01", true), ("2026-08-31", true), ("2027-07-01", false)] {
      #expect(
        try fires("{text: {any: 欠薪}}", active: campaign, at: day + "T10:00", call("欠薪")) == [isOn], "\(day)")
    }
  }

  // MARK: What rules give

  @Test("A rule may test a tag that another gives, and rows may too; also adds and never repeats the lead")
  func tags() throws {
    let compiled = try rulebook(
      """
      classification:
        - {id: a-late, when: {tag: many}, then: {level: yellow}}
        - {id: z-early, when: {field: people_count, at_least: 10}, then: {tags: [many], category: property}}
      routes:
        - {id: many, when: {tag: many}, priority: 9, lead: center}
      also:
        - {id: many-help, when: {tag: many}, assist: [urban, center], watch: [leader]}
      """)
    let decision = try decide(compiled, call("x", people: 12))
    #expect(decision.level == "yellow")
    #expect(decision.lead == "center")
    #expect(decision.assist == ["urban"])
    #expect(decision.watch == ["leader"])
  }

  @Test("Votes, the weight of the title, and the second category")
  func votes() throws {
    let compiled = try rulebook(
      """
      classification:
        - {id: wages, when: {text: {any: 工资}}, then: {category: {labor: 2}}}
        - {id: fees, when: {text: {any: 物业}}, then: {category: property}}
      """)
    let even = try decide(compiled, call("物业拖着保安的工资"))
    #expect(even.category == "labor")
    #expect(even.secondCategory == "property")
    let titled = try decide(compiled, call("保安的工资没有着落", title: "物业的事"))
    #expect(titled.votes == ["labor": 2, "property": 3])
    #expect(titled.category == "property")
  }

  @Test("Scales are decided like levels, and rows may ask for them")
  func scales() throws {
    let compiled = try rulebook(
      """
      classification:
        - {id: expert, when: {text: {any: 鉴定}}, then: {category: property, difficulty: hard}}
        - {id: several, when: {text: {any: 多次}}, then: {difficulty: complex}}
      also:
        - {id: hard, when: {difficulty: [complex, hard]}, watch: [leader]}
      """)
    let hard = try decide(compiled, call("多次要求鉴定"))
    #expect(hard.scales["difficulty"] == "hard")
    #expect(hard.watch == ["leader"])
    let simple = try decide(compiled, call("一般咨询"))
    #expect(simple.scales["difficulty"] == "simple")
    #expect(simple.watch == [])
  }

  @Test("What was settled on the spot is not handed out")
  func onTheSpot() throws {
    let compiled = try rulebook(
      "classification: [{id: spot, when: {field: handled, is: true}, then: {on_the_spot: true, category: property}}]"
    )
    var input = call("当场调解")
    #expect(try decide(compiled, input).onTheSpot == false)
    input.handled = true
    #expect(try decide(compiled, input).onTheSpot == false)
    input.result = "当场和解"
    #expect(try decide(compiled, input).onTheSpot)
  }

  // MARK: Areas, departments, rows

  @Test("A mediation studio takes the cases of its category in its area, the department all others")
  func studios() throws {
    let compiled = try rulebook(
      """
      departments:
        - {id: studio, title: 一社区红管家议事坊, escalates_to: center}
      classification: [{id: lift, when: {text: {any: 电梯}}, then: {category: property, level: yellow}}]
      routes:
        - {id: studio, when: {category: property, area: {under: c1}}, lead: studio}
      """)
    let local = try decide(compiled, call("电梯停运", area: "一社区"))
    #expect((local.route, local.lead) == ("studio", "studio"))
    let elsewhere = try decide(compiled, call("电梯停运"))
    #expect((elsewhere.route, elsewhere.lead) == ("property", "urban"))
  }

  @Test("for_each_area makes a department for each area of the kind, below the areas named")
  func templates() throws {
    let compiled = try rulebook(
      """
      departments:
        - for_each_area: {kind: grid, under: c2}
          id: 'grid@{area.id}'
          title: '{area.title}网格站（{area.community}）'
          escalates_to: 'community@{area.community}'
      """,
      changing: [
        "areas.yaml": """
        areas:
          - id: street
            kind: street
            title: 某街道
            areas:
              - {id: c1, kind: community, title: 一社区, aliases: [第一社区], areas: [{id: g1, kind: grid, title: 一网格}]}
              - {id: c2, kind: community, title: 二社区, areas: [{id: g2, kind: grid, title: 二网格}]}
        """
      ])
    let departments = compiled.rulebook.departments
    #expect(departments["grid@g1"] == nil)
    #expect(departments["grid@g2"]?.title == "二网格网格站（c2）")
    #expect(departments["grid@g2"]?.escalatesTo == "community@c2")
    #expect(departments["community@c1"] != nil && departments["community@c2"] != nil)
  }

  @Test("A department may have hours of its own")
  func departmentCalendar() throws {
    let compiled = try rulebook(
      "departments: [{id: night, title: 夜市专班, escalates_to: center, calendar: {hours: ['18:00-24:00'], rest: [mon]}}]"
    )
    let calendar = try #require(compiled.rulebook.departmentCalendars["night"])
    let zone = calendar.zone
    #expect(calendar.isOpen(at: try #require(Instant(iso8601: "2026-11-19T20:00", zone: zone))))
    #expect(!calendar.isOpen(at: try #require(Instant(iso8601: "2026-11-23T20:00", zone: zone))))
  }

  @Test("Requirements name fields of the form and of the rulebook, and who approves")
  func requirements() throws {
    let compiled = try rulebook(
      """
      require:
        - {id: red-more, when: {level: red, category: labor}, before: resolve, fields: [result, measure, households], approve_by: leader}
      """)
    let rulebook = compiled.rulebook
    var facts = CaseFacts(category: "labor", level: "red", channel: "hotline", takenAt: Instant(seconds: 0))
    #expect(rulebook.requirements(before: .resolve, for: facts).flatMap(\.fields).contains("households"))
    facts.level = "green"
    #expect(rulebook.requirements(before: .resolve, for: facts).isEmpty)
  }

  @Test("Deadline rows may wait for assists and name who visits")
  func deadlineSettings() throws {
    let compiled = try rulebook(
      "deadlines: [{id: labor-visit, when: {category: labor}, wait_for_assist: true, follow_up_by: center}]")
    let facts = CaseFacts(category: "labor", level: "green", channel: "hotline", takenAt: Instant(seconds: 0))
    #expect(compiled.rulebook.waitsForAssist(for: facts))
    let other = CaseFacts(category: "other", level: "green", channel: "hotline", takenAt: Instant(seconds: 0))
    #expect(!compiled.rulebook.waitsForAssist(for: other))
    #expect(
      compiled.rulebook.deadlines.first { $0.head.id == "labor-visit" }?.followUpBy == .department("center"))
  }
}
