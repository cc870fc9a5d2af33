/// Why an entry of the rulebook did not fire or decide: the counterpart of the reasons that a decision stores.
extension Rulebook {
  /// The conditions that failed, for a classification rule, a route, an `also` row, a deadline, requirement or reminder
  /// row or an escalation; empty when the entry fired or applies.
  public func whyNot(
    _ rule: RuleID, input: CaseInput, hits: [TextHit], at takenAt: Instant, history: CaseHistory
  ) -> [FailedLeaf] {
    if let wanted = classification.first(where: { $0.id == rule }) {
      return whyNot(wanted, input: input, hits: hits, at: takenAt, history: history)
    }
    let decision = decide(input, hits: hits, at: takenAt, history: history)
    let facts = facts(of: input, decision: decision, takenAt: takenAt, history: history)
    guard let when = rowCondition(of: rule) else { return [FailedLeaf(.unknownRule(rule))] }
    var collector = MissCollector(subject: facts, rulebook: self, input: input, evidence: nil)
    collector.collect(when, isAlternative: false)
    if collector.leaves.isEmpty, decision.route != rule, routes.contains(where: { $0.head.id == rule }),
      let beaten = decision.beaten.first(where: { $0.row == rule })
    {
      return [FailedLeaf(.beaten(beaten.why, by: decision.route))]
    }
    return collector.leaves
  }

  private func whyNot(
    _ rule: ClassificationRule, input: CaseInput, hits: [TextHit], at takenAt: Instant, history: CaseHistory
  ) -> [FailedLeaf] {
    var notes: [IntakeNote] = []
    var evaluation = Evaluation(
      input: input, takenAt: takenAt, sameMatter: history.sameMatter, area: recognise(input, &notes),
      evidence: Evidence(hits, for: ruleIndex))
    _ = evaluation.fire(in: self)
    var collector = MissCollector(
      subject: evaluation, rulebook: self, input: input, evidence: evaluation.evidence)
    let today = calendar.zone.civil(at: takenAt).date
    if let season = rule.active, !season.contains(today) {
      collector.leaves.append(FailedLeaf(.outOfSeason(season, today: today)))
    }
    collector.collect(rule.when, isAlternative: false)
    return collector.leaves
  }

  /// The ids of everything that `whyNot` knows.
  public var entryIDs: [RuleID] {
    classification.map(\.id) + routes.map(\.head.id) + also.map(\.head.id) + deadlines.map(\.head.id)
      + require.map(\.head.id) + reminders.map(\.head.id) + escalation.map(\.id)
  }

  private func rowCondition(of rule: RuleID) -> Condition? {
    let heads =
      routes.map(\.head) + also.map(\.head) + deadlines.map(\.head) + require.map(\.head)
      + reminders.map(\.head)
    return heads.first { $0.id == rule }?.when ?? escalation.first { $0.id == rule }?.when
  }
}

/// Walks a condition that does not hold and gathers the leaves at fault.
struct MissCollector<Subject: ConditionSubject> {
  let subject: Subject
  let rulebook: Rulebook
  let input: CaseInput
  /// Nil for rows, which have no text conditions.
  let evidence: Evidence?
  var leaves: [FailedLeaf] = []

  mutating func collect(_ condition: Condition, isAlternative: Bool) {
    if condition.holds(subject, in: rulebook) { return }
    switch condition {
    case .all(let parts):
      for part in parts { collect(part, isAlternative: isAlternative) }
    case .any(let parts):
      if parts.isEmpty { leaves.append(FailedLeaf(.never, isAlternative: isAlternative)) }
      for part in parts { collect(part, isAlternative: isAlternative || parts.count > 1) }
    case .none(let parts):
      for part in parts where part.holds(subject, in: rulebook) {
        leaves.append(FailedLeaf(.excluded(part, phrases: phrases(of: part)), isAlternative: isAlternative))
      }
    default: leaves.append(FailedLeaf(miss(of: condition), isAlternative: isAlternative))
    }
  }

