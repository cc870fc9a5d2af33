import TriageCore

/// Titles by id, prepared once for a rulebook: a case must not search ten thousand rules for a name.
struct RulebookTitles: Sendable {
  private var departments: [DepartmentID: String] = [:]
  private var categories: [CategoryID: String] = [:]
  private var levels: [LevelID: String] = [:]
  private var areas: [AreaID: String] = [:]
  private var channels: [ChannelID: String] = [:]
  private var rules: [RuleID: String] = [:]
  private var reasons: [ReasonID: String] = [:]

  init(_ rulebook: Rulebook) {
    departments = rulebook.departments.mapValues(\.title)
    channels = rulebook.channels.mapValues(\.title)
    areas = rulebook.areas.areas.mapValues(\.title)
    for category in rulebook.categories { categories[category.id] = category.title }
    for level in rulebook.levels { levels[level.id] = level.title }
    for reason in rulebook.pauseReasons + rulebook.returnReasons { reasons[reason.id] = reason.title }
    for rule in rulebook.classification { rules[rule.id] = rule.title }
  }

  /// What a reload has dropped keeps its id as its name.
  subscript(id: DepartmentID) -> String { departments[id] ?? id.rawValue }
  subscript(id: CategoryID) -> String { categories[id] ?? id.rawValue }
  subscript(id: LevelID) -> String { levels[id] ?? id.rawValue }
  subscript(id: AreaID) -> String { areas[id] ?? id.rawValue }
  subscript(id: ChannelID) -> String { channels[id] ?? id.rawValue }
  subscript(id: RuleID) -> String { rules[id] ?? id.rawValue }
  subscript(id: ReasonID) -> String { reasons[id] ?? id.rawValue }
}
