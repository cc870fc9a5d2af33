import TriageCore

/// How departments behave.
extension ScenarioReader {
  func behaviours(_ located: Located?) -> [(pattern: String, behaviour: Behaviour)] {
    var seen: [String: SourcePlace] = [:]
    return list(located) { reader in
      guard let id = findings.text(reader.required("id")) else { return nil }
      if let first = seen.updateValue(id.place, forKey: id.value) {
        findings.error(.duplicateID, id.place, .Rules.duplicateID(id.value, first))
      }
      checkNamesSomebody(id)
      var behaviour = behaviour(reader)
      behaviour.away = list(of: reader.node("away"))
      behaviour.levels = levels(reader.node("levels"))
      return (id.value, behaviour)
    }
  }

  private func checkNamesSomebody(_ pattern: Placed<String>) {
    let departments = rulebook.departments.keys
    if pattern.value.hasSuffix("*") {
      if departments.contains(where: { Behaviours.matches(pattern.value, $0.rawValue) }) { return }
      findings.error(.undefinedDepartment, pattern.place, .Scenario.patternNamesNobody(pattern.value))
    } else {
      _ = known(pattern, departments, .department)
    }
  }

  private func behaviour(_ reader: EntryReader) -> Behaviour {
    var behaviour = Behaviour()
    for habit in Behaviour.Habit.allCases {
      behaviour.shares[habit] = findings.share(reader.node(habit.rawValue))
    }
    for pace in Behaviour.Pace.allCases {
      behaviour.delays[pace] = reader.node(pace.rawValue).flatMap { delays($0) }
    }
    behaviour.isOnDuty = findings.flag(reader.node("on_duty"))
    return behaviour
  }

  private func levels(_ located: Located?) -> [LevelID: Behaviour] {
    guard let located else { return [:] }
    guard let entries = located.node.entries else {
      findings.error(.wrongType, located.place, .Rules.wantsMapping(located.node.kind))
      return [:]
    }
    var levels: [LevelID: Behaviour] = [:]
    for entry in entries {
      let name = Placed(value: entry.key, place: SourcePlace(file: located.file, mark: entry.keyMark))
      guard let id = known(name, rulebook.levels.map(\.id), .level),
        let reader = EntryReader(Located(file: located.file, node: entry.value), findings)
      else { continue }
      levels[id] = behaviour(reader)
      reader.finish()
    }
    return levels
  }

  /// `{50%: 4d, 95%: 17d}`, or one duration for all.
  private func delays(_ located: Located) -> Delays? {
    guard let entries = located.node.entries else {
      return limit(located).map { Delays([(1, $0)]) }
    }
    var points: [(share: Double, limit: TimeLimit)] = []
    for entry in entries {
      let place = SourcePlace(file: located.file, mark: entry.keyMark)
      guard let share = Findings.share(entry.key), share > 0 else {
        findings.error(.wrongValue, place, .Scenario.notAShare(entry.key))
        return nil
      }
      guard let limit = limit(Located(file: located.file, node: entry.value)) else { return nil }
      points.append((share, limit))
    }
    points.sort { $0.share < $1.share }
    let isWorking = points.map { Delays([($0.share, $0.limit)]).isWorkingTime }
    let seconds = points.map { Delays.seconds($0.limit, workday: 7 * 3_600) }
    guard !points.isEmpty, Set(isWorking).count == 1, seconds == seconds.sorted(),
      Set(points.map(\.share)).count == points.count
    else {
      findings.error(.wrongValue, located.place, .Scenario.badDelays)
      return nil
    }
    return Delays(points.map { ($0.share, $0.limit) })
  }

  private func limit(_ located: Located) -> TimeLimit? {
    guard let limit = findings.limit(located) else { return nil }
    if limit != .endOfDay { return limit }
    findings.error(.wrongValue, located.place, .Rules.notALimit("eod"), hint: .Rules.limitHint)
    return nil
  }

  /// `2026-07-06..2026-07-17`, or one day.
  private func list(of located: Located?) -> [ClosedRange<CivilDate>] {
    guard let located else { return [] }
    return located.oneOrMore.compactMap { item in
      guard let text = findings.text(item) else { return nil }
      let parts = text.value.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count == 1, let day = CivilDate(text.value) { return day...day }
      if parts.count == 3, parts[1].isEmpty, let first = CivilDate(String(parts[0])),
        let last = CivilDate(String(parts[2])), first <= last
      {
        return first...last
      }
      findings.error(.wrongValue, text.place, .Scenario.notDays(text.value))
      return nil
    }
  }
}
