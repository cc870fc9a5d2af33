import TriageCore
import TriageRules
import TriageText

/// `explain --why-not RULE`: the conditions that failed, what would have met them, and how near the case came.
struct WhyNotReport: Encodable {
  struct Leaf: Encodable {
    var reason: String
    /// One of several would do.
    var alternative: Bool
    /// The place of the text that comes nearest to what was looked for.
    var nearest: NearestMiss?
  }
  var file: String
  var rule: String
  var fired: Bool
  var because: [Leaf]

  /// - Parameter name: of the rule, its id or its title.
  /// - Throws: `Failure` for a rule that the rulebook does not have.
  init(_ name: String, _ explained: Explained, scratch: TextScratch) throws {
    let (rules, input) = (explained.rules, explained.input)
    let rule = try Self.rule(name, in: rules.rulebook)
    let leaves = rules.rulebook.whyNot(
      rule, input: input, hits: rules.hits(input, scratch: scratch), at: explained.takenAt,
      history: explained.history)
    if case .unknownRule? = leaves.first?.miss {
      throw Failure(.ruleUnknown(rule.rawValue, near: Self.near(rule, rules.rulebook)))
    }
    file = explained.name
    self.rule = rule.rawValue
    fired = leaves.isEmpty
    because = leaves.map { leaf in
      Leaf(
        reason: Message.failedLeaf(leaf, in: rules.rulebook).localised, alternative: leaf.isAlternative,
        nearest: NearestMiss(leaf, in: input, under: rules.rulebook))
    }
  }

  var text: String {
    guard !fired else { return Message.explainDidFire(RuleID(rule)).localised }
    var lines = [Message.explainDidNotFire(RuleID(rule)).localised]
    for leaf in because {
      lines.append("  - " + leaf.reason)
      if let nearest = leaf.nearest { lines.append("      " + nearest.message.localised) }
    }
    return lines.joined(separator: "\n")
  }

  /// People know a rule by its title, which `explain` shows, too.
  private static func rule(_ name: String, in rulebook: Rulebook) throws -> RuleID {
    let id = RuleID(name)
    if rulebook.entryIDs.contains(id) { return id }
    let wanted = TextFolding.fold(name)
    let titled = rulebook.classification.filter { $0.title.map(TextFolding.fold) == wanted }.map(\.id)
    if titled.count > 1 { throw Failure(.titleOfSeveral(name, titled.map(\.rawValue).sorted())) }
    return titled.first ?? id
  }

  private static func near(_ rule: RuleID, _ rulebook: Rulebook) -> String? {
    let titles = rulebook.classification.compactMap(\.title)
    return Suggestion.nearest(to: rule.rawValue, among: rulebook.entryIDs.map(\.rawValue) + titles)
  }
}
