/// What a condition is asked of: a case under classification, or the facts of one classified before.
protocol ConditionSubject {
  var channel: ChannelID { get }
  var area: AreaID? { get }
  /// The time of taking.
  var takenAt: Instant { get }
  /// Instants of earlier cases about the same matter.
  var sameMatter: [Instant] { get }
  /// Nil while the case is being classified: rules come before categories, levels and scales.
  var classified: CaseFacts? { get }
  func hits(probe: Int, in rulebook: Rulebook) -> Bool
  func states(_ test: QuantityTest, probe: Int) -> Bool
  func value(of field: FieldID, in rulebook: Rulebook) -> FieldValue?
  func has(tag: TagID) -> Bool
}

extension CaseFacts: ConditionSubject {
  var classified: CaseFacts? { self }
  /// Text is not among the facts.
  func hits(probe: Int, in rulebook: Rulebook) -> Bool { false }
  func states(_ test: QuantityTest, probe: Int) -> Bool { false }
  func value(of field: FieldID, in rulebook: Rulebook) -> FieldValue? { fields[field] }
  func has(tag: TagID) -> Bool { tags.contains(tag) }
}

extension Condition {
  /// Whether the condition of a row holds for the case. Total; a text probe, which rows cannot have, does not hold.
  public func holds(for facts: CaseFacts, in rulebook: Rulebook) -> Bool { holds(facts, in: rulebook) }

  /// The one meaning of every condition, for rules and rows alike.
  func holds<Subject: ConditionSubject>(_ subject: Subject, in rulebook: Rulebook) -> Bool {
    switch self {
    case .always: return true
    case .text(let probe): return subject.hits(probe: probe, in: rulebook)
    case .quantity(let test, let probe): return subject.states(test, probe: probe)
    case .all(let parts):
      for part in parts where !part.holds(subject, in: rulebook) { return false }
      return true
    case .any(let parts):
      for part in parts where part.holds(subject, in: rulebook) { return true }
      return false
    case .none(let parts):
      for part in parts where part.holds(subject, in: rulebook) { return false }
      return true
    case .field(_, .matches(let probe)): return subject.hits(probe: probe, in: rulebook)
    case .field(let field, let test):
      return test.holds(for: subject.value(of: field, in: rulebook), fold: rulebook.areas.normalise)
    case .area(let wanted):
      guard let area = subject.area else { return false }
      return wanted.contains { rulebook.areas.isUnder(area, $0) }
    case .channel(let wanted): return wanted.contains(subject.channel)
    case .tag(let wanted): return wanted.contains(where: subject.has(tag:))
    case .category(let wanted): return subject.classified.map { wanted.contains($0.category) } ?? false
    case .level(let wanted): return subject.classified.map { wanted.contains($0.level) } ?? false
    case .scale(let scale, let wanted):
      return subject.classified?.scales[scale].map(wanted.contains) ?? false
    case .repeated(let atLeast, let within):
      return subject.filings(within: within, calendar: rulebook.calendar) >= atLeast
    case .during(let workingHours):
      return rulebook.calendar.isOpen(at: subject.takenAt) == workingHours
    }
  }
}

extension ConditionSubject {
  /// Cases about the same matter in the time before the taking, this one included.
  func filings(within limit: TimeLimit, calendar: WorkCalendar) -> Int {
    if sameMatter.isEmpty { return 1 }
    let from = calendar.windowStart(of: limit, before: takenAt)
    return 1 + sameMatter.count { $0 >= from }
  }
}

extension WorkCalendar {
  /// When a window of that length that ends at `instant` begins; `eod` is the civil day of the instant.
  public func windowStart(of limit: TimeLimit, before instant: Instant) -> Instant {
    if case .endOfDay = limit { return zone.instant(zone.civil(at: instant).date, second: 0) }
    return self.instant(before: instant, by: limit)
  }
}
