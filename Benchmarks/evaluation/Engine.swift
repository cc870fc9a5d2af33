import TriageCore
import TriageText

/// Rules of the bench as a rulebook, and its decisions on all texts: what the daemon does for a case, without reading
/// and storing it.
final class Engine {
  let index: TextIndex
  let compileMilliseconds: Double
  /// Rules that fired in the last pass over the texts.
  private(set) var fired = 0
  private let rulebook: Rulebook
  private let scratch: TextScratch

  init(_ rules: Rules) throws {
    let start = clock.now
    index = try TextIndex(probes: rules.probes)
    compileMilliseconds = (clock.now - start) / .milliseconds(1)
    scratch = index.makeScratch()
    let categories = (0..<15).map { Category(id: CategoryID("c\($0)"), title: "c\($0)") }
    let classification = rules.probes.indices.map { number in
      ClassificationRule(
        id: RuleID("r\(number)"), place: SourcePlace(file: "rules.yaml", line: number + 1, column: 1),
        when: .text(probe: number), gives: .init(votes: [categories[number % 15].id: 1], score: 1))
    }
    let calendar = WorkCalendar(
      hours: [.init(from: CivilTime(8, 30), until: CivilTime(17, 30))], rest: [.sat, .sun], years: [:],
      zone: Zone(identifier: "Asia/Shanghai", initialOffset: 8 * 3_600))
    rulebook = Rulebook(
      name: "bench", caseIDPrefix: "B", levels: [Level(id: "green", title: "green", score: 0)],
      categories: categories, fallback: Fallback(category: "c0", lead: "center"),
      departments: ["center": Department(id: "center", title: "center")], calendar: calendar,
      probes: rules.probes, classification: classification)
  }

  func decideAll() {
    fired = 0
    for text in texts {
      let hits = index.hits(in: [("text", text)], scratch: scratch)
      let decision = rulebook.decide(
        CaseInput(channel: "grid", text: text), hits: hits, at: Instant(seconds: 1_790_000_000),
        history: CaseHistory())
      fired += decision.fired.count
    }
  }
}

/// What other engines are given: the same rules as phrases of which any must be contained in the normalised text.
/// Patterns, exceptions, negation and supposition are left out, which spares them work.
enum Peers {
  static func json(_ probes: [TextProbe], _ texts: [String]) -> String {
    let rules = probes.map { list($0.phrases.map(TextFolding.fold)) }
    return "{\"texts\": \(list(texts.map(TextFolding.fold))), \"rules\": [\(rules.joined(separator: ", "))]}"
  }

  /// The bench's texts have no character that JSON would want escaped.
  private static func list(_ texts: [String]) -> String {
    "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }
}
