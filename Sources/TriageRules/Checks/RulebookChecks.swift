import TriageCore

/// Looks at a rulebook as a whole, once every entry has been read: what is defined and not used, what contradicts
/// itself, what is missing.
struct RulebookChecks {
  let parser: RulebookParser
  /// Nil when entries could not be read: rows are then not compared, since findings would only follow from those.
  let compiled: CompiledRulebook?
  let today: CivilDate?

  func run() {
    NameChecks(parser: parser).run()
    DepartmentChecks(parser: parser).run()
    PhraseChecks(parser: parser).run()
    guard let compiled else { return }
    let findings = parser.findings
    let rulebook = compiled.rulebook
    let witnesses = Witnesses(compiled)
    RowChecks(rulebook: rulebook, findings: findings, witnesses: witnesses).run()
    CoverageChecks(rulebook: rulebook, findings: findings, parser: parser, witnesses: witnesses).run()
    FiringChecks(rulebook: rulebook, findings: findings, today: today).run()
    StepChecks(rulebook: rulebook, findings: findings).run()
    GivenChecks(rulebook: rulebook, parser: parser).run()
    CalendarChecks(rulebook: rulebook, findings: findings, parser: parser, today: today).run()
  }
}
