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

  func hits(probe: Int, in rulebook: Rulebook) -> Bool { evidence.holds(probe) }
  func states(_ test: QuantityTest, probe: Int) -> Bool { evidence.states(test, probe: probe) }
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
        guard let rule = ask(place, on: today, in: rulebook) else { continue }
        fired.append(rule)
        let card = index.cards[place]
        tally.add(card, of: index, inTitle: rule.inTitle)
        if card.hasTags { add(index.rules[place].gives.tags, givenBy: place, in: index, &woken) }
      }
      word += 1
    }
    return (fired, tally)
  }

  /// Marks the rules that the hits, the channel and the area can make fire.
  private func wake(in rulebook: Rulebook, _ woken: inout [UInt64]) {
    let index = rulebook.ruleIndex
    for hit in evidence.hits.indices {
      let probe = evidence.hits[hit].probe
      guard probe >= 0, probe < index.probes.count else { continue }
      for place in Int(index.wakeStart[probe])..<Int(index.wakeStart[probe + 1]) {
        Self.mark(index.wokenBy[place], &woken)
      }
    }
    if !index.byChannel.isEmpty {
      for place in index.byChannel[channel] ?? [] { Self.mark(place, &woken) }
    }
    if !index.byArea.isEmpty, let area {
      for outer in rulebook.areas.ancestry(of: area) {
        for place in index.byArea[outer.id] ?? [] { Self.mark(place, &woken) }
      }
    }
  }

  private static func mark(_ place: Int32, _ woken: inout [UInt64]) {
    woken[Int(place) >> 6] |= 1 << UInt64(place & 63)
  }

  /// The rule with its reasons if its condition holds.
  private func ask(_ place: Int, on today: CivilDate, in rulebook: Rulebook) -> FiredRule? {
    let index = rulebook.ruleIndex
    let card = index.cards[place]
    if card.hasSeason, index.rules[place].active?.contains(today) == false { return nil }
    var reasons = ReasonCollector()
    if card.probe >= 0 {
      guard evidence.holds(Int(card.probe)) else { return nil }
      reasons.collect(probe: Int(card.probe), self, in: rulebook)
    } else {
      guard index.rules[place].when.holds(self, in: rulebook) else { return nil }
      reasons.collect(index.rules[place].when, self, in: rulebook)
    }
    return FiredRule(index.origins[place], because: reasons.reasons, inTitle: reasons.inTitle)
  }

  /// Takes the tags and wakes the rules that test them; those come later in the order.
  private mutating func add(
    _ given: [TagID], givenBy place: Int, in index: RuleIndex, _ woken: inout [UInt64]
  ) {
    for tag in given where !tags.contains(tag) {
      tags.append(tag)
      for later in index.byTag[tag] ?? [] where Int(later) > place {
        Self.mark(later, &woken)
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
