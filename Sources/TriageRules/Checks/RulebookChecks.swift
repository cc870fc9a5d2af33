import TriageCore

/// Looks at a rulebook as a whole, once every entry has been read: what is defined and not used, what contradicts
/// itself, what is missing.
struct RulebookChecks {
  let parser: RulebookParser
  /// Nil when entries could not be read: rows are then not compared, since findings would only follow from those.
  let compiled: CompiledRulebook?
  let today: CivilDate?
  /// The day up to which the calendar must know the holidays; nil: what deadlines soon touch.
  let until: CivilDate?

  func run() {
    NameChecks(parser: parser).run()
    DepartmentChecks(parser: parser).run()
    PhraseChecks(parser: parser).run()
    // Also where entries could not be read: what is wrong with a test may be the calendar's fault.
    CalendarChecks(findings: parser.findings, parser: parser, today: today, until: until).run()
    guard let compiled else { return }
    let findings = parser.findings
    let rulebook = compiled.rulebook
    let witnesses = Witnesses(compiled)
    RowChecks(rulebook: rulebook, findings: findings, witnesses: witnesses).run()
    EscalationChecks(rulebook: rulebook, findings: findings, witnesses: witnesses).run()
    CoverageChecks(rulebook: rulebook, findings: findings, parser: parser, witnesses: witnesses).run()
    FiringChecks(rulebook: rulebook, findings: findings, today: today).run()
    StepChecks(rulebook: rulebook, findings: findings).run()
    GivenChecks(rulebook: rulebook, parser: parser).run()
    PatternChecks(text: compiled.text, parser: parser).run()
  }
}
