import TriageCore

/// `README.txt` of a department's folder: how to use it.
enum QueueReadme {
  static func render(_ department: Department, _ language: Language) -> [UInt8] {
    var writer = TextWriter(capacity: 4096)
    writer.raw(Message.readme(department.title)[language] + "\n")
    Seal.close(&writer, language)
    return writer.bytes
  }
}

/// The examples in `requests/模板/`, one for each verb, filled in with things of this rulebook.
enum RequestTemplates {
  static func render(_ rulebook: Rulebook, _ language: Language) -> [(name: String, bytes: [UInt8])] {
    let department = rulebook.departments.values.map(\.title).min() ?? "?"
    let reasons = rulebook.deadlines.compactMap(\.pause).flatMap(\.reasons)
    let titles = RulebookTitles(rulebook)
    let stage = Set(rulebook.deadlines.compactMap(\.anchored?.stage)).min()
    let procedure = rulebook.procedures.first
    return Request.Verb.allCases.compactMap { verb in
      // No example of what this rulebook has no use for.
      if verb == .complete && stage == nil || verb == .divert && procedure == nil { return nil }
      let level = (verb == .lower ? rulebook.levels.first : rulebook.levels.last)?.title ?? "?"
      let text = Message.requestTemplate(
        verb, department: department, level: level, pauseReason: reasons.first.map { titles[$0] } ?? "?",
        stage: stage.map { rulebook.title(of: $0)[language] } ?? "", procedure: procedure?.title ?? "")
      let name = "\(rulebook.caseIDPrefix)20260101-0001 \(Message.title(of: verb)[language]).txt"
      return (name, Array((text[language] + "\n").utf8))
    }
  }
}
