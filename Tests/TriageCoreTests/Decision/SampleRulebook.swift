@testable import TriageCore

/// The rulebook of DESIGN.md section 5, built by hand, so that the core is tested without YAML and text matching.
enum Sample {
  static let place = SourcePlace(file: "sample.yaml", line: 1, column: 1)
  /// 2026-09-30T16:00+08:00, a Wednesday.
  static let taken = Instant(seconds: 1_790_755_200)

  static let shanghai = Zone(identifier: "Asia/Shanghai", initialOffset: 8 * 3_600)

  static let calendar = WorkCalendar(
    hours: [
      .init(from: CivilTime(8, 30), until: CivilTime(12, 0)),
      .init(from: CivilTime(14, 30), until: CivilTime(17, 30)),
    ],
    rest: [.sat, .sun], years: [2026: .init()], zone: shanghai)

  static let areas: [AreaTree.Area] = [
    .init(id: "street", kind: "street", title: "某街道"),
    .init(id: "c1", kind: "community", title: "一社区", aliases: ["第一社区"], parent: "street"),
    .init(id: "c2", kind: "community", title: "二社区", parent: "street"),
    .init(id: "c1-g3", kind: "grid", title: "三号网格", parent: "c1"),
  ]

  static let departments: [Department] = [
    Department(id: "center", title: "综治中心", escalatesTo: "leader"),
    Department(id: "leader", title: "分管领导"),
    Department(id: "urban", title: "城建办", escalatesTo: "leader"),
    Department(id: "task-force", title: "街道专班", escalatesTo: "leader"),
    Department(id: "police", title: "派出所", escalatesTo: "leader"),
    Department(id: "community@c1", title: "一社区调委会", escalatesTo: "center", area: "c1"),
    Department(id: "community@c2", title: "二社区调委会", escalatesTo: "center", area: "c2"),
  ]

  static let community = DepartmentTemplate.template(
    source: "community@{area.community}", pieces: ["community@", ""], kinds: ["community"])

  static let probes: [TextProbe] = [
    TextProbe(phrases: ["物业费", "物管费", "停车费"]),
    TextProbe(phrases: ["持刀", "拿着刀", "砍人", "殴打"], lexicon: "violent-act"),
    TextProbe(phrases: ["欠薪", "拖欠工资"]),
    TextProbe(phrases: ["工友", "农民工"]),
  ]

  static let classification: [ClassificationRule] = [
    rule("property-fee", .text(probe: 0), .init(votes: ["property": 1], score: 1)),
    rule("violence", .text(probe: 1), .init(level: "red")),
    rule(
      "wages-of-many",
      .all([
        .text(probe: 2),
        .any([
          .field(.peopleCount, .atLeast(5)), .field(.amount, .atLeast(50_000)), .text(probe: 3),
        ]),
      ]),
      .init(votes: ["labor": 3], level: "yellow", scales: ["difficulty": "complex"], tags: ["group"])),
  ]

  static let routes: [RouteRow] = [
    RouteRow(head: head("green-local", ["level": .level(["green"])], priority: 5), lead: community),
    RouteRow(head: head("property", ["category": .category(["property"])]), lead: .department("urban")),
    RouteRow(head: head("labor", ["category": .category(["labor"])]), lead: .department("center")),
    RouteRow(
      head: head("red", ["level": .level(["red"])], priority: 10), lead: .department("task-force")),
  ]

  static let also = [
    AlsoRow(
      head: head("red-police", ["level": .level(["red"])]), assist: [.department("police")],
      watch: [.department("leader")])
  ]

  static let deadlines: [DeadlineRow] = [
    DeadlineRow(
      head: head("base"),
      limits: [
        .accept: .within(.workingDays(1)), .contact: .within(.workingDays(1)),
        .resolve: .within(.workingDays(5)),
        .return: .within(.workingDays(2)),
      ],
      followUp: [.workingDays(3)], extend: .init(times: 1, by: .workingDays(10)),
      pause: .init(reasons: ["appraisal", "hearing"], max: .days(30))),
    DeadlineRow(
      head: head("yellow", ["level": .level(["yellow"])]), limits: [.resolve: .within(.workingDays(7))],
      followUp: [.workingDays(3), .days(15)]),
    DeadlineRow(
      head: head("red", ["level": .level(["red"])]),
      limits: [.accept: .within(.hours(1)), .resolve: .within(.days(15)), .return: .never]),
    DeadlineRow(
      head: head("confirm", ["category": .category(["labor"])]),
      anchored: .init(stage: "confirm", replyField: "agreement_date", within: .days(30))),
  ]

