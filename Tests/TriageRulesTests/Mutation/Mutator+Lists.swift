import TriageRules

/// Lists without anything in them, and names as people say them.
extension Mutator {
  /// Keys whose list may be empty.
  private static let mayBeEmpty: Set<String> = [
    "aliases", "areas", "except", "negated_by", "weakened_by", "rest", "on", "years", "follow_up", "reasons",
    "at",
    "items", "history",
  ]

  mutating func lists() -> [Mutation] { empty() + titles() + contradictions() + years() }

  private mutating func empty() -> [Mutation] {
    var result: [Mutation] = []
    let lists = pick(1) { site in
      site.node.items != nil && (site.path.count > 1 || ["levels", "categories"].contains(site.name))
        && !Self.mayBeEmpty.contains(site.name)
        && !(site.section == "tests" && ["assist", "tags", "then"].contains(site.name))
    }
    for (number, found) in lists.enumerated() {
      let text = ["[]", "[ ]", "[  # 待补\n        ]"][number % 3]
      let line = found.file.line(of: found.site.range.lowerBound)
      result.append(
        found.file.mutation(
          "an empty list", found.site.range, with: text, lines: found.site.keyLines...(line + 1)))
    }
    for found in pick(1, where: { $0.path.last == "[]" && $0.node.text != nil && $0.path.count > 2 }) {
      result.append(found.file.mutation("an empty entry in a list", found.site.range, with: "~"))
      result.append(found.file.mutation("an empty text in a list", found.site.range, with: "''"))
    }
    return result
  }

  /// The title where the id is wanted, and two ids with a comma of the Chinese keyboard.
  private mutating func titles() -> [Mutation] {
    var result: [Mutation] = []
    for found in pick(2, where: Self.isName) where found.site.name != "before" {
      let name = found.site.node.text ?? ""
      result.append(
        found.file.mutation("a title for a name", found.site.range, with: "某某事务办", gone: [name]))
      result.append(
        found.file.mutation(
          "two names with a full-width comma", found.site.range, with: "\(name)，\(name)", gone: [name]))
    }
    return result
  }

  /// Two escalations on the occasion of one that is there, which give the case to different departments.
  private mutating func contradictions() -> [Mutation] {
    pick(20) { $0.shape == "escalation.[].on" && $0.node["daily"] == nil && $0.node["cluster"] == nil }.map {
      found in
      let on = found.file.text(found.site.range)
      let end = found.file.wholeLines(found.site).upperBound
      let first = found.file.line(of: end)
      let rows = ["center", "leader"].map { "  - {id: zz-\($0), on: \(on), then: {assign: \($0)}}\n" }
      return found.file.mutation(
        "escalations that contradict each other", end..<end, with: rows.joined(), lines: first...(first + 2))
    }
  }

  /// The holidays of the year in which the tests live.
  private mutating func years() -> [Mutation] {
    pick(1) { $0.path == ["calendar", "years", "2026"] }.map { found in
      let start = found.file.lineStart(found.file.offset(found.site.key?.keyMark ?? found.site.node.mark))
      return found.file.mutation(
        "a year of the calendar that is missing", start..<found.file.wholeLines(found.site).upperBound,
        with: "",
        lines: 1...found.file.line(of: start))
    }
  }
}
