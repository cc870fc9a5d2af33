import TriageCore

/// Looks at a rulebook as a whole, once every entry has been read: what is defined and not used, what contradicts
/// itself, what is missing.
struct RulebookChecks {
  let parser: RulebookParser
  /// Nil when entries could not be read: rows are then not compared, since findings would only follow from those.
  let rulebook: Rulebook?
  let today: CivilDate?

  func run() {
    NameChecks(parser: parser).run()
    DepartmentChecks(parser: parser).run()
    PhraseChecks(parser: parser).run()
    guard let rulebook else { return }
    let findings = parser.findings
    RowChecks(rulebook: rulebook, findings: findings).run()
    CoverageChecks(rulebook: rulebook, findings: findings, parser: parser).run()
    FiringChecks(rulebook: rulebook, findings: findings, today: today).run()
    CalendarChecks(rulebook: rulebook, findings: findings, parser: parser, today: today).run()
  }
}
