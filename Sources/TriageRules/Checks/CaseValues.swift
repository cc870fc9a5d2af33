import TriageCore

/// The values of a case that a set of conditions can tell apart. The plainest stands first, so that samples are plain.
struct CaseValues {
  private let levels: [VariableValue]
  private let categories: [VariableValue]
  private let scales: [ScaleID: [VariableValue]]
  private let channels: [VariableValue]
  private let areas: [VariableValue]
  private let fields: [FieldID: [VariableValue]]
  private let counts: [TimeLimit: [VariableValue]]
  private let quantities: [Int: [VariableValue]]

  init(_ rulebook: Rulebook, _ rows: [RowCondition]) {
    let leaves = rows.flatMap(\.when.leaves)
    levels = rulebook.levels.map { .name($0.id.rawValue) }
    categories = rulebook.categories.map { .name($0.id.rawValue) }
    scales = Dictionary(
      rulebook.scales.map { scale in (scale.id, scale.values.map { .name($0.id.rawValue) }) },
      uniquingKeysWith: { first, _ in first })
    channels = Self.channels(rulebook, leaves)
    areas = Self.areas(rulebook, rows, leaves)
    fields = Self.fields(leaves)
    counts = Self.counts(leaves)
    quantities = Self.quantities(leaves)
  }

  func of(_ variable: Variable) -> [VariableValue] {
    switch variable {
    case .level: levels
    case .category: categories
    case .scale(let id): scales[id] ?? []
    case .channel: channels
    case .area: areas
    case .tag, .probe: [.flag(false), .flag(true)]
    case .workingHours: [.flag(true), .flag(false)]
    case .field(let id): fields[id] ?? [.nothing]
    case .quantities(let probe): quantities[probe] ?? [.numbers([])]
    case .repeats(let limit): counts[limit] ?? [.count(1)]
    }
  }

  private static func channels(_ rulebook: Rulebook, _ leaves: [Condition]) -> [VariableValue] {
    var names: Set<ChannelID> = ["direct"]
    names.formUnion(rulebook.channels.keys)
    for case .channel(let ids) in leaves { names.formUnion(ids) }
    return names.sorted().map { .name($0.rawValue) }
  }

  /// No area, and one area for each way in which the conditions tell areas apart.
  private static func areas(
    _ rulebook: Rulebook, _ rows: [RowCondition], _ leaves: [Condition]
  ) -> [VariableValue] {
    var sets: [Set<AreaID>] = rows.compactMap(\.areas)
    var seen: Set<[AreaID]> = []
    for case .area(let under) in leaves where seen.insert(under).inserted {
      sets.append(
        Set(rulebook.areas.areas.keys.filter { area in under.contains { rulebook.areas.isUnder(area, $0) } }))
    }
    var kinds: Set<[Bool]> = []
    var values: [VariableValue] = [.nothing]
    if sets.isEmpty { return values }
    for area in rulebook.areas.areas.keys.sorted() where kinds.insert(sets.map { $0.contains(area) }).inserted
    {
      values.append(.name(area.rawValue))
    }
    return values
  }

  /// All counts for every window, since the count in one bounds that in another (`SampleCase.allows`).
  private static func counts(_ leaves: [Condition]) -> [TimeLimit: [VariableValue]] {
    var windows: Set<TimeLimit> = []
    var counts: Set<Int> = [1]
    for case .repeated(let atLeast, let within) in leaves {
      windows.insert(within)
      counts.insert(atLeast)
    }
    let values = counts.sorted().map(VariableValue.count)
    return Dictionary(windows.map { ($0, values) }, uniquingKeysWith: { first, _ in first })
  }

  /// A text may state none, one, two or many quantities on both sides of each bound.
  private static func quantities(_ leaves: [Condition]) -> [Int: [VariableValue]] {
    var points: [Int: Set<Double>] = [:]
    for case .quantity(let test, let probe) in leaves {
      for bound in [test.atLeast, test.atMost].compactMap({ $0 }) {
        points[probe, default: []].formUnion([bound, bound - 1, bound + 1])
      }
    }
    return points.mapValues { points in
      let sorted = points.sorted()
      let pairs = sorted.indices.flatMap { a in sorted[(a + 1)...].map { [sorted[a], $0] } }
      return ([[]] + sorted.map { [$0] } + pairs + [sorted]).map(VariableValue.numbers)
    }
  }

  /// Around every bound, and every word that is named, another word, and no value at all.
  private static func fields(_ leaves: [Condition]) -> [FieldID: [VariableValue]] {
    var fields: [FieldID: [VariableValue]] = [:]
    for case .field(let field, let test) in leaves {
      var values = fields[field] ?? [.nothing]
      for value in candidates(test).map(VariableValue.field) where !values.contains(value) {
        values.append(value)
      }
      fields[field] = values
    }
    return fields
  }

  private static func candidates(_ test: FieldTest) -> [FieldValue] {
    switch test {
    case .is(let value): around(value)
    case .in(let values): values.flatMap(around)
    case .atLeast(let bound), .atMost(let bound): around(.number(bound))
    case .notBefore(let day), .notAfter(let day): around(.date(day))
    case .startsWith(let start): [.text(start), .text("–")]
    case .present: [.text("–")]
    case .matches: []
    }
  }

  private static func around(_ value: FieldValue) -> [FieldValue] {
    switch value {
    case .number(let number): [.number(number), .number(number - 1), .number(number + 1)]
    case .date(let day): [.date(day), .date(day + -1), .date(day + 1)]
    case .flag: [.flag(false), .flag(true)]
    case .text, .list: [value, .text("–")]
    }
  }
}
