import TriageCore

/// Reads the document of a scenario against the rulebook that it names.
final class ScenarioReader {
  let file: String
  let rulebook: Rulebook
  let findings: Findings
  private let directory: String

  init(file: String, rulebook: Rulebook, directory: String, _ findings: Findings) {
    self.file = file
    self.rulebook = rulebook
    self.directory = directory
    self.findings = findings
  }

  /// Nil where something that a scenario cannot do without is missing.
  func read(_ root: YamlNode) -> Scenario? {
    guard let reader = EntryReader(Located(file: file, node: root), findings) else { return nil }
    defer { reader.finish() }
    _ = findings.integer(reader.required("scenario"), in: 1...1)
    _ = reader.node("rulebook")
    let title = findings.text(reader.node("title"))?.value ?? rulebook.name
    let seed = UInt64(findings.integer(reader.node("seed"), in: 0...1_000_000_000) ?? 1)
    let days = days(reader)
    let profile = profile(reader.node("profile"))
    let arrivals = list(filled("arrivals", of: reader)) { arrival($0) }
    let repeats = repeats(reader.node("repeats"))
    let severe = findings.share(reader.node("severe")) ?? 0.01
    let texts = texts(filled("texts", of: reader))
    require(texts, for: arrivals, at: reader.keyPlace("texts"))
    let behaviours = Behaviours(entries: behaviours(reader.node("departments")))
    let outages = list(reader.node("outages")) { outage($0) }
    let changes = list(reader.node("rule_changes")) { ruleChange($0) }.sorted { $0.at < $1.at }
    guard let days, !arrivals.isEmpty else { return nil }
    return Scenario(
      title: title, rulebook: directory, days: days, seed: seed, profile: profile, arrivals: arrivals,
      repeats: repeats, severe: severe, texts: texts, behaviours: behaviours, outages: outages,
      ruleChanges: changes)
  }

  /// The value of a key that must be there, and must have something in it: without streams or texts nothing comes in, and
  /// a life without cases would look like a good one.
  func filled(_ key: String, of reader: EntryReader) -> Located? {
    reader.required(key).flatMap { filled($0, key) }
  }

  /// - Returns: nil, with a finding, for an empty list or mapping.
  func filled(_ located: Located, _ key: String) -> Located? {
    guard located.node.items?.isEmpty ?? located.node.entries?.isEmpty ?? false else { return located }
    findings.error(
      .emptyList, located.place, .Rules.emptyList(key, isCondition: false), hint: .Rules.emptyListHint(key))
    return nil
  }

  func list<T>(_ located: Located?, _ read: (EntryReader) -> T?) -> [T] {
    guard let located else { return [] }
    guard let items = located.node.items else {
      findings.error(.wrongType, located.place, .Rules.wantsList(located.node.kind))
      return []
    }
    return items.compactMap { item in
      guard let reader = EntryReader(Located(file: located.file, node: item), findings) else { return nil }
      defer { reader.finish() }
      return read(reader)
    }
  }

  // MARK: Days

  private func days(_ reader: EntryReader) -> ClosedRange<CivilDate>? {
    let from = findings.date(reader.required("from"))
    let until = findings.date(reader.required("to"))
    guard let from, let until else { return nil }
    guard from <= until, until - from < Limits.scenarioDays else {
      findings.error(.wrongValue, reader.keyPlace("to"), .Scenario.badDays(most: Limits.scenarioDays))
      return nil
    }
    return from...until
  }

  private func profile(_ located: Located?) -> Scenario.Profile {
    var profile = Scenario.Profile()
    guard let located, let reader = EntryReader(located, findings) else { return profile }
    defer { reader.finish() }
    profile.restDays = findings.share(reader.node("rest_days")) ?? profile.restDays
    profile.offHours = findings.share(reader.node("off_hours")) ?? profile.offHours
    return profile
  }

  private func repeats(_ located: Located?) -> Scenario.Repeats {
    var repeats = Scenario.Repeats()
    guard let located, let reader = EntryReader(located, findings) else { return repeats }
    defer { reader.finish() }
    repeats.same = findings.share(reader.node("same")) ?? repeats.same
    repeats.near = findings.share(reader.node("near")) ?? repeats.near
    repeats.withinDays = findings.integer(reader.node("within_days"), in: 1...365) ?? repeats.withinDays
    return repeats
  }

  // MARK: What breaks

  private func outage(_ reader: EntryReader) -> Scenario.Outage? {
    let queue = reader.node("queue").flatMap { known($0, rulebook.departments.keys, .department) }
    let from = time(reader.required("from"), atEnd: false)
    let until = time(reader.required("to"), atEnd: true)
    guard let from, let until, !reader.has("queue") || queue != nil else { return nil }
    guard from < until else {
      findings.error(.wrongValue, reader.keyPlace("to"), .Scenario.endsBeforeItBegins)
      return nil
    }
    return Scenario.Outage(queue: queue, from: from, until: until)
  }

  private func ruleChange(_ reader: EntryReader) -> Scenario.RuleChange? {
    let at = time(reader.required("at"), atEnd: false)
    let path = findings.text(reader.required("rulebook"))
    guard let at, let path else { return nil }
    let directory = ScenarioLoader.beside(file, path.value)
    let errors = RulebookLoader.load(directory: directory).findings.count { $0.severity == .error }
    if errors > 0 {
      findings.error(.wrongValue, path.place, .Scenario.badRulebook(directory, errors: errors))
    }
    return Scenario.RuleChange(at: at, rulebook: directory)
  }

  /// `2026-03-02T09:00`; a date alone is its beginning, or as an end the end of that day.
  private func time(_ located: Located?, atEnd: Bool) -> Scenario.LocalTime? {
    guard let located, let text = findings.text(located) else { return nil }
    let parts = text.value.split(separator: "T", maxSplits: 1).map(String.init)
    if parts.count == 1, let date = CivilDate(text.value) {
      return Scenario.LocalTime(date: date, time: CivilTime(atEnd ? 24 : 0, 0))
    }
    if parts.count == 2, let date = CivilDate(parts[0]), let time = CivilTime(parts[1]) {
      return Scenario.LocalTime(date: date, time: time)
    }
    findings.error(.wrongValue, text.place, .Scenario.notALocalTime(text.value))
    return nil
  }

  // MARK: Names

  /// A name that the rulebook defines.
  func known<Kind>(
    _ located: Located, _ names: some Collection<Identifier<Kind>>, _ thing: Message.Rules.Thing
  ) -> Identifier<Kind>? {
    guard let text = findings.text(located) else { return nil }
    return known(text, names, thing)
  }

  func known<Kind>(
    _ text: Placed<String>, _ names: some Collection<Identifier<Kind>>, _ thing: Message.Rules.Thing
  ) -> Identifier<Kind>? {
    let id = Identifier<Kind>(text.value)
    if names.contains(id) { return id }
    let known = names.map(\.rawValue)
    findings.error(
      thing.undefined, text.place, .Rules.undefined(text.value, thing),
      hint: findings.hint(for: text.value, among: known))
    return nil
  }
}

extension Findings {
  /// `3%`, `0.5%`: a part of a whole.
  func share(_ located: Located?) -> Double? {
    guard let located, let text = text(located) else { return nil }
    if let share = Self.share(text.value) { return share }
    error(.wrongValue, text.place, .Scenario.notAShare(text.value))
    return nil
  }

  static func share(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let number = Double(text.dropLast()), (0...100).contains(number) else {
      return nil
    }
    return number / 100
  }
}
