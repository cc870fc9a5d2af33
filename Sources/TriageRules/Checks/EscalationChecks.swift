import TriageCore

/// Escalation rules that fire on one occasion and want different things of the case. All that hold are done, in the order
/// of their ids, so that the last one has its way and nobody is told.
struct EscalationChecks {
  let rulebook: Rulebook
  let findings: Findings
  let witnesses: Witnesses

  func run() {
    let values = CaseValues(rulebook, rulebook.escalation.map { RowCondition(when: $0.when) })
    for (place, rule) in rulebook.escalation.enumerated() {
      for other in rulebook.escalation[..<place] { compare(other, rule, values) }
    }
  }

  private func compare(_ a: EscalationRule, _ b: EscalationRule, _ values: CaseValues) {
    guard let meeting = a.on.meeting(b.on) else { return }
    let differing = a.then.differences(from: b.then, isLadder: meeting != .same)
    if differing.isEmpty { return }
    let both = [RowCondition(when: a.when), RowCondition(when: b.when)]
    switch CaseSearch.run(rulebook, values, wanted: both) {
    case .impossible: return
    case .tooHard:
      findings.warning(
        .overlapUnchecked, b.place, .Rules.overlapUnchecked(a.id.rawValue, b.id.rawValue))
    case .found(let sample): report(a, b, meeting, differing, sample, values, both)
    }
  }

  private func report(
    _ a: EscalationRule, _ b: EscalationRule, _ meeting: EscalationRule.Trigger.Meeting,
    _ differing: [String], _ sample: SampleCase, _ values: CaseValues, _ both: [RowCondition]
  ) {
    let last = max(a.id, b.id)
    let message = Message.Rules.escalationOverlap(
      a.id.rawValue, b.id.rawValue, at: a.place, on: differing, last: last.rawValue,
      sample.description(rulebook))
    let witness = witnesses.find(sample, values, wanted: both)
    let hint = witnesses.hint(.Rules.escalationOverlapHint)
    // A ladder whose upper step comes last does what everybody reads; it does so by its names alone.
    let isLadder = meeting == .firstIsUpper && last == a.id || meeting == .secondIsUpper && last == b.id
    if isLadder {
      findings.warning(.overlap, b.place, message, hint: hint, witness: witness)
    } else {
      findings.error(.overlap, b.place, message, hint: hint, witness: witness)
    }
  }
}

extension EscalationRule.Trigger {
  /// How two occasions meet.
  enum Meeting {
    case same
    /// Each occasion of the one that asks for more is one of the other, too.
    case firstIsUpper, secondIsUpper
  }

  /// Nil: never at one occasion. Times that differ are steps, one after the other.
  fileprivate func meeting(_ other: Self) -> Meeting? {
    switch (self, other) {
    case (.returned(let a), .returned(let b)): Self.meeting(a, b)
    case (.followUp(let found, let a), .followUp(let outcome, let b)):
      found == outcome ? Self.meeting(a, b) : nil
    case (.resolved(let found, let a), .resolved(let result, let b)):
      found == result ? Self.meeting(a, b) : nil
    case (.repeated(let a), .repeated(let b)): Self.meeting(a, b)
    case (.cluster(let a), .cluster(let b)):
      Set(a.same) == Set(b.same) ? Self.meeting(a.atLeast, b.atLeast) : nil
    default: self == other ? .same : nil
    }
  }

  private static func meeting(_ a: Int, _ b: Int) -> Meeting {
    a == b ? .same : a > b ? .firstIsUpper : .secondIsUpper
  }
}

extension EscalationRule.Actions {
  /// What both say and cannot both have.
  /// - Parameter isLadder: one of the two asks for more; of two levels the higher one stays anyhow.
  fileprivate func differences(from other: Self, isLadder: Bool) -> [String] {
    var keys: [String] = []
    let (mine, others) = (handsTo, other.handsTo)
    if !mine.isEmpty, !others.isEmpty, mine != others {
      keys += Set(mine.keys).union(others.keys).sorted()
    }
    if let raiseTo, let level = other.raiseTo, raiseTo != level, !isLadder { keys.append("raise_to") }
    return keys
  }

  /// Who shall have the case; steps up add to each other and hide nothing.
  private var handsTo: [String: String] {
    var ways: [String: String] = [:]
    ways["assign"] = assign?.rawValue
    ways["adjudicate"] = adjudicate?.rawValue
    if escalate > 0 { ways["escalate"] = "up" }
    return ways
  }
}