  static let require = [
    RequireRow(
      head: head("red-close", ["level": .level(["red"])]), before: .resolve, fields: ["result", "measure"],
      approveBy: "leader")
  ]

  static let reminders: [ReminderRow] = [
    ReminderRow(
      head: head("base"), at: [.percent(50), .percent(80), .offset(.workingDays(-1)), .expiry],
      quiet: .some(.init(from: CivilTime(20, 0), until: CivilTime(8, 0))), digest: CivilTime(8, 30)),
    ReminderRow(
      head: head("red", ["level": .level(["red"])]), at: [.offset(.hours(-2)), .expiry], quiet: .some(nil)),
  ]

  static let rulebook = Rulebook(
    name: "某街道综治中心", digest: "sample", caseIDPrefix: "ZZ",
    levels: [
      Level(id: "green", title: "绿色", score: 0), Level(id: "yellow", title: "黄色", score: 5),
      Level(id: "red", title: "红色", score: 10),
    ],
    scales: [
      Scale(
        id: "difficulty", title: "难易",
        values: [
          .init(id: "simple", title: "简易"), .init(id: "complex", title: "复杂"), .init(id: "hard", title: "疑难"),
        ])
    ],
    categories: [
      Category(id: "property", title: "物业纠纷"), Category(id: "labor", title: "劳动争议"),
      Category(id: "other", title: "其他"),
    ],
    fallback: Fallback(category: "other", lead: "center"), areas: AreaTree(areas),
    departments: Dictionary(uniqueKeysWithValues: departments.map { ($0.id, $0) }), calendar: calendar,
    probes: probes, classification: classification, routes: routes, also: also, deadlines: deadlines,
    require: require, reminders: reminders)

  static func rule(
    _ id: RuleID, _ when: Condition, _ gives: ClassificationRule.Gives = .init(), active: Season? = nil
  ) -> ClassificationRule {
    ClassificationRule(id: id, place: place, when: when, gives: gives, active: active)
  }

  static func head(_ id: RuleID, _ keys: [String: Condition] = [:], priority: Int = 0) -> RowHead {
    let when = keys.isEmpty ? Condition.always : .all(keys.sorted { $0.key < $1.key }.map(\.value))
    return RowHead(id: id, place: place, when: when, keys: keys, priority: priority)
  }
}

extension CaseInput {
  /// A case of the hotline.
  static func call(
    _ title: String, _ text: String = "", area: String? = "一社区", people: Int? = nil, amount: Double? = nil,
    fields: [FieldID: FieldValue] = [:]
  ) -> CaseInput {
    CaseInput(
      channel: "hotline", receivedAt: Sample.taken, title: title, text: text, area: area, peopleCount: people,
      amount: amount, fields: fields)
  }
}

extension Rulebook {
  /// The phrases found letter by letter, as strong hits: enough to try the evaluator.
  func plainHits(in input: CaseInput) -> [TextHit] {
    var hits: [TextHit] = []
    for (number, probe) in probes.enumerated() {
      for (phraseNumber, phrase) in probe.phrases.enumerated() {
        for field in probe.fields ?? [.title, .text] {
          guard case .text(let text)? = value(of: field, in: input) else { continue }
          for start in places(of: Array(phrase.unicodeScalars), in: Array(text.unicodeScalars)) {
            hits.append(
              TextHit(
                probe: number, phrase: phraseNumber, field: field, start: start,
                end: start + phrase.unicodeScalars.count, weak: false))
          }
        }
      }
    }
    return hits
  }

  private func places(of phrase: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Int] {
    guard text.count >= phrase.count else { return [] }
    return (0...text.count - phrase.count).filter { text[$0...].starts(with: phrase) }
  }

  func decide(_ input: CaseInput, at instant: Instant = Sample.taken, earlier: [Instant] = []) -> Decision {
    decide(input, hits: plainHits(in: input), at: instant, history: CaseHistory(sameMatter: earlier))
  }

  func facts(_ input: CaseInput) -> CaseFacts {
    facts(of: input, decision: decide(input), takenAt: Sample.taken, history: CaseHistory())
  }

  func with(_ change: (inout Rulebook) -> Void) -> Rulebook {
    var copy = self
    change(&copy)
    return copy
  }
}
