import TriageCore

/// The working calendar, and those of single departments, which say only what is different.
extension RulebookParser {
  func parseCalendar(zone: Zone?) -> WorkCalendar? {
    guard let located = setting("calendar") else { return nil }
    let readers = sections.calendars.compactMap { EntryReader($0, findings) }
    let hasHours = readers.contains { $0.has("hours") }
    var hours: [WorkCalendar.HourSpan]?
    var rest: Set<Weekday>?
    var years = holidays()
    var overlay = WorkCalendar.Year()
    for reader in readers.reversed() {
      hours = hourSpans(hasHours ? reader.node("hours") : reader.required("hours")) ?? hours
      rest = restDays(reader.node("rest")) ?? rest
      years.merge(self.years(reader.node("years"))) { Self.year($0, with: $1) }
      overlay = Self.year(overlay, with: year(reader.node("overlay"), number: nil))
      reader.finish()
    }
    guard let zone, let hours else { return nil }
    let calendar = WorkCalendar(
      hours: hours, rest: rest ?? [.sat, .sun], years: years, overlay: overlay, zone: zone)
    checkDays(of: calendar, at: located.place)
    return calendar
  }

  /// The days of a base and those that a rulebook adds to them; of a day that both name, the latter's word counts.
  private static func year(_ base: WorkCalendar.Year, with added: WorkCalendar.Year) -> WorkCalendar.Year {
    var result = base
    for day in added.on { result.off.removeValue(forKey: day) }
    result.off.merge(added.off) { $1 }
    result.on.subtract(added.off.keys)
    result.on.formUnion(added.on)
    return result
  }

  func parseDepartmentCalendars(base: WorkCalendar) -> [DepartmentID: WorkCalendar] {
    var calendars: [DepartmentID: WorkCalendar] = [:]
    for (id, located) in departmentCalendars.sorted(by: { $0.key < $1.key }) {
      guard let reader = EntryReader(located, findings) else { continue }
      defer { reader.finish() }
      var calendar = base
      if let hours = hourSpans(reader.node("hours")) { calendar.hours = hours }
      if let rest = restDays(reader.node("rest")) { calendar.rest = rest }
      if let node = reader.node("overlay") { calendar.overlay = year(node, number: nil) }
      calendars[id] = calendar
    }
    return calendars
  }

  private func hourSpans(_ located: Located?) -> [WorkCalendar.HourSpan]? {
    guard let located else { return nil }
    var spans: [WorkCalendar.HourSpan] = []
    for item in located.oneOrMore {
      guard let text = findings.text(item) else { continue }
      let parts = text.value.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let from = CivilTime(parts[0]), let until = CivilTime(parts[1]), from < until
      else {
        findings.error(.wrongValue, text.place, .Rules.badHours(text.value), hint: .Rules.badHoursHint)
        continue
      }
      if let last = spans.last, from < last.until {
        findings.error(.wrongValue, text.place, .Rules.hoursOverlap(text.value))
      }
      spans.append(WorkCalendar.HourSpan(from: from, until: until))
    }
    return spans.isEmpty ? nil : spans
  }

  private func restDays(_ located: Located?) -> Set<Weekday>? {
    guard let located else { return nil }
    let days = Set(located.oneOrMore.compactMap { findings.word($0, of: WeekdayName.allCases)?.weekday })
    if days.count == 7 { findings.error(.wrongValue, located.place, .Rules.alwaysRest) }
    return days
  }

