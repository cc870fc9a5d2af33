import TriageCore

/// Years without a holiday notice: those that deadlines soon touch, and those that the rulebook's own tests live in.
struct CalendarChecks {
  let findings: Findings
  let parser: RulebookParser
  let today: CivilDate?
  /// The day up to which holidays are wanted; nil: as far as deadlines soon reach.
  let until: CivilDate?

  func run() {
    guard let place = parser.sections.places["calendar"], let calendar = parser.calendar else { return }
    for year in needed.sorted() where calendar.years[year] == nil {
      warn(.Rules.calendarLacksYear(year), year, place)
    }
    for (year, tests) in calendar.yearsUnknown(to: parser.tests) where !needed.contains(year) {
      warn(.Rules.testsLackYear(year, tests), year, place)
    }
  }

  private func warn(_ message: Message, _ year: Int, _ place: SourcePlace) {
    findings.warning(
      .calendarEnds, place, message, hint: .Rules.calendarHint(year),
      matters: CivilDate(year: year, month: 1, day: 1))
  }

  private var needed: Set<Int> {
    guard let today else { return [] }
    // Deadlines begin to reach into the next year, and its notice is out by then.
    var years = Set([today.year, (today + (Limits.calendarNoticeDays + 1)).year])
    if let until, until.year > today.year { years.formUnion(today.year...until.year) }
    return years
  }
}

extension CompiledRulebook {
  /// Years that the calendar does not know, with the number of tests whose cases live in them: what such a test expects
  /// may fail for that alone.
  public var yearsOfTestsUnknown: [(year: Int, tests: Int)] { rulebook.calendar.yearsUnknown(to: tests) }
}

extension WorkCalendar {
  fileprivate func yearsUnknown(to tests: [RuleTest]) -> [(year: Int, tests: Int)] {
    var counts: [Int: Int] = [:]
    for test in tests {
      let moments = [test.at] + test.steps.map(\.at)
      for year in Set(moments.map { zone.civil(at: $0).date.year }) where years[year] == nil {
        counts[year, default: 0] += 1
      }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
