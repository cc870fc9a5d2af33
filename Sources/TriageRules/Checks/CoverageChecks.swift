import TriageCore

/// Levels and categories for which a deadline or a route is missing.
struct CoverageChecks {
  private static let shown = 5

  let rulebook: Rulebook
  let findings: Findings
  let parser: RulebookParser
  let witnesses: Witnesses

  func run() {
    for stage in [Stage.accept, .resolve] { checkDeadlines(stage) }
    checkRoutes()
  }

  private func checkDeadlines(_ stage: Stage) {
    let rows = rulebook.deadlines.filter { $0.limits[stage] != nil }.map { RowCondition(when: $0.head.when) }
    if rows.contains(where: { $0.when == .always }) { return }
    let values = CaseValues(rulebook, rows + pairs)
    let gaps = pairs.compactMap { pair -> Gap? in
      guard case .found(let sample) = CaseSearch.run(rulebook, values, wanted: [pair], excluded: rows) else {
        return nil
      }
      return Gap(pair: pair, sample: sample)
    }
    if gaps.isEmpty { return }
    let witness = witness(gaps, values, excluded: rows)
    findings.error(
      .noDeadline, place(of: "deadlines"),
      .Rules.noDeadline(
        stage.rawValue, shown(gaps), more: max(0, gaps.count - Self.shown)),
      hint: witnesses.hint(.Rules.noDeadlineHint(stage.rawValue)), witness: witness)
  }

  /// A pair is without a route when no route can match it, wherever the case is.
  private func checkRoutes() {
    let table = rulebook.choiceTables.first { $0.section == "routes" }
    let rows = table?.rows.map(\.condition) ?? []
    if rows.contains(where: { $0.when == .always }) { return }
    let values = CaseValues(rulebook, rows + pairs)
    let gaps = pairs.compactMap { pair -> Gap? in
      let matches = rows.contains { row in
        if case .impossible = CaseSearch.run(rulebook, values, wanted: [pair, row]) { false } else { true }
      }
      if matches { return nil }
      guard case .found(let sample) = CaseSearch.run(rulebook, values, wanted: [pair]) else { return nil }
      return Gap(pair: pair, sample: sample)
    }
    if gaps.isEmpty { return }
    let witness = witness(gaps, values, excluded: rows)
    findings.warning(
      .noRoute, place(of: "routes"),
      .Rules.noRoute(shown(gaps), more: max(0, gaps.count - Self.shown)),
      hint: witnesses.hint(.Rules.noRouteHint), witness: witness)
  }

  /// A level with a category for which something is missing.
  private struct Gap {
    var pair: RowCondition
    var sample: SampleCase
  }

  private func shown(_ gaps: [Gap]) -> [String] {
    gaps.prefix(Self.shown).map { $0.sample.description(rulebook) }
  }

  /// Some pairs no rule may lead to; the first that a case can have is the witness.
  private func witness(_ gaps: [Gap], _ values: CaseValues, excluded: [RowCondition]) -> Witness? {
    for gap in gaps.prefix(Self.shown) {
      if let found = witnesses.find(gap.sample, values, wanted: [gap.pair], excluded: excluded) {
        return found
      }
    }
    return nil
  }

  /// Every level with every category.
  private var pairs: [RowCondition] {
    rulebook.levels.flatMap { level in
      rulebook.categories.map { RowCondition(when: .all([.level([level.id]), .category([$0.id])])) }
    }
  }

  private func place(of section: String) -> SourcePlace {
    parser.sections.places[section] ?? parser.sections.places["rulebook"]
      ?? SourcePlace(file: "rulebook.yaml", line: 1, column: 1)
  }
}
