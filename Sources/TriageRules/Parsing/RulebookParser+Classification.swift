import TriageCore

/// Classification rules, put into an order in which every rule comes after those whose tags it tests.
extension RulebookParser {
  static let giveKeys: Set<String> = ["category", "score", "level", "tags", "on_the_spot"]

  func parseClassification() -> [ClassificationRule] {
    var rules: [ClassificationRule] = []
    for (id, reader) in entries("classification", RuleKind.self) {
      defer { reader.finish() }
      let title = findings.text(reader.node("title"))
      if let title { refuseBlank(title) }
      let when = condition(of: reader)
      let gives = parseGives(reader)
      let active = reader.node("active").flatMap { season($0) }
      guard let when, let gives else { continue }
      rules.append(
        ClassificationRule(
          id: id, title: title?.value, place: reader.place, when: when, gives: gives, active: active))
    }
    return TagOrder(rules: rules, findings: findings).sorted()
  }

  private func condition(of reader: EntryReader) -> Condition? {
    guard let node = reader.required("when") else { return nil }
    return condition(node, .classification, depth: 0)?.condition
  }

  private func parseGives(_ rule: EntryReader) -> ClassificationRule.Gives? {
    guard let node = rule.required("then"), let reader = EntryReader(node, findings) else { return nil }
    defer { reader.finish() }
    var gives = ClassificationRule.Gives()
    gives.votes = votes(reader.node("category"))
    gives.score = findings.integer(reader.node("score"), in: -1000...1000) ?? 0
    givesScores = givesScores || gives.score != 0
    gives.level = levelNames.resolve(findings.text(reader.node("level")), findings)
    for scale in scales {
      guard let value = reader.node(scale.id.rawValue) else { continue }
      var names = valueNames[scale.id] ?? Names(.scaleValue)
      gives.scales[scale.id] = names.resolve(findings.text(value), findings)
      valueNames[scale.id] = names
    }
    gives.tags = tags(reader.node("tags"))
    gives.onTheSpot = findings.flag(reader.node("on_the_spot")) ?? false
    if reader.keys.isEmpty {
      findings.error(.givesNothing, node.place, .Rules.givesNothing)
    }
    return gives
  }

  /// `property`: one vote; `{property: 2}`: two; a list: one each.
  private func votes(_ located: Located?) -> [CategoryID: Int] {
    guard let located else { return [:] }
    var votes: [CategoryID: Int] = [:]
    if let entries = located.node.entries {
      for entry in entries {
        let name = Placed(value: entry.key, place: SourcePlace(file: located.file, mark: entry.keyMark))
        let count = findings.integer(Located(file: located.file, node: entry.value), in: 1...100)
        if let id = categoryNames.resolve(name, findings), let count { votes[id] = count }
      }
      return votes
    }
    for id in resolveAll(located, &categoryNames) { votes[id] = 1 }
    return votes
  }

  private func tags(_ located: Located?) -> [TagID] {
    guard let located else { return [] }
    var tags: Set<TagID> = []
    for item in located.oneOrMore {
      guard let tag = identifier(item, TagKind.self) else { continue }
      tags.insert(tag.value)
      if !tagNames.contains(tag.value) { _ = tagNames.define(tag.value, at: tag.place, findings) }
    }
    return tags.sorted()
  }

  private func season(_ located: Located) -> Season? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let from = findings.text(reader.required("from"))
    let to = findings.text(reader.required("to"))
    guard let from, let to else { return nil }
    if let first = CivilDate(from.value), let last = CivilDate(to.value) {
      if last < first { findings.error(.wrongValue, to.place, .Rules.endBeforeStart(from.value, to.value)) }
      return .dates(from: first, to: last)
    }
    guard let first = Self.dayOfYear(from.value), let last = Self.dayOfYear(to.value) else {
      findings.error(
        .wrongValue, from.place, .Rules.badSeason(from.value, to.value), hint: .Rules.badSeasonHint)
      return nil
    }
    return .yearly(fromMonth: first.month, fromDay: first.day, toMonth: last.month, toDay: last.day)
  }

  /// `01-31`; 29 February is a day, too.
  private static func dayOfYear(_ text: String) -> (month: Int, day: Int)? {
    CivilDate("2024-" + text).map { ($0.month, $0.dayOfMonth) }
  }
}

/// Sorts rules so that those that give a tag come before those that test it; among free ones, by id.
struct TagOrder {
  let rules: [ClassificationRule]
  let findings: Findings

  func sorted() -> [ClassificationRule] {
    var givers: [TagID: [Int]] = [:]
    for (place, rule) in rules.enumerated() {
      for tag in rule.gives.tags { givers[tag, default: []].append(place) }
    }
    // A rule that tests what it alone gives waits for nobody: that tag never comes, which another check says.
    var waits = rules.map { rule in Set(rule.when.testedTags.flatMap { givers[$0] ?? [] }) }
    for place in rules.indices
    where rules[place].when.testedTags.allSatisfy({ givers[$0, default: []] == [place] }) {
      waits[place].remove(place)
    }
    var order: [ClassificationRule] = []
    var left = Set(rules.indices)
    while !left.isEmpty {
      let ready = left.filter { waits[$0].isDisjoint(with: left) }.sorted()
      if ready.isEmpty {
        report(cycle(in: left, waits))
        return order
      }
      order += ready.map { rules[$0] }
      left.subtract(ready)
    }
    return order
  }

  /// Follows the waiting from rule to rule until one comes again.
  private func cycle(in left: Set<Int>, _ waits: [Set<Int>]) -> [Int] {
    guard var current = left.min() else { return [] }
    var path: [Int] = []
    while !path.contains(current) {
      path.append(current)
      guard let next = waits[current].intersection(left).min() else { return path }
      current = next
    }
    return Array(path.drop { $0 != current })
  }

  private func report(_ cycle: [Int]) {
    guard let start = cycle.min(by: { rules[$0].id < rules[$1].id }), let turn = cycle.firstIndex(of: start)
    else {
      return
    }
    let names = (cycle[turn...] + cycle[..<turn] + [start]).map { rules[$0].id.rawValue }
    findings.error(.tagCycle, rules[start].place, .Rules.tagCycle(names), hint: .Rules.tagCycleHint)
  }
}

extension Condition {
  var testedTags: Set<TagID> {
    switch self {
    case .tag(let tags): Set(tags)
    case .all(let parts), .any(let parts), .none(let parts): Set(parts.flatMap(\.testedTags))
    default: []
    }
  }
}
