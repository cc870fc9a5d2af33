import TriageCore

/// Years without a holiday notice that deadlines will soon touch.
struct CalendarChecks {
  /// From this month on the notice for the next year is expected, and deadlines begin to reach into it.
  private static let noticeMonth = 11

  let rulebook: Rulebook
  let findings: Findings
  let parser: RulebookParser
  let today: CivilDate?

  func run() {
    guard let today, let place = parser.sections.places["calendar"] else { return }
    var needed = [today.year]
    if today.month >= Self.noticeMonth { needed.append(today.year + 1) }
    for year in needed where rulebook.calendar.years[year] == nil {
      findings.warning(.calendarEnds, place, .Rules.calendarLacksYear(year), hint: .Rules.calendarHint(year))
    }
  }
}
