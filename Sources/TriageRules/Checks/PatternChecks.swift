import TriageCore
import TriageText

/// Patterns whose compilation everybody waits for who checks or reloads the rules.
struct PatternChecks {
  let text: TextIndex
  let parser: RulebookParser

  func run() {
    for slow in text.slowPatterns {
      let place = parser.probes.place(ofPattern: slow.phrase, in: slow.probe)
      parser.findings.warning(
        .slowPattern, place, .Rules.slowPattern(tenths: slow.tenths, together: slow.together),
        hint: .Rules.slowPatternHint)
    }
  }
}
