import Testing

@testable import TriageCore

/// Random lives: thousands of cases, each driven by random commands of random departments at random times. After
/// every step the case is held against what must always be so.
@Suite("Whatever departments do")
struct LifecycleModelTests {
  static let lives = 2_000
  static let steps = 32

  @Test("The invariants of a case hold through thousands of random lives", arguments: 0..<10)
  func randomLives(part: Int) {
    var reached: Set<CaseState.Phase> = []
    var commands = 0
    for number in 0..<(Self.lives / 10) {
      var life = RandomLife(seed: UInt64(part * 100_000 + number))
      for _ in 0..<Self.steps where life.problem == nil {
        life.step()
        reached.insert(life.state.phase)
      }
      commands += life.performed
      life.replay()
      if let problem = life.problem {
        Issue.record("seed \(part * 100_000 + number): \(problem)")
        return
      }
    }
    #expect(reached.isSuperset(of: [.assigned, .accepted, .returned, .paused, .approval, .followUp]))
    #expect(reached.isSuperset(of: [.closed, .withdrawn, .merged, .diverted]))
    #expect(commands > Self.lives / 10 * 8)
  }
}

/// A case with somebody who does anything to it.
struct RandomLife {
  private(set) var state: CaseState
  private(set) var now: Instant
  private(set) var problem: String?
  /// Commands that were allowed.
  private(set) var performed = 0

  private var random: SeededNumbers
  private var log: [(CaseEvent, Instant)]
  private var keys: Set<String> = []
  private let rulebook: Rulebook
  private let departments: [DepartmentID]

  init(seed: UInt64) {
    random = SeededNumbers(seed: seed)
    rulebook = LifeRulebook.whole
    departments = rulebook.departments.keys.sorted()
    let level = rulebook.levels[random.below(3)].id
    let category = rulebook.categories[random.below(3)].id
    now = at("2026-03-02T00:00") + Int64(random.below(14 * 24 * 60)) * 60
    let life = Life(
      level, category, at: now, earlier: random.chance(10) ? [now + -86_400, now + -3_600] : [],
      under: rulebook)
    state = life.state
    log = life.log.map { ($0.event, $0.at) }
    check(life.log.map(\.event))
  }

  mutating func step() {
    if random.chance(30), let next = Lifecycle.nextTimer(of: state, under: rulebook) {
      if next > now { waitExactly(until: next) }
      return perform(.tick)
    }
    now = now + Int64(random.below(random.chance(20) ? 9 * 86_400 : 30_000))
    perform(random.chance(15) ? .tick : command())
  }

  /// The timer is exact: nothing to do a second before it, something at it.
  private mutating func waitExactly(until next: Instant) {
    if next + -1 > now {
      now = next + -1
      if case .success(let events) = handle(.tick), !events.isEmpty {
        problem = "\(events.count) events a second before the timer: \(events)"
      }
    }
    now = next
    if case .success(let events) = handle(.tick), events.isEmpty {
      problem = "nothing to do at the timer \(next.seconds)"
    }
  }

  /// The state is what its events make of it.
  mutating func replay() {
    if problem == nil, CaseState(id: state.id, events: log) != state { problem = "replay differs" }
  }

  private func handle(_ command: Command) -> Result<[CaseEvent], Refusal> {
    Lifecycle.handle(command, on: state, at: now, under: rulebook)
  }

  private mutating func perform(_ command: Command) {
    guard problem == nil, case .success(let events) = handle(command) else { return }
    let wasOpen = state.phase.isOpen
    for event in events {
      state.apply(event, at: now)
      log.append((event, now))
    }
    performed += events.isEmpty ? 0 : 1
    if !wasOpen, !events.isEmpty, !command.isHousekeeping { problem = "\(command) changed a closed case" }
    check(events)
    if command == .tick { checkProgress() }
  }

  private mutating func checkProgress() {
    if let next = Lifecycle.nextTimer(of: state, under: rulebook), next <= now {
      problem = "timer \(next.seconds) not after the tick at \(now.seconds)"
    }
    if case .success(let again) = handle(.tick), !again.isEmpty {
      problem = "a second tick does more: \(again)"
    }
  }
}

/// What is always so.
extension RandomLife {
  private mutating func check(_ events: [CaseEvent]) {
    guard problem == nil else { return }
    problem =
      leadProblem ?? deadlineProblem ?? (state.phase.isOpen ? nil : closedProblem) ?? effectProblem(events)
    if state.version != log.count { problem = "version \(state.version) of \(log.count) events" }
    if !state.phase.isOpen, events.contains(where: \.isReminder) { problem = "reminded after the close" }
  }

  private var leadProblem: String? {
    guard state.phase.isOpen else { return nil }
    if rulebook.departments[state.lead] == nil { return "no lead" }
    let leads = state.openItems(.lead)
    let judges = state.openItems(.adjudicate)
    switch state.phase {
    case .followUp:
      return leads.isEmpty && judges.isEmpty ? nil : "items of the lead after the resolution"
    case .paused, .assigned, .accepted, .returned, .approval:
      if let judge = judges.first {
        // Asked by a rule, nobody returned anything: there is no lead item until it has answered.
        let fits = leads.allSatisfy { $0.status == .returned } && leads.count <= 1 && judges.count == 1
        return fits && judge.department == state.lead && state.phase != .approval
          ? nil : "adjudicator and lead disagree"
      }
      guard leads.count == 1, let lead = leads.first else { return "\(leads.count) lead items" }
      if lead.department != state.lead { return "lead item with \(lead.department), lead is \(state.lead)" }
      return statusProblem(of: lead)
    case .closed, .withdrawn, .merged, .diverted: return nil
    }
  }

