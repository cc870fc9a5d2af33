import TriageCore

/// `README.txt` of a department's folder: how to use it.
enum QueueReadme {
  static func render(_ department: Department, _ language: Language) -> [UInt8] {
    Array((Message.readme(department.title)[language] + "\n").utf8)
  }
}

/// The examples in `requests/模板/`, one for each verb, filled in with things of this rulebook.
enum RequestTemplates {
  static func render(_ rulebook: Rulebook, _ language: Language) -> [(name: String, bytes: [UInt8])] {
    let department = rulebook.departments.values.map(\.title).min() ?? "?"
    let reasons = rulebook.deadlines.compactMap(\.pause).flatMap(\.reasons)
    let titles = RulebookTitles(rulebook)
    return Request.Verb.allCases.map { verb in
      let level = (verb == .lower ? rulebook.levels.first : rulebook.levels.last)?.title ?? "?"
      let text = Message.requestTemplate(
        verb, department: department, level: level, pauseReason: reasons.first.map { titles[$0] } ?? "?")
      let name = "\(rulebook.caseIDPrefix)20260101-0001 \(Message.title(of: verb)[language]).txt"
      return (name, Array((text[language] + "\n").utf8))
    }
  }
}
