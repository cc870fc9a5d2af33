import TriageCore
import TriageText

/// Compares what a test expects with a case as it stands, and says of each difference why it came to that.
struct ExpectationCheck {
  let expect: RuleTest.Expectation
  let course: CaseCourse
  let compiled: CompiledRulebook
  let scratch: TextScratch

  struct Miss {
    var message: Message
    var because: [Message] = []
  }

  private var state: CaseState { course.state }
  private var rulebook: Rulebook { compiled.rulebook }
  private var zone: Zone { rulebook.calendar.zone }

  var misses: [Miss] {
    if expect.isEmpty { return [] }
    return decided + rules + dues + life
  }

  // MARK: What was decided

  private var decided: [Miss] {
    var misses: [Miss] = []
    let decision = state.decision
    misses += differs("category", expect.category, state.category)
    misses += differs("level", expect.level, state.level)
    for (scale, value) in expect.scales.sorted(by: { $0.key < $1.key }) {
      misses += differs(scale.rawValue, value, decision.scales[scale])
    }
    misses += differs("lead", expect.lead, state.lead)
    misses += differs("assist", expect.assist, state.openItems(.assist).map(\.department).sorted())
    misses += differs("tags", expect.tags, decision.tags.sorted())
    misses += differs("route", expect.route, decision.route ?? RuleTests.fallbackRoute)
    return misses
  }

  private func differs<Value: Equatable & CustomStringConvertible>(
    _ what: String, _ wanted: Value?, _ found: Value?
  ) -> [Miss] {
    guard let wanted, wanted != found else { return [] }
    return [Miss(message: .Rules.testDiffers(what, wanted.description, found?.description ?? "–"))]
  }

  // MARK: Rules

  private var rules: [Miss] {
    let fired = Set(state.decision.fired.map(\.rule))
    let notFired = (expect.fired ?? []).filter { !fired.contains($0) }.map { rule in
      Miss(message: .Rules.testNotFired(rule.rawValue), because: whyNotFired(rule))
    }
    let unwanted = (expect.notFired ?? []).filter { fired.contains($0) }.map { rule in
      Miss(
        message: .Rules.testFired(rule.rawValue),
        because: state.decision.fired.filter { $0.rule == rule }.flatMap(\.because).map {
          .reason($0, in: rulebook)
        })
    }
    return notFired + unwanted
  }

  private func whyNotFired(_ rule: RuleID) -> [Message] {
    rulebook.whyNot(
      rule, input: state.input, hits: compiled.hits(state.input, scratch: scratch), at: state.takenAt,
      history: state.history
    ).map { .failedLeaf($0, in: rulebook) }
  }

  // MARK: Deadlines

  private var dues: [Miss] {
    expect.due.sorted { $0.key < $1.key }.compactMap { stage, wanted in
      let found = state.runningDeadlines.filter { $0.set.stage == stage }.map(\.set.deadline.due)
      if matches(wanted, found) { return nil }
      let shown = found.map { $0.iso8601(in: zone) }.joined(separator: ", ")
      return Miss(
        message: .Rules.testDiffers(
          stage.rawValue + "_due", words(wanted), shown.isEmpty ? "none" : shown),
        because: fate(of: stage))
    }
  }

  private func matches(_ wanted: RuleTest.Due, _ found: [Instant]) -> Bool {
    switch wanted {
    // A close of business at 24:00 belongs to the day that it ends.
    case .day(let day):
      found.contains { zone.civil(at: $0).date == day || zone.civil(at: $0 + -1).date == day }
    case .instant(let instant): found.contains(instant)
    case .notRunning: found.isEmpty
    }
  }

  private func words(_ due: RuleTest.Due) -> String {
    switch due {
    case .day(let day): day.description
    case .instant(let instant): instant.iso8601(in: zone)
    case .notRunning: "none"
    }
  }

  /// How the stage ended that was expected to run.
  private func fate(of stage: Stage) -> [Message] {
    guard state.running(stage) == nil, let last = state.deadlines.last(where: { $0.set.stage == stage }),
      let ended = last.ended, let at = last.endedAt
    else { return [] }
    return [
      .Rules.testStageEnded(
        .title(of: stage), due: last.set.deadline.due.clockText(in: zone), .title(of: ended),
        at.clockText(in: zone))
    ]
  }

  // MARK: The course

  private var life: [Miss] {
    var misses = reminders + escalations
    misses += differs("phase", expect.phase?.rawValue, state.phase.rawValue)
    misses += items
    misses += closing
    let told = Set(state.told.map(\.noticed.department))
    for department in expect.told ?? [] where !told.contains(department) {
      misses.append(Miss(message: .Rules.testNotTold(rulebook.title(of: department))))
    }
    return misses
  }

  private var reminders: [Miss] {
    let days = course.reminderDays
    guard let wanted = expect.reminders, wanted != days.count else { return [] }
    let shown = days.map { day in
      Message.Rules.testReminderDay(day.day.description, rulebook.title(of: day.department))
    }
    return [Miss(message: .Rules.testDiffers("reminders", "\(wanted)", "\(days.count)"), because: shown)]
  }

  private var escalations: [Miss] {
    let done = course.escalations
    let shown = done.isEmpty ? "–" : done.map(\.rawValue).joined(separator: ", ")
    let missing = (expect.escalatedBy ?? []).filter { !done.contains($0) }.map { rule in
      Miss(
        message: .Rules.testDiffers("escalated_by", rule.rawValue, shown),
        because: WhyNotEscalated(rule, course).messages)
    }
    let unwanted = (expect.notEscalatedBy ?? []).filter { done.contains($0) }.map { rule in
      Miss(message: .Rules.testEscalated(rule.rawValue))
    }
    return missing + unwanted
  }

  private var items: [Miss] {
    guard let wanted = expect.items else { return [] }
    var found: [DepartmentID: [Role]] = [:]
    for item in state.openAssignments { found[item.department, default: []].append(item.key.role) }
    found = found.mapValues { $0.sorted { $0.rawValue < $1.rawValue } }
    if found == wanted { return [] }
    return [Miss(message: .Rules.testDiffers("items", Self.words(wanted), Self.words(found)))]
  }

  private static func words(_ items: [DepartmentID: [Role]]) -> String {
    items.isEmpty
      ? "–"
      : items.sorted { $0.key < $1.key }
        .map { "\($0.key): \($0.value.map(\.rawValue).joined(separator: "+"))" }.joined(separator: ", ")
  }

  private var closing: [Miss] {
    let found = state.closedHow.map { SnakeCase.of($0.rawValue) } ?? "false"
    switch expect.closed {
    case nil: return []
    case .open?: return state.closedHow == nil ? [] : differs("closed", "false", found)
    case .closed?: return state.closedHow == nil ? differs("closed", "true", found) : []
    case .how(let how)?: return differs("closed", SnakeCase.of(how.rawValue), found)
    }
  }
}
