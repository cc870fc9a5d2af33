import TriageCore
import TriageLedger

/// Invented cases, as the evaluator would hand them to the ledger, with every part filled that a real one can have.
enum Sample {
  static let now = Instant(seconds: 1_795_222_800)  // 2026-11-21 09:00 +08:00
  static let day = CivilDate(year: 2026, month: 11, day: 21) ?? CivilDate(day: 0)

  static func input(_ number: Int, sentences: Int = 12) -> CaseInput {
    CaseInput(
      channel: "hotline", sourceID: "G-\(number)", receivedAt: now + -3600, title: "物业乱收停车费\(number)",
      text: String(
        repeating: "居民反映小区物业公司未经公示擅自提高停车费，多次沟通无果，\"请尽快处理\"。\n", count: sentences),
      area: "一社区", address: "幸福里\(number)号", peopleCount: 12, amount: 36_500.5,
      contact: Contact(name: "张三", phone: "13800000000", other: nil, confidential: true), handled: false,
      result: nil,
      fields: [
        "grid": .text("03"), "score": .number(1.5), "urgent": .flag(true), "since": .date(day),
        "photos": .list(["a.jpg", "b.jpg"]),
      ],
      notes: [.unknownField("经办人"), .receivedAtReplaced(nil), .encoding("GB18030")])
  }

  static var decision: Decision {
    Decision(
      category: "property", secondCategory: "labor", votes: ["property": 3, "labor": 2], level: "yellow",
      score: 5, scales: ["difficulty": "complex"], tags: ["group"], area: "c1", lead: "urban",
      assist: ["police"], watch: ["leader"], route: "property",
      beaten: [BeatenRow(row: "green-local", why: .unfilled("area.community"))], onTheSpot: false,
      fired: [fired("property-fee", "停车费"), fired("group", "多次"), fired("price", "提高")], notes: [],
      rulebook: String(repeating: "ab", count: 32))
  }

  private static func fired(_ rule: RuleID, _ phrase: String) -> FiredRule {
    FiredRule(
      rule: rule, place: SourcePlace(file: "classify/property.yaml", line: 12, column: 5),
      because: [
        .text(field: "text", phrase: phrase, start: 17, end: 20, weak: false),
        .text(field: "title", phrase: phrase, start: 4, end: 7, weak: true), .area("c1"), .absence,
      ], gives: .init(votes: ["property": 1], score: 1), inTitle: true)
  }

  static func deadline(_ stage: Stage, days: Int, item: ItemKey? = nil) -> CaseEvent.DeadlineSet {
    var spans: [DeadlineSpan] = []
    for day in 0..<days + 2 {
      let from = now + Int64(day * 86_400)
      let isHoliday = day % 7 == 5
      let reason: DeadlineSpan.Reason = day == 0 ? .startDay : isHoliday ? .holiday : .workingDay
      spans.append(
        DeadlineSpan(
          from: from, until: from + 86_400, reason: reason, counted: day == 0 ? 0 : 1,
          name: isHoliday ? "国庆节" : nil))
    }
    return CaseEvent.DeadlineSet(
      stage: stage, item: item, department: item == nil ? nil : "urban",
      deadline: Deadline(
        start: now, limit: .workingDays(days), due: now + Int64(days * 86_400), provisional: false,
        arithmetic: spans), row: "base")
  }

  static func taken(_ number: Int, sentences: Int = 12) -> CaseEvent.Taken {
    CaseEvent.Taken(
      input: input(number, sentences: sentences), decision: decision,
      history: CaseHistory(sameMatter: [now + -86_400]),
      assignments: [
        Assignment(key: ItemKey(.lead, 1), department: "urban", openedAt: now, cause: .routed("property")),
        Assignment(key: ItemKey(.assist, 1), department: "police", openedAt: now, cause: .assisting),
      ],
      deadlines: [
        deadline(.accept, days: 1, item: ItemKey(.lead, 1)), deadline(.contact, days: 1),
        deadline(.resolve, days: 5), deadline(.assist, days: 3, item: ItemKey(.assist, 1)),
      ], original: String(repeating: "00", count: 32))
  }

  static var answers: IntakeAnswers {
    IntakeAnswers(
      index: { index($0, $1) },
      decided: { taken, history in
        var taken = taken
        taken.history = history
        return taken
      },
      cited: { state, id in
        let index = CaseIndex(
          id: state.id, phase: .assigned, channel: "hotline", sourceID: nil, title: "", category: "property",
          level: "yellow", lead: "urban", area: nil, takenAt: now, resolvedAt: nil, closedAt: nil,
          nextTimer: nil, version: state.version + 1, items: [], deadlines: [])
        return CaseChange(
          id: state.id, expectedVersion: state.version, events: [.noted(.init(by: nil, text: "\(id)"))],
          effects: [], index: index)
      },
      brought: { _, _ in nil },
      saysMore: { _, _ in nil },
      canMeet: { $0 == $1 })
  }

  /// What the core would derive; the ledger takes it as it is.
  static func index(_ id: CaseID, _ events: [CaseEvent]) -> (index: CaseIndex, effects: [PlannedEffect]) {
    guard case .taken(let taken) = events[0] else { preconditionFailure("a case begins with taken") }
    let items = taken.assignments.map {
      CaseIndex.ItemRow(
        item: ItemID(id, $0.key.role, $0.key.ordinal), department: $0.department, status: $0.status,
        openedAt: $0.openedAt)
    }
    let deadlines = taken.deadlines.map { set in
      CaseIndex.DeadlineRow(
        stage: set.stage, item: set.item.map { ItemID(id, $0.role, $0.ordinal) }, department: set.department,
        start: set.deadline.start, due: set.deadline.due, provisional: set.deadline.provisional, ended: nil)
    }
    let index = CaseIndex(
      id: id, phase: .assigned, channel: taken.input.channel, sourceID: taken.input.sourceID,
      title: taken.input.title, category: taken.decision.category, level: taken.decision.level,
      lead: taken.decision.lead, area: taken.decision.area, takenAt: now, resolvedAt: nil, closedAt: nil,
      nextTimer: now + 43_200, version: events.count, items: items, deadlines: deadlines)
    return (index, items.map { PlannedEffect(.deliver($0.item, $0.department)) })
  }
}