  private func statusProblem(of lead: Assignment) -> String? {
    let fits =
      switch state.phase {
      case .assigned: lead.status == .new
      case .accepted: lead.status == .accepted
      case .approval: lead.status == .done && state.approvalItem != nil
      default: lead.status != .returned
      }
    return fits ? nil : "phase \(state.phase), item \(lead.status)"
  }

  /// Every open stage has a running deadline, and each running deadline a task.
  private var deadlineProblem: String? {
    var missing: [String] = []
    func need(_ stages: [Stage], _ item: ItemKey?) {
      if !stages.contains(where: { state.running($0, item: item) != nil }) {
        missing.append("\(stages) \(item as Any)")
      }
    }
    guard state.phase.isOpen else { return nil }
    if state.phase.isWork || state.phase == .approval { need([.resolve, .redo], nil) }
    for item in state.openAssignments {
      switch item.key.role {
      case .lead: if item.acceptedAt == nil { need([.accept], item.key) }
      case .assist: need([.assist, .whistle], item.key)
      case .approve: need([.approve], item.key)
      case .adjudicate: need([.adjudicate], item.key)
      case .followUp: need([.followUp], nil)
      case .alert: missing.append("no alert")
      }
    }
    if state.phase == .followUp, state.runningDeadlines.isEmpty { missing.append("follow-up") }
    for running in state.runningDeadlines {
      guard let key = running.set.item else { continue }
      if state.assignment(key)?.status == .ended { missing.append("task for \(running.set.stage)") }
    }
    return missing.isEmpty ? nil : "\(state.phase): missing \(missing)"
  }

  private var closedProblem: String? {
    if !state.openAssignments.isEmpty { return "open items in a closed case" }
    if !state.runningDeadlines.isEmpty { return "running deadlines in a closed case" }
    return Lifecycle.nextTimer(of: state, under: rulebook) == nil ? nil : "a closed case has a timer"
  }

  private mutating func effectProblem(_ events: [CaseEvent]) -> String? {
    for planned in Lifecycle.effects(of: events, on: state) {
      if events.contains(where: \.isMending) { continue }
      if !keys.insert(planned.effect.key).inserted { return "effect \(planned.effect.key) twice" }
    }
    return nil
  }
}

/// What departments may think of.
extension RandomLife {
  private mutating func command() -> Command {
    let open = state.openAssignments
    if random.chance(8) { return many() }
    guard let item = random.element(open) ?? state.assignments.last, !random.chance(35) else {
      return .request(request())
    }
    switch random.below(12) {
    case 0, 1, 2: return .accept(item.key)
    case 3: return .takeBack(item.key)
    case 4, 5: return .returnItem(item.key, .notOurs)
    case 6: return .mend(item.key, .redelivered)
    default: return .answer(item.key, reply(item.key.role))
    }
  }

  /// What a rule that looks at many cases does to this one.
  private mutating func many() -> Command {
    let day = rulebook.calendar.zone.civil(at: now).date
    return random.chance(50)
      ? .fire("cluster", occasion: "property/c1")
      : .list(.init(alert: .alert(on: day, number: 1), rule: "cluster", department: "center"))
  }

  private mutating func reply(_ role: Role) -> Reply {
    var reply = Reply()
    switch role {
    case .lead:
      reply.result = random.element(Reply.Result.allCases)
      reply.measure = "调解"
      reply.agreement = random.element(Reply.Agreement.allCases)
      if random.chance(30) { reply.agreementDate = rulebook.calendar.zone.civil(at: now).date }
      if random.chance(10) {
        reply.instalments = [
          .init(date: rulebook.calendar.zone.civil(at: now).date + random.below(40), note: "")
        ]
      }
    case .assist, .alert: reply.summary = "已协助"
    case .approve:
      reply.decision = random.chance(70) ? .grant : .refuse
      reply.reason = "理由"
    case .adjudicate:
      reply.assignTo = random.element(departments)
      reply.reason = "职责如此"
    case .followUp:
      reply.satisfied = random.element([.yes, .basically, .yes, .no, .unreachable, .unreachable])
      reply.performed = random.element([.yes, .yes, .partly, .no])
      reply.residualRisk = random.chance(10)
    }
    return reply
  }

  private mutating func request() -> Request {
    let verb = random.element(Request.Verb.allCases) ?? .note
    let asker = random.chance(60) ? state.lead : random.element(departments + ["center"]) ?? state.lead
    return Request(
      verb: verb, by: asker, at: now, reason: "理由", department: random.element(departments),
      pauseReason: "appraisal", level: random.chance(30) ? random.element(rulebook.levels)?.id : nil,
      into: "ZZ20260101-0001", stage: random.chance(50) ? "confirm" : nil,
      procedure: random.chance(30) ? "court" : "moon")
  }
}

extension Command {
  fileprivate var isHousekeeping: Bool {
    switch self {
    case .mend, .typed: true
    default: false
    }
  }
}

extension CaseEvent {
  fileprivate var isReminder: Bool { if case .reminded = self { true } else { false } }
  fileprivate var isMending: Bool { if case .mended = self { true } else { false } }
}
