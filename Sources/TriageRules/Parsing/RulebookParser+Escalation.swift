import TriageCore

/// Escalation rules: what happens, to which cases, and what is then done.
extension RulebookParser {
  private static let triggers = [
    "overdue", "returned", "follow_up", "resolved", "age", "repeat", "raised", "cluster", "daily",
  ]

  func parseEscalation() -> [EscalationRule] {
    entries("escalation", RuleKind.self).compactMap { id, reader in
      defer { reader.finish() }
      let condition = when(reader, .row).condition
      let on = reader.required("on").flatMap { trigger($0) }
      let then = reader.required("then").flatMap { actions($0) }
      guard let on, let then else { return nil }
      if then.alert == nil, on.isOfMany {
        findings.error(.missingKey, reader.keyPlace("then"), .Rules.wantsAlert, hint: .Rules.wantsAlertHint)
      }
      return EscalationRule(id: id, place: reader.place, on: on, when: condition, then: then)
    }
  }

  private func trigger(_ located: Located) -> EscalationRule.Trigger? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let given = Self.triggers.filter(reader.has)
    // Beside one occasion no other may stand.
    if given.count == 1 { reader.refuse(Self.triggers.filter { $0 != given[0] }) }
    for key in Self.triggers where !given.contains(key) { _ = reader.node(key) }
    guard given.count == 1, let node = reader.node(given[0]) else {
      for key in given { _ = reader.node(key) }
      if given.count != 1 {
        findings.error(.missingKey, reader.place, .Rules.oneTrigger(Self.triggers))
      }
      return nil
    }
    switch given[0] {
    case "overdue":
      let by = findings.limit(reader.required("by"))
      let late = stage(node)
      guard let late, let by else { return nil }
      return .overdue(late, by: by)
    case "repeat": return findings.integer(node, in: Self.filings).map { .repeated(atLeast: $0) }
    case "returned": return findings.integer(node, in: 1...100).map { .returned(times: $0) }
    case "follow_up":
      let count = times(reader)
      return findings.word(node, of: FollowUpOutcome.allCases).map {
        .followUp(outcome: $0.rawValue, times: count)
      }
    case "resolved":
      let count = times(reader)
      return findings.word(node, of: Reply.Result.allCases).map {
        .resolved(result: $0.rawValue, times: count)
      }
    case "raised":
      guard let isMeant = findings.flag(node) else { return nil }
      if !isMeant { findings.error(.wrongValue, node.place, .Rules.onlyTrue("raised")) }
      return isMeant ? .raised : nil
    case "cluster": return cluster(node).map(EscalationRule.Trigger.cluster)
    case "daily":
      let unaccepted = findings.flag(reader.required("unaccepted"))
      if unaccepted == false { findings.error(.wrongValue, reader.place, .Rules.onlyTrue("unaccepted")) }
      guard let time = findings.time(node), unaccepted == true else { return nil }
      return .daily(time)
    default: return findings.limit(node).map(EscalationRule.Trigger.age)
    }
  }

  /// `{same: [category, area.community], at_least: 5, within: 7d}`.
  private func cluster(_ located: Located) -> EscalationRule.Cluster? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let same = reader.required("same")
    let keys = same?.oneOrMore.compactMap { clusterKey($0) }
    let atLeast = findings.integer(reader.required("at_least"), in: 2...10_000)
    let within = findings.limit(reader.required("within"))
    guard let same, let keys, let atLeast, let within else { return nil }
    // The ledger finds cases by category and by area; by level or channel alone it would have to read them all.
    let isFindable = keys.contains { key in
      if case .areaKind = key { true } else { key == .category }
    }
    if !isFindable, keys.count == same.oneOrMore.count {
      findings.error(.wrongValue, same.place, .Rules.clusterTooWide)
    }
    return EscalationRule.Cluster(same: keys, atLeast: atLeast, within: within)
  }

  private func clusterKey(_ located: Located) -> EscalationRule.Cluster.Key? {
    guard let text = findings.text(located) else { return nil }
    switch text.value {
    case "category": return .category
    case "level": return .level
    case "channel": return .channel
    default: break
    }
    let kinds = Set(areaList.map(\.kind)).sorted()
    if text.value.hasPrefix("area."), kinds.contains(String(text.value.dropFirst(5))) {
      return .areaKind(String(text.value.dropFirst(5)))
    }
    let known = ["category", "level", "channel"] + kinds.map { "area." + $0 }
    // The kind may stand in the file that could not be read.
    if text.value.hasPrefix("area."), findings.lacksFile { return nil }
    findings.error(
      .wrongValue, text.place, .Rules.notOneOf(text.value, known),
      hint: findings.nearest(to: text.value, among: known).map { .Rules.didYouMean($0) })
    return nil
  }

  /// What a follow-up visit may find; the words of the case's life.
  private enum FollowUpOutcome: String, CaseIterable {
    case notSatisfied = "not_satisfied"
    case notPerformed = "not_performed"
    case partlyPerformed = "partly_performed"
    case residualRisk = "residual_risk"
    case failed, unreachable
  }

  static let followUpOutcomes = FollowUpOutcome.allCases.map(\.rawValue)

  private func times(_ reader: EntryReader) -> Int {
    findings.integer(reader.node("times"), in: 1...100) ?? 1
  }

  private func actions(_ located: Located) -> EscalationRule.Actions? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    var actions = EscalationRule.Actions()
    actions.notify = reader.node("notify").map { resolveAll($0, &departmentNames) } ?? []
    actions.escalate = findings.integer(reader.node("escalate"), in: 1...10) ?? 0
    actions.raise = findings.integer(reader.node("raise"), in: 1...max(1, levels.count)) ?? 0
    actions.raiseTo = levelNames.resolve(findings.text(reader.node("raise_to")), findings)
    actions.assign = departmentNames.resolve(findings.text(reader.node("assign")), findings)
    actions.assist = reader.node("assist").map { resolveAll($0, &departmentNames) } ?? []
    actions.adjudicate = departmentNames.resolve(findings.text(reader.node("adjudicate")), findings)
    actions.alert = departmentNames.resolve(findings.text(reader.node("alert")), findings)
    actions.reopen = findings.flag(reader.node("reopen")) ?? false
    if reader.keys.isEmpty { findings.error(.givesNothing, located.place, .Rules.givesNothing) }
    return actions
  }
}
