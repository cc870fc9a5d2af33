import TriageCore

/// `where` of lists and indicators and `when` of subsidies: the conditions of rows, and how a case stands.
extension RulebookParser {
  static let standingKeys: Set<String> = [
    "open", "overdue", "unaccepted", "phase", "tier", "lead", "age", "resolved", "returned", "reopened",
    "escalated", "visited", "satisfied", "performed", "agreement", "met", "late",
  ]

  /// All keys of one mapping must hold; warns where no case can fulfil them.
  /// - Parameter isOpen: which cases are asked; nil: open ones and others.
  func selection(_ located: Located, among isOpen: Bool? = nil) -> CaseSelection {
    let selection = read(located)
    if selection.isImpossible(among: isOpen) {
      findings.warning(.neverFires, located.place, .Rules.selectsNothing, hint: .Rules.selectsNothingHint)
    }
    return selection
  }

  private func read(_ located: Located) -> CaseSelection {
    guard let reader = EntryReader(located, findings) else { return CaseSelection() }
    if reader.keys.isEmpty { findings.error(.missingKey, reader.place, .Rules.emptyCondition) }
    let asked = Self.conditionKeys.union(scales.map(\.id.rawValue))
    // Asked for below, to say why they cannot stand here.
    let unfit: Set<String> = ["text", "quantity", "matches"]
    reportUnknown(
      reader, known: asked.union(Self.standingKeys), hinted: asked.subtracting(unfit).union(Self.standingKeys)
    )
    let rest = (located.node.entries ?? []).filter { asked.contains($0.key) }
    let node = Located(file: located.file, node: YamlNode(.mapping(rest), mark: located.node.mark))
    let condition = rest.isEmpty ? Condition.always : condition(node, .row, depth: 0)?.condition ?? .always
    return CaseSelection(
      condition: condition,
      standings: Self.standingKeys.sorted().compactMap { key in
        reader.node(key).flatMap { standing(key, $0) }
      })
  }

  private func reportUnknown(_ reader: EntryReader, known: Set<String>, hinted: Set<String>) {
    for key in reader.keys where !known.contains(key) {
      findings.error(
        .unknownKey, reader.keyPlace(key), .Rules.unknownKey(key),
        hint: findings.nearest(to: key, among: hinted).map { .Rules.didYouMean($0) }
          ?? .Rules.knownKeys(hinted.sorted()))
    }
  }

  private func standing(_ key: String, _ node: Located) -> CaseSelection.Standing? {
    switch key {
    case "open": return findings.flag(node).map { .open($0) }
    case "unaccepted": return findings.flag(node).map { .unaccepted($0) }
    case "reopened": return findings.flag(node).map { .reopened($0) }
    case "escalated": return findings.flag(node).map { .escalated($0) }
    case "visited": return findings.flag(node).map { .visited($0) }
    case "overdue": return overdue(node)
    case "resolved": return resolved(node)
    case "phase": return words(node, CaseState.Phase.allCases).map { .phase($0) }
    case "satisfied": return words(node, Reply.Satisfied.allCases).map { .satisfied($0) }
    case "performed": return words(node, Reply.Performed.allCases).map { .performed($0) }
    case "agreement": return words(node, Reply.Agreement.allCases).map { .agreement($0) }
    case "age": return findings.limit(node).map { .age($0) }
    case "returned": return findings.integer(node, in: 1...100).map { .returned($0) }
    case "tier": return tier(node)
    case "lead":
      let departments = resolveAll(node, &departmentNames)
      return departments.isEmpty ? nil : .lead(departments)
    case "met": return stages(node).map { .met($0) }
    default: return stages(node).map { .late($0) }
    }
  }

  /// `true`, `false`, or stages of which one is overdue.
  private func overdue(_ node: Located) -> CaseSelection.Standing? {
    if isFlag(node) { return findings.flag(node).map { .overdue([], $0) } }
    return stages(node).map { .overdue($0, true) }
  }

  /// `true`, `false`, or results.
  private func resolved(_ node: Located) -> CaseSelection.Standing? {
    if isFlag(node) { return findings.flag(node).map { .resolved([], $0) } }
    return words(node, Reply.Result.allCases).map { .resolved($0, true) }
  }

  private func isFlag(_ node: Located) -> Bool { node.node.text == "true" || node.node.text == "false" }

  private func words<Word: RawRepresentable<String>>(_ node: Located, _ known: [Word]) -> [Word]? {
    let words = node.oneOrMore.compactMap { findings.word($0, of: known) }
    return words.isEmpty ? nil : words
  }

  private func stages(_ node: Located) -> [Stage]? {
    let stages = node.oneOrMore.compactMap { stage($0) }
    return stages.isEmpty ? nil : stages.sorted()
  }

  private func tier(_ node: Located) -> CaseSelection.Standing? {
    let kinds = node.oneOrMore.compactMap { item -> String? in
      guard let kind = findings.text(item), knowsAreaKind(kind) else { return nil }
      if !departments.values.contains(where: { $0.area.flatMap { areas.areas[$0]?.kind } == kind.value }) {
        findings.error(
          .templateNamesNobody, kind.place, .Rules.tierWithoutDepartments(kind.value),
          hint: .Rules.tierWithoutDepartmentsHint(kind.value))
      }
      return kind.value
    }
    return kinds.isEmpty ? nil : .tier(kinds.sorted())
  }
}
