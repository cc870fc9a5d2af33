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
    let without = own.map { RowCondition(when: .tag([$0])) } + impossibleHits(in: rule.when)
    guard case .impossible = CaseSearch.run(rulebook, values, wanted: [row], excluded: without) else {
      return
    }
    if let tag = own.first {
      findings.warning(.neverFires, rule.place, .Rules.tagNeverGiven(tag.rawValue))
    } else {
      findings.warning(.neverFires, rule.place, .Rules.neverFires)
    }
  }

  /// Where a hit of one text condition is always one of another, what says that the first hits and the second does not.
  private func impossibleHits(in when: Condition) -> [RowCondition] {
    var probes: [Int] = []
    for case .text(let probe) in when.leaves where !probes.contains(probe) { probes.append(probe) }
    return probes.flatMap { a in
      probes.filter { $0 != a && rulebook.probes[a].implies(rulebook.probes[$0]) }.map { b in
        RowCondition(when: .all([.text(probe: a), .none([.text(probe: b)])]))
      }
    }
  }
}

extension TextProbe {
  /// Whether every case in which this hits is one in which the other does: fewer phrases, and the rest the same.
  fileprivate func implies(_ other: TextProbe) -> Bool {
    guard need == .anyPhrase, other.need == .anyPhrase, quantity == nil, other.quantity == nil,
      patterns == other.patterns, fields == other.fields, except == other.except,
      negators == other.negators, weakeners == other.weakeners,
      strength == other.strength || other.strength == .any
    else { return false }
    return Set(phrases).isSubset(of: other.phrases)
  }
}
