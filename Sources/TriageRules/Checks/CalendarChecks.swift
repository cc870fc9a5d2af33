import TriageCore

/// Years without a holiday notice that deadlines will soon touch.
struct CalendarChecks {
  let rulebook: Rulebook
  let findings: Findings
  let parser: RulebookParser
  let today: CivilDate?

  func run() {
    guard let today, let place = parser.sections.places["calendar"] else { return }
    // Deadlines begin to reach into the next year, and its notice is out by then.
    let needed = Set([today.year, (today + (Limits.calendarNoticeDays + 1)).year])
    for year in needed.sorted() where rulebook.calendar.years[year] == nil {
      findings.warning(.calendarEnds, place, .Rules.calendarLacksYear(year), hint: .Rules.calendarHint(year))
    }
  }
}
