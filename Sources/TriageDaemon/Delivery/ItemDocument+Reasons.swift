import TriageCore

/// Why the item came to this department, and with whom it works on it.
extension ItemDocument {
  func reasons(_ state: CaseState, _ assignment: Assignment, _ writer: inout TextWriter) {
    writer.raw("why:")
    writer.remark(Message.itemWhy[language])
    for line in causeLines(assignment.cause, of: assignment.key.role, state) { bullet(line, &writer) }
    for fired in state.decision.fired { bullet(evidence(of: fired), &writer) }
    let others = state.assignments.filter {
      $0.status != .ended && $0.department != assignment.department && $0.key.role == .assist
    }
    if !others.isEmpty {
      writer.raw("helpers: [")
      for (index, other) in others.enumerated() {
        if index > 0 { writer.raw(", ") }
        writer.quoted(titles[other.department])
      }
      writer.raw("]\n")
    }
    if !state.links.isEmpty {
      writer.line("links: [\(state.links.map(\.to.rawValue).joined(separator: ", "))]")
    }
    if let outcome = outcome(for: assignment, state) { replyLines(outcome, &writer) }
  }

  func bullet(_ text: String, _ writer: inout TextWriter) {
    writer.raw("  - ")
    writer.quoted(text)
    writer.newline()
  }

  /// `涉暴：标题“持刀”、正文“砍人”`: the rulebook's phrases, never the citizen's words.
  private func evidence(of fired: FiredRule) -> String {
    var phrases: [String] = []
    for case .text(let field, let phrase, _, _, let weak) in fired.because {
      let place: String =
        switch field {
        case .title: Message.itemTitleHit[language]
        case .text: Message.itemTextHit[language]
        default: field.rawValue
        }
      let hit = "\(place)“\(phrase)”" + (weak ? Message.itemWeakHit[language] : "")
      if !phrases.contains(hit) && phrases.count < 5 { phrases.append(hit) }
    }
    let title = titles[fired.rule]
    guard !phrases.isEmpty else { return title }
    return language == .zh
      ? "\(title)：\(phrases.joined(separator: "、"))" : "\(title): \(phrases.joined(separator: ", "))"
  }

  private func causeLines(_ cause: Assignment.Cause, of role: Role, _ state: CaseState) -> [String] {
    let message: Message =
      switch cause {
      case .routed(let route): route.map(Message.itemRoute) ?? Message.itemFallback
      case .assisting: Message.causeAssisting(lead: titles[state.lead])
      case .whistled(let by, let reason): Message.causeWhistled(by: titles[by], reason: reason)
      case .adjudicated(let by, let reason): Message.causeAdjudicated(by: titles[by], reason: reason)
      case .reassigned(let by, let reason): Message.causeReassigned(by: titles[by], reason: reason)
      case .escalated(let rule): role == .adjudicate ? .causeDecide(by: rule) : .causeEscalated(by: rule)
      case .raised: Message.causeRaised
      case .reopened(let why): Message.causeReopened(why: why)
      case .returned(let by, let reason, let text):
        Message.causeReturned(by: titles[by], reason: titles[reason], text: text)
      case .asked(let request):
        Message.causeAsked(
          by: titles[request.by], verb: .title(of: request.verb), detail: detail(of: request))
      case .resolution: Message.causeResolution(by: state.resolvedBy.map { titles[$0] } ?? titles[state.lead])
      case .followUp(let number): Message.causeFollowUp(number: number)
      }
    return [message[language]]
  }

  /// What a request wants, in one line for who decides it.
  private func detail(of request: Request) -> String {
    var parts: [String] = []
    if let limit = request.extendBy { parts.append(Message.timeLimit(limit)[language]) }
    if let level = request.level { parts.append(titles[level]) }
    if let reason = request.pauseReason { parts.append(titles[reason]) }
    if let department = request.department { parts.append(titles[department]) }
    if let into = request.into { parts.append(into.rawValue) }
    parts += request.corrections.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if !request.reason.isEmpty { parts.append(request.reason) }
    return parts.joined(separator: language == .zh ? "，" : ", ")
  }

  /// The result that is to be approved or followed up.
  private func outcome(for assignment: Assignment, _ state: CaseState) -> Reply? {
    switch assignment.cause {
    case .resolution(let reply): reply
    case .followUp: state.resolution
    default: nil
    }
  }

  private func replyLines(_ reply: Reply, _ writer: inout TextWriter) {
    writer.raw("outcome:\n")
    func line(_ key: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      writer.raw("  ")
      writer.pair(key, value)
    }
    line("result", reply.result.map { Message.title(of: $0)[language] })
    line("summary", reply.summary)
    line("measure", reply.measure)
    line("agreement", reply.agreement.map { Message.title(of: $0)[language] })
    line("agreement_date", reply.agreementDate?.description)
    for instalment in reply.instalments {
      line("instalment", "\(instalment.date.description) \(instalment.note)")
    }
    line("residual_risk", reply.residualRisk.map { Message.title(ofFlag: $0)[language] })
    line("reason", reply.reason)
    for (key, value) in reply.extra.sorted(by: { $0.key < $1.key }) {
      writer.raw("  ")
      writer.scalarKey(key)
      writer.quoted(value)
      writer.newline()
    }
  }
}
