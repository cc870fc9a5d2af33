import TriageCore
import TriageText

/// One test on its way through the case's life.
struct RuleTestRun {
  let test: RuleTest
  let compiled: CompiledRulebook
  let scratch: TextScratch
  private(set) var course: CaseCourse
  /// Requirements that stopped a resolution leave no event.
  private var tried = RulesInUse()
  private var failures: [RuleTestResult.Failure] = []

  private var rulebook: Rulebook { compiled.rulebook }

  init(_ test: RuleTest, _ compiled: CompiledRulebook, _ scratch: TextScratch) {
    self.test = test
    self.compiled = compiled
    self.scratch = scratch
    let history = test.history
    let decision = compiled.decide(test.input, at: test.at, history: history, scratch: scratch)
    let taken = Lifecycle.take(
      test.input, decision: decision, history: history, at: test.at, original: "", row: nil,
      under: compiled.rulebook)
    course = CaseCourse(
      id: CaseID(compiled.rulebook.caseIDPrefix), taken: taken, at: test.at, under: compiled.rulebook)
  }

  mutating func result() -> RuleTestResult {
    look(for: test.expect, at: test.place, step: nil)
    for step in test.steps { take(step) }
    var used = course.rulesInUse
    used.formUnion(tried)
    let shown = failures.isEmpty || test.steps.isEmpty ? [] : timeline
    return RuleTestResult(
      name: test.name, place: test.place, failures: failures, timeline: shown, used: used)
  }

  private mutating func take(_ step: RuleTest.Step) {
    course.advance(to: step.at)
    let refusal = step.action.map { perform($0, step) } ?? .none
    compareRefusal(refusal, step)
    look(for: step.expect, at: step.place, step: step)
  }

  private mutating func look(for expect: RuleTest.Expectation, at place: SourcePlace, step: RuleTest.Step?) {
    let check = ExpectationCheck(expect: expect, course: course, compiled: compiled, scratch: scratch)
    for miss in check.misses {
      fail(miss.message, miss.because, at: place, step)
    }
  }

  private mutating func fail(
    _ message: Message, _ because: [Message] = [], at place: SourcePlace, _ step: RuleTest.Step?
  ) {
    let zone = rulebook.calendar.zone
    let told = step.map { Message.Rules.testStep($0.written, $0.at.clockText(in: zone), message) } ?? message
    failures.append(RuleTestResult.Failure(place: place, message: told, because: because))
  }

  /// What happened, without the notices, which repeat it, and without what was not sent.
  private var timeline: [RuleTestResult.Line] {
    course.log.compactMap { entry in
      switch entry.event {
      case .noticed: return nil
      case .reminded(let reminder) where reminder.how == .skipped: return nil
      default: break
      }
      return RuleTestResult.Line(at: entry.at, text: .timeline(entry.event, in: rulebook))
    }
  }

  // MARK: Actions

  private enum Outcome {
    case none
    case refused(Refusal)
    /// There is nothing that the department could do it with.
    case impossible(Message)
  }

  private mutating func perform(_ action: RuleTest.Action, _ step: RuleTest.Step) -> Outcome {
    let command: Command
    switch self.command(for: action, at: step.at) {
    case .success(let found): command = found
    case .failure(let outcome): return outcome.outcome
    }
    if case .answer(let key, _) = command, key.role == .lead {
      tried.addRequirements(course.state.facts(under: rulebook), rulebook)
    }
    if case .failure(let refusal) = course.perform(command, at: step.at) { return .refused(refusal) }
    return .none
  }

  private struct NoCommand: Error { var outcome: Outcome }

  private func command(for action: RuleTest.Action, at: Instant) -> Result<Command, NoCommand> {
    func item(_ role: Role?, _ make: (ItemKey) -> Command) -> Result<Command, NoCommand> {
      guard let item = self.item(role, of: action.by, for: action.deed) else {
        let who = action.by.map { rulebook.title(of: $0) }
        return .failure(NoCommand(outcome: .impossible(.Rules.testNoItem(action.name, who, holders))))
      }
      return .success(make(item.key))
    }
    switch action.deed {
    case .accept: return item(nil) { .accept($0) }
    case .takeBack: return item(nil) { .takeBack($0) }
    case .returnItem(let reply): return item(nil) { .returnItem($0, reply) }
    case .answer(let role, let reply): return item(role) { .answer($0, reply) }
    case .request(var request):
      request.by = action.by ?? course.state.lead
      request.at = at
      return compiled.command(for: request, on: course.state, scratch: scratch)
        .mapError { NoCommand(outcome: .refused($0)) }
    }
  }

  /// The item that the deed is done with: the oldest on which it can be done, else the oldest there is.
  private func item(_ role: Role?, of department: DepartmentID?, for deed: RuleTest.Deed) -> Assignment? {
    let items = course.state.openAssignments.filter { item in
      (role == nil || item.key.role == role) && (department == nil || item.department == department)
    }
    let fitting = items.first { item in
      switch deed {
      case .accept: item.status == .new
      case .takeBack: item.status == .done
      case .returnItem: item.key.role == .lead || item.key.role == .assist
      case .answer, .request: item.status == .new || item.status == .accepted
      }
    }
    return fitting ?? items.first
  }

  /// Who has what, in words.
  private var holders: [Message] {
    course.state.openAssignments.map { item in
      let (name, role) = (rulebook.title(of: item.department), Message.title(of: item.key.role))
      return Message(zh: "\(name)（\(role.zh)）", en: "\(name) (\(role.en))")
    }
  }

  private mutating func compareRefusal(_ outcome: Outcome, _ step: RuleTest.Step) {
    let zone = rulebook.calendar.zone
    switch (outcome, step.expect.refused) {
    case (.none, nil), (.refused, .anyhow?): break
    case (.none, .some): fail(.Rules.testNotRefused(step.action?.name), at: step.place, step)
    case (.impossible(let why), _): fail(why, at: step.place, step)
    case (.refused(let refusal), let expected):
      if case .because(let name)? = expected, name == refusal.name { return }
      let words = Message.refusal(
        refusal, when: { $0.clockText(in: zone) }, name: { rulebook.title(of: $0) })
      fail(.Rules.testRefused(step.action?.name ?? "", refusal.name, words), at: step.place, step)
    }
  }
}

extension Refusal {
  /// The reason's name as tests write it: `returns_final`.
  var name: String { SnakeCase.of(String("\(self)".prefix { $0 != "(" })) }
}