  private enum WeekdayName: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun
    var weekday: Weekday {
      switch self {
      case .mon: .mon
      case .tue: .tue
      case .wed: .wed
      case .thu: .thu
      case .fri: .fri
      case .sat: .sat
      case .sun: .sun
      }
    }
  }

  private func years(_ located: Located?) -> [Int: WorkCalendar.Year] {
    guard let located, let reader = EntryReader(located, findings) else { return [:] }
    var years: [Int: WorkCalendar.Year] = [:]
    for key in reader.keys {
      let node = reader.node(key)
      guard let number = Int(key), Limits.calendarYears.contains(number) else {
        findings.error(.wrongValue, reader.keyPlace(key), .Rules.notAYear(key))
        continue
      }
      years[number] = year(node, number: number)
    }
    return years
  }

  /// `holidays:` entries, a year each, as `triaged calendar import` writes them into files of their own. What
  /// `calendar: years:` says of the same year is laid over them.
  private func holidays() -> [Int: WorkCalendar.Year] {
    var places: [Int: SourcePlace] = [:]
    var years: [Int: WorkCalendar.Year] = [:]
    let entries = (sections.entries["holidays"] ?? []).sorted {
      ($0.place.file, $0.place.line) < ($1.place.file, $1.place.line)
    }
    for located in entries {
      guard let reader = EntryReader(located, findings), let node = reader.required("year"),
        let number = findings.integer(node, in: Limits.calendarYears)
      else { continue }
      if let first = places[number] {
        findings.error(.duplicateID, node.place, .Rules.duplicateID(String(number), first))
        continue
      }
      places[number] = node.place
      years[number] = year(reader, number: number)
    }
    return years
  }

  /// `off` is a list of days and spans, or a mapping from the holiday's name to them; `on` is a list.
  private func year(_ located: Located?, number: Int?) -> WorkCalendar.Year {
    guard let located, let reader = EntryReader(located, findings) else { return WorkCalendar.Year() }
    return year(reader, number: number)
  }

  private func year(_ reader: EntryReader, number: Int?) -> WorkCalendar.Year {
    defer { reader.finish() }
    var result = WorkCalendar.Year()
    if let off = reader.node("off") {
      if let named = off.node.entries {
        for entry in named {
          let days = self.days(Located(file: off.file, node: entry.value), in: number)
          for day in days { result.off.updateValue(entry.key, forKey: day) }
        }
      } else {
        for day in days(off, in: number) { result.off.updateValue(nil, forKey: day) }
      }
    }
    if let on = reader.node("on") {
      for item in on.oneOrMore {
        for day in days(item, in: number) {
          result.on.insert(day)
          makeUpPlaces[day] = item.place
          if result.off.keys.contains(day) {
            findings.error(.calendarDays, item.place, .Rules.dayOnAndOff(day.description))
          }
        }
      }
    }
    return result
  }

  private func days(_ located: Located, in year: Int?) -> [CivilDate] {
    located.oneOrMore.flatMap { item -> [CivilDate] in
      guard let text = findings.text(item) else { return [] }
      guard let span = Self.span(text.value) else {
        findings.error(.wrongValue, text.place, .Rules.badDays(text.value), hint: .Rules.badDaysHint)
        return []
      }
      if let year, span.lowerBound.year != year || span.upperBound.year != year {
        findings.error(.calendarDays, text.place, .Rules.dayOutsideYear(text.value, year))
      }
      return (0...(span.upperBound - span.lowerBound)).map { span.lowerBound + $0 }
    }
  }

  /// `2026-10-01` or `2026-10-01..2026-10-08`, at most a year long.
  private static func span(_ text: String) -> ClosedRange<CivilDate>? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1: return CivilDate(text).map { $0...$0 }
    case 3 where parts[1].isEmpty:
      guard let from = CivilDate(parts[0]), let to = CivilDate(parts[2]), from <= to, to - from <= 366 else {
        return nil
      }
      return from...to
    default: return nil
    }
  }

  private func checkDays(of calendar: WorkCalendar, at place: SourcePlace) {
    for (_, year) in calendar.years.sorted(by: { $0.key < $1.key }) {
      for day in year.on.sorted() where !calendar.rest.contains(day.weekday) {
        findings.warning(
          .calendarDays, makeUpPlaces[day] ?? place, .Rules.makeUpOnWorkingDay(day.description))
      }
    }
  }
}
