import TriageRules

/// Entries taken out, doubled, or turned against each other.
extension Mutator {
  mutating func entries() -> [Mutation] { deleted() + doubled() + turned() }

  private static let lists: Set<String> = [
    "levels.[]", "categories.[]", "scales.[].values.[]", "areas.[].areas.[]", "departments.[]", "lexicons.[]",
    "classification.[]", "routes.[]", "channels.[]",
  ]

  /// What something else refers to; an entry that nothing needs may go.
  private mutating func deleted() -> [Mutation] {
    pick(12) { Self.lists.contains($0.shape) && $0.node["id"] != nil }.compactMap { found in
      guard let id = found.site.node["id"]?.text, isUsed(id, found.site) else { return nil }
      var gone = [String(id.prefix { $0 != "{" })]
      for tag in found.site.node["then"]?["tags"]?.items ?? [] { gone.append(tag.text ?? "") }
      let kind = "delete \(Self.singular(found.site))"
      return found.file.mutation(kind, found.file.wholeLines(found.site), with: "", lines: 1...1, gone: gone)
    }
  }

  /// Something refers to the entry, so that it is missed.
  private func isUsed(_ id: String, _ entry: RuleText.Site) -> Bool {
    if id.contains("{") { return true }
    if entry.section == "channels", id == "direct" { return false }
    return files.contains { file in
      file.sites.contains { site in
        guard site.node.text == id, site.name != "id",
          site.section != entry.section || site.name == "escalates_to"
        else { return false }
        return entry.section != "channels" || site.name == "channel"
      }
    }
  }

  private static func singular(_ site: RuleText.Site) -> String {
    switch site.section {
    case "levels": "a level"
    case "categories": "a category"
    case "scales": "a value of a scale"
    case "areas": "an area"
    case "departments": "a department"
    case "lexicons": "a lexicon"
    case "classification": "a rule"
    case "routes": "a route"
    default: "a channel"
    }
  }

  private mutating func doubled() -> [Mutation] {
    pick(2) { $0.path.last == "[]" && $0.node["id"] != nil }.map { found in
      let lines = found.file.wholeLines(found.site)
      let text = found.file.text(lines)
      let first = found.file.line(of: lines.lowerBound)
      let count = text.unicodeScalars.count { $0 == "\n" }
      return found.file.mutation(
        "the same entry twice", lines.upperBound..<lines.upperBound, with: text,
        lines: first...(first + 2 * count), gone: [found.site.node["id"]?.text ?? ""])
    }
  }

  private mutating func turned() -> [Mutation] {
    var result: [Mutation] = []
    for found in pick(8, where: { $0.shape == "departments.[].escalates_to" }) {
      let own = found.file.siblings(of: found.site).first { $0.name == "id" }?.node.text ?? ""
      result.append(
        found.file.mutation(
          "loop the escalation", found.site.range, with: "'\(own)'", lines: found.site.entry))
    }
    for found in pick(4, where: { $0.shape == "levels.[].score" }) {
      result.append(
        found.file.mutation(
          "levels out of order", found.site.range, with: found.site.node.text == "0" ? "50" : "-1",
          lines: found.site.entry.lowerBound...(found.site.entry.upperBound + 1)))
    }
    for found in pick(
      8, where: { $0.shape == "routes.[].when" && $0.node["category"] != nil && $0.node["level"] == nil })
    {
      // Alone with its priority it meets nobody.
      if found.file.siblings(of: found.site).contains(where: { $0.name == "priority" }) { continue }
      // Rows of other categories have the same priority, and neither condition is narrower.
      result.append(
        found.file.mutation(
          "rows that overlap", found.site.range, with: "{difficulty: hard}", lines: found.site.entry,
          gone: [id(found)]))
    }
    return result
  }

  private func id(_ found: Found) -> String {
    found.file.siblings(of: found.site).first { $0.name == "id" }?.node.text ?? ""
  }
}
