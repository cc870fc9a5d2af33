import Testing

@testable import TriageCore

/// One case on the bench: commands go in, and what must hold of every case is checked after each.
struct Life {
  private(set) var state: CaseState
  private(set) var log: [(event: CaseEvent, at: Instant)] = []
  private(set) var effects: [PlannedEffect] = []
  var rulebook: Rulebook

  /// A case taken on Monday 2 March 2026 at nine unless said otherwise.
  init(
    _ level: LevelID = "yellow", _ category: CategoryID = "property",
    at taken: Instant = at("2026-03-02T09:00"),
    input: CaseInput = .call("物业费"), onTheSpot: Bool = false, earlier: [Instant] = [],
    under rulebook: Rulebook = LifeRulebook.make()
  ) {
    let history = CaseHistory(sameMatter: earlier)
    var decision = Decision(
      category: category, level: level, area: "c1", lead: "center", onTheSpot: onTheSpot, rulebook: "life")
    let route = rulebook.route(
      for: rulebook.facts(of: input, decision: decision, takenAt: taken, history: history))
    decision.lead = route.lead
    decision.assist = route.assist
    decision.watch = route.watch
    decision.route = route.route
    let first = Lifecycle.take(
      input, decision: decision, history: history, at: taken, original: "00", row: nil, under: rulebook)
    self.rulebook = rulebook
    state = CaseState(id: "ZZ20260302-0001", taken: first, at: taken)
    log = [(.taken(first), taken)]
    effects = Lifecycle.effects(of: [.taken(first)], on: state)
  }

  /// Carries out a command that must be allowed.
  @discardableResult
  mutating func perform(
    _ command: Command, at now: Instant, sourceLocation: SourceLocation = #_sourceLocation
  ) -> [CaseEvent] {
    switch Lifecycle.handle(command, on: state, at: now, under: rulebook) {
    case .failure(let refusal):
      Issue.record("refused: \(refusal)", sourceLocation: sourceLocation)
      return []
    case .success(let events):
      for event in events { state.apply(event, at: now) }
      log += events.map { ($0, now) }
      effects += Lifecycle.effects(of: events, on: state)
      return events
    }
  }

  func refusal(of command: Command, at now: Instant) -> Refusal? {
    guard case .failure(let refusal) = Lifecycle.handle(command, on: state, at: now, under: rulebook) else {
      return nil
    }
    return refusal
  }

  /// Lets time pass: every timer up to `end` is performed at its instant.
  @discardableResult
  mutating func run(until end: Instant) -> [CaseEvent] {
    var events: [CaseEvent] = []
    while let next = nextTimer, next <= end {
      let done = perform(.tick, at: next)
      events += done
      if done.isEmpty { break }
    }
    return events
  }

  var nextTimer: Instant? { Lifecycle.nextTimer(of: state, under: rulebook) }

  func due(_ stage: Stage, item: ItemKey? = nil) -> Instant? {
    state.running(stage, item: item)?.set.deadline.due
  }

  func fate(_ stage: Stage, item: ItemKey? = nil) -> CaseEvent.DeadlineEnded.How? {
    state.deadlines.last { $0.set.isOf(stage, item) }?.ended
  }

  func notices(to department: DepartmentID) -> [Notice] {
    state.told.map(\.noticed).filter { $0.department == department }.map(\.notice)
  }

  var reminders: [CaseEvent.Reminded] {
    log.compactMap { if case .reminded(let reminder) = $0.event { reminder } else { nil } }
  }
  var sent: [CaseEvent.Reminded] { reminders.filter { $0.how != .skipped } }

  var escalations: [String] {
    log.compactMap { if case .escalated(let step) = $0.event { step.rule.rawValue } else { nil } }
  }

  func ask(
    _ verb: Request.Verb, _ by: DepartmentID, at now: Instant, _ reason: String = "",
    to department: DepartmentID? = nil
  ) -> Request {
    Request(verb: verb, by: by, at: now, reason: reason, department: department)
  }
}

extension ItemKey {
  static let lead1 = ItemKey(.lead, 1)
  static let lead2 = ItemKey(.lead, 2)
  static let lead3 = ItemKey(.lead, 3)
  static let approve1 = ItemKey(.approve, 1)
  static let approve2 = ItemKey(.approve, 2)
  static let adjudicate1 = ItemKey(.adjudicate, 1)
  static let adjudicate2 = ItemKey(.adjudicate, 2)
  static let assist1 = ItemKey(.assist, 1)
  static let followUp1 = ItemKey(.followUp, 1)
  static let followUp2 = ItemKey(.followUp, 2)
  static let followUp3 = ItemKey(.followUp, 3)
}

extension Reply {
  static let settled = Reply(result: .settled, summary: "双方签字", measure: "上门调解")
  static let notOurs = Reply(returnReason: "not_competent", reason: "属城管职责")
  static let granted = Reply(decision: .grant)
  static let refused = Reply(decision: .refuse, reason: "材料不足")
  static let happy = Reply(performed: .yes, satisfied: .yes, residualRisk: false)
  static let unhappy = Reply(satisfied: .no)
  static let nobodyHome = Reply(satisfied: .unreachable)
}
