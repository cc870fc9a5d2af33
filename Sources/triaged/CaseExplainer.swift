import TriageCore
import TriageRules

/// Prints a decision in words: the case with the matched characters marked, what each rule gave, how the votes and the
/// score came about, the route that won and what it beat, each deadline.
struct CaseExplainer {
  private let explained: Explained
  private let colour: Bool

  private var decision: Decision { explained.decision }
  private var rulebook: Rulebook { explained.rules.rulebook }
  private var zone: Zone { rulebook.calendar.zone }

  init(_ explained: Explained, colour: Bool) {
    self.explained = explained
    self.colour = colour
  }

  var text: String {
    var lines = ["── \(explained.name)"]
    lines.append(
      Message.explainDecided(
        explained.takenAt.iso8601(in: zone), rulebook: String(decision.rulebook.prefix(12))
      ).localised)
    lines += marked
    lines.append("")
    lines += classification + routing + fired + deadlines + since
    for note in explained.input.notes + decision.notes {
      lines.append("  " + TextTable.plain(Message.intakeNote(note, in: rulebook).localised))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: The case

  private var marked: [String] {
    let marker = MatchMarker(decision.fired.flatMap(\.because), colour: colour)
    let title = marker.mark(TextTable.plain(explained.input.title), .title, bold: true)
    let text = marker.mark(explained.input.text, .text, bold: false).split(separator: "\n").map { "  " + $0 }
    return [title] + text
  }

  // MARK: What was decided

  private var classification: [String] {
    let category = "\(rulebook.title(of: decision.category)) (\(decision.category))"
    let second = decision.secondCategory.map { Message.explainSecond(rulebook.title(of: $0)).localised } ?? ""
    var lines = [pair(.columnCategory, category + second)]
    if !decision.votes.isEmpty { lines.append("  \(Message.explainVotes.localised): \(votes)") }
    lines.append(pair(.columnLevel, "\(rulebook.title(of: decision.level)) (\(decision.level))"))
    lines.append("  " + level)
    for (scale, value) in decision.scales.sorted(by: { $0.key < $1.key }) {
      lines.append("\(rulebook.title(of: scale)): \(rulebook.title(of: value, in: scale)) (\(value))")
    }
    if !decision.tags.isEmpty {
      lines.append(pair(.explainTags, decision.tags.map(\.rawValue).joined(separator: ", ")))
    }
    if let area = decision.area { lines.append(pair(.explainArea, "\(rulebook.title(of: area)) (\(area))")) }
    if !explained.history.sameMatter.isEmpty {
      lines.append(Message.explainHistory(explained.history.sameMatter.count).localised)
      lines += explained.links.map { "  " + Message.timeline(.linked($0), in: rulebook).localised }
    }
    return lines
  }

  private var votes: String {
    decision.votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(rulebook.title(of: $0.key)) \($0.value)" }.joined(separator: Message.listSeparator.localised)
  }

  /// Where the level comes from: the band of the score, and the rules whose floor lies above it.
  private var level: String {
    let band = rulebook.levels.last { $0.score <= decision.score } ?? rulebook.levels.first
    let floors = decision.fired.filter { $0.gives.level == decision.level }.map(\.rule.rawValue)
    let isFloor = band?.id != decision.level
    return Message.explainLevel(
      score: decision.score, band: band?.title ?? "", floors: isFloor ? floors : []
    ).localised
  }

  private var routing: [String] {
    let lead = "\(rulebook.title(of: decision.lead)) (\(decision.lead))"
    let route = decision.route.map { Message.explainRoute($0).localised } ?? Message.explainFallback.localised
    var lines = [pair(.columnLead, "\(lead)  \(route)")]
    for beaten in decision.beaten {
      lines.append("    \(beaten.row): \(Message.beaten(beaten.why).localised)")
    }
    if !decision.assist.isEmpty { lines.append(pair(.explainAssist, names(decision.assist))) }
    if !decision.watch.isEmpty { lines.append(pair(.explainWatch, names(decision.watch))) }
    return lines
  }

  private func names(_ ids: [DepartmentID]) -> String {
    ids.map { rulebook.title(of: $0) }.joined(separator: Message.listSeparator.localised)
  }

  // MARK: Why

  private var fired: [String] {
    let titles = Dictionary(
      rulebook.classification.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    return [Message.explainFired.localised]
      + decision.fired.flatMap { fired -> [String] in
        let title = titles[fired.rule].flatMap { $0 }.map { " \($0)" } ?? ""
        let place = "\(fired.place.file):\(fired.place.line)"
        return ["  \(fired.rule)\(title)  [\(place)]  \(gives(fired))"]
          + fired.because.map { "    " + Message.reason($0, in: rulebook).localised }
      }
  }

  private func gives(_ fired: FiredRule) -> String {
    var parts = fired.gives.votes.sorted { $0.key < $1.key }.map { vote in
      "\(rulebook.title(of: vote.key)) +\(vote.value)"
        + (fired.inTitle ? Message.explainTitleWeight.localised : "")
    }
    if fired.gives.score != 0 { parts.append(Message.explainScore(fired.gives.score).localised) }
    if let level = fired.gives.level { parts.append("≥ \(rulebook.title(of: level))") }
    parts += fired.gives.scales.sorted { $0.key < $1.key }.map {
      "\(rulebook.title(of: $0.key)) ≥ \(rulebook.title(of: $0.value, in: $0.key))"
    }
    parts += fired.gives.tags.map { "#\($0)" }
    return "→ " + parts.joined(separator: ", ")
  }

  private var deadlines: [String] {
    [Message.explainDeadlines.localised]
      + explained.deadlines.map { set in
        let who = set.department.map { " \(rulebook.title(of: $0))" } ?? ""
        let mark = set.deadline.provisional ? Message.provisionalMark.localised : ""
        return
          "  \(rulebook.title(of: set.stage).localised)\(who): \(set.deadline.due.iso8601(in: zone))\(mark)"
          + "  (\(set.deadline.limit), \(set.row))"
      }
  }

  /// What people and time have made of the case since the decision.
  private var since: [String] {
    guard let state = explained.state else { return [] }
    return [
      Message.explainNow(
        phase: Message.title(of: state.phase), level: rulebook.title(of: state.level),
        lead: rulebook.title(of: state.lead)
      ).localised
    ]
  }

  private func pair(_ label: Message, _ value: String) -> String { "\(label.localised): \(value)" }
}
