import TriageCore
import TriageRules

extension Journal {
  /// The first findings of a rulebook, one line each; `triaged check` shows them all.
  func report(_ findings: [Finding]) {
    for finding in findings.prefix(Limits.loggedFindings) {
      let place = finding.place
      let values = ["at": "\(place.file):\(place.line):\(place.column)", "code": finding.code]
      switch finding.severity {
      case .error: error(finding.message, values)
      case .warning: warning(finding.message, values)
      }
    }
    let more = findings.count - Limits.loggedFindings
    if more > 0 { warning(.findingsLeftOut(more)) }
  }
}
