/// One case under classification: phases 1 to 3 of DESIGN.md section 5, while they run.
struct Evaluation: ConditionSubject {
  let input: CaseInput
  let takenAt: Instant
  let sameMatter: [Instant]
  let area: AreaID?
  let evidence: Evidence
  var tags: [TagID] = []
  var classified: CaseFacts? { nil }
  var channel: ChannelID { input.channel }

  func hits(probe: Int, in rulebook: Rulebook) -> Bool { evidence.holds(probe, in: rulebook) }
  func value(of field: FieldID, in rulebook: Rulebook) -> FieldValue? { rulebook.value(of: field, in: input) }
  func has(tag: TagID) -> Bool { tags.contains(tag) }

  /// Asks the rules that can fire, each after those whose tags it tests.
  mutating func fire(in rulebook: Rulebook) -> (fired: [FiredRule], tally: Tally) {
    let index = rulebook.ruleIndex
    var woken = index.unguarded
    wake(in: rulebook, &woken)
    var fired: [FiredRule] = []
    var tally = Tally(rulebook)
    let today = rulebook.calendar.zone.civil(at: takenAt).date
    var word = 0
    while word < woken.count {
      while woken[word] != 0 {
        let place = word << 6 + woken[word].trailingZeroBitCount
        woken[word] &= woken[word] - 1
        guard index.rules[place].active?.contains(today) ?? true,
          index.rules[place].when.holds(self, in: rulebook)
        else { continue }
        fired.append(fire(place, in: rulebook, &tally))
        add(index.rules[place].gives.tags, givenBy: place, in: index, &woken)
      }
      word += 1
    }
    return (fired, tally)
  }

  /// Marks the rules that the hits, the channel and the area can make fire.
  private func wake(in rulebook: Rulebook, _ woken: inout [UInt64]) {
    let index = rulebook.ruleIndex
    for hit in evidence.hits where index.byProbe.indices.contains(hit.probe) {
      for place in index.byProbe[hit.probe] { woken[Int(place) >> 6] |= 1 << UInt64(place & 63) }
    }
    if !index.byChannel.isEmpty {
      for place in index.byChannel[channel] ?? [] { woken[Int(place) >> 6] |= 1 << UInt64(place & 63) }
    }
    if !index.byArea.isEmpty, let area {
      for outer in rulebook.areas.ancestry(of: area) {
        for place in index.byArea[outer.id] ?? [] { woken[Int(place) >> 6] |= 1 << UInt64(place & 63) }
      }
    }
  }

  private func fire(_ place: Int, in rulebook: Rulebook, _ tally: inout Tally) -> FiredRule {
    let index = rulebook.ruleIndex
    var reasons = ReasonCollector()
    reasons.collect(index.rules[place].when, self, in: rulebook)
    tally.add(index.gives[place], of: index.rules[place].gives, inTitle: reasons.inTitle)
    return FiredRule(
      rule: index.rules[place].id, place: index.rules[place].place, because: reasons.reasons,
      gives: index.rules[place].gives, inTitle: reasons.inTitle)
  }

  /// Takes the tags and wakes the rules that test them; those come later in the order.
  private mutating func add(
    _ given: [TagID], givenBy place: Int, in index: RuleIndex, _ woken: inout [UInt64]
  ) {
    for tag in given where !tags.contains(tag) {
      tags.append(tag)
      for later in index.byTag[tag] ?? [] where Int(later) > place {
        woken[Int(later) >> 6] |= 1 << UInt64(later & 63)
      }
    }
  }
}

extension Season {
  /// Both ends count.
  func contains(_ date: CivilDate) -> Bool {
    switch self {
    case .dates(let from, let to): return from <= date && date <= to
    case .yearly(let fromMonth, let fromDay, let toMonth, let toDay):
      let parts = date.parts
      let day = parts.month * 100 + parts.day
      let (from, to) = (fromMonth * 100 + fromDay, toMonth * 100 + toDay)
      return from <= to ? from <= day && day <= to : day >= from || day <= to
    }
  }
}
