/// The order in which rules are asked.
enum RuleOrder {
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
