import TriageCore

/// Categories, levels and values of scales that rows speak of and no rule gives: nothing but a person's correction
/// leads there.
struct GivenChecks {
  let rulebook: Rulebook
  let parser: RulebookParser

  func run() {
    checkCategories()
    checkLevels()
    checkScales()
  }

  private func checkCategories() {
    let given = Set(rulebook.classification.flatMap(\.gives.votes.keys)).union([rulebook.fallback.category])
    // One that nothing uses is reported as such.
    for id in parser.categoryNames.used.subtracting(given).sorted() {
      warn(parser.categoryNames.places[id], id.rawValue, .category)
    }
  }

  private func checkLevels() {
    let sum = rulebook.classification.reduce(0) { $0 + max(0, $1.gives.score) }
    let floors = Set(rulebook.classification.compactMap(\.gives.level))
      .union(rulebook.escalation.compactMap(\.then.raiseTo))
    // Steps up lead through all levels.
    if rulebook.escalation.contains(where: { $0.then.raise > 0 }) { return }
    for level in rulebook.levels.dropFirst() where level.score > sum && !floors.contains(level.id) {
      if parser.levelNames.used.contains(level.id) || parser.givesScores {
        warn(parser.levelNames.places[level.id], level.id.rawValue, .level)
      }
    }
  }

  private func checkScales() {
    for scale in rulebook.scales {
      let given = Set(rulebook.classification.compactMap { $0.gives.scales[scale.id] })
      for value in scale.values.dropFirst() where !given.contains(value.id) {
        warn(parser.valueNames[scale.id]?.places[value.id], value.id.rawValue, .scaleValue)
      }
    }
  }

  private func warn(_ place: SourcePlace?, _ name: String, _ thing: Message.Rules.Thing) {
    guard let place else { return }
    parser.findings.warning(.neverGiven, place, .Rules.neverGiven(name, thing))
  }
}
