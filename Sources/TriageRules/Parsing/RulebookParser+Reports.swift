import TriageCore

/// Lists, indicators and subsidies.
extension RulebookParser {
  func parseReports() -> ReportPlan {
    ReportPlan(lists: parseLists(), indicators: parseIndicators(), subsidies: parseSubsidies())
  }

  private func parseLists() -> [CaseList] {
    entries("lists", RuleKind.self).map { id, reader in
      defer { reader.finish() }
      let selection = reader.node("where").map { self.selection($0) } ?? CaseSelection()
      return CaseList(
        id: id, title: title(reader, or: id.rawValue), every: reader.node("every").flatMap { cadence($0) },
        selection: selection,
        to: reader.node("to").map { resolveAll($0, &departmentNames) } ?? [])
    }
  }

  private func cadence(_ located: Located) -> Cadence? {
    guard let text = findings.text(located) else { return nil }
    if let cadence = Cadence(text.value) { return cadence }
    findings.error(.wrongValue, text.place, .Rules.notACadence(text.value), hint: .Rules.cadenceHint)
    return nil
  }

  private enum PopulationName: String, CaseIterable { case taken, due, resolved, visited, closed, open }

  private func parseIndicators() -> [Indicator] {
    entries("indicators", RuleKind.self).compactMap { id, reader in
      defer { reader.finish() }
      let title = title(reader, or: id.rawValue)
      let of = population(reader)
      let node = reader.node("where")
      let selection = node.map { self.selection($0, among: of?.isOpen) } ?? CaseSelection()
      let measure =
        findings.word(reader.node("as"), of: [Indicator.Measure.rate, .count])
        ?? (node == nil ? .count : .rate)
      if measure == .rate, node == nil {
        findings.error(.missingKey, reader.place, .Rules.rateWithoutWhere)
      }
      let target = target(reader, measure)
      guard let of else { return nil }
      return Indicator(
        id: id, title: title, of: of, selection: selection, measure: measure, target: target)
    }
  }

  private func population(_ reader: EntryReader) -> Indicator.Population? {
    let name = findings.word(reader.required("of"), of: PopulationName.allCases)
    let stageNode = reader.node("stage")
    if let stageNode, let name, name != .due {
      findings.error(.wrongValue, stageNode.place, .Rules.stageOnlyOfDue)
      return nil
    }
    switch name {
    case .taken: return .taken
    case .due: return stageNode == nil ? .due(.resolve) : stage(stageNode).map(Indicator.Population.due)
    case .resolved: return .resolved
    case .visited: return .visited
    case .closed: return .closed
    case .open: return .open
    case nil: return nil
    }
  }

  /// `target: 90%` is at least so much, `at_most: 5` at most; a rate in percent, a count as a number.
  private func target(_ reader: EntryReader, _ measure: Indicator.Measure) -> Indicator.Target? {
    let least = reader.node("target")
    let most = reader.node("at_most")
    if least != nil, let most {
      findings.error(.wrongValue, most.place, .Rules.twoTargets)
      return nil
    }
    guard let node = least ?? most, let text = findings.text(node) else { return nil }
    let isPercent = text.value.hasSuffix("%")
    let number = Double(isPercent ? String(text.value.dropLast()) : text.value)
    guard isPercent == (measure == .rate), let number, number.isFinite, number >= 0,
      !isPercent || number <= 100
    else {
      findings.error(.wrongValue, text.place, .Rules.badTarget(text.value, isRate: measure == .rate))
      return nil
    }
    return least != nil ? .atLeast(number) : .atMost(number)
  }

  private func parseSubsidies() -> [Subsidy] {
    entries("subsidy", RuleKind.self).compactMap { id, reader in
      defer { reader.finish() }
      let title = title(reader, or: id.rawValue)
      let selection = reader.node("when").map { self.selection($0) } ?? CaseSelection()
      guard let amount = findings.money(reader.required("amount"), in: 0...1_000_000) else { return nil }
      return Subsidy(id: id, title: title, selection: selection, amount: amount)
    }
  }
}