  private func miss(of leaf: Condition) -> FailedLeaf.Miss {
    let facts = subject.classified
    switch leaf {
    case .text(let probe), .field(_, .matches(let probe)): return .text(probe: probe, textMiss(of: probe))
    case .quantity(let test, let probe): return .quantity(test, quantityMiss(of: probe, test))
    case .field(let field, let test):
      return .field(field, test, had: subject.value(of: field, in: rulebook))
    case .area(let wanted):
      return .area(under: wanted, had: subject.area, written: subject.area == nil ? input.area : nil)
    case .channel(let wanted): return .channel(wanted, had: subject.channel)
    case .tag(let wanted):
      let givers = rulebook.classification.filter { rule in rule.gives.tags.contains(where: wanted.contains) }
      return .tag(wanted, givers: givers.map(\.id).sorted())
    case .category(let wanted): return .category(wanted, had: facts?.category)
    case .level(let wanted): return .level(wanted, had: facts?.level)
    case .scale(let scale, let wanted): return .scale(scale, wanted, had: facts?.scales[scale])
    case .repeated(let atLeast, let within):
      let had = subject.filings(within: within, calendar: rulebook.calendar)
      return .repeated(atLeast: atLeast, within: within, had: had)
    case .during(let workingHours): return .during(workingHours: workingHours)
    case .all, .any, .none, .always: return .never
    }
  }

  /// The nearest miss, and of equally near ones the first: a weak quantity within the bounds, or the one closest to
  /// them (the largest for a lower bound).
  private func quantityMiss(of probe: Int, _ test: QuantityTest) -> FailedLeaf.QuantityMiss {
    guard let evidence else { return .absent }
    let cards = rulebook.ruleIndex.probes
    let hits = evidence.all(of: probe)
    let here = hits.filter { cards.accepts(fieldOf: $0) }
    if let weak = here.first(where: { !cards.accepts($0) && $0.quantity.map(test.holds(for:)) == true }) {
      return .strength(weak)
    }
    let stated = here.compactMap(\.quantity)
    let nearest = stated.min { test.distance(of: $0) < test.distance(of: $1) }
    if let nearest { return .outside(nearest) }
    return hits.isEmpty ? .absent : .elsewhere(Set(hits.map(\.field)).sorted())
  }

  private func textMiss(of number: Int) -> FailedLeaf.TextMiss {
    guard let evidence, rulebook.probes.indices.contains(number) else { return .absent }
    let probe = rulebook.probes[number]
    let cards = rulebook.ruleIndex.probes
    let missing = evidence.missingPhrases(of: number)
    if probe.need == .allPhrases, missing.count < cards.phraseCount(of: number) {
      return .missing(missing.map { cards.phrase($0, of: number) })
    }
    let hits = evidence.all(of: number)
    let here = hits.filter { cards.accepts(fieldOf: $0) }
    if !here.isEmpty { return .strength(Array(here.prefix(Limits.reasonsPerProbe))) }
    if !hits.isEmpty { return .elsewhere(Set(hits.map(\.field)).sorted()) }
    let standing = probe.phrases.filter { stands($0, in: probe.fields ?? [.title, .text]) }
    return standing.isEmpty ? .absent : .cancelled(standing)
  }

  /// Whether the phrase stands in one of the fields letter by letter, whatever the text index made of it.
  private func stands(_ phrase: String, in fields: [FieldID]) -> Bool {
    let wanted = dense(phrase)
    return fields.contains { field in
      guard case .text(let text)? = rulebook.value(of: field, in: input) else { return false }
      let bytes = dense(text)
      return !wanted.isEmpty && bytes.count >= wanted.count
        && (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
    }
  }

  private func dense(_ text: String) -> [UInt8] {
    let scalars = rulebook.areas.normalise(text).unicodeScalars.filter { !$0.properties.isWhitespace }
    return Array(String(String.UnicodeScalarView(scalars)).utf8)
  }

  /// The phrases that made the text conditions of an excluded condition hold.
  private func phrases(of condition: Condition) -> [String] {
    guard let evidence else { return [] }
    switch condition {
    case .text(let probe), .field(_, .matches(let probe)):
      let hits = evidence.leading(of: probe)
      return Set(hits.map { rulebook.ruleIndex.probes.phrase($0.phrase, of: probe) }).sorted()
    case .quantity(let test, let probe):
      let hits = evidence.leading(of: probe, passing: test)
      return Set(hits.map { rulebook.ruleIndex.probes.wording(of: $0) }).sorted()
    case .all(let parts), .any(let parts):
      return parts.filter { $0.holds(subject, in: rulebook) }.flatMap(phrases(of:))
    default: return []
    }
  }
}
