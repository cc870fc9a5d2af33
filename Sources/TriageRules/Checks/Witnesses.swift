import TriageCore

/// Case files for findings, as many as a person reads: each costs decisions, and a rulebook may have thousands of
/// findings.
final class Witnesses {
  private static let perLoad = 40

  private let search: WitnessSearch
  private var left = perLoad
  /// Cases were looked for, and none was found.
  private(set) var foundNone = false
  private var rulebook: Rulebook { search.compiled.rulebook }

  init(_ compiled: CompiledRulebook) { search = WitnessSearch(compiled) }

  /// A case for which the wanted conditions hold and the excluded do not.
  /// - Parameter sample: what the search over the conditions found; its level and category may be out of reach.
  func find(
    _ sample: SampleCase, _ values: CaseValues, wanted: [RowCondition], excluded: [RowCondition] = []
  ) -> Witness? {
    foundNone = false
    guard left > 0 else { return nil }
    left -= 1
    let samples = [sample] + others(values, wanted, excluded)
    let witness = search.find(samples) { facts in
      wanted.allSatisfy { $0.holds(for: facts, in: self.rulebook) }
        && !excluded.contains { $0.holds(for: facts, in: self.rulebook) }
    }
    foundNone = witness == nil
    return witness
  }

  /// A hint for a finding whose witness was just looked for: where there is none, it says so.
  func hint(_ hint: Message) -> Message {
    guard foundNone else { return hint }
    let none = Message.Rules.noWitness
    return Message(zh: hint.zh + none.zh, en: hint.en + none.en)
  }

  /// Samples with each category, and with each level, that some rule gives.
  private func others(
    _ values: CaseValues, _ wanted: [RowCondition], _ excluded: [RowCondition]
  ) -> [SampleCase] {
    let voted = Set(rulebook.classification.flatMap(\.gives.votes.keys)).union([rulebook.fallback.category])
    let wishes =
      rulebook.levels.map { Condition.level([$0.id]) } + voted.sorted().prefix(20).map { .category([$0]) }
    return wishes.compactMap { wish in
      let more = wanted + [RowCondition(when: wish)]
      guard case .found(let sample) = CaseSearch.run(rulebook, values, wanted: more, excluded: excluded)
      else {
        return nil
      }
      return sample
    }
  }
}

extension RowCondition {
  func holds(for facts: CaseFacts, in rulebook: Rulebook) -> Bool {
    if let areas, !(facts.area.map(areas.contains) ?? false) { return false }
    return when.holds(for: facts, in: rulebook)
  }
}
