import TriageCore

/// Rows that both can be chosen for one case and say different things, and rows that never are.
struct RowChecks {
  let rulebook: Rulebook
  let findings: Findings
  let witnesses: Witnesses

  func run() {
    for table in rulebook.choiceTables {
      let values = CaseValues(rulebook, table.rows.map(\.condition))
      for (place, row) in table.rows.enumerated() {
        for other in table.rows[..<place] { compare(other, row, table.rows, values) }
        checkChosen(row, table.rows, values)
      }
    }
  }

  /// Two rows meet at a case when both match it and no row that beats one of them does.
  private func compare(_ a: ChoiceRow, _ b: ChoiceRow, _ rows: [ChoiceRow], _ values: CaseValues) {
    if a.isApart(from: b) || a.beats(b, in: rulebook) || b.beats(a, in: rulebook) { return }
    let differing = a.says.keys.filter { b.says[$0] != nil && b.says[$0] != a.says[$0] }.sorted()
    if differing.isEmpty { return }
    let both = [a.condition, b.condition]
    if case .impossible = CaseSearch.run(rulebook, values, wanted: both) { return }
    var overlaps: [String] = []
    var sample: SampleCase?
    var excluded: [RowCondition] = []
    var outcomes: [[RuleID]: CaseSearch.Outcome] = [:]
    for aspect in differing {
      let better = rows.filter { row in
        row.says[aspect] != nil && !row.isApart(from: a) && !row.isApart(from: b)
          && (row.beats(a, in: rulebook) || row.beats(b, in: rulebook))
      }
      let key = better.map(\.head.id)
      let outcome =
        outcomes[key] ?? CaseSearch.run(rulebook, values, wanted: both, excluded: better.map(\.condition))
      outcomes[key] = outcome
      switch outcome {
      case .impossible: break
      case .found(let found):
        overlaps.append(aspect)
        if sample == nil { (sample, excluded) = (found, better.map(\.condition)) }
      case .tooHard:
        findings.warning(
          .overlapUnchecked, b.head.place, .Rules.overlapUnchecked(a.head.id.rawValue, b.head.id.rawValue))
        return
      }
    }
    guard let sample else { return }
    let witness = witnesses.find(sample, values, wanted: both, excluded: excluded)
    findings.error(
      .overlap, b.head.place,
      .Rules.overlap(
        a.head.id.rawValue, b.head.id.rawValue, at: a.head.place, on: overlaps, sample.description(rulebook)),
      hint: witnesses.hint(.Rules.overlapHint), witness: witness)
  }

  private func checkChosen(_ row: ChoiceRow, _ rows: [ChoiceRow], _ values: CaseValues) {
    if case .impossible = CaseSearch.run(rulebook, values, wanted: [row.condition]) {
      findings.warning(.neverFires, row.head.place, .Rules.neverFires)
      return
    }
    let better = rows.filter { !$0.isApart(from: row) && $0.beats(row, in: rulebook) }
    let isChosen = row.says.keys.contains { aspect in
      let others = better.filter { $0.says[aspect] != nil }.map(\.condition)
      return !isImpossible(values, [row.condition], excluded: others)
    }
    if isChosen { return }
    let sample = sampleCase(values, [row.condition])
    findings.warning(
      .neverFires, row.head.place, .Rules.neverChosen(shadowing(row, better, values).map(\.head.id.rawValue)),
      hint: .Rules.neverChosenHint,
      witness: sample.flatMap { witnesses.find($0, values, wanted: [row.condition]) })
  }

  /// The one row that takes every case from it, else all that take some.
  private func shadowing(_ row: ChoiceRow, _ better: [ChoiceRow], _ values: CaseValues) -> [ChoiceRow] {
    let one = better.first { other in
      row.says.keys.allSatisfy { other.says[$0] != nil }
        && isImpossible(values, [row.condition], excluded: [other.condition])
    }
    if let one { return [one] }
    return better.filter { other in
      row.says.keys.contains { other.says[$0] != nil }
        && !isImpossible(values, [row.condition, other.condition])
    }
  }

  private func isImpossible(
    _ values: CaseValues, _ wanted: [RowCondition], excluded: [RowCondition] = []
  ) -> Bool {
    if case .impossible = CaseSearch.run(rulebook, values, wanted: wanted, excluded: excluded) { return true }
    return false
  }

  private func sampleCase(_ values: CaseValues, _ wanted: [RowCondition]) -> SampleCase? {
    if case .found(let sample) = CaseSearch.run(rulebook, values, wanted: wanted) { return sample }
    return nil
  }
}
