import TriageCore
import TriageRules
import TriageText

/// Prints a decision: what `run` would store, in words.
struct CaseExplainer {
  private let rules: CompiledRulebook
  private let now: Instant
  private let colour: Bool
  private let scratch: TextScratch

  private var rulebook: Rulebook { rules.rulebook }
  private var zone: Zone { rulebook.calendar.zone }

  init(_ rules: CompiledRulebook, at now: Instant, colour: Bool) {
    self.rules = rules
    self.now = now
    self.colour = colour
    scratch = rules.text.makeScratch()
  }

  private func decide(_ input: CaseInput) -> (Decision, [CaseEvent.DeadlineSet]) {
    let decision = rules.decide(input, at: now, history: CaseHistory(), scratch: scratch)
    let taken = Lifecycle.take(
      input, decision: decision, history: CaseHistory(), at: now, original: "", row: nil, under: rulebook)
    return (decision, taken.deadlines)
  }

  // MARK: JSON

  func json(_ input: CaseInput, file: String) throws -> String {
    let (decision, deadlines) = decide(input)
    return try JSONLine.encode(
      ExplainReport(file: file, input: input, decision: decision, deadlines: deadlines, zone: zone))
  }

  // MARK: Text

  func text(_ input: CaseInput, file: String) -> String {
    let (decision, deadlines) = decide(input)
    var lines = ["── \(file)"]
    let hits = decision.fired.flatMap(\.because)
    lines.append(marked(TextTable.plain(input.title), .title, hits, bold: true))
    lines += marked(input.text, .text, hits, bold: false).split(separator: "\n").map { "  " + $0 }
    let category = rulebook.title(of: decision.category)
    let level = rulebook.title(of: decision.level)
    let lead = rulebook.title(of: decision.lead)
    lines.append(pair(.columnCategory, "\(category) (\(decision.category))" + second(decision)))
    lines.append(pair(.explainVotes, votes(decision)))
    lines.append(
      pair(.columnLevel, "\(level) (\(decision.level))  " + Message.explainScore(decision.score).localised))
    for (scale, value) in decision.scales.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(scale): \(value)")
    }
    if !decision.tags.isEmpty {
      lines.append(pair(.explainTags, decision.tags.map(\.rawValue).joined(separator: ", ")))
    }
    lines.append(pair(.columnLead, "\(lead) (\(decision.lead))  \(route(decision))"))
    if !decision.assist.isEmpty { lines.append(pair(.explainAssist, names(decision.assist))) }
    if !decision.watch.isEmpty { lines.append(pair(.explainWatch, names(decision.watch))) }
    for beaten in decision.beaten {
      lines.append("    \(beaten.row): \(Message.beaten(beaten.why).localised)")
    }
    lines.append(Message.explainFired.localised)
    for fired in decision.fired { lines += self.fired(fired) }
    lines.append(Message.explainDeadlines.localised)
    for set in deadlines { lines.append(deadline(set)) }
    for note in input.notes + decision.notes {
      lines.append("  " + TextTable.plain(Message.intakeNote(note, in: rulebook).localised))
    }
    return lines.joined(separator: "\n")
  }

  private func pair(_ label: Message, _ value: String) -> String { "\(label.localised): \(value)" }

  private func second(_ decision: Decision) -> String {
    guard let id = decision.secondCategory else { return "" }
    return "  + " + rulebook.title(of: id)
  }

  private func votes(_ decision: Decision) -> String {
    guard !decision.votes.isEmpty else { return "-" }
    return decision.votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private func route(_ decision: Decision) -> String {
    decision.route.map { Message.explainRoute($0).localised } ?? Message.explainFallback.localised
  }

  private func names(_ ids: [DepartmentID]) -> String {
    ids.map { rulebook.title(of: $0) }.joined(separator: Message.listSeparator.localised)
  }

  private func fired(_ fired: FiredRule) -> [String] {
    let title = rulebook.classification.first { $0.id == fired.rule }?.title.map { " \($0)" } ?? ""
    let head = "  \(fired.rule)\(title)  [\(fired.place.file):\(fired.place.line)]  \(gives(fired))"
    return [head] + fired.because.map { "    " + Message.reason($0, in: rulebook).localised }
  }

  private func gives(_ fired: FiredRule) -> String {
    var parts = fired.gives.votes.sorted { $0.key < $1.key }.map { vote in
      "\(vote.key) +\(vote.value * (fired.inTitle ? 3 : 1))"
    }
    if fired.gives.score != 0 { parts.append(Message.explainScore(fired.gives.score).localised) }
    if let level = fired.gives.level { parts.append("≥ \(level)") }
    parts += fired.gives.scales.sorted { $0.key < $1.key }.map { "\($0.key) ≥ \($0.value)" }
    parts += fired.gives.tags.map { "#\($0)" }
    return "→ " + parts.joined(separator: ", ")
  }

  private func deadline(_ set: CaseEvent.DeadlineSet) -> String {
    let who = set.department.map { " \(rulebook.title(of: $0))" } ?? ""
    let mark = set.deadline.provisional ? Message.provisionalMark.localised : ""
    return "  \(Message.title(of: set.stage).localised)\(who): \(set.deadline.due.iso8601(in: zone))\(mark)"
      + "  (\(set.deadline.limit), \(set.row))"
  }

  /// The field with the matched characters in colour where the terminal has it, else in brackets.
  private func marked(_ text: String, _ field: FieldID, _ reasons: [FiredRule.Reason], bold: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    var hit = [Bool](repeating: false, count: scalars.count)
    for case .text(let where_, _, let start, let end, _) in reasons where where_ == field {
      for index in max(0, start)..<min(end, hit.count) { hit[index] = true }
    }
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      if hit[index], index == 0 || !hit[index - 1] { result += colour ? "\u{1B}[31;1m" : "【" }
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
      result.unicodeScalars.append(isControl ? " " : scalar)
      if hit[index], index == scalars.count - 1 || !hit[index + 1] { result += colour ? "\u{1B}[0m" : "】" }
    }
    return bold && colour ? "\u{1B}[1m\(result)\u{1B}[0m" : result
  }

  // MARK: Why not

  func whyNot(_ rule: RuleID, _ input: CaseInput) throws -> String {
    let leaves = rulebook.whyNot(
      rule, input: input, hits: rules.hits(input, scratch: scratch), at: now, history: CaseHistory())
    if case .unknownRule? = leaves.first?.miss {
      throw Failure(.ruleUnknown(rule.rawValue, near: near(rule)))
    }
    guard !leaves.isEmpty else { return Message.explainDidFire(rule).localised }
    return Message.explainDidNotFire(rule).localised + "\n"
      + leaves.map { "  - " + Message.failedLeaf($0, in: rulebook).localised }.joined(separator: "\n")
  }

  private func near(_ rule: RuleID) -> String? {
    Suggestion.nearest(to: rule.rawValue, among: rulebook.classification.map(\.id.rawValue))
  }
}
