import TriageCore

/// Classification rules that can never fire.
struct FiringChecks {
  let rulebook: Rulebook
  let findings: Findings
  let today: CivilDate?

  func run() {
    var givers: [TagID: Set<RuleID>] = [:]
    for rule in rulebook.classification {
      for tag in rule.gives.tags { givers[tag, default: []].insert(rule.id) }
    }
    for rule in rulebook.classification { check(rule, givers) }
  }

  private func check(_ rule: ClassificationRule, _ givers: [TagID: Set<RuleID>]) {
    if case .dates(_, let to)? = rule.active, let today, to < today {
      findings.warning(.neverFires, rule.place, .Rules.campaignOver(to.description))
    }
    // A tag that only the rule itself gives is not there when its condition is looked at.
    let own = rule.when.testedTags.filter { givers[$0] == [rule.id] }.sorted()
    let row = RowCondition(when: rule.when)
    let values = CaseValues(rulebook, [row])
    let without = own.map { RowCondition(when: .tag([$0])) }
    guard case .impossible = CaseSearch.run(rulebook, values, wanted: [row], excluded: without) else {
      return
    }
    if let tag = own.first {
      findings.warning(.neverFires, rule.place, .Rules.tagNeverGiven(tag.rawValue))
    } else {
      findings.warning(.neverFires, rule.place, .Rules.neverFires)
    }
  }
}
