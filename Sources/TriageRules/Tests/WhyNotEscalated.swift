import TriageCore

/// Why an escalation rule has not been carried out on a case up to now.
struct WhyNotEscalated {
  private let rule: RuleID
  private let course: CaseCourse

  init(_ rule: RuleID, _ course: CaseCourse) {
    self.rule = rule
    self.course = course
  }

  private var rulebook: Rulebook { course.rulebook }

  var messages: [Message] {
    guard let rule = rulebook.escalation.first(where: { $0.id == rule }) else { return [] }
    if !rule.when.holds(for: course.state.facts(under: rulebook), in: rulebook) {
      return [.Rules.escalationElsewhere(rule.id.rawValue)]
    }
    return comes(rule)
  }

  /// When it would come if nobody did anything more.
  private func comes(_ rule: EscalationRule) -> [Message] {
    var ahead = course
    for _ in 0..<Limits.escalationLookAhead {
      guard let next = ahead.nextTimer else { break }
      ahead.advance(to: next)
      if let entry = ahead.log.last(where: { $0.isEscalation(by: rule.id) }) {
        return [.Rules.escalationComesLater(entry.at.clockText(in: rulebook.calendar.zone))]
      }
    }
    if case .overdue(let stage, _) = rule.on, course.state.running(of: stage) == nil {
      return [.Rules.escalationStageNotRunning(.title(of: stage))]
    }
    return [.Rules.escalationHasNoOccasion]
  }
}

extension CaseCourse.Entry {
  fileprivate func isEscalation(by rule: RuleID) -> Bool {
    if case .escalated(let step) = event { step.rule == rule } else { false }
  }
}

extension CaseState {
  fileprivate func running(of stage: Stage) -> Running? {
    runningDeadlines.last { $0.set.stage == stage }
  }
}
