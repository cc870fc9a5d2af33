import TriageCore

/// A row of a table from which the most binding one is chosen, as the checks see it: what it says, aspect by aspect.
struct ChoiceRow {
  var head: RowHead
  var condition: RowCondition
  var namesStages = false
  /// Stages that it says there are none of.
  var forbids: Set<Stage> = []
  /// What the row says of each stage or setting, in words that are equal when the settings are.
  var says: [String: String]

  func beats(_ other: ChoiceRow, in rulebook: Rulebook) -> Bool {
    if head.priority != other.head.priority { return head.priority > other.head.priority }
    if rulebook.isMoreSpecific(head, than: other.head) { return true }
    return namesStages && !other.namesStages && head.keys == other.head.keys
  }

  /// Whether categories or levels alone show that no case matches both: spares most of the searching.
  func isApart(from other: ChoiceRow) -> Bool {
    if let categories, let others = other.categories, categories.isDisjoint(with: others) { return true }
    if let levels, let others = other.levels { return levels.isDisjoint(with: others) }
    return false
  }

  private let categories: Set<CategoryID>?
  private let levels: Set<LevelID>?

  init(
    head: RowHead, condition: RowCondition, namesStages: Bool = false, forbids: Set<Stage> = [],
    says: [String: String]
  ) {
    self.head = head
    self.condition = condition
    self.namesStages = namesStages
    self.forbids = forbids
    self.says = says
    if case .category(let ids)? = head.keys["category"] { categories = Set(ids) } else { categories = nil }
    if case .level(let ids)? = head.keys["level"] { levels = Set(ids) } else { levels = nil }
  }
}

extension Rulebook {
  /// The tables from which rows are chosen, by section.
  var choiceTables: [(section: String, rows: [ChoiceRow])] {
    [
      ("routes", routes.map(choiceRow)), ("deadlines", deadlines.map(choiceRow)),
      ("require", require.map(choiceRow)), ("reminders", reminders.map(choiceRow)),
    ]
  }

  /// Routes are chosen whole. One whose template has nobody in the case's area does not match.
  private func choiceRow(_ row: RouteRow) -> ChoiceRow {
    let filled: Set<AreaID>?
    if case .template = row.lead {
      filled = Set(
        areas.areas.keys.filter { area in
          row.lead.name(in: area, of: areas).map { departments[$0] != nil } ?? false
        })
    } else {
      filled = nil
    }
    return ChoiceRow(
      head: row.head, condition: RowCondition(when: row.head.when, areas: filled),
      says: ["lead": "\(row.lead) \(row.assist) \(row.watch)"])
  }

  private func choiceRow(_ row: DeadlineRow) -> ChoiceRow {
    var says: [String: String] = [:]
    for (stage, limit) in row.limits { says[stage.rawValue] = "\(limit)" }
    says["follow_up"] = row.followUp.map { "\($0)" }
    says["extend"] = row.extend.map { "\($0)" }
    says["pause"] = row.pause.map { "\($0)" }
    says["wait_for_assist"] = row.waitForAssist.map { "\($0)" }
    says["follow_up_by"] = row.followUpBy.map { "\($0)" }
    if let anchored = row.anchored { says[anchored.stage.rawValue] = "\(anchored)" }
    let forbidden = row.limits.filter { $0.value == .never }.keys
    return ChoiceRow(
      head: row.head, condition: RowCondition(when: row.head.when), forbids: Set(forbidden), says: says)
  }

  private func choiceRow(_ row: RequireRow) -> ChoiceRow {
    var says: [String: String] = [:]
    if !row.fields.isEmpty { says["\(row.before) fields"] = "\(row.fields.sorted())" }
    says["\(row.before) approve_by"] = row.approveBy.map { "\($0)" }
    return ChoiceRow(head: row.head, condition: RowCondition(when: row.head.when), says: says)
  }

  private func choiceRow(_ row: ReminderRow) -> ChoiceRow {
    let anchored = deadlines.compactMap(\.anchored?.stage)
    let stages = row.stages ?? RulebookParser.limitStages + [.followUp] + anchored
    var says: [String: String] = [:]
    for stage in stages {
      says["\(stage) at"] = "\(row.at)"
      says["\(stage) quiet"] = row.quiet.map { "\(String(describing: $0))" }
      says["\(stage) digest"] = row.digest.map { "\($0)" }
      says["\(stage) max_per_day"] = row.maxPerDay.map { "\($0)" }
    }
    return ChoiceRow(
      head: row.head, condition: RowCondition(when: row.head.when), namesStages: row.stages != nil, says: says
    )
  }
}
