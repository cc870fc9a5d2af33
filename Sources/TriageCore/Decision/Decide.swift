/// The one evaluator (promise 4): `run`, `explain`, `test`, `check`, `replay` and `simulate` all come through here.
extension Rulebook {
  /// What the rulebook says of a case, and why. Pure and total: the same arguments give the same decision, in
  /// whatever order rules, rows and hits stand.
  ///
  /// - Parameters:
  ///   - hits: what the text index found in the case's fields.
  ///   - takenAt: the time of taking, which seasons, working hours and repeats are measured at.
  ///   - history: earlier cases about the same matter.
  public func decide(
    _ input: CaseInput, hits: [TextHit], at takenAt: Instant, history: CaseHistory
  ) -> Decision {
    var notes = notes(on: input, at: takenAt)
    let area = recognise(input, &notes)
    var evaluation = Evaluation(
      input: input, takenAt: takenAt, sameMatter: history.sameMatter, area: area,
      evidence: Evidence(hits, for: ruleIndex))
    let (fired, tally) = evaluation.fire(in: self)
    let (category, second) = tally.categories(in: self)
    var decision = Decision(
      category: category, secondCategory: second, votes: tally.votesByName(in: self),
      level: tally.level(in: self), score: tally.score, scales: tally.scales(in: self),
      tags: evaluation.tags.sorted(), area: area, lead: fallback.lead,
      onTheSpot: tally.onTheSpot && input.handled && !(input.result?.trimmed.isEmpty ?? true), fired: fired,
      notes: notes, rulebook: digest)
    let choice = route(for: facts(of: input, decision: decision, takenAt: takenAt, history: history))
    decision.lead = choice.lead
    decision.assist = choice.assist
    decision.watch = choice.watch
    decision.route = choice.route
    decision.beaten = choice.beaten
    return decision
  }

  /// What rows may ask of the case, now and years later.
  public func facts(
    of input: CaseInput, decision: Decision, takenAt: Instant, history: CaseHistory
  ) -> CaseFacts {
    var values: [FieldID: FieldValue] = [:]
    for field in Self.builtInFields.keys where field != .title && field != .text {
      if let value = value(of: field, in: input) { values[field] = value }
    }
    for field in input.fields.keys where fields[field] != nil {
      values[field] = value(of: field, in: input)
    }
    return CaseFacts(
      category: decision.category, secondCategory: decision.secondCategory, level: decision.level,
      scales: decision.scales, tags: decision.tags, area: decision.area, channel: input.channel,
      fields: values, takenAt: takenAt, sameMatter: history.sameMatter)
  }

}
