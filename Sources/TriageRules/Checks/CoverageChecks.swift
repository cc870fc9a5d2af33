import TriageCore

/// Levels and categories for which a deadline or a route is missing.
struct CoverageChecks {
  private static let shown = 5

  let rulebook: Rulebook
  let findings: Findings
  let parser: RulebookParser

  func run() {
    for stage in [Stage.accept, .resolve] { checkDeadlines(stage) }
    checkRoutes()
  }

  private func checkDeadlines(_ stage: Stage) {
    let rows = rulebook.deadlines.filter { $0.limits[stage] != nil }.map { RowCondition(when: $0.head.when) }
    if rows.contains(where: { $0.when == .always }) { return }
    let gaps = pairs.compactMap { pair -> String? in
      let values = CaseValues(rulebook, rows + [pair])
      guard case .found(let sample) = CaseSearch.run(rulebook, values, wanted: [pair], excluded: rows) else {
        return nil
      }
      return sample.description(rulebook)
    }
    if gaps.isEmpty { return }
    findings.error(
      .noDeadline, place(of: "deadlines"),
      .Rules.noDeadline(
        stage.rawValue, Array(gaps.prefix(Self.shown)), more: max(0, gaps.count - Self.shown)),
      hint: .Rules.noDeadlineHint(stage.rawValue))
  }

  /// A pair is without a route when no route can match it, wherever the case is.
  private func checkRoutes() {
    let table = rulebook.choiceTables.first { $0.section == "routes" }
    let rows = table?.rows.map(\.condition) ?? []
    if rows.contains(where: { $0.when == .always }) { return }
    let gaps = pairs.compactMap { pair -> String? in
      let values = CaseValues(rulebook, rows + [pair])
      let matches = rows.contains { row in
        if case .impossible = CaseSearch.run(rulebook, values, wanted: [pair, row]) { false } else { true }
      }
      if matches { return nil }
      guard case .found(let sample) = CaseSearch.run(rulebook, values, wanted: [pair]) else { return nil }
      return sample.description(rulebook)
    }
    if gaps.isEmpty { return }
    findings.warning(
      .noRoute, place(of: "routes"),
      .Rules.noRoute(Array(gaps.prefix(Self.shown)), more: max(0, gaps.count - Self.shown)))
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
