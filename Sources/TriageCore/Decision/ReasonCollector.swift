/// Gathers why a rule fired: the leaves that held, in the order of the condition.
struct ReasonCollector {
  private(set) var reasons: [FiredRule.Reason] = []
  /// A hit that made the condition true lies in the title.
  private(set) var inTitle = false

  /// - Precondition: the condition holds for the subject.
  mutating func collect(_ condition: Condition, _ subject: Evaluation, in rulebook: Rulebook) {
    switch condition {
    case .always: break
    case .text(let probe), .field(_, .matches(let probe)): collect(probe: probe, subject, in: rulebook)
    case .quantity(let test, let probe):
      for hit in subject.evidence.leading(of: probe, passing: test) { add(hit, rulebook.ruleIndex) }
    case .all(let parts):
      for part in parts { collect(part, subject, in: rulebook) }
    case .any(let parts):
      for part in parts where part.holds(subject, in: rulebook) { collect(part, subject, in: rulebook) }
    case .none: reasons.append(.absence)
    case .field(let field, _): reasons.append(.field(field))
    case .area: if let area = subject.area { reasons.append(.area(area)) }
    case .channel: reasons.append(.channel(subject.channel))
    case .tag(let tags): reasons += tags.filter(subject.has(tag:)).map(FiredRule.Reason.tag)
    case .repeated(_, let within):
      reasons.append(.repeated(subject.filings(within: within, calendar: rulebook.calendar)))
    case .during: reasons.append(.time)
    // Later phases: a classification rule with one of these does not hold.
    case .category, .level, .scale: break
    }
  }

  mutating func collect(probe: Int, _ subject: Evaluation, in rulebook: Rulebook) {
    let index = rulebook.ruleIndex
    if let place = subject.evidence.onlyHit(of: probe) {
      add(subject.evidence.hits[place], index)
      return
    }
    for hit in subject.evidence.leading(of: probe) { add(hit, index) }
  }

  /// The title's hits come first, so that the limit leaves none of them unseen.
  private mutating func add(_ hit: borrowing TextHit, _ index: RuleIndex) {
    if hit.field == .title { inTitle = true }
    reasons.append(
      .text(
        field: hit.field, phrase: index.probes.wording(of: hit), start: hit.start, end: hit.end,
        weak: hit.weak))
  }
}
