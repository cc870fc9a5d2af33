import TriageRules

/// Wrong types, wrong values, wrong names.
extension Mutator {
  /// Keys that take one value or a list of them.
  private static let oneOrMore: Set<String> = [
    "any", "all", "none", "phrases", "except", "aliases", "lexicon", "matches", "in", "category", "level",
    "difficulty", "tag", "tags", "under", "channel", "assist", "watch", "notify", "fields", "stages", "at",
    "follow_up", "reasons", "hours", "rest", "off", "on", "fired", "not_fired", "negated_by", "weakened_by",
  ]

  mutating func types() -> [Mutation] {
    var result: [Mutation] = []
    let texts = pick(1) { $0.node.text != nil }
    for found in texts {
      result.append(found.file.mutation("a mapping for a text", found.site.range, with: "{zz: 1}"))
    }
    for found in texts where !Self.takesList(found.site) {
      result.append(found.file.mutation("a list for a text", found.site.range, with: "[zz]"))
    }
    for found in pick(1, where: { $0.node.items != nil && $0.path.count > 1 }) {
      result.append(
        found.file.mutation("a mapping for a list", found.site.range, with: "{zz: 1}", lines: lines(found)))
    }
    for found in pick(1, where: { $0.node.entries != nil }) {
      result.append(
        found.file.mutation("a text for a mapping", found.site.range, with: "zz", lines: lines(found)))
    }
    for found in pick(2, where: { Self.isNumber($0) && $0.section != "tests" }) {
      result.append(found.file.mutation("a word for a number", found.site.range, with: "many"))
    }
    for found in pick(2, where: Self.isName) {
      result.append(
        found.file.mutation(
          "a number for a name", found.site.range, with: "42", gone: [found.site.node.text ?? ""]))
    }
    return result
  }

  private func lines(_ found: Found) -> ClosedRange<Int> {
    let line = found.file.line(of: found.site.range.lowerBound)
    return min(line, found.site.keyLines)...line
  }

  private static func takesList(_ site: RuleText.Site) -> Bool {
    oneOrMore.contains(site.name)
      && !(site.name == "level" && ["classification", "tests"].contains(site.section))
      && !(site.name == "category" && site.section == "fallback") && site.section != "tests"
  }

  private static func isNumber(_ site: RuleText.Site) -> Bool {
    if case .scalar(let text, plain: true) = site.node.value { return Int(text) != nil }
    return false
  }

  // MARK: Values

  mutating func values() -> [Mutation] {
    var result: [Mutation] = []
    let limits = pick(1) { Self.isLimit($0) }
    for found in limits {
      result.append(found.file.mutation("an unknown unit", found.site.range, with: "5xd"))
      result.append(found.file.mutation("a time without a unit", found.site.range, with: "5"))
      if found.site.section != "reminders" {
        result.append(found.file.mutation("a negative time", found.site.range, with: "-3wd"))
      }
    }
    for found in pick(3, where: { $0.section == "calendar" && ($0.node.text ?? "").hasPrefix("20") }) {
      for wrong in ["'2026-02-30'", "'2026-13-01'", "十月一日", "'2026/10/01'"] {
        result.append(found.file.mutation("a day that there is not", found.site.range, with: wrong))
      }
    }
    for found in pick(1, where: { $0.shape == "calendar.hours.[]" || $0.shape == "reminders.[].quiet.[]" }) {
      for wrong in ["'25:00-26:00'", "'12:00-08:00'", "早上八点"] {
        result.append(found.file.mutation("a wrong time of day", found.site.range, with: wrong))
      }
    }
    for found in pick(1, where: { $0.name == "matches" }) {
      for wrong in ["'('", "'[a'", "'a{0,5000}'", "'(?=a)b'", "'(a)\\1'", "'*'"] {
        result.append(found.file.mutation("a bad pattern", found.site.range, with: wrong))
      }
    }
    for found in pick(1, where: { $0.name == "id" && $0.node.text != nil }) {
      for wrong in ["a/b", "'.hidden'", "'a b'"] {
        result.append(
          found.file.mutation(
            "a name that cannot be one", found.site.range, with: wrong, gone: [found.site.node.text ?? ""]))
      }
    }
    for found in pick(
      1,
      where: {
        ["score", "priority", "times", "escalate", "raise"].contains($0.name)
          && Int($0.node.text ?? "") != nil
      })
    {
      result.append(found.file.mutation("a number out of range", found.site.range, with: "99999999"))
      result.append(found.file.mutation("a fraction for a number", found.site.range, with: "1.5"))
    }
    for found in pick(
      1, where: { ["phrases", "any", "except", "aliases"].contains($0.name) && $0.node.text != nil })
    {
      for bare in ["12315", "no", "08:30"] {
        result.append(found.file.mutation("a bare word that is no text", found.site.range, with: bare))
      }
      result.append(found.file.mutation("a full-width comma", found.site.range, with: "甲醛，乙醇"))
      result.append(found.file.mutation("full-width quotes", found.site.range, with: "“甲醛”"))
    }
    return result
  }

  private static func isLimit(_ site: RuleText.Site) -> Bool {
    guard let text = site.node.text, let first = text.first, first.isNumber else { return false }
    return ["wd", "wh", "h", "d"].contains { text.hasSuffix($0) }
      && ["deadlines", "escalation"].contains(site.section)
  }

  // MARK: Names

  /// Values that name something the rulebook, or the language, defines.
  static func isName(_ site: RuleText.Site) -> Bool {
    guard let text = site.node.text, !text.isEmpty else { return false }
    switch site.name {
    case "lead", "assist", "watch", "escalates_to", "approve_by", "notify", "assign", "raise_to", "level",
      "category", "difficulty", "tag", "lexicon", "under", "field", "fields", "fired", "not_fired", "route",
      "overdue", "resolved", "from", "before", "strength", "timezone", "during":
      return site.path != ["tests", "[]", "case", "level"]
    case "follow_up": return site.section == "escalation"
    case "kind": return site.path.contains("for_each_area")
    case "rest": return true
    case "tags": return site.section == "tests"
    case "channel": return true
    case "reasons", "negated_by", "weakened_by": return site.path.last != "[]" || site.name == "reasons"
    default: return false
    }
  }

  mutating func names() -> [Mutation] {
    pick(3, where: Self.isName).map { found in
      let name = found.site.node.text ?? ""
      let wrong = name.contains("{") ? name.replacing("{area.", with: "{aera.") : misspelt(name)
      return found.file.mutation("misspell a name", found.site.range, with: "'\(wrong)'", gone: [name])
    }
  }
}
