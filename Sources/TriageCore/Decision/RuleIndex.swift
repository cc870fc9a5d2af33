/// The classification rules prepared for speed: which rules a hit can wake, in which order they are asked, and what
/// they give as numbers instead of names. Made once for a rulebook; a case then costs what its hits cost, not what
/// the rulebook has rules.
final class RuleIndex: Sendable {
  /// Every rule after those whose tags it tests, then by id: the order does not depend on the one given (promise 3).
  let rules: [ClassificationRule]
  let gives: [Gives]
  /// Rules that nothing in particular wakes, as a set of bits over `rules`.
  let unguarded: [UInt64]
  let byProbe: [[Int32]]
  let byTag: [TagID: [Int32]]
  let byChannel: [ChannelID: [Int32]]
  let byArea: [AreaID: [Int32]]

  /// What a rule gives; categories, levels and scales by their places in the rulebook's lists.
  struct Gives: Sendable {
    var votes: [(category: Int, votes: Int)]
    var level: Int?
    var scales: [(scale: Int, value: Int)]
  }

  init(
    _ given: [ClassificationRule], probes: [TextProbe], categories: [Category], levels: [Level],
    scales: [Scale]
  ) {
    let rules = RuleOrder.sorted(given)
    self.rules = rules
    let names = Names(categories: categories, levels: levels, scales: scales)
    gives = rules.map { names.resolve($0.gives) }
    var unguarded = [UInt64](repeating: 0, count: (rules.count + 63) / 64)
    var byProbe = [[Int32]](repeating: [], count: probes.count)
    var byTag: [TagID: [Int32]] = [:]
    var byChannel: [ChannelID: [Int32]] = [:]
    var byArea: [AreaID: [Int32]] = [:]
    for (place, rule) in rules.enumerated() {
      guard let triggers = rule.when.triggers else {
        unguarded[place >> 6] |= 1 << UInt64(place & 63)
        continue
      }
      for trigger in triggers {
        switch trigger {
        case .probe(let probe): if probes.indices.contains(probe) { byProbe[probe].append(Int32(place)) }
        case .tag(let tag): byTag[tag, default: []].append(Int32(place))
        case .channel(let channel): byChannel[channel, default: []].append(Int32(place))
        case .area(let area): byArea[area, default: []].append(Int32(place))
        }
      }
    }
    self.unguarded = unguarded
    self.byProbe = byProbe
    self.byTag = byTag
    self.byChannel = byChannel
    self.byArea = byArea
  }
}

/// Places of the rulebook's names in its lists; the first of two equal names counts.
private struct Names {
  let categories: [CategoryID: Int]
  let levels: [LevelID: Int]
  let scales: [ScaleID: (place: Int, values: [ScaleValueID: Int])]

  init(categories: [Category], levels: [Level], scales: [Scale]) {
    self.categories = Self.places(categories.map(\.id))
    self.levels = Self.places(levels.map(\.id))
    self.scales = Dictionary(
      scales.enumerated().map { ($1.id, ($0, Self.places($1.values.map(\.id)))) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func places<Name: Hashable>(_ names: [Name]) -> [Name: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Names that the rulebook does not have give nothing; the loader has refused them.
  func resolve(_ gives: ClassificationRule.Gives) -> RuleIndex.Gives {
    RuleIndex.Gives(
      votes: gives.votes.compactMap { name, votes in categories[name].map { ($0, votes) } },
      level: gives.level.flatMap { levels[$0] },
      scales: gives.scales.compactMap { name, value in
        guard let scale = scales[name], let place = scale.values[value] else { return nil }
        return (scale.place, place)
      })
  }
}

/// The order in which rules are asked.
private enum RuleOrder {
  /// By layer (0: tests no tag; else one more than the highest layer that gives a tag it tests), then by id and place.
  /// Rules in a cycle of tags, which the loader refuses, come last.
  static func sorted(_ rules: [ClassificationRule]) -> [ClassificationRule] {
    let layers = layers(of: rules)
    let order = rules.indices.sorted { a, b in
      if layers[a] != layers[b] { return layers[a] < layers[b] }
      if rules[a].id != rules[b].id { return rules[a].id < rules[b].id }
      return (rules[a].place.file, rules[a].place.line) < (rules[b].place.file, rules[b].place.line)
    }
    return order.map { rules[$0] }
  }

  private static func layers(of rules: [ClassificationRule]) -> [Int] {
    var layers = Array(repeating: Int.max, count: rules.count)
    var givers: [TagID: [Int]] = [:]
    for (place, rule) in rules.enumerated() {
      for tag in rule.gives.tags { givers[tag, default: []].append(place) }
    }
    let needs = rules.map { Set($0.when.tags.flatMap { givers[$0] ?? [] }) }
    var waiting = needs.map(\.count)
    var dependents: [Int: [Int]] = [:]
    for (place, need) in needs.enumerated() {
      for giver in need { dependents[giver, default: []].append(place) }
    }
    var ready = rules.indices.filter { waiting[$0] == 0 }
    var layer = 0
    while !ready.isEmpty {
      var next: [Int] = []
      for place in ready {
        layers[place] = layer
        for dependent in dependents[place] ?? [] {
          waiting[dependent] -= 1
          if waiting[dependent] == 0 { next.append(dependent) }
        }
      }
      ready = next
      layer += 1
    }
    return layers
  }
}
